/* test_gap.c - why Erlang's formulas and a simulation differ: nothing is blamed where they agree, a
 * known feature gets what theory says it costs, and the account always adds up.
 */
#include "../support/support.h"

#include <math.h>
#include <string.h>

#define HEAD "onhold: 1\nname: T\n"
#define STEADY                                                                                     \
    HEAD "time: {steady: {warm_up: 30 min, length: 5 h}}\nagents: {d: {count: 12, serves: [q]}}\n"
#define QUEUE(arrivals, handling, patience, more)                                                  \
    "queues: {q: {arrivals: " arrivals ", handling: " handling ", patience: " patience             \
    ", target: 80% in 20 s" more "}}\n"
#define PLAIN QUEUE("200 per h", "{exponential: 3 min}", "{exponential: 5 min}", "")

static oh_gap *gap_of(struct trial *trial, uint32_t replications)
{
    oh_run_options options = {.replications = replications};
    char message[256] = "";
    oh_gap *gap;
    trial_run(trial, &options);
    oh_status status = oh_gap_find(&gap, trial->scenario, trial->result, &options, message);
    assert_that(status == OH_OK, "%s: %s", oh_status_text(status), message);
    return gap;
}

/* exact = simulated + parts + together + rest, to the last digits. */
static void expect_account(const oh_gap_queue *q)
{
    double sum = q->simulated + q->together + q->rest;
    for (size_t i = 0; i < q->parts; i++)
        sum += q->part[i].difference;
    assert_near(sum, q->exact, 1e-12);
    assert_near(q->gap, q->exact - q->simulated, 1e-15);
}

static void a_plain_steady_queue_is_erlang_a_and_nothing_is_blamed(void **state)
{
    (void)state;
    struct trial t = trial_text(STEADY PLAIN);
    oh_gap *gap = gap_of(&t, 100);
    const oh_gap_queue *q = oh_gap_queue_at(gap, 0);
    assert_null(q->why_not);
    assert_true(q->explained);
    assert_string_equal(q->model, "Erlang A");
    assert_string_equal(q->metric, "service_level");
    assert_close(q->exact, 0.77227931, 1e-7); /* METRICS */
    assert_close(q->erlang_a.service_level_net, 0.78629441, 1e-7);
    assert_close(q->erlang_a.service_level_credit, 0.79010355, 1e-7);
    assert_close(q->erlang_a.service_level_answered, 0.80673589, 1e-7);
    assert_close(q->erlang_a.wait, 12.813332, 1e-6);
    assert_close(q->erlang_c.service_level, 0.6401580404, 1e-8);
    assert_close(q->erlang_c.asa, 40.4449402, 1e-7);
    assert_int_equal(q->parts, 0);
    assert_same(q->together, 0);
    expect_z(q->simulated, q->half_width, q->exact, 0.95, 100);
    expect_z(q->rest, q->rest_half, 0, 0.95, 100);
    assert_true(fabs(q->rest) < 2 * q->rest_half);
    expect_account(q);
    oh_gap_free(gap);
    trial_free(&t);
}

/* Patience uniform up to 10 min: M/M/n+G says exactly what that makes. */
static double survival(double x, const void *user)
{
    (void)user;
    return x >= 600 ? 0 : 1 - x / 600;
}

static void the_shape_of_patience_gets_what_theory_says_it_costs(void **state)
{
    (void)state;
    const double atoms[] = {600};
    struct trial t = trial_text(STEADY QUEUE("200 per h", "{exponential: 3 min}",
                                             "{uniform: {from: 0 s, to: 10 min}}", ""));
    oh_gap *gap = gap_of(&t, 200);
    const oh_gap_queue *q = oh_gap_queue_at(gap, 0);
    oh_queue_figures shaped;
    assert_int_equal(oh_mmng(200 / 3600.0, 180, 12, 20, 0, survival, NULL, atoms, 1, &shaped),
                     OH_OK);
    assert_close(q->exact, 0.77227931, 1e-7); /* the mean is 5 min */
    assert_int_equal(q->parts, 1);
    assert_non_null(strstr(q->part[0].what, "patience"));
    expect_z(q->simulated, q->half_width, shaped.service_level, 0.95, 200);
    expect_z(q->part[0].difference, q->part[0].half_width, q->exact - shaped.service_level, 0.95,
             200);
    assert_true(q->part[0].difference > q->part[0].half_width); /* surely something */
    expect_z(q->rest, q->rest_half, 0, 0.95, 200);
    expect_account(q);
    oh_gap_free(gap);
    trial_free(&t);
}

