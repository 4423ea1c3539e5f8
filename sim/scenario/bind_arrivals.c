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
#define EXTRAS " smooth noise surge batch "
static const struct arrivals_form forms[] = {
    {"rate", " scale" EXTRAS},
    {"counts", " per from scale" EXTRAS},
    {"csv", " per from column scale" EXTRAS},
    {"renewal", " "},
    {"times", " "},
    {"trace", " arrived format talk hold wrap_up patience "},
};
enum { FORMS = sizeof forms / sizeof forms[0] };

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
    double sum = 0;
    if (!b->time_known)
        return 0;
    if (time->mode == TIME_STEADY)
        return time->warm_up + time->length * (double)(time->batches ? time->batches : 1);
    for (size_t k = 0; k < b->openings; k++)
        sum += opening_length(b, k);
    return sum;
}

void arrival_none(struct binder *b, struct span at)
{
    finding(b->diags, CODE_E204, at, "no calls at all");
    finding_hint(b->diags, "a queue that gets no calls of its own has no 'arrivals'");
}

/* ---- kinds ---- */

/* What a rate is in each opening: "per d" depends on its length. False with a finding. */
static bool read_rate(struct binder *b, const struct node *node, double of_day[SPEC_DAYS])
{
    size_t n = b->openings ? b->openings : 1;
    for (size_t k = 0; k < n; k++) {
        if (b->openings)
            b->rate_day = opening_length(b, k);
        if (!value_read(b, node, VALUE_RATE, &of_day[k]))
            return false;
    }
    return true;
}

/* Checks the amount, and keeps the rates: one if all days are alike. */
static void keep_rates(struct binder *b, struct span at, const double of_day[SPEC_DAYS],
                       double scale, struct spec_arrivals *out)
{
    size_t n = b->openings ? b->openings : 1;
    double most = 0, *scaled = arena_array(b->arena, n, sizeof *scaled);
    bool same = true;
    if (!scaled) {
        b->no_memory = true;
        return;
    }
    for (size_t k = 0; k < n; k++) {
        scaled[k] = of_day[k] * scale;
        most = fmax(most, scaled[k]);
        same = same && of_day[k] == of_day[0];
    }
    out->kind = ARRIVALS_RATE;
    out->rate = most;
    out->rate_by_day = same ? NULL : scaled;
    if (most <= 0)
        arrival_none(b, at);
    else if (most * fmax(1, watched(b)) > 1e9)
        too_many_calls(b, at);
}

static void rate(struct binder *b, const struct node *node, double scale, struct spec_arrivals *out)
{
    double of_day[SPEC_DAYS];
    out->kind = ARRIVALS_RATE;
    if (read_rate(b, node, of_day))
        keep_rates(b, node->span, of_day, scale, out);
}

static double scaled_sum(struct binder *b, double scale, struct spec_schedule *counts)
{
    double sum = 0, *scaled = arena_array(b->arena, counts->n, sizeof *scaled);
    if (!scaled) {
        b->no_memory = true;
        return 1;
    }
    for (size_t i = 0; i < counts->n; i++)
        sum += scaled[i] = counts->value[i] * scale;
    counts->value = scaled;
    return sum;
}

/* Scales and checks the counts of all openings, and keeps them. */
static void keep_counts(struct binder *b, struct spec_schedule day[SPEC_DAYS], struct span at,
                        double scale, struct spec_arrivals *out)
{
    double sum = 0;
    out->kind = ARRIVALS_COUNTS;
    for (size_t k = 0; k < b->openings; k++)
        sum += scaled_sum(b, scale, &day[k]);
    if (b->no_memory || !schedule_join(b, day, at, &out->counts))
        return;
    if (sum <= 0)
        arrival_none(b, out->counts.span);
    else if (sum > 1e9)
        too_many_calls(b, out->counts.span);
}

static const bool every_day[SPEC_DAYS] = {true, true, true, true, true, true, true};

static void counts(struct binder *b, const struct node *map, double scale,
                   struct spec_arrivals *out)
{
    struct spec_schedule day[SPEC_DAYS] = {{0}};
    out->kind = ARRIVALS_COUNTS;
    if (schedule_lay(b, map, SCHEDULE_CALLS, every_day, day))
        keep_counts(b, day, map->span, scale, out);
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
    if (!b->time_known || b->spec->time.mode == TIME_STEADY)
        return true;
    double first = b->opening[0].weekday * 86400.0 + b->opening[0].opens;
    for (size_t k = 0; k < b->openings; k++) {
        double opens = b->opening[k].weekday * 86400.0 + b->opening[k].opens - first;
        if (t >= opens && t <= opens + opening_length(b, k))
            return true;
    }
    return false;
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
            finding(b->diags, CODE_E217, item->span, "%s after %sopening the centre is closed",
                    item->text, b->openings > 1 ? "the first " : "");
            finding_note(b->diags, b->spec->time.span, "the opening");
        }
    }
    out->n = node->count;
    out->at = at;
}

/* ---- days that differ ---- */

/* What one day's arrivals are: a rate, or counts in steps. */
struct day_arrivals {
    bool is_rate[SPEC_DAYS];
    double rate[SPEC_DAYS];
    struct spec_schedule counts[SPEC_DAYS];
};

