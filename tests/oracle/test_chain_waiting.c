/* test_chain_waiting.c - limits, waiting and interruption against Markov chains: trunk lines and
 * places to wait, callers who leave unseen, announcements, agents who pause, preemption.
 */
#include "../support/chain.h"
#include "../support/support.h"

#include <math.h>

#define QUEUE(name, metric, exact)  expect_metric(&trial, OH_QUEUE, name, metric, exact)
#define AGENTS(name, metric, exact) expect_metric(&trial, OH_AGENTS, name, metric, exact)

static const double hour = 3600;

static struct trial played(struct trial trial)
{
    trial_run(&trial, &(oh_run_options){.replications = 40, .jobs = 2});
    return trial;
}

/* ---- limits ---- */

/* Two queues with agents of their own share five lines; a's wrap-up does not hold one. Half of the
 * mail becomes a call to b: a Poisson stream again (Burke 1956), which is a transfer and gets
 * through even where no line is free, as the calls passed on from a do. */
enum { TALK_A, WRAP_A, LINE_A, TALK_B, LINE_B, LINES_DIM };
enum { LINES = 5 };

static int lines_taken(const int x[])
{
    return x[TALK_A] + x[LINE_A] + x[TALK_B] + x[LINE_B];
}

static void lines_settle(int x[], const void *data)
{
    (void)data;
    while (x[LINE_A] > 0 && x[TALK_A] + x[WRAP_A] < 2)
        x[LINE_A]--, x[TALK_A]++;
    while (x[LINE_B] > 0 && x[TALK_B] < 2)
        x[LINE_B]--, x[TALK_B]++;
}

static void lines_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    if (lines_taken(x) < LINES) {
        CHAIN_BY(chain, x, 45 / hour, LINE_A, +1);
        CHAIN_BY(chain, x, 20 / hour, LINE_B, +1);
    }
    CHAIN_BY(chain, x, 6 / hour, LINE_B, +1);
    if (x[TALK_A] > 0) {
        CHAIN_BY(chain, x, 0.75 * x[TALK_A] / 120.0, TALK_A, -1, WRAP_A, +1);
        CHAIN_BY(chain, x, 0.25 * x[TALK_A] / 120.0, TALK_A, -1, WRAP_A, +1, LINE_B, +1);
    }
    if (x[WRAP_A] > 0)
        CHAIN_BY(chain, x, x[WRAP_A] / 60.0, WRAP_A, -1);
    if (x[TALK_B] > 0)
        CHAIN_BY(chain, x, x[TALK_B] / 180.0, TALK_B, -1);
    if (x[LINE_A] > 0)
        CHAIN_BY(chain, x, x[LINE_A] / 150.0, LINE_A, -1);
    if (x[LINE_B] > 0)
        CHAIN_BY(chain, x, x[LINE_B] / 240.0, LINE_B, -1);
}

/* Lines held during wrap-up, lines by queue, or a transfer that may be blocked: each changes the
 * share of blocked calls by a tenth and more. */
static void lines_are_shared_by_all_live_queues(void **state)
{
    (void)state;
    struct chain *chain = chain_solve(&(struct chain_rules){.dim = LINES_DIM,
                                                            .moves = lines_moves,
                                                            .settle = lines_settle,
                                                            .most = (int[]){0, 0, 0, 0, 20}});
    double blocked = 0, delayed_a = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        bool full = lines_taken(x) >= LINES;
        blocked += full ? chain_share(chain, i) : 0;
        delayed_a += !full && x[TALK_A] + x[WRAP_A] == 2 ? chain_share(chain, i) : 0;
    }
    struct trial trial = played(trial_text(
        "onhold: 1\nname: lines\ntime:\n  steady: {warm_up: 5 h, length: 500 h}\nlines: 5\n"
        "queues:\n"
        "  a:\n    arrivals: 45 per h\n    patience: {exponential: 150 s}\n"
        "    handling: {talk: {exponential: 2 min}, wrap_up: {exponential: 1 min}}\n"
        "    transfer: [{to: b, share: 25%}]\n"
        "  b:\n    arrivals: 20 per h\n    patience: {exponential: 4 min}\n"
        "    handling: {exponential: 3 min}\n"
        "  mail:\n    channel: email\n    arrivals: 12 per h\n    handling: {exponential: 3 min}\n"
        "    transfer: [{to: b, share: 50%}]\n"
        "agents:\n  x:\n    count: 2\n    serves: [a]\n  y:\n    count: 2\n    serves: [b]\n"
        "  post:\n    count: 1\n    serves: [mail]\n"));
    double out = 0.25 * chain_mean(chain, TALK_A) / 120 + 6 / hour;
    double in_a = 45 / hour * (1 - blocked), in_b = 20 / hour * (1 - blocked) + out;
    QUEUE("a", "block_rate", blocked);
    QUEUE("b", "block_rate", 20 / hour * blocked / (20 / hour + out));
    QUEUE("b", "transfers_in", out * 500 * hour);
    QUEUE("a", "delayed", delayed_a / (1 - blocked));
    QUEUE("a", "wait", chain_mean(chain, LINE_A) / in_a);
    QUEUE("b", "abandon_rate", chain_mean(chain, LINE_B) / 240 / in_b);
    AGENTS("x", "occupancy", (chain_mean(chain, TALK_A) + chain_mean(chain, WRAP_A)) / 2);
    AGENTS("y", "occupancy", chain_mean(chain, TALK_B) / 2);
    trial_free(&trial);
    chain_free(chain);
}

