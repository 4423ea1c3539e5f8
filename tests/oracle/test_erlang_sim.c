/* test_erlang_sim.c - the simulator in the long run against every queueing model that has an exact
 * answer: Erlang B, C and A, M/M/n+G, Pollaczek-Khinchine, GI/M/1, priorities, finite rooms.
 *
 * Seeds are fixed, so a test that passes passes always; limits are 4 standard errors.
 */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>

#include "../../sim/model/model.h"

/* METRICS: 100 calls in 30 min, 180 s each, threshold 20 s. */
static const double rate = 100 / 1800.0, handling = 180, within = 20;

#define QUEUE(metric, exact)  expect_metric(&trial, OH_QUEUE, "line", metric, exact)
#define AGENTS(metric, exact) expect_metric(&trial, OH_AGENTS, "desk", metric, exact)

/* One queue `line`, one group `desk`; extra: more keys of the queue. */
static struct trial one_queue(const char *arrivals, const char *times, const char *patience,
                              int agents, const char *extra, const char *length, int replications)
{
    struct trial trial = trial_format("onhold: 1\nname: long run\n"
                                      "time:\n  steady: {warm_up: 5 h, length: %s}\n"
                                      "queues:\n  line:\n    arrivals: %s\n    handling: {%s}\n"
                                      "    patience: %s\n    target: 80%% in 20 s\n%s"
                                      "agents:\n  desk:\n    count: %d\n    serves: [line]\n",
                                      length, arrivals, times, patience, extra, agents);
    trial_run(&trial, &(oh_run_options){.replications = (uint32_t)replications, .jobs = 2});
    return trial;
}

static void expect_figures(const struct trial *t, const oh_queue_figures *q)
{
    struct trial trial = *t;
    QUEUE("delayed", q->delayed);
    QUEUE("service_level", q->service_level);
    QUEUE("service_level_answered", q->service_level_answered);
    QUEUE("service_level_net", q->service_level_net);
    QUEUE("service_level_credit", q->service_level_credit);
    QUEUE("asa", q->asa);
    QUEUE("wait", q->wait);
    QUEUE("queue_length", q->queue_length);
    AGENTS("occupancy", q->occupancy);
    if (q->abandon_rate > 0) {
        QUEUE("abandon_rate", q->abandon_rate);
        QUEUE("wait_abandoned", q->wait_abandoned);
    } else {
        assert_same(trial_value(t, OH_QUEUE, "line", "abandon_rate"), 0.0);
    }
}

static void endless_patience_is_erlang_c(void **state)
{
    (void)state;
    for (int n = 12; n <= 14; n += 2) {
        oh_queue_figures q;
        assert_int_equal(oh_erlang_c(rate, handling, n, within, &q), OH_OK);
        struct trial trial =
            one_queue("100 per 30 min", "exponential: 180 s", "never", n, "", "100 h", 40);
        expect_figures(&trial, &q);
        QUEUE("wait_delayed", q.wait / q.delayed);
        QUEUE("in_system", q.queue_length + 10);
        QUEUE("time_in_system", q.wait + handling);
        QUEUE("aht", handling);
        AGENTS("busy", 10);
        assert_near(trial_value(&trial, OH_AGENTS, "desk", "staffed"), n, 1e-9);
        trial_free(&trial);
    }
}

static void no_room_to_wait_is_erlang_b(void **state)
{
    (void)state;
    for (int n = 5; n <= 15; n += 5) {
        double b = oh_erlang_b(rate * handling, n);
        /* Erlang B does not care for the shape of handling times (Sevastyanov 1957). */
        struct trial trial = one_queue(
            "100 per 30 min", n == 10 ? "lognormal: {mean: 180 s, cv: 2}" : "exponential: 180 s",
            "never", n, "    capacity: 0\n", "50 h", 20);
        QUEUE("block_rate", b);
        QUEUE("answer_rate", 1 - b);
        AGENTS("occupancy", rate * handling * (1 - b) / n);
        assert_same(trial_value(&trial, OH_QUEUE, "line", "asa"), 0.0);
        assert_same(trial_value(&trial, OH_QUEUE, "line", "service_level"), 1.0);
        trial_free(&trial);
    }
}

