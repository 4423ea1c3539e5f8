/* bind_schedule.c - numbers over time, from a list or a CSV column.
 *
 * The one idea: a schedule must fit each opening exactly, or say why not. A forecast by quarter
 * hours read as half hours would look plausible and be wrong by a factor of two.
 */
#include "bind_schedule.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const struct csv_want schedule_wants[] = {
    [SCHEDULE_CALLS] = {false, false, 1e9, "a number of calls"},
    [SCHEDULE_AGENTS] = {true, false, SPEC_MAX_AGENTS, "a number of agents"},
    [SCHEDULE_MEANS] = {false, false, SPEC_MAX_DURATION, "a time"},
};

/* ---- the keys of a schedule ---- */

static struct series series_of(struct binder *b, const struct node *map, enum schedule_use use)
{
    return (struct series){.b = b,
                           .use = use,
                           .map = map,
                           .per_node = node_get(map, "per"),
                           .from_node = node_get(map, "from"),
                           .counts = node_get(map, "counts"),
                           .csv = node_get(map, "csv"),
                           .column = node_get(map, "column"),
                           .unit_node = node_get(map, "unit"),
                           .per = b->spec->time.interval,
                           .clock = NAN,
                           .unit = 1,
                           .clock_column = -1};
}

bool schedule_is_written(const struct node *map)
{
    static const char *const keys[] = {"per", "from", "counts", "csv", "column"};
    for (size_t i = 0; map->kind == NODE_MAP && i < sizeof keys / sizeof keys[0]; i++)
        if (node_get(map, keys[i]))
            return true;
    return false;
}

static bool is_whole(double x)
{
    return fabs(x - nearbyint(x)) <= 1e-9 * fmax(1, fabs(x));
}

/* What "unit: s" makes of bare numbers; 1 without one. */
static bool read_unit(struct series *s)
{
    char text[40];
    struct problem problem = {"", ""};
    if (!s->unit_node)
        return true;
    const char *word = value_text(s->b, s->unit_node, "a unit of time", "s, min or h");
    if (!word)
        return false;
    bool digit = strpbrk(word, "0123456789") != NULL;
    int n = snprintf(text, sizeof text, "1 %s", word);
    if (!digit && n > 0 && (size_t)n < sizeof text && unit_duration(text, &s->unit, &problem))
        return true;
    finding(s->b->diags, CODE_E207, s->unit_node->span, "there is no unit of time '%s'", word);
    finding_hint(s->b->diags, "write ms, s, min, h or d");
    return false;
}

/* What belongs together: counts, or csv and column. */
static bool check_parts(struct series *s)
{
    struct binder *b = s->b;
    if (s->counts && s->csv) {
        finding(b->diags, CODE_E208, s->csv->key_span, "'counts' and 'csv' exclude each other");
        finding_note(b->diags, s->counts->key_span, "'counts' is here");
        return false;
    }
    if (s->counts && s->column) {
        finding(b->diags, CODE_E219, s->column->key_span,
                "'column' goes with 'csv', not with 'counts'");
        return false;
    }
    if (!s->counts && !s->csv) {
        finding(b->diags, CODE_E208, s->map->key ? s->map->key_span : s->map->span,
                "this schedule has no values");
        finding_hint(b->diags, "add  counts: [...]  or  csv: plan.csv, column: desk");
        return false;
    }
    if (s->use == SCHEDULE_MEANS && s->csv && !s->unit_node) {
        finding(b->diags, CODE_E202, s->csv->key_span, "'unit' is missing: times in which unit?");
        finding_hint(b->diags, "add, for example,  unit: s");
        return false;
    }
    return true;
}

/* ---- values of a list ---- */

static bool listed_value(struct series *s, const struct node *item, double *out)
{
    enum value_kind kind = s->use == SCHEDULE_CALLS    ? VALUE_NUMBER
                           : s->use == SCHEDULE_AGENTS ? VALUE_COUNT
                           : s->unit_node              ? VALUE_NUMBER
                                                       : VALUE_DURATION;
    struct binder *b = s->b;
    char text[48], most[48];
    double value;
    if (!value_read(b, item, kind, &value))
        return false;
    *out = kind == VALUE_NUMBER ? value * s->unit : value;
    if (*out >= 0 && *out <= schedule_wants[s->use].most)
        return true;
    if (s->use == SCHEDULE_AGENTS)
        finding(b->diags, CODE_E218, item->span, "%s agents; at most %s are possible",
                words_for(text, VALUE_COUNT, value), words_for(most, VALUE_COUNT, SPEC_MAX_AGENTS));
    else
        finding(b->diags, CODE_E204, item->span, "%s is too %s", item->text,
                *out < 0 ? "small: it must not be negative" : "large");
    return false;
}

