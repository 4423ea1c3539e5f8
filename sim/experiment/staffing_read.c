/* staffing_read.c - the answers of a staffing: heads, hours, pay, what one agent fewer gives.
 *
 * The one idea: heads on duty are read from the compiled plan, which knows breaks and shrinkage;
 * only how many must be scheduled for them is reckoned here.
 */
#include <math.h>

#include "../base/units.h"
#include "result.h"
#include "staffing.h"

const oh_result *oh_staffing_result(const oh_staffing *f)
{
    return f->kept.result;
}

const oh_result *oh_staffing_now(const oh_staffing *f)
{
    return f->now;
}

oh_staff_again oh_staffing_again(const oh_staffing *f)
{
    return f->again;
}

double oh_staffing_length(const oh_staffing *f)
{
    return f->search.model->length / 3600;
}

const oh_model *oh_staffing_model(const oh_staffing *f)
{
    return f->search.model;
}

bool oh_staffing_serves(const oh_staffing *f, size_t group, size_t queue)
{
    return staff_serves(f->search.model, group, queue);
}

bool oh_staffing_has_target(const oh_staffing *f, size_t queue)
{
    return f->search.model->queue[queue].targets > 0;
}

/* ---- heads ---- */

static double period_seconds(const oh_model *m)
{
    return m->steady ? m->close - m->warm_up : m->interval;
}

/* required / (1 - shrinkage), rounded up. A hair is taken off since 0.88 is not quite 0.88. */
static double scheduled_for(double required, double shrinkage)
{
    return shrinkage < 1 ? ceil(required / (1 - shrinkage) - 1e-9) : required;
}

oh_staff_heads oh_staffing_heads(const oh_staffing *f, size_t group, size_t interval)
{
    const oh_model *now = f->search.model, *plan = f->kept.model;
    const struct model_group *g = &now->group[group], *p = &plan->group[group];
    double seconds = period_seconds(now);
    oh_staff_heads h = {.required = p->planned_area[interval] / seconds,
                        .scheduled = p->scheduled_area[interval] / seconds,
                        .required_now = g->planned_area[interval] / seconds,
                        .scheduled_now = g->scheduled_area[interval] / seconds};
    if (f->search.chosen[group] && !g->by_line)
        h.scheduled = scheduled_for(h.required, g->rules->shrinkage);
    return h;
}

oh_staff_line oh_staffing_line(const oh_staffing *f, size_t group, size_t line)
{
    enum { DAY = 86400 };
    const oh_model *m = f->search.model;
    const struct spec_shift *now = &m->group[group].rules->shift[line];
    oh_staff_line out = {.heads = f->kept.model->group[group].rules->shift[line].count,
                         .now = now->count};
    size_t first = 0;
    for (size_t d = m->openings; d-- > 0;) {
        out.on[d] = now->on[d];
        first = now->on[d] ? d : first;
    }
    double opens = m->opening[first].midnight_to_opens;
    double start = fmod(opens + now->from + DAY, DAY), end = fmod(opens + now->to + DAY, DAY);
    format_time_of_day(out.start, sizeof out.start, start);
    format_time_of_day(out.end, sizeof out.end, end > 0 ? end : DAY);
    return out;
}

/* Hours of a plan in a replication, what is outside the opening included. */
static double area_hours(const oh_model *m, const double *area)
{
    double sum = 0;
    for (size_t k = 0; k < m->shape.intervals + (m->steady ? 0 : 1); k++)
        sum += area[k];
    return sum / 3600;
}

oh_staff_group oh_staffing_group(const oh_staffing *f, size_t group)
{
    const oh_model *m = f->search.model;
    const struct model_group *g = &m->group[group], *p = &f->kept.model->group[group];
    double pay = g->cost_per_second > 0 ? 3600 * g->cost_per_second : NAN;
    oh_staff_group out = {.name = g->name,
                          .chosen = f->search.chosen[group],
                          .lines = g->rules->shifts,
                          .shrinkage = g->rules->shrinkage,
                          .hours = area_hours(m, p->planned_area),
                          .now = area_hours(m, g->planned_area),
                          .scheduled_hours = area_hours(m, p->scheduled_area),
                          .scheduled_now = area_hours(m, g->scheduled_area)};
    if (out.chosen && !g->by_line) {
        out.scheduled_hours = 0;
        for (size_t k = 0; k < m->shape.intervals; k++)
            out.scheduled_hours +=
                oh_staffing_heads(f, group, k).scheduled * period_seconds(m) / 3600;
    }
    out.money = out.scheduled_hours * pay;
    out.money_now = out.scheduled_now * pay;
    return out;
}

