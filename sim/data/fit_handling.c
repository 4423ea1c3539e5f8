/* fit_handling.c - how long calls take: laws by likelihood, and how far the best of them is from
 * what was seen.
 *
 * With thousands of calls every law is refused by a test, so the choice is made by likelihood (AIC)
 * and what is told is the distance: the largest difference between the law and the shares seen. A
 * law that is further off than DISTANCE gives way to the values themselves.
 */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "fit_parts.h"
#include "quantiles.h"

#define DISTANCE 0.05
#define FEW      100  /* below: no empirical law, the values would be the chance of these calls */
#define SLOT_CV  0.03 /* means by time of day that vary less are one mean */
#define SLOT_P   0.001

/* The whole of a part over all queues that are studied. */
static bool gather(struct fit_time *out, struct arena *arena, const oh_log *log,
                   const uint32_t *queue, size_t queues, enum log_part part)
{
    size_t room = 0;
    for (size_t q = 0; q < queues; q++)
        room += log->queue[queue[q]].part[part].used;
    out->point = arena_array(arena, room + 1, sizeof *out->point);
    if (!out->point)
        return false;
    for (size_t q = 0; q < queues; q++)
        out->points += tally_points(&log->queue[queue[q]].part[part], out->point + out->points);
    if (queues > 1)
        out->points = points_join(out->point, out->points);
    return true;
}

static double quantile(const struct fit_time *f, double share)
{
    double seen = 0;
    for (size_t i = 0; i < f->points; i++) {
        seen += f->point[i].ended;
        if (seen >= share * (double)f->n)
            return f->point[i].t;
    }
    return NAN;
}

/* Counts and moments; zeros are set apart, laws live above zero. */
static void describe(struct fit_time *f)
{
    double n = 0, sum = 0, squares = 0;
    size_t kept = 0;
    for (size_t i = 0; i < f->points; i++) {
        n += f->point[i].ended;
        sum += f->point[i].ended * f->point[i].t;
    }
    f->n = (uint64_t)n;
    if (f->n == 0)
        return;
    f->mean = sum / n;
    for (size_t i = 0; i < f->points; i++) {
        double d = f->point[i].t - f->mean;
        squares += f->point[i].ended * d * d;
    }
    f->sd = n > 1 ? sqrt(squares / (n - 1)) : NAN;
    f->half_width = n > 1 ? student_quantile(0.975, n - 1) * f->sd / sqrt(n) : NAN;
    f->median = quantile(f, 0.5);
    f->p10 = quantile(f, 0.1);
    f->p90 = quantile(f, 0.9);
    for (size_t i = 0; i < f->points; i++) {
        if (f->point[i].t > 0)
            f->point[kept++] = f->point[i];
        else
            f->zero = f->point[i].ended / n;
    }
    f->points = kept;
    f->constant = kept == 1;
}

double points_grain(const struct time_point *points, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (points[i].t != floor(points[i].t))
            return 0;
    return 1;
}

static bool choose(struct fit_time *f, struct arena *arena)
{
    double grain = points_grain(f->point, f->points), positive = (double)f->n * (1 - f->zero);
    double mean = f->mean / (1 - f->zero);
    struct time_point *thin = arena_array(arena, f->points + 1, sizeof *thin);
    if (!thin)
        return false;
    for (size_t i = 0; i < f->points; i++)
        thin[i] = f->point[i];
    size_t n = points_thin(thin, f->points);
    for (int k = 0; k < LAW_EMPIRICAL; k++) {
        struct tried t = {.aic = NAN};
        if (!law_fit(&t.law, (enum law_kind)k, thin, n))
            continue;
        t.aic =
            2 * (double)law_parameters((enum law_kind)k) - 2 * law_log_likelihood(&t.law, thin, n);
        if (k == LAW_SHORT_CALLS && mean <= t.law.share * t.law.short_mean)
            continue;
        law_set_mean(&t.law, mean); /* the load is what waits depend on most */
        t.distance = law_distance(&t.law, f->point, f->points, grain);
        if (f->tried == 0 || t.aic < f->chosen.aic)
            f->chosen = t;
        f->try[f->tried++] = t;
    }
    if (f->tried == 0 || (f->chosen.distance > DISTANCE && positive >= FEW))
        f->chosen = (struct tried){.law = {.kind = LAW_EMPIRICAL}, .aic = NAN, .distance = NAN};
    return true;
}

bool time_study(struct fit_time *f, struct arena *arena, const struct time_tally *tally)
{
    *f = (struct fit_time){.p_value = NAN};
    f->point = arena_array(arena, tally->used + 1, sizeof *f->point);
    if (!f->point)
        return false;
    f->points = tally_points(tally, f->point);
    describe(f);
    return f->points == 0 || choose(f, arena);
}

/* The sums of a part by slot, as if the same groups took the calls all day long. */
static void by_slot_sums(struct log_moments *m, const oh_fit *fit, const oh_log *log,
                         uint32_t queue, int part)
{
    const struct fit_calendar *c = &fit->calendar;
    const struct log_moments *from = log->queue[queue].by_time[part];
    const double *mix = fit->agents.mix ? fit->agents.mix + queue * c->slots : NULL;
    for (size_t s = 0; from && s < c->slots; s++) {
        const struct log_moments *of = &from[(s + c->cut) % c->slots];
        double longer = mix ? mix[s] : 1;
        m[s].n += of->n;
        m[s].sum += of->sum / longer;
        m[s].squares += of->squares / (longer * longer);
    }
}

