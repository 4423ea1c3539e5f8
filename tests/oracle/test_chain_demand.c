/* test_chain_demand.c - who comes and who is there to answer: groups of callers, days that are
 * busier than others, noise, surges, a backlog, absent and late agents; against chains, mixtures
 * of Erlang A, moments that follow from the words, and the infinite-server queue.
 */
#include "../support/chain.h"
#include "../support/support.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#define QUEUE(name, metric, exact)  expect_metric(&trial, OH_QUEUE, name, metric, exact)
#define AGENTS(name, metric, exact) expect_metric(&trial, OH_AGENTS, name, metric, exact)

static const double hour = 3600;

static struct trial played(struct trial trial, uint32_t replications)
{
    trial_run(&trial, &(oh_run_options){.replications = replications, .jobs = 2});
    return trial;
}

/* A metric of one interval, or of all (OH_WHOLE). */
static void expect_at(const struct trial *trial, oh_level level, const char *name, long period,
                      const char *metric, double exact)
{
    oh_estimate e = trial_read(trial, level, name, period, metric);
    oh_run_info info = oh_result_info(trial->result);
    expect_z(e.value, e.half_width, exact, info.confidence, info.replications);
}

/* ---- moments over replications ---- */

/* The replications' own values of a queue's metric; free() them. */
static double *values_of(const struct trial *trial, size_t queue, long period, const char *metric)
{
    double *x = malloc(oh_result_info(trial->result).replications * sizeof *x);
    long column = oh_result_column_find(trial->result, OH_QUEUE, metric);
    assert_non_null(x);
    assert_true(column >= 0);
    assert_true(oh_result_values(trial->result, OH_QUEUE, queue, period, (size_t)column, x));
    return x;
}

/* The covariance of two counts is `exact`, within 4 standard errors of its estimate. */
static void expect_covariance(const struct trial *trial, size_t queue_x, long period_x,
                              size_t queue_y, long period_y, double exact)
{
    oh_run_info info = oh_result_info(trial->result);
    double n = info.replications, mx = 0, my = 0, sum = 0, squares = 0;
    double *x = values_of(trial, queue_x, period_x, "arrivals");
    double *y = values_of(trial, queue_y, period_y, "arrivals");
    for (size_t i = 0; i < info.replications; i++) {
        mx += x[i] / n;
        my += y[i] / n;
    }
    for (size_t i = 0; i < info.replications; i++) {
        double product = (x[i] - mx) * (y[i] - my);
        sum += product;
        squares += product * product;
    }
    double mean = sum / n, error = sqrt((squares / n - mean * mean) / n);
    double half_width = error * gsl_cdf_tdist_Pinv((1 + info.confidence) / 2, n - 1);
    expect_z(sum / (n - 1), half_width, exact, info.confidence, n);
    free(x);
    free(y);
}

/* ---- groups of callers ---- */

enum { GROUP_AGENTS = 6, GROUP_MOST = 90 };
static const double group_mean = 2.5, group_rate = 90 / 3600.0;

static void group_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    int waiting = x[0] > GROUP_AGENTS ? x[0] - GROUP_AGENTS : 0;
    double size = group_rate / group_mean / group_mean; /* the rate of groups of one */
    for (int j = 1; x[0] + j <= GROUP_MOST; j++, size *= 1 - 1 / group_mean)
        CHAIN_BY(chain, x, size, 0, +j);
    if (x[0] > 0)
        CHAIN_BY(chain, x, (x[0] - waiting) / 180.0 + waiting / 120.0, 0, -1);
}