/* One agent, patience never: Pollaczek and Khinchine say that constant handling halves the wait. */
static void handling_that_does_not_vary_gets_half_of_the_wait(void **state)
{
    (void)state;
    struct trial t = trial_text(
        HEAD "time: {steady: {warm_up: 4 h, length: 60 h}}\nagents: {d: {count: 1, serves: [q]}}\n"
             "queues: {q: {arrivals: 24 per h, handling: {constant: 90 s}, patience: never}}\n");
    oh_gap *gap = gap_of(&t, 120);
    const oh_gap_queue *q = oh_gap_queue_at(gap, 0);
    /* load 0.6: M/M/1 waits 0.6 / 0.4 * 90 = 135 s, M/D/1 half of it */
    assert_string_equal(q->model, "Erlang C");
    assert_string_equal(q->metric, "wait");
    assert_close(q->exact, 135, 1e-9);
    assert_int_equal(q->parts, 1);
    assert_non_null(strstr(q->part[0].what, "handling"));
    expect_z(q->part[0].difference, q->part[0].half_width, 67.5, 0.95, 120);
    expect_z(q->simulated, q->half_width, 67.5, 0.95, 120);
    expect_account(q);
    oh_gap_free(gap);
    trial_free(&t);
}

static void each_feature_is_named_where_it_is_and_only_there(void **state)
{
    (void)state;
    static const struct {
        const char *more, *what;
    } one[] = {
        {QUEUE("200 per h", "{exponential: 3 min}", "{exponential: 5 min}",
               ", redial: {after_abandon: 80%, delay: {exponential: 2 min}}"),
         "try again"},
        {PLAIN "busyness: {cv: 20%}\n", "busier"},
        {QUEUE("{rate: 200 per h, batch: {mean: 3}}", "{exponential: 3 min}",
               "{exponential: 5 min}", ""),
         "groups"},
        {QUEUE("{renewal: 18 s}", "{exponential: 3 min}", "{exponential: 5 min}", ""), "at random"},
        {QUEUE("200 per h", "{exponential: 3 min}", "{exponential: 5 min}", ", balk: 20%"),
         "at once"},
        {QUEUE("200 per h", "{exponential: 3 min}", "{exponential: 5 min}", ", capacity: 2"),
         "limits"},
        {QUEUE("200 per h", "{exponential: 3 min}", "{exponential: 5 min}", ", ring: 5 s"),
         "ringing"},
    };
    for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
        struct trial t = trial_format("%s%s", STEADY, one[i].more);
        oh_gap *gap = gap_of(&t, 120);
        const oh_gap_queue *q = oh_gap_queue_at(gap, 0);
        assert_int_equal(q->parts, 1);
        assert_non_null(strstr(q->part[0].what, one[i].what));
        assert_that(fabs(q->part[0].difference) > q->part[0].half_width, "%s: %.4f +- %.4f",
                    one[i].what, q->part[0].difference, q->part[0].half_width);
        assert_close(q->exact, 0.77227931, 1e-7);
        expect_z(q->rest, q->rest_half, 0, 0.95, 120);
        expect_account(q);
        oh_gap_free(gap);
        trial_free(&t);
    }
}

static void absent_agents_and_several_features_add_up(void **state)
{
    (void)state;
    struct trial t = trial_text(
        HEAD "time: {steady: {warm_up: 30 min, length: 5 h}}\n"
             "agents: {d: {count: 12, serves: [q], absence: 10%, not_ready: {share: 20%, for: "
             "{constant: 30 s}}}}\n" QUEUE("200 per h", "{constant: 3 min}",
                                           "{hung_up_by: {20 s: 30%, 5 min: 50%}}", ""));
    oh_gap *gap = gap_of(&t, 40);
    const oh_gap_queue *q = oh_gap_queue_at(gap, 0);
    assert_int_equal(q->parts, 3);
    assert_non_null(strstr(q->part[2].what, "absence"));
    assert_true(q->part[2].difference > q->part[2].half_width);
    assert_true(q->together_half > 0);
    expect_z(q->rest, q->rest_half, 0, 0.95, 40);
    expect_account(q);
    oh_gap_free(gap);
    trial_free(&t);
}

/* A rush of an hour with too few agents: who waits then is in the line of the next hour, which the
 * formulas do not know. */
