/* test_stats_result.c - from cells filled by hand to what a result says: the industry's worked
 * example, totals, periods, money, targets, histograms.
 */
#include "../support/support.h"

#include <math.h>
#include <string.h>

#include "../../sim/experiment/result.h"

enum { INTERVALS = 2, QUEUES = 3, PERIODS = INTERVALS + 2 };

/* Three queues and two groups on a day from 22:00 to 23:00 in two half hours. "sales" counts 20 s
 * and 60 s, "help" 120 s, "mail" no time limit. */
struct fixture {
    struct model_target target[3];
    struct model_opening opening;
    struct model_queue queue[QUEUES];
    struct model_group group[2];
    double load[QUEUES][PERIODS];
    struct oh_model model;
    oh_result *result;
};

static void set_up(struct fixture *f, size_t rows)
{
    memset(f, 0, sizeof *f);
    f->target[0] = (struct model_target){metric_row_find("service_level"), 0, 0.8, 20, false};
    f->target[1] = (struct model_target){metric_row_find("abandon_rate"), -1, 0.05, NAN, true};
    f->target[2] = (struct model_target){metric_row_find("service_level_net"), 1, 0.9, 60, false};
    f->queue[0] = (struct model_queue){.name = "sales", .limits = 2, .limit = {20, 60}};
    f->queue[1] = (struct model_queue){.name = "help", .limits = 1, .limit = {120}};
    f->queue[2] = (struct model_queue){.name = "mail"};
    for (size_t q = 0; q < QUEUES; q++)
        f->queue[q].load = f->load[q];
    f->group[0] = (struct model_group){.name = "desk"};
    f->group[1] = (struct model_group){.name = "late"};
    f->opening = (struct model_opening){
        .closes = 3600, .midnight_to_opens = 22 * 3600, .periods = INTERVALS};
    f->model = (struct oh_model){
        .name = "by hand",
        .experiment = {.replications = 200, .seed = 1, .confidence = 0.95},
        .openings = 1,
        .opening = &f->opening,
        .close = 3600,
        .length = 3600,
        .interval = 1800,
        .shape = {.queues = QUEUES, .groups = 2, .intervals = INTERVALS},
        .queues = QUEUES,
        .queue = f->queue,
        .groups = 2,
        .group = f->group,
    };
    assert_int_equal(result_new(&f->result, &f->model, rows), OH_OK);
}

static struct queue_cell *queue_at(const struct fixture *f, size_t row, size_t q, size_t period)
{
    return &panel_row(&f->result->panel, row).queue[q * PERIODS + period];
}

static struct group_cell *group_at(const struct fixture *f, size_t row, size_t g, size_t period)
{
    return &panel_row(&f->result->panel, row).group[g * PERIODS + period];
}

static void finish(struct fixture *f, size_t rows)
{
    for (size_t r = 0; r < rows; r++)
        tally_close(&f->model.shape, panel_row(&f->result->panel, r));
    result_finish(f->result, rows);
}

static oh_estimate get(const struct fixture *f, oh_level level, size_t thing, long period,
                       const char *id)
{
    oh_estimate e;
    long column = oh_result_column_find(f->result, level, id);
    assert_that(column >= 0, "no column %s", id);
    assert_true(oh_result_estimate(f->result, level, thing, period, (size_t)column, &e));
    return e;
}

static double value(const struct fixture *f, oh_level level, size_t thing, long period,
                    const char *id)
{
    return get(f, level, thing, period, id).value;
}

static void the_six_service_levels_of_the_worked_example(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, 1);
    *queue_at(&f, 0, 0, 0) = (struct queue_cell){
        .offered = 1060,
        .answered = 1000,
        .abandoned = 60,
        .short_abandoned = 10,
        .answered_within = {860},
        .abandoned_within = {20},
    };
    finish(&f, 1);
    assert_near(value(&f, OH_QUEUE, 0, OH_WHOLE, "service_level_credit"), 0.8302, 0.00005);
    assert_near(value(&f, OH_QUEUE, 0, OH_WHOLE, "service_level_answered"), 0.8600, 0.00005);
    assert_near(value(&f, OH_QUEUE, 0, OH_WHOLE, "service_level"), 0.8113, 0.00005);
    assert_near(value(&f, OH_QUEUE, 0, OH_WHOLE, "service_level_net"), 0.8269, 0.00005);
    assert_near(value(&f, OH_QUEUE, 0, OH_WHOLE, "service_level_short_credit"), 0.8208, 0.00005);
    assert_near(value(&f, OH_QUEUE, 0, OH_WHOLE, "service_level_no_short"), 0.8190, 0.00005);
    assert_close(value(&f, OH_QUEUE, 0, OH_WHOLE, "abandon_rate"), 60.0 / 1060, 1e-15);
    assert_close(value(&f, OH_QUEUE, 0, OH_WHOLE, "abandon_rate_long"), 50.0 / 1050, 1e-15);
    oh_result_free(f.result);
}

