/* batch_page.c - one line for each of many runs: are its targets met, and where is it worst? */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <onhold/save.h>

#include "json_text.h"
#include "sheet.h"
#include "wording.h"

/* A target of a queue or group, and what became of it. */
struct goal {
    const char *level, *name, *metric; /* level: "queues" or "agents" */
    const char *words;                 /* "80 % in 20 s" */
    const char *unit;
    oh_estimate e;
    struct goal *next;
};

struct line {
    const char *file, *variant, *status, *error;
    struct goal *first, *last;
    struct line *next;
};

struct oh_batch {
    struct arena arena;
    struct line *first, *last;
    size_t lines;
};

oh_batch *oh_batch_new(void)
{
    oh_batch *batch = calloc(1, sizeof *batch);
    if (batch)
        arena_init(&batch->arena);
    return batch;
}

void oh_batch_free(oh_batch *batch)
{
    if (!batch)
        return;
    arena_free(&batch->arena);
    free(batch);
}

/* ---- gathering ---- */

static void add_goal(struct arena *arena, struct line *line, const oh_result *result,
                     oh_level level, size_t thing, size_t column)
{
    char words[WORDS];
    const oh_column *c = oh_result_column(result, level, column);
    oh_estimate e;
    if (!oh_result_estimate(result, level, thing, OH_WHOLE, column, &e) || !e.has_target)
        return;
    struct goal *goal = arena_alloc(arena, sizeof *goal);
    if (!goal)
        return;
    *goal = (struct goal){.level = level == OH_QUEUE ? "queues" : "agents",
                          .name = arena_strdup(arena, oh_result_name(result, level, thing)),
                          .metric = arena_strdup(arena, c->id),
                          .words = arena_strdup(arena, word_target(words, c, &e)),
                          .unit = c->metric->unit,
                          .e = e};
    if (line->last)
        line->last->next = goal;
    else
        line->first = goal;
    line->last = goal;
}

oh_status oh_batch_add(oh_batch *batch, const char *file, const char *variant, const char *status,
                       const char *error, const oh_result *result)
{
    static const oh_level levels[] = {OH_QUEUE, OH_AGENTS};
    struct arena *arena = &batch->arena;
    struct line *line = arena_alloc(arena, sizeof *line);
    if (!line)
        return OH_NO_MEMORY;
    *line = (struct line){.file = arena_strdup(arena, file),
                          .variant = arena_strdup(arena, variant),
                          .status = arena_strdup(arena, status),
                          .error = error ? arena_strdup(arena, error) : NULL};
    for (size_t l = 0; result && l < 2; l++)
        for (size_t i = 0; i < oh_result_things(result, levels[l]); i++)
            for (size_t c = 0; c < oh_result_columns(result, levels[l]); c++)
                add_goal(arena, line, result, levels[l], i, c);
    if (batch->last)
        batch->last->next = line;
    else
        batch->first = line;
    batch->last = line;
    batch->lines++;
    return arena->failed ? OH_NO_MEMORY : OH_OK;
}

/* ---- for people ---- */

/* The first target that is missed, else the first that cannot be told, else the first. */
static const struct goal *worst_of(const struct line *line)
{
    const struct goal *worst = line->first;
    for (const struct goal *g = line->first; g; g = g->next) {
        enum verdict now = verdict_of(&g->e), before = verdict_of(&worst->e);
        if (before != VERDICT_MISSED && now == VERDICT_MISSED)
            worst = g;
        else if (before == VERDICT_MET && now != VERDICT_MET)
            worst = g;
    }
    return worst;
}

static void put_goals(struct arena *arena, const struct line *line, struct grid_row *row)
{
    static const enum tone tones[] = {[VERDICT_MET] = TONE_GOOD,
                                      [VERDICT_MISSED] = TONE_BAD,
                                      [VERDICT_OPEN] = TONE_UNSURE,
                                      [VERDICT_UNDEFINED] = TONE_UNSURE};
    char words[WORDS];
    size_t goals = 0, met = 0;
    for (const struct goal *g = line->first; g; g = g->next) {
        goals++;
        met += verdict_of(&g->e) == VERDICT_MET;
    }
    const struct goal *worst = worst_of(line);
    if (!worst) {
        row->cell[2] = (struct grid_cell){"no targets", TONE_FAINT};
        return;
    }
    enum verdict verdict = verdict_of(&worst->e);
    row->cell[2].text = arena_printf(arena, "%zu of %zu", met, goals);
    row->cell[3].text = arena_printf(arena, "%s  %s:", worst->name, worst->words);
    row->cell[4] = (struct grid_cell){
        arena_printf(arena, "%s, %s", verdict_words(verdict),
                     word_estimate(words, worst->unit, worst->e.value, worst->e.half_width)),
        tones[verdict]};
}

