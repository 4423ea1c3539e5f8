/* report_verdicts.c - the verdict on each queue in one sentence, and the figures beside it.
 *
 * The same figures and the same judgement as the table's targets (page_targets.c), said to somebody
 * who has never seen that table.
 */
#include <math.h>
#include <string.h>

#include "../base/units.h"
#include "lookup.h"
#include "report_parts.h"

/* "78.2 % ± 0.6 of calls are answered within 20 s; the target is 80 %". */
static const char *told(struct report *r, const oh_column *column, const oh_estimate *e)
{
    char value[WORDS], target[WORDS], within[WORDS], name[WORDS];
    struct arena *a = &r->page.arena;
    const char *id = column->metric->id, *bound = e->at_most ? "at most " : "";
    bool share = strcmp(column->metric->unit, "share") == 0;
    word_measured(value, column->metric->unit, e, e->half_width);
    if (!isnan(e->within))
        format_duration(within, sizeof within, e->within);
    if (share)
        word_round_share(target, e->target);
    else
        word_estimate(target, column->metric->unit, e->target, NAN);
    if (strcmp(id, "service_level") == 0 && !isnan(e->within))
        return arena_printf(a, "%s of calls are answered within %s; the target is %s%s", value,
                            within, bound, target);
    if (!isnan(e->within))
        return arena_printf(a, "%s within %s is %s; the target is %s%s", word_metric(name, id),
                            within, value, bound, target);
    return arena_printf(a, "%s is %s; the target is %s%s", word_metric(name, column->id), value,
                        e->at_most ? "at most " : "at least ", target);
}

static const char *sentence(struct report *r, const char *name, const oh_column *column,
                            const oh_estimate *e)
{
    struct arena *a = &r->page.arena;
    const char *words = told(r, column, e);
    switch (verdict_of(e)) {
    case VERDICT_MET:
        return arena_printf(a, "%s meets its target: %s.", name, words ? words : "");
    case VERDICT_MISSED:
        return arena_printf(a, "%s misses its target: %s.", name, words ? words : "");
    case VERDICT_OPEN:
        return arena_printf(a, "%s is too near its target to tell: %s.", name, words ? words : "");
    case VERDICT_UNDEFINED:
        break;
    }
    return arena_printf(a, "%s has a target, but nothing to measure it by.", name);
}

static const char *without_target(struct report *r, const char *name, size_t queue)
{
    char gone[WORDS], wait[WORDS];
    const oh_result *result = r->page.result;
    double rate = figure_value(result, OH_QUEUE, queue, OH_WHOLE, "abandon_rate");
    double mean = figure_value(result, OH_QUEUE, queue, OH_WHOLE, "wait");
    if (isnan(rate))
        return arena_printf(&r->page.arena, "%s has no target, and nobody called.", name);
    return arena_printf(&r->page.arena,
                        "%s has no target: %s of callers hang up, the mean wait is %s.", name,
                        word_share(gone, rate, NAN), word_duration(wait, mean));
}

static bool worse(enum verdict a, enum verdict b)
{
    static const int badness[] = {
        [VERDICT_MET] = 0, [VERDICT_UNDEFINED] = 1, [VERDICT_OPEN] = 2, [VERDICT_MISSED] = 3};
    return badness[a] > badness[b];
}

/* "All its targets are met on 4 of 10 days." Long runs have no days. */
static const char *how_often(struct report *r, oh_level level, size_t thing)
{
    char words[WORDS];
    double met = figure_value(r->page.result, level, thing, OH_WHOLE, "target_met");
    const char *n = r->page.info.replication;
    if (isnan(met) || r->page.info.replications < 2 || strcmp(n, "run") == 0)
        return NULL;
    return arena_printf(&r->page.arena, "Met %s.", word_frequency(words, met, n));
}

/* The main target's sentence; other targets below it. False: it has none. */
static bool judge(struct report *r, struct report_verdict *v, oh_level level, size_t thing)
{
    const oh_result *result = r->page.result;
    const char *name = oh_result_name(result, level, thing);
    size_t main = 0;
    bool chosen = level == OH_QUEUE && figure_main(result, thing, &main);
    for (size_t c = 0; c < oh_result_columns(result, level); c++) {
        const oh_column *column = oh_result_column(result, level, c);
        oh_estimate e;
        if (!oh_result_estimate(result, level, thing, OH_WHOLE, c, &e) || !e.has_target)
            continue;
        enum verdict verdict = verdict_of(&e);
        if (verdict != VERDICT_UNDEFINED)
            v->often = how_often(r, level, thing);
        v->verdict = !v->judged || worse(verdict, v->verdict) ? verdict : v->verdict;
        v->judged = true;
        if (chosen ? c == main : !v->sentence)
            v->sentence = sentence(r, name, column, &e);
        else
            sheet_note(&r->page.arena, &v->also,
                       arena_printf(&r->page.arena, "%s: %s", verdict_words(verdict),
                                    told(r, column, &e)));
    }
    return v->judged;
}

void report_verdicts(struct report *r)
{
    const oh_result *result = r->page.result;
    struct report_verdict **last = &r->verdicts;
    for (oh_level level = OH_QUEUE; level <= OH_AGENTS; level++) {
        for (size_t i = 0; i < oh_result_things(result, level); i++) {
            struct report_verdict *v = arena_alloc(&r->page.arena, sizeof *v);
            if (!v)
                return;
            bool judged = judge(r, v, level, i);
            if (!judged && level == OH_AGENTS)
                continue;
            if (!judged)
                v->sentence = without_target(r, oh_result_name(result, level, i), i);
            *last = v;
            last = &v->next;
        }
    }
}

/* ---- figures ---- */

static void put_figure(struct report *r, struct report_figure ***last, const char *name,
                       const char *value)
{
    struct report_figure *f = arena_alloc(&r->page.arena, sizeof *f);
    if (!f || !value || strcmp(value, WORD_UNDEFINED) == 0)
        return;
    f->name = name ? name : "";
    f->value = value;
    **last = f;
    *last = &f->next;
}

void report_figures(struct report *r)
{
    const oh_result *result = r->page.result;
    struct report_figure **last = &r->figures;
    const char *replication = r->page.info.replication;
    char words[WORDS];
    oh_estimate e;

    figure(result, OH_TOTAL, 0, OH_WHOLE, "offered", &e);
    put_figure(r, &last, arena_printf(&r->page.arena, "calls a %s", replication),
               page_text(&r->page, word_count(words, e.value)));
    figure(result, OH_TOTAL, 0, OH_WHOLE, "abandon_rate", &e);
    put_figure(r, &last, "callers who hang up",
               page_text(&r->page, word_estimate(words, "share", e.value, e.half_width)));
    figure(result, OH_TOTAL, 0, OH_WHOLE, "asa", &e);
    put_figure(r, &last, "mean wait until answered",
               page_text(&r->page, word_duration(words, e.value)));
    figure(result, OH_TOTAL, 0, OH_WHOLE, "staffed", &e);
    put_figure(r, &last, "agents on average", page_text(&r->page, word_fixed(words, e.value, 1)));
    figure(result, OH_TOTAL, 0, OH_WHOLE, "occupancy", &e);
    put_figure(r, &last, "agents' time busy",
               page_text(&r->page, word_estimate(words, "share", e.value, e.half_width)));
    if (r->page.money.grid.rows > 0 && figure(result, OH_TOTAL, 0, OH_WHOLE, "cost", &e))
        put_figure(r, &last, arena_printf(&r->page.arena, "cost a %s", replication),
                   page_text(&r->page, word_sum(words, e.value, NAN,
                                                oh_model_currency(oh_result_model(result)))));
}