static bool listed_values(struct series *s, const struct node *list)
{
    struct binder *b = s->b;
    bool good = true;
    size_t i = 0;
    if (!want_list(b, list, s->use == SCHEDULE_MEANS ? "[4 min, 5 min]" : "[40, 62]"))
        return false;
    if (list->count > SPEC_MAX_STEPS) {
        finding(b->diags, CODE_E218, list->span, "a schedule has at most %d steps", SPEC_MAX_STEPS);
        return false;
    }
    double *values = arena_array(b->arena, list->count, sizeof *values);
    if (!values) {
        b->no_memory = true;
        return false;
    }
    for (const struct node *item = list->first; item; item = item->next, i++)
        good = listed_value(s, item, &values[i]) && good;
    s->n = list->count;
    s->value = values;
    s->span = list->span;
    return good;
}

/* ---- on an opening ---- */

static bool fit_per(const struct series *s, size_t opening)
{
    struct binder *b = s->b;
    char step[48], length[48];
    double open = opening_length(b, opening);
    if (s->per >= 1 && s->per <= open && is_whole(open / s->per))
        return true;
    words_for(step, VALUE_DURATION, s->per);
    words_for(length, VALUE_DURATION, open);
    finding(b->diags, CODE_E215, s->per_node->span, "steps of %s do not divide the opening of %s%s",
            step, length, on_day(b, opening));
    finding_note(b->diags, b->spec->time.span, "the opening");
    return false;
}

/* Where the first step starts, in seconds since the opening; before it only for agents. */
static bool fit_from(const struct series *s, size_t opening, double *from)
{
    struct binder *b = s->b;
    double open = opening_length(b, opening);
    char step[48];
    *from = 0;
    if (isnan(s->clock))
        return true;
    double after = fmod(s->clock - b->opening[opening].opens + 2 * 86400, 86400);
    double before = 86400 - after;
    if (after >= open && s->use == SCHEDULE_AGENTS && before <= 43200)
        after = -before;
    if (after >= open) {
        finding(b->diags, CODE_E215, s->from_node->span, "%s is outside the opening%s",
                s->from_node->text, on_day(b, opening));
        finding_note(b->diags, b->spec->time.span, "the opening");
        return false;
    }
    if (!is_whole(after / s->per)) {
        words_for(step, VALUE_DURATION, s->per);
        finding(b->diags, CODE_E215, s->from_node->span,
                "%s is not a whole number of steps of %s from the opening%s", s->from_node->text,
                step, on_day(b, opening));
        finding_note(b->diags, b->spec->time.span, "the opening");
        return false;
    }
    *from = after;
    return true;
}

/* A step that people use: whole hours, or minutes that divide an hour. */
static bool is_usual(double step)
{
    return step >= 60 && (fmod(3600, step) == 0 || fmod(step, 3600) == 0);
}

static void wrong_length(const struct series *s, size_t opening, const struct spec_schedule *day,
                         double wanted)
{
    struct binder *b = s->b;
    const struct spec_opening *o = &b->opening[opening];
    double open = opening_length(b, opening);
    char from[16], to[16], step[48];
    format_time_of_day(from, sizeof from, fmod(o->opens + day->from + 86400, 86400));
    format_time_of_day(to, sizeof to, o->closes > 86400 ? o->closes - 86400 : o->closes);
    words_for(step, VALUE_DURATION, s->per);
    finding(b->diags, CODE_E215, s->span, "%zu values, but %s to %s%s in steps of %s takes %.0f",
            day->n, from, to, on_day(b, opening), step, wanted);
    if (day->n > 0 && is_usual((open - day->from) / (double)day->n))
        finding_hint(b->diags, "if the values are for other steps, write  per: %s",
                     words_for(step, VALUE_DURATION, (open - day->from) / (double)day->n));
    if (b->openings > 1)
        finding_hint(b->diags, "days that differ are written  {mon-fri: ..., sat: ...}");
    finding_note(b->diags, b->spec->time.span, "the opening");
}

/* A plan of agents may end early or late; usually then the step is not what was meant. */
static void warn_plan(const struct series *s, size_t opening, const struct spec_schedule *day)
{
    struct binder *b = s->b;
    const struct spec_opening *o = &b->opening[opening];
    double open = opening_length(b, opening), end = day->from + (double)day->n * day->per;
    char at[16], close[16], step[48], after[48];
    words_for(step, VALUE_DURATION, s->per);
    if (b->is_variant)
        return;
    if (end < open - 1e-6) {
        format_time_of_day(at, sizeof at, fmod(o->opens + end + 86400, 86400));
        format_time_of_day(close, sizeof close, fmod(o->closes, 86400 + 1e-6));
        finding(b->diags, CODE_W203, s->span,
                "nobody of '%s' is planned after %s%s; the centre closes at %s",
                b->group ? b->group : "", at, on_day(b, opening), close);
        if (is_usual((open - day->from) / (double)day->n))
            finding_hint(b->diags, "if the values are for other steps, write  per: %s",
                         words_for(step, VALUE_DURATION, (open - day->from) / (double)day->n));
    } else if (end - open >= fmin(open, 6 * 3600.0)) {
        finding(b->diags, CODE_W201, s->span, "this plan goes on for %s after closing",
                words_for(after, VALUE_DURATION, end - open));
        finding_hint(b->diags, "it has %zu steps of %s: is the step right?", day->n, step);
    }
}

/* Means are laid on each opening from its beginning: what reaches to the end of the longest one is
 * enough for all. */