/* Group sizes of another shape, or counts taken as groups, change the delays at once. */
static void callers_come_in_groups(void **state)
{
    (void)state;
    struct chain *chain = chain_solve(
        &(struct chain_rules){.dim = 1, .moves = group_moves, .most = (int[]){GROUP_MOST}});
    double delayed = 0, waiting = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        int k = chain_state(chain, i)[0], room = k < GROUP_AGENTS ? GROUP_AGENTS - k : 0;
        /* Of a group the first `room` are taken: E (size - room)+ = mean (1 - 1/mean)^room. */
        delayed += chain_share(chain, i) * pow(1 - 1 / group_mean, room);
        waiting += k > GROUP_AGENTS ? chain_share(chain, i) * (k - GROUP_AGENTS) : 0;
    }
    struct trial trial = played(
        trial_text("onhold: 1\nname: groups\ntime:\n  steady: {warm_up: 5 h, length: 500 h}\n"
                   "queues:\n  line:\n    arrivals: {rate: 90 per h, batch: {mean: 2.5}}\n"
                   "    handling: {exponential: 3 min}\n    patience: {exponential: 2 min}\n"
                   "agents:\n  desk:\n    count: 6\n    serves: [line]\n"),
        40);
    QUEUE("line", "arrivals", group_rate * 500 * hour);
    QUEUE("line", "delayed", delayed);
    QUEUE("line", "abandon_rate", waiting / 120 / group_rate);
    QUEUE("line", "wait", waiting / group_rate);
    QUEUE("line", "queue_length", waiting);
    trial_free(&trial);
    chain_free(chain);
}

/* Times between calls of two exponential stages: STAGE 0 or 1. */
enum { STAGE, CALLS };
static void stages_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    int waiting = x[CALLS] > 4 ? x[CALLS] - 4 : 0;
    CHAIN_BY(chain, x, 2 / 45.0, STAGE, x[STAGE] ? -1 : 1, CALLS, x[STAGE]);
    if (x[CALLS] > 0)
        CHAIN_BY(chain, x, (x[CALLS] - waiting) / 180.0 + waiting / 120.0, CALLS, -1);
}

static void regular_calls_wait_less(void **state)
{
    (void)state;
    struct chain *chain =
        chain_solve(&(struct chain_rules){.dim = 2, .moves = stages_moves, .most = (int[]){0, 45}});
    double delayed = 0, waiting = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        delayed += x[STAGE] && x[CALLS] >= 4 ? 2 * chain_share(chain, i) : 0;
        waiting += x[CALLS] > 4 ? chain_share(chain, i) * (x[CALLS] - 4) : 0;
    }
    struct trial trial = played(
        trial_text("onhold: 1\nname: stages\ntime:\n  steady: {warm_up: 5 h, length: 500 h}\n"
                   "queues:\n  line:\n    arrivals: {renewal: {erlang: {k: 2, mean: 45 s}}}\n"
                   "    handling: {exponential: 3 min}\n    patience: {exponential: 2 min}\n"
                   "agents:\n  desk:\n    count: 4\n    serves: [line]\n"),
        40);
    QUEUE("line", "delayed", delayed);
    QUEUE("line", "abandon_rate", waiting / 120 * 45);
    QUEUE("line", "wait", waiting * 45);
    trial_free(&trial);
    chain_free(chain);
}

/* Exponential times between calls are Poisson on every day of the week. The time that ran past
 * closing is known to be long: used again in the morning, it would leave a day short of calls. */
static void each_opening_starts_its_times_between_calls_anew(void **state)
{
    (void)state;
    struct trial trial =
        played(trial_text("onhold: 1\nname: week\ntime:\n  days: {mon-wed: 08:00-12:00}\n"
                          "queues:\n  line:\n    arrivals: {renewal: {exponential: 1 h}}\n"
                          "    handling: {exponential: 1 min}\n    patience: never\n"
                          "agents:\n  desk:\n    count: 3\n    serves: [line]\n"),
               10000);
    for (long day = 0; day < 3; day++)
        expect_at(&trial, OH_QUEUE, "line", OH_DAY(day), "arrivals", 4);
    trial_free(&trial);
}

/* ---- some days are busier ---- */

/* A count whose mean is m times a factor of mean 1 and cv c has variance m + c^2 m^2. One factor
 * for all queues, one more for the first; b and c share a demand. */
