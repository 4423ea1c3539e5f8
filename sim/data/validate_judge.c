/* validate_judge.c - bands, pooled differences, and the verdict in words.
 *
 * A band is where nine in ten replications are, wider by what the scenario cannot know if it was
 * fitted on the days of the log before those that are judged. Over all days together the difference
 * is known much better: its standard error comes from the spread of the replications (a ratio's by
 * the delta method), the intervals of one day taken together, since they share the day.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "validate_parts.h"

#define INSIDE_ENOUGH 0.80 /* of intervals in a band of 90 % */
#define Z_MOST        3.3  /* overall differences beyond it are no chance ... */
#define PART_LEAST    0.05 /* ... and matter if they are this part of the figure */
#define HOUR_Z        4.0 /* the same of one or two hours of the day, of which there are many ... */
#define HOUR_PART     0.10
#define HOUR_DAYS     3    /* fewer days tell nothing of single hours: somebody was late */
#define UNKNOWN       0.5  /* agents: how far a day's number may be from any plan in whole heads */
#define UNLUCKY       2.33 /* standard errors: one in a hundred days has fewer inside */

const char *val_figure_name(enum val_figure figure)
{
    static const char *const names[VAL_FIGURES] = {"offered", "service_level", "abandon_rate",
                                                   "wait",    "asa",           "aht"};
    return names[figure];
}

static double over(const struct val_sums *s, enum val_figure figure)
{
    switch (figure) {
    case VAL_OFFERED:
        return 1; /* a day */
    case VAL_SERVICE:
    case VAL_ABANDON:
    case VAL_WAIT:
        return s->offered;
    case VAL_ASA:
        return s->answered;
    case VAL_AHT:
        return s->handled;
    case VAL_FIGURES:
        break;
    }
    return 0;
}

static double under(const struct val_sums *s, enum val_figure figure)
{
    switch (figure) {
    case VAL_OFFERED:
        return s->offered;
    case VAL_SERVICE:
        return s->within;
    case VAL_ABANDON:
        return s->abandoned;
    case VAL_WAIT:
        return s->wait;
    case VAL_ASA:
        return s->wait_answered;
    case VAL_AHT:
        return s->handling;
    case VAL_FIGURES:
        break;
    }
    return 0;
}

double val_value(const struct val_sums *s, enum val_figure figure)
{
    double n = over(s, figure);
    return n > 0 ? under(s, figure) / n : NAN;
}

void val_add(struct val_sums *to, const struct val_sums *from)
{
    to->offered += from->offered;
    to->answered += from->answered;
    to->abandoned += from->abandoned;
    to->within += from->within;
    to->wait += from->wait;
    to->wait_answered += from->wait_answered;
    to->handling += from->handling;
    to->handled += from->handled;
}

/* ---- bands ---- */

static int ascending(const void *pa, const void *pb)
{
    double a = *(const double *)pa, b = *(const double *)pb;
    return a < b ? -1 : a > b;
}

static double at_share(const double *sorted, size_t n, double share)
{
    double place = share * (double)(n - 1);
    size_t i = (size_t)place;
    return i + 1 < n ? sorted[i] + (place - (double)i) * (sorted[i + 1] - sorted[i]) : sorted[i];
}

static struct val_band band_of(double *values, size_t n)
{
    if (n == 0)
        return (struct val_band){NAN, NAN, NAN};
    qsort(values, n, sizeof *values, ascending);
    return (struct val_band){at_share(values, n, (1 - VAL_BAND) / 2), at_share(values, n, 0.5),
                             at_share(values, n, (1 + VAL_BAND) / 2)};
}

/* A mean that was found from n days is itself off by 1/n of a day's variance: a new day is that
 * much further away. */
static struct val_band widened(struct val_band b, double days, enum val_figure figure)
{
    double wider = days > 0 ? sqrt(1 + 1 / days) : 1;
    bool share = figure == VAL_SERVICE || figure == VAL_ABANDON;
    b.low = fmax(b.middle - wider * (b.middle - b.low), 0);
    b.high = b.middle + wider * (b.high - b.middle);
    b.high = share ? fmin(b.high, 1) : b.high;
    return b;
}

