/* comparison.c - a base and its variants: what they have in common, what only some have, the best.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/arena.h"
#include "difference.h"
#include "result.h"

struct contender {
    const char *name;
    const oh_result *result;
};

struct note {
    struct note *next;
    const char *text;
};

struct oh_comparison {
    struct arena arena;
    size_t n;
    struct contender *contender;
    size_t things[LEVELS], columns[LEVELS];
    const char **thing[LEVELS];
    const oh_column **column[LEVELS];
    size_t notes;
    struct note *first_note, *last_note;
};

static const oh_level levels[LEVELS] = {OH_QUEUE, OH_AGENTS, OH_TOTAL};

/* ---- what there is ---- */

static bool collect_things(oh_comparison *c, oh_level level)
{
    size_t most = 0;
    for (size_t i = 0; i < c->n; i++)
        most += oh_result_things(c->contender[i].result, level);
    c->thing[level] = arena_array(&c->arena, most + 1, sizeof *c->thing[level]);
    for (size_t i = 0; c->thing[level] && i < c->n; i++) {
        const oh_result *result = c->contender[i].result;
        for (size_t k = 0; k < oh_result_things(result, level); k++) {
            const char *name = oh_result_name(result, level, k);
            size_t at = 0;
            while (at < c->things[level] && strcmp(c->thing[level][at], name) != 0)
                at++;
            if (at == c->things[level])
                c->thing[level][c->things[level]++] = name;
        }
    }
    return c->thing[level] != NULL;
}

static bool collect_columns(oh_comparison *c, oh_level level)
{
    size_t most = 0;
    for (size_t i = 0; i < c->n; i++)
        most += oh_result_columns(c->contender[i].result, level);
    c->column[level] = arena_array(&c->arena, most + 1, sizeof *c->column[level]);
    for (size_t i = 0; c->column[level] && i < c->n; i++) {
        const oh_result *result = c->contender[i].result;
        for (size_t k = 0; k < oh_result_columns(result, level); k++) {
            const oh_column *column = oh_result_column(result, level, k);
            size_t at = 0;
            while (at < c->columns[level] && strcmp(c->column[level][at]->id, column->id) != 0)
                at++;
            if (at == c->columns[level])
                c->column[level][c->columns[level]++] = column;
        }
    }
    return c->column[level] != NULL;
}

/* ---- what is not everywhere ---- */

static void add_note(oh_comparison *c, const char *text)
{
    struct note *note = arena_alloc(&c->arena, sizeof *note);
    if (!note)
        return;
    note->text = text;
    if (c->last_note)
        c->last_note->next = note;
    else
        c->first_note = note;
    c->last_note = note;
    c->notes++;
}

/* "one" or "one, two", of those that have the thing. */
static const char *who_has(oh_comparison *c, oh_level level, const char *name)
{
    const char *list = "";
    for (size_t i = 0; i < c->n && list; i++)
        if (thing_find(c->contender[i].result, level, name) >= 0)
            list = arena_printf(&c->arena, "%s%s%s", list, *list ? ", " : "", c->contender[i].name);
    return list ? list : "";
}

static void note_thing(oh_comparison *c, oh_level level, const char *name)
{
    size_t having = 0;
    for (size_t i = 0; i < c->n; i++)
        having += thing_find(c->contender[i].result, level, name) >= 0;
    if (having < c->n)
        add_note(c, arena_printf(&c->arena, "%s %s is only in %s",
                                 level == OH_QUEUE ? "queue" : "group", name,
                                 who_has(c, level, name)));
}

/* Is the word one of those in "one, two"? */
static bool listed(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at += n)
        if ((at == list || at[-1] == ' ') && (at[n] == '\0' || at[n] == ','))
            return true;
    return false;
}

/* Metrics that one lacks at a level where the other has them: costs that only one file states, a
 * time limit. */
static void note_columns(oh_comparison *c, size_t has, size_t lacks)
{
    const char *list = "";
    for (size_t l = 0; l < LEVELS; l++)
        for (size_t k = 0; k < c->columns[l] && list; k++) {
            const char *id = c->column[l][k]->id;
            if (oh_result_column_find(c->contender[has].result, levels[l], id) >= 0 &&
                oh_result_column_find(c->contender[lacks].result, levels[l], id) < 0 &&
                !listed(list, id))
                list = arena_printf(&c->arena, "%s%s%s", list, *list ? ", " : "", id);
        }
    if (list && *list)
        add_note(c, arena_printf(&c->arena, "only %s has %s, %s does not", c->contender[has].name,
                                 list, c->contender[lacks].name));
}