static void exponential_patience_is_erlang_a(void **state)
{
    (void)state;
    for (int n = 8; n <= 14; n += 2) {
        oh_queue_figures q;
        assert_int_equal(oh_erlang_a(rate, handling, 300, n, within, &q), OH_OK);
        struct trial trial = one_queue("100 per 30 min", "exponential: 180 s",
                                       "{exponential: 5 min}", n, "", "100 h", 20);
        expect_figures(&trial, &q);
        trial_free(&trial);
    }
    /* A large centre: 500 agents, as the managers' share of those who hang up. */
    oh_queue_figures q;
    double patience = -40 / log(0.85);
    assert_int_equal(oh_erlang_a(100 / 60.0, 300, patience, 500, within, &q), OH_OK);
    struct trial trial = one_queue("100/min", "exponential: 5 min", "{hung_up_by: {40 s: 15%}}",
                                   500, "", "10 h", 12);
    expect_figures(&trial, &q);
    trial_free(&trial);
}

/* What oh_mmng asks of patience, from the compiled model's own tree. */
static double survival(double x, const void *patience)
{
    return 1 - dist_cdf(patience, x);
}

static const struct {
    const char *patience;
    int agents;
    double balk;
} patiences[] = {
    {"{constant: 30 s}", 10, 0},
    {"{constant: 10 s}", 8, 0},
    {"{weibull: {shape: 0.6, mean: 3 min}}", 10, 0},
    {"{weibull: {shape: 3, mean: 60 s}}", 9, 0},
    {"{lognormal: {mean: 2 min, cv: 1.5}}", 10, 0},
    {"{uniform: {from: 10 s, to: 90 s}}", 9, 0},
    {"{mixture: [{share: 15%, constant: 40 s}, {share: 85%, exponential: 5 min}]}", 10, 0},
    {"{mixture: [{share: 20%, constant: 0 s}, {share: 30%, constant: 20 s}, "
     "{share: 50%, gamma: {mean: 4 min, cv: 0.5}}]}",
     9, 0},
    {"{hung_up_by: {20 s: 10%, 60 s: 40%, 3 min: 60%}}", 9, 0},
    {"{first_of: [{constant: 2 min}, {exponential: 90 s}]}", 8, 0},
    {"{exponential: 2 min, plus: 15 s}", 10, 0},
    {"{empirical: {values: [5 s, 20 s, 30 s, 2 min, 5 min]}}", 9, 0},
    {"{exponential: 4 min}", 10, 0.25},
    {"never", 12, 0.1},
};

static void any_patience_is_mmng(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof patiences / sizeof *patiences; i++) {
        char balk[40] = "";
        if (patiences[i].balk > 0)
            snprintf(balk, sizeof balk, "    balk: %g%%\n", 100 * patiences[i].balk);
        struct trial trial =
            one_queue("100 per 30 min", "exponential: 180 s", patiences[i].patience,
                      patiences[i].agents, balk, "50 h", 20);
        const struct dist *patience = trial.model->queue[0].patience;
        double corner[32];
        size_t corners = dist_corners(patience, corner, 32);
        oh_queue_figures q;
        assert_int_equal(oh_mmng(rate, handling, patiences[i].agents, within, patiences[i].balk,
                                 survival, patience, corner, corners, &q),
                         OH_OK);
        expect_figures(&trial, &q);
        trial_free(&trial);
    }
}

/* One agent, any handling: mean wait = rate E[S^2] / (2 (1 - load)). */
static void one_agent_obeys_pollaczek_and_khinchine(void **state)
{
    (void)state;
    static const struct {
        const char *handling;
        double cv2; /* variance / mean^2 */
    } shapes[] = {
        {"constant: 4 min", 0},
        {"exponential: 4 min", 1},
        {"erlang: {k: 3, mean: 4 min}", 1.0 / 3},
        {"lognormal: {mean: 4 min, cv: 1.2}", 1.44},
        {"uniform: {from: 0 s, to: 8 min}", 1.0 / 3},
        {"hyperexponential: {mean: 4 min, cv: 2}", 4},
        {"mixture: [{share: 50%, constant: 2 min}, {share: 50%, constant: 6 min}]", 0.25},
    };
    double mean = 240, arrivals = 10 / 3600.0, load = arrivals * mean;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        double wait = arrivals * mean * mean * (1 + shapes[i].cv2) / (2 * (1 - load));
        struct trial trial =
            one_queue("10 per h", shapes[i].handling, "never", 1, "", "1000 h", 40);
        QUEUE("asa", wait);
        QUEUE("delayed", load);
        QUEUE("queue_length", arrivals * wait);
        QUEUE("aht", mean);
        AGENTS("occupancy", load);
        trial_free(&trial);
    }
}

