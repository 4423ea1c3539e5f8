/* calculator_read.c - from the words of a question to numbers, and what is missing or too much.
 *
 * The one idea: quantities are read by the same readers as a scenario's. What only a scenario can
 * say (a patience of any shape, a target on any figure) is put into a small scenario and compiled.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/units.h"
#include "calculator.h"

enum { MOST_CORNERS = 1024 };

#define WRONG(...) (snprintf(wrong, OH_CALCULATOR_WORDS, __VA_ARGS__), OH_ARGUMENT)

/* ---- single quantities ---- */

static oh_status complain(char *wrong, const char *option, const struct problem *problem)
{
    return WRONG("--%s: %s%s%s", option, problem->message, *problem->hint ? "; " : "",
                 problem->hint);
}

static oh_status read_duration(const char *option, const char *text, double *out, char *wrong)
{
    struct problem problem = {"", ""};
    if (text && !unit_duration(text, out, &problem))
        return complain(wrong, option, &problem);
    return OH_OK;
}

static oh_status read_share(const char *option, const char *text, double *out, char *wrong)
{
    struct problem problem = {"", ""};
    if (text && !unit_share(text, out, &problem))
        return complain(wrong, option, &problem);
    return OH_OK;
}

/* ---- what a scenario can say ---- */

/* A scenario with one value set on its queue; OH_ARGUMENT with the first finding in words. */
static oh_status compile_with(oh_model **out, const char *option, const char *text, char *wrong)
{
    static const char plain[] = "onhold: 1\nname: calculator\n"
                                "time: {steady: {warm_up: 1 h, length: 1 h}}\n"
                                "queues: {line: {arrivals: 1 per h, handling: {constant: 1 min}, "
                                "patience: never}}\nagents: {desk: {count: 1, serves: [line]}}\n";
    char path[64];
    oh_scenario *scenario = NULL;
    oh_diags *diags = oh_diags_new();
    if (!diags)
        return OH_NO_MEMORY;
    snprintf(path, sizeof path, "queues.line.%s", option);
    oh_status status =
        oh_scenario_load_text(&scenario, "calculator", plain, sizeof plain - 1, diags);
    if (status == OH_OK)
        status = oh_scenario_set(scenario, path, text, diags);
    if (status == OH_OK)
        status = oh_model_compile(out, scenario, diags);
    for (size_t i = 0; status == OH_INVALID && i < oh_diags_count(diags); i++) {
        const oh_diag *d = oh_diags_at(diags, i);
        if (d->severity == OH_ERROR)
            status = WRONG("--%s: %s%s%s", option, d->message, d->hint ? "; " : "",
                           d->hint ? d->hint : "");
    }
    oh_scenario_free(scenario);
    oh_diags_free(diags);
    return status;
}

/* Of all that a target can be set on, what the formulas know. */
static oh_status read_target(oh_calculation *c, const char *text, char *wrong)
{
    oh_model *model = NULL;
    oh_queue_figures any;
    oh_status status = compile_with(&model, "target", text, wrong);
    if (status != OH_OK)
        return status;
    const struct spec_queue *queue = model->queue[0].rules;
    const struct spec_target *target = &queue->target[0];
    if (queue->targets != 1) {
        status = WRONG("--target: one target is enough, like '80%% in 20 s'");
    } else if (!oh_figure_find(&any, target->metric)) {
        status = WRONG("--target: the formulas do not tell '%s'", target->metric);
    } else {
        c->has_goal = true;
        c->goal = (oh_goal){arena_strdup(&c->arena, target->metric), target->level};
        if (!isnan(target->within))
            c->queue.threshold = target->within;
        if (isnan(c->within))
            c->within = target->within;
    }
    oh_model_free(model);
    return status;
}

static double survival(double x, const void *patience)
{
    return 1 - dist_cdf(patience, x);
}

/* Patience of any shape. */
static oh_status take_shape(oh_calculation *c, const struct dist *patience)
{
    double *corner = arena_array(&c->arena, MOST_CORNERS, sizeof *corner);
    if (!corner)
        return OH_NO_MEMORY;
    c->formula = FORMULA_G;
    c->queue.survival = survival;
    c->queue.user = patience;
    c->queue.atoms = corner;
    c->queue.n_atoms = dist_corners(patience, corner, MOST_CORNERS);
    return OH_OK;
}

