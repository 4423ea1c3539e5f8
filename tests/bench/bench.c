/* bench.c - how fast is a run? Nanoseconds a call on one thread through the public interface, with
 * everything: random numbers, statistics, histograms; for both engines, and beside them the floor
 * (floor.h) measured in the same minute, since a machine that does other work is slow for both.
 *
 * A figure counts only if the answer is right: each steady case is held against Erlang A. Times
 * are those of the processor, and the best of ROUNDS, since other work only ever adds to them; what
 * is compared is measured in turn.
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

enum { ROUNDS = 5 };

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
    {"W1", "queue of 5,000 at most", "tests/bench/w1-look.yaml", 500, 100, 20, false},
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

/* A workload's model, with one value of its file replaced (path may be NULL). */
static oh_model *compile_with(const struct workload *w, const char *path, const char *value)
{
    oh_diags *diags = oh_diags_new();
    oh_scenario *scenario = NULL;
    oh_model *model = NULL;
    oh_status status = oh_scenario_load(&scenario, w->file, diags);
    if (status == OH_OK && path)
        status = oh_scenario_set(scenario, path, value, diags);
    if (status == OH_OK)
        status = oh_model_compile(&model, scenario, diags);
    oh_scenario_free(scenario);
    if (status != OH_OK && diags)
        oh_diags_print(diags, false, (oh_sink){to_stderr, stderr});
    oh_diags_free(diags);
    return model;
}

static oh_model *compile(const struct workload *w)
{
    return compile_with(w, NULL, NULL);
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

/* Something to be measured: one way to play a workload, or the floor. */
struct trial {
    const struct workload *w;
    const oh_model *model; /* NULL: the floor */
    oh_engine engine;
    unsigned jobs;
    bool wall;   /* the wall's clock rather than the processor's */
    double best; /* nanoseconds a call so far; NAN: the answer is wrong */
};

static double play_once(const struct trial *t, bool check)
{
    clockid_t which = t->wall ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID;
    oh_run_options options = {
        .replications = t->w->replications, .jobs = t->jobs, .engine = t->engine};
    oh_result *result = NULL;
    double start = clock_of(which);
    bool right = oh_run(&result, t->model, &options, NULL) == OH_OK;
    double spent = clock_of(which) - start;
    right = right && (!check || is_right(t->w, result));
    double each = right ? 1e9 * spent / (double)oh_result_info(result).calls : NAN;
    oh_result_free(result);
    return each;
}

/* The floor at the same load; NAN if it does not agree with Erlang A either. */
static double floor_once(const struct workload *w)
{
    enum { CALLS = 2 << 20 };
    oh_queue_figures exact;
    if (oh_erlang_a(w->per_minute / 60, handling, patience, w->agents, 20, &exact) != OH_OK)
        return NAN;
    struct floor_result f = floor_play(w->agents, w->per_minute / 60, handling, patience, CALLS);
    return fabs(f.abandoned - exact.abandon_rate) > 0.003 ? NAN : 1e9 * f.seconds / CALLS;
}

/* All in turn, ROUNDS times, so that what else the machine does falls on all alike. Nanoseconds a
 * call. */
static void measure(struct trial *trial, size_t n)
{
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < n; i++) {
            struct trial *t = &trial[i];
            double now = t->model ? play_once(t, round == 0) : floor_once(t->w);
            t->best = isnan(now) || isnan(t->best) ? NAN : fmin(round ? t->best : now, now);
        }
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
    struct trial trial[3] = {{w, model, OH_ENGINE_GENERAL, 1, false, 0}};
    size_t n = 1, pool = 0, floor = 0;
    if (w->pool)
        trial[pool = n++] = (struct trial){w, model, OH_ENGINE_POOL, 1, false, 0};
    if (w->agents)
        trial[floor = n++] = (struct trial){w, NULL, OH_ENGINE_AUTO, 1, false, 0};
    measure(trial, n);
    double general_ns = trial[0].best, pool_ns = pool ? trial[pool].best : NAN;
    double floor_ns = floor ? trial[floor].best : NAN;
    bool right = !isnan(general_ns) && (!pool || !isnan(pool_ns)) && (!floor || !isnan(floor_ns));
    printf("%-4s %-22s", w->name, w->about);
    show(general_ns, "%9.1f");
    show(pool_ns, "%9.1f");
    show(floor_ns, "%9.1f");
    show(general_ns / floor_ns, "%9.2f");
    show(pool_ns / floor_ns, "%9.2f");
    show(2000 / (pool ? pool_ns : general_ns), "%9.1f");
    show(memory, "%9.1f");
    printf("%s\n", right ? "" : "   wrong");
    oh_model_free(model);
    return right;
}