const struct val_band *val_band_at(const struct oh_validation *v, size_t thing, size_t place,
                                   enum val_figure figure)
{
    return &v->band[(thing * v->places + place) * VAL_FIGURES + (size_t)figure];
}

/* A service level that the scenario does not define is not compared. */
static bool has_service(const struct oh_validation *v, size_t thing)
{
    if (!v->thing[thing].levels)
        return false;
    for (size_t i = 0; i < v->replications * v->places; i++)
        if (v->thing[thing].played[i].within > 0)
            return true;
    return false;
}

static void count_inside(struct oh_validation *v, size_t thing)
{
    const struct val_thing *t = &v->thing[thing];
    bool service = has_service(v, thing);
    for (size_t d = 0; d < v->days; d++) {
        size_t k = v->day[d].opening;
        for (size_t p = v->first[k]; p < v->first[k + 1]; p++) {
            for (int f = 0; f < VAL_BANDED; f++) {
                double x = val_value(&t->actual[d * v->places + p], (enum val_figure)f);
                const struct val_band *b = val_band_at(v, thing, p, (enum val_figure)f);
                if (isnan(x) || isnan(b->low) || (f == VAL_SERVICE && !service))
                    continue;
                double slack = 1e-9 * fmax(fabs(x), 1);
                v->entries++;
                v->inside += x >= b->low - slack && x <= b->high + slack;
            }
        }
    }
}

/* Of a replication, taken for a recorded day: how many figures are inside, of how many. */
static void played_inside(const struct oh_validation *v, size_t opening, size_t r, double *inside,
                          double *entries)
{
    for (size_t t = v->things > 1 ? 1 : 0; t < v->things; t++) {
        for (size_t p = v->first[opening]; p < v->first[opening + 1]; p++) {
            for (int f = 0; f < VAL_BANDED; f++) {
                double x = val_value(&v->thing[t].played[r * v->places + p], (enum val_figure)f);
                const struct val_band *b = val_band_at(v, t, p, (enum val_figure)f);
                if (isnan(x) || isnan(b->low) || (f == VAL_SERVICE && !v->thing[t].levels))
                    continue;
                (*entries)++;
                *inside += x >= b->low && x <= b->high;
            }
        }
    }
}

/* A day is busy or quiet as a whole, so one day has its figures inside or outside together: how
 * few may be inside by chance, told by the replications. */
static double least_inside(const struct oh_validation *v)
{
    double mean = 0, variance = 0, days = (double)v->days;
    for (size_t k = 0; k < v->openings; k++) {
        double n = 0, m = 0, squares = 0, here = 0;
        for (size_t d = 0; d < v->days; d++)
            here += v->day[d].opening == k;
        for (size_t r = 0; r < v->replications && here > 0; r++) {
            double inside = 0, entries = 0;
            played_inside(v, k, r, &inside, &entries);
            double x = entries > 0 ? inside / entries : 1, step = x - m;
            m += step / ++n;
            squares += step * (x - m);
        }
        mean += here / days * m;
        variance += n > 1 ? here / (days * days) * squares / (n - 1) : 0;
    }
    return fmin(INSIDE_ENOUGH, mean - UNLUCKY * sqrt(variance));
}

bool val_bands(struct oh_validation *v)
{
    double *values = arena_array(&v->arena, v->replications + 1, sizeof *values);
    v->band = arena_array(&v->arena, v->things * v->places * VAL_FIGURES + 1, sizeof *v->band);
    if (!values || !v->band)
        return false;
    for (size_t t = 0; t < v->things; t++) {
        size_t k = 0; /* the opening of the place */
        for (size_t p = 0; p < v->places; p++) {
            while (p >= v->first[k + 1])
                k++;
            for (int f = 0; f < VAL_FIGURES; f++) {
                size_t n = 0;
                for (size_t r = 0; r < v->replications; r++) {
                    double x =
                        val_value(&v->thing[t].played[r * v->places + p], (enum val_figure)f);
                    if (!isnan(x))
                        values[n++] = x;
                }
                v->band[(t * v->places + p) * VAL_FIGURES + (size_t)f] =
                    widened(band_of(values, n), v->rests_on[k], (enum val_figure)f);
            }
        }
        if (t > 0 || v->things == 1)
            count_inside(v, t);
    }
    v->inside = v->entries > 0 ? v->inside / v->entries : NAN;
    return true;
}

