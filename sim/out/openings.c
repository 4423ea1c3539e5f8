/* openings.c - finding the openings: the labels of intervals say only day and time of day.
 *
 * An opening ends where the day changes; within one the clock only goes forward, so a time of day
 * before that of opening is past midnight.
 */
#include "openings.h"

#include <stdio.h>
#include <string.h>

enum { DAY = 86400 };

static double clock_seconds(const char *text)
{
    unsigned h = 0, m = 0, s = 0;
    sscanf(text, "%u:%u:%u", &h, &m, &s); /* seconds only where there are any */
    return 3600.0 * h + 60.0 * m + s;
}

static double midnight_of(const char *day)
{
    static const char *const names[OPENINGS] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    size_t d = 0;
    while (day && d + 1 < OPENINGS && strcmp(names[d], day) != 0)
        d++;
    return day ? (double)d * DAY : 0;
}

struct span opening_span(const oh_result *result, const struct opening *o, size_t i)
{
    oh_interval at = oh_result_interval(result, i);
    double midnight = midnight_of(o->day);
    struct span span = {midnight + clock_seconds(at.start), midnight + clock_seconds(at.end)};
    if (span.start < o->opens)
        span.start += DAY;
    while (span.end <= span.start)
        span.end += DAY;
    return span;
}

static bool same_day(const char *a, const char *b)
{
    return (!a && !b) || (a && b && strcmp(a, b) == 0);
}

size_t openings_of(const oh_result *result, struct opening list[OPENINGS])
{
    size_t n = 0;
    for (size_t i = 0; i < oh_result_intervals(result); i++) {
        oh_interval at = oh_result_interval(result, i);
        if (n == 0 || (n < OPENINGS && !same_day(list[n - 1].day, at.day)))
            list[n++] = (struct opening){
                .first = i, .day = at.day, .opens = midnight_of(at.day) + clock_seconds(at.start)};
        struct opening *o = &list[n - 1];
        o->intervals++;
        o->closes = opening_span(result, o, i).end;
    }
    for (size_t d = 0; d + 1 < n; d++)
        list[d].joined = list[d + 1].opens <= list[d].closes;
    return n;
}