/* Seconds of the wall's clock that `n` processes take which play the floor of W1 at once. */
static double floors_at_once(int n)
{
    const struct workload *w = &workloads[0];
    pid_t child[2];
    fflush(stdout);
    double start = clock_of(CLOCK_MONOTONIC);
    for (int i = 0; i < n; i++) {
        child[i] = fork();
        if (child[i] == 0) {
            floor_play(w->agents, w->per_minute / 60, handling, patience, 8 << 20);
            _exit(0);
        }
    }
    for (int i = 0; i < n; i++)
        if (child[i] < 0 || waitpid(child[i], NULL, 0) < 0)
            return NAN;
    return clock_of(CLOCK_MONOTONIC) - start;
}

/* How much faster two threads are on workload W1, and two processes that share nothing: what the
 * machine has to give. */
static bool report_threads(void)
{
    struct workload longer = workloads[0];
    oh_model *model = compile(&longer);
    if (!model)
        return false;
    longer.replications *= 5;
    struct trial trial[] = {{&longer, model, OH_ENGINE_POOL, 1, true, 0},
                            {&longer, model, OH_ENGINE_POOL, 2, true, 0}};
    double one = INFINITY, two = INFINITY;
    measure(trial, 2);
    for (int round = 0; round < ROUNDS; round++) {
        one = fmin(one, floors_at_once(1));
        two = fmin(two, floors_at_once(2));
    }
    printf("\nW1 on two threads: %.2f times one; two floors that share nothing: %.2f\n",
           trial[0].best / trial[1].best, 2 * one / two);
    oh_model_free(model);
    return !isnan(trial[0].best) && !isnan(trial[1].best);
}

/* W1 with other distributions, as times of exponential ones. */
static bool report_distributions(void)
{
    enum { OTHERS = 3, BOTH = 2 };
    static const struct {
        const char *about, *path, *value;
    } other[OTHERS] = {
        {"lognormal handling", "queues.calls.handling", "{lognormal: {mean: 5 min, cv: 1.2}}"},
        {"gamma handling", "queues.calls.handling", "{gamma: {mean: 5 min, cv: 0.8}}"},
        {"mixture of patience", "queues.calls.patience",
         "{mixture: [{share: 20%, exponential: 10 s}, {share: 80%, exponential: 147.5 s}]}"},
    };
    const struct workload *w = &workloads[0];
    struct workload no_exact_answer = *w;
    no_exact_answer.agents = 0;
    oh_model *model[1 + OTHERS] = {compile(w)};
    struct trial trial[(1 + OTHERS) * BOTH];
    bool right = model[0] != NULL;
    for (size_t i = 0; right && i < OTHERS; i++) {
        model[1 + i] = compile_with(w, other[i].path, other[i].value);
        right = model[1 + i] != NULL;
    }
    for (size_t i = 0; i < 1 + OTHERS; i++)
        for (size_t k = 0; k < BOTH; k++)
            trial[i * BOTH + k] = (struct trial){i ? &no_exact_answer : w,
                                                 model[i],
                                                 k ? OH_ENGINE_POOL : OH_ENGINE_GENERAL,
                                                 1,
                                                 false,
                                                 0};
    if (right)
        measure(trial, (1 + OTHERS) * BOTH);
    printf("\nW1 with               general     pool, times W1 as it is\n");
    for (size_t i = 0; right && i < OTHERS; i++) {
        const struct trial *this = &trial[(1 + i) * BOTH];
        printf("%-20s%9.2f%9.2f\n", other[i].about, this[0].best / trial[0].best,
               this[1].best / trial[1].best);
        right = !isnan(this[0].best) && !isnan(this[1].best);
    }
    for (size_t i = 0; i < 1 + OTHERS; i++)
        oh_model_free(model[i]);
    return right && !isnan(trial[0].best) && !isnan(trial[1].best);
}

