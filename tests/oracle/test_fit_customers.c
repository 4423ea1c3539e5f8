/* test_fit_customers.c - who calls again, and who is handed on: the law of returns against its own
 * draws, and round trips of scenarios whose queues differ.
 */
#include "../support/trip.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../../sim/data/return_law.h"

/* ---- the law of returns ---- */

/* Uniform in (0, 1): a 64-bit generator of Knuth's, the upper bits. */
static double uniform(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return ((double)(*state >> 12) + 0.5) / 4503599627370496.0;
}

static double exponential(uint64_t *state, double mean)
{
    return -mean * log(uniform(state));
}

/* n calls of customers, some seen for a short time only. */
static struct return_times drawn(struct arena *arena, uint64_t *state, const struct return_law *law,
                                 int n)
{
    struct return_times times;
    assert_true(return_times_new(&times, arena));
    for (int i = 0; i < n; i++) {
        double until = 4 * 3600 * uniform(state);
        double own = uniform(state) < law->share ? exponential(state, law->mean) : INFINITY;
        double other = law->chance > 0 ? exponential(state, 1 / law->chance) : INFINITY;
        double next = fmin(own, other);
        return_times_add(&times, fmin(next, until), next <= until);
    }
    return times;
}

static void shares_and_delays_of_returns_are_as_sure_as_they_say(void **state)
{
    (void)state;
    static const struct return_law laws[] = {
        {0.4, 300, 0}, {0.15, 3600, 0}, {0.25, 600, 0.2 / 3600}, {0.08, 1200, 0.05 / 3600}};
    enum { TIMES = 60, CALLS = 1500 };
    for (size_t k = 0; k < sizeof laws / sizeof *laws; k++) {
        struct hits share = {"share of returns", laws[k].share, 0, 0, 0};
        struct hits mean = {"mean delay", laws[k].mean, 0, 0, 0};
        uint64_t random = 77 + k;
        for (int i = 0; i < TIMES; i++) {
            struct arena arena;
            struct return_law law;
            arena_init(&arena);
            struct return_times times = drawn(&arena, &random, &laws[k], CALLS);
            assert_true(return_law_fit(&law, &times, false));
            struct return_errors e = return_law_errors(&law, &times, false);
            double logit = log(law.share / (1 - law.share));
            count_hit(&share, 1 / (1 + exp(-logit + 1.96 * e.share)),
                      1 / (1 + exp(-logit - 1.96 * e.share)));
            count_hit(&mean, law.mean * exp(-1.96 * e.mean), law.mean * exp(1.96 * e.mean));
            arena_free(&arena);
        }
        expect_rate(&share, 0.95);
        expect_rate(&mean, 0.95);
    }
}

/* No law a little to either side is likelier. */
static void the_law_of_returns_is_the_likeliest(void **state)
{
    (void)state;
    struct arena arena;
    struct return_law law, truth = {0.3, 500, 0.1 / 3600};
    uint64_t random = 5;
    arena_init(&arena);
    struct return_times times = drawn(&arena, &random, &truth, 4000);
    assert_true(return_law_fit(&law, &times, false));
    double best = return_law_log_likelihood(&law, &times);
    for (int i = 0; i < 6; i++) {
        struct return_law other = law;
        double *value[] = {&other.share, &other.mean, &other.chance};
        *value[i / 2] *= i % 2 ? 1.01 : 0.99;
        assert_that(return_law_log_likelihood(&other, &times) < best, "parameter %d", i / 2);
    }
    /* what came soon came for the first call's sake, what came late did not */
    assert_true(return_law_weight(&law, 30) > 0.9);
    assert_true(return_law_weight(&law, 6 * 500) < 0.1);
    arena_free(&arena);
}

/* ---- round trips ---- */

