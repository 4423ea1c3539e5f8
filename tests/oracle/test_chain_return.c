/* test_chain_return.c - callers who come back or are passed on, against chains with an orbit and
 * against networks of queues (Jackson 1957), whose queues behave as if each stood alone.
 */
#include "../support/chain.h"
#include "../support/support.h"

#define QUEUE(name, metric, exact)  expect_metric(&trial, OH_QUEUE, name, metric, exact)
#define AGENTS(name, metric, exact) expect_metric(&trial, OH_AGENTS, name, metric, exact)

static const double hour = 3600;

static struct trial played(struct trial trial)
{
    trial_run(&trial, &(oh_run_options){.replications = 40, .jobs = 2});
    return trial;
}

/* ---- redials ---- */

/* Those who abandon or balk redial with one and the same probability: calls and callers away. */
enum { CALLS, AWAY };
static const struct {
    double rate, handling, patience, balk, redial, delay;
    int agents;
} orbit = {60 / 3600.0, 180, 120, 0.1, 0.6, 240, 3};

static void orbit_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    int waiting = x[CALLS] > orbit.agents ? x[CALLS] - orbit.agents : 0;
    double balk = x[CALLS] >= orbit.agents ? orbit.balk : 0, back = x[AWAY] / orbit.delay;
    CHAIN_BY(chain, x, orbit.rate * (1 - balk), CALLS, +1);
    CHAIN_BY(chain, x, orbit.rate * balk * orbit.redial, AWAY, +1);
    if (x[AWAY] > 0) {
        CHAIN_BY(chain, x, back * (1 - balk), CALLS, +1, AWAY, -1);
        CHAIN_BY(chain, x, back * balk * (1 - orbit.redial), AWAY, -1);
    }
    if (x[CALLS] > 0)
        CHAIN_BY(chain, x, (x[CALLS] - waiting) / orbit.handling, CALLS, -1);
    if (waiting > 0) {
        CHAIN_BY(chain, x, waiting / orbit.patience * orbit.redial, CALLS, -1, AWAY, +1);
        CHAIN_BY(chain, x, waiting / orbit.patience * (1 - orbit.redial), CALLS, -1);
    }
}

/* Redials that are counted as fresh, that come from the answered, or a balk that does not count as
 * abandoned change these by far more than 4 standard errors. */
static void those_who_hung_up_redial(void **state)
{
    (void)state;
    struct chain *chain =
        chain_solve(&(struct chain_rules){.dim = 2, .moves = orbit_moves, .most = (int[]){70, 60}});
    double entries = 0, delayed = 0, waiting = 0, busy = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        double p = chain_share(chain, i), rate = orbit.rate + x[AWAY] / orbit.delay;
        bool all_busy = x[CALLS] >= orbit.agents;
        entries += p * rate;
        delayed += all_busy ? p * rate : 0;
        waiting += all_busy ? p * (x[CALLS] - orbit.agents) : 0;
        busy += p * (all_busy ? orbit.agents : x[CALLS]);
    }
    double redials = chain_mean(chain, AWAY) / orbit.delay;
    double abandoned = waiting / orbit.patience + orbit.balk * delayed;
    struct trial trial = played(trial_format(
        "onhold: 1\nname: redials\ntime:\n  steady: {warm_up: 5 h, length: 500 h}\nqueues:\n"
        "  line:\n    arrivals: 60 per h\n    handling: {exponential: 3 min}\n"
        "    patience: {exponential: 2 min}\n    balk: 10%%\n"
        "    redial: {after_abandon: 60%%, delay: {exponential: 4 min}}\n"
        "agents:\n  desk:\n    count: 3\n    serves: [line]\n"));
    QUEUE("line", "arrivals", entries * 500 * hour);
    QUEUE("line", "callers", orbit.rate * 500 * hour);
    QUEUE("line", "redials", redials * 500 * hour);
    QUEUE("line", "delayed", delayed / entries);
    QUEUE("line", "balked", orbit.balk * delayed * 500 * hour);
    QUEUE("line", "abandon_rate", abandoned / entries);
    QUEUE("line", "wait", waiting / entries);
    QUEUE("line", "queue_length", waiting);
    QUEUE("line", "caller_answer_rate", busy / orbit.handling / orbit.rate);
    AGENTS("desk", "occupancy", busy / orbit.agents);
    trial_free(&trial);
    chain_free(chain);
}