/* Reading and compiling 1,000 queues and 1,000 groups, each of which serves two of them. */
static bool report_compiling(void)
{
    enum { THINGS = 1000, ROOM = 400 * THINGS };
    char *text = malloc(ROOM);
    if (!text)
        return false;
    int n = snprintf(text, ROOM, "onhold: 1\nname: big\ntime: {open: 08:00-18:00}\nqueues:\n");
    for (int i = 0; i < THINGS; i++)
        n += snprintf(text + n, (size_t)(ROOM - n),
                      "  q%d: {arrivals: 30/h, handling: {exponential: 5 min}, "
                      "patience: {exponential: 2 min}, target: 80%% in 20 s}\n",
                      i);
    n += snprintf(text + n, (size_t)(ROOM - n), "agents:\n");
    for (int i = 0; i < THINGS; i++)
        n += snprintf(text + n, (size_t)(ROOM - n), "  g%d: {count: 4, serves: [q%d, q%d]}\n", i, i,
                      (i + 1) % THINGS);
    double best_read = INFINITY, best_compile = INFINITY;
    bool right = true;
    for (int round = 0; round < ROUNDS && right; round++) {
        oh_diags *diags = oh_diags_new();
        oh_scenario *scenario = NULL;
        oh_model *model = NULL;
        double start = clock_of(CLOCK_PROCESS_CPUTIME_ID);
        right = oh_scenario_load_text(&scenario, "big.yaml", text, (size_t)n, diags) == OH_OK;
        double read = clock_of(CLOCK_PROCESS_CPUTIME_ID);
        right = right && oh_model_compile(&model, scenario, diags) == OH_OK;
        double done = clock_of(CLOCK_PROCESS_CPUTIME_ID);
        best_read = fmin(best_read, read - start);
        best_compile = fmin(best_compile, done - read);
        oh_model_free(model);
        oh_scenario_free(scenario);
        oh_diags_free(diags);
    }
    free(text);
    printf("\n1,000 queues and 1,000 groups: read in %.0f ms, compiled in %.0f ms\n",
           1e3 * best_read, 1e3 * best_compile);
    return right;
}

/* Processor time of a whole process: 200 days of forty-seconds to JSON. */
static bool report_process(const char *program)
{
    double best = INFINITY;
    for (int round = 0; round < 3 * ROUNDS; round++) {
        struct rusage used;
        int status = 1;
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            if (freopen("/dev/null", "w", stdout))
                execl(program, program, "run", "-q", "scenarios/forty-seconds.yaml", "-n", "200",
                      "-j", "1", "--format", "json", (char *)NULL);
            _exit(127);
        }
        if (child < 0 || wait4(child, &status, 0, &used) < 0 || status != 0)
            return false;
        double spent = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                       1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
        best = fmin(best, spent);
    }
    printf("200 days of forty-seconds, process start to JSON: %.0f ms\n", 1e3 * best);
    return true;
}

int main(int argc, char **argv)
{
    bool right = true;
    printf("nanoseconds a call, one thread; times the floor; million events a second (an arrival "
           "and an end\na call) of the faster engine; MiB resident\n\n"
           "%-27s%9s%9s%9s%9s%9s%9s%9s\n",
           "", "general", "pool", "floor", "general x", "pool x", "events", "memory");
    for (size_t i = 0; i < sizeof workloads / sizeof workloads[0]; i++)
        right = report(&workloads[i]) && right;
    right = report_distributions() && right;
    right = report_threads() && right;
    right = report_compiling() && right;
    if (argc > 1)
        right = report_process(argv[1]) && right;
    return right ? EXIT_SUCCESS : EXIT_FAILURE;
}
