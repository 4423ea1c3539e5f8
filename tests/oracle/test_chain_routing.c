/* test_chain_routing.c - who takes whom, against the Markov chain of each design: N, M, W and V
 * with static priority, reserves and queue ratios; and rules that have a formula of their own.
 *
 * A design is one table from which both the scenario and the chain are made. All times are
 * exponential and every queue differs in handling and patience, so that a contact given to the
 * wrong agent, or the wrong contact, moves the shares of the delayed by many standard errors.
 */
#include "../support/chain.h"
#include "../support/support.h"

#include <stdio.h>

enum { QUEUES = 3, GROUPS = 3, WAITING = QUEUES * GROUPS, DIM = WAITING + QUEUES };

static const char *const queue_name[] = {"a", "b", "c"};
static const char *const group_name[] = {"x", "y", "z"};

struct design {
    struct {
        double per_hour, handling, patience; /* s */
        const char *prefers;                 /* groups in order: "xz" */
        int priority;                        /* 0: none given */
        double ratio;                        /* of queue_ratio; 0: none given */
    } queue[QUEUES];
    struct {
        int agents;
        struct {
            double speed; /* 0: does not serve it */
            int rank;     /* 0: none given */
            int keep_free;
        } serves[QUEUES];
    } group[GROUPS];
    int most; /* waiting in one queue; longer lines are left out of the chain */
};

/* ---- the chain ---- */

static int free_of(const struct design *d, const int x[], int g)
{
    int idle = d->group[g].agents;
    for (int q = 0; q < QUEUES; q++)
        idle -= x[g * QUEUES + q];
    return idle;
}

static bool may_take(const struct design *d, const int x[], int g, int q)
{
    return d->group[g].serves[q].speed > 0 &&
           free_of(d, x, g) - 1 >= d->group[g].serves[q].keep_free;
}

/* The lower, the sooner: minus (waiting less its share of all that the group may take), or rank,
 * or priority. */
static double pick_key(const struct design *d, const int x[], int g, int q)
{
    double all = 0, ratios = 0;
    if (d->queue[q].ratio == 0)
        return d->group[g].serves[q].rank ? d->group[g].serves[q].rank : d->queue[q].priority;
    for (int i = 0; i < QUEUES; i++) {
        all += x[WAITING + i];
        ratios += d->queue[i].ratio;
    }
    return d->queue[q].ratio / ratios * all - x[WAITING + q];
}

/* A group with somebody free takes who waits. */
static void take_waiting(int x[], const void *data)
{
    const struct design *d = data;
    for (int g = 0; g < GROUPS; g++)
        for (int best = 0; best >= 0;) {
            best = -1;
            for (int q = 0; q < QUEUES; q++)
                if (x[WAITING + q] > 0 && may_take(d, x, g, q) &&
                    (best < 0 || pick_key(d, x, g, q) < pick_key(d, x, g, best)))
                    best = q;
            if (best >= 0) {
                x[WAITING + best]--;
                x[g * QUEUES + best]++;
            }
        }
}

/* The group that takes a new contact at once, or -1. */
static int taker(const struct design *d, const int x[], int q)
{
    for (const char *name = d->queue[q].prefers; name && *name; name++)
        if (may_take(d, x, *name - 'x', q))
            return *name - 'x';
    return !d->queue[q].prefers && may_take(d, x, 0, q) ? 0 : -1;
}

static void design_moves(struct chain *chain, const int x[], const void *data)
{
    const struct design *d = data;
    for (int q = 0; q < QUEUES; q++) {
        int g = taker(d, x, q);
        CHAIN_BY(chain, x, d->queue[q].per_hour / 3600, g >= 0 ? g * QUEUES + q : WAITING + q, +1);
        if (x[WAITING + q] > 0)
            CHAIN_BY(chain, x, x[WAITING + q] / d->queue[q].patience, WAITING + q, -1);
        for (g = 0; g < GROUPS; g++)
            if (x[g * QUEUES + q] > 0)
                CHAIN_BY(chain, x,
                         x[g * QUEUES + q] * d->group[g].serves[q].speed / d->queue[q].handling,
                         g * QUEUES + q, -1);
    }
}

/* ---- the scenario ---- */