/* One place to wait, so that it is known who waits: nobody, a first call, a first or second
 * redial (at_most: 2). Callers away before their first and their second redial. */
enum { BUSY, WHO, FIRST_AWAY, SECOND_AWAY };
static const struct {
    double rate, handling, patience, after_abandon, after_block, again, delay;
    int agents;
} tries = {70 / 3600.0, 180, 100, 0.8, 0.5, 0.35, 150, 3};

/* A call of a caller with so many redials behind him. */
static void tries_enter(struct chain *chain, const int x[], double rate, int redials)
{
    int y[4] = {x[BUSY], x[WHO], x[FIRST_AWAY], x[SECOND_AWAY]};
    if (redials > 0)
        y[redials == 1 ? FIRST_AWAY : SECOND_AWAY]--;
    if (x[BUSY] < tries.agents) {
        y[BUSY]++;
        chain_to(chain, y, rate);
    } else if (x[WHO] == 0) {
        y[WHO] = redials + 1;
        chain_to(chain, y, rate);
    } else {
        double again = redials == 0 ? tries.after_block : redials == 1 ? tries.again : 0;
        chain_to(chain, y, rate * (1 - again));
        if (redials < 2)
            y[redials == 0 ? FIRST_AWAY : SECOND_AWAY]++;
        chain_to(chain, y, rate * again);
    }
}

static void tries_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    tries_enter(chain, x, tries.rate, 0);
    if (x[FIRST_AWAY] > 0)
        tries_enter(chain, x, x[FIRST_AWAY] / tries.delay, 1);
    if (x[SECOND_AWAY] > 0)
        tries_enter(chain, x, x[SECOND_AWAY] / tries.delay, 2);
    if (x[WHO] > 0) {
        double again = x[WHO] == 1 ? tries.after_abandon : x[WHO] == 2 ? tries.again : 0;
        CHAIN_BY(chain, x, (1 - again) / tries.patience, WHO, -x[WHO]);
        CHAIN_BY(chain, x, again / tries.patience, WHO, -x[WHO],
                 x[WHO] == 1 ? FIRST_AWAY : SECOND_AWAY, +1);
        CHAIN_BY(chain, x, x[BUSY] / tries.handling, WHO, -x[WHO]);
    } else if (x[BUSY] > 0) {
        CHAIN_BY(chain, x, x[BUSY] / tries.handling, BUSY, -1);
    }
}

/* Taking `again` for the first redial, or after_block for the second, or a third redial, is seen
 * in the number of redials. */
static void the_second_redial_has_a_probability_of_its_own(void **state)
{
    (void)state;
    struct chain *chain = chain_solve(
        &(struct chain_rules){.dim = 4, .moves = tries_moves, .most = (int[]){0, 0, 18, 14}});
    double entries = 0, blocked = 0, waiting = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        double p = chain_share(chain, i);
        double rate = tries.rate + (x[FIRST_AWAY] + x[SECOND_AWAY]) / tries.delay;
        entries += p * rate;
        blocked += x[WHO] > 0 ? p * rate : 0;
        waiting += x[WHO] > 0 ? p : 0;
    }
    double away = chain_mean(chain, FIRST_AWAY) + chain_mean(chain, SECOND_AWAY);
    struct trial trial = played(trial_text(
        "onhold: 1\nname: tries\ntime:\n  steady: {warm_up: 5 h, length: 500 h}\nqueues:\n"
        "  line:\n    arrivals: 70 per h\n    handling: {exponential: 3 min}\n"
        "    patience: {exponential: 100 s}\n    capacity: 1\n"
        "    redial: {after_abandon: 80%, after_block: 50%, again: 35%, at_most: 2,\n"
        "             delay: {exponential: 150 s}}\n"
        "agents:\n  desk:\n    count: 3\n    serves: [line]\n"));
    QUEUE("line", "redials", away / tries.delay * 500 * hour);
    QUEUE("line", "block_rate", blocked / entries);
    QUEUE("line", "abandon_rate", waiting / tries.patience / (entries - blocked));
    QUEUE("line", "wait", waiting / (entries - blocked));
    QUEUE("line", "caller_answer_rate", chain_mean(chain, BUSY) / tries.handling / tries.rate);
    AGENTS("desk", "occupancy", chain_mean(chain, BUSY) / tries.agents);
    trial_free(&trial);
    chain_free(chain);
}