/* Three places to wait, and of those who must wait and have a place 20 % hang up at once. */
static void places_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    int waiting = x[0] > 4 ? x[0] - 4 : 0;
    if (waiting < 3)
        CHAIN_BY(chain, x, 100 / hour * (x[0] < 4 ? 1 : 0.8), 0, +1);
    if (x[0] > 0)
        CHAIN_BY(chain, x, (x[0] - waiting) / 180.0 + waiting / 90.0, 0, -1);
}

/* Balking before the places are counted would make the balked of the blocked. */
static void a_full_queue_blocks_before_anybody_balks(void **state)
{
    (void)state;
    struct chain *chain = chain_solve(&(struct chain_rules){.dim = 1, .moves = places_moves});
    double blocked = chain_share(chain, chain_states(chain) - 1), delayed = 0, waiting = 0;
    assert_int_equal(chain_state(chain, chain_states(chain) - 1)[0], 7);
    for (size_t i = 0; i < chain_states(chain); i++) {
        int k = chain_state(chain, i)[0];
        delayed += k >= 4 && k < 7 ? chain_share(chain, i) : 0;
        waiting += k > 4 ? chain_share(chain, i) * (k - 4) : 0;
    }
    struct trial trial = played(trial_text(
        "onhold: 1\nname: places\ntime:\n  steady: {warm_up: 5 h, length: 300 h}\nqueues:\n"
        "  line:\n    arrivals: 100 per h\n    handling: {exponential: 3 min}\n"
        "    patience: {exponential: 90 s}\n    capacity: 3\n    balk: 20%\n"
        "agents:\n  desk:\n    count: 4\n    serves: [line]\n"));
    QUEUE("line", "block_rate", blocked);
    QUEUE("line", "delayed", delayed / (1 - blocked));
    QUEUE("line", "balked", 0.2 * delayed * 100 * 300);
    QUEUE("line", "abandon_rate", (0.2 * delayed + waiting / 90 / (100 / hour)) / (1 - blocked));
    QUEUE("line", "wait", waiting / (100 / hour) / (1 - blocked));
    trial_free(&trial);
    chain_free(chain);
}

/* ---- leaving unseen ---- */

/* Six places. LINE holds who stands where: bits from the head up, 1 for somebody there, 0 for
 * somebody who has left unseen, and a 1 above the last. */
enum { SERVING, WASTING, LINE };
enum { PLACES = 6, SILENT_AGENTS = 2 };

static int places_taken(int line)
{
    int n = 0;
    for (; line > 1; line >>= 1)
        n++;
    return n;
}

static void silent_settle(int x[], const void *data)
{
    (void)data;
    while (x[LINE] > 1 && x[SERVING] + x[WASTING] < SILENT_AGENTS) {
        x[x[LINE] & 1 ? SERVING : WASTING]++;
        x[LINE] >>= 1;
    }
    if (x[LINE] == 1) /* nobody: the start state's 0 */
        x[LINE] = 0;
}