static oh_status read_patience(oh_calculation *c, const char *text, char *wrong)
{
    const char *at = text + strspn(text, " ");
    if (*at != '{' && strcmp(at, "never") != 0) {
        oh_status status = read_duration("patience", text, &c->queue.patience, wrong);
        if (status == OH_OK && !(c->queue.patience > 0))
            return WRONG("--patience: callers without patience are those of Erlang B: onhold "
                         "erlang b");
        return status;
    }
    oh_status status = compile_with(&c->shape, "patience", text, wrong);
    if (status != OH_OK)
        return status;
    const struct dist *patience = c->shape->queue[0].patience;
    c->queue.patience = dist_mean(patience);
    return dist_is_never(patience) ? OH_OK : take_shape(c, patience);
}

/* ---- agents: "14", "10..16", "10..30..5", "10, 12" ---- */

static bool dots(const char **text)
{
    if (strncmp(*text, "..", 2) != 0)
        return false;
    *text += 2;
    return true;
}

static bool range(const char **text, double *first, double *last, double *step)
{
    double *const part[] = {first, last, step};
    *step = 1;
    for (int i = 0; i < 3; i++) {
        *text += strspn(*text, " ");
        size_t n = strspn(*text, "0123456789");
        if (n == 0 || n > 8)
            return false;
        for (*part[i] = 0; n > 0; n--, (*text)++)
            *part[i] = 10 * *part[i] + (**text - '0');
        *text += strspn(*text, " ");
        if (i == 0)
            *last = *first;
        if (i < 2 && !dots(text))
            break;
    }
    return *first >= 1 && *step >= 1 && *last >= *first && *last <= CALCULATOR_AGENTS;
}

static oh_status read_agents(oh_calculation *c, const char *text, char *wrong)
{
    double first, last, step;
    /* once to count, once to fill */
    for (int pass = 0; pass < 2; pass++) {
        const char *at = text;
        size_t n = 0;
        do {
            if (!range(&at, &first, &last, &step) || (*at != ',' && *at != '\0'))
                return WRONG("--agents: \"%.60s\" is not a number of agents from 1 to %.0f, a "
                             "range like 10..16 or 10..30..5, or a list like 10,12,15",
                             text, CALCULATOR_AGENTS);
            if ((last - first) / step + (double)n >= CALCULATOR_LINES)
                return WRONG("--agents: that is more than %d lines", CALCULATOR_LINES);
            for (double k = first; k <= last; k += step, n++)
                if (pass == 1)
                    c->line[n].agents = k;
        } while (*at++ == ',');
        if (pass == 0) {
            c->lines = n;
            c->line = arena_array(&c->arena, n, sizeof *c->line);
            if (!c->line)
                return OH_NO_MEMORY;
        }
    }
    return OH_OK;
}

/* ---- load: from arrivals and handling, or given ---- */

static oh_status read_load(oh_calculation *c, const oh_question *q, char *wrong)
{
    struct problem problem = {"", ""};
    double rate;
    oh_status status = read_duration("handling", q->handling, &c->queue.handling, wrong);
    c->has_handling = q->handling != NULL;
    if (status != OH_OK)
        return status;
    if (!(c->queue.handling > 0))
        return WRONG("--handling: it must be above 0 s");
    if (q->arrivals && q->load)
        return WRONG("--arrivals and --load say the same twice; leave one of them out");
    if (q->arrivals && !q->handling)
        return WRONG("--arrivals need --handling, the mean handling time, like '180 s'");
    c->has_load = q->arrivals || q->load;
    if (q->arrivals) {
        if (!unit_rate(q->arrivals, 86400, &rate, &problem))
            return complain(wrong, "arrivals", &problem);
        c->load = rate * c->queue.handling;
    }
    if (q->load && (!unit_number(q->load, &c->load, &problem) || c->load < 0))
        return WRONG("--load: \"%.60s\" is not a load in erlang, like 10 or 8.5", q->load);
    return OH_OK;
}

/* ---- what goes together ---- */

static oh_status unfit(const char *option, const char *why, char *wrong)
{
    return WRONG("--%s does not go with this model: %s", option, why);
}

static oh_status check_model(oh_calculation *c, const oh_question *q, char *wrong)
{
    static const char lost[] = "in Erlang B nobody waits, who finds no free agent is lost";
    const char *model = q->model ? q->model : "";
    if (strcmp(model, "b") == 0) {
        c->formula = FORMULA_B;
        const struct {
            const char *option, *given;
        } more[] = {{"patience", q->patience}, {"within", q->within},
                    {"target", q->target},     {"delayed", q->delayed},
                    {"share", q->share},       {"short-abandon", q->short_abandon}};
        for (size_t i = 0; i < sizeof more / sizeof *more; i++)
            if (more[i].given)
                return unfit(more[i].option, lost, wrong);
        return OH_OK;
    }
    if (q->blocked)
        return unfit("blocked", "everybody may wait; onhold erlang b tells who is lost", wrong);
    if (strcmp(model, "c") == 0) {
        c->formula = FORMULA_C;
        if (q->patience)
            return unfit("patience", "in Erlang C nobody hangs up; onhold erlang a knows patience",
                         wrong);
        return OH_OK;
    }
    if (strcmp(model, "a") != 0)
        return WRONG("there is no model '%.20s': b (nobody waits), c (everybody waits) or a "
                     "(callers hang up)",
                     model);
    c->formula = FORMULA_A;
    if (!q->patience)
        return WRONG("Erlang A needs --patience, the mean, like '5 min', or "
                     "'{hung_up_by: {40 s: 15%%}}'");
    return OH_OK;
}