/* Blocked at a, 80 % try b. A caller counts in the queue of his first call. */
enum { AT_A, ON_THE_WAY, AT_B };
static void detour_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    if (x[AT_A] < 2)
        CHAIN_BY(chain, x, 40 / hour, AT_A, +1);
    else
        CHAIN_BY(chain, x, 0.8 * 40 / hour, ON_THE_WAY, +1);
    if (x[AT_B] < 3)
        CHAIN_BY(chain, x, 30 / hour, AT_B, +1);
    if (x[ON_THE_WAY] > 0)
        CHAIN_BY(chain, x, x[ON_THE_WAY] / 120.0, ON_THE_WAY, -1, AT_B, x[AT_B] < 3 ? 1 : 0);
    if (x[AT_A] > 0)
        CHAIN_BY(chain, x, x[AT_A] / 180.0, AT_A, -1);
    if (x[AT_B] > 0)
        CHAIN_BY(chain, x, x[AT_B] / 240.0, AT_B, -1);
}

static void a_redial_may_go_to_another_queue(void **state)
{
    (void)state;
    struct chain *chain = chain_solve(
        &(struct chain_rules){.dim = 3, .moves = detour_moves, .most = (int[]){0, 25, 0}});
    double a_served = 0, a_blocked = 0, later_served = 0, b_served = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        double p = chain_share(chain, i);
        a_served += x[AT_A] < 2 ? p : 0;
        a_blocked += x[AT_A] < 2 ? 0 : p;
        later_served += x[AT_B] < 3 ? p * x[ON_THE_WAY] / 120 : 0;
        b_served += x[AT_B] < 3 ? p : 0;
    }
    double redials = chain_mean(chain, ON_THE_WAY) / 120;
    struct trial trial = played(trial_text(
        "onhold: 1\nname: detour\ntime:\n  steady: {warm_up: 5 h, length: 500 h}\nqueues:\n"
        "  a:\n    arrivals: 40 per h\n    handling: {exponential: 3 min}\n    patience: never\n"
        "    capacity: 0\n"
        "    redial: {after_block: 80%, delay: {exponential: 2 min}, to: b}\n"
        "  b:\n    arrivals: 30 per h\n    handling: {exponential: 4 min}\n    patience: never\n"
        "    capacity: 0\n"
        "agents:\n  x:\n    count: 2\n    serves: [a]\n  y:\n    count: 3\n    serves: [b]\n"));
    QUEUE("a", "block_rate", a_blocked);
    QUEUE("b", "redials", redials * 500 * hour);
    QUEUE("b", "block_rate", 1 - (later_served + b_served * 30 / hour) / (redials + 30 / hour));
    QUEUE("a", "caller_answer_rate", a_served + later_served / (40 / hour));
    QUEUE("b", "caller_answer_rate", b_served);
    AGENTS("y", "occupancy", chain_mean(chain, AT_B) / 3);
    assert_same(trial_value(&trial, OH_QUEUE, "a", "redials"), 0.0);
    trial_free(&trial);
    chain_free(chain);
}

/* ---- unresolved, transfers, self-service as Jackson networks ---- */

static void expect_erlang_c(const struct trial *t, const char *queue, double rate, double handling,
                            int agents)
{
    oh_queue_figures q;
    assert_int_equal(oh_erlang_c(rate, handling, agents, 30, &q), OH_OK);
    expect_metric(t, OH_QUEUE, queue, "offered", rate * 600 * hour);
    expect_metric(t, OH_QUEUE, queue, "delayed", q.delayed);
    expect_metric(t, OH_QUEUE, queue, "service_level", q.service_level);
    expect_metric(t, OH_QUEUE, queue, "wait", q.wait);
    expect_metric(t, OH_QUEUE, queue, "queue_length", q.queue_length);
}

/* Everybody enters by self-service, the returned too: entries = fresh + 30 % of the half that it
 * does not resolve. */