static struct trial design_trial(const struct design *d, const char *length)
{
    char text[4096], *at = text;
    at += sprintf(at,
                  "onhold: 1\nname: design\ntime:\n  steady: {warm_up: 5 h, length: %s}\n"
                  "queues:\n",
                  length);
    for (int q = 0; q < QUEUES && d->queue[q].per_hour > 0; q++) {
        at += sprintf(at,
                      "  %s:\n    arrivals: %g per h\n    handling: {exponential: %g s}\n"
                      "    patience: {exponential: %g s}\n",
                      queue_name[q], d->queue[q].per_hour, d->queue[q].handling,
                      d->queue[q].patience);
        for (const char *g = d->queue[q].prefers; g && *g; g++)
            at += sprintf(at, "%s%c%s", g == d->queue[q].prefers ? "    prefers: [" : ", ", *g,
                          g[1] ? "" : "]\n");
        if (d->queue[q].priority)
            at += sprintf(at, "    priority: %d\n", d->queue[q].priority);
        if (d->queue[q].ratio > 0)
            at += sprintf(at, "    ratio: %g\n", d->queue[q].ratio);
    }
    at += sprintf(at, "agents:\n");
    for (int g = 0; g < GROUPS && d->group[g].agents > 0; g++) {
        at += sprintf(at, "  %s:\n    count: %d\n    serves:\n", group_name[g], d->group[g].agents);
        for (int q = 0; q < QUEUES; q++) {
            if (d->group[g].serves[q].speed == 0)
                continue;
            at += sprintf(at, "      %s: {speed: %g, keep_free: %d", queue_name[q],
                          d->group[g].serves[q].speed, d->group[g].serves[q].keep_free);
            if (d->group[g].serves[q].rank)
                at += sprintf(at, ", rank: %d", d->group[g].serves[q].rank);
            at += sprintf(at, "}\n");
        }
        if (d->queue[0].ratio > 0)
            at += sprintf(at, "    pick: queue_ratio\n");
    }
    struct trial trial = trial_text(text);
    trial_run(&trial, &(oh_run_options){.replications = 40, .jobs = 2});
    return trial;
}

static void expect_design(const struct design *d, const char *length)
{
    int most[DIM] = {0};
    for (int q = 0; q < QUEUES; q++)
        most[WAITING + q] = d->most;
    struct chain *chain = chain_solve(&(struct chain_rules){
        .dim = DIM, .moves = design_moves, .settle = take_waiting, .most = most, .data = d});
    struct trial trial = design_trial(d, length);
    for (size_t q = 0; q < QUEUES && d->queue[q].per_hour > 0; q++) {
        double delayed = 0, rate = d->queue[q].per_hour / 3600;
        for (size_t i = 0; i < chain_states(chain); i++)
            if (taker(d, chain_state(chain, i), (int)q) < 0)
                delayed += chain_share(chain, i);
        double waiting = chain_mean(chain, WAITING + q), busy = 0;
        for (size_t g = 0; g < GROUPS; g++)
            busy += chain_mean(chain, g * QUEUES + q);
        expect_metric(&trial, OH_QUEUE, queue_name[q], "delayed", delayed);
        expect_metric(&trial, OH_QUEUE, queue_name[q], "abandon_rate",
                      waiting / d->queue[q].patience / rate);
        expect_metric(&trial, OH_QUEUE, queue_name[q], "wait", waiting / rate);
        expect_metric(&trial, OH_QUEUE, queue_name[q], "queue_length", waiting);
        expect_metric(&trial, OH_QUEUE, queue_name[q], "in_system", waiting + busy);
    }
    for (size_t g = 0; g < GROUPS && d->group[g].agents > 0; g++) {
        double busy = 0;
        for (size_t q = 0; q < QUEUES; q++)
            busy += chain_mean(chain, g * QUEUES + q);
        expect_metric(&trial, OH_AGENTS, group_name[g], "occupancy", busy / d->group[g].agents);
    }
    trial_free(&trial);
    chain_free(chain);
}

/* Group y helps a, whose own group comes first. Wrong order of groups, a rank not heeded or speed
 * of the wrong group would each show. */