/* Blocked, delayed or a target: at most one of them. */
static oh_status read_goal(oh_calculation *c, const oh_question *q, char *wrong)
{
    const char *option = q->blocked ? "blocked" : "delayed";
    const char *text = q->blocked ? q->blocked : q->delayed;
    double share;
    if (q->target && text)
        return WRONG("--target and --%s are two targets; leave one of them out", option);
    if (q->target)
        return read_target(c, q->target, wrong);
    if (!text)
        return OH_OK;
    oh_status status = read_share(option, text, &share, wrong);
    if (status != OH_OK)
        return status;
    if (!(share > 0 && share < 1))
        return WRONG("--%s: a share above 0%% and below 100%% can be asked for", option);
    c->has_goal = true;
    c->goal = (oh_goal){option, share};
    return OH_OK;
}

static oh_status decide(oh_calculation *c, const oh_question *q, char *wrong)
{
    bool waits = c->formula != FORMULA_B;
    const char *promise = waits ? "--target '80% in 20 s'" : "--blocked 1%";
    if (q->agents && c->has_load && c->has_goal)
        return WRONG("load, --agents and %s are all given: leave out the one that is asked for",
                     q->target    ? "--target"
                     : q->blocked ? "--blocked"
                                  : "--delayed");
    if (q->share && (c->has_goal || !q->agents || !c->has_load))
        return WRONG("--share asks for a time: give it with --agents and the load, without a "
                     "target");
    if (q->share && q->within)
        return WRONG("--share asks for the time limit; leave --within out");
    if (!q->agents && !c->has_goal)
        return WRONG("how many agents, or for which target? give --agents 14 or %s", promise);
    if (!c->has_load && !(q->agents && c->has_goal))
        return WRONG("how many calls? give --arrivals '100 per 30 min' and --handling '180 s', or "
                     "--load 10");
    bool timed = q->within || q->share || q->patience || q->short_abandon || q->target;
    if (waits && timed && !c->has_handling)
        return WRONG("waiting times need --handling, the mean handling time, like '180 s'");
    c->sought = q->share      ? SOUGHT_TIME
                : !q->agents  ? SOUGHT_AGENTS
                : c->has_load ? SOUGHT_FIGURES
                              : SOUGHT_LOAD;
    return OH_OK;
}

/* Copies of what was asked: an answer outlives its question. */
static void keep_texts(oh_calculation *c, const oh_question *q)
{
    c->text =
        (oh_question){.arrivals = q->arrivals, .handling = q->handling, .patience = q->patience};
    const char **const kept[] = {&c->text.arrivals, &c->text.handling, &c->text.patience};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (*kept[i])
            *kept[i] = arena_strdup(&c->arena, *kept[i]);
}

oh_status calculator_read(oh_calculation *c, const oh_question *q, char wrong[OH_CALCULATOR_WORDS])
{
    c->load = c->within = c->share = c->short_abandon = NAN;
    c->queue = (oh_steady_queue){.handling = 1, .patience = INFINITY};
    keep_texts(c, q);
    oh_status status = check_model(c, q, wrong);
    if (status == OH_OK)
        status = read_load(c, q, wrong);
    if (status == OH_OK)
        status = read_duration("within", q->within, &c->within, wrong);
    if (status == OH_OK)
        status = read_duration("short-abandon", q->short_abandon, &c->short_abandon, wrong);
    if (status == OH_OK)
        status = read_share("share", q->share, &c->share, wrong);
    if (status == OH_OK && q->patience)
        status = read_patience(c, q->patience, wrong);
    if (status == OH_OK)
        status = read_goal(c, q, wrong);
    if (status == OH_OK)
        status = decide(c, q, wrong);
    if (status == OH_OK && q->agents)
        status = read_agents(c, q->agents, wrong);
    if (status == OH_OK && c->arena.failed)
        status = OH_NO_MEMORY;
    return status;
}