/* One agent, exponential handling, any times between calls: the wait is exponential with weight
 * s, the root of s = E e^(-(1 - s) mu A) (Kendall 1953). */
static void regular_arrivals_are_the_gi_m_1_queue(void **state)
{
    (void)state;
    static const struct {
        const char *arrivals;
        int k; /* Erlang stages; 0: constant */
    } kinds[] = {{"{renewal: {erlang: {k: 3, mean: 5 min}}}", 3},
                 {"{renewal: 5 min}", 0},
                 {"{renewal: {exponential: 5 min}}", 1}};
    double mean = 240, gap = 300;
    for (int i = 0; i < 3; i++) {
        double s = 0.5;
        for (int step = 0; step < 1000; step++) {
            double z = (1 - s) / mean * gap;
            s = kinds[i].k == 0 ? exp(-z) : pow(1 + z / kinds[i].k, -kinds[i].k);
        }
        struct trial trial =
            one_queue(kinds[i].arrivals, "exponential: 4 min", "never", 1, "", "1000 h", 30);
        QUEUE("delayed", s);
        QUEUE("asa", s * mean / (1 - s));
        QUEUE("service_level", 1 - s * exp(-(1 - s) / mean * within));
        trial_free(&trial);
    }
}

static struct trial three_classes(const char *times[3], int agents, const char *length,
                                  int replications)
{
    struct trial trial = trial_format(
        "onhold: 1\nname: classes\ntime:\n  steady: {warm_up: 20 h, length: %s}\nqueues:\n"
        "  first:\n    arrivals: 4 per h\n    handling: {%s}\n    patience: never\n"
        "    priority: 1\n"
        "  third:\n    arrivals: 3 per h\n    handling: {%s}\n    patience: never\n"
        "    priority: 9\n"
        "  second:\n    arrivals: 5 per h\n    handling: {%s}\n    patience: never\n"
        "agents:\n  desk:\n    count: %d\n    serves: [first, third, second]\n",
        length, times[0], times[2], times[1], agents);
    trial_run(&trial, &(oh_run_options){.replications = (uint32_t)replications, .jobs = 2});
    return trial;
}

/* Cobham 1954: with R the mean work left of the contact in hand seen on arrival, class k waits
 * R / ((1 - load up to k - 1) (1 - load up to k)). */
static void priorities_obey_cobham(void **state)
{
    (void)state;
    const char *names[] = {"first", "second", "third"};
    const double arrivals[] = {4 / 3600.0, 5 / 3600.0, 3 / 3600.0};
    const char *times[] = {"constant: 3 min", "exponential: 5 min",
                           "lognormal: {mean: 4 min, cv: 1}"};
    const double mean[] = {180, 300, 240}, square[] = {180 * 180, 2 * 300 * 300, 2 * 240 * 240};
    double rest = 0, before = 0;
    for (int k = 0; k < 3; k++)
        rest += arrivals[k] * square[k] / 2;
    struct trial trial = three_classes(times, 1, "1000 h", 40);
    for (int k = 0; k < 3; k++) {
        double load = before + arrivals[k] * mean[k];
        expect_metric(&trial, OH_QUEUE, names[k], "asa", rest / ((1 - before) * (1 - load)));
        before = load;
    }
    expect_metric(&trial, OH_AGENTS, "desk", "occupancy", before);
    trial_free(&trial);

    /* Several agents, one exponential handling time for all: R = Erlang C's delay / (n mu). */
    const char *same[] = {"exponential: 12 min", "exponential: 12 min", "exponential: 12 min"};
    oh_queue_figures c;
    assert_int_equal(oh_erlang_c(12 / 3600.0, 720, 3, 0, &c), OH_OK);
    trial = three_classes(same, 3, "1000 h", 40);
    rest = c.delayed * 720 / 3;
    before = 0;
    for (int k = 0; k < 3; k++) {
        double load = before + arrivals[k] * 720 / 3;
        expect_metric(&trial, OH_QUEUE, names[k], "asa", rest / ((1 - before) * (1 - load)));
        expect_metric(&trial, OH_QUEUE, names[k], "delayed", c.delayed);
        before = load;
    }
    expect_metric(&trial, OH_TOTAL, NULL, "asa", c.asa);
    trial_free(&trial);
}

