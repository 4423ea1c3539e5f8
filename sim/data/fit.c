/* fit.c - one study after the other, and the names under which a scenario can hold what they find.
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fit_parts.h"
#include "plain_name.h"

#define DEFAULT_WINDOW 3600.0

enum { FEWEST_CALLS = 10 };

void fit_note(oh_fit *fit, const char *format, ...)
{
    char text[400];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    const char *copy = fit->notes < FIT_NOTES ? arena_strdup(&fit->arena, text) : NULL;
    if (copy)
        fit->note[fit->notes++] = copy;
}

/* ---- names ---- */

static bool unlike_the_others(const oh_fit *fit, size_t q, const char *name)
{
    char other[PLAIN_NAME];
    for (size_t i = 0; i < fit->queues; i++) {
        plain_name(other, fit->queue[i].words, "queue", false);
        if (i != q && strcmp(other, name) == 0)
            return false;
    }
    return true;
}

static bool group_taken(const oh_fit *fit, size_t g, const char *name)
{
    for (size_t i = 0; i < g; i++)
        if (strcmp(fit->agents.group[i].name, name) == 0)
            return true;
    return false;
}

static bool name_queues(oh_fit *fit, const oh_log *log)
{
    char name[PLAIN_NAME];
    for (size_t q = 0; q < fit->queues; q++) {
        fit->queue[q].words = arena_strdup(&fit->arena, log->queue_name.name[fit->number[q]]);
        if (!fit->queue[q].words)
            return false;
    }
    for (size_t q = 0; q < fit->queues; q++) {
        struct fit_queue *queue = &fit->queue[q];
        plain_name(name, queue->words, "queue", false);
        if (!unlike_the_others(fit, q, name))
            plain_name(name, queue->words, "queue", true);
        queue->name = arena_strdup(&fit->arena, name);
        if (!queue->name)
            return false;
    }
    for (size_t g = 0; g < fit->agents.groups; g++) {
        struct fit_group *group = &fit->agents.group[g];
        const char *word = group->name;
        plain_name(name, word, "group", false);
        if (group_taken(fit, g, name))
            plain_name(name, word, "group", true);
        group->name = arena_strdup(&fit->arena, name);
        if (!group->name)
            return false;
    }
    return true;
}

/* ---- totals ---- */

static double calls_of(const oh_log *log, uint32_t q)
{
    const struct log_queue *queue = &log->queue[q];
    return (double)(queue->answered + queue->abandoned + queue->left + queue->blocked);
}

struct ranked {
    double calls;
    uint32_t queue;
};

static int most_first(const void *pa, const void *pb)
{
    const struct ranked *a = pa, *b = pb;
    if (a->calls != b->calls)
        return a->calls > b->calls ? -1 : 1;
    return a->queue < b->queue ? -1 : a->queue > b->queue;
}

static bool list_queues(oh_fit *fit, const oh_log *log)
{
    struct ranked ranked[LOG_QUEUES];
    size_t n = 0;
    for (uint32_t q = 0; q < log->queue_name.count; q++)
        if (calls_of(log, q) > 0)
            ranked[n++] = (struct ranked){calls_of(log, q), q};
    if (n > 0)
        qsort(ranked, n, sizeof *ranked, most_first);
    fit->queues = n;
    fit->queue = arena_array(&fit->arena, n, sizeof *fit->queue);
    fit->number = arena_array(&fit->arena, n, sizeof *fit->number);
    fit->place = arena_array(&fit->arena, LOG_QUEUES, sizeof *fit->place);
    if (!fit->queue || !fit->number || !fit->place)
        return false;
    for (size_t q = 0; q < LOG_QUEUES; q++)
        fit->place[q] = NO_PLACE;
    for (size_t q = 0; q < n; q++) {
        fit->number[q] = ranked[q].queue;
        fit->place[ranked[q].queue] = (uint32_t)q;
    }
    return true;
}

static void add_totals(struct fit_queue *out, const oh_log *log, uint32_t q)
{
    const struct log_queue *from = &log->queue[q];
    out->answered += from->answered;
    out->abandoned += from->abandoned;
    out->blocked += from->blocked;
    out->offered += from->answered + from->abandoned + from->left;
    out->delayed += (double)(from->waits.ended + from->waits.censored + from->balked);
    for (size_t p = 0; p < log->pages; p++) {
        if (log->page[p].queue != q)
            continue;
        for (size_t s = 0; s < log->intervals; s++) {
            out->wait += log->page[p].cell[s].wait;
            out->asa += log->page[p].cell[s].wait_answered;
            out->within += log->page[p].cell[s].within;
        }
    }
}