static void who_waits_into_the_next_hour_is_what_is_left(void **state)
{
    (void)state;
    struct trial t = trial_text(
        HEAD "time: {open: 08:00-12:00, interval: 60 min}\nagents: {d: {count: 12, serves: [q]}}\n"
             "queues: {q: {arrivals: {per: 60 min, counts: [150, 500, 150, 150]}, handling: "
             "{exponential: 3 min}, patience: {exponential: 40 min}, target: 80% in 20 s}}\n");
    oh_gap *gap = gap_of(&t, 100);
    const oh_gap_queue *q = oh_gap_queue_at(gap, 0);
    assert_int_equal(q->parts, 0);
    assert_int_equal(oh_gap_intervals(gap), 4);
    /* each hour by itself is Erlang A with its own calls; the day weighs them by calls */
    double level = 0;
    for (size_t i = 0; i < 4; i++) {
        const oh_gap_interval *at = oh_gap_interval_at(gap, 0, i);
        oh_queue_figures f;
        double calls = i == 1 ? 500 : 150;
        oh_erlang_a(calls / 3600, 180, 2400, 12, 20, &f);
        assert_close(at->calls, calls, 1e-12);
        assert_close(at->agents, 12, 1e-12);
        assert_close(at->erlang_a.service_level, f.service_level, 1e-9);
        level += calls * f.service_level / 950;
    }
    assert_close(q->exact, level, 1e-9);
    assert_non_null(strstr(q->rest_what, "change over the day"));
    assert_that(q->rest > 0.02 && q->rest > 3 * q->rest_half, "%.4f +- %.4f", q->rest,
                q->rest_half);
    expect_account(q);
    oh_gap_free(gap);
    trial_free(&t);
}

static void where_the_formulas_do_not_fit_it_is_said_why(void **state)
{
    (void)state;
    struct trial t = trial_text(
        HEAD "time: {open: 08:00-10:00}\n"
             "queues: {chat: {channel: chat, arrivals: 60 per h, handling: {exponential: 5 min}, "
             "patience: {exponential: 5 min}}, mail: {channel: email, arrivals: 9 per h, handling: "
             "{exponential: 2 min}}, lost: {arrivals: 5 per h, handling: {exponential: 2 min}, "
             "patience: {exponential: 5 min}}}\n"
             "agents: {d: {count: 4, serves: {chat: {at_once: 2, pace: [1, 0.8]}}}, e: {count: 1, "
             "serves: [mail]}}\n");
    oh_gap *gap = gap_of(&t, 3);
    assert_non_null(strstr(oh_gap_queue_at(gap, 0)->why_not, "several contacts at once"));
    assert_non_null(strstr(oh_gap_queue_at(gap, 1)->why_not, "hold the line"));
    assert_string_equal(oh_gap_queue_at(gap, 2)->why_not, "nobody serves it");
    oh_gap_free(gap);
    trial_free(&t);
}

static void a_queue_where_nobody_may_wait_has_erlang_b_beside_it(void **state)
{
    (void)state;
    struct trial t = trial_text(STEADY QUEUE("200 per h", "{lognormal: {mean: 3 min, cv: 2}}",
                                             "{exponential: 5 min}", ", capacity: 0"));
    oh_theory theory;
    trial_run(&t, &(oh_run_options){.replications = 100});
    assert_true(oh_result_theory(t.result, 0, &theory));
    assert_true(theory.has_erlang_b && !theory.has_erlang_a && !theory.has_erlang_c);
    assert_close(theory.erlang_b, oh_erlang_b(10, 12), 1e-15);
    expect_metric(&t, OH_QUEUE, "q", "block_rate", theory.erlang_b);
    trial_free(&t);
}

static void cancelling_gives_nothing_out(void **state)
{
    (void)state;
    struct trial t = trial_text(STEADY PLAIN "busyness: {cv: 20%}\n");
    atomic_bool cancel = true;
    oh_run_options options = {.replications = 5};
    oh_gap *gap;
    trial_run(&t, &options);
    options.cancel = &cancel;
    assert_int_equal(oh_gap_find(&gap, t.scenario, t.result, &options, NULL), OH_CANCELLED);
    assert_null(gap);
    trial_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_steady_queue_is_erlang_a_and_nothing_is_blamed),
        cmocka_unit_test(the_shape_of_patience_gets_what_theory_says_it_costs),
        cmocka_unit_test(handling_that_does_not_vary_gets_half_of_the_wait),
        cmocka_unit_test(each_feature_is_named_where_it_is_and_only_there),
        cmocka_unit_test(absent_agents_and_several_features_add_up),
        cmocka_unit_test(who_waits_into_the_next_hour_is_what_is_left),
        cmocka_unit_test(where_the_formulas_do_not_fit_it_is_said_why),
        cmocka_unit_test(a_queue_where_nobody_may_wait_has_erlang_b_beside_it),
        cmocka_unit_test(cancelling_gives_nothing_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