/* Times that are all the same: their laws are another test's matter, and cost most of the time. */
static const char differing[] =
    "onhold: 1\n"
    "name: customers\n"
    "time: {open: 08:00-14:00, interval: 30 min}\n"
    "queues:\n"
    "  sales:\n"
    "    arrivals: 90 per h\n"
    "    handling: {talk: {constant: 150 s}, wrap_up: {constant: 30 s}}\n"
    "    patience: {constant: 60 s}\n"
    "    redial: {after_abandon: 60%, delay: {exponential: 3 min}}\n"
    "    unresolved: {share: 12%, delay: {exponential: 25 min}}\n"
    "  help:\n"
    "    arrivals: 60 per h\n"
    "    handling: {talk: {constant: 150 s}, wrap_up: {constant: 40 s}}\n"
    "    patience: {constant: 60 s}\n"
    "    redial: {after_abandon: 25%, delay: {exponential: 9 min}}\n"
    "    transfer: [{to: second, share: 15%, warm: 20 s}, {to: sales, share: 5%}]\n"
    "  second:\n"
    "    arrivals: 12 per h\n"
    "    handling: {constant: 240 s}\n"
    "    patience: {constant: 300 s}\n"
    "  rare:\n"
    "    arrivals: 4 per h\n"
    "    handling: {constant: 200 s}\n"
    "    patience: {constant: 60 s}\n"
    "agents:\n"
    "  front: {count: 5, serves: [sales, rare]}\n"
    "  back: {count: 3, serves: [help, second]}\n";

static const struct fit_queue *queue_of(const struct trip *trip, const char *name)
{
    for (size_t q = 0; q < trip->fit->queues; q++)
        if (strcmp(trip->fit->queue[q].name, name) == 0)
            return &trip->fit->queue[q];
    fail_with(__FILE__, __LINE__, "no queue %s", name);
}

static void hit(struct hits *h, const struct measured *m)
{
    count_hit(h, m->low, m->high);
}

static void each_queue_has_its_own_redials_returns_and_transfers(void **state)
{
    (void)state;
    enum { TRIPS = 60, DAYS = 4, QUEUES = 4 };
    struct trial trial = trial_text(differing);
    struct hits sales = {"redial of sales", 0.6, 0, 0, 0}, soon = {"its delay", 180, 0, 0, 0};
    struct hits help = {"redial of help", 0.25, 0, 0, 0}, late = {"its delay", 540, 0, 0, 0};
    struct hits back = {"unresolved", 0.12, 0, 0, 0}, later = {"its delay", 1500, 0, 0, 0};
    struct hits up = {"help to second", 0.15, 0, 0, 0}, over = {"help to sales", 0.05, 0, 0, 0};
    static const char *const names[QUEUES] = {"sales", "help", "second", "rare"};
    static const double expected[QUEUES] = {540, 360, 72, 24};
    double fresh[QUEUES] = {0};
    int none = 0;
    for (uint32_t i = 0; i < TRIPS; i++) {
        struct trip trip = trip_make(&trial, 1 + i * DAYS, DAYS, NULL);
        const struct fit_queue *q = queue_of(&trip, "sales");
        const struct fit_follow *f = q->redials.after;
        hit(&sales, &f[ENDING_HUNG_UP].share);
        hit(&soon, &f[ENDING_HUNG_UP].delay);
        hit(&back, &f[ENDING_ANSWERED].share);
        hit(&later, &f[ENDING_ANSWERED].delay);
        assert_int_equal(f[ENDING_HUNG_UP].evidence, EVIDENCE_OWN);
        assert_int_equal(q->transfers.count, 0);
        q = queue_of(&trip, "help");
        f = q->redials.after;
        hit(&help, &f[ENDING_HUNG_UP].share);
        hit(&late, &f[ENDING_HUNG_UP].delay);
        none += f[ENDING_ANSWERED].evidence == EVIDENCE_NONE;
        assert_int_equal(q->transfers.count, 2);
        assert_string_equal(trip.fit->queue[q->transfers.to[0].to].name, "second");
        hit(&up, &q->transfers.to[0].share);
        hit(&over, &q->transfers.to[1].share);
        assert_true(q->transfers.to[0].written && q->transfers.to[1].written);
        for (size_t k = 0; k < QUEUES; k++) {
            const struct fit_arrivals *a = &queue_of(&trip, names[k])->arrivals;
            fresh[k] += a->per_day * a->fresh_share / TRIPS;
        }
        trip_free(&trip);
    }
    const struct hits *all[] = {&sales, &soon, &back, &later, &help, &late, &up, &over};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        expect_rate(all[i], 0.95);
    assert_that(none >= 55, "help has returns in %d of 60", 60 - none);
    for (size_t k = 0; k < QUEUES; k++) /* 240 days of Poisson counts: 4 standard errors */
        assert_near(fresh[k], expected[k],
                    4 * sqrt(expected[k] / (TRIPS * DAYS)) + 0.01 * expected[k]);
    trial_free(&trial);
}