/* A finite room with patience and balking is a birth-and-death chain of n + room + 1 states. */
static void a_finite_room_is_a_small_markov_chain(void **state)
{
    (void)state;
    enum { AGENTS_N = 9, ROOM = 4, STATES = AGENTS_N + ROOM + 1 };
    static const struct {
        const char *patience, *extra;
        double patience_rate, balk;
    } rooms[] = {{"never", "    capacity: 4\n", 0, 0},
                 {"{exponential: 3 min}", "    capacity: 4\n", 1 / 180.0, 0},
                 {"{exponential: 3 min}", "    capacity: 4\n    balk: 30%\n", 1 / 180.0, 0.3}};
    for (int i = 0; i < 3; i++) {
        double p[STATES] = {1}, sum = 1, waiting = 0, all_busy = 0, busy = 0;
        for (int k = 1; k < STATES; k++) {
            double birth = rate * (k > AGENTS_N ? 1 - rooms[i].balk : 1);
            double death =
                fmin(k, AGENTS_N) / handling + fmax(0, k - AGENTS_N) * rooms[i].patience_rate;
            p[k] = p[k - 1] * birth / death;
            sum += p[k];
        }
        for (int k = 0; k < STATES; k++) {
            p[k] /= sum;
            waiting += p[k] * fmax(0, k - AGENTS_N);
            busy += p[k] * fmin(k, AGENTS_N);
            all_busy += k >= AGENTS_N && k < STATES - 1 ? p[k] : 0;
        }
        double offered = 1 - p[STATES - 1];
        struct trial trial = one_queue("100 per 30 min", "exponential: 180 s", rooms[i].patience,
                                       AGENTS_N, rooms[i].extra, "50 h", 20);
        QUEUE("block_rate", p[STATES - 1]);
        QUEUE("queue_length", waiting);
        QUEUE("delayed", all_busy / offered);
        QUEUE("wait", waiting / (rate * offered));
        AGENTS("occupancy", busy / AGENTS_N);
        if (rooms[i].patience_rate > 0)
            QUEUE("abandon_rate",
                  (rooms[i].balk * rate * all_busy + rooms[i].patience_rate * waiting) /
                      (rate * offered));
        assert_true(trial_value(&trial, OH_QUEUE, "line", "queue_max") <= ROOM);
        trial_free(&trial);
    }
}

static void speed_divides_handling(void **state)
{
    (void)state;
    struct trial trial =
        trial_text("onhold: 1\nname: speed\ntime:\n  steady: {warm_up: 5 h, length: 100 h}\n"
                   "queues:\n  line:\n    arrivals: 100 per 30 min\n"
                   "    handling: {exponential: 270 s}\n    patience: {exponential: 5 min}\n"
                   "    target: 80% in 20 s\n"
                   "agents:\n  desk:\n    count: 12\n    serves: {line: {speed: 1.5}}\n");
    trial_run(&trial, &(oh_run_options){.replications = 20, .jobs = 2});
    oh_queue_figures q;
    assert_int_equal(oh_erlang_a(rate, 180, 300, 12, within, &q), OH_OK);
    expect_figures(&trial, &q);
    QUEUE("aht", 180);
    trial_free(&trial);
}

/* Ring holds the agent and counts in the wait: M/M/n with a longer handling, and everybody waits
 * the ring longer. With patience it is another model, so patience has no end here. */
static void ring_is_work_for_the_agent_and_wait_for_the_caller(void **state)
{
    (void)state;
    struct trial trial = one_queue("10 per h", "exponential: 4 min", "never", 1,
                                   "    ring: {constant: 20 s}\n", "1000 h", 40);
    double arrivals = 10 / 3600.0, mean = 260;
    double square = 240 * 240 + mean * mean, load = arrivals * mean;
    double wait = arrivals * square / (2 * (1 - load));
    QUEUE("asa", wait + 20);
    QUEUE("delayed", load);
    QUEUE("queue_length", arrivals * wait);
    QUEUE("aht", 240);
    AGENTS("occupancy", load);
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(endless_patience_is_erlang_c),
        cmocka_unit_test(no_room_to_wait_is_erlang_b),
        cmocka_unit_test(exponential_patience_is_erlang_a),
        cmocka_unit_test(any_patience_is_mmng),
        cmocka_unit_test(one_agent_obeys_pollaczek_and_khinchine),
        cmocka_unit_test(regular_arrivals_are_the_gi_m_1_queue),
        cmocka_unit_test(priorities_obey_cobham),
        cmocka_unit_test(a_finite_room_is_a_small_markov_chain),
        cmocka_unit_test(speed_divides_handling),
        cmocka_unit_test(ring_is_work_for_the_agent_and_wait_for_the_caller),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
