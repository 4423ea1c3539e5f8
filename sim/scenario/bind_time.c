/* bind_time.c - time: one business day, a week of them, or steady state.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "binder.h"

enum { DEFAULT_INTERVAL = 1800, DAY = 86400 };

static bool read_window(struct binder *b, const struct node *node, const char *form, double *opens,
                        double *closes)
{
    struct problem problem = {"", ""};
    const char *text = value_text(b, node, "a window", form);
    if (!text)
        return false;
    if (unit_window(text, opens, closes, &problem))
        return true;
    value_problem(b, node->span, &problem);
    return false;
}

void read_open(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct spec_time *time = target;
    if (!read_window(b, node, row->form, &time->opens, &time->closes))
        return;
    time->mode = TIME_OPEN;
    time->span = node->span;
    b->openings = 1;
    b->opening[0] = (struct spec_opening){0, time->opens, time->closes};
    b->time_known = true;
}

/* ---- a week ---- */

/* One line of `days`: its window for each of its days, unless one has a window already. */
static bool read_day(struct binder *b, const struct node *node, const struct node *of[SPEC_DAYS],
                     struct spec_opening day[SPEC_DAYS])
{
    bool on[SPEC_DAYS];
    double opens, closes;
    if (!day_key(node->key, on)) {
        finding(b->diags, CODE_E203, node->key_span, "'%s' is no day", node->key);
        finding_hint(b->diags, "write mon, tue, wed, thu, fri, sat, sun, or several as mon-fri");
        return false;
    }
    if (!read_window(b, node, "08:00-20:00", &opens, &closes))
        return false;
    for (unsigned d = 0; d < SPEC_DAYS; d++) {
        if (!on[d])
            continue;
        if (of[d]) {
            finding(b->diags, CODE_E214, node->key_span, "%s is given twice", day_name(d));
            finding_note(b->diags, of[d]->key_span, "the first time");
            return false;
        }
        of[d] = node;
        day[d] = (struct spec_opening){d, opens, closes};
    }
    return true;
}

/* A night may end in the next day's opening only at its very beginning. */
static bool apart(struct binder *b, const struct node *const *of, const struct spec_opening *before,
                  const struct spec_opening *next)
{
    char end[16], start[16];
    double closes = before->weekday * (double)DAY + before->closes;
    double opens = next->weekday * (double)DAY + next->opens;
    if (closes <= opens)
        return true;
    format_time_of_day(end, sizeof end, fmod(before->closes, DAY));
    format_time_of_day(start, sizeof start, next->opens);
    finding(b->diags, CODE_E219, of[next->weekday]->span,
            "%s opens at %s, but %s is open until %s of that day", day_name(next->weekday), start,
            day_name(before->weekday), end);
    finding_note(b->diags, of[before->weekday]->span, "the opening before it");
    return false;
}

void read_days(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct spec_time *time = target;
    const struct node *of[SPEC_DAYS] = {NULL};
    struct spec_opening day[SPEC_DAYS];
    bool good = true;
    size_t n = 0;
    if (!want_map(b, node, row->form))
        return;
    if (node->count == 0) {
        finding(b->diags, CODE_E208, node->key_span, "'days' names no day");
        finding_hint(b->diags, "write it like  days: %s", row->form);
        return;
    }
    for (const struct node *child = node->first; child; child = child->next)
        good = read_day(b, child, of, day) && good;
    for (unsigned d = 0; d < SPEC_DAYS; d++) {
        if (!of[d])
            continue;
        good = (n == 0 || !good || apart(b, of, &time->opening[n - 1], &day[d])) && good;
        time->opening[n++] = day[d];
    }
    time->mode = TIME_DAYS;
    time->span = node->span;
    time->openings = b->openings = n;
    memcpy(b->opening, time->opening, sizeof b->opening);
    b->time_known = good;
}

/* ---- steady state ---- */

