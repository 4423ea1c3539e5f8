/* bind_shifts.c - shifts with hours, days and breaks.
 *
 * The one idea: a shift is written by the clock and kept relative to the opening. In a week whose
 * days open at different times one line of the file becomes a line for each beginning.
 */
#include <math.h>
#include <string.h>

#include "binder.h"

enum { SHIFTS_MAX = 1000, BREAKS_MAX = 100, DAY = 86400 };

void read_hours(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct shift_draft *draft = target;
    struct problem problem = {"", ""};
    const char *text = value_text(b, node, "a window", row->form);
    if (text && !unit_window(text, &draft->begins, &draft->ends, &problem))
        value_problem(b, node->span, &problem);
}

void read_shift_days(struct binder *b, const struct key_row *row, const struct node *node,
                     void *target)
{
    struct shift_draft *draft = target;
    const struct spec_time *time = &b->spec->time;
    const char *text = value_text(b, node, "days", row->form);
    if (!text)
        return;
    if (!day_key(text, draft->on)) {
        finding(b->diags, CODE_E203, node->span, "'%s' is no day", text);
        finding_hint(b->diags, "write one day (sat) or a row of them (mon-fri)");
        return;
    }
    draft->has_days = true;
    if (!b->time_known)
        return;
    if (time->mode != TIME_DAYS) {
        finding(b->diags, CODE_E219, node->key_span, "'days', but the scenario is not a week");
        finding_note(b->diags, time->span, "the time that it describes");
        return;
    }
    bool closed[SPEC_DAYS];
    memcpy(closed, draft->on, sizeof closed);
    for (size_t k = 0; k < b->openings; k++)
        closed[b->opening[k].weekday] = false;
    for (unsigned d = 0; d < SPEC_DAYS; d++)
        if (closed[d]) {
            finding(b->diags, CODE_E219, node->span, "the centre is closed on %s", day_name(d));
            finding_note(b->diags, time->span, "the openings");
            return;
        }
}

/* ---- breaks ---- */

/* Breaks relative to the beginning of the shift; false with a finding. */
static bool one_break(struct binder *b, const struct node *node, const struct shift_draft *shift,
                      const struct node *hours, struct spec_break *out)
{
    size_t before = oh_diags_errors(b->diags);
    if (want_map(b, node, "{at: 12:00, for: 30 min}"))
        section_read(b, "agents.*.shifts.*.breaks.*", node, out);
    if (found_since(b, before) || node->bad)
        return false;
    out->span = node->span;
    out->at = fmod(out->at - shift->begins + 2 * DAY, DAY);
    if (out->at + out->length <= shift->ends - shift->begins)
        return true;
    finding(b->diags, CODE_E219, node->span, "this break is outside the hours of its shift");
    finding_note(b->diags, hours->span, "the hours");
    return false;
}

static bool overlap(const struct spec_break *a, const struct spec_break *c)
{
    return a->at < c->at + c->length && c->at < a->at + a->length;
}

/* The breaks of a shift, into `pause`; returns how many are right. */
static size_t read_breaks(struct binder *b, const struct node *map, const struct shift_draft *shift,
                          struct spec_break pause[BREAKS_MAX])
{
    const struct node *list = node_get(map, "breaks");
    size_t n = 0;
    if (!list || !want_list(b, list, "[{at: 12:00, for: 30 min}]"))
        return 0;
    if (list->count > BREAKS_MAX) {
        finding(b->diags, CODE_E218, list->span, "%zu breaks; a shift has at most %d", list->count,
                BREAKS_MAX);
        return 0;
    }
    for (const struct node *item = list->first; item; item = item->next) {
        pause[n] = (struct spec_break){.length = 0};
        if (!one_break(b, item, shift, node_get(map, "hours"), &pause[n]))
            continue;
        for (size_t i = 0; i < n; i++)
            if (overlap(&pause[i], &pause[n])) {
                finding(b->diags, CODE_E219, item->span, "two breaks of a shift overlap");
                finding_note(b->diags, pause[i].span, "the other one");
                break;
            }
        n++;
    }
    return n;
}