static void a_busy_day_is_busy_for_all_queues(void **state)
{
    (void)state;
    struct trial trial =
        played(trial_text("onhold: 1\nname: busy\nbusyness: {cv: 15%}\n"
                          "time:\n  open: 08:00-18:00\n"
                          "demand:\n  arrivals: 50 per h\n  mix: {b: 60%, c: 40%}\n"
                          "queues:\n"
                          "  a:\n    arrivals: 40 per h\n    handling: {exponential: 1 min}\n"
                          "    patience: never\n    busyness: {cv: 20%}\n"
                          "  b:\n    handling: {exponential: 1 min}\n    patience: never\n"
                          "  c:\n    handling: {exponential: 1 min}\n    patience: never\n"
                          "agents:\n  desk:\n    count: 9\n    serves: [a, b, c]\n"),
               2500);
    double day = 0.15 * 0.15, own = (1 + day) * (1 + 0.2 * 0.2) - 1;
    QUEUE("a", "arrivals", 400);
    QUEUE("b", "arrivals", 300);
    QUEUE("c", "arrivals", 200);
    expect_covariance(&trial, 0, OH_WHOLE, 0, OH_WHOLE, 400 + own * 400 * 400);
    expect_covariance(&trial, 1, OH_WHOLE, 1, OH_WHOLE, 300 + day * 300 * 300);
    expect_covariance(&trial, 2, OH_WHOLE, 2, OH_WHOLE, 200 + day * 200 * 200);
    expect_covariance(&trial, 1, OH_WHOLE, 2, OH_WHOLE, day * 300 * 200);
    expect_covariance(&trial, 0, OH_WHOLE, 1, OH_WHOLE, day * 400 * 300);
    trial_free(&trial);
}

/* Calls of all days together: the mean over the gamma factor of Erlang A's flows, by the midpoint
 * rule over its quantiles. */
static void busy_days_are_a_mixture_of_erlang_a(void **state)
{
    (void)state;
    enum { POINTS = 4000 };
    double cv2 = 0.2 * 0.2, flow = 0, delayed = 0, gone = 0, waiting = 0;
    for (int i = 0; i < POINTS; i++) {
        double factor = gsl_cdf_gamma_Pinv((i + 0.5) / POINTS, 1 / cv2, cv2);
        oh_queue_figures q;
        assert_int_equal(oh_erlang_a(factor * 100 / hour, 180, 240, 5, 20, &q), OH_OK);
        flow += factor;
        delayed += factor * q.delayed;
        gone += factor * q.abandon_rate;
        waiting += q.queue_length / POINTS;
    }
    struct trial trial =
        played(trial_text("onhold: 1\nname: mixture\nbusyness: {cv: 20%}\n"
                          "time:\n  steady: {warm_up: 2 h, length: 20 h}\nqueues:\n"
                          "  line:\n    arrivals: 100 per h\n    handling: {exponential: 3 min}\n"
                          "    patience: {exponential: 4 min}\n"
                          "agents:\n  desk:\n    count: 5\n    serves: [line]\n"),
               1500);
    QUEUE("line", "delayed", delayed / flow);
    QUEUE("line", "abandon_rate", gone / flow);
    QUEUE("line", "queue_length", waiting);
    trial_free(&trial);
}

/* Noise: a factor of its own for each hour of the forecast, the same in both of its halves. */
static void noise_is_independent_from_step_to_step(void **state)
{
    (void)state;
    static const double counts[] = {120, 60, 90};
    struct trial trial = played(
        trial_text("onhold: 1\nname: noise\ntime:\n  open: 08:00-11:00\n  interval: 30 min\n"
                   "queues:\n  line:\n    handling: {exponential: 1 min}\n    patience: never\n"
                   "    arrivals: {per: 60 min, counts: [120, 60, 90], noise: 25%}\n"
                   "agents:\n  desk:\n    count: 9\n    serves: [line]\n"),
        4000);
    for (long half = 0; half < 6; half++) {
        double m = counts[half / 2] / 2;
        expect_at(&trial, OH_QUEUE, "line", half, "arrivals", m);
        expect_covariance(&trial, 0, half, 0, half, m + 0.0625 * m * m);
        if (half < 5)
            expect_covariance(&trial, 0, half, 0, half + 1, half % 2 ? 0 : 0.0625 * m * m);
    }
    trial_free(&trial);
}