static void silent_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    int line = x[LINE] ? x[LINE] : 1, taken = places_taken(line);
    if (x[SERVING] + x[WASTING] < SILENT_AGENTS)
        CHAIN_BY(chain, x, 60 / hour, SERVING, +1);
    else if (taken < PLACES) /* the mark moves up by one, the new caller stands below it */
        CHAIN_BY(chain, x, 60 / hour, LINE, (line | 1 << (taken + 1)) - x[LINE]);
    if (x[SERVING] > 0)
        CHAIN_BY(chain, x, x[SERVING] / 180.0, SERVING, -1);
    if (x[WASTING] > 0)
        CHAIN_BY(chain, x, x[WASTING] / 45.0, WASTING, -1);
    for (int i = 0; i < taken; i++) {
        if (!(line >> i & 1))
            continue;
        int below = line & ((1 << i) - 1), above = line >> (i + 1) << i;
        CHAIN_BY(chain, x, 0.6 / 100.0, LINE, -(1 << i));
        CHAIN_BY(chain, x, 0.4 / 100.0, LINE, (above | below) - x[LINE]);
    }
}

/* The unseen take their turn, hold the agent and a place, but no length: a place freed at once
 * moves block_rate, wasted time in the handling moves aht. */
static void who_left_unseen_takes_his_turn(void **state)
{
    (void)state;
    struct chain *chain = chain_solve(
        &(struct chain_rules){.dim = 3, .moves = silent_moves, .settle = silent_settle});
    double blocked = 0, delayed = 0, there = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        double p = chain_share(chain, i);
        int taken = places_taken(x[LINE]);
        blocked += taken == PLACES ? p : 0;
        delayed += x[SERVING] + x[WASTING] == SILENT_AGENTS && taken < PLACES ? p : 0;
        for (int k = 0; k < taken; k++)
            there += p * (x[LINE] >> k & 1);
    }
    double in = 60 / hour * (1 - blocked);
    struct trial trial = played(trial_text(
        "onhold: 1\nname: unseen\ntime:\n  steady: {warm_up: 5 h, length: 500 h}\nqueues:\n"
        "  chat:\n    channel: chat\n    arrivals: 60 per h\n    handling: {exponential: 3 min}\n"
        "    patience: {exponential: 100 s}\n    capacity: 6\n"
        "    silent: {share: 60%, wastes: {exponential: 45 s}}\n"
        "agents:\n  desk:\n    count: 2\n    serves: [chat]\n"));
    QUEUE("chat", "block_rate", blocked);
    QUEUE("chat", "delayed", delayed / (1 - blocked));
    QUEUE("chat", "abandon_rate", there / 100 / in);
    QUEUE("chat", "wait", there / in);
    QUEUE("chat", "queue_length", there);
    QUEUE("chat", "in_system", there + chain_mean(chain, SERVING));
    QUEUE("chat", "aht", 180);
    AGENTS("desk", "occupancy",
           (chain_mean(chain, SERVING) + chain_mean(chain, WASTING)) / SILENT_AGENTS);
    trial_free(&trial);
    chain_free(chain);
}

/* ---- announcements: exponential patience whose hazard changes while waiting ---- */

struct told {
    double mean, at, every, factor; /* every INFINITY: once */
};

/* The hazard is 1 / mean until `at`, and divided by the factor there and after each `every`. */
static double told_survival(double t, const void *user)
{
    const struct told *a = user;
    double hazard = 1 / a->mean, area = 0, from = 0, until = a->at;
    while (t > until) {
        area += hazard * (until - from);
        hazard /= a->factor;
        from = until;
        until += a->every;
    }
    return exp(-area - hazard * (t - from));
}

