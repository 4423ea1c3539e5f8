/* bind_time.c - time: one business day, or steady state.
 */
#include <math.h>
#include <string.h>

#include "binder.h"

enum { DEFAULT_INTERVAL = 1800 };

void read_open(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct spec_time *time = target;
    struct problem problem = {"", ""};
    const char *text = value_text(b, node, "a window", row->form);
    if (!text)
        return;
    if (!unit_window(text, &time->opens, &time->closes, &problem)) {
        value_problem(b, node->span, &problem);
        return;
    }
    time->mode = TIME_OPEN;
    time->span = node->span;
    b->time_known = true;
}

void read_steady(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct spec_time *time = target;
    size_t before = oh_diags_errors(b->diags);
    if (!want_map(b, node, row->form))
        return;
    section_read(b, row->path, node, time);
    time->mode = TIME_STEADY;
    time->span = node->span;
    b->time_known = oh_diags_errors(b->diags) == before;
}

void read_at_close(struct binder *b, const struct key_row *row, const struct node *node,
                   void *target)
{
    static const struct choice choices[] = {{"finish", CLOSE_FINISH, false},
                                            {"hang_up", CLOSE_HANG_UP, false},
                                            {"carry_over", 0, true}};
    int value;
    (void)row;
    if (choice_read(b, node, choices, 3, &value))
        *(enum at_close *)target = (enum at_close)value;
}

/* The interval must divide the opening: found at the interval, or at the opening if the default is
 * meant. */
static void check_interval(struct binder *b, const struct node *map)
{
    struct spec_time *time = &b->spec->time;
    const struct node *interval = node_get(map, "interval"), *open = node_get(map, "open");
    char step[48], length[48];
    double opening = time->closes - time->opens, steps = opening / time->interval;
    struct span at = interval ? interval->span : open->span;
    words_for(step, VALUE_DURATION, time->interval);
    words_for(length, VALUE_DURATION, opening);
    if (steps < 1 || fabs(steps - nearbyint(steps)) > 1e-9 * steps) {
        finding(b->diags, CODE_E215, at, "steps of %s do not divide the opening of %s", step,
                length);
        if (interval)
            finding_note(b->diags, open->span, "the opening");
        else
            finding_hint(b->diags, "the step is 30 min unless the file says otherwise; add, for "
                                   "example,  interval: 15 min");
    } else if (steps > SPEC_MAX_INTERVALS) {
        finding(b->diags, CODE_E218, at, "%.0f intervals; at most %d are reported", steps,
                SPEC_MAX_INTERVALS);
        finding_hint(b->diags, "take longer intervals");
    } else {
        return;
    }
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
        finding_hint(b->diags, "write one of  open: 08:00-20:00  or  "
                               "steady: {warm_up: 2 h, length: 20 h}");
    } else if (second) {
        finding(b->diags, CODE_E208, second->key_span, "'%s' and '%s' exclude each other",
                first->key, second->key);
        finding_note(b->diags, first->key_span, "'%s' is here", first->key);
        b->time_known = false;
    } else if (b->time_known && time->mode == TIME_OPEN) {
        b->rate_day = time->closes - time->opens;
        if (time->interval > 0)
            check_interval(b, node);
        else
            b->time_known = false;
    }
}
