/* compare_page.c - a comparison for people: by each thing that counts who is best, then what each
 * variant changes.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare_page.h"

/* ---- words ---- */

static const char *text_of(struct compare_page *p, const char *words)
{
    return arena_strdup(&p->arena, words);
}

static enum tone tone_of(int news, const oh_difference *d)
{
    return news > 0                         ? TONE_GOOD
           : news < 0                       ? TONE_BAD
           : d->verdict == OH_NO_DIFFERENCE ? TONE_FAINT
                                            : TONE_PLAIN;
}

static const char *value_words(struct compare_page *p, const oh_metric *metric, double value,
                               double half_width)
{
    char words[WORDS];
    if (strcmp(metric->unit, "money") == 0)
        return text_of(p, isnan(value) ? WORD_UNDEFINED
                                       : word_sum(words, value, half_width, p->currency));
    return text_of(p, word_estimate(words, metric->unit, value, half_width));
}

static struct grid_cell difference_cell(struct compare_page *p, size_t variant,
                                        const oh_metric *metric, const oh_difference *d)
{
    char words[WORDS];
    difference_words(words, metric, d, oh_comparison_name(p->comparison, 0),
                     oh_comparison_name(p->comparison, variant));
    return (struct grid_cell){text_of(p, words), tone_of(difference_news(metric, d), d)};
}

static enum tone verdict_tone(enum verdict verdict)
{
    return verdict == VERDICT_MET ? TONE_GOOD : verdict == VERDICT_MISSED ? TONE_BAD : TONE_UNSURE;
}

/* ---- who is best ---- */

static const char *surely_words(struct compare_page *p, double surely)
{
    char share[WORDS];
    if (surely > 0.999)
        return "more than 99.9 %";
    word_fixed(share, floor(1000 * surely + 1e-9) / 10, 1);
    return arena_printf(&p->arena, "at least %s %%", share);
}

const char *compare_best_words(struct compare_page *p, const oh_best *best)
{
    const char *winner = oh_comparison_name(p->comparison, best->winner);
    if (!(best->surely > 0.5)) /* 0.5: of two that are the same */
        return "Which of them is best cannot be told yet: they are too near each other.";
    const char *surely = surely_words(p, best->surely);
    return arena_printf(&p->arena, "The best is %s; the chance that this is right is %s.", winner,
                        surely ? surely : "");
}

static void put_contender(struct compare_page *p, struct grid *g, const oh_best *best, size_t i)
{
    const oh_column *column = oh_comparison_column(p->comparison, best->level, best->column);
    struct grid_row *row = grid_row(g);
    oh_difference d;
    oh_estimate e;
    if (!row)
        return;
    row->cell[0] = (struct grid_cell){oh_comparison_name(p->comparison, i), TONE_STRONG};
    if (criterion_estimate(p->comparison, best, i, &e)) {
        const char *value = value_words(p, column->metric, e.value, e.half_width);
        row->cell[1].text = value;
        if (e.has_target) {
            row->cell[1].text = arena_printf(&p->arena, "%s, %s", verdict_words(verdict_of(&e)),
                                             value ? value : "");
            row->cell[1].tone = verdict_tone(verdict_of(&e));
        }
    }
    if (i > 0 &&
        oh_comparison_read(p->comparison, i, best->level, best->thing, OH_WHOLE, best->column, &d))
        row->cell[2] = difference_cell(p, i, column->metric, &d);
}

static void put_criteria(struct compare_page *p)
{
    char words[WORDS];
    p->criteria = oh_comparison_criteria(p->comparison, COMPARE_CRITERIA, p->best);
    for (size_t k = 0; k < p->criteria; k++) {
        const oh_best *best = &p->best[k];
        criterion_words(words, p->comparison, best);
        struct page_section *section = sheet_section(&p->sheet, &p->arena, text_of(p, words));
        if (!section)
            return;
        for (size_t c = 0; c < 3; c++)
            grid_column(&section->grid, "", false);
        for (size_t i = 0; i < oh_comparison_count(p->comparison); i++)
            put_contender(p, &section->grid, best, i);
        sheet_note(&p->arena, &section->notes, compare_best_words(p, best));
    }
}

/* ---- what a variant changes ---- */

enum when { ALWAYS, IF_DIFFERENT, IF_THERE }; /* there: not zero in both */

struct shown {
    const char *id;
    enum when when;
};