static void returns_pass_self_service_again(void **state)
{
    (void)state;
    double fresh = 100 / hour, entries = fresh / (1 - 0.3 * 0.5);
    struct trial trial = played(trial_text(
        "onhold: 1\nname: feedback\ntime:\n  steady: {warm_up: 10 h, length: 600 h}\nqueues:\n"
        "  line:\n    arrivals: 100 per h\n    handling: {exponential: 3 min}\n    patience: "
        "never\n"
        "    self_service: {time: {exponential: 90 s}, resolves: 50%}\n"
        "    unresolved: {share: 30%, delay: {exponential: 10 min}}\n"
        "    target: 80% in 30 s\n"
        "agents:\n  desk:\n    count: 4\n    serves: [line]\n"));
    expect_erlang_c(&trial, "line", entries / 2, 180, 4);
    QUEUE("line", "arrivals", entries * 600 * hour);
    QUEUE("line", "self_served", entries / 2 * 600 * hour);
    QUEUE("line", "returns", (entries - fresh) * 600 * hour);
    QUEUE("line", "callers", fresh * 600 * hour);
    /* Served, if any of his calls is: the first by an agent, or he is done. */
    QUEUE("line", "caller_answer_rate", 0.5);
    oh_queue_figures q;
    assert_int_equal(oh_erlang_c(entries / 2, 180, 4, 30, &q), OH_OK);
    QUEUE("line", "in_system", q.queue_length + entries / 2 * 180);
    QUEUE("line", "time_in_system", 90 + q.wait + 180);
    trial_free(&trial);
}

/* a sends 30 % to b, 20 % to c, and of those who stay 20 % come back; c sends 10 % back to a. A
 * share that is taken of the rest, or a return after a transfer, shifts the loads by per cents. */
static void transfers_and_returns_are_a_jackson_network(void **state)
{
    (void)state;
    /* a = 40 + 0.1 c + 0.5 * 0.2 a; b = 10 + 0.3 a; c = 20 + 0.2 a. */
    double a = (40 + 0.1 * 20) / (1 - 0.1 * 0.2 - 0.1), b = 10 + 0.3 * a, c = 20 + 0.2 * a;
    struct trial trial = played(trial_text(
        "onhold: 1\nname: network\ntime:\n  steady: {warm_up: 10 h, length: 600 h}\nqueues:\n"
        "  a:\n    arrivals: 40 per h\n    handling: {exponential: 3 min}\n    patience: never\n"
        "    transfer: [{to: b, share: 30%}, {to: c, share: 20%}]\n"
        "    unresolved: {share: 20%, delay: {exponential: 20 min}}\n    target: 80% in 30 s\n"
        "  b:\n    arrivals: 10 per h\n    handling: {exponential: 4 min}\n    patience: never\n"
        "    target: 80% in 30 s\n"
        "  c:\n    arrivals: 20 per h\n    handling: {exponential: 2 min}\n    patience: never\n"
        "    transfer: [{to: a, share: 10%}]\n    target: 80% in 30 s\n"
        "agents:\n  x:\n    count: 3\n    serves: [a]\n  y:\n    count: 2\n    serves: [b]\n"
        "  z:\n    count: 2\n    serves: [c]\n"));
    expect_erlang_c(&trial, "a", a / hour, 180, 3);
    expect_erlang_c(&trial, "b", b / hour, 240, 2);
    expect_erlang_c(&trial, "c", c / hour, 120, 2);
    QUEUE("a", "transfers_out", 0.5 * a * 600);
    QUEUE("a", "transfers_in", 0.1 * c * 600);
    QUEUE("b", "transfers_in", 0.3 * a * 600);
    QUEUE("c", "transfers_in", 0.2 * a * 600);
    QUEUE("a", "returns", 0.1 * a * 600);
    QUEUE("a", "callers", 40 * 600.0);
    assert_same(trial_value(&trial, OH_QUEUE, "a", "caller_answer_rate"), 1.0);
    trial_free(&trial);
}

/* ---- chains of transfers and returns with abandonment ---- */

/* a: talk, then with 40 % a warm hand-over, then wrap-up; b: two agents, one place to wait, with
 * handling of its own for those who were passed on. WHO_B: waits at b: 0 nobody, 1 a fresh call,
 * 2 one passed on. */
enum { TALK_A, WARM_A, WRAP_A, LINE_A, OWN_B, PASSED_B, WHO_B, PASS_DIM };
static const struct {
    double rate_a, talk, warm, wrap_up, patience_a;
    double rate_b, own, passed, patience_b, share;
    int agents_a, agents_b;
} pass = {45 / 3600.0, 150, 30, 40, 120, 15 / 3600.0, 240, 120, 200, 0.4, 3, 2};