/* What was fitted makes as many calls of each kind as there were. */
static void the_written_scenario_has_as_many_redials_returns_and_transfers(void **state)
{
    (void)state;
    struct trial trial = trial_text(differing);
    struct trip trip = trip_make(&trial, 1, 40, NULL);
    struct trial again = trip_written(trip.fit, "test_fit_customers");
    trial_run(&trial, &(oh_run_options){.replications = 100});
    trial_run(&again, &(oh_run_options){.replications = 100});
    static const struct {
        const char *queue, *metric;
        double within;
    } figures[] = {{"sales", "redials", 0.12},      {"sales", "returns", 0.1},
                   {"help", "redials", 0.2},        {"help", "transfers_out", 0.08},
                   {"second", "transfers_in", 0.1}, {"sales", "transfers_in", 0.15},
                   {"sales", "callers", 0.03},      {"help", "callers", 0.03},
                   {"second", "arrivals", 0.05},    {"help", "returns", 0}};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        double was = trial_value(&trial, OH_QUEUE, figures[i].queue, figures[i].metric);
        double is = trial_value(&again, OH_QUEUE, figures[i].queue, figures[i].metric);
        assert_that(fabs(is - was) <= figures[i].within * was, "%s of %s: %g, not %g",
                    figures[i].metric, figures[i].queue, is, was);
    }
    trial_free(&again);
    trip_free(&trip);
    trial_free(&trial);
}

/* Customers who keep to no law: nobody calls again in the morning, two in three do in the
 * afternoon, after half an hour to the second, and every customer has ten other days' worth of
 * habits. What is written is not true of any of them, but the calls of each hour are those of the
 * log. */
static void the_calls_of_each_hour_come_out_whatever_the_customers_do(void **state)
{
    (void)state;
    enum { DAYS = 20, HOURS = 8, AN_HOUR = 90, ROOM = 90 * DAYS * HOURS * AN_HOUR };
    double recorded[HOURS] = {0};
    char *log = test_malloc(ROOM), *at = log;
    uint64_t random = 11;
    at += sprintf(at, "replication,arrived,wait,outcome,handling,queue,customer,agent\n");
    for (int day = 1; day <= DAYS; day++) {
        for (int i = 0; i < HOURS * AN_HOUR * 3 / 5; i++) {
            double when = HOURS * 3600 * uniform(&random);
            int customer = (int)(400 * uniform(&random));
            for (; when < HOURS * 3600; when += 1860) {
                at += sprintf(at, "%d,%.0f,0,answered,60,q,c%d,a%d\n", day, when, customer,
                              (int)(20 * uniform(&random)));
                recorded[(int)(when / 3600)] += 1.0 / DAYS;
                if (when < 4 * 3600.0 || uniform(&random) > 0.67)
                    break;
            }
        }
    }
    assert_true(at < log + ROOM);
    struct trip trip = trip_of_text(log);
    assert_int_equal(trip.fit->queue[0].redials.after[ENDING_ANSWERED].evidence, EVIDENCE_OWN);
    struct trial again = trip_written(trip.fit, "test_fit_customers");
    trial_run(&again, &(oh_run_options){.replications = 400});
    for (int h = 0; h < HOURS; h++) {
        double played = trial_read(&again, OH_QUEUE, NULL, 2 * h, "arrivals").value +
                        trial_read(&again, OH_QUEUE, NULL, 2 * h + 1, "arrivals").value;
        assert_that(fabs(played - recorded[h]) < 0.03 * recorded[h], "hour %d: %g calls, not %g", h,
                    played, recorded[h]);
    }
    trial_free(&again);
    trip_free(&trip);
    test_free(log);
}