static void announcements_change_the_hazard_of_patience(void **state)
{
    (void)state;
    static const struct {
        struct told told;
        const char *announce;
    } cases[] = {
        {{200, 30, 60, 1.5}, "{at: 30 s, every: 60 s, patience: 1.5}"},
        {{200, 45, 45, 0.7}, "{every: 45 s, patience: 0.7}"},
        {{150, 20, INFINITY, 3}, "{at: 20 s, patience: 3}"},
        {{150, 0, 40, 1.3}, "{at: 0 s, every: 40 s, patience: 1.3}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct told told = cases[i].told;
        double corner[24];
        size_t corners = 0;
        for (double t = told.at; corners < 24 && t < INFINITY; t += told.every)
            if (t > 0)
                corner[corners++] = t;
        oh_queue_figures q;
        assert_int_equal(
            oh_mmng(100 / 1800.0, 180, 9, 20, 0, told_survival, &told, corner, corners, &q), OH_OK);
        struct trial trial = played(trial_format(
            "onhold: 1\nname: announced\ntime:\n  steady: {warm_up: 5 h, length: 100 h}\n"
            "queues:\n  line:\n    arrivals: 100 per 30 min\n    handling: {exponential: 3 min}\n"
            "    patience: {exponential: %g s}\n    announce: %s\n    target: 80%% in 20 s\n"
            "agents:\n  desk:\n    count: 9\n    serves: [line]\n",
            told.mean, cases[i].announce));
        QUEUE("line", "delayed", q.delayed);
        QUEUE("line", "abandon_rate", q.abandon_rate);
        QUEUE("line", "service_level", q.service_level);
        QUEUE("line", "wait", q.wait);
        QUEUE("line", "wait_abandoned", q.wait_abandoned);
        trial_free(&trial);
    }
}

/* ---- agents who pause, and talk that grows with the wait ---- */

/* After a contact 30 % of the agents are not ready for 90 s on average. */
enum { CALLS, PAUSING };
enum { PAUSE_AGENTS = 4 };
static int pause_busy(const int x[])
{
    int ready = PAUSE_AGENTS - x[PAUSING];
    return x[CALLS] < ready ? x[CALLS] : ready;
}

static void pause_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    int busy = pause_busy(x), waiting = x[CALLS] - busy;
    CHAIN_BY(chain, x, 70 / hour, CALLS, +1);
    if (busy > 0) {
        CHAIN_BY(chain, x, 0.7 * busy / 150.0, CALLS, -1);
        CHAIN_BY(chain, x, 0.3 * busy / 150.0, CALLS, -1, PAUSING, +1);
    }
    if (waiting > 0)
        CHAIN_BY(chain, x, waiting / 120.0, CALLS, -1);
    if (x[PAUSING] > 0)
        CHAIN_BY(chain, x, x[PAUSING] / 90.0, PAUSING, -1);
}

/* Pauses that count as busy, or that an idle agent takes, would show in occupancy and delays. */
static void agents_pause_after_a_contact(void **state)
{
    (void)state;
    struct chain *chain =
        chain_solve(&(struct chain_rules){.dim = 2, .moves = pause_moves, .most = (int[]){45, 0}});
    double busy = 0, delayed = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        busy += chain_share(chain, i) * pause_busy(x);
        delayed += x[CALLS] + x[PAUSING] >= PAUSE_AGENTS ? chain_share(chain, i) : 0;
    }
    double waiting = chain_mean(chain, CALLS) - busy;
    struct trial trial = played(trial_text(
        "onhold: 1\nname: pauses\ntime:\n  steady: {warm_up: 5 h, length: 500 h}\nqueues:\n"
        "  line:\n    arrivals: 70 per h\n    handling: {exponential: 150 s}\n"
        "    patience: {exponential: 2 min}\n"
        "agents:\n  desk:\n    count: 4\n    serves: [line]\n"
        "    not_ready: {share: 30%, for: {exponential: 90 s}}\n"));
    QUEUE("line", "delayed", delayed);
    QUEUE("line", "abandon_rate", waiting / 120 / (70 / hour));
    QUEUE("line", "wait", waiting / (70 / hour));
    AGENTS("desk", "occupancy", busy / PAUSE_AGENTS);
    AGENTS("desk", "staffed", PAUSE_AGENTS);
    trial_free(&trial);
    chain_free(chain);
}

/* Talk gets longer by 20 % of the wait, whatever the talk: aht = 3 min + 20 % of the wait of the
 * answered, replication by replication up to chance; and waits get longer with the share. */
static void talk_grows_with_the_wait(void **state)
{
    (void)state;
    double before = 0;
    for (int share = 0; share <= 20; share += 10) {
        struct trial trial = trial_format(
            "onhold: 1\nname: late\ntime:\n  steady: {warm_up: 5 h, length: 300 h}\nqueues:\n"
            "  line:\n    arrivals: 70 per h\n    handling: {exponential: 3 min}\n"
            "    patience: {exponential: 5 min}\n    slower_when_late: %d%%\n"
            "agents:\n  desk:\n    count: 4\n    serves: [line]\n",
            share);
        trial_run(&trial, &(oh_run_options){.replications = 20, .jobs = 2});
        double asa = trial_value(&trial, OH_QUEUE, "line", "asa");
        double aht = trial_value(&trial, OH_QUEUE, "line", "aht");
        assert_near(aht - share / 100.0 * asa, 180, 1.2); /* 4 x 180 / sqrt(400 000) */
        assert_true(asa > 1.02 * before);
        before = asa;
        trial_free(&trial);
    }
}

