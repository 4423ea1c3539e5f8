/* staff_week.c - a group's week at a glance: hours down, days across.
 *
 * The one idea: a planner enters numbers of heads into a table of just this shape; whether the
 * targets hold and what one agent fewer would give are in the long tables below it.
 */
#include <math.h>
#include <string.h>

#include "openings.h"
#include "page.h"
#include "staff_writers.h"

enum { STARTS_MOST = 2000 }; /* of intervals, at different times of day */

struct week {
    struct arena *arena;
    const oh_staffing *f;
    const oh_result *result;
    size_t group, days;
    struct opening day[OPENINGS];
    size_t shown[OPENINGS]; /* intervals */
    size_t starts;
    const char *start[STARTS_MOST]; /* in the order of the day */
};

static size_t place_of(const struct week *w, const char *start)
{
    size_t i = 0;
    while (i < w->starts && strcmp(w->start[i], start) != 0)
        i++;
    return i;
}

/* Rows in the order of every opening: a new one comes before what follows it there. False: there
 * are too many. */
static bool add_opening(struct week *w, const struct opening *o)
{
    for (size_t k = o->intervals; k-- > 0;) {
        oh_interval at = oh_result_interval(w->result, o->first + k);
        if (place_of(w, at.start) < w->starts)
            continue;
        if (w->starts == STARTS_MOST)
            return false;
        size_t before = w->starts;
        if (k + 1 < o->intervals)
            before = place_of(w, oh_result_interval(w->result, o->first + k + 1).start);
        memmove(&w->start[before + 1], &w->start[before], (w->starts - before) * sizeof *w->start);
        w->start[before] = arena_strdup(w->arena, at.start);
        if (!w->start[before])
            return false;
        w->starts++;
    }
    return true;
}

static const char *number(struct week *w, double n)
{
    char words[WORDS];
    return arena_strdup(w->arena, word_fixed(words, n, fabs(n - round(n)) < 0.005 ? 0 : 1));
}

/* "9 (7)": so many, and as many as now; without brackets where nothing changes. */
static struct grid_cell cell(struct week *w, double then, double now)
{
    const char *n = number(w, then), *was = number(w, now);
    bool same = fabs(then - now) < 0.005;
    const char *text = same ? n : arena_printf(w->arena, "%s (%s)", n ? n : "", was ? was : "");
    return (struct grid_cell){text, same ? TONE_PLAIN : then > now ? TONE_BAD : TONE_GOOD};
}

static void put_row(struct week *w, struct grid *g, const char *start)
{
    struct grid_row *row = grid_row(g);
    if (!row)
        return;
    row->cell[0].text = start;
    for (size_t d = 0; d < w->days; d++) {
        size_t k = w->day[d].first + w->shown[d];
        if (w->shown[d] == w->day[d].intervals ||
            strcmp(oh_result_interval(w->result, k).start, start) != 0)
            continue;
        oh_staff_heads h = oh_staffing_heads(w->f, w->group, k);
        row->cell[1 + d] = cell(w, h.scheduled, h.scheduled_now);
        w->shown[d]++;
    }
}

static void put_sum(struct week *w, struct grid *g)
{
    double hours = oh_staffing_length(w->f) / (double)oh_result_intervals(w->result);
    struct grid_row *row = grid_row(g);
    if (!row)
        return;
    row->cell[0].text = "hours";
    for (size_t d = 0; d < w->days; d++) {
        double then = 0, now = 0;
        for (size_t k = w->day[d].first; k < w->day[d].first + w->day[d].intervals; k++) {
            oh_staff_heads h = oh_staffing_heads(w->f, w->group, k);
            then += h.scheduled * hours;
            now += h.scheduled_now * hours;
        }
        row->cell[1 + d] = cell(w, then, now);
    }
}

void staff_put_week(struct sheet *sheet, struct arena *arena, const oh_staffing *f, size_t group)
{
    const oh_result *result = oh_staffing_result(f);
    oh_staff_group info = oh_staffing_group(f, group);
    struct week *w = arena_alloc(arena, sizeof *w);
    if (!w)
        return;
    *w = (struct week){.arena = arena, .f = f, .result = result, .group = group};
    w->days = openings_of(result, w->day);
    if (info.lines > 0 || w->days < 2 || oh_result_days(result) == 0)
        return;
    for (size_t d = 0; d < w->days; d++)
        if (!add_opening(w, &w->day[d]))
            return;
    struct page_section *section =
        sheet_section(sheet, arena, arena_printf(arena, "%s, heads to schedule", info.name));
    if (!section)
        return;
    grid_column(&section->grid, "from", false);
    for (size_t d = 0; d < w->days; d++) {
        char words[WORDS];
        grid_column(&section->grid, arena_strdup(arena, word_day(words, w->day[d].day)), true);
    }
    for (size_t i = 0; i < w->starts; i++)
        put_row(w, &section->grid, w->start[i]);
    put_sum(w, &section->grid);
    sheet_note(arena, &section->notes, "In brackets: how many there are now, where that differs.");
}