static void a_total_takes_each_queue_with_its_own_limit_and_leaves_out_those_without(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, 1);
    *queue_at(&f, 0, 0, 0) = (struct queue_cell){
        .offered = 100, .answered = 90, .answered_within = {70, 85}, .abandoned_within = {4, 8}};
    *queue_at(&f, 0, 1, 0) = (struct queue_cell){
        .offered = 50, .answered = 50, .answered_within = {45}, .excess_wait = 30};
    *queue_at(&f, 0, 2, 1) = (struct queue_cell){.offered = 1000, .answered = 1000};
    finish(&f, 1);
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "service_level"), 115.0 / 150, 1e-15);
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "service_level_answered"), 115.0 / 140, 1e-15);
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "service_level_net"), 115.0 / 146, 1e-15);
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "excess_wait"), 30.0 / 150, 1e-15);
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "offered"), 1150, 0);
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "answer_rate"), 1140.0 / 1150, 1e-15);
    assert_undefined(value(&f, OH_QUEUE, 2, OH_WHOLE, "service_level"));
    assert_undefined(value(&f, OH_TOTAL, 0, 1, "service_level")); /* only mail came then */
    assert_close(value(&f, OH_TOTAL, 0, 1, "offered"), 1000, 0);
    oh_result_free(f.result);
}

static void a_further_time_limit_has_columns_of_its_own(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, 1);
    oh_result_free(f.result);
    f.queue[0].targets = 3;
    f.queue[0].target = f.target;
    assert_int_equal(result_new(&f.result, &f.model, 1), OH_OK);
    *queue_at(&f, 0, 0, 0) = (struct queue_cell){
        .offered = 100, .answered = 90, .answered_within = {70, 85}, .abandoned_within = {4, 8}};
    finish(&f, 1);
    long plain = oh_result_column_find(f.result, OH_QUEUE, "service_level");
    long sixty = oh_result_column_find(f.result, OH_QUEUE, "service_level_60s");
    assert_int_equal(sixty, plain + 1);
    assert_close(oh_result_column(f.result, OH_QUEUE, (size_t)sixty)->limit, 60, 0);
    assert_close(value(&f, OH_QUEUE, 0, OH_WHOLE, "service_level_60s"), 0.85, 1e-15);
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "service_level_60s"), 0.85, 1e-15);
    oh_estimate net = get(&f, OH_QUEUE, 0, OH_WHOLE, "service_level_net_60s");
    assert_close(net.value, 85.0 / 92, 1e-15);
    assert_true(net.has_target && net.met);
    assert_close(net.within, 60, 0);
    assert_false(get(&f, OH_QUEUE, 0, OH_WHOLE, "service_level_net").has_target);
    assert_false(get(&f, OH_QUEUE, 0, OH_WHOLE, "service_level_60s").has_target);
    oh_estimate level = get(&f, OH_QUEUE, 0, OH_WHOLE, "service_level");
    assert_true(level.has_target && !level.met);
    assert_int_equal(oh_result_column_find(f.result, OH_QUEUE, "service_level_credit_60s"), -1);
    oh_estimate none;
    assert_false(oh_result_estimate(f.result, OH_QUEUE, 1, OH_WHOLE, (size_t)sixty, &none));
    oh_result_free(f.result);
}

static void ratios_of_a_day_are_pooled_over_its_intervals(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, 1);
    *queue_at(&f, 0, 0, 0) =
        (struct queue_cell){.offered = 10, .answered = 10, .answered_within = {10}};
    *queue_at(&f, 0, 0, 1) =
        (struct queue_cell){.offered = 90, .answered = 90, .answered_within = {45}};
    finish(&f, 1);
    assert_close(value(&f, OH_QUEUE, 0, 0, "service_level"), 1, 0);
    assert_close(value(&f, OH_QUEUE, 0, 1, "service_level"), 0.5, 0);
    assert_close(value(&f, OH_QUEUE, 0, OH_WHOLE, "service_level"), 0.55, 1e-15);
    oh_result_free(f.result);
}