/* ---- preemption ---- */

/* high interrupts low. HELD: interrupted; WAITS: low and never served yet. Who was interrupted
 * stands before the waiting and does not hang up. */
enum { HIGH, LOW, HELD, WAITS };
enum { PREEMPT_AGENTS = 3 };

static void preempt_settle(int x[], const void *data)
{
    (void)data;
    int high = x[HIGH] < PREEMPT_AGENTS ? x[HIGH] : PREEMPT_AGENTS;
    while (high + x[LOW] > PREEMPT_AGENTS)
        x[LOW]--, x[HELD]++;
    while (high + x[LOW] < PREEMPT_AGENTS && x[HELD] + x[WAITS] > 0)
        x[x[HELD] > 0 ? HELD : WAITS]--, x[LOW]++;
}

static void preempt_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    int high = x[HIGH] < PREEMPT_AGENTS ? x[HIGH] : PREEMPT_AGENTS, late = x[HIGH] - high;
    CHAIN_BY(chain, x, 30 / hour, HIGH, +1);
    CHAIN_BY(chain, x, 20 / hour, WAITS, +1);
    if (x[HIGH] > 0)
        CHAIN_BY(chain, x, high / 150.0 + late / 100.0, HIGH, -1);
    if (x[LOW] > 0)
        CHAIN_BY(chain, x, x[LOW] / 240.0, LOW, -1);
    if (x[WAITS] > 0)
        CHAIN_BY(chain, x, x[WAITS] / 200.0, WAITS, -1);
}

/* high sees no low at all: Erlang A. Work started anew, patience of the interrupted, or a wait
 * that goes on after the first answer would move low's figures. */
static void the_urgent_interrupt_and_the_others_resume(void **state)
{
    (void)state;
    struct chain *chain = chain_solve(&(struct chain_rules){
        .dim = 4, .moves = preempt_moves, .settle = preempt_settle, .most = (int[]){25, 0, 0, 30}});
    double delayed = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        delayed += x[HIGH] + x[LOW] >= PREEMPT_AGENTS ? chain_share(chain, i) : 0;
    }
    oh_queue_figures q;
    assert_int_equal(oh_erlang_a(30 / hour, 150, 100, PREEMPT_AGENTS, 20, &q), OH_OK);
    double busy_high = q.occupancy * PREEMPT_AGENTS, waits = chain_mean(chain, WAITS);
    struct trial trial = played(trial_text(
        "onhold: 1\nname: urgent\ntime:\n  steady: {warm_up: 5 h, length: 700 h}\nqueues:\n"
        "  low:\n    arrivals: 20 per h\n    handling: {exponential: 4 min}\n"
        "    patience: {exponential: 200 s}\n"
        "  high:\n    arrivals: 30 per h\n    handling: {exponential: 150 s}\n"
        "    patience: {exponential: 100 s}\n    priority: 1\n    preempt: true\n"
        "agents:\n  desk:\n    count: 3\n    serves: [low, high]\n"));
    QUEUE("high", "delayed", q.delayed);
    QUEUE("high", "abandon_rate", q.abandon_rate);
    QUEUE("high", "wait", q.wait);
    QUEUE("low", "delayed", delayed);
    QUEUE("low", "abandon_rate", waits / 200 / (20 / hour));
    QUEUE("low", "wait", waits / (20 / hour));
    QUEUE("low", "queue_length", waits + chain_mean(chain, HELD));
    QUEUE("low", "in_system", waits + chain_mean(chain, HELD) + chain_mean(chain, LOW));
    QUEUE("low", "aht", 240);
    AGENTS("desk", "occupancy", (busy_high + chain_mean(chain, LOW)) / PREEMPT_AGENTS);
    trial_free(&trial);
    chain_free(chain);
}

/* Two agents, y slow for low, x first for both. ON_X, ON_Y: 0 idle, 1 high, 2 low; X_LAST:
 * both have low, and x began (or resumed) his later, so he is the one to be interrupted. */
enum { ON_X, ON_Y, X_LAST, HIGH_WAITS, LOW_HELD, LOW_WAITS, SPEEDS_DIM };