bool val_day_band(const struct oh_validation *v, size_t thing, size_t opening,
                  enum val_figure figure, struct val_band *band)
{
    double *values = malloc((v->replications + 1) * sizeof *values);
    size_t n = 0;
    for (size_t r = 0; values && r < v->replications; r++) {
        struct val_sums s = {0};
        for (size_t p = v->first[opening]; p < v->first[opening + 1]; p++)
            val_add(&s, &v->thing[thing].played[r * v->places + p]);
        double x = val_value(&s, figure);
        if (!isnan(x))
            values[n++] = x;
    }
    if (values && (figure != VAL_SERVICE || v->thing[thing].levels))
        *band = widened(band_of(values, n), v->rests_on[opening], figure);
    free(values);
    return values != NULL;
}

/* ---- pooled over days ---- */

static bool in_window(const struct oh_validation *v, size_t place, double from, double to)
{
    return v->starts[place] >= from - 1 && v->starts[place] < to - 1;
}

/* One replication's sums over the window of one opening. */
static struct val_sums window_of(const struct oh_validation *v, const struct val_sums *row,
                                 size_t opening, double from, double to)
{
    struct val_sums s = {0};
    for (size_t p = v->first[opening]; p < v->first[opening + 1]; p++)
        if (in_window(v, p, from, to))
            val_add(&s, &row[p]);
    return s;
}

static bool touches(const struct oh_validation *v, size_t opening, double from, double to)
{
    for (size_t p = v->first[opening]; p < v->first[opening + 1]; p++)
        if (in_window(v, p, from, to))
            return true;
    return false;
}

struct val_pooled val_pool(const struct oh_validation *v, const struct val_sums *played,
                           enum val_figure figure, double from, double to)
{
    struct val_pooled out = {NAN, NAN, NAN, 0, 0};
    if (figure == VAL_SERVICE && !v->thing[0].levels)
        return out;
    double y = 0, x = 0, sy = 0, sx = 0, variance = 0, n = (double)v->replications;
    double days[WEEKDAYS] = {0};
    for (size_t d = 0; d < v->days; d++) {
        size_t k = v->day[d].opening;
        if (!touches(v, k, from, to))
            continue;
        struct val_sums s = window_of(v, &v->thing[0].actual[d * v->places], k, from, to);
        days[k]++;
        y += under(&s, figure);
        x += over(&s, figure);
        out.n += s.offered;
    }
    for (size_t k = 0; k < v->openings; k++) {
        for (size_t r = 0; r < v->replications && days[k] > 0; r++) {
            struct val_sums s = window_of(v, &played[r * v->places], k, from, to);
            sy += days[k] * under(&s, figure) / n;
            sx += days[k] * over(&s, figure) / n;
        }
    }
    if (!(x > 0) || !(sx > 0))
        return out;
    out.actual = y / x;
    out.simulated = sy / sx;
    for (size_t k = 0; k < v->openings; k++) {
        double mean = 0, squares = 0;
        for (size_t r = 0; r < v->replications && days[k] > 0; r++) {
            struct val_sums s = window_of(v, &played[r * v->places], k, from, to);
            double e = under(&s, figure) - out.simulated * over(&s, figure);
            double step = e - mean;
            mean += step / (double)(r + 1);
            squares += step * (e - mean);
        }
        if (n > 1)
            variance += days[k] * squares / (n - 1) *
                        (1 + days[k] / n + (v->rests_on[k] > 0 ? days[k] / v->rests_on[k] : 0));
    }
    out.error = sqrt(variance) / sx;
    out.z = out.error > 0 ? (out.actual - out.simulated) / out.error : 0;
    return out;
}

/* The same with what no plan knows: on each day somebody is late, ill or in a meeting, and hours
 * more or less of one agent make waits longer or shorter. Few days do not even that out. */