static void maxima_are_never_summed(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, 2);
    for (size_t r = 0; r < 2; r++) {
        double more = (double)r * 100;
        *queue_at(&f, r, 0, 0) = (struct queue_cell){.offered = 2,
                                                     .answered = 1,
                                                     .wait_max = 30 + more,
                                                     .wait_max_all = 50 + more,
                                                     .queue_max = 4};
        *queue_at(&f, r, 0, 1) = (struct queue_cell){.offered = 2,
                                                     .answered = 1,
                                                     .wait_max = 70 + more,
                                                     .wait_max_all = 70 + more,
                                                     .queue_max = 9};
        *queue_at(&f, r, 1, 0) = (struct queue_cell){
            .offered = 1, .answered = 1, .wait_max = 60, .wait_max_all = 60, .queue_max = 5};
        queue_at(&f, r, QUEUES, 0)->queue_max = 7; /* the simultaneous sum, as the engine saw it */
        queue_at(&f, r, QUEUES, 1)->queue_max = 9;
    }
    finish(&f, 2);
    assert_close(value(&f, OH_QUEUE, 0, OH_WHOLE, "wait_max"), 120, 0); /* (70 + 170) / 2 */
    assert_close(value(&f, OH_QUEUE, 0, 0, "wait_max"), 80, 0);
    assert_close(value(&f, OH_QUEUE, 0, 0, "wait_max_all"), 100, 0);
    assert_close(value(&f, OH_QUEUE, 0, OH_WHOLE, "queue_max"), 9, 0);
    assert_close(value(&f, OH_TOTAL, 0, 0, "wait_max"), (60 + 130) / 2.0, 0);
    assert_close(value(&f, OH_TOTAL, 0, 0, "queue_max"), 7, 0);
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "queue_max"), 9, 0);
    assert_undefined(value(&f, OH_QUEUE, 2, OH_WHOLE, "wait_max"));
    assert_close(value(&f, OH_QUEUE, 2, OH_WHOLE, "queue_max"), 0, 0);
    oh_result_free(f.result);
}

static void averages_cover_the_opening_and_occupancy_the_time_after_it_too(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, 1);
    for (size_t k = 0; k < INTERVALS; k++) {
        queue_at(&f, 0, 0, k)->queue_area = 1800;
        queue_at(&f, 0, 0, k)->system_area = 5400;
        *group_at(&f, 0, 0, k) = (struct group_cell){.scheduled_area = 12 * 1800,
                                                     .planned_area = 10 * 1800,
                                                     .staffed_area = 10 * 1800,
                                                     .busy_area = 8 * 1800,
                                                     .contact_area = 16 * 1800};
    }
    queue_at(&f, 0, 0, INTERVALS)->queue_area = 900;
    queue_at(&f, 0, 0, INTERVALS)->system_area = 900;
    *group_at(&f, 0, 0, INTERVALS) = (struct group_cell){.scheduled_area = 600,
                                                         .planned_area = 400,
                                                         .staffed_area = 2000,
                                                         .busy_area = 2000,
                                                         .contact_area = 2000,
                                                         .overtime_area = 1600};
    finish(&f, 1);
    assert_close(value(&f, OH_QUEUE, 0, OH_WHOLE, "queue_length"), 1, 1e-15);
    assert_close(value(&f, OH_QUEUE, 0, OH_WHOLE, "in_system"), 3, 1e-15);
    assert_close(value(&f, OH_AGENTS, 0, OH_WHOLE, "scheduled"), 12, 1e-15);
    assert_close(value(&f, OH_AGENTS, 0, OH_WHOLE, "planned"), 10, 1e-15);
    assert_close(value(&f, OH_AGENTS, 0, OH_WHOLE, "staffed"), 10, 1e-15);
    assert_close(value(&f, OH_AGENTS, 0, OH_WHOLE, "busy"), 8, 1e-15);
    assert_close(value(&f, OH_AGENTS, 0, 1, "occupancy"), 0.8, 1e-15);
    assert_close(value(&f, OH_AGENTS, 0, OH_WHOLE, "occupancy"), 30800.0 / 38000, 1e-15);
    assert_close(value(&f, OH_AGENTS, 0, OH_WHOLE, "occupancy_planned"), 30800.0 / 36400, 1e-15);
    assert_close(value(&f, OH_AGENTS, 0, OH_WHOLE, "concurrency"), 59600.0 / 30800, 1e-15);
    assert_close(value(&f, OH_AGENTS, 0, OH_WHOLE, "overtime"), 1600, 0);
    assert_close(value(&f, OH_AGENTS, 0, 0, "overtime"), 0, 0);
    assert_undefined(value(&f, OH_AGENTS, 1, OH_WHOLE, "occupancy"));
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "occupancy"), 30800.0 / 38000, 1e-15);
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "staffed"), 10, 1e-15);
    oh_result_free(f.result);
}

