/* staff_lanes.c - what can be searched side by side.
 *
 * The one idea: what happens on Monday morning does not depend on how many come on Tuesday, and
 * hardly on how many come on Monday evening. So a run can try one change in every part of the week
 * at once.
 */
#include <math.h>

#include "staffing.h"

static bool one_opening(const oh_model *m, size_t first, size_t last)
{
    return staff_opening(m, first) == staff_opening(m, last);
}

bool staff_comes_back(const oh_model *m)
{
    for (size_t q = 0; q < m->queues; q++) {
        const struct spec_queue *rules = m->queue[q].rules;
        if (rules->redial.given || rules->unresolved.given || rules->callback.given)
            return true;
    }
    return false;
}

/* Does nothing of one day reach the next? */
static bool days_apart(const oh_model *m)
{
    if (m->carry_over)
        return false;
    for (size_t d = 0; d < m->openings; d++)
        if (m->opening[d].joined)
            return false;
    for (size_t q = 0; q < m->queues; q++) {
        const struct spec_queue *rules = m->queue[q].rules;
        if (m->queue[q].deferrable || rules->backlog > 0)
            return false;
    }
    return !staff_comes_back(m);
}

/* Is every unit and every rule of one day? */
static bool day_by_day(const struct staff *s)
{
    const oh_model *m = s->model;
    if (!m->week)
        return false;
    for (size_t u = 0; u < s->units; u++)
        if (!one_opening(m, s->unit[u].first, s->unit[u].last))
            return false;
    for (size_t r = 0; r < s->rules; r++)
        if (!one_opening(m, s->rule[r].first, s->rule[r].last))
            return false;
    return true;
}

double staff_lingers(const oh_model *m)
{
    enum { CALLS_ON = 6 };
    double longest = 0;
    for (size_t q = 0; q < m->queues; q++)
        if (isfinite(m->queue[q].mean_handling))
            longest = fmax(longest, CALLS_ON * m->queue[q].mean_handling);
    return longest;
}

/* Intervals of a part of a day that has little to do with the part after the next: a few handling
 * times, and as long as work may wait by its target. Infinite if everything is connected. */
static double part_length(const struct staff *s)
{
    enum { LEAST = 3 };
    const oh_model *m = s->model;
    double longest = staff_lingers(m);
    bool parts = s->single && m->interval > 0 && !staff_comes_back(m);
    for (size_t u = 0; u < s->units; u++)
        parts = parts && !s->unit[u].line;
    for (size_t r = 0; r < s->rules; r++)
        if (s->rule[r].within > 0)
            longest = fmax(longest, s->rule[r].within);
    return parts ? fmax(LEAST, 1 + ceil(longest / m->interval)) : INFINITY;
}

static size_t parts_of(const struct model_opening *o, double length)
{
    return (double)o->periods > length ? (size_t)((double)o->periods / length) : 1;
}

/* The lane of an interval; borders are moved by `shift` of a part's length. */
static uint32_t lane_of(const struct staff *s, double length, double shift, size_t interval)
{
    const oh_model *m = s->model;
    size_t lane = 0, d = staff_opening(m, interval);
    const struct model_opening *o = &m->opening[d];
    for (size_t i = 0; i < d; i++)
        lane += parts_of(&m->opening[i], length);
    double parts = (double)parts_of(o, length);
    double at = ((double)(interval - o->first_period) + 0.5) / (double)o->periods * parts - shift;
    return (uint32_t)(lane + (size_t)fmax(0, floor(at)));
}

void staff_find_lanes(struct staff *s)
{
    s->by_day = day_by_day(s);
    s->apart = s->by_day && days_apart(s->model);
    staff_lanes(s, 0);
}

void staff_lanes(struct staff *s, double shift)
{
    const oh_model *m = s->model;
    double length = part_length(s);
    s->lanes = 1;
    s->touch = false;
    bool parts = isfinite(length);
    for (size_t d = 0; (parts || s->by_day) && d < m->openings; d++) {
        size_t n = parts_of(&m->opening[d], length);
        s->lanes += n - (d == 0);
        s->touch = s->touch || n > 1;
    }
    for (size_t u = 0; u < s->units; u++)
        s->unit[u].lane = s->lanes > 1 ? lane_of(s, length, shift, s->unit[u].first) : 0;
    for (size_t r = 0; r < s->rules; r++)
        s->rule[r].lane = s->lanes > 1 ? lane_of(s, length, shift, s->rule[r].first) : 0;
}

bool staff_rests(const struct staff *s, size_t lane)
{
    return s->touch && (lane & 1) != s->turn;
}

bool staff_fails(const struct staff *s, const struct staff_score *score, size_t lane)
{
    bool next = s->touch && lane + 1 < s->lanes && score->shortfall[lane + 1] > 0;
    return score->shortfall[lane] > 0 || next;
}