static bool day_keys(struct binder *b, const struct node *map)
{
    bool good = true;
    for (const struct node *c = map->first; c; c = c->next) {
        bool known = strcmp(c->key, "rate") == 0 || strcmp(c->key, "csv") == 0 ||
                     strcmp(c->key, "counts") == 0 || goes_with(form_of("csv"), c->key);
        if (known && strcmp(c->key, "scale") != 0 && !strstr(EXTRAS, c->key))
            continue;
        if (known || key_in(ARRIVALS, c->key))
            finding(b->diags, CODE_E219, c->key_span, "'%s' is for all days: put it beside them",
                    c->key);
        else
            unknown_key(b->diags, ARRIVALS, c->key, c->key_span);
        good = false;
    }
    return good;
}

/* The arrivals of those days that are on. */
static bool read_day(struct binder *b, const struct node *node, const bool on[SPEC_DAYS],
                     struct day_arrivals *day)
{
    double of_day[SPEC_DAYS];
    const struct node *given = node;
    if (node->kind == NODE_MAP) {
        if (!day_keys(b, node))
            return false;
        given = node_get(node, "rate");
        if (given && node->count > 1) {
            finding(b->diags, CODE_E208, given->key_span, "a rate stands alone");
            return false;
        }
        if (!given)
            return schedule_lay(b, node, SCHEDULE_CALLS, on, day->counts);
    }
    if (!read_rate(b, given, of_day))
        return false;
    for (size_t k = 0; k < b->openings; k++)
        if (on[k]) {
            day->is_rate[k] = true;
            day->rate[k] = of_day[k];
        }
    return true;
}

/* A constant rate as counts by interval: the same Poisson process. */
static bool rate_as_counts(struct binder *b, double a_second, size_t opening,
                           struct spec_schedule *out)
{
    double step = b->spec->time.interval;
    size_t n = (size_t)nearbyint(opening_length(b, opening) / step);
    double *value = arena_array(b->arena, n, sizeof *value);
    if (!value) {
        b->no_memory = true;
        return false;
    }
    for (size_t i = 0; i < n; i++)
        value[i] = a_second * step;
    *out = (struct spec_schedule){.per = step, .n = n, .value = value};
    return true;
}

static void by_day(struct binder *b, const struct node *map, double scale,
                   struct spec_arrivals *out)
{
    const struct node *of[SPEC_DAYS];
    struct day_arrivals day = {.rate = {0}};
    bool good = true, all_rates = true;
    if (!by_day_read(b, map, of))
        return;
    for (size_t k = 0; k < b->openings; k++) {
        bool same[SPEC_DAYS] = {false}, first = true;
        for (size_t j = 0; j < b->openings; j++) {
            same[j] = of[j] == of[k];
            first = first && (j >= k || !same[j]);
        }
        if (first)
            good = read_day(b, of[k], same, &day) && good;
        all_rates = all_rates && day.is_rate[k];
    }
    if (!good)
        return;
    if (all_rates) {
        keep_rates(b, map->span, day.rate, scale, out);
        return;
    }
    for (size_t k = 0; k < b->openings; k++)
        if (day.is_rate[k] && !rate_as_counts(b, day.rate[k], k, &day.counts[k]))
            return;
    keep_counts(b, day.counts, map->span, scale, out);
}

/* ---- the whole ---- */

static void other_keys(struct binder *b, const struct node *map, const struct node *kind)
{
    const struct arrivals_form *form = kind ? form_of(kind->key) : NULL;
    for (const struct node *child = map->first; child; child = child->next) {
        const struct key_row *row = key_in(ARRIVALS, child->key);
        if (!row) {
            unknown_key(b->diags, ARRIVALS, child->key, child->key_span);
        } else if (form && child != kind && !form_of(child->key) && !goes_with(form, child->key)) {
            finding(b->diags, CODE_E219, child->key_span, "'%s' does not go with '%s'", child->key,
                    kind->key);
            finding_note(b->diags, kind->key_span, "'%s' is here", kind->key);
        }
    }
}

/* Beside days stands only what is meant for all of them. */
static void beside_days(struct binder *b, const struct node *map)
{
    bool on[SPEC_DAYS];
    for (const struct node *c = map->first; c; c = c->next) {
        if (day_key(c->key, on) || goes_with(form_of("rate"), c->key))
            continue;
        if (!key_in(ARRIVALS, c->key)) {
            unknown_key(b->diags, ARRIVALS, c->key, c->key_span);
            continue;
        }
        finding(b->diags, CODE_E219, c->key_span, "'%s' cannot stand beside days", c->key);
        finding_hint(b->diags, "put it into each of them");
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
    double scale = read_scale(b, node);
    extras_read(b, node, out);
    if (by_day_is_written(node)) {
        by_day(b, node, scale, out);
        if (b->spec->time.mode == TIME_DAYS)
            beside_days(b, node);
        return;
    }
    const struct node *kind = find_form(b, node);
    other_keys(b, node, kind);
    if (!kind)
        return;
    if (strcmp(kind->key, "rate") == 0 && by_day_is_written(kind)) {
        if (by_day_only(b, kind))
            by_day(b, kind, scale, out);
    } else if (strcmp(kind->key, "rate") == 0)
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
