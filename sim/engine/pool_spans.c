/* pool_spans.c - levels by stretches of the clock.
 *
 * The one idea: a level over time is the sum of its changes, each less its time, so a call that is
 * on a level from one time to another adds to two spans only, whatever lies between.
 */
#include "pool_state.h"

static struct stretch *new_span(struct pool *p, const struct replication *r, uint32_t row,
                                uint32_t period, bool counted)
{
    const struct play *play = r->play;
    struct stretch *s = &p->span[p->spans++];
    *s = (struct stretch){
        .last = INFINITY,
        .end = INFINITY,
        .counted = counted,
        .row = row,
        .period = period,
        .sums = counted ? sums_queue(&r->sums, r->model, row, 0, period) : &p->nowhere,
        .answered = &play->answered[row * 2],
        .abandoned = &play->abandoned[row * 2],
        .other = &play->other[row * 2],
    };
    return s;
}

double pool_before_item(const struct model_plan *item)
{
    return item->rank > RANK_ARRIVAL ? item->time : nextafter(item->time, -INFINITY);
}

void pool_make_spans(struct pool *p, const struct replication *r)
{
    const struct oh_model *m = r->model;
    uint32_t outside = (uint32_t)period_outside(&m->shape);
    p->spans = p->now = 0;
    new_span(p, r, 0, m->steady ? 0 : outside, !m->steady);
    for (size_t i = 0; i < m->plans; i++) {
        const struct model_plan *item = &m->plan[i];
        if (item->kind != PLAN_PERIOD && item->kind != PLAN_CLOSE)
            continue;
        p->span[p->spans - 1].last = pool_before_item(item);
        p->span[p->spans - 1].end = item->time;
        if (item->kind == PLAN_CLOSE)
            new_span(p, r, 0, m->steady ? 0 : outside, !m->steady);
        else
            new_span(p, r, m->steady ? item->group : 0, m->steady ? 0 : item->group, true);
    }
}

void pool_add_stay(struct pool *p, const struct oh_model *m, enum level level, double in,
                   double out, uint32_t from)
{
    pool_step_level(pool_span_of(p, in, from), level, 1, ticks_at(m, in));
    pool_step_level(pool_span_of(p, out, from), level, -1, ticks_at(m, out));
}

void pool_move_end(struct pool *p, const struct oh_model *m, enum level level, double out)
{
    int64_t tick = ticks_at(m, out);
    struct stretch *here = &p->span[p->now];
    here->change[level]++;
    here->area[level] -= tick;
    pool_step_level(pool_span_of(p, out, p->now), level, -1, tick);
}

void pool_close_spans(struct pool *p, const struct replication *r, double end)
{
    const struct oh_model *m = r->model;
    int64_t level[LEVELS] = {0};
    double begin = m->start;
    for (uint32_t k = 0; k < p->spans; k++) {
        struct stretch *s = &p->span[k];
        double until = k + 1 < p->spans ? s->end : fmax(end, begin);
        for (int l = 0; l < LEVELS; l++) {
            s->area[l] -= (wide)level[l] * ticks_at(m, begin);
            level[l] += s->change[l];
            s->area[l] += (wide)level[l] * ticks_at(m, until);
        }
        begin = until;
        if (!s->counted)
            continue;
        struct group_sums *group = sums_group(&r->sums, m, s->row, 0, s->period);
        uint32_t *most = &r->sums.queue_max[s->row * sums_periods(m) + s->period];
        uint64_t calls = 0;
        for (int o = 0; o < OUTCOMES; o++)
            calls += s->sums->ended[o];
        s->sums->by_cause[CAUSE_FRESH] = calls;
        s->sums->queue_area += s->area[WAITING];
        s->sums->system_area += s->area[PRESENT];
        group->staffed_area += s->area[STAFFED];
        group->busy_area += s->area[BUSY];
        group->contact_area += s->area[BUSY];
        group->overtime_area += s->area[OVER];
        *most = s->most > *most ? s->most : *most;
        s->sums->queue_max = *most;
    }
}