static void money_adds_up_over_queues_and_groups(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, 1);
    assert_int_equal(oh_result_column_find(f.result, OH_QUEUE, "cost"), -1);
    oh_result_free(f.result);
    f.queue[0].cost_abandoned = 12;
    f.queue[0].cost_blocked = 5;
    f.queue[0].cost_waiting = 0.1 / 60;
    f.queue[1].value_answered = 20;
    f.group[0].cost_per_second = 24 / 3600.0;
    assert_int_equal(result_new(&f.result, &f.model, 1), OH_OK);
    *queue_at(&f, 0, 0, 0) = (struct queue_cell){
        .offered = 10, .answered = 7, .abandoned = 3, .blocked = 2, .wait_all = 600};
    *queue_at(&f, 0, 1, 0) =
        (struct queue_cell){.offered = 10, .answered = 10, .answered_in_time = 9};
    group_at(&f, 0, 0, 0)->scheduled_area = 2 * 3600;
    group_at(&f, 0, 0, INTERVALS)->scheduled_area = 1800;
    group_at(&f, 0, 0, INTERVALS)->overtime_area = 900;
    finish(&f, 1);
    double queue_cost = 3 * 12 + 2 * 5 + 600 * 0.1 / 60, pay = 24 * 2.75;
    assert_close(value(&f, OH_QUEUE, 0, OH_WHOLE, "cost"), queue_cost, 1e-14);
    assert_close(value(&f, OH_QUEUE, 0, OH_WHOLE, "cost_per_answered"), queue_cost / 7, 1e-14);
    assert_close(value(&f, OH_QUEUE, 1, OH_WHOLE, "value"), 180, 1e-14);
    assert_close(value(&f, OH_AGENTS, 0, OH_WHOLE, "cost"), pay, 1e-14);
    assert_close(value(&f, OH_AGENTS, 0, 0, "cost"), 48, 1e-14);
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "cost"), queue_cost + pay, 1e-14);
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "cost_per_answered"), (queue_cost + pay) / 17,
                 1e-14);
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "profit"), 180 - queue_cost - pay, 1e-14);
    oh_estimate none;
    long cost = oh_result_column_find(f.result, OH_QUEUE, "cost");
    assert_false(oh_result_estimate(f.result, OH_QUEUE, 2, OH_WHOLE, (size_t)cost, &none));
    oh_result_free(f.result);
}

static void a_target_is_judged_in_each_replication(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, 4);
    f.queue[0].targets = 2;
    f.queue[0].target = f.target;
    f.group[0].has_occupancy_target = true;
    f.group[0].occupancy_target = 0.85;
    /* Met; service level missed; both fine to the last call; a day without calls. */
    const double offered[] = {100, 100, 100, 0}, in_time[] = {85, 79, 80, 0};
    const double abandoned[] = {5, 0, 0, 0}, busy[] = {0.9, 0.5, 0.85, 0.1};
    for (size_t r = 0; r < 4; r++) {
        *queue_at(&f, r, 0, 0) = (struct queue_cell){.offered = offered[r],
                                                     .answered = offered[r] - abandoned[r],
                                                     .abandoned = abandoned[r],
                                                     .answered_within = {in_time[r]}};
        *group_at(&f, r, 0, 0) = (struct group_cell){.staffed_area = 1, .busy_area = busy[r]};
    }
    finish(&f, 4);
    assert_close(value(&f, OH_QUEUE, 0, OH_WHOLE, "target_met"), 2.0 / 3, 1e-15);
    assert_close(value(&f, OH_QUEUE, 0, 0, "target_met"), 2.0 / 3, 1e-15);
    assert_undefined(value(&f, OH_QUEUE, 0, 1, "target_met"));
    assert_undefined(value(&f, OH_QUEUE, 1, OH_WHOLE, "target_met"));
    assert_close(value(&f, OH_AGENTS, 0, OH_WHOLE, "target_met"), 0.75, 1e-15);
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "target_met"), 0.5, 1e-15);
    long column = oh_result_column_find(f.result, OH_TOTAL, "target_met");
    double own[4];
    assert_true(oh_result_values(f.result, OH_TOTAL, 0, OH_WHOLE, (size_t)column, own));
    const double expected[] = {0, 0, 1, 1};
    for (size_t r = 0; r < 4; r++)
        assert_same(own[r], expected[r]);
    oh_estimate occupancy = get(&f, OH_AGENTS, 0, OH_WHOLE, "occupancy");
    assert_true(occupancy.has_target && occupancy.at_most && occupancy.met);
    oh_result_free(f.result);
}