static bool reaches_longest(const struct series *s, const struct spec_schedule *day)
{
    double longest = 0;
    for (size_t k = 0; k < s->b->openings; k++)
        longest = fmax(longest, opening_length(s->b, k));
    return s->use == SCHEDULE_MEANS && (double)day->n == nearbyint((longest - day->from) / s->per);
}

static bool check_length(const struct series *s, size_t opening, const struct spec_schedule *day,
                         bool warn)
{
    double wanted = nearbyint((opening_length(s->b, opening) - day->from) / s->per);
    bool agents = s->use == SCHEDULE_AGENTS && day->n > 0;
    if (!agents && (double)day->n != wanted && !reaches_longest(s, day)) {
        wrong_length(s, opening, day, wanted);
        return false;
    }
    if (agents && warn)
        warn_plan(s, opening, day);
    return true;
}

/* ---- the whole ---- */

/* Everything that does not depend on the day. */
static bool prepare(struct series *s)
{
    struct binder *b = s->b;
    if (!check_parts(s) || !read_unit(s))
        return false;
    if (b->time_known && b->spec->time.mode == TIME_STEADY) {
        finding(b->diags, CODE_E216, s->map->key ? s->map->key_span : s->map->span,
                "a schedule has no meaning in steady state, where nothing changes with time");
        finding_note(b->diags, b->spec->time.span, "steady state is asked for here");
        return false;
    }
    if (!b->time_known)
        return false; /* what is wrong with time has been said */
    if (s->per_node && !value_read(b, s->per_node, VALUE_DURATION, &s->per))
        return false;
    return !s->from_node || value_read(b, s->from_node, VALUE_TIME_OF_DAY, &s->clock);
}

static bool lay_one(struct series *s, size_t opening, struct spec_schedule *out, bool warn)
{
    *out = (struct spec_schedule){.per = s->per, .n = s->n, .value = s->value, .span = s->span};
    if ((s->per_node && !fit_per(s, opening)) || !fit_from(s, opening, &out->from))
        return false;
    return (!s->table || series_rows(s, opening, out)) && check_length(s, opening, out, warn);
}

/* The same values on all openings that are on; the first that they do not fit is told. */
static bool lay_all(struct series *s, const bool on[SPEC_DAYS], struct spec_schedule day[SPEC_DAYS])
{
    bool warn = true;
    for (size_t k = 0; k < s->b->openings; k++) {
        if (!on[k])
            continue;
        size_t before = oh_diags_warnings(s->b->diags);
        if (!lay_one(s, k, &day[k], warn))
            return false;
        warn = warn && oh_diags_warnings(s->b->diags) == before;
    }
    return true;
}

/* A list for each day. */
static bool lay_lists(struct series *s, const bool on[SPEC_DAYS],
                      struct spec_schedule day[SPEC_DAYS])
{
    const struct node *of[SPEC_DAYS];
    bool good = by_day_only(s->b, s->counts);
    if (!by_day_read(s->b, s->counts, of) || !good)
        return false;
    for (size_t k = 0; k < s->b->openings; k++) {
        bool same[SPEC_DAYS] = {false}, first = on[k];
        for (size_t j = 0; j < s->b->openings; j++) {
            same[j] = on[j] && of[j] == of[k];
            first = first && (j >= k || !same[j]);
        }
        if (first)
            good = listed_values(s, of[k]) && lay_all(s, same, day) && good;
    }
    return good;
}

bool schedule_lay(struct binder *b, const struct node *map, enum schedule_use use,
                  const bool on[SPEC_DAYS], struct spec_schedule day[SPEC_DAYS])
{
    struct series s = series_of(b, map, use);
    if (!prepare(&s))
        return false;
    if (s.counts && by_day_is_written(s.counts))
        return lay_lists(&s, on, day);
    bool good = s.counts ? listed_values(&s, s.counts) : series_from_table(&s);
    return good && lay_all(&s, on, day);
}

static bool same_schedule(const struct spec_schedule *a, const struct spec_schedule *b)
{
    return a->from == b->from && a->per == b->per && a->n == b->n &&
           (a->value == b->value || memcmp(a->value, b->value, a->n * sizeof *a->value) == 0);
}

bool schedule_join(struct binder *b, const struct spec_schedule day[SPEC_DAYS], struct span span,
                   struct spec_schedule *out)
{
    bool same = true;
    for (size_t k = 1; k < b->openings; k++)
        same = same && same_schedule(&day[0], &day[k]);
    *out = day[0];
    if (same)
        return true;
    struct spec_schedule *copy = arena_copy(b->arena, day, b->openings * sizeof *day);
    if (!copy) {
        b->no_memory = true;
        return false;
    }
    *out = (struct spec_schedule){.span = span, .day = copy};
    return true;
}

bool schedule_read(struct binder *b, const struct node *map, enum schedule_use use,
                   struct spec_schedule *out)
{
    static const bool all[SPEC_DAYS] = {true, true, true, true, true, true, true};
    struct spec_schedule day[SPEC_DAYS] = {{0}};
    return schedule_lay(b, map, use, all, day) && schedule_join(b, day, map->span, out);
}
