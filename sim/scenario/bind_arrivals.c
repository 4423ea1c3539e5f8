/* bind_arrivals.c - how contacts arrive: a rate, counts by step, times between, exact times.
 */
#include <math.h>
#include <string.h>

#include "binder.h"

/* The kinds, and which keys go with each of them. */
struct arrivals_form {
    const char *key; /* that tells the kind */
    const char *others;
};
static const struct arrivals_form forms[] = {
    {"rate", " scale "},
    {"counts", " per from scale "},
    {"csv", " per from column scale "},
    {"renewal", " "},
    {"times", " "},
    {"trace", " arrived format talk hold wrap_up patience "},
};
enum { FORMS = sizeof forms / sizeof forms[0] };
#define ARRIVALS "queues.*.arrivals"

static const struct arrivals_form *form_of(const char *key)
{
    for (size_t i = 0; i < FORMS; i++)
        if (strcmp(forms[i].key, key) == 0)
            return &forms[i];
    return NULL;
}

static bool goes_with(const struct arrivals_form *form, const char *key)
{
    const char *found = strstr(form->others, key);
    size_t length = strlen(key);
    return found && length > 0 && found[-1] == ' ' && found[length] == ' ';
}

static void too_many_calls(struct binder *b, struct span at)
{
    finding(b->diags, CODE_E218, at, "more than 1,000,000,000 calls in one replication");
    finding_hint(b->diags, "look for a wrong unit");
}

/* Seconds in which calls arrive; 0 if time is wrong. */
static double watched(const struct binder *b)
{
    const struct spec_time *time = &b->spec->time;
    if (!b->time_known)
        return 0;
    return time->mode == TIME_OPEN ? time->closes - time->opens : time->warm_up + time->length;
}

void arrival_none(struct binder *b, struct span at)
{
    finding(b->diags, CODE_E204, at, "no calls at all");
    finding_hint(b->diags, "a queue that gets no calls of its own has no 'arrivals'");
}

/* ---- kinds ---- */

static void rate(struct binder *b, const struct node *node, double scale, struct spec_arrivals *out)
{
    out->kind = ARRIVALS_RATE;
    if (!value_read(b, node, VALUE_RATE, &out->rate))
        return;
    out->rate *= scale;
    if (out->rate <= 0)
        arrival_none(b, node->span);
    else if (out->rate * fmax(1, watched(b)) > 1e9)
        too_many_calls(b, node->span);
}

static void counts(struct binder *b, const struct node *map, double scale,
                   struct spec_arrivals *out)
{
    double sum = 0;
    out->kind = ARRIVALS_COUNTS;
    if (!schedule_read(b, map, SCHEDULE_CALLS, &out->counts))
        return;
    double *scaled = arena_array(b->arena, out->counts.n, sizeof *scaled);
    if (!scaled) {
        b->no_memory = true;
        return;
    }
    for (size_t i = 0; i < out->counts.n; i++)
        sum += scaled[i] = out->counts.value[i] * scale;
    out->counts.value = scaled;
    if (sum <= 0)
        arrival_none(b, out->counts.span);
    else if (sum > 1e9)
        too_many_calls(b, out->counts.span);
}

static void renewal(struct binder *b, const struct node *node, struct spec_arrivals *out)
{
    struct dist_use use = {.bare = true, .fixed = true};
    out->kind = ARRIVALS_RENEWAL;
    out->between = dist_read(b, node, use);
    if (!out->between)
        return;
    double mean = dist_mean(out->between);
    if (!(mean > 0))
        finding(b->diags, CODE_E204, node->span, "the mean time between calls must be above 0");
    else if (watched(b) / mean > 1e9)
        too_many_calls(b, node->span);
}

bool arrival_inside(const struct binder *b, double t)
{
    const struct spec_time *time = &b->spec->time;
    return !b->time_known || time->mode == TIME_STEADY || t <= time->closes - time->opens;
}