static void the_n_design_obeys_its_ranks(void **state)
{
    (void)state;
    struct design n = {
        .queue = {{60, 180, 120, "xy", 0, 0}, {30, 240, 200, "y", 0, 0}},
        .group = {{3, {{1, 0, 0}}}, {3, {{0.8, 2, 0}, {1.1, 1, 0}}}},
        .most = 30,
    };
    expect_design(&n, "300 h");
    n.group[1].serves[0].rank = 1; /* the same with the other order in group y */
    n.group[1].serves[1].rank = 2;
    expect_design(&n, "300 h");
    n.queue[0].prefers = "yx"; /* and the helpers first */
    expect_design(&n, "300 h");
}

/* A reserve on top: y helps a only if one of them stays free for b. A reserve that counts the
 * taker as free, or is asked of the waiting but not of new calls, is one agent off. */
static void an_n_design_keeps_agents_free(void **state)
{
    (void)state;
    struct design n = {
        .queue = {{60, 180, 120, "xy", 0, 0}, {30, 240, 200, "y", 0, 0}},
        .group = {{3, {{1, 0, 0}}}, {4, {{0.8, 2, 1}, {1, 1, 0}}}},
        .most = 30,
    };
    expect_design(&n, "300 h");
    n.group[1].serves[0].keep_free = 2;
    n.group[1].serves[0].rank = 1; /* a reserve holds against any rank */
    n.group[1].serves[1].rank = 2;
    expect_design(&n, "300 h");
}

static void the_m_design_obeys_priorities(void **state)
{
    (void)state;
    struct design m = {
        .queue = {{40, 200, 150, "xz", 5, 0}, {50, 150, 100, "yz", 1, 0}},
        .group = {{2, {{1, 0, 0}}}, {2, {{0, 0, 0}, {1, 0, 0}}}, {2, {{0.9, 0, 0}, {0.7, 0, 0}}}},
        .most = 30,
    };
    expect_design(&m, "300 h");
}

static void the_w_design_obeys_ranks_on_both_sides(void **state)
{
    (void)state;
    struct design w = {
        .queue = {{30, 180, 90, "x", 0, 0}, {40, 150, 60, "yx", 0, 0}, {20, 240, 120, "y", 0, 0}},
        .group = {{2, {{1, 1, 0}, {0.8, 2, 0}}}, {2, {{0, 0, 0}, {1, 2, 0}, {1.2, 1, 0}}}},
        .most = 14,
    };
    expect_design(&w, "300 h");
}

/* One group for two queues, two agents held back from b: trunk reservation. b may wait while two
 * agents are idle. */
static void a_reserve_in_one_group_is_trunk_reservation(void **state)
{
    (void)state;
    struct design v = {
        .queue = {{50, 180, 120, NULL, 0, 0}, {40, 120, 150, NULL, 0, 0}},
        .group = {{6, {{1, 0, 0}, {1, 0, 2}}}},
        .most = 30,
    };
    expect_design(&v, "300 h");
}

/* These ratios never tie at the lengths that occur. With three queues the largest waiting / ratio
 * is another queue than the one furthest beyond its share. */
static void queue_ratio_takes_the_queue_beyond_its_share(void **state)
{
    (void)state;
    struct design v = {
        .queue = {{24, 180, 120, NULL, 0, 0.053},
                  {30, 120, 140, NULL, 0, 0.251},
                  {20, 240, 100, NULL, 0, 0.696}},
        .group = {{3, {{1, 0, 0}, {1, 0, 0}, {1, 0, 0}}}},
        .most = 14,
    };
    expect_design(&v, "300 h");
}

/* ---- rules with formulas of their own ---- */

/* Kleinrock 1964, delay-dependent priority, one agent: W_p = (W_0 / (1 - load) - sum over the
 * weaker of load_i W_i (1 - b_i / b_p)) / (1 - sum over the stronger of load_i (1 - b_p / b_i)),
 * W_0 the mean work left of the contact in hand. */
