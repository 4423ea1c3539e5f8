/* test_fit_skills.c - agents with different queues, and no column that names their groups.
 *
 * The logs come from a small simulator that shares nothing with the engine.
 */
#include "../support/small_center.h"
#include "../support/trip.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOGS = 16, SALES = 1, HELP = 2 };

/* Three answer sales, three help, two both. */
static const struct small_center desk = {
    .lines = 2,
    .agents = 8,
    .days = 4,
    .hours = 6,
    .rate = {70, 60},
    .handling = {180, 210},
    .patience = 300,
    .serves = {SALES, SALES, SALES, HELP, HELP, HELP, SALES | HELP, SALES | HELP}};

static struct trip trip_of(const struct small_center *center, uint64_t seed)
{
    static const char *const cells[] = {"sales", "help", "mail"};
    struct text text = {0};
    struct center_calls calls = center_play(center, seed);
    center_log(&text, &calls, "queue", cells);
    struct trip trip = trip_of_text(text.at);
    center_free(&calls);
    text_free(&text);
    return trip;
}

static uint32_t queue_number(const oh_fit *fit, const char *name)
{
    for (size_t q = 0; q < fit->queues; q++)
        if (strcmp(fit->queue[q].name, name) == 0)
            return fit->number[q];
    fail_with(__FILE__, __LINE__, "no queue %s", name);
}

static unsigned serves(const oh_fit *fit, const struct fit_group *g)
{
    return (g->serves[queue_number(fit, "sales")] ? SALES : 0U) |
           (g->serves[queue_number(fit, "help")] ? HELP : 0U);
}

/* Agent "a7" is number 7 of the simulator. */
static size_t number_of_agent(const oh_log *log, uint32_t agent)
{
    return (size_t)strtoul(log->agent_name.name[agent] + 1, NULL, 10);
}

static void expect_groups(const struct trip *trip, const struct small_center *center)
{
    static const size_t people[] = {0, 3, 3, 2};
    assert_int_equal(trip->fit->agents.groups, 3);
    for (size_t g = 0; g < 3; g++) {
        const struct fit_group *group = &trip->fit->agents.group[g];
        assert_int_equal(group->people, people[serves(trip->fit, group)]);
    }
    for (size_t i = 0; i < trip->log->calls; i++) {
        const struct log_call *call = &trip->log->call[i];
        if (call->outcome != OUTCOME_ANSWERED)
            continue;
        const struct fit_group *group = &trip->fit->agents.group[call->group];
        assert_int_equal(serves(trip->fit, group),
                         center->serves[number_of_agent(trip->log, call->agent)]);
    }
}

static void agents_with_the_same_queues_are_one_group(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < LOGS; i++) {
        struct trip trip = trip_of(&desk, 1 + i);
        expect_groups(&trip, &desk);
        trip_free(&trip);
    }
}

static void stray_calls_make_no_group(void **state)
{
    (void)state;
    struct small_center center = desk;
    center.stray = 0.04;
    for (uint64_t i = 0; i < LOGS; i++) {
        struct trip trip = trip_of(&center, 100 + i);
        expect_groups(&trip, &center);
        trip_free(&trip);
    }
}

static void agents_who_answer_everything_are_one_group(void **state)
{
    (void)state;
    struct small_center center = desk;
    memset(center.serves, 0, sizeof center.serves);
    center.lines = 3;
    center.rate[2] = 4; /* seldom: few tell much of it */
    center.handling[2] = 100;
    for (uint64_t i = 0; i < LOGS; i++) {
        struct trip trip = trip_of(&center, 200 + i);
        assert_int_equal(trip.fit->agents.groups, 1);
        assert_string_equal(trip.fit->agents.group[0].name, "agents");
        trip_free(&trip);
    }
}

/* With one pool for everybody the lines would help each other out, and waits be far too short. */
static void the_written_scenario_has_the_waits_of_each_queue(void **state)
{
    (void)state;
    struct small_center center = desk;
    center.days = 28;
    struct trip trip = trip_of(&center, 300);
    struct trial again = trip_written(trip.fit, "test_fit_skills");
    trial_run(&again, &(oh_run_options){.replications = 60});
    for (size_t q = 0; q < 2; q++)
        assert_close(trial_value(&again, OH_QUEUE, trip.fit->queue[q].name, "wait"),
                     trip.fit->queue[q].wait, 0.12);
    for (size_t g = 0; g < 3; g++) {
        const struct fit_group *group = &trip.fit->agents.group[g];
        assert_near(group->count[0][20], (double)group->people, 0);
    }
    trial_free(&again);
    trip_free(&trip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agents_with_the_same_queues_are_one_group),
        cmocka_unit_test(stray_calls_make_no_group),
        cmocka_unit_test(agents_who_answer_everything_are_one_group),
        cmocka_unit_test(the_written_scenario_has_the_waits_of_each_queue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
