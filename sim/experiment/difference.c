/* difference.c - one figure of two results that had the same callers.
 *
 * Which formula follows from the kind of the metric, as for a single estimate (estimate.c).
 */
#include "difference.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "reading.h"

/* Beyond what rounding does to two sums that should be equal. */
#define ROUNDING 1e-12

const char *oh_verdict_text(oh_verdict verdict)
{
    return verdict == OH_HIGHER ? "higher" : verdict == OH_LOWER ? "lower" : "none";
}

bool metric_wants_less(const oh_metric *metric)
{
    const struct metric_row *row = metric_row_find(metric->id);
    return row && row->at_most;
}

bool oh_results_paired(const oh_result *base, const oh_result *value, char why_not[256])
{
    oh_run_info a = oh_result_info(base), b = oh_result_info(value);
    if (a.seed != b.seed)
        snprintf(why_not, 256, "their seeds differ: %u and %u", (unsigned)a.seed, (unsigned)b.seed);
    else if (a.first != b.first)
        snprintf(why_not, 256, "their first replications differ: %u and %u", (unsigned)a.first,
                 (unsigned)b.first);
    else if (strcmp(a.replication, b.replication) != 0)
        snprintf(why_not, 256, "a replication of one is a %s, of the other a %s", a.replication,
                 b.replication);
    else if (a.replications != b.replications)
        snprintf(why_not, 256, "one has %u replications, the other %u", (unsigned)a.replications,
                 (unsigned)b.replications);
    else
        return true;
    return false;
}

long thing_find(const oh_result *result, oh_level level, const char *name)
{
    for (size_t i = 0; i < oh_result_things(result, level); i++)
        if (level == OH_TOTAL || strcmp(oh_result_name(result, level, i), name) == 0)
            return (long)i;
    return -1;
}

static bool same_text(const char *a, const char *b)
{
    return (!a && !b) || (a && b && strcmp(a, b) == 0);
}

static bool find_interval(const oh_result *from, long period, const oh_result *in, long *out)
{
    oh_interval wanted = oh_result_interval(from, (size_t)period);
    size_t n = oh_result_intervals(in);
    for (size_t k = 0; k < n; k++) {
        size_t i = ((size_t)period + k) % n; /* most often it has the same number */
        oh_interval at = oh_result_interval(in, i);
        if (same_text(at.day, wanted.day) && strcmp(at.start, wanted.start) == 0 &&
            strcmp(at.end, wanted.end) == 0) {
            *out = (long)i;
            return true;
        }
    }
    return false;
}

/* A period of one result in another one. */
static bool find_period(const oh_result *from, long period, const oh_result *in, long *out)
{
    *out = period;
    if (period == OH_WHOLE)
        return true;
    if (period >= 0)
        return find_interval(from, period, in, out);
    const char *day = oh_result_day(from, (size_t)(OH_DAY(0) - period));
    for (size_t d = 0; d < oh_result_days(in); d++) {
        if (strcmp(oh_result_day(in, d), day) == 0) {
            *out = OH_DAY(d);
            return true;
        }
    }
    return false;
}

static const struct reading *take(const struct figure_place *p)
{
    return reading_take(p->result, p->level, p->thing, p->period, p->column);
}

static double estimate_value(const struct figure_place *p)
{
    oh_estimate e;
    oh_result_estimate(p->result, p->level, p->thing, p->period, p->column, &e);
    return e.value;
}

struct difference difference_of(const struct figure_place *base, const struct figure_place *value)
{
    const struct metric_row *row = base->result->column[base->level][base->column].row;
    double base_value = estimate_value(base), new_value = estimate_value(value);
    const struct reading *a = take(base), *b = take(value);
    size_t n = base->result->panel.rows;

    if (row->public.kind == OH_CONSTANT)
        return (struct difference){base_value, new_value, new_value - base_value, NAN, NAN};
    if (row->public.kind == OH_QUANTILE)
        return paired_quantiles(base_value, a->value, new_value, b->value, n);
    if (row->is_verdict || row->public.kind == OH_MAXIMUM)
        return paired_means(a->value, b->value, n);
    return paired_ratios(a->fraction, b->fraction, n);
}

/* False if the result has no such figure. */
static bool find_place(const oh_result *result, oh_level level, const char *name, const char *id,
                       long period, struct figure_place *out)
{
    long thing = thing_find(result, level, name);
    long column = oh_result_column_find(result, level, id);
    if (thing < 0 || column < 0 ||
        !reading_applies(result, level, (size_t)thing, period, (size_t)column))
        return false;
    *out = (struct figure_place){result, level, (size_t)thing, (size_t)column, period};
    return true;
}

static oh_verdict verdict_on(const oh_difference *d, bool constant)
{
    double size = fabs(d->difference), scale = fmax(fabs(d->base), fabs(d->value));
    double half = constant ? 0 : d->half_width;
    if (!(size > half) || size <= ROUNDING * scale)
        return OH_NO_DIFFERENCE;
    return d->difference > 0 ? OH_HIGHER : OH_LOWER;
}

bool oh_difference_read(const oh_result *base, const oh_result *value, oh_level level,
                        const char *name, long period, const char *id, size_t family,
                        oh_difference *out)
{
    struct figure_place a, b;
    long other;
    double risk = 1 - oh_result_info(base).confidence;
    *out = (oh_difference){.base = NAN,
                           .value = NAN,
                           .difference = NAN,
                           .half_width = NAN,
                           .verdict = OH_NO_DIFFERENCE,
                           .doubt = 0.5};
    out->in_base = find_place(base, level, name, id, period, &a);
    out->in_value =
        find_period(base, period, value, &other) && find_place(value, level, name, id, other, &b);
    if (out->in_base && !out->in_value)
        out->base = estimate_value(&a);
    if (!out->in_base && out->in_value)
        out->value = estimate_value(&b);
    if (out->in_base && out->in_value) {
        struct difference d = difference_of(&a, &b);
        out->base = d.base;
        out->value = d.value;
        out->difference = d.difference;
        out->half_width = paired_half_width(&d, 1 - risk / (double)(family > 0 ? family : 1));
        out->doubt = paired_doubt(&d);
        out->verdict =
            verdict_on(out, oh_result_column(base, level, a.column)->metric->kind == OH_CONSTANT);
    }
    return out->in_base || out->in_value;
}