/* ---- expected volumes through the day ---- */

/* A surge from 09:15 to 10:00 triples the hour's rate, here scaled by 1.5. */
static void a_surge_multiplies_what_it_covers(void **state)
{
    (void)state;
    static const double exact[] = {15, 15, 15 + 15 * 3, 30 * 3, 22.5, 22.5};
    struct trial trial = played(
        trial_text("onhold: 1\nname: surge\ntime:\n  open: 08:00-11:00\n  interval: 30 min\n"
                   "queues:\n  line:\n    handling: {exponential: 1 min}\n    patience: never\n"
                   "    arrivals: {per: 60 min, counts: [20, 40, 30], scale: 1.5,\n"
                   "               surge: [{at: 09:15, for: 45 min, factor: 3}]}\n"
                   "agents:\n  desk:\n    count: 9\n    serves: [line]\n"),
        4000);
    for (long i = 0; i < 6; i++) {
        expect_at(&trial, OH_QUEUE, "line", i, "arrivals", exact[i]);
        expect_covariance(&trial, 0, i, 0, i, exact[i]); /* still Poisson */
    }
    trial_free(&trial);
}

/* Each step keeps its count; within a rising forecast the second half of an hour is busier. */
static void a_smooth_forecast_keeps_its_counts(void **state)
{
    (void)state;
    static const double counts[] = {20, 50, 80, 30, 0, 40};
    struct trial trial = played(
        trial_text("onhold: 1\nname: smooth\ntime:\n  open: 08:00-14:00\n  interval: 15 min\n"
                   "queues:\n  line:\n    handling: {exponential: 1 min}\n    patience: never\n"
                   "    arrivals: {per: 60 min, counts: [20, 50, 80, 30, 0, 40], smooth: true}\n"
                   "agents:\n  desk:\n    count: 9\n    serves: [line]\n"),
        4000);
    double quarter[24];
    for (long i = 0; i < 24; i++)
        quarter[i] = trial_read(&trial, OH_QUEUE, "line", i, "arrivals").value;
    for (int h = 0; h < 6; h++) {
        double sum = 0;
        for (int i = 4 * h; i < 4 * h + 4; i++)
            sum += quarter[i];
        assert_near(sum, counts[h], 4 * sqrt(counts[h] / 4000) + 1e-12);
    }
    for (int i = 4; i < 8; i++) /* from 20 over 50 to 80 */
        assert_true(quarter[i] < quarter[i + 1]);
    trial_free(&trial);
}

/* Busy agents are an infinite-server queue, for nobody ever waits: with arrivals at a rate r from a
 * to b, r times the integral of G(t - a) - G(t - b), where G(x) = E min(S, x) (Palm 1943). Here
 * the integral of G up to x, for lognormal S. */
static double area_of_min(double x, double mu, double sigma)
{
    if (x <= 0)
        return 0;
    double z = (log(x) - mu) / sigma, m1 = exp(mu + sigma * sigma / 2);
    double m2 = exp(2 * mu + 2 * sigma * sigma);
    return x * x / 2 * gsl_cdf_ugaussian_Q(z) + x * m1 * gsl_cdf_ugaussian_P(z - sigma) -
           m2 / 2 * gsl_cdf_ugaussian_P(z - 2 * sigma);
}