static const struct shown of_queue[] = {
    {"offered", IF_DIFFERENT}, {"service_level", ALWAYS}, {"abandon_rate", ALWAYS},
    {"asa", ALWAYS},           {"wait_p90", ALWAYS},      {"block_rate", IF_THERE},
    {"target_met", ALWAYS},    {"cost", IF_THERE},
};
static const struct shown of_agents[] = {
    {"planned", IF_DIFFERENT},
    {"occupancy", ALWAYS},
    {"overtime", IF_DIFFERENT},
    {"cost", IF_THERE},
};
static const struct shown of_total[] = {
    {"service_level", ALWAYS}, {"abandon_rate", ALWAYS}, {"asa", ALWAYS}};
static const struct shown of_money[] = {
    {"cost", IF_THERE}, {"cost_per_answered", IF_THERE}, {"profit", IF_THERE}};

struct list {
    const struct shown *shown;
    size_t n;
};

static bool is_target(const struct compare_page *p, size_t variant, oh_level level, size_t thing,
                      size_t column, oh_estimate *e)
{
    oh_best place = {.level = level, .thing = thing, .column = column};
    return (criterion_estimate(p->comparison, &place, 0, e) && e->has_target) ||
           (criterion_estimate(p->comparison, &place, variant, e) && e->has_target);
}

static bool wanted(const struct list *list, const char *id, const oh_difference *d)
{
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->shown[i].id, id) != 0)
            continue;
        bool defined = !isnan(d->base) || !isnan(d->value);
        if (list->shown[i].when == IF_DIFFERENT)
            return d->verdict != OH_NO_DIFFERENCE || (defined && d->in_base != d->in_value);
        if (list->shown[i].when == IF_THERE)
            return defined && (d->base != 0 || d->value != 0);
        return defined;
    }
    return false;
}

static const char *metric_words(struct compare_page *p, const oh_column *column,
                                const oh_estimate *target)
{
    char words[WORDS];
    const char *id = column->metric->id;
    if (target)
        return text_of(p, word_target(words, column, target));
    if (strcmp(id, "wait_p90") == 0)
        return "P90 wait";
    if (strcmp(id, "target_met") == 0)
        return arena_printf(&p->arena, "%ss that meet the target", p->info.replication);
    return text_of(p, word_metric(words, column->id));
}

/* The rows of one queue or group, its name on the first. */
static void put_thing(struct compare_page *p, struct grid *g, size_t variant, oh_level level,
                      size_t thing, const char *name, struct list list)
{
    for (size_t c = 0; c < oh_comparison_columns(p->comparison, level); c++) {
        const oh_column *column = oh_comparison_column(p->comparison, level, c);
        oh_estimate target;
        oh_difference d;
        if (!oh_comparison_read(p->comparison, variant, level, thing, OH_WHOLE, c, &d))
            continue;
        bool aimed = is_target(p, variant, level, thing, c, &target);
        if (!aimed && !wanted(&list, column->id, &d))
            continue;
        struct grid_row *row = grid_row(g);
        if (!row)
            return;
        row->cell[0] = (struct grid_cell){name, TONE_STRONG};
        row->cell[1].text = metric_words(p, column, aimed ? &target : NULL);
        row->cell[2].text = d.in_base ? value_words(p, column->metric, d.base, NAN) : NULL;
        row->cell[3].text = d.in_value ? value_words(p, column->metric, d.value, NAN) : NULL;
        row->cell[4] = difference_cell(p, variant, column->metric, &d);
        name = "";
    }
}

static void put_settings(struct compare_page *p, struct page_section *section, size_t variant)
{
    const oh_write_context *context = &p->context[variant];
    const char *list = "";
    for (size_t i = 0; i < context->settings_count && list; i++)
        list = arena_printf(&p->arena, "%s%s%s", list, *list ? ", " : "", context->settings[i]);
    if (list && *list)
        sheet_note(
            &p->arena, &section->notes,
            arena_printf(&p->arena, "%s: %s", oh_comparison_name(p->comparison, variant), list));
}

#define LIST(array) ((struct list){array, sizeof(array) / sizeof *(array)})

static void put_variant(struct compare_page *p, size_t variant)
{
    const oh_comparison *c = p->comparison;
    const char *base = oh_comparison_name(c, 0), *name = oh_comparison_name(c, variant);
    struct page_section *section =
        sheet_section(&p->sheet, &p->arena, arena_printf(&p->arena, "%s against %s", name, base));
    if (!section)
        return;
    struct grid *g = &section->grid;
    grid_column(g, "", false);
    grid_column(g, "", false);
    grid_column(g, base, true);
    grid_column(g, name, true);
    grid_column(g, "", false);
    for (size_t q = 0; q < oh_comparison_things(c, OH_QUEUE); q++)
        put_thing(p, g, variant, OH_QUEUE, q, oh_comparison_thing(c, OH_QUEUE, q), LIST(of_queue));
    if (oh_comparison_things(c, OH_QUEUE) > 1)
        put_thing(p, g, variant, OH_TOTAL, 0, "all queues", LIST(of_total));
    for (size_t i = 0; i < oh_comparison_things(c, OH_AGENTS); i++)
        put_thing(p, g, variant, OH_AGENTS, i, oh_comparison_thing(c, OH_AGENTS, i),
                  LIST(of_agents));
    put_thing(p, g, variant, OH_TOTAL, 0, "all", LIST(of_money));
    put_settings(p, section, variant);
}