static void times(struct binder *b, const struct node *node, struct spec_arrivals *out)
{
    size_t i = 0;
    out->kind = ARRIVALS_TIMES;
    if (!want_list(b, node, "[0 s, 30 s, 60 s]"))
        return;
    if (node->count == 0)
        arrival_none(b, node->span);
    double *at = arena_array(b->arena, node->count + 1, sizeof *at);
    if (!at) {
        b->no_memory = true;
        return;
    }
    for (const struct node *item = node->first; item; item = item->next, i++) {
        if (!value_read(b, item, VALUE_DURATION, &at[i])) {
            at[i] = i > 0 ? at[i - 1] : 0;
        } else if (i > 0 && at[i] < at[i - 1]) {
            finding(b->diags, CODE_E217, item->span, "the times must not fall");
            at[i] = at[i - 1];
        } else if (!arrival_inside(b, at[i])) {
            finding(b->diags, CODE_E217, item->span, "%s after opening the centre is closed",
                    item->text);
            finding_note(b->diags, b->spec->time.span, "the opening");
        }
    }
    out->n = node->count;
    out->at = at;
}

/* ---- the whole ---- */

static void other_keys(struct binder *b, const struct node *map, const struct node *kind)
{
    const struct arrivals_form *form = kind ? form_of(kind->key) : NULL;
    for (const struct node *child = map->first; child; child = child->next) {
        const struct key_row *row = key_in(ARRIVALS, child->key);
        if (!row)
            unknown_key(b->diags, ARRIVALS, child->key, child->key_span);
        else if (row->flags & KEY_LATER)
            not_yet(b, child->key_span, child->key);
        else if (form && child != kind && !form_of(child->key) && !goes_with(form, child->key)) {
            finding(b->diags, CODE_E219, child->key_span, "'%s' does not go with '%s'", child->key,
                    kind->key);
            finding_note(b->diags, kind->key_span, "'%s' is here", kind->key);
        }
    }
}

/* The key that tells the kind; NULL with a finding. */
static const struct node *find_form(struct binder *b, const struct node *map)
{
    const struct node *kind = NULL, *second = NULL;
    for (const struct node *child = map->first; child; child = child->next)
        if (form_of(child->key)) {
            second = kind && !second ? child : second;
            kind = kind ? kind : child;
        }
    if (!kind) {
        finding(b->diags, CODE_E208, map->key_span, "how do the calls of '%s' arrive?", map->key);
        finding_hint(b->diags,
                     "write one of  arrivals: 120 per h  or  {per: 30 min, counts: [...]} "
                     " or  {csv: forecast.csv, column: support}");
    } else if (second) {
        finding(b->diags, CODE_E208, second->key_span, "'%s' and '%s' exclude each other",
                kind->key, second->key);
        finding_note(b->diags, kind->key_span, "'%s' is here", kind->key);
        return NULL;
    }
    return kind;
}

static double read_scale(struct binder *b, const struct node *map)
{
    const struct node *node = node_get(map, "scale");
    double scale = 1;
    if (!node || !value_read(b, node, VALUE_FACTOR, &scale))
        return 1;
    if (scale > 0 && scale <= 1e6)
        return scale;
    finding(b->diags, CODE_E204, node->span, "'scale' must be above 0 and at most 1000000");
    return 1;
}

void read_arrivals(struct binder *b, const struct key_row *row, const struct node *node,
                   void *target)
{
    struct spec_arrivals *out = arena_alloc(b->arena, sizeof *out);
    if (!out) {
        b->no_memory = true;
        return;
    }
    out->span = node->span;
    *(const struct spec_arrivals **)target = out;
    if (node->kind == NODE_SCALAR && !node_is_null(node)) {
        rate(b, node, 1, out);
        return;
    }
    if (!want_map(b, node, row->form))
        return;
    const struct node *kind = find_form(b, node);
    other_keys(b, node, kind);
    if (!kind)
        return;
    double scale = read_scale(b, node);
    if (strcmp(kind->key, "rate") == 0)
        rate(b, kind, scale, out);
    else if (strcmp(kind->key, "renewal") == 0)
        renewal(b, kind, out);
    else if (strcmp(kind->key, "times") == 0)
        times(b, kind, out);
    else if (strcmp(kind->key, "trace") == 0)
        trace_read(b, node, kind, out);
    else
        counts(b, node, scale, out);
}