static void weighted_wait_obeys_kleinrock(void **state)
{
    (void)state;
    const double weight[] = {1, 2.5, 4}, per_hour[] = {5, 6, 4}, mean[] = {180, 120, 240};
    double load[3], wait[3], rest = 0, all = 0;
    for (int i = 0; i < 3; i++) {
        load[i] = per_hour[i] * mean[i] / 3600;
        rest += load[i] * mean[i];
        all += load[i];
    }
    for (int p = 0; p < 3; p++) {
        double above = rest / (1 - all), below = 1;
        for (int i = 0; i < p; i++)
            above -= load[i] * wait[i] * (1 - weight[i] / weight[p]);
        for (int i = p + 1; i < 3; i++)
            below -= load[i] * (1 - weight[p] / weight[i]);
        wait[p] = above / below;
    }
    struct trial trial = trial_format(
        "onhold: 1\nname: weights\ntime:\n  steady: {warm_up: 20 h, length: 1500 h}\nqueues:\n"
        "  c:\n    arrivals: %g per h\n    handling: {exponential: %g s}\n    patience: never\n"
        "    weight: %g\n"
        "  a:\n    arrivals: %g per h\n    handling: {exponential: %g s}\n    patience: never\n"
        "    weight: %g\n    priority: 1\n"
        "  b:\n    arrivals: %g per h\n    handling: {exponential: %g s}\n    patience: never\n"
        "    weight: %g\n"
        "agents:\n  desk:\n    count: 1\n    serves: [c, a, b]\n    pick: weighted_wait\n",
        per_hour[2], mean[2], weight[2], per_hour[0], mean[0], weight[0], per_hour[1], mean[1],
        weight[1]);
    trial_run(&trial, &(oh_run_options){.replications = 40, .jobs = 2});
    for (int p = 0; p < 3; p++)
        expect_metric(&trial, OH_QUEUE, queue_name[p], "wait", wait[p]);
    trial_free(&trial);
}

/* Ranks and priorities are there and do not matter: all wait as in one line. */
static void longest_wait_ignores_rank_and_priority(void **state)
{
    (void)state;
    struct trial trial = trial_text(
        "onhold: 1\nname: one line\ntime:\n  steady: {warm_up: 5 h, length: 400 h}\nqueues:\n"
        "  a:\n    arrivals: 60 per h\n    handling: {exponential: 3 min}\n    priority: 1\n"
        "    patience: {exponential: 4 min}\n    target: 80% in 20 s\n"
        "  b:\n    arrivals: 40 per h\n    handling: {exponential: 3 min}\n    priority: 9\n"
        "    patience: {exponential: 4 min}\n    target: 80% in 20 s\n"
        "routing: {pick: longest_wait}\n"
        "agents:\n  desk:\n    count: 5\n    serves: [a, b]\n");
    trial_run(&trial, &(oh_run_options){.replications = 40, .jobs = 2});
    oh_queue_figures q;
    assert_int_equal(oh_erlang_a(100 / 3600.0, 180, 240, 5, 20, &q), OH_OK);
    for (int i = 0; i < 2; i++) {
        expect_metric(&trial, OH_QUEUE, queue_name[i], "delayed", q.delayed);
        expect_metric(&trial, OH_QUEUE, queue_name[i], "service_level", q.service_level);
        expect_metric(&trial, OH_QUEUE, queue_name[i], "wait", q.wait);
        expect_metric(&trial, OH_QUEUE, queue_name[i], "abandon_rate", q.abandon_rate);
    }
    trial_free(&trial);
}

/* The queue's `ratio` at 1 everywhere compares the lengths themselves. */
static void equal_ratios_are_the_longest_queue(void **state)
{
    (void)state;
    struct trial trial[2];
    const char *picks[] = {"longest_queue", "queue_ratio"};
    for (int k = 0; k < 2; k++) {
        trial[k] = trial_format(
            "onhold: 1\nname: lengths\ntime:\n  steady: {warm_up: 5 h, length: 50 h}\nqueues:\n"
            "  a:\n    arrivals: 60 per h\n    handling: {exponential: 3 min}\n"
            "    patience: {exponential: 4 min}\n    priority: 1\n"
            "  b:\n    arrivals: 40 per h\n    handling: {exponential: 2 min}\n"
            "    patience: {exponential: 9 min}\n"
            "agents:\n  desk:\n    count: 4\n    serves: [a, b]\n    pick: %s\n",
            picks[k]);
        trial_run(&trial[k], &(oh_run_options){.replications = 4, .jobs = 2});
    }
    for (int i = 0; i < 2; i++)
        assert_same(trial_value(&trial[0], OH_QUEUE, queue_name[i], "wait"),
                    trial_value(&trial[1], OH_QUEUE, queue_name[i], "wait"));
    trial_free(&trial[0]);
    trial_free(&trial[1]);
}