/* ---- the whole ---- */

static void make_head(struct compare_page *p)
{
    struct arena *a = &p->arena;
    const oh_model *model = oh_result_model(oh_comparison_result(p->comparison, 0));
    size_t variants = oh_comparison_count(p->comparison) - 1;
    char n[WORDS], confidence[WORDS];
    const char *base = oh_comparison_name(p->comparison, 0), *name = oh_model_name(model);

    p->currency = oh_model_currency(model);
    p->sheet.title =
        variants == 1
            ? arena_printf(a, "%s compared with %s", oh_comparison_name(p->comparison, 1), base)
            : arena_printf(a, "%zu variants compared with %s", variants, base);
    p->sheet.about = oh_model_about(model);
    p->sheet.question = strcmp(base, name) == 0 ? sheet_question(a, p->sheet.about) : "";
    if (!p->sheet.question || !*p->sheet.question)
        p->sheet.question = p->sheet.about = "";
    word_fixed(n, p->info.replications, 0);
    word_round_share(confidence, p->info.confidence);
    p->sheet.basis = arena_printf(
        a, "%s %s%s each with the same callers, seed %u; \xC2\xB1 is the %s confidence interval%s",
        n, p->info.replication, p->info.replications == 1 ? "" : "s", (unsigned)p->info.seed,
        confidence,
        variants > 1
            ? arena_printf(a, "; those of the %zu differences hold together (Bonferroni)", variants)
            : "");
    for (size_t i = 0; i <= variants; i++)
        if (strcmp(oh_result_info(oh_comparison_result(p->comparison, i)).stopped_by,
                   "cancelled") == 0)
            p->sheet.stopped = "stopped early: these are the replications that were complete";
}

static void put_notes(struct compare_page *p)
{
    size_t n = oh_comparison_notes(p->comparison), warnings = 0;
    struct page_section *section =
        n ? sheet_section(&p->sheet, &p->arena, "Not in all of them") : NULL;
    for (size_t i = 0; section && i < n; i++)
        sheet_note(&p->arena, &section->notes, oh_comparison_note(p->comparison, i));
    for (size_t i = 0; i < oh_comparison_count(p->comparison); i++)
        warnings += p->context[i].warnings_count;
    const char **lines = arena_array(&p->arena, warnings + 1, sizeof *lines);
    for (size_t i = 0; lines && i < oh_comparison_count(p->comparison); i++)
        for (size_t k = 0; k < p->context[i].warnings_count; k++) {
            bool told = false; /* variants of one file share most of theirs */
            for (size_t w = 0; w < p->sheet.warnings_count; w++)
                told = told || strcmp(lines[w], p->context[i].warnings[k]) == 0;
            if (!told)
                lines[p->sheet.warnings_count++] = p->context[i].warnings[k];
        }
    p->sheet.warnings = lines;
}

oh_status compare_page_make(struct compare_page *p, const oh_comparison *comparison,
                            const oh_write_context *context)
{
    *p = (struct compare_page){.comparison = comparison, .context = context};
    arena_init(&p->arena);
    p->info = oh_result_info(oh_comparison_result(comparison, 0));
    make_head(p);
    put_criteria(p);
    for (size_t i = 1; i < oh_comparison_count(comparison); i++)
        put_variant(p, i);
    put_notes(p);
    return p->arena.failed ? OH_NO_MEMORY : OH_OK;
}

oh_status write_compare_table(const oh_comparison *comparison, const oh_write_context *context,
                              oh_sink sink)
{
    struct emit e = emit_to(sink);
    struct compare_page page;
    oh_status status = compare_page_make(&page, comparison, context);
    if (status == OH_OK) {
        sheet_table(&page.sheet, &e, context->colour);
        status = emit_status(&e);
    }
    arena_free(&page.arena);
    return status;
}

oh_status write_compare_markdown(const oh_comparison *comparison, const oh_write_context *context,
                                 oh_sink sink)
{
    struct emit e = emit_to(sink);
    struct compare_page page;
    oh_status status = compare_page_make(&page, comparison, context);
    if (status == OH_OK) {
        sheet_markdown(&page.sheet, &e);
        status = emit_status(&e);
    }
    arena_free(&page.arena);
    return status;
}