struct val_pooled val_pool_judged(const struct oh_validation *v, enum val_figure figure,
                                  double from, double to)
{
    struct val_pooled out = val_pool(v, v->thing[0].played, figure, from, to);
    double effect = 0, n = 0;
    for (int c = CAUSE_FEWER; c <= CAUSE_MORE; c++) {
        if (!v->nudged[c])
            continue;
        struct val_pooled p = val_pool(v, v->nudged[c], figure, from, to);
        if (!isfinite(p.simulated) || !isfinite(out.simulated))
            continue;
        effect += UNKNOWN * fabs(p.simulated - out.simulated);
        n++;
    }
    if (!(n > 0) || !(out.error > 0))
        return out;
    out.error = hypot(out.error, effect / n / sqrt((double)v->days));
    out.z = (out.actual - out.simulated) / out.error;
    return out;
}

/* ---- where it is off ---- */

static double first_start(const struct oh_validation *v)
{
    double first = INFINITY;
    for (size_t p = 0; p < v->places; p++)
        first = fmin(first, v->starts[p]);
    return first;
}

static double last_end(const struct oh_validation *v)
{
    double last = 0;
    for (size_t p = 0; p < v->places; p++)
        last = fmax(last, v->starts[p] + v->interval);
    return last;
}

/* The stretch of the day where the figure is off to the same side: the largest sum of |z| less one
 * an interval. */
static void find_window(struct oh_validation *v, enum val_figure figure)
{
    double first = first_start(v), end = last_end(v), best = 0, sign = v->direction;
    double sum = 0, from = first;
    v->window_from = first;
    v->window_to = end;
    for (double t = first; t < end - 1; t += v->interval) {
        struct val_pooled p = val_pool_judged(v, figure, t, t + v->interval);
        double score = (sign < 0 ? -p.z : p.z) - 1;
        if (sum <= 0) {
            sum = 0;
            from = t;
        }
        sum += isfinite(score) ? score : -1;
        if (sum > best) {
            best = sum;
            v->window_from = from;
            v->window_to = t + v->interval;
        }
    }
}

/* ---- words ---- */

static void off_words(const struct oh_validation *v, char *out, size_t size)
{
    static const char *const more[VAL_FIGURES] = {
        "the calls are too few", "too few are answered in time", "too few hang up",
        "waits are too short",   "waits are too short",          "handling is too short"};
    static const char *const less[VAL_FIGURES] = {
        "the calls are too many", "too many are answered in time",
        "too many hang up",       "waits are too long",
        "waits are too long",     "handling is too long"};
    long from = (long)(v->window_from / 60 + 0.5) % 1440, to = (long)(v->window_to / 60 + 0.5);
    bool all = v->window_from <= first_start(v) + 1 && v->window_to >= last_end(v) - 1;
    const char *words = (v->direction > 0 ? more : less)[v->off];
    to = to > 1440 ? to - 1440 : to;
    if (all)
        snprintf(out, size, "%s all day", words);
    else
        snprintf(out, size, "%s from %02ld:%02ld to %02ld:%02ld", words, from / 60, from % 60,
                 to / 60, to % 60);
}

/* "20 % more calls" */
static void change_words(const struct oh_validation *v, long cause, char *out, size_t size)
{
    double k = v->second < 0 ? v->cause[cause].size : v->both[cause == v->second];
    double percent = 10 * fabs(k);
    switch (cause) {
    case CAUSE_VOLUME:
        snprintf(out, size, "%.0f %% %s calls", percent, k > 0 ? "more" : "fewer");
        break;
    case CAUSE_HANDLING:
        snprintf(out, size, "calls that take %.0f %% %s", percent, k > 0 ? "longer" : "less");
        break;
    case CAUSE_PATIENCE:
        snprintf(out, size, "callers who hang up %.0f %% %s often", percent,
                 k > 0 ? "more" : "less");
        break;
    default:
        snprintf(out, size, "%.1f agents %s", k, cause == CAUSE_FEWER ? "fewer" : "more");
    }
}

