/* test_footprint.c - the memory of a run does not grow with the time that it simulates, and with
 * replications only by what is kept of each. Measured on processes of their own.
 */
#include "../support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../sim/stats/panel.h"

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { SANITIZED = 1 }; /* which has memory of its own */
#else
enum { SANITIZED = 0 };
#endif

enum { NOISE = 1024 }; /* KiB: pages of libraries that one run happens to find and another not */

/* Most memory, in KiB, of a process that plays this. */
static long resident(const char *file, const char *const *settings, oh_engine engine,
                     uint32_t replications)
{
    struct rusage used;
    int status = 1;
    fflush(stdout);
    fflush(stderr);
    pid_t child = fork();
    if (child == 0) {
        /* Large pages are given or not, as the machine has them just then. */
        prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
        struct trial trial = trial_file(file, settings);
        oh_run_options options = {.replications = replications, .jobs = 1, .engine = engine};
        oh_result *result = NULL;
        _exit(oh_run(&result, trial.model, &options, NULL) == OH_OK ? 0 : 1);
    }
    assert_true(child > 0 && wait4(child, &status, 0, &used) == child);
    assert_int_equal(status, 0);
    return used.ru_maxrss;
}

/* Five thousand agents; what differs is how long they are watched. */
static void the_time_that_is_simulated_takes_no_memory(void **state)
{
    (void)state;
    static const char *const hours[] = {"agents.desk.count=5000", "queues.calls.arrivals=1000/min",
                                        "time.steady={warm_up: 1 h, length: 2 h}", NULL};
    static const char *const days[] = {"agents.desk.count=5000", "queues.calls.arrivals=1000/min",
                                       "time.steady={warm_up: 1 h, length: 50 h}", NULL};
    if (SANITIZED)
        leave_out("a sanitizer has memory of its own");
    for (int engine = OH_ENGINE_GENERAL; engine <= OH_ENGINE_POOL; engine++) {
        long few = resident("tests/bench/w1.yaml", hours, (oh_engine)engine, 1);
        long many = resident("tests/bench/w1.yaml", days, (oh_engine)engine, 1);
        assert_that(many <= few + NOISE, "engine %d: 2 hours take %ld KiB, 50 hours %ld", engine,
                    few, many);
    }
}

static void a_replication_takes_the_memory_of_its_row(void **state)
{
    (void)state;
    enum { FEW = 10, MANY = 4010, MORE = 64 };
    static const char *const short_day[] = {"time.steady={warm_up: 1 s, length: 1 min}",
                                            "agents.desk.count=5", "queues.calls.arrivals=1/min",
                                            NULL};
    if (SANITIZED)
        leave_out("a sanitizer has memory of its own");
    const struct panel_shape shape = {.queues = 1, .groups = 1, .intervals = 1};
    double row = (double)panel_periods(&shape) *
                 (2 * sizeof(struct queue_cell) + 2 * sizeof(struct group_cell));
    long few = resident("tests/bench/w1.yaml", short_day, OH_ENGINE_AUTO, FEW);
    long many = resident("tests/bench/w1.yaml", short_day, OH_ENGINE_AUTO, MANY);
    double each = 1024.0 * (double)(many - few - NOISE) / (MANY - FEW);
    assert_that(each <= row + MORE, "a replication takes %.0f bytes, a row has %.0f", each, row);
}

static void the_benchmarks_keep_within_their_limits(void **state)
{
    (void)state;
    static const char *const minutes[] = {"time.steady={warm_up: 10 min, length: 2 min}", NULL};
    if (SANITIZED)
        leave_out("a sanitizer has memory of its own");
    long w1 = resident("tests/bench/w1.yaml", minutes, OH_ENGINE_POOL, 2);
    long w3 = resident("tests/bench/w3.yaml", minutes, OH_ENGINE_POOL, 2);
    assert_that(w1 <= 8 * 1024, "W1 takes %ld KiB", w1);
    assert_that(w3 <= 32 * 1024, "W3 takes %ld KiB", w3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_time_that_is_simulated_takes_no_memory),
        cmocka_unit_test(a_replication_takes_the_memory_of_its_row),
        cmocka_unit_test(the_benchmarks_keep_within_their_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
