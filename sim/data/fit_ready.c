/* fit_ready.c - Kaplan and Meier's estimate (1958) of how long agents are not ready after a
 * contact, and a law for it.
 *
 * The one idea: an end of a contact counts if somebody waited then; it is followed until the agent
 * takes the next contact or the line is empty.
 */
#include "fit_ready.h"

#include <math.h>

#include "quantiles.h"

#define LEAST_SHARE 0.05 /* of contacts with a pause: fewer are not written ... */
#define LEAST_LOSS  0.01 /* ... nor is a mean pause of less than this part of a contact */
#define LONG_TAIL   1.25 /* times the mean pause: the same */
#define FAR_OFF     0.03 /* of a law, beyond chance: the pauses are written as they were */
#define CHANCE      1.36 /* over the root of their number: Kolmogorov's distance at 5 % */

double ready_grace(const struct ready_view *view)
{
    return fmax(2 * view->slack, 0.5);
}

size_t ready_stretch(const struct ready_view *view, long day, double time)
{
    const struct stretch *line = view->line;
    size_t low = 0, high = view->lines;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct stretch *s = &line[middle];
        if (s->day < day || (s->day == day && s->to < time))
            low = middle + 1;
        else
            high = middle;
    }
    return low < view->lines && line[low].day == day ? low : view->lines;
}

/* Pauses of one group; its contacts' mean length in *contact. */
static bool gather(struct time_tally *tally, const struct ready_view *v, double *contact)
{
    double sum = 0, count = 0, slack = v->slack;
    const struct stretch *line = v->line;
    for (size_t i = 0; i < v->n; i++) {
        const struct stint *s = &v->stint[i];
        bool more = i + 1 < v->n && s[1].day == s->day && s[1].agent == s->agent;
        double start = stint_start(s), end = stint_end(s);
        double next = more ? stint_start(&s[1]) : INFINITY;
        if (s->group != v->group)
            continue;
        sum += end - start;
        count++;
        size_t at = ready_stretch(v, s->day, end - slack);
        if (at == v->lines || line[at].from > end - 2 * slack || next < end - slack)
            continue;
        bool taken = next <= line[at].to + slack;
        double pause = fmax((taken ? next : line[at].to) - end, 0);
        /* beyond the longest pause it is a break: known only to be longer */
        if (!tally_add(tally, fmin(pause, READY_LONGEST), taken && pause <= READY_LONGEST))
            return false;
    }
    *contact = count > 0 ? sum / count : 0;
    return true;
}

/* The share still away just after each point. */
static void survive(const struct time_point *point, size_t n, double at_risk, double *survival)
{
    double s = 1;
    for (size_t i = 0; i < n; i++) {
        if (at_risk > 0)
            s *= 1 - point[i].ended / at_risk;
        survival[i] = s;
        at_risk -= point[i].ended + point[i].censored;
    }
}

static double share_after(const struct time_point *point, size_t n, const double *survival,
                          double t)
{
    double s = 1;
    for (size_t i = 0; i < n && point[i].t <= t; i++)
        s = survival[i];
    return s;
}

/* The law of those that are longer than `grace`, by likelihood. */
static void choose_law(struct fit_ready *out, const struct time_point *point, size_t n,
                       const double *survival, struct time_point *later, double grace)
{
    size_t m = 0;
    double events = 0, first = share_after(point, n, survival, grace), best = INFINITY, before = 1;
    for (size_t i = 0; i < n; i++)
        if (point[i].t > grace) {
            later[m++] = point[i];
            events += point[i].ended;
        }
    for (int k = 0; k < LAW_SHORT_CALLS; k++) {
        struct law law;
        if (!law_fit_censored(&law, (enum law_kind)k, later, m))
            continue;
        double aic =
            2 * (double)law_parameters((enum law_kind)k) - 2 * law_log_likelihood(&law, later, m);
        if (!(aic < best))
            continue;
        best = aic;
        out->law = law;
    }
    out->by_law = isfinite(best) && events > 1;
    double far_off = FAR_OFF + CHANCE / sqrt(events);
    for (size_t i = 0; i < n && out->by_law; i++) {
        double s = point[i].t > grace ? survival[i] / first : 1;
        double law = exp(law_log_survival(&out->law, point[i].t));
        if (point[i].t > grace && point[i].t < READY_LONGEST &&
            fmin(fabs(law - s), fabs(law - before)) > far_off)
            out->by_law = false;
        before = s;
    }
}