/* Three groups of one agent; extra: keys of the queue. Blocked calls are lost. */
static struct trial three_agents(const char *choose, const char *speeds[3])
{
    struct trial trial = trial_format(
        "onhold: 1\nname: hunting\ntime:\n  steady: {warm_up: 5 h, length: 500 h}\nqueues:\n"
        "  a:\n    arrivals: 40 per h\n    handling: {exponential: 3 min}\n    patience: never\n"
        "    capacity: 0\n    choose: %s\n"
        "agents:\n  x:\n    count: 1\n    serves: {a: {speed: %s}}\n"
        "  y:\n    count: 1\n    serves: {a: {speed: %s}}\n"
        "  z:\n    count: 1\n    serves: {a: {speed: %s}}\n",
        choose, speeds[0], speeds[1], speeds[2]);
    trial_run(&trial, &(oh_run_options){.replications = 40, .jobs = 2});
    return trial;
}

/* What the first i agents lose is offered to the next (Erlang 1917): agent i carries
 * load (B_{i-1} - B_i). */
static void fixed_choice_hunts_in_file_order(void **state)
{
    (void)state;
    struct trial trial = three_agents("fixed", (const char *[]){"1", "1", "1"});
    for (int i = 0; i < 3; i++)
        expect_metric(&trial, OH_AGENTS, group_name[i], "occupancy",
                      2 * (oh_erlang_b(2, i) - oh_erlang_b(2, i + 1)));
    expect_metric(&trial, OH_QUEUE, "a", "block_rate", oh_erlang_b(2, 3));
    trial_free(&trial);
}

/* Whoever had least work so far takes the next: the shares even out although one is slow. */
static void least_busy_evens_out_occupancies(void **state)
{
    (void)state;
    const char *speeds[] = {"0.5", "1", "1.5"};
    struct trial trial = three_agents("least_busy", speeds);
    double x = trial_value(&trial, OH_AGENTS, "x", "occupancy");
    assert_near(trial_value(&trial, OH_AGENTS, "y", "occupancy"), x, 0.002);
    assert_near(trial_value(&trial, OH_AGENTS, "z", "occupancy"), x, 0.002);
    trial_free(&trial);
    trial = three_agents("longest_idle", speeds);
    x = trial_value(&trial, OH_AGENTS, "x", "occupancy");
    assert_true(x > trial_value(&trial, OH_AGENTS, "z", "occupancy") + 0.1);
    trial_free(&trial);
}

/* x: one slow agent; y: three. Uniform over the idle agents, not over groups. */
enum { X, Y };
static void random_moves(struct chain *chain, const int n[], const void *data)
{
    (void)data;
    int idle = 4 - n[X] - n[Y];
    if (idle > 0) {
        CHAIN_BY(chain, n, 40 / 3600.0 * (1 - n[X]) / idle, X, +1);
        CHAIN_BY(chain, n, 40 / 3600.0 * (3 - n[Y]) / idle, Y, +1);
    }
    if (n[X] > 0)
        CHAIN_BY(chain, n, 0.5 / 180, X, -1);
    if (n[Y] > 0)
        CHAIN_BY(chain, n, n[Y] / 180.0, Y, -1);
}

static void random_choice_is_uniform_over_agents(void **state)
{
    (void)state;
    struct chain *chain = chain_solve(&(struct chain_rules){.dim = 2, .moves = random_moves});
    struct trial trial = trial_text(
        "onhold: 1\nname: dice\ntime:\n  steady: {warm_up: 5 h, length: 500 h}\nqueues:\n"
        "  a:\n    arrivals: 40 per h\n    handling: {exponential: 3 min}\n    patience: never\n"
        "    capacity: 0\n    choose: random\n"
        "agents:\n  x:\n    count: 1\n    serves: {a: {speed: 0.5}}\n"
        "  y:\n    count: 3\n    serves: [a]\n");
    trial_run(&trial, &(oh_run_options){.replications = 40, .jobs = 2});
    double blocked = 0;
    for (size_t i = 0; i < chain_states(chain); i++)
        if (chain_state(chain, i)[X] + chain_state(chain, i)[Y] == 4)
            blocked += chain_share(chain, i);
    expect_metric(&trial, OH_QUEUE, "a", "block_rate", blocked);
    expect_metric(&trial, OH_AGENTS, "x", "occupancy", chain_mean(chain, X));
    expect_metric(&trial, OH_AGENTS, "y", "occupancy", chain_mean(chain, Y) / 3);
    trial_free(&trial);
    chain_free(chain);
}

