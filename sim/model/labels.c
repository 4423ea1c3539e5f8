/* labels.c - times of a model by the clock. */
#include "labels.h"

#include <math.h>
#include <stdio.h>

enum { DAY = 86400 };

const char *label_day(const oh_model *m, size_t opening)
{
    static const char *const name[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    return name[m->opening[opening].weekday];
}

void label_clock(char text[12], double of_day)
{
    unsigned s = (unsigned)lround(of_day);
    if (s % 60 == 0)
        snprintf(text, 12, "%02u:%02u", s / 3600 % 100, s / 60 % 60);
    else
        snprintf(text, 12, "%02u:%02u:%02u", s / 3600 % 100, s / 60 % 60, s % 60);
}

oh_interval label_interval(const oh_model *m, size_t interval)
{
    oh_interval label;
    size_t d = 0;
    while (d + 1 < m->openings && m->opening[d + 1].first_period <= interval)
        d++;
    const struct model_opening *o = &m->opening[d];
    double start = o->midnight_to_opens + m->interval * (double)(interval - o->first_period);
    double end = fmod(start + m->interval, DAY);
    label_clock(label.start, fmod(start, DAY));
    label_clock(label.end, end > 0 ? end : DAY);
    label.day = m->week ? label_day(m, d) : NULL;
    return label;
}

void label_moment(char text[12], const oh_model *m, double at, bool end)
{
    const struct model_opening *o = &m->opening[model_opening_at(m, at)];
    double of_day = fmod(o->midnight_to_opens + at - o->opens + 7.0 * DAY, DAY);
    label_clock(text, end && of_day == 0 ? DAY : of_day);
}