static void finish_totals(struct fit_queue *out, bool levels)
{
    out->service_level =
        levels && out->offered > 0 ? (double)out->within / (double)out->offered : NAN;
    double left = out->wait - out->asa;
    out->wait = out->offered > 0 ? out->wait / (double)out->offered : NAN;
    out->asa = out->answered > 0 ? out->asa / (double)out->answered : NAN;
    out->wait_abandoned = out->abandoned > 0 ? left / (double)out->abandoned : NAN;
    out->delayed = out->offered > 0 ? out->delayed / (double)out->offered : NAN;
}

static void totals(oh_fit *fit, const oh_log *log)
{
    for (size_t q = 0; q < fit->queues; q++) {
        add_totals(&fit->total, log, fit->number[q]);
        add_totals(&fit->queue[q], log, fit->number[q]);
        finish_totals(&fit->queue[q], log->has_levels);
    }
    finish_totals(&fit->total, log->has_levels);
}

/* ---- the whole ---- */

/* A scenario that is fitted begins where callers want an agent. */
static void tell_self_served(oh_fit *fit, const oh_log *log)
{
    uint64_t n = 0;
    for (size_t q = 0; q < log->queue_name.count; q++)
        n += log->queue[q].self_served;
    if (n > 0)
        fit_note(fit,
                 "%llu callers served themselves and wanted no agent: they are not in the scenario",
                 (unsigned long long)n);
}

static bool is_stopped(const oh_log *log)
{
    return log->cancel && atomic_load(log->cancel);
}

static bool studies(oh_fit *fit, oh_log *log, double window)
{
    if (!fit_classes(fit, log) || !fit_skills(fit, log) ||
        !calendar_make(&fit->calendar, &fit->arena, log) || !list_queues(fit, log))
        return false;
    totals(fit, log);
    tell_self_served(fit, log);
    if (!fit_customers(fit, log, window) || !fit_arrivals(fit, log) || is_stopped(log) ||
        !agents_groups(fit, log) || !fit_handling(fit, log) || is_stopped(log) ||
        !fit_ring(fit, log) || !fit_patience(fit, log) || !fit_agents(fit, log))
        return false;
    if (fit->intervals)
        fit_reported_agents(fit, log);
    return name_queues(fit, log) && fit_priorities(fit, log);
}

static bool is_enough(const oh_fit *fit, oh_diags *diags)
{
    const char *missing = fit->total.offered < FEWEST_CALLS ? "calls"
                          : fit->total.answered == 0        ? "answered calls"
                          : fit->calendar.normal == 0       ? "days that are alike"
                                                            : NULL;
    bool open = false;
    for (unsigned w = 0; w < WEEKDAYS; w++)
        open = open || fit->calendar.opening[w].open;
    if (!missing && !open)
        missing = "opening hours";
    if (!missing && fit->total.handling.part[PART_HANDLING].n == 0)
        missing = "handling times";
    if (!missing)
        return true;
    finding(diags, CODE_E210, (struct span){0},
            "the log has too little to make a scenario of: no "
            "or too few %s",
            missing);
    if (strcmp(missing, "handling times") == 0)
        finding_hint(diags, "a column handling, talk or ended_at tells how long a call took; "
                            "--map MAP.yaml gives it its name");
    return false;
}

oh_status oh_fit_make(oh_fit **out, oh_log *log, const oh_fit_options *options, oh_diags *diags)
{
    static const oh_fit_options none;
    const oh_fit_options *o = options ? options : &none;
    *out = NULL;
    oh_fit *fit = calloc(1, sizeof *fit);
    if (!fit)
        return OH_NO_MEMORY;
    arena_init(&fit->arena);
    fit->name = arena_strdup(&fit->arena, o->name ? o->name : "fitted");
    fit->source = arena_strdup(&fit->arena, o->source ? o->source : "a call log");
    fit->staff = o->staff ? arena_strdup(&fit->arena, o->staff) : NULL;
    fit->staff_column = arena_strdup(&fit->arena, o->staff_column ? o->staff_column : "agents");
    fit->within = log->within;
    fit->intervals = !log->has_calls;
    fit->abandon_wait = log->has_abandon_wait;
    bool done = studies(fit, log, o->window > 0 ? o->window : DEFAULT_WINDOW);
    bool enough = done && !fit->arena.failed && is_enough(fit, diags);
    if (enough && !findings_failed(diags)) {
        *out = fit;
        return OH_OK;
    }
    bool no_memory = !done || fit->arena.failed || findings_failed(diags);
    oh_fit_free(fit);
    return !done && is_stopped(log) ? OH_CANCELLED : no_memory ? OH_NO_MEMORY : OH_INVALID;
}

void oh_fit_free(oh_fit *fit)
{
    if (!fit)
        return;
    arena_free(&fit->arena);
    free(fit);
}

bool oh_fit_move_staff(oh_fit *fit, const char *name)
{
    const char *copy = arena_strdup(&fit->arena, name);
    if (copy)
        fit->staff = copy;
    return copy != NULL;
}