/* A length, or a number of batches and the length of one. */
static void check_batches(struct binder *b, const struct node *map)
{
    const struct node *length = node_get(map, "length"), *batches = node_get(map, "batches");
    const struct node *batch = node_get(map, "batch"), *part = batches ? batches : batch;
    if (length && part) {
        finding(b->diags, CODE_E208, part->key_span, "'length' and '%s' exclude each other",
                part->key);
        finding_note(b->diags, length->key_span, "'length' is here");
        finding_hint(b->diags, "one long run in batches is written  {warm_up: 2 h, batches: 40, "
                               "batch: 20 h}");
    } else if (batches && !batch) {
        missing_key(b, key_of("time.steady.batch"), map);
    } else if (batch && !batches) {
        missing_key(b, key_of("time.steady.batches"), map);
    } else if (!length && !part && !misspelt("time.steady", map, "length")) {
        missing_key(b, key_of("time.steady.length"), map);
    }
}

void read_steady(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct spec_time *time = target;
    size_t before = oh_diags_errors(b->diags);
    if (!want_map(b, node, row->form))
        return;
    section_read(b, row->path, node, time);
    check_batches(b, node);
    time->mode = TIME_STEADY;
    time->span = node->span;
    b->time_known = !found_since(b, before);
}

/* ---- the whole ---- */

void read_at_close(struct binder *b, const struct key_row *row, const struct node *node,
                   void *target)
{
    static const struct choice choices[] = {
        {"finish", CLOSE_FINISH}, {"hang_up", CLOSE_HANG_UP}, {"carry_over", CLOSE_CARRY_OVER}};
    int value;
    (void)row;
    if (choice_read(b, node, choices, 3, &value))
        *(enum at_close *)target = (enum at_close)value;
}

/* The interval must divide each opening: found at the interval, or at the opening if the default is
 * meant. */
static void check_interval(struct binder *b, const struct node *map)
{
    struct spec_time *time = &b->spec->time;
    const struct node *interval = node_get(map, "interval");
    char step[48], length[48];
    struct span at = interval ? interval->span : time->span;
    double sum = 0;
    words_for(step, VALUE_DURATION, time->interval);
    for (size_t k = 0; k < b->openings; k++) {
        double opening = opening_length(b, k), steps = opening / time->interval;
        sum += steps;
        if (steps >= 1 && fabs(steps - nearbyint(steps)) <= 1e-9 * steps)
            continue;
        words_for(length, VALUE_DURATION, opening);
        finding(b->diags, CODE_E215, at, "steps of %s do not divide the opening of %s%s", step,
                length, on_day(b, k));
        if (interval)
            finding_note(b->diags, time->span, "the opening");
        else
            finding_hint(b->diags, "the step is 30 min unless the file says otherwise; add, for "
                                   "example,  interval: 15 min");
        b->time_known = false;
        return;
    }
    if (sum <= SPEC_MAX_INTERVALS)
        return;
    finding(b->diags, CODE_E218, at, "%.0f intervals; at most %d are reported", sum,
            SPEC_MAX_INTERVALS);
    finding_hint(b->diags, "take longer intervals");
    b->time_known = false;
}

void read_time(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    static const char *const modes[] = {"open", "days", "steady"};
    struct spec_time *time = target;
    const struct node *first = NULL, *second = NULL;
    if (!want_map(b, node, row->form))
        return;
    for (const struct node *child = node->first; child; child = child->next)
        for (size_t i = 0; i < 3; i++)
            if (strcmp(child->key, modes[i]) == 0) {
                second = first && !second ? child : second;
                first = first ? first : child;
            }
    /* 0 stays if the interval is there but cannot be read: nothing by steps can be checked then. */
    time->interval = node_get(node, "interval") ? 0 : DEFAULT_INTERVAL;
    section_read(b, row->path, node, time);
    if (!first) {
        finding(b->diags, CODE_E208, node->key_span, "'time' needs an opening");
        finding_hint(b->diags, "write one of  open: 08:00-20:00  or  days: {mon-fri: 08:00-20:00} "
                               " or  steady: {warm_up: 2 h, length: 20 h}");
    } else if (second) {
        finding(b->diags, CODE_E208, second->key_span, "'%s' and '%s' exclude each other",
                first->key, second->key);
        finding_note(b->diags, first->key_span, "'%s' is here", first->key);
        b->time_known = false;
    } else if (b->time_known && time->mode != TIME_STEADY) {
        b->rate_day = opening_length(b, 0);
        if (time->interval > 0)
            check_interval(b, node);
        else
            b->time_known = false;
    }
}
