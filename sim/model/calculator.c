/* calculator.c - answers: what is sought is found by the inverses of sim/math, then the forward
 * formula gives all figures of the line, so that given and found lines look alike.
 */
#include "calculator.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WRONG(...) (snprintf(wrong, OH_CALCULATOR_WORDS, __VA_ARGS__), OH_ARGUMENT)

static const oh_queue_figures no_figures = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};

/* What needs the length of a second stays unknown where only the load is given. */
static void forget_times(oh_answer *a)
{
    a->rate = NAN;
    a->figures.asa = a->figures.wait = a->figures.wait_abandoned = NAN;
}

/* The share of all callers who hang up within t. */
static oh_status gone_by(oh_steady_queue q, double agents, double t, double *share)
{
    oh_queue_figures f;
    q.threshold = t;
    oh_status status = oh_steady_figures(&q, agents, &f);
    *share = f.service_level_credit - f.service_level;
    return status;
}

/* All figures of a line whose agents, load and time limit are known. */
static oh_status fill(const oh_calculation *c, oh_answer *a)
{
    oh_steady_queue q = c->queue;
    a->rate = a->load / q.handling;
    a->figures = no_figures;
    a->blocked = a->service_level_short = a->service_level_no_short = NAN;
    if (c->formula == FORMULA_B) {
        a->blocked = oh_erlang_b(a->load, a->agents);
        a->figures.occupancy = a->load * (1 - a->blocked) / a->agents;
        if (!c->has_handling)
            forget_times(a);
        return OH_OK;
    }
    q.rate = a->rate;
    q.threshold = isfinite(a->within) ? a->within : 0;
    oh_status status = oh_steady_figures(&q, a->agents, &a->figures);
    if (status != OH_OK)
        return status;
    if (!isfinite(a->within)) {
        a->figures.service_level = a->figures.service_level_answered = NAN;
        a->figures.service_level_net = a->figures.service_level_credit = NAN;
    } else if (!isnan(c->short_abandon)) {
        double gone;
        status = gone_by(q, a->agents, c->short_abandon, &gone);
        a->service_level_short = a->figures.service_level + gone;
        a->service_level_no_short = a->figures.service_level / (1 - gone);
    }
    if (!c->has_handling)
        forget_times(a);
    return status;
}

/* ---- what is sought ---- */

static oh_status find_agents(const oh_calculation *c, oh_answer *a, char *wrong)
{
    oh_steady_queue q = c->queue;
    if (!(c->load > 0))
        return WRONG("nobody calls, so no agents are needed");
    if (c->load > CALCULATOR_AGENTS)
        return WRONG("a load of more than %.0f erlang is beyond this calculator",
                     CALCULATOR_AGENTS);
    if (c->formula == FORMULA_B) {
        a->agents = oh_erlang_b_servers(c->load, c->goal.level);
        return OH_OK;
    }
    q.rate = c->load / q.handling;
    oh_status status = oh_erlang_agents(&q, &c->goal, &a->agents);
    if (status == OH_LIMIT)
        return WRONG("no number of agents reaches that target");
    return status;
}

static oh_status find_load(const oh_calculation *c, oh_answer *a, char *wrong)
{
    oh_steady_queue q = c->queue;
    oh_status status = OH_OK;
    if (c->formula == FORMULA_B) {
        a->load = oh_erlang_b_load(a->agents, c->goal.level);
    } else if (c->formula == FORMULA_C && strcmp(c->goal.metric, "delayed") == 0) {
        a->load = oh_erlang_c_load(a->agents, c->goal.level);
    } else {
        double rate;
        status = oh_erlang_rate(&q, &c->goal, a->agents, &rate);
        a->load = rate * q.handling;
    }
    if (status == OH_OK && isinf(a->load))
        return WRONG("%.0f agents reach that target with any load", a->agents);
    return status;
}

static oh_status find_time(const oh_calculation *c, oh_answer *a)
{
    const oh_goal goal = {"service_level", c->share};
    oh_steady_queue q = c->queue;
    q.rate = c->load / q.handling;
    return oh_erlang_time(&q, &goal, a->agents, &a->within);
}

static oh_status answer(const oh_calculation *c, oh_answer *a, char *wrong)
{
    oh_status status = OH_OK;
    a->load = c->load;
    a->within = c->within;
    if (c->sought == SOUGHT_AGENTS)
        status = find_agents(c, a, wrong);
    else if (c->sought == SOUGHT_LOAD)
        status = find_load(c, a, wrong);
    else if (c->sought == SOUGHT_TIME)
        status = find_time(c, a);
    return status == OH_OK ? fill(c, a) : status;
}

oh_status oh_calculate(oh_calculation **out, const oh_question *question,
                       char wrong[OH_CALCULATOR_WORDS])
{
    oh_calculation *c = calloc(1, sizeof *c);
    *out = NULL;
    wrong[0] = '\0';
    if (!c)
        return OH_NO_MEMORY;
    arena_init(&c->arena);
    oh_status status = calculator_read(c, question, wrong);
    if (status == OH_OK && c->lines == 0) {
        c->line = arena_array(&c->arena, 1, sizeof *c->line);
        c->lines = 1;
        status = c->line ? OH_OK : OH_NO_MEMORY;
    }
    for (size_t i = 0; status == OH_OK && i < c->lines; i++)
        status = answer(c, &c->line[i], wrong);
    if (status == OH_ARGUMENT && !*wrong) /* what no single option is to blame for */
        status = WRONG("the numbers are beyond what the formulas can be computed for");
    if (status == OH_OK) {
        *out = c;
        return OH_OK;
    }
    oh_calculation_free(c);
    return status;
}

void oh_calculation_free(oh_calculation *c)
{
    if (!c)
        return;
    oh_model_free(c->shape);
    arena_free(&c->arena);
    free(c);
}

size_t oh_calculation_lines(const oh_calculation *c)
{
    return c->lines;
}

const oh_answer *oh_calculation_line(const oh_calculation *c, size_t i)
{
    return &c->line[i];
}

const char *oh_calculation_model(const oh_calculation *c)
{
    static const char *const names[] = {"b", "c", "a", "g"};
    return names[c->formula];
}
