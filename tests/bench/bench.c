/* bench.c - how fast is a run? Nanoseconds a call on one thread through the public interface, with
 * everything: random numbers, statistics, histograms.
 *
 * A figure counts only if the answer is right: each steady case is first held against Erlang A.
 * The best of ROUNDS is shown, since other work on the machine only ever adds time.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <onhold/onhold.h>

enum { ROUNDS = 3 };

struct workload {
    const char *name, *about;
    double agents, per_minute, handling, patience; /* seconds; agents 0: the file */
    const char *file;
    const char *warm_up, *length;
    uint32_t replications;
};

static const struct workload workloads[] = {
    {"W1", "500 agents", 500, 100, 300, 120, NULL, "1 h", "8 h", 20},
    {"W2", "50 agents", 50, 10, 300, 120, NULL, "1 h", "9 h", 200},
    {"W3", "50,000 agents", 50000, 10000, 300, 120, NULL, "1 h", "20 min", 6},
    {"day", "forty-seconds", 0, 0, 0, 0, "scenarios/forty-seconds.yaml", NULL, NULL, 1000},
};

static bool to_stderr(void *user, const char *text, size_t length)
{
    return fwrite(text, 1, length, user) == length;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static oh_model *compile(const struct workload *w)
{
    oh_diags *diags = oh_diags_new();
    oh_scenario *scenario = NULL;
    oh_model *model = NULL;
    char text[1024];
    oh_status status;
    if (w->file) {
        status = oh_scenario_load(&scenario, w->file, diags);
    } else {
        int length = snprintf(text, sizeof text,
                              "onhold: 1\nname: %s\ntime: {steady: {warm_up: %s, length: %s}}\n"
                              "queues: {q: {arrivals: %g/min, handling: {exponential: %g s},\n"
                              "  patience: {exponential: %g s}, target: 80%% in 20 s}}\n"
                              "agents: {a: {count: %.0f, serves: [q]}}\n",
                              w->name, w->warm_up, w->length, w->per_minute, w->handling,
                              w->patience, w->agents);
        status = oh_scenario_load_text(&scenario, w->name, text, (size_t)length, diags);
    }
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
    if (w->file)
        return true;
    oh_queue_figures exact;
    oh_estimate found;
    long column = oh_result_column_find(result, OH_QUEUE, "abandon_rate");
    if (column < 0 ||
        oh_erlang_a(w->per_minute / 60, w->handling, w->patience, w->agents, 20, &exact) != OH_OK ||
        !oh_result_estimate(result, OH_QUEUE, 0, OH_WHOLE, (size_t)column, &found))
        return false;
    printf("  abandoned %.5f +- %.5f, Erlang A %.5f\n", found.value, found.half_width,
           exact.abandon_rate);
    /* Twice a 95 % half width: 4 standard errors or more. */
    return fabs(found.value - exact.abandon_rate) <= 2 * found.half_width;
}

static bool measure(const struct workload *w)
{
    oh_model *model = compile(w);
    if (!model)
        return false;
    double best = INFINITY;
    bool right = true;
    for (int round = 0; round < ROUNDS && right; round++) {
        oh_run_options options = {.replications = w->replications, .jobs = 1};
        oh_result *result = NULL;
        double start = seconds_now();
        right = oh_run(&result, model, &options, NULL) == OH_OK;
        double spent = seconds_now() - start;
        if (right)
            best = fmin(best, 1e9 * spent / (double)oh_result_info(result).calls);
        if (right && round == 0)
            right = is_right(w, result);
        oh_result_free(result);
    }
    oh_model_free(model);
    if (right)
        printf("%-4s %-16s %7.1f ns a call\n", w->name, w->about, best);
    else
        printf("%-4s %-16s   wrong\n", w->name, w->about);
    return right;
}

int main(void)
{
    bool right = true;
    for (size_t i = 0; i < sizeof workloads / sizeof workloads[0]; i++)
        right = measure(&workloads[i]) && right;
    return right ? EXIT_SUCCESS : EXIT_FAILURE;
}