static void quantiles_pool_the_calls_of_all_replications(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, 2);
    /* 10 calls at 10 s and 90 at 100 s: the pooled median is 100 s, not the mean of medians. */
    for (size_t r = 0; r < 2; r++) {
        struct histogram *own = histograms_new(3 * (QUEUES + 1));
        assert_non_null(own);
        for (size_t i = 0; i < (r == 0 ? 10U : 90U); i++) {
            hist_add(&own[0], r == 0 ? 10 : 100);
            hist_add(&own[QUEUES], r == 0 ? 10 : 100);
        }
        hist_add(&own[QUEUES + 1], 1); /* an abandoned call */
        tally_close(&f.model.shape, panel_row(&f.result->panel, r));
        tally_quantiles(&f.model.shape, panel_row(&f.result->panel, r), own, own + QUEUES + 1,
                        own + 2 * (QUEUES + 1));
        for (size_t q = 0; q <= QUEUES; q++) {
            hist_merge(&f.result->panel.answered[q], &own[q]);
            hist_merge(&f.result->panel.abandoned[q], &own[QUEUES + 1 + q]);
        }
        histograms_free(own, 3 * (QUEUES + 1));
    }
    result_finish(f.result, 2);
    oh_estimate p50 = get(&f, OH_QUEUE, 0, OH_WHOLE, "wait_p50");
    assert_close(p50.value, 100, 0.002);
    assert_close(p50.half_width, student_t(1, 0.95) * 90 / 2, 0.01); /* rms 90 / sqrt 2, / sqrt 2 */
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "wait_p50"), 100, 0.002);
    assert_undefined(value(&f, OH_QUEUE, 1, OH_WHOLE, "wait_p50"));
    oh_estimate none;
    long column = oh_result_column_find(f.result, OH_QUEUE, "wait_p50");
    assert_false(oh_result_estimate(f.result, OH_QUEUE, 0, 0, (size_t)column, &none));
    oh_spread s;
    assert_true(oh_result_spread(f.result, OH_QUEUE, 0, OH_WHOLE, (size_t)column, &s));
    assert_close(s.mean, 55, 0.002);
    oh_result_free(f.result);
}

static void load_is_a_constant_without_half_width_or_spread(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, 2);
    f.load[0][0] = 10;
    f.load[0][PERIODS - 1] = 7;
    f.load[1][PERIODS - 1] = 2;
    finish(&f, 2);
    assert_close(value(&f, OH_QUEUE, 0, OH_WHOLE, "load"), 7, 0);
    assert_close(value(&f, OH_QUEUE, 0, 0, "load"), 10, 0);
    assert_close(value(&f, OH_TOTAL, 0, OH_WHOLE, "load"), 9, 0);
    assert_undefined(get(&f, OH_QUEUE, 0, OH_WHOLE, "load").half_width);
    oh_spread s;
    long column = oh_result_column_find(f.result, OH_QUEUE, "load");
    assert_false(oh_result_spread(f.result, OH_QUEUE, 0, OH_WHOLE, (size_t)column, &s));
    oh_result_free(f.result);
}