static void a_day_without_waiting_is_the_infinite_server_queue(void **state)
{
    (void)state;
    enum { STEPS = 6 };
    static const double counts[STEPS] = {30, 90, 150, 60, 120, 40};
    double mean = 900, sigma = sqrt(log(1 + 1.2 * 1.2)), mu = log(mean) - sigma * sigma / 2;
    struct trial trial = played(
        trial_text("onhold: 1\nname: no waiting\ntime:\n  open: 08:00-11:00\n  interval: 30 min\n"
                   "queues:\n  line:\n    handling: {lognormal: {mean: 15 min, cv: 1.2}}\n"
                   "    patience: never\n"
                   "    arrivals: {per: 30 min, counts: [30, 90, 150, 60, 120, 40]}\n"
                   "agents:\n  desk:\n    count: 400\n    serves: [line]\n"),
        1500);
    double step = 1800, all = 0, inside = 0;
    for (int i = 0; i < STEPS; i++) {
        double area = 0, t = i * step;
        for (int j = 0; j <= i; j++) {
            double a = j * step, b = (j + 1) * step, rate = counts[j] / step;
            area += rate * (area_of_min(t + step - a, mu, sigma) - area_of_min(t - a, mu, sigma) -
                            area_of_min(t + step - b, mu, sigma) + area_of_min(t - b, mu, sigma));
        }
        expect_at(&trial, OH_AGENTS, "desk", i, "busy", area / step);
        inside += area;
        all += counts[i] * mean;
    }
    AGENTS("desk", "overtime", all - inside); /* only the busy stay */
    assert_same(trial_value(&trial, OH_QUEUE, "line", "delayed"), 0.0);
    trial_free(&trial);
}

/* ---- one long run, a backlog, absent and late agents ---- */

static void batches_of_one_long_run_are_as_good_as_runs(void **state)
{
    (void)state;
    oh_queue_figures q;
    assert_int_equal(oh_erlang_a(100 / hour, 180, 240, 5, 20, &q), OH_OK);
    struct trial trial =
        trial_text("onhold: 1\nname: batches\n"
                   "time:\n  steady: {warm_up: 5 h, batches: 60, batch: 200 h}\nqueues:\n"
                   "  line:\n    arrivals: 100 per h\n    handling: {exponential: 3 min}\n"
                   "    patience: {exponential: 4 min}\n    target: 80% in 20 s\n"
                   "agents:\n  desk:\n    count: 5\n    serves: [line]\n");
    trial_run(&trial, NULL);
    assert_int_equal(oh_result_info(trial.result).replications, 60);
    double *offered = values_of(&trial, 0, OH_WHOLE, "offered");
    for (int i = 0; i < 60; i++)
        assert_near(offered[i], 20000, 6 * sqrt(20000));
    free(offered);
    QUEUE("line", "offered", 20000);
    QUEUE("line", "delayed", q.delayed);
    QUEUE("line", "service_level", q.service_level);
    QUEUE("line", "abandon_rate", q.abandon_rate);
    QUEUE("line", "wait", q.wait);
    QUEUE("line", "queue_length", q.queue_length);
    AGENTS("desk", "occupancy", q.occupancy);
    AGENTS("desk", "staffed", 5);
    AGENTS("desk", "planned", 5);
    trial_free(&trial);
}

/* Thirty wait at 08:00, four agents; with k present the next to go has waited and hangs up with
 * probability (k - 4) theta / (4 mu + (k - 4) theta). */
static void a_backlog_empties_like_a_death_process(void **state)
{
    (void)state;
    double gone = 0, waited = 0;
    for (int k = 5; k <= 30; k++) {
        double out = 4 / 180.0 + (k - 4) / 600.0;
        gone += (k - 4) / 600.0 / out;
        waited += (k - 4) / out;
    }
    struct trial trial = played(trial_text("onhold: 1\nname: backlog\ntime:\n  open: 08:00-12:00\n"
                                           "queues:\n  line:\n    handling: {exponential: 3 min}\n"
                                           "    patience: {exponential: 10 min}\n    backlog: 30\n"
                                           "agents:\n  desk:\n    count: 4\n    serves: [line]\n"),
                                20000);
    assert_same(trial_value(&trial, OH_QUEUE, "line", "offered"), 30.0);
    QUEUE("line", "abandoned", gone);
    QUEUE("line", "wait", waited / 30);
    QUEUE("line", "queue_length", waited / (4 * hour));
    trial_free(&trial);
}