/* By hand: the caller is gone when the talk ends, not when the wrap-up does. 60 customers call
 * sales one after the other; 30 are in help in the very second, 30 only 11 s later. */
static void a_call_right_after_the_talk_is_a_transfer_and_a_later_one_is_not(void **state)
{
    (void)state;
    enum { CUSTOMERS = 60 };
    char log[16000] = "arrived,wait,outcome,talk,wrap_up,queue,customer\n";
    for (int i = 0; i < CUSTOMERS; i++) {
        size_t used = strlen(log);
        int at = 100 + i * 400, next = at + 7 + 90 + (i % 2 ? 11 : 0);
        snprintf(log + used, sizeof log - used,
                 "%d,7,answered,90,50,sales,c%d\n%d,3,answered,%d,20,help,c%d\n", at, i, next,
                 60 + i, i);
    }
    struct trip trip = trip_of_text(log);
    const struct fit_transfers *t = &queue_of(&trip, "sales")->transfers;
    assert_int_equal(t->answered, CUSTOMERS);
    assert_int_equal(t->count, 1);
    assert_int_equal(t->to[0].n, CUSTOMERS / 2);
    assert_true(t->to[0].written);
    /* Wilson (1927) for 30 of 60 */
    assert_near(t->to[0].share.low, 0.3773504, 1e-6);
    assert_near(t->to[0].share.high, 0.6226496, 1e-6);
    assert_int_equal(queue_of(&trip, "sales")->redials.after[ENDING_ANSWERED].n, CUSTOMERS / 2);
    trip_free(&trip);
}

/* Twice as long there, or as long as everybody: told in the first case only, and the queue's mean
 * is that of all its calls in both. */
static void calls_handed_on_that_take_longer_are_told(void **state)
{
    (void)state;
    enum { TRIPS = 60, DAYS = 4 };
    static const double mean[] = {300, 150};
    for (int k = 0; k < 2; k++) {
        struct hits longer = {"how much longer", mean[k] / 150, 0, 0, 0};
        struct trial trial = trial_format(
            "onhold: 1\n"
            "name: longer\n"
            "time: {open: 08:00-14:00, interval: 30 min}\n"
            "queues:\n"
            "  front:\n"
            "    arrivals: 100 per h\n"
            "    handling: {exponential: 60 s}\n"
            "    patience: never\n"
            "    transfer: [{to: expert, share: 30%%, handling: {gamma: {mean: %g s, cv: 0.7}}}]\n"
            "  expert:\n"
            "    arrivals: 40 per h\n"
            "    handling: {gamma: {mean: 150 s, cv: 0.7}}\n"
            "    patience: never\n"
            "agents:\n"
            "  a: {count: 4, serves: [front]}\n"
            "  b: {count: 7, serves: [expert]}\n",
            mean[k]);
        for (uint32_t i = 0; i < TRIPS; i++) {
            struct trip trip = trip_make(&trial, 1 + i * DAYS, DAYS, NULL);
            const struct fit_queue *front = queue_of(&trip, "front");
            const struct fit_transfer *to = &front->transfers.to[0];
            struct text yaml = {0};
            assert_int_equal(front->transfers.count, 1);
            count_hit(&longer, to->longer.low, to->longer.high);
            assert_int_equal(to->differs, k == 0);
            assert_int_equal(oh_fit_scenario(trip.fit, "x", text_sink(&yaml)), OH_OK);
            assert_int_equal(strstr(yaml.at, "times as long as other calls") != NULL, k == 0);
            text_free(&yaml);
            trip_free(&trip);
        }
        expect_rate(&longer, 0.95);
        trial_free(&trial);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_and_delays_of_returns_are_as_sure_as_they_say),
        cmocka_unit_test(the_law_of_returns_is_the_likeliest),
        cmocka_unit_test(each_queue_has_its_own_redials_returns_and_transfers),
        cmocka_unit_test(a_call_right_after_the_talk_is_a_transfer_and_a_later_one_is_not),
        cmocka_unit_test(the_calls_of_each_hour_come_out_whatever_the_customers_do),
        cmocka_unit_test(calls_handed_on_that_take_longer_are_told),
        cmocka_unit_test(the_written_scenario_has_as_many_redials_returns_and_transfers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
