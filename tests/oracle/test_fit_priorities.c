/* test_fit_priorities.c - is it found who goes first, and only where somebody does?
 *
 * The logs come from a small simulator that shares nothing with the engine.
 */
#include "../support/small_center.h"
#include "../support/trip.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/data/log_lines.h"
#include "../../sim/data/precedence.h"
#include "../../sim/data/validate_parts.h"

enum { LOGS = 24 };

static const struct small_center desk = {.lines = 2,
                                         .agents = 5,
                                         .days = 3,
                                         .hours = 6,
                                         .rate = {30, 70},
                                         .handling = {180, 180},
                                         .patience = 300};
static const char *const classes[] = {"support,gold", "support,plain"};
static const char *const queues[] = {"gold,", "plain,"};

static struct text log_of(const struct small_center *center, uint64_t seed,
                          const char *const *cells)
{
    struct text text = {0};
    struct center_calls calls = center_play(center, seed);
    center_log(&text, &calls, "queue,priority", cells);
    center_free(&calls);
    return text;
}

static oh_log *read_only(const struct small_center *center, uint64_t seed, const char *const *cells)
{
    struct text text = log_of(center, seed, cells);
    oh_diags *diags = oh_diags_new();
    oh_log *log = NULL;
    assert_int_equal(oh_log_new(&log, NULL, diags), OH_OK);
    assert_int_equal(oh_log_begin(log, "log.csv", diags), OH_OK);
    assert_int_equal(oh_log_take(log, text.at, text.length), OH_OK);
    assert_int_equal(oh_log_end(log), OH_OK);
    assert_int_equal(oh_log_judge(log, diags), OH_OK);
    oh_diags_free(diags);
    text_free(&text);
    return log;
}

static struct trip trip_of(const struct small_center *center, uint64_t seed,
                           const char *const *cells)
{
    struct text text = log_of(center, seed, cells);
    struct trip trip = trip_of_text(text.at);
    text_free(&text);
    return trip;
}

static const struct fit_queue *queue_named(const oh_fit *fit, const char *name)
{
    for (size_t q = 0; q < fit->queues; q++)
        if (strcmp(fit->queue[q].name, name) == 0)
            return &fit->queue[q];
    return NULL;
}

static bool has_note(const oh_fit *fit, const char *words)
{
    for (size_t i = 0; i < fit->notes; i++)
        if (strstr(fit->note[i], words))
            return true;
    return false;
}

static int number(const struct fit_queue *q)
{
    return q->priority ? q->priority : 5;
}

static void a_class_that_always_goes_first_is_a_queue_with_priority(void **state)
{
    (void)state;
    struct small_center center = desk;
    struct hits share = {"share of gold that goes first", 1, 0, 0, 0};
    center.first = 1;
    for (uint64_t i = 0; i < LOGS; i++) {
        struct trip trip = trip_of(&center, 1 + i, classes);
        const struct fit_queue *gold = queue_named(trip.fit, "support_priority_gold");
        const struct fit_queue *plain = queue_named(trip.fit, "support_priority_plain");
        assert_true(gold && plain && trip.fit->queues == 2);
        assert_int_equal(number(plain) - number(gold), 1);
        assert_int_equal(gold->befores, 1);
        assert_true(&trip.fit->queue[gold->before[0].other] == plain);
        count_hit(&share, gold->before[0].share.low, gold->before[0].share.high);
        trip_free(&trip);
    }
    expect_rate(&share, 0.95);
}

/* The other way round the finding is the other way round, and not because of the names. */
static void the_class_that_goes_first_may_be_called_anything(void **state)
{
    (void)state;
    static const char *const other[] = {"support,9", "support,1"};
    struct small_center center = desk;
    center.first = 1;
    struct trip trip = trip_of(&center, 77, other);
    assert_true(number(queue_named(trip.fit, "support_priority_9")) <
                number(queue_named(trip.fit, "support_priority_1")));
    trip_free(&trip);
}

static void nobody_is_found_to_go_first_where_all_are_answered_in_turn(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < LOGS; i++) {
        struct trip trip = trip_of(&desk, 100 + i, classes);
        assert_int_equal(trip.fit->queues, 1);
        assert_string_equal(trip.fit->queue[0].name, "support");
        assert_int_equal(trip.fit->queue[0].priority, 0);
        assert_true(has_note(trip.fit, "support: calls of all priorities are answered in turn"));
        trip_free(&trip);
        if (i % 2)
            continue;
        trip = trip_of(&desk, 100 + i, queues);
        assert_int_equal(trip.fit->queues, 2);
        for (size_t q = 0; q < 2; q++)
            assert_int_equal(trip.fit->queue[q].priority, 0);
        assert_true(has_note(trip.fit, "queues of the same agents are answered in turn"));
        trip_free(&trip);
    }
}

