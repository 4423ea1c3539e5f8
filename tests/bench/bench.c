/* bench.c - how fast is a run? Nanoseconds a call on one thread through the public interface, with
 * everything: random numbers, statistics, histograms; for both engines, and beside them the floor
 * (floor.h).
 *
 * The one idea: the machine may do other work, which only ever adds to a time. So whatever is
 * compared is measured in short slices in turn, until the fastest slices of each agree; those are
 * its time. Every slice's answer must be right: each steady case is held against Erlang A.
 */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <onhold/onhold.h>

#include "floor.h"

/* Seconds that are spent on things to be compared, at least and at most. */
enum { LEAST = 3, MOST = 12 };
enum { FLOOR_SLICE = 1 << 18 };

struct workload {
    const char *name, *about, *file;
    uint32_t agents; /* 0: no exact answer */
    double per_minute;
    uint32_t replications; /* of a slice: some hundredths of a second */
    bool pool;
};

static const double handling = 300, patience = 120;

static const struct workload workloads[] = {
    {"W1", "500 agents", "tests/bench/w1.yaml", 500, 100, 4, true},
    {"W2", "50 agents", "tests/bench/w2.yaml", 50, 10, 40, true},
    {"W3", "50,000 agents", "tests/bench/w3.yaml", 50000, 10000, 1, true},
    {"W1", "queue of 5,000 at most", "tests/bench/w1-look.yaml", 500, 100, 4, false},
    {"W5", "3 queues, 3 groups", "tests/bench/w5.yaml", 0, 0, 4, false},
    {"day", "forty-seconds", "scenarios/forty-seconds.yaml", 0, 0, 400, true},
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

/* The abandonment rate by Erlang A; NAN if there is none. */
static double exact_answer(const struct workload *w)
{
    oh_queue_figures exact;
    return w->agents > 0 && oh_erlang_a(w->per_minute / 60, handling, patience, w->agents, 20,
                                        &exact) == OH_OK
               ? exact.abandon_rate
               : NAN;
}

static bool is_right(const struct workload *w, const oh_result *result, double exact)
{
    oh_estimate found;
    if (isnan(exact))
        return w->agents == 0;
    long column = oh_result_column_find(result, OH_QUEUE, "abandon_rate");
    if (column < 0 || !oh_result_estimate(result, OH_QUEUE, 0, OH_WHOLE, (size_t)column, &found))
        return false;
    /* Twice a 95 % half width: 4 standard errors or more. A single replication has none. */
    double near = isnan(found.half_width) ? 0.003 : 2 * found.half_width;
    bool right = fabs(found.value - exact) <= near;
    if (!right)
        printf("%s: abandoned %.5f +- %.5f, Erlang A %.5f\n", w->name, found.value,
               found.half_width, exact);
    return right;
}

/* Something to be measured: one way to play a workload, or the floor at the same load. */
struct trial {
    const struct workload *w;
    const oh_model *model; /* NULL: the floor */
    oh_engine engine;
    unsigned jobs;
    bool wall; /* the wall's clock rather than the processor's */
    struct floor *floor[2];
    double exact;
    double best[3]; /* nanoseconds a call of the fastest slices, ascending */
    bool right;
};

static uint64_t play_slice(struct trial *t)
{
    oh_run_options options = {
        .replications = t->w->replications, .jobs = t->jobs, .engine = t->engine};
    oh_result *result = NULL;
    t->right = oh_run(&result, t->model, &options, NULL) == OH_OK &&
               is_right(t->w, result, t->exact) && t->right;
    uint64_t calls = result ? oh_result_info(result).calls : 0;
    oh_result_free(result);
    return calls;
}

static void *floor_slice(void *floor)
{
    floor_play(floor, FLOOR_SLICE);
    return NULL;
}

/* One floor here, or two at once that share nothing. */
static uint64_t play_floors(struct trial *t)
{
    pthread_t other;
    bool two = t->jobs == 2;
    if (two && pthread_create(&other, NULL, floor_slice, t->floor[1]) != 0) {
        t->right = false;
        return 0;
    }
    floor_slice(t->floor[0]);
    if (two)
        pthread_join(other, NULL);
    return two ? 2 * FLOOR_SLICE : FLOOR_SLICE;
}

static void prepare(struct trial *t)
{
    const struct workload *w = t->w;
    t->right = true;
    t->best[0] = t->best[1] = t->best[2] = INFINITY;
    t->exact = exact_answer(w);
    for (unsigned i = 0; !t->model && i < t->jobs; i++)
        t->floor[i] = floor_new(w->agents, w->per_minute / 60, handling, patience);
}

static void finish(struct trial *t)
{
    for (unsigned i = 0; !t->model && i < t->jobs; i++) {
        t->right = t->right && fabs(floor_abandoned(t->floor[i]) - t->exact) <= 0.003;
        floor_free(t->floor[i]);
    }
}

static void play(struct trial *t)
{
    clockid_t which = t->wall ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID;
    double start = clock_of(which);
    uint64_t calls = t->model ? play_slice(t) : play_floors(t);
    double each = 1e9 * (clock_of(which) - start) / (double)calls;
    int place = 3;
    for (; place > 0 && each < t->best[place - 1]; place--)
        if (place < 3)
            t->best[place] = t->best[place - 1];
    if (place < 3)
        t->best[place] = each;
}

/* Slices of all in turn, until three of each agree. */
static bool measure(struct trial *trial, size_t n)
{
    bool right = true, agree = false;
    double start = clock_of(CLOCK_MONOTONIC);
    for (size_t i = 0; i < n; i++)
        prepare(&trial[i]);
    while (clock_of(CLOCK_MONOTONIC) - start < (agree ? LEAST : MOST)) {
        agree = true;
        for (size_t i = 0; i < n; i++) {
            play(&trial[i]);
            agree = agree && trial[i].best[2] < 1.02 * trial[i].best[0];
        }
    }
    for (size_t i = 0; i < n; i++) {
        finish(&trial[i]);
        right = right && trial[i].right;
    }
    return right;
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
    struct trial trial[3] = {{.w = w, .model = model, .engine = OH_ENGINE_GENERAL, .jobs = 1}};
    struct trial *general = trial, *pool = NULL, *floor = NULL;
    size_t n = 1;
    if (w->pool)
        *(pool = &trial[n++]) =
            (struct trial){.w = w, .model = model, .engine = OH_ENGINE_POOL, .jobs = 1};
    if (w->agents)
        *(floor = &trial[n++]) = (struct trial){.w = w, .jobs = 1};
    bool right = measure(trial, n);
    printf("%-4s %-22s", w->name, w->about);
    show(general->best[0], "%9.1f");
    show(pool ? pool->best[0] : NAN, "%9.1f");
    show(floor ? floor->best[0] : NAN, "%9.1f");
    show(floor ? general->best[0] / floor->best[0] : NAN, "%11.2f");
    show(pool && floor ? pool->best[0] / floor->best[0] : NAN, "%9.2f");
    show(2000 / (pool ? pool : general)->best[0], "%9.1f");
    show(memory, "%9.1f");
    printf("%s\n", right ? "" : "   wrong");
    oh_model_free(model);
    return right;
}

/* How much faster two threads are on workload W1, and two floors that share nothing: what the
 * machine has to give. */
static bool report_threads(void)
{
    struct workload longer = workloads[0];
    oh_model *model = compile(&longer);
    if (!model)
        return false;
    longer.replications *= 4;
    struct trial trial[4];
    for (unsigned i = 0; i < 4; i++)
        trial[i] = (struct trial){.w = &longer,
                                  .model = i < 2 ? model : NULL,
                                  .engine = OH_ENGINE_POOL,
                                  .jobs = 1 + i % 2,
                                  .wall = true};
    bool right = measure(trial, 4);
    printf("\nW1 on two threads: %.2f times one; two floors that share nothing: %.2f%s\n",
           trial[0].best[0] / trial[1].best[0], trial[2].best[0] / trial[3].best[0],
           right ? "" : "   wrong");
    oh_model_free(model);
    return right;
}

/* W1 with other distributions, as times of exponential ones. */
static bool report_distributions(void)
{
    enum { OTHERS = 3, MODELS = 1 + OTHERS, BOTH = 2 };
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
    oh_model *model[MODELS] = {compile(w)};
    struct trial trial[MODELS * BOTH];
    bool right = model[0] != NULL;
    for (size_t i = 0; right && i < OTHERS; i++) {
        model[1 + i] = compile_with(w, other[i].path, other[i].value);
        right = model[1 + i] != NULL;
    }
    for (size_t i = 0; i < MODELS * BOTH; i++)
        trial[i] = (struct trial){.w = i < BOTH ? w : &no_exact_answer,
                                  .model = model[i / BOTH],
                                  .engine = i % BOTH ? OH_ENGINE_POOL : OH_ENGINE_GENERAL,
                                  .jobs = 1};
    right = right && measure(trial, MODELS * BOTH);
    printf("\nW1 with               general     pool, times W1 as it is\n");
    for (size_t i = 0; right && i < OTHERS; i++)
        printf("%-20s%9.2f%9.2f\n", other[i].about,
               trial[BOTH * (1 + i)].best[0] / trial[0].best[0],
               trial[BOTH * (1 + i) + 1].best[0] / trial[1].best[0]);
    for (size_t i = 0; i < MODELS; i++)
        oh_model_free(model[i]);
    return right;
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
    for (int round = 0; round < 10 && right; round++) {
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
    for (int round = 0; round < 40; round++) {
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
    double load[1];
    if (getloadavg(load, 1) == 1 && load[0] > 0.5)
        printf(
            "Other programs ran on this machine (a load of %.1f). Where they share a core, a call "
            "takes\nup to a half longer, the floor up to a fifth.\n\n",
            load[0]);
    printf("nanoseconds a call, one thread; times the floor; million events a second (an arrival "
           "and an end\na call) of the faster engine; MiB resident\n\n"
           "%-27s%9s%9s%9s%11s%9s%9s%9s\n",
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
