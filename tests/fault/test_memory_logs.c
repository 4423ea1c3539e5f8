/* test_memory_logs.c - memory runs out while a log is read and fitted: the work stops with
 * OH_NO_MEMORY or gives what it gives otherwise, and nothing leaks or crashes.
 */
#include "../support/support.h"

#include <stdio.h>
#include <string.h>

#include "../support/allocations.h"
#include "../support/paper.h"

enum { ROWS = 60 };

static char text[ROWS * 100];

static void write_log(void)
{
    strcpy(text, "arrived,wait,outcome,handling,queue,agent,customer,priority\n");
    for (int i = 0; i < ROWS; i++) {
        char line[100];
        snprintf(line, sizeof line, "2026-03-%02dT%02d:%02d:00,%d,%s,%d,%s,Ann%d,%d,%d\n",
                 2 + i / 30, 8 + i % 3, i % 60, i % 4 ? 7 * (i % 11) : 0,
                 i % 6 ? "answered" : "abandoned", 30 + 13 * (i % 17), i % 5 ? "a" : "b", i % 3,
                 i % 20, i % 2);
        strcat(text, line);
    }
}

static oh_status read_and_fit(struct paper *paper)
{
    oh_diags *diags = oh_diags_new();
    oh_log *log = NULL;
    oh_fit *fit = NULL;
    paper->length = 0;
    oh_status status = diags ? oh_log_new(&log, NULL, diags) : OH_NO_MEMORY;
    if (status == OH_OK)
        status = oh_log_begin(log, "log.csv", diags);
    if (status == OH_OK)
        status = oh_log_take(log, text, strlen(text));
    if (status == OH_OK)
        status = oh_log_end(log);
    if (status == OH_OK)
        status = oh_log_judge(log, diags);
    if (status == OH_OK)
        status = oh_fit_make(&fit, log, NULL, diags);
    if (status == OH_OK)
        status = oh_fit_write(fit, log, "table", false, paper_sink(paper));
    if (status == OH_OK)
        status = oh_fit_scenario(fit, "stem", paper_sink(paper));
    oh_fit_free(fit);
    oh_log_free(log);
    oh_diags_free(diags);
    return status;
}

static void a_failing_allocation_stops_a_fit_or_changes_nothing(void **state)
{
    static struct paper reference, paper;
    unsigned long stopped = 0;
    (void)state;
    write_log();
    allocations_arm(0);
    assert_int_equal(read_and_fit(&reference), OH_OK);
    unsigned long total = allocations_disarm();
    for (unsigned long k = 1; k <= total; k++) {
        allocations_arm(k);
        oh_status status = read_and_fit(&paper);
        allocations_disarm();
        stopped += status == OH_NO_MEMORY;
        assert_that(status == OH_NO_MEMORY ||
                        (status == OH_OK && paper.length == reference.length &&
                         memcmp(paper.at, reference.at, paper.length) == 0),
                    "allocation %lu of %lu failing gave: %s", k, total, oh_status_text(status));
    }
    assert_true(stopped > total / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failing_allocation_stops_a_fit_or_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