/* The interval holds the share with which a class goes first, whatever it is. */
static void the_share_that_goes_first_is_told_with_an_interval_that_holds_it(void **state)
{
    (void)state;
    static const double truth[] = {0.2, 0.5, 0.85};
    for (size_t k = 0; k < 3; k++) {
        struct hits share = {"share", truth[k], 0, 0, 0};
        struct small_center center = desk;
        double n = 0, first = 0;
        center.first = truth[k];
        for (uint64_t i = 0; i < LOGS; i++) {
            struct precedence p;
            oh_log *log = read_only(&center, 200 + 100 * k + i, classes);
            assert_true(precedence_study(&p, log));
            size_t gold = strstr(log->queue_name.name[0], "gold") ? 0 : 1;
            const struct choices *c = precedence_later(&p, gold, !gold);
            count_hit(&share, c->share.low, c->share.high);
            n += c->n;
            first += c->first;
            assert_true(precedence_later(&p, !gold, gold)->share.high < 0.5);
            precedence_free(&p);
            oh_log_free(log);
        }
        expect_rate(&share, 0.95);
        assert_near(first / n, truth[k], 4 * sqrt(truth[k] * (1 - truth[k]) / n));
    }
}

static void what_happens_sometimes_is_told_and_not_written(void **state)
{
    (void)state;
    struct small_center center = desk;
    center.first = 0.3;
    struct trip trip = trip_of(&center, 5, classes);
    assert_int_equal(trip.fit->queues, 1);
    assert_true(has_note(trip.fit, "calls of priority gold go before those of plain sometimes"));
    trip_free(&trip);
    trip = trip_of(&center, 5, queues);
    assert_int_equal(trip.fit->queues, 2);
    assert_int_equal(trip.fit->queue[0].priority, 0);
    assert_true(has_note(trip.fit, "gold goes before plain sometimes"));
    trip_free(&trip);
}

/* Agents of its own make a line wait less and its calls overtake others: that is no priority. */
static void agents_of_its_own_are_no_priority(void **state)
{
    (void)state;
    struct small_center center = desk;
    center.serves[0] = center.serves[1] = 1; /* gold only */
    for (size_t a = 2; a < center.agents; a++)
        center.serves[a] = 2; /* plain only */
    center.serves[4] = 3;     /* both */
    center.rate[0] = 50;
    for (uint64_t i = 0; i < 10; i++) {
        struct trip trip = trip_of(&center, 300 + i, queues);
        assert_int_equal(trip.fit->queue[0].priority, 0);
        assert_int_equal(trip.fit->queue[1].priority, 0);
        trip_free(&trip);
    }
}

/* Classes joined again are the log without them. */
static void classes_put_together_leave_the_same_sums(void **state)
{
    (void)state;
    static const char *const without[] = {"support,", "support,"};
    struct trip with = trip_of(&desk, 7, classes), plain = trip_of(&desk, 7, without);
    struct text a = {0}, b = {0};
    assert_int_equal(plain.fit->notes + 1, with.fit->notes);
    with.fit->notes = plain.fit->notes = 0;
    assert_int_equal(oh_fit_scenario(with.fit, "x", text_sink(&a)), OH_OK);
    assert_int_equal(oh_fit_scenario(plain.fit, "x", text_sink(&b)), OH_OK);
    assert_string_equal(a.at, b.at);
    for (size_t i = 0; i < oh_fit_tables(with.fit); i++) {
        text_free(&a);
        text_free(&b);
        assert_int_equal(oh_fit_table(with.fit, i, text_sink(&a)), OH_OK);
        assert_int_equal(oh_fit_table(plain.fit, i, text_sink(&b)), OH_OK);
        assert_string_equal(a.at, b.at);
    }
    text_free(&a);
    text_free(&b);
    trip_free(&with);
    trip_free(&plain);
}

/* A system that tells the class only of those who wait would leave a queue whose callers all wait.
 */
static void a_class_told_of_the_waiting_only_makes_no_queue(void **state)
{
    (void)state;
    struct small_center center = desk;
    center.first = 1;
    center.agents = 6;
    struct center_calls calls = center_play(&center, 11);
    for (size_t i = 0; i < calls.n; i++)
        if (calls.at[i].wait == 0)
            calls.at[i].line = 1;
    struct text text = {0};
    center_log(&text, &calls, "queue,priority", classes);
    struct trip trip = trip_of_text(text.at);
    assert_int_equal(trip.fit->queues, 1);
    assert_true(has_note(trip.fit, "the log tells them of the waiting only"));
    trip_free(&trip);
    text_free(&text);
    center_free(&calls);
}