static struct sheet *make_sheet(const oh_batch *batch, struct arena *arena)
{
    struct sheet *sheet = arena_alloc(arena, sizeof *sheet);
    struct page_section *section = sheet ? sheet_section(sheet, arena, "Runs") : NULL;
    size_t complete = 0;
    if (!section)
        return NULL;
    struct grid *grid = &section->grid;
    grid_column(grid, "file", false);
    grid_column(grid, "variant", false);
    grid_column(grid, "targets met", false);
    grid_column(grid, "the one to look at", false);
    grid_column(grid, "", false);
    for (const struct line *line = batch->first; line; line = line->next) {
        struct grid_row *row = grid_row(grid);
        if (!row)
            return NULL;
        bool fine = strcmp(line->status, "complete") == 0;
        complete += fine;
        row->cell[0].text = line->file;
        row->cell[1].text = line->variant;
        if (fine)
            put_goals(arena, line, row);
        else
            row->cell[2] = (struct grid_cell){line->status, TONE_BAD};
        if (!fine && line->error)
            sheet_note(arena, &section->notes, line->error);
    }
    sheet->title = "Batch";
    sheet->about = sheet->question = "";
    sheet->basis = arena_printf(arena, "%zu run%s, %zu complete", batch->lines,
                                batch->lines == 1 ? "" : "s", complete);
    return arena->failed ? NULL : sheet;
}

/* ---- for programs ---- */

static void put_goal(struct json *j, const struct goal *g)
{
    js_open_map(j, NULL, JSON_FLAT);
    js_string(j, "level", g->level);
    js_string(j, "name", g->name);
    js_string(j, "metric", g->metric);
    js_real(j, "value", g->e.value);
    js_real(j, "half_width", g->e.half_width);
    js_string(j, "unit", g->unit);
    js_real(j, "target", g->e.target);
    if (!isnan(g->e.within))
        js_real(j, "within", g->e.within);
    if (isnan(g->e.value))
        js_null(j, "met");
    else
        js_bool(j, "met", g->e.met);
    js_close(j);
}

static oh_status write_lines(const oh_batch *batch, oh_sink sink)
{
    struct json j = js_to(sink);
    js_open_map(&j, NULL, JSON_LINES);
    js_string(&j, "onhold", oh_version());
    js_whole(&j, "format", 1);
    js_open_list(&j, "runs", JSON_LINES);
    for (const struct line *line = batch->first; line; line = line->next) {
        js_open_map(&j, NULL, JSON_LINES);
        js_string(&j, "file", line->file);
        js_string(&j, "variant", line->variant);
        js_string(&j, "status", line->status);
        js_string(&j, "error", line->error);
        js_open_list(&j, "targets", JSON_LINES);
        for (const struct goal *g = line->first; g; g = g->next)
            put_goal(&j, g);
        js_close(&j);
        js_close(&j);
    }
    js_close(&j);
    js_close(&j);
    return js_end(&j);
}

oh_status oh_batch_write(const oh_batch *batch, const char *format, bool colour, oh_sink sink)
{
    struct arena arena;
    struct emit e = emit_to(sink);
    bool table = strcmp(format, "table") == 0;
    if (strcmp(format, "json") == 0)
        return write_lines(batch, sink);
    if (!table && strcmp(format, "md") != 0)
        return OH_ARGUMENT;
    arena_init(&arena);
    const struct sheet *sheet = make_sheet(batch, &arena);
    if (sheet && table)
        sheet_table(sheet, &e, colour);
    else if (sheet)
        sheet_markdown(sheet, &e);
    arena_free(&arena);
    return sheet ? emit_status(&e) : OH_NO_MEMORY;
}