static void the_bins_for_people_hold_every_call(void **state)
{
    (void)state;
    enum { MOST = 22 };
    struct fixture f;
    set_up(&f, 1);
    struct histogram *answered = &f.result->panel.answered[0];
    struct histogram *abandoned = &f.result->panel.abandoned[0];
    double edges[MOST + 1];
    uint64_t a[MOST], b[MOST];
    assert_int_equal(oh_result_histogram(f.result, 0, MOST, edges, a, b), 0);
    for (int i = 0; i < 5000; i++)
        hist_add(answered, 0);
    assert_int_equal(oh_result_histogram(f.result, 0, MOST, edges, a, b), 1);
    assert_int_equal(a[0], 5000);
    for (int i = 1; i <= 4990; i++)
        hist_add(answered, 0.02 * i + 1e-3); /* up to 99.8 s */
    hist_add(abandoned, 42);
    hist_add(abandoned, 7000);
    finish(&f, 1);
    size_t n = oh_result_histogram(f.result, 0, MOST, edges, a, b);
    assert_int_equal(n, MOST);
    assert_close(edges[2], 5, 1e-15);
    assert_close(edges[n - 1], 100, 1e-15);
    assert_true(edges[n] >= 7000 && edges[n] < 7000 * 1.005);
    uint64_t sum_a = 0, sum_b = 0;
    for (size_t i = 0; i < n; i++) {
        assert_true(edges[i] <= edges[i + 1]);
        sum_a += a[i];
        sum_b += b[i];
    }
    assert_int_equal(sum_a, 9990);
    assert_int_equal(sum_b, 2);
    assert_int_equal(a[0], 5000);
    assert_near((double)a[5], 250, 2); /* 20 s to 25 s, rounded by fine bins of 0.08 s */
    assert_int_equal(b[9], 1);         /* 40 s to 45 s */
    assert_int_equal(b[n - 1], 1);
    oh_result_free(f.result);
}

static void intervals_are_named_by_the_clock_over_midnight(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, 1);
    assert_int_equal(oh_result_intervals(f.result), 2);
    oh_interval first = oh_result_interval(f.result, 0);
    assert_string_equal(first.start, "22:00");
    assert_string_equal(first.end, "22:30");
    f.opening.midnight_to_opens = 23 * 3600 + 1800;
    oh_interval before = oh_result_interval(f.result, 0), after = oh_result_interval(f.result, 1);
    assert_string_equal(before.start, "23:30");
    assert_string_equal(before.end, "24:00");
    assert_string_equal(after.start, "00:00");
    assert_string_equal(after.end, "00:30");
    f.opening.midnight_to_opens = 8 * 3600;
    f.model.interval = 15;
    assert_string_equal(oh_result_interval(f.result, 0).start, "08:00");
    assert_string_equal(oh_result_interval(f.result, 0).end, "08:00:15");
    f.model.steady = true;
    assert_int_equal(oh_result_intervals(f.result), 0);
    oh_result_free(f.result);
}

static void every_metric_has_a_name_a_unit_and_a_formula(void **state)
{
    (void)state;
    for (size_t i = 0; i < metric_rows(); i++) {
        const struct metric_row *row = metric_row_at(i);
        assert_true(strlen(row->public.id) > 0 && strlen(row->public.label) > 0);
        assert_true(strlen(row->public.unit) > 0 && strlen(row->public.formula) > 0);
        assert_ptr_equal(metric_row_find(row->public.id), row);
        assert_ptr_equal(oh_metric_at(i), &row->public);
        bool read = row->queue || row->group || row->is_verdict || row->public.kind == OH_QUANTILE;
        assert_true(read);
        if (row->applies & ON_AGENTS)
            assert_true(row->group || row->is_verdict);
    }
    assert_int_equal(oh_metric_count(), metric_rows());
    assert_null(oh_metric_find("service level"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_six_service_levels_of_the_worked_example),
        cmocka_unit_test(a_total_takes_each_queue_with_its_own_limit_and_leaves_out_those_without),
        cmocka_unit_test(a_further_time_limit_has_columns_of_its_own),
        cmocka_unit_test(ratios_of_a_day_are_pooled_over_its_intervals),
        cmocka_unit_test(maxima_are_never_summed),
        cmocka_unit_test(averages_cover_the_opening_and_occupancy_the_time_after_it_too),
        cmocka_unit_test(money_adds_up_over_queues_and_groups),
        cmocka_unit_test(a_target_is_judged_in_each_replication),
        cmocka_unit_test(quantiles_pool_the_calls_of_all_replications),
        cmocka_unit_test(load_is_a_constant_without_half_width_or_spread),
        cmocka_unit_test(the_bins_for_people_hold_every_call),
        cmocka_unit_test(intervals_are_named_by_the_clock_over_midnight),
        cmocka_unit_test(every_metric_has_a_name_a_unit_and_a_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