static void more_priorities_than_classes_can_be_are_one_queue(void **state)
{
    (void)state;
    struct text text = {0};
    oh_sink sink = text_sink(&text);
    const char *head = "arrived,wait,outcome,handling,queue,priority\n";
    sink.write(sink.user, head, strlen(head));
    for (int i = 0; i < 600; i++) {
        char line[80];
        snprintf(line, sizeof line, "%d,%d,answered,60,%s,%d\n", 20 * i, i % 7,
                 i % 3 ? "scored" : "two", i % 3 ? i : i % 2);
        sink.write(sink.user, line, strlen(line));
    }
    struct trip trip = trip_of_text(text.at);
    assert_int_equal(trip.fit->queues, 2);
    assert_int_equal(trip.fit->queue[0].offered, 400);
    assert_int_equal(trip.fit->queue[1].offered, 200);
    assert_string_equal(trip.fit->queue[0].name, "scored");
    assert_string_equal(oh_log_note(trip.log, 0),
                        "scored: more than 8 priorities, which are not looked at");
    trip_free(&trip);
    text_free(&text);
}

/* What is written gives each class the waits of the log, which one line in turn would not. */
static void the_written_scenario_gives_each_class_its_waits(void **state)
{
    (void)state;
    struct small_center center = desk;
    center.first = 1;
    center.days = 28;
    struct trip trip = trip_of(&center, 21, classes);
    struct trial again = trip_written(trip.fit, "test_fit_priorities");
    trial_run(&again, &(oh_run_options){.replications = 40});
    for (size_t q = 0; q < 2; q++) {
        const struct fit_queue *queue = &trip.fit->queue[q];
        assert_close(trial_value(&again, OH_QUEUE, queue->name, "wait"), queue->wait, 0.12);
    }
    assert_true(queue_named(trip.fit, "support_priority_plain")->wait >
                2 * queue_named(trip.fit, "support_priority_gold")->wait);
    struct text yaml = {0};
    assert_int_equal(oh_fit_scenario(trip.fit, "x", text_sink(&yaml)), OH_OK);
    assert_non_null(strstr(yaml.at, "    # before support_priority_plain: of "));
    assert_non_null(strstr(yaml.at, "    priority: 4\n"));
    text_free(&yaml);
    trial_free(&again);
    trip_free(&trip);
}

/* A log is laid beside a scenario class by class if that has queues of its classes, else as one. */
static void validate_takes_classes_as_the_scenario_does(void **state)
{
    (void)state;
    struct small_center center = desk;
    for (int split = 0; split < 2; split++) {
        oh_validation *v = NULL;
        oh_run_options run = {.replications = 20};
        center.first = split;
        struct trip trip = trip_of(&center, 31, classes);
        struct trial written = trip_written(trip.fit, "test_fit_priorities");
        oh_log *log = read_only(&center, 31, classes);
        assert_int_equal(log->queue_name.count, 2);
        assert_int_equal(oh_validate(&v, written.scenario, log, &run, written.diags, NULL), OH_OK);
        assert_int_equal(v->things, split ? 3 : 2);
        assert_near(v->calls, (double)trip.fit->total.offered, 0);
        assert_near(v->unmatched, 0, 0);
        for (size_t i = 1; i < v->things; i++) {
            double offered = 0;
            for (size_t k = 0; k < v->days * v->places; k++)
                offered += v->thing[i].actual[k].offered;
            assert_near(offered, (double)queue_named(trip.fit, v->thing[i].name)->offered, 0);
        }
        oh_validation_free(v);
        oh_log_free(log);
        trial_free(&written);
        trip_free(&trip);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_class_that_always_goes_first_is_a_queue_with_priority),
        cmocka_unit_test(the_class_that_goes_first_may_be_called_anything),
        cmocka_unit_test(nobody_is_found_to_go_first_where_all_are_answered_in_turn),
        cmocka_unit_test(the_share_that_goes_first_is_told_with_an_interval_that_holds_it),
        cmocka_unit_test(what_happens_sometimes_is_told_and_not_written),
        cmocka_unit_test(agents_of_its_own_are_no_priority),
        cmocka_unit_test(classes_put_together_leave_the_same_sums),
        cmocka_unit_test(a_class_told_of_the_waiting_only_makes_no_queue),
        cmocka_unit_test(more_priorities_than_classes_can_be_are_one_queue),
        cmocka_unit_test(the_written_scenario_gives_each_class_its_waits),
        cmocka_unit_test(validate_takes_classes_as_the_scenario_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
