/* test_restaff.c - a model with other agents made without reading again is the model that reading
 * again makes: the same bytes come out. */
#include "../support/support.h"

#include <stdlib.h>
#include <string.h>

#include <onhold/staff.h>

static const char day[] = "onhold: 1\nname: Day\ntime: {open: 08:00-12:00, interval: 1 h}\n"
                          "queues:\n"
                          "  a: {arrivals: 40 per h, handling: {exponential: 4 min},\n"
                          "      patience: {exponential: 3 min}, target: 80%% in 20 s}\n"
                          "  b: {arrivals: 20 per h, handling: {lognormal: {mean: 5 min, cv: 1}},\n"
                          "      patience: never}\n"
                          "agents:\n"
                          "  desk: {count: 3, serves: [b], cost: 20 per h}\n"
                          "  both: {%s, serves: [a, b], shrinkage: 12%%, absence: 5%%,\n"
                          "         cost: 24 per h}\n";
static const char week[] =
    "onhold: 1\nname: Week\ntime: {days: {mon-tue: 08:00-12:00, sat: 09:00-11:00}, interval: 1 h}\n"
    "queues:\n"
    "  a: {arrivals: 40 per h, handling: {exponential: 4 min}, patience: {exponential: 3 min},\n"
    "      target: 80%% in 20 s}\n"
    "agents:\n"
    "  both: {%s, serves: [a]}\n";
static const char steady[] =
    "onhold: 1\nname: Steady\ntime: {steady: {warm_up: 1 h, length: 3 h}}\n"
    "queues:\n"
    "  a: {arrivals: 40 per h, handling: {exponential: 4 min},\n"
    "      patience: {exponential: 3 min}, target: 80%% in 20 s}\n"
    "agents:\n"
    "  both: {%s, serves: [a]}\n";

static char *played(const oh_model *model)
{
    static const oh_write_context context = {.file = "", .variant = "", .sha256 = ""};
    oh_result *result;
    struct text text = {0};
    oh_run_options options = {.replications = 20};
    assert_int_equal(oh_run(&result, model, &options, NULL), OH_OK);
    assert_int_equal(oh_writer_find("csv")->write(result, &context, text_sink(&text)), OH_OK);
    oh_result_free(result);
    return text.at;
}

/* `form` with `staff` shifted by `by` is `form` with `shifted`. */
static void check(const char *form, const char *group, const char *staff, int by,
                  const char *shifted)
{
    struct trial before = trial_format(form, staff), after = trial_format(form, shifted);
    oh_model *model;
    size_t g = 0;
    while (strcmp(oh_model_thing(before.model, OH_AGENTS, g), group) != 0)
        g++;
    assert_int_equal(oh_model_staff_shifted(&model, before.model, g, by), OH_OK);
    char *a = played(model), *b = played(after.model);
    assert_string_equal(a, b);
    free(a);
    free(b);
    oh_model_free(model);
    trial_free(&before);
    trial_free(&after);
}

static void a_count_is_shifted(void **state)
{
    (void)state;
    check(day, "both", "count: 4", 2, "count: 6");
    check(day, "both", "count: 4", -1, "count: 3");
    check(day, "both", "count: 4", -7, "count: 0");
    check(steady, "both", "count: 4", 1, "count: 5");
}

static void schedules_and_maps_of_days_are_shifted_step_by_step(void **state)
{
    (void)state;
    check(day, "both", "count: {per: 1 h, counts: [3, 0, 4, 1]}", 2,
          "count: {per: 1 h, counts: [5, 2, 6, 3]}");
    check(day, "both", "count: {per: 1 h, counts: [3, 0, 4, 1]}", -2,
          "count: {per: 1 h, counts: [1, 0, 2, 0]}");
    check(week, "both", "count: {mon-tue: 4, sat: {per: 1 h, counts: [2, 3]}}", 1,
          "count: {mon-tue: 5, sat: {per: 1 h, counts: [3, 4]}}");
}

static void shifts_gain_a_line_and_lose_lines_that_follow_one_another(void **state)
{
    (void)state;
    static const char lines[] = "shifts: [{count: 2, hours: 08:00-10:00}, {count: 3, hours: "
                                "09:00-12:00}, {count: 2, hours: 10:00-12:00, breaks: [{at: "
                                "11:00, for: 15 min}]}]";
    check(day, "both", lines, 1,
          "shifts: [{count: 2, hours: 08:00-10:00}, {count: 3, hours: 09:00-12:00}, {count: 2, "
          "hours: 10:00-12:00, breaks: [{at: 11:00, for: 15 min}]}, {count: 1, hours: "
          "08:00-12:00}]");
    check(day, "both", lines, -1,
          "shifts: [{count: 1, hours: 08:00-10:00}, {count: 3, hours: 09:00-12:00}, {count: 1, "
          "hours: 10:00-12:00, breaks: [{at: 11:00, for: 15 min}]}]");
    check(week, "both",
          "shifts: [{count: 4, hours: 08:00-12:00, days: mon-tue}, {count: 1, hours: "
          "09:00-11:00, days: sat}]",
          -1,
          "shifts: [{count: 3, hours: 08:00-12:00, days: mon-tue}, {count: 0, hours: 09:00-11:00, "
          "days: sat}]");
}

static void senseless_shifts_are_refused(void **state)
{
    (void)state;
    struct trial t = trial_format(day, "count: 4");
    oh_model *model;
    assert_int_equal(oh_model_staff_shifted(&model, t.model, 2, 1), OH_ARGUMENT);
    assert_int_equal(oh_model_staff_shifted(&model, t.model, 1, 2000000), OH_ARGUMENT);
    assert_null(model);
    trial_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_count_is_shifted),
        cmocka_unit_test(schedules_and_maps_of_days_are_shifted_step_by_step),
        cmocka_unit_test(shifts_gain_a_line_and_lose_lines_that_follow_one_another),
        cmocka_unit_test(senseless_shifts_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