/* ---- on the openings ---- */

static double shared(double from, double to, double length)
{
    return fmin(to, length) - fmax(from, 0);
}

/* When the shift begins, in seconds since that opening: on its day, else on the day after or
 * before; NaN if it then does not touch the opening. */
static double begin_of(const struct binder *b, size_t opening, const struct shift_draft *shift)
{
    static const double days[] = {0, DAY, -DAY};
    double length = shift->ends - shift->begins;
    for (size_t i = 0; i < 3; i++) {
        double from = shift->begins - b->opening[opening].opens + days[i];
        if (shared(from, from + length, opening_length(b, opening)) > 0)
            return from;
    }
    return NAN;
}

static bool make_line(struct binder *b, const struct shift_draft *shift, double from,
                      const struct spec_break *pause, size_t breaks, struct spec_shift *out)
{
    struct spec_break *moved = arena_array(b->arena, breaks + 1, sizeof *moved);
    if (!moved) {
        b->no_memory = true;
        return false;
    }
    for (size_t i = 0; i < breaks; i++) {
        moved[i] = pause[i];
        moved[i].at += from;
    }
    out->count = shift->count;
    out->from = from;
    out->to = from + (shift->ends - shift->begins);
    out->breaks = breaks;
    out->pause = moved;
    return true;
}

/* One line of the file on all its openings. */
static void lay_shift(struct binder *b, const struct node *node, const struct shift_draft *shift,
                      const struct spec_break *pause, size_t breaks, struct spec_group *group,
                      struct spec_shift *line)
{
    const struct node *hours = node_get(node, "hours");
    size_t first = group->shifts;
    for (size_t k = 0; k < b->openings; k++) {
        size_t i = first;
        if (shift->has_days && !shift->on[b->opening[k].weekday])
            continue;
        double from = begin_of(b, k, shift);
        if (isnan(from)) {
            finding(b->diags, CODE_E215, hours->span, "this shift is outside the opening%s",
                    on_day(b, k));
            if (b->openings > 1 && !shift->has_days)
                finding_hint(b->diags, "if it is not worked on each day, add  days: mon-fri");
            finding_note(b->diags, b->spec->time.span, "the opening");
            return;
        }
        while (i < group->shifts && line[i].from != from)
            i++;
        if (i == group->shifts) {
            line[i].span = node->span;
            if (!make_line(b, shift, from, pause, breaks, &line[i]))
                return;
            group->shifts++;
        }
        line[i].on[k] = true;
    }
}

static void one_shift(struct binder *b, const struct node *node, struct spec_group *group,
                      struct spec_shift *line)
{
    struct spec_break pause[BREAKS_MAX];
    struct shift_draft draft = {.count = 0};
    size_t before = oh_diags_errors(b->diags);
    if (!want_map(b, node, "{count: 10, hours: 08:00-16:30}"))
        return;
    section_read(b, "agents.*.shifts.*", node, &draft);
    if (found_since(b, before))
        return;
    size_t breaks = read_breaks(b, node, &draft, pause);
    if (b->time_known)
        lay_shift(b, node, &draft, pause, breaks, group, line);
}

void read_shifts(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct group_draft *draft = target;
    if (!want_list(b, node, row->form))
        return;
    if (node->count == 0 || node->count > SHIFTS_MAX) {
        finding(b->diags, CODE_E218, node->span, "%zu shifts; a list has 1 to %d", node->count,
                SHIFTS_MAX);
        return;
    }
    if (b->time_known && b->spec->time.mode == TIME_STEADY) {
        finding(b->diags, CODE_E216, node->key_span,
                "shifts have no meaning in steady state, where nothing changes with time");
        finding_note(b->diags, b->spec->time.span, "steady state is asked for here");
        finding_hint(b->diags, "write  count: 24");
        return;
    }
    struct spec_shift *line = arena_array(b->arena, node->count * SPEC_DAYS, sizeof *line);
    if (!line) {
        b->no_memory = true;
        return;
    }
    draft->group.shift = line;
    for (const struct node *item = node->first; item; item = item->next)
        one_shift(b, item, &draft->group, line);
}
