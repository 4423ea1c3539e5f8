/* bind_days.c - days of the week as keys, and values that differ between them.
 *
 * The one idea: a map by day must name each opening exactly once, or say which it misses: what is
 * not named would otherwise quietly be nobody on duty, or no calls.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "binder.h"

enum { DAYS = SPEC_DAYS };

static const char *const short_names[DAYS] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
static const char *const full_names[DAYS] = {"monday", "tuesday",  "wednesday", "thursday",
                                             "friday", "saturday", "sunday"};

const char *day_name(unsigned weekday)
{
    return short_names[weekday];
}

/* The day that `length` letters name, or DAYS. */
static unsigned day_of(const char *text, size_t length, bool loose)
{
    for (unsigned d = 0; d < DAYS; d++) {
        if (length == 3 && strncmp(text, short_names[d], length) == 0)
            return d;
        if (loose && length == 3 && strncasecmp(text, short_names[d], length) == 0)
            return d;
        if (loose && length == strlen(full_names[d]) &&
            strncasecmp(text, full_names[d], length) == 0)
            return d;
    }
    return DAYS;
}

static bool days_of(const char *text, bool loose, bool on[SPEC_DAYS])
{
    const char *dash = strchr(text, '-');
    size_t length = dash ? (size_t)(dash - text) : strlen(text);
    unsigned first = day_of(text, length, loose), last = first;
    if (dash)
        last = day_of(dash + 1, strlen(dash + 1), loose);
    if (first == DAYS || last == DAYS)
        return false;
    memset(on, 0, DAYS * sizeof *on);
    for (unsigned d = first;; d = (d + 1) % DAYS) {
        on[d] = true;
        if (d == last)
            return true;
    }
}

bool day_key(const char *text, bool on[SPEC_DAYS])
{
    return days_of(text, false, on);
}

bool day_word(const char *text, bool on[SPEC_DAYS])
{
    return days_of(text, true, on);
}

bool by_day_is_written(const struct node *map)
{
    bool on[DAYS];
    if (map->kind != NODE_MAP)
        return false;
    for (const struct node *c = map->first; c; c = c->next)
        if (day_key(c->key, on))
            return true;
    return false;
}

bool by_day_only(struct binder *b, const struct node *map)
{
    bool on[DAYS], good = true;
    for (const struct node *c = map->first; c; c = c->next) {
        if (day_key(c->key, on))
            continue;
        const char *near = nearest(c->key, short_names, DAYS);
        finding(b->diags, CODE_E201, c->key_span, "'%s' is no day", c->key);
        if (near)
            finding_hint(b->diags, "did you mean '%s'?", near);
        else
            finding_hint(b->diags, "write mon, tue, wed, thu, fri, sat, sun, or mon-fri");
        good = false;
    }
    return good;
}

static bool need_days(struct binder *b, const struct node *day)
{
    if (!b->time_known)
        return false;
    if (b->spec->time.mode == TIME_DAYS)
        return true;
    finding(b->diags, CODE_E219, day->key_span, "values by day, but the scenario is not a week");
    finding_hint(b->diags, "a week is written  time: {days: {mon-fri: 08:00-20:00, sat: "
                           "09:00-13:00}}");
    finding_note(b->diags, b->spec->time.span, "the time that it describes");
    return false;
}

/* Gives one key's value to the openings of its days. */
static bool give(struct binder *b, const struct node *day, const bool on[SPEC_DAYS],
                 const struct node *of[SPEC_DAYS])
{
    bool closed[DAYS], good = true;
    memcpy(closed, on, sizeof closed);
    for (size_t k = 0; k < b->openings; k++) {
        unsigned d = b->opening[k].weekday;
        closed[d] = false;
        if (!on[d])
            continue;
        if (of[k] && good) {
            finding(b->diags, CODE_E214, day->key_span, "%s is given twice", day_name(d));
            finding_note(b->diags, of[k]->key_span, "the first time");
            good = false;
        }
        of[k] = of[k] ? of[k] : day;
    }
    for (unsigned d = 0; d < DAYS && good; d++)
        if (closed[d]) {
            finding(b->diags, CODE_E219, day->key_span, "the centre is closed on %s", day_name(d));
            finding_hint(b->diags, "name only the days on which it opens");
            finding_note(b->diags, b->spec->time.span, "the openings");
            good = false;
        }
    return good;
}

static bool all_given(struct binder *b, const struct node *map, const struct node *const *of)
{
    for (size_t k = 0; k < b->openings; k++)
        if (!of[k]) {
            const char *day = day_name(b->opening[k].weekday);
            finding(b->diags, CODE_E202, map->key ? map->key_span : map->span,
                    "%s is missing: the centre opens on that day, too", day);
            finding_hint(b->diags, "add  %s: ...", day);
            finding_note(b->diags, b->spec->time.span, "the openings");
            return false;
        }
    return true;
}

bool by_day_read(struct binder *b, const struct node *map, const struct node *of[SPEC_DAYS])
{
    bool on[DAYS], good = true;
    memset(of, 0, DAYS * sizeof *of);
    for (const struct node *c = map->first; c; c = c->next) {
        if (!day_key(c->key, on))
            continue;
        if (!need_days(b, c))
            return false;
        good = give(b, c, on, of) && good;
    }
    return good && all_given(b, map, of);
}

const char *on_day(const struct binder *b, size_t opening)
{
    static const char *const words[DAYS] = {" on mon", " on tue", " on wed", " on thu",
                                            " on fri", " on sat", " on sun"};
    return b->spec->time.mode == TIME_DAYS ? words[b->opening[opening].weekday] : "";
}

double opening_length(const struct binder *b, size_t opening)
{
    return b->opening[opening].closes - b->opening[opening].opens;
}