static void cause_words(const struct oh_validation *v, char *out, size_t size)
{
    static const char *const names[VAL_CAUSES] = {"volume", "handling", "patience", "staffing",
                                                  "staffing"};
    char first[60], second[60];
    bool planned = v->likeliest != CAUSE_HANDLING && v->likeliest != CAUSE_PATIENCE;
    change_words(v, v->likeliest, first, sizeof first);
    if (v->second < 0) {
        snprintf(out, size, "the likeliest cause is %s: %s%s would explain it", names[v->likeliest],
                 first, planned ? " than planned" : "");
        return;
    }
    change_words(v, v->second, second, sizeof second);
    snprintf(out, size, "the likeliest causes are %s and %s: %s and %s would explain it together",
             names[v->likeliest], names[v->second], first, second);
}

static void put_verdict(struct oh_validation *v)
{
    char off[120], cause[260];
    double inside = 100 * v->inside;
    if (v->ok) {
        char few[60] = "";
        if (v->days < HOUR_DAYS)
            snprintf(few, sizeof few, ", as far as %zu day%s can tell", v->days,
                     v->days == 1 ? "" : "s");
        snprintf(v->verdict, sizeof v->verdict,
                 "the model tells your past%s: %.0f %% of intervals are inside the 90 %% band", few,
                 inside);
        return;
    }
    off_words(v, off, sizeof off);
    if (v->likeliest >= 0) {
        cause_words(v, cause, sizeof cause);
        snprintf(v->verdict, sizeof v->verdict,
                 "%s: %s (%.0f %% of intervals are inside the 90 %% band)", off, cause, inside);
    } else
        snprintf(v->verdict, sizeof v->verdict,
                 "%s, and no single change of volume, handling, patience or staffing explains it "
                 "(%.0f %% of intervals are inside the 90 %% band)",
                 off, inside);
}

static bool is_told(enum val_figure f)
{
    return f == VAL_OFFERED || f == VAL_ABANDON || f == VAL_WAIT || f == VAL_AHT;
}

/* The figure that is furthest off in a stretch of the day, if any is too far. */
static bool stretch_matters(struct oh_validation *v, double from, double to, double *worst)
{
    bool found = false;
    for (int f = 0; f < VAL_FIGURES; f++) {
        if (!is_told((enum val_figure)f))
            continue;
        struct val_pooled p = val_pool_judged(v, (enum val_figure)f, from, to);
        double part = fabs(p.actual - p.simulated) / fmax(fabs(p.simulated), 1e-9);
        if (!(fabs(p.z) > *worst) || !(part > HOUR_PART))
            continue;
        *worst = fabs(p.z);
        v->off = (enum val_figure)f;
        v->direction = p.z;
        found = true;
    }
    return found;
}

/* A day may be right in the sum and wrong in its hours. */
static bool hours_matter(struct oh_validation *v)
{
    double worst = HOUR_Z, step = fmax(v->interval, 3600), end = last_end(v);
    bool found = false;
    for (double t = first_start(v); t < end - 1; t += step) {
        found = stretch_matters(v, t, t + step, &worst) || found;
        found = stretch_matters(v, t, t + 2 * step, &worst) || found;
    }
    return found;
}

void val_judge(struct oh_validation *v)
{
    double worst = 0;
    bool matters = false;
    v->off = VAL_WAIT;
    for (int f = 0; f < VAL_FIGURES; f++) {
        struct val_pooled *p = &v->overall[f];
        *p = val_pool_judged(v, (enum val_figure)f, -1, INFINITY);
        double part = fabs(p->actual - p->simulated) / fmax(fabs(p->simulated), 1e-9);
        if (!is_told((enum val_figure)f) || !isfinite(p->z))
            continue;
        matters = matters || (fabs(p->z) > Z_MOST && part > PART_LEAST);
        /* what people feel comes first: waits, unless something else is far further off */
        double weight = f == VAL_WAIT ? 2 : 1;
        if (weight * fabs(p->z) > worst) {
            worst = weight * fabs(p->z);
            v->off = (enum val_figure)f;
        }
    }
    v->direction = v->overall[v->off].z;
    if (!matters && v->days >= HOUR_DAYS)
        matters = hours_matter(v);
    v->ok = v->inside >= least_inside(v) && !matters;
    find_window(v, v->off);
    val_find_cause(v);
    put_verdict(v);
}
