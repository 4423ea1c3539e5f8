/* bench.c - how fast is a run? Nanoseconds a call on one thread through the public interface, with
 * everything: random numbers, statistics, histograms; for both engines, and beside them the floor
 * (floor.h) measured in the same minute, since a machine that does other work is slow for both.
 *
 * A figure counts only if the answer is right: each steady case is held against Erlang A. Times
 * are those of the processor, and the best of ROUNDS, since other work only ever adds to them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <onhold/onhold.h>

#include "floor.h"

enum { ROUNDS = 3 };

struct workload {
    const char *name, *about, *file;
    uint32_t agents; /* 0: no exact answer */
    double per_minute;
    uint32_t replications;
    bool pool;
};

static const double handling = 300, patience = 120;

static const struct workload workloads[] = {
    {"W1", "500 agents", "tests/bench/w1.yaml", 500, 100, 20, true},
    {"W2", "50 agents", "tests/bench/w2.yaml", 50, 10, 200, true},
    {"W3", "50,000 agents", "tests/bench/w3.yaml", 50000, 10000, 3, true},
    {"W5", "3 queues, 3 groups", "tests/bench/w5.yaml", 0, 0, 20, false},
    {"day", "forty-seconds", "scenarios/forty-seconds.yaml", 0, 0, 1000, true},
};

static double clock_of(clockid_t which)
{
    struct timespec now;
    clock_gettime(which, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool to_stderr(void *user, const char *text, size_t length)
{
    return fwrite(text, 1, length, user) == length;
}

static oh_model *compile(const struct workload *w)
{
    oh_diags *diags = oh_diags_new();
    oh_scenario *scenario = NULL;
    oh_model *model = NULL;
    oh_status status = oh_scenario_load(&scenario, w->file, diags);
    if (status == OH_OK)
        status = oh_model_compile(&model, scenario, diags);
    oh_scenario_free(scenario);
    if (status != OH_OK && diags)
        oh_diags_print(diags, false, (oh_sink){to_stderr, stderr});
    oh_diags_free(diags);
    return model;
}

/* Is the abandonment rate Erlang A's? */
static bool is_right(const struct workload *w, const oh_result *result)
{
    if (w->agents == 0)
        return true;
    oh_queue_figures exact;
    oh_estimate found;
    long column = oh_result_column_find(result, OH_QUEUE, "abandon_rate");
    if (column < 0 ||
        oh_erlang_a(w->per_minute / 60, handling, patience, w->agents, 20, &exact) != OH_OK ||
        !oh_result_estimate(result, OH_QUEUE, 0, OH_WHOLE, (size_t)column, &found))
        return false;
    /* Twice a 95 % half width: 4 standard errors or more. */
    bool right = fabs(found.value - exact.abandon_rate) <= 2 * found.half_width;
    if (!right)
        printf("%s: abandoned %.5f +- %.5f, Erlang A %.5f\n", w->name, found.value,
               found.half_width, exact.abandon_rate);
    return right;
}

/* Nanoseconds a call; NAN if the answer is wrong. Of the wall's clock with several threads. */
static double measure(const struct workload *w, const oh_model *model, oh_engine engine,
                      unsigned jobs)
{
    clockid_t which = jobs == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC;
    double best = INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
        oh_run_options options = {.replications = w->replications, .jobs = jobs, .engine = engine};
        oh_result *result = NULL;
        double start = clock_of(which);
        bool right = oh_run(&result, model, &options, NULL) == OH_OK;
        double spent = clock_of(which) - start;
        right = right && (round > 0 || is_right(w, result));
        if (right)
            best = fmin(best, 1e9 * spent / (double)oh_result_info(result).calls);
        oh_result_free(result);
        if (!right)
            return NAN;
    }
    return best;
}

/* The floor at the same load; NAN if it does not agree with Erlang A either. */
static double floor_of(const struct workload *w)
{
    enum { CALLS = 2 << 20 };
    double best = INFINITY;
    oh_queue_figures exact;
    if (oh_erlang_a(w->per_minute / 60, handling, patience, w->agents, 20, &exact) != OH_OK)
        return NAN;
    for (int round = 0; round < ROUNDS; round++) {
        struct floor_result f =
            floor_play(w->agents, w->per_minute / 60, handling, patience, CALLS);
        if (fabs(f.abandoned - exact.abandon_rate) > 0.003)
            return NAN;
        best = fmin(best, 1e9 * f.seconds / CALLS);
    }
    return best;
}

/* Most memory that a process of its own has while it runs this, in MiB. */
static double resident(const struct workload *w)
{
    struct rusage used;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        oh_model *model = compile(w);
        oh_run_options options = {.replications = 2, .jobs = 1};
        oh_result *result = NULL;
        _exit(model && oh_run(&result, model, &options, NULL) == OH_OK ? 0 : 1);
    }
    if (child < 0 || wait4(child, NULL, 0, &used) < 0)
        return NAN;
    return (double)used.ru_maxrss / 1024;
}

static void show(double x, const char *format)
{
    if (isnan(x))
        printf("%9s", "-");
    else
        printf(format, x);
}

static bool report(const struct workload *w)
{
    oh_model *model = compile(w);
    if (!model)
        return false;
    double memory = resident(w);
    double floor_ns = w->agents ? floor_of(w) : NAN;
    double general = measure(w, model, OH_ENGINE_GENERAL, 1);
    double pool = w->pool ? measure(w, model, OH_ENGINE_POOL, 1) : NAN;
    bool right = !isnan(general) && (!w->pool || !isnan(pool)) && (!w->agents || !isnan(floor_ns));
    printf("%-4s %-19s", w->name, w->about);
    show(general, "%9.1f");
    show(pool, "%9.1f");
    show(floor_ns, "%9.1f");
    show(general / floor_ns, "%9.2f");
    show(pool / floor_ns, "%9.2f");
    show(2000 / (w->pool ? pool : general), "%9.1f");
    show(memory, "%9.1f");
    printf("%s\n", right ? "" : "   wrong");
    oh_model_free(model);
    return right;
}

/* How much faster two threads are, on workload W1. */
static bool report_threads(void)
{
    const struct workload *w = &workloads[0];
    oh_model *model = compile(w);
    if (!model)
        return false;
    struct workload longer = *w;
    longer.replications *= 10;
    double one = measure(&longer, model, OH_ENGINE_POOL, 1);
    double two = measure(&longer, model, OH_ENGINE_POOL, 2);
    printf("\nW1 on two threads: %.2f times one\n", one / two);
    oh_model_free(model);
    return !isnan(one) && !isnan(two);
}

int main(void)
{
    bool right = true;
    printf("nanoseconds a call, one thread; times the floor; million events a second (an arrival "
           "and an end\na call) of the faster engine; MiB resident\n\n"
           "%-24s%9s%9s%9s%9s%9s%9s%9s\n",
           "", "general", "pool", "floor", "general x", "pool x", "events", "memory");
    for (size_t i = 0; i < sizeof workloads / sizeof workloads[0]; i++)
        right = report(&workloads[i]) && right;
    right = report_threads() && right;
    return right ? EXIT_SUCCESS : EXIT_FAILURE;
}