static void pass_settle(int x[], const void *data)
{
    (void)data;
    while (x[LINE_A] > 0 && x[TALK_A] + x[WARM_A] + x[WRAP_A] < pass.agents_a) {
        x[LINE_A]--;
        x[TALK_A]++;
    }
    if (x[WHO_B] > 0 && x[OWN_B] + x[PASSED_B] < pass.agents_b) {
        x[x[WHO_B] == 1 ? OWN_B : PASSED_B]++;
        x[WHO_B] = 0;
    }
}

/* Joins b as `who`, after the change of y; blocked if the place is taken. */
static void pass_to_b(struct chain *chain, int y[], double rate, int who)
{
    if (y[WHO_B] == 0)
        y[WHO_B] = who;
    chain_to(chain, y, rate);
}

static void pass_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    int y[PASS_DIM];
    CHAIN_BY(chain, x, pass.rate_a, LINE_A, +1);
    for (int i = 0; i < PASS_DIM; i++)
        y[i] = x[i];
    pass_to_b(chain, y, pass.rate_b, 1);
    if (x[LINE_A] > 0)
        CHAIN_BY(chain, x, x[LINE_A] / pass.patience_a, LINE_A, -1);
    if (x[TALK_A] > 0) {
        CHAIN_BY(chain, x, x[TALK_A] / pass.talk * (1 - pass.share), TALK_A, -1, WRAP_A, +1);
        CHAIN_BY(chain, x, x[TALK_A] / pass.talk * pass.share, TALK_A, -1, WARM_A, +1);
    }
    if (x[WARM_A] > 0) {
        for (int i = 0; i < PASS_DIM; i++)
            y[i] = x[i] + (i == WRAP_A) - (i == WARM_A);
        pass_to_b(chain, y, x[WARM_A] / pass.warm, 2);
    }
    if (x[WRAP_A] > 0)
        CHAIN_BY(chain, x, x[WRAP_A] / pass.wrap_up, WRAP_A, -1);
    if (x[OWN_B] > 0)
        CHAIN_BY(chain, x, x[OWN_B] / pass.own, OWN_B, -1);
    if (x[PASSED_B] > 0)
        CHAIN_BY(chain, x, x[PASSED_B] / pass.passed, PASSED_B, -1);
    if (x[WHO_B] > 0)
        CHAIN_BY(chain, x, 1 / pass.patience_b, WHO_B, -x[WHO_B]);
}

/* Wrap-up before the transfer, warm time left out, the target's own handling, or a transfer that
 * passes a full queue by, each move b's figures. */
static void a_warm_transfer_joins_before_the_wrap_up(void **state)
{
    (void)state;
    struct chain *chain =
        chain_solve(&(struct chain_rules){.dim = PASS_DIM,
                                          .moves = pass_moves,
                                          .settle = pass_settle,
                                          .most = (int[PASS_DIM]){[LINE_A] = 30}});
    double a_delayed = 0, b_blocked = 0, b_delayed = 0, b_in = 0, b_waiting = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        double p = chain_share(chain, i), in = pass.rate_b + x[WARM_A] / pass.warm;
        a_delayed += x[TALK_A] + x[WARM_A] + x[WRAP_A] == pass.agents_a ? p : 0;
        b_in += p * in;
        b_blocked += x[WHO_B] > 0 ? p * in : 0;
        b_delayed += x[OWN_B] + x[PASSED_B] == pass.agents_b && x[WHO_B] == 0 ? p * in : 0;
        b_waiting += x[WHO_B] > 0 ? p : 0;
    }
    double out = chain_mean(chain, WARM_A) / pass.warm, line = chain_mean(chain, LINE_A);
    double busy_a =
        chain_mean(chain, TALK_A) + chain_mean(chain, WARM_A) + chain_mean(chain, WRAP_A);
    double busy_b = chain_mean(chain, OWN_B) + chain_mean(chain, PASSED_B);
    double answered_a = pass.rate_a - line / pass.patience_a;
    double answered_b =
        chain_mean(chain, OWN_B) / pass.own + chain_mean(chain, PASSED_B) / pass.passed;
    struct trial trial = played(trial_text(
        "onhold: 1\nname: passing on\ntime:\n  steady: {warm_up: 5 h, length: 500 h}\nqueues:\n"
        "  a:\n    arrivals: 45 per h\n    patience: {exponential: 2 min}\n"
        "    handling: {talk: {exponential: 150 s}, wrap_up: {exponential: 40 s}}\n"
        "    transfer: [{to: b, share: 40%, warm: {exponential: 30 s},\n"
        "                handling: {exponential: 2 min}}]\n"
        "  b:\n    arrivals: 15 per h\n    patience: {exponential: 200 s}\n    capacity: 1\n"
        "    handling: {exponential: 4 min}\n"
        "agents:\n  x:\n    count: 3\n    serves: [a]\n  y:\n    count: 2\n    serves: [b]\n"));
    QUEUE("a", "delayed", a_delayed);
    QUEUE("a", "abandon_rate", line / pass.patience_a / pass.rate_a);
    QUEUE("a", "wait", line / pass.rate_a);
    QUEUE("a", "aht", busy_a / answered_a);
    QUEUE("a", "transfers_out", out * 500 * hour);
    QUEUE("a", "in_system", line + chain_mean(chain, TALK_A) + chain_mean(chain, WARM_A));
    AGENTS("x", "occupancy", busy_a / pass.agents_a);
    QUEUE("b", "transfers_in", out * 500 * hour);
    QUEUE("b", "block_rate", b_blocked / b_in);
    QUEUE("b", "delayed", b_delayed / (b_in - b_blocked));
    QUEUE("b", "abandon_rate", b_waiting / pass.patience_b / (b_in - b_blocked));
    QUEUE("b", "aht", busy_b / answered_b);
    AGENTS("y", "occupancy", busy_b / pass.agents_b);
    trial_free(&trial);
    chain_free(chain);
}