static void note_intervals(oh_comparison *c, size_t variant)
{
    const oh_result *base = c->contender[0].result, *value = c->contender[variant].result;
    size_t n = oh_result_intervals(base), same = 0;
    for (size_t i = 0; i < n && i < oh_result_intervals(value); i++) {
        oh_interval a = oh_result_interval(base, i), b = oh_result_interval(value, i);
        same += strcmp(a.start, b.start) == 0 && strcmp(a.end, b.end) == 0 &&
                strcmp(a.day ? a.day : "", b.day ? b.day : "") == 0;
    }
    if (same < n || n != oh_result_intervals(value))
        add_note(c, arena_printf(&c->arena,
                                 "the hours or intervals of %s are not those of %s: only those "
                                 "that both have are compared",
                                 c->contender[variant].name, c->contender[0].name));
}

static void take_notes(oh_comparison *c)
{
    for (size_t l = 0; l < 2; l++)
        for (size_t k = 0; k < c->things[levels[l]]; k++)
            note_thing(c, levels[l], c->thing[levels[l]][k]);
    for (size_t i = 1; i < c->n; i++) {
        note_columns(c, 0, i);
        note_columns(c, i, 0);
        note_intervals(c, i);
    }
}

/* ---- making it ---- */

static oh_status look_at(const oh_contender *contenders, size_t n, char message[256])
{
    char why[256];
    if (n < 2) {
        snprintf(message, 256, "there is nothing to compare with");
        return OH_ARGUMENT;
    }
    for (size_t i = 1; i < n; i++)
        if (!oh_results_paired(contenders[0].result, contenders[i].result, why)) {
            snprintf(message, 256, "%.30s and %.30s cannot be compared: %.150s", contenders[0].name,
                     contenders[i].name, why);
            return OH_ARGUMENT;
        }
    return OH_OK;
}

oh_status oh_comparison_new(oh_comparison **out, const oh_contender *contenders, size_t n,
                            char message[256])
{
    char unheard[256];
    struct arena arena;
    *out = NULL;
    oh_status status = look_at(contenders, n, message ? message : unheard);
    if (status != OH_OK)
        return status;
    arena_init(&arena);
    oh_comparison *c = arena_alloc(&arena, sizeof *c);
    struct contender *list = arena_array(&arena, n, sizeof *list);
    for (size_t i = 0; list && i < n; i++)
        list[i] =
            (struct contender){arena_strdup(&arena, contenders[i].name), contenders[i].result};
    if (arena.failed) {
        arena_free(&arena);
        return OH_NO_MEMORY;
    }
    *c = (oh_comparison){.arena = arena, .n = n, .contender = list};
    bool good = true;
    for (size_t l = 0; l < LEVELS; l++)
        good = good && collect_things(c, levels[l]) && collect_columns(c, levels[l]);
    if (good)
        take_notes(c);
    if (!good || c->arena.failed) {
        oh_comparison_free(c);
        return OH_NO_MEMORY;
    }
    *out = c;
    return OH_OK;
}

void oh_comparison_free(oh_comparison *comparison)
{
    if (!comparison)
        return;
    struct arena arena = comparison->arena; /* the comparison itself lives in it */
    arena_free(&arena);
}

/* ---- reading it ---- */

size_t oh_comparison_count(const oh_comparison *comparison)
{
    return comparison->n;
}

const char *oh_comparison_name(const oh_comparison *comparison, size_t i)
{
    return comparison->contender[i].name;
}

const oh_result *oh_comparison_result(const oh_comparison *comparison, size_t i)
{
    return comparison->contender[i].result;
}

size_t oh_comparison_things(const oh_comparison *comparison, oh_level level)
{
    return comparison->things[level];
}

const char *oh_comparison_thing(const oh_comparison *comparison, oh_level level, size_t thing)
{
    return comparison->thing[level][thing];
}

size_t oh_comparison_columns(const oh_comparison *comparison, oh_level level)
{
    return comparison->columns[level];
}

const oh_column *oh_comparison_column(const oh_comparison *comparison, oh_level level,
                                      size_t column)
{
    return comparison->column[level][column];
}

bool oh_comparison_read(const oh_comparison *comparison, size_t i, oh_level level, size_t thing,
                        long period, size_t column, oh_difference *out)
{
    return oh_difference_read(comparison->contender[0].result, comparison->contender[i].result,
                              level, comparison->thing[level][thing], period,
                              comparison->column[level][column]->id, comparison->n - 1, out);
}

size_t oh_comparison_notes(const oh_comparison *comparison)
{
    return comparison->notes;
}

const char *oh_comparison_note(const oh_comparison *comparison, size_t i)
{
    const struct note *note = comparison->first_note;
    while (i-- > 0)
        note = note->next;
    return note->text;
}