/* Who is absent is absent all the time: a binomial mixture of Erlang A. */
static void absence_is_a_binomial_mixture(void **state)
{
    (void)state;
    double delayed = 0, gone = 0, busy = 0;
    for (unsigned k = 0; k <= 6; k++) {
        oh_queue_figures q = {.delayed = 1, .abandon_rate = 1, .occupancy = 0};
        if (k > 0)
            assert_int_equal(oh_erlang_a(90 / hour, 180, 240, k, 20, &q), OH_OK);
        double p = gsl_ran_binomial_pdf(k, 0.85, 6);
        delayed += p * q.delayed;
        gone += p * q.abandon_rate;
        busy += p * k * q.occupancy;
    }
    struct trial trial = played(
        trial_text("onhold: 1\nname: absence\ntime:\n  steady: {warm_up: 2 h, length: 20 h}\n"
                   "queues:\n  line:\n    arrivals: 90 per h\n    handling: {exponential: 3 min}\n"
                   "    patience: {exponential: 4 min}\n"
                   "agents:\n  desk:\n    count: 6\n    serves: [line]\n    absence: 15%\n"),
        1500);
    QUEUE("line", "delayed", delayed);
    QUEUE("line", "abandon_rate", gone);
    AGENTS("desk", "staffed", 6 * 0.85);
    AGENTS("desk", "busy", busy);
    AGENTS("desk", "planned", 6);
    trial_free(&trial);
}

/* Whoever is late by an exponential time of mean m misses, between a and b after the start of the
 * shift, m (e^(-a/m) - e^(-b/m)) on average. */
static void the_late_miss_the_beginning_of_their_shift(void **state)
{
    (void)state;
    struct trial trial = played(
        trial_text("onhold: 1\nname: late\ntime:\n  open: 08:00-10:00\n  interval: 30 min\n"
                   "queues:\n  line:\n    arrivals: 1 per h\n    handling: {exponential: 1 s}\n"
                   "    patience: never\n"
                   "agents:\n  desk:\n    serves: [line]\n    late: {exponential: 20 min}\n"
                   "    shifts: [{count: 10, hours: 08:00-10:00},\n"
                   "             {count: 6, hours: 09:00-10:00}]\n"),
        2000);
    double late = 20 * 60, half = 30 * 60;
    for (int i = 0; i < 4; i++) {
        double exact = 0;
        for (int shift = 0; shift < 2; shift++) {
            double from = i * half - shift * hour; /* since the shift's start */
            double missed = late * (exp(-from / late) - exp(-(from + half) / late));
            if (from >= 0)
                exact += (shift ? 6 : 10) * (half - missed);
        }
        expect_at(&trial, OH_AGENTS, "desk", i, "staffed", exact / half);
    }
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(callers_come_in_groups),
        cmocka_unit_test(regular_calls_wait_less),
        cmocka_unit_test(each_opening_starts_its_times_between_calls_anew),
        cmocka_unit_test(a_busy_day_is_busy_for_all_queues),
        cmocka_unit_test(busy_days_are_a_mixture_of_erlang_a),
        cmocka_unit_test(noise_is_independent_from_step_to_step),
        cmocka_unit_test(a_surge_multiplies_what_it_covers),
        cmocka_unit_test(a_smooth_forecast_keeps_its_counts),
        cmocka_unit_test(a_day_without_waiting_is_the_infinite_server_queue),
        cmocka_unit_test(batches_of_one_long_run_are_as_good_as_runs),
        cmocka_unit_test(a_backlog_empties_like_a_death_process),
        cmocka_unit_test(absence_is_a_binomial_mixture),
        cmocka_unit_test(the_late_miss_the_beginning_of_their_shift),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