/* Of the answered 40 % come back after a while, of the returned again 40 %. */
static void return_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    int waiting = x[CALLS] > 3 ? x[CALLS] - 3 : 0;
    CHAIN_BY(chain, x, 45 / hour, CALLS, +1);
    if (x[CALLS] > 0) {
        CHAIN_BY(chain, x, 0.4 * (x[CALLS] - waiting) / 180.0, CALLS, -1, AWAY, +1);
        CHAIN_BY(chain, x, 0.6 * (x[CALLS] - waiting) / 180.0 + waiting / 120.0, CALLS, -1);
    }
    if (x[AWAY] > 0)
        CHAIN_BY(chain, x, x[AWAY] / 300.0, CALLS, +1, AWAY, -1);
}

static void the_unresolved_come_back_and_may_hang_up(void **state)
{
    (void)state;
    struct chain *chain = chain_solve(
        &(struct chain_rules){.dim = 2, .moves = return_moves, .most = (int[]){45, 25}});
    double waiting = 0, delayed = 0, returns = chain_mean(chain, AWAY) / 300;
    double entries = 45 / hour + returns;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        double p = chain_share(chain, i);
        waiting += x[CALLS] > 3 ? p * (x[CALLS] - 3) : 0;
        delayed += x[CALLS] >= 3 ? p * (45 / hour + x[AWAY] / 300.0) : 0;
    }
    struct trial trial = played(trial_text(
        "onhold: 1\nname: returns\ntime:\n  steady: {warm_up: 5 h, length: 500 h}\nqueues:\n"
        "  line:\n    arrivals: 45 per h\n    handling: {exponential: 3 min}\n"
        "    patience: {exponential: 2 min}\n"
        "    unresolved: {share: 40%, delay: {exponential: 5 min}}\n"
        "agents:\n  desk:\n    count: 3\n    serves: [line]\n"));
    QUEUE("line", "returns", returns * 500 * hour);
    QUEUE("line", "delayed", delayed / entries);
    QUEUE("line", "abandon_rate", waiting / 120 / entries);
    QUEUE("line", "wait", waiting / entries);
    trial_free(&trial);
    chain_free(chain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_who_hung_up_redial),
        cmocka_unit_test(the_second_redial_has_a_probability_of_its_own),
        cmocka_unit_test(a_redial_may_go_to_another_queue),
        cmocka_unit_test(returns_pass_self_service_again),
        cmocka_unit_test(transfers_and_returns_are_a_jackson_network),
        cmocka_unit_test(a_warm_transfer_joins_before_the_wrap_up),
        cmocka_unit_test(the_unresolved_come_back_and_may_hang_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