static void speeds_settle(int x[], const void *data)
{
    (void)data;
    for (int agent = ON_X; agent <= ON_Y; agent++) {
        if (x[agent] != 0)
            continue;
        if (x[HIGH_WAITS] > 0) {
            x[HIGH_WAITS]--;
            x[agent] = 1;
        } else if (x[LOW_HELD] + x[LOW_WAITS] > 0) {
            x[x[LOW_HELD] > 0 ? LOW_HELD : LOW_WAITS]--;
            x[agent] = 2;
            x[X_LAST] = agent == ON_X;
        }
    }
    int victim = x[ON_X] == 2 && (x[ON_Y] != 2 || x[X_LAST]) ? ON_X : ON_Y;
    if (x[HIGH_WAITS] > 0 && x[victim] == 2) {
        x[HIGH_WAITS]--;
        x[LOW_HELD]++;
        x[victim] = 1;
    }
    if (x[ON_X] != 2 || x[ON_Y] != 2)
        x[X_LAST] = 0;
}

static void speeds_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    CHAIN_BY(chain, x, 6 / hour, HIGH_WAITS, +1);
    CHAIN_BY(chain, x, 10 / hour, LOW_WAITS, +1);
    if (x[ON_X] > 0)
        CHAIN_BY(chain, x, x[ON_X] == 1 ? 1 / 400.0 : 1 / 240.0, ON_X, -x[ON_X]);
    if (x[ON_Y] > 0)
        CHAIN_BY(chain, x, x[ON_Y] == 1 ? 1 / 400.0 : 0.3 / 240, ON_Y, -x[ON_Y]);
    if (x[HIGH_WAITS] > 0)
        CHAIN_BY(chain, x, x[HIGH_WAITS] / 100.0, HIGH_WAITS, -1);
    if (x[LOW_WAITS] > 0)
        CHAIN_BY(chain, x, x[LOW_WAITS] / 200.0, LOW_WAITS, -1);
}

/* The work left is carried from one speed to another, and the last to start is interrupted. */
static void the_last_started_is_interrupted_and_may_go_on_elsewhere(void **state)
{
    (void)state;
    struct chain *chain = chain_solve(&(struct chain_rules){.dim = SPEEDS_DIM,
                                                            .moves = speeds_moves,
                                                            .settle = speeds_settle,
                                                            .most = (int[]){0, 0, 0, 14, 0, 24}});
    double busy_x = 0, busy_y = 0, low_talk = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        double p = chain_share(chain, i);
        busy_x += x[ON_X] ? p : 0;
        busy_y += x[ON_Y] ? p : 0;
        low_talk += p * ((x[ON_X] == 2) + (x[ON_Y] == 2));
    }
    double waits = chain_mean(chain, LOW_WAITS), held = chain_mean(chain, LOW_HELD);
    struct trial trial = played(trial_text(
        "onhold: 1\nname: elsewhere\ntime:\n  steady: {warm_up: 5 h, length: 1500 h}\nqueues:\n"
        "  low:\n    arrivals: 10 per h\n    handling: {exponential: 4 min}\n"
        "    patience: {exponential: 200 s}\n    prefers: [x, y]\n"
        "  high:\n    arrivals: 6 per h\n    handling: {exponential: 400 s}\n"
        "    patience: {exponential: 100 s}\n    priority: 1\n    preempt: true\n"
        "    prefers: [x, y]\n"
        "agents:\n  x:\n    count: 1\n    serves: [low, high]\n"
        "  y:\n    count: 1\n    serves: {low: {speed: 0.3}, high: {}}\n"));
    QUEUE("low", "abandon_rate", waits / 200 / (10 / hour));
    QUEUE("low", "queue_length", waits + held);
    QUEUE("low", "in_system", waits + held + low_talk);
    QUEUE("low", "aht", low_talk / (10 / hour - waits / 200));
    AGENTS("x", "occupancy", busy_x);
    AGENTS("y", "occupancy", busy_y);
    trial_free(&trial);
    chain_free(chain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_shared_by_all_live_queues),
        cmocka_unit_test(a_full_queue_blocks_before_anybody_balks),
        cmocka_unit_test(who_left_unseen_takes_his_turn),
        cmocka_unit_test(announcements_change_the_hazard_of_patience),
        cmocka_unit_test(agents_pause_after_a_contact),
        cmocka_unit_test(talk_grows_with_the_wait),
        cmocka_unit_test(the_urgent_interrupt_and_the_others_resume),
        cmocka_unit_test(the_last_started_is_interrupted_and_may_go_on_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