/* Do the means of the slots differ by more than chance? An analysis of variance; the slots' means
 * are then drawn towards the whole mean as far as their own uncertainty says. */
static bool by_slot(struct fit_time *f, oh_fit *fit, const oh_log *log, const uint32_t *queue,
                    size_t queues, int part)
{
    const struct fit_calendar *c = &fit->calendar;
    double n = 0, sum = 0, within = 0, between = 0, groups = 0, sizes = 0;
    struct log_moments *m = arena_array(&fit->arena, c->slots, sizeof *m);
    f->slot_mean = arena_array(&fit->arena, c->slots, sizeof *f->slot_mean);
    if (!m || !f->slot_mean)
        return false;
    for (size_t q = 0; q < queues; q++)
        by_slot_sums(m, fit, log, queue[q], part);
    for (size_t s = 0; s < c->slots; s++) {
        n += m[s].n;
        sum += m[s].sum;
    }
    double mean = n > 0 ? sum / n : NAN;
    for (size_t s = 0; s < c->slots; s++) {
        f->slot_mean[s] = mean;
        if (m[s].n < 2)
            continue;
        double own = m[s].sum / m[s].n;
        within += m[s].squares - m[s].n * own * own;
        between += m[s].n * (own - mean) * (own - mean);
        groups++;
        sizes += m[s].n * m[s].n;
    }
    if (groups < 2 || n <= groups || !(within > 0))
        return true;
    double ms_within = within / (n - groups), ms_between = between / (groups - 1);
    double size = (n - sizes / n) / (groups - 1); /* of a slot, for unequal ones */
    double variance = fmax((ms_between - ms_within) / size, 0);
    f->p_value = gsl_cdf_fdist_Q(ms_between / ms_within, groups - 1, n - groups);
    f->slot_cv = sqrt(variance) / mean;
    f->by_slot = f->p_value < SLOT_P && f->slot_cv > SLOT_CV;
    for (size_t s = 0; s < c->slots && variance > 0; s++) {
        double weight = m[s].n * variance / (m[s].n * variance + ms_within);
        if (m[s].n > 0)
            f->slot_mean[s] = weight * m[s].sum / m[s].n + (1 - weight) * mean;
    }
    return true;
}

static bool study(oh_fit *fit, const oh_log *log, const uint32_t *queue, size_t queues,
                  struct fit_handling *h)
{
    for (int p = 0; p < PARTS; p++) {
        struct fit_time *f = &h->part[p];
        if (!gather(f, &fit->arena, log, queue, queues, (enum log_part)p))
            return false;
        describe(f);
        f->p_value = NAN;
        if (f->points > 0 && (!choose(f, &fit->arena) || !by_slot(f, fit, log, queue, queues, p)))
            return false;
    }
    h->separate = h->part[PART_HOLD].points > 0 || h->part[PART_WRAP_UP].points > 0;
    return true;
}

/* Rows that are intervals give a mean only. */
static void from_intervals(struct fit_handling *h, const oh_log *log, const uint32_t *queue,
                           size_t queues)
{
    struct fit_time *f = &h->part[PART_HANDLING];
    double n = 0, sum = 0;
    for (size_t q = 0; q < queues; q++) {
        for (size_t s = 0; s < log->intervals; s++) {
            n += log->queue[queue[q]].by_time[PART_HANDLING][s].n;
            sum += log->queue[queue[q]].by_time[PART_HANDLING][s].sum;
        }
    }
    f->n = (uint64_t)n;
    f->mean = n > 0 ? sum / n : NAN;
    f->sd = f->half_width = f->median = f->p10 = f->p90 = NAN;
    f->chosen.law = (struct law){.kind = LAW_LOGNORMAL, .b = sqrt(M_LN2)};
    if (n > 0)
        law_set_mean(&f->chosen.law, f->mean);
    f->chosen.aic = f->chosen.distance = NAN;
}

static void tell_what_is_missing(oh_fit *fit, const oh_log *log)
{
    uint64_t unknown = 0;
    for (size_t q = 0; q < fit->queues; q++)
        unknown += log->queue[fit->number[q]].handling_unknown;
    if (unknown > 0)
        fit_note(fit,
                 "%llu answered calls have no handling time, or one of 0: they count as answered, "
                 "but not in how long calls take",
                 (unsigned long long)unknown);
}

bool fit_handling(oh_fit *fit, const oh_log *log)
{
    tell_what_is_missing(fit, log);
    for (size_t q = 0; q <= fit->queues; q++) {
        bool all = q == fit->queues;
        if (all && fit->queues == 1) {
            fit->total.handling = fit->queue[0].handling;
            break;
        }
        const uint32_t *queue = all ? fit->number : &fit->number[q];
        size_t queues = all ? fit->queues : 1;
        struct fit_handling *h = all ? &fit->total.handling : &fit->queue[q].handling;
        if (!study(fit, log, queue, queues, h))
            return false;
        if (fit->intervals) {
            from_intervals(h, log, queue, queues);
            h->part[PART_HANDLING].by_slot = false;
        }
    }
    return true;
}
