/* test_cancel.c - a run that is told to stop keeps exactly what is complete.
 *
 * Whenever the flag is raised, the rows that are there are the first rows of the run that was not
 * stopped, to the last bit.
 */
#include "../support/support.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAYS = 3000 };

static struct trial busy_day(void)
{
    return trial_text("onhold: 1\n"
                      "name: Cancel\n"
                      "time: {open: 08:00-18:00, interval: 5 h}\n"
                      "queues:\n"
                      "  support:\n"
                      "    arrivals: 40 per h\n"
                      "    handling: {exponential: 4 min}\n"
                      "    patience: {exponential: 3 min}\n"
                      "    target: 80% in 20 s\n"
                      "agents:\n"
                      "  desk: {count: 3, serves: [support]}\n");
}

/* The days' own mean waits: rows[n]. */
static double *rows_of(const oh_result *result)
{
    double *rows = malloc(DAYS * sizeof *rows);
    assert_non_null(rows);
    long column = oh_result_column_find(result, OH_QUEUE, "wait");
    assert_true(column >= 0);
    assert_true(oh_result_values(result, OH_QUEUE, 0, OH_WHOLE, (size_t)column, rows));
    return rows;
}

static void expect_first_rows(const oh_result *part, const double *whole)
{
    oh_run_info info = oh_result_info(part);
    assert_true(info.replications > 0 && info.replications < DAYS);
    assert_string_equal(info.stopped_by, "cancelled");
    double *rows = rows_of(part);
    for (uint32_t i = 0; i < info.replications; i++)
        assert_same(rows[i], whole[i]);
    free(rows);
}

struct stopper {
    atomic_bool cancel;
    uint64_t after; /* replications */
    uint64_t last;  /* seen */
};

static void raise_after(void *user, const oh_progress *progress)
{
    struct stopper *stopper = user;
    assert_true(progress->planned == DAYS);
    assert_true(progress->done >= stopper->last);
    stopper->last = progress->done;
    if (progress->done >= stopper->after)
        atomic_store(&stopper->cancel, true);
}

static void stop_after(struct trial *trial, unsigned jobs, uint64_t after, const double *whole)
{
    struct stopper stopper = {.after = after};
    oh_run_options options = {.replications = DAYS,
                              .jobs = jobs,
                              .cancel = &stopper.cancel,
                              .progress = raise_after,
                              .progress_user = &stopper};
    oh_result *part = NULL;
    assert_int_equal(oh_run(&part, trial->model, &options, NULL), OH_CANCELLED);
    assert_non_null(part);
    assert_true(oh_result_info(part).replications >= after);
    expect_first_rows(part, whole);
    oh_result_free(part);
}

static void a_run_stopped_from_its_progress_keeps_the_first_days(void **state)
{
    (void)state;
    struct trial trial = busy_day();
    oh_run_options options = {.replications = DAYS};
    trial_run(&trial, &options);
    double *whole = rows_of(trial.result);
    for (unsigned jobs = 1; jobs <= 3; jobs++)
        for (uint64_t after = 1; after <= 401; after += 200)
            stop_after(&trial, jobs, after, whole);
    free(whole);
    trial_free(&trial);
}

static void *raise_soon(void *user)
{
    struct stopper *stopper = user;
    nanosleep(&(struct timespec){.tv_nsec = (long)stopper->after}, NULL);
    atomic_store(&stopper->cancel, true);
    return NULL;
}

static void a_run_stopped_by_another_thread_keeps_the_first_days(void **state)
{
    (void)state;
    struct trial trial = busy_day();
    oh_run_options all = {.replications = DAYS};
    trial_run(&trial, &all);
    double *whole = rows_of(trial.result);
    for (uint64_t nanoseconds = 0; nanoseconds < 4000000; nanoseconds += 400000) {
        struct stopper stopper = {.after = nanoseconds};
        oh_run_options options = {.replications = DAYS, .jobs = 2, .cancel = &stopper.cancel};
        pthread_t thread;
        oh_result *part = NULL;
        assert_int_equal(pthread_create(&thread, NULL, raise_soon, &stopper), 0);
        oh_status status = oh_run(&part, trial.model, &options, NULL);
        pthread_join(thread, NULL);
        assert_that(status == OH_CANCELLED, "after %lu ns: %s", (unsigned long)nanoseconds,
                    oh_status_text(status));
        if (part)
            expect_first_rows(part, whole);
        oh_result_free(part);
    }
    free(whole);
    trial_free(&trial);
}

static void a_run_stopped_before_it_began_has_no_result(void **state)
{
    (void)state;
    struct trial trial = busy_day();
    atomic_bool cancel = true;
    oh_run_options options = {.replications = DAYS, .cancel = &cancel};
    oh_result *result = NULL;
    assert_int_equal(oh_run(&result, trial.model, &options, NULL), OH_CANCELLED);
    assert_null(result);
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_stopped_from_its_progress_keeps_the_first_days),
        cmocka_unit_test(a_run_stopped_by_another_thread_keeps_the_first_days),
        cmocka_unit_test(a_run_stopped_before_it_began_has_no_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