oh_staff_info oh_staffing_info(const oh_staffing *f)
{
    oh_staff_info info = f->info;
    const oh_model *m = f->search.model;
    info.intervals = m->steady ? 0 : m->shape.intervals;
    info.hours = info.now = 0;
    info.money = info.money_now = NAN;
    for (size_t g = 0; g < m->groups; g++) {
        oh_staff_group group = oh_staffing_group(f, g);
        if (!group.chosen)
            continue;
        info.hours += group.hours;
        info.now += group.now;
        if (isnan(group.money))
            continue;
        info.money = isnan(info.money) ? group.money : info.money + group.money;
        info.money_now = isnan(info.money_now) ? group.money_now : info.money_now + group.money_now;
    }
    return info;
}

/* ---- targets ---- */

static oh_staff_outcome outcome(const oh_staffing *f, size_t rule, double value, double half,
                                bool met)
{
    const struct staff_rule *r = &f->search.rule[rule];
    return (oh_staff_outcome){
        .level = r->level,
        .thing = r->thing,
        .period = r->period,
        .column = &f->kept.result->column[r->level][r->column].public,
        .estimate = {.value = value,
                     .half_width = half,
                     .has_target = true,
                     .met = met,
                     .target = r->goal,
                     .within = r->within,
                     .at_most = r->at_most},
    };
}

static bool shown(const oh_staffing *f, size_t rule)
{
    return !isnan(f->score.value[rule]) || f->score.margin[rule] < 0;
}

size_t oh_staffing_outcomes(const oh_staffing *f)
{
    size_t n = 0;
    for (size_t i = 0; f->kept.result && i < f->search.rules; i++)
        n += shown(f, i);
    return n;
}

oh_staff_outcome oh_staffing_outcome(const oh_staffing *f, size_t i)
{
    size_t rule = 0;
    for (;; rule++)
        if (shown(f, rule) && i-- == 0)
            break;
    return outcome(f, rule, f->score.value[rule], f->score.half[rule], f->score.margin[rule] >= 0);
}

/* ---- one agent fewer ---- */

size_t oh_staffing_fewer_count(const oh_staffing *f)
{
    size_t n = 0;
    for (size_t u = 0; f->kept.result && f->info.met && u < f->search.units; u++)
        n += f->less[u].known;
    return n;
}

oh_staff_fewer oh_staffing_fewer(const oh_staffing *f, size_t i)
{
    const oh_model *m = f->search.model;
    size_t u = 0;
    for (;; u++)
        if (f->less[u].known && i-- == 0)
            break;
    const struct staff_unit *unit = &f->search.unit[u];
    const struct staff_less *less = &f->less[u];
    const struct model_group *g = &m->group[unit->group];
    oh_staff_fewer out = {.group = unit->group,
                          .interval = unit->line || m->steady ? OH_WHOLE : (long)unit->item,
                          .line = unit->line ? unit->item : SIZE_MAX,
                          .hours = unit->hours,
                          .kept = less->margin >= 0,
                          .money = NAN,
                          .worst =
                              outcome(f, less->rule, less->value, less->half, less->margin >= 0)};
    if (g->cost_per_second > 0) {
        double heads = f->heads[u], shrinkage = unit->line ? 0 : g->rules->shrinkage;
        double less_heads = scheduled_for(heads, shrinkage) - scheduled_for(heads - 1, shrinkage);
        double paid = unit->hours;
        if (unit->line) {
            const struct spec_shift *shift = &g->rules->shift[unit->item];
            paid = 0;
            for (size_t d = 0; d < m->openings; d++)
                paid += shift->on[d] ? (shift->to - shift->from) / 3600 : 0;
        }
        out.money = less_heads * paid * 3600 * g->cost_per_second;
    }
    return out;
}
