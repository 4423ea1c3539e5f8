/* clock.c - the openings of a replication on one axis of seconds.
 *
 * The one idea: a day, a week and a steady run are the same thing, a list of openings; time 0 is
 * the first one.
 */
#include "compile.h"

enum { DAY = 86400 };

static void steady_clock(struct oh_model *m, const struct spec_time *t, struct model_opening *o)
{
    m->steady = true;
    m->warm_up = t->warm_up;
    m->batches = t->batches;
    m->length = t->length;
    m->close = t->warm_up + t->length * (double)(t->batches ? t->batches : 1);
    *o = (struct model_opening){.opens = 0, .closes = m->close, .periods = 1};
    m->openings = 1;
    m->shape.intervals = 1;
}

static void open_clock(struct oh_model *m, const struct spec_time *t, struct model_opening *o)
{
    size_t n = t->mode == TIME_DAYS ? t->openings : 1;
    double first = 0;
    m->week = t->mode == TIME_DAYS;
    m->interval = t->interval;
    for (size_t k = 0; k < n; k++) {
        struct spec_opening day = {0, t->opens, t->closes};
        if (m->week)
            day = t->opening[k];
        double opens = day.weekday * (double)DAY + day.opens;
        if (k == 0)
            first = opens;
        double length = day.closes - day.opens;
        o[k] = (struct model_opening){
            .opens = opens - first,
            .closes = opens - first + length,
            .weekday = day.weekday,
            .midnight_to_opens = day.opens,
            .first_period = m->shape.intervals,
            .periods = (size_t)(length / t->interval + 0.5),
        };
        if (k > 0)
            o[k - 1].joined = o[k].opens <= o[k - 1].closes;
        m->shape.intervals += o[k].periods;
        m->shape.day_first[k + 1] = m->shape.intervals;
        m->length += length;
        m->close = o[k].closes;
    }
    m->openings = n;
    m->shape.days = m->week ? n : 0;
}

bool compile_clock(struct oh_model *m, const struct spec *s)
{
    struct model_opening *o = arena_array(&m->arena, SPEC_DAYS, sizeof *o);
    if (!o)
        return false;
    m->shape.queues = s->queues;
    m->shape.groups = s->groups;
    m->hang_up = s->time.at_close == CLOSE_HANG_UP;
    m->carry_over = s->time.at_close == CLOSE_CARRY_OVER;
    m->opening = o;
    if (s->time.mode == TIME_STEADY)
        steady_clock(m, &s->time, o);
    else
        open_clock(m, &s->time, o);
    return true;
}

size_t model_opening_at(const struct oh_model *m, double time)
{
    size_t k = 0;
    while (k + 1 < m->openings && m->opening[k + 1].opens <= time)
        k++;
    return k;
}