/* Twenty-one values, evenly spread over the shares, with the mean that was found. */
static void list_values(struct fit_ready *out, const struct time_point *point, size_t n,
                        const double *survival, double grace, double mean)
{
    double first = share_after(point, n, survival, grace);
    double last = share_after(point, n, survival, READY_LONGEST), sum = 0;
    size_t i = 0;
    while (i + 1 < n && point[i].t <= grace)
        i++;
    for (size_t k = 0; k < READY_VALUES; k++) {
        double u = (double)k / (READY_VALUES - 1);
        while (i + 1 < n && (first - survival[i]) / (first - last) < u - 1e-9)
            i++;
        out->value[k] = point[i].t;
    }
    for (size_t k = 0; k + 1 < READY_VALUES; k++)
        sum += out->value[k] * (k == 0 ? 0.5 : 1);
    out->value[READY_VALUES - 1] =
        fmax(2 * ((READY_VALUES - 1) * mean - sum), out->value[READY_VALUES - 2]);
}

static void sum_up(struct fit_ready *out, const struct time_point *point, size_t n,
                   double *survival, struct time_point *later, double grace, double contact)
{
    double mass = 0, moment = 0, before = 1;
    survive(point, n, (double)out->n, survival);
    out->points = n;
    out->point = point;
    out->away = survival;
    for (size_t i = 0; i < n; i++) {
        if (point[i].t > grace) {
            mass += before - survival[i];
            moment += (before - survival[i]) * point[i].t;
        }
        before = survival[i];
    }
    double beyond = share_after(point, n, survival, READY_LONGEST);
    double away = share_after(point, n, survival, grace);
    share_interval(away * (double)out->n, (double)out->n, &out->low, &out->high);
    out->share = beyond < 1 ? (away - beyond) / (1 - beyond) : 0;
    if (!(mass > 0))
        return;
    out->pause = moment / mass;
    out->mean = out->share * out->pause;
    out->write = out->low > LEAST_SHARE && out->mean > LEAST_LOSS * contact;
    choose_law(out, point, n, survival, later, grace);
    list_values(out, point, n, survival, grace, out->pause);
    /* a law's tail beyond the longest pause must not matter: there it is a break */
    if (out->by_law && law_mean(&out->law) > LONG_TAIL * out->pause)
        out->by_law = false;
    if (out->by_law)
        out->pause = law_mean(&out->law);
    out->mean = out->share * out->pause;
}

bool ready_study(struct fit_ready *out, struct arena *arena, const struct ready_view *view)
{
    struct time_tally tally = {0};
    double contact = 0;
    *out = (struct fit_ready){.share = NAN, .low = NAN, .high = NAN, .pause = NAN, .mean = NAN};
    out->beside = out->alone = NAN;
    bool good = gather(&tally, view, &contact);
    out->n = tally.ended + tally.censored;
    out->taken = tally.ended;
    if (good && out->n >= READY_FEWEST) {
        struct time_point *point = arena_array(arena, tally.used + 1, sizeof *point);
        struct time_point *later = arena_array(arena, tally.used + 1, sizeof *later);
        double *survival = arena_array(arena, tally.used + 1, sizeof *survival);
        good = point && later && survival;
        if (good)
            sum_up(out, point, tally_points(&tally, point), survival, later, ready_grace(view),
                   contact);
    }
    tally_free(&tally);
    return good;
}