/* x takes a alone; y, two agents, a and b. AHEAD: how many idle agents of y have been idle for
 * longer than x, if x is idle. */
enum { AHEAD = 2 };
static void idle_moves(struct chain *chain, const int n[], const void *data)
{
    (void)data;
    int idle_y = 2 - n[Y];
    double a = 30 / 3600.0, b = 25 / 3600.0;
    if (n[X] == 0 && n[AHEAD] == 0)
        CHAIN_BY(chain, n, a, X, +1);
    else if (idle_y > 0)
        CHAIN_BY(chain, n, a, Y, +1, AHEAD, n[AHEAD] > 0 ? -1 : 0);
    if (idle_y > 0)
        CHAIN_BY(chain, n, b, Y, +1, AHEAD, n[AHEAD] > 0 ? -1 : 0);
    if (n[X] > 0)
        CHAIN_BY(chain, n, 0.6 / 180, X, -1, AHEAD, idle_y);
    if (n[Y] > 0)
        CHAIN_BY(chain, n, n[Y] / 180.0, Y, -1);
}

static void the_longest_idle_agent_takes_the_next_call(void **state)
{
    (void)state;
    struct chain *chain = chain_solve(&(struct chain_rules){.dim = 3, .moves = idle_moves});
    struct trial trial = trial_text(
        "onhold: 1\nname: idle\ntime:\n  steady: {warm_up: 5 h, length: 500 h}\nqueues:\n"
        "  a:\n    arrivals: 30 per h\n    handling: {exponential: 3 min}\n    patience: never\n"
        "    capacity: 0\n"
        "  b:\n    arrivals: 25 per h\n    handling: {exponential: 3 min}\n    patience: never\n"
        "    capacity: 0\n"
        "agents:\n  x:\n    count: 1\n    serves: {a: {speed: 0.6}}\n"
        "  y:\n    count: 2\n    serves: [a, b]\n");
    trial_run(&trial, &(oh_run_options){.replications = 40, .jobs = 2});
    double a_blocked = 0, b_blocked = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *n = chain_state(chain, i);
        a_blocked += n[X] + n[Y] == 3 ? chain_share(chain, i) : 0;
        b_blocked += n[Y] == 2 ? chain_share(chain, i) : 0;
    }
    expect_metric(&trial, OH_QUEUE, "a", "block_rate", a_blocked);
    expect_metric(&trial, OH_QUEUE, "b", "block_rate", b_blocked);
    expect_metric(&trial, OH_AGENTS, "x", "occupancy", chain_mean(chain, X));
    expect_metric(&trial, OH_AGENTS, "y", "occupancy", chain_mean(chain, Y) / 2);
    trial_free(&trial);
    chain_free(chain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_n_design_obeys_its_ranks),
        cmocka_unit_test(an_n_design_keeps_agents_free),
        cmocka_unit_test(the_m_design_obeys_priorities),
        cmocka_unit_test(the_w_design_obeys_ranks_on_both_sides),
        cmocka_unit_test(a_reserve_in_one_group_is_trunk_reservation),
        cmocka_unit_test(queue_ratio_takes_the_queue_beyond_its_share),
        cmocka_unit_test(weighted_wait_obeys_kleinrock),
        cmocka_unit_test(longest_wait_ignores_rank_and_priority),
        cmocka_unit_test(equal_ratios_are_the_longest_queue),
        cmocka_unit_test(fixed_choice_hunts_in_file_order),
        cmocka_unit_test(least_busy_evens_out_occupancies),
        cmocka_unit_test(random_choice_is_uniform_over_agents),
        cmocka_unit_test(the_longest_idle_agent_takes_the_next_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
