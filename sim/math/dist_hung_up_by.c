/* dist_hung_up_by.c - patience as managers know it: of callers who had to wait that long, so many
 * have hung up.
 *
 * The idea to know: between points the hazard is constant, so the cumulative hazard
 * H = -log(1 - share) is a broken line through the points, and a draw is the place where it
 * reaches an exponential of mean 1. x = times, y = shares; table = the line's pieces.
 */
#include "detmath.h"
#include "dist_family.h"

/* From `start` on, where the hazard so far is `hazard`, it grows by `rate` per second. */
struct piece {
    double start, hazard, rate, seconds_per_hazard;
};

struct dist *dist_hung_up_by(struct arena *arena, size_t n, const double *t, const double *share,
                             const char **wrong)
{
    *wrong = n == 0 ? "there are no points" : NULL;
    for (size_t i = 0; i < n && !*wrong; i++) {
        if (!(t[i] > (i ? t[i - 1] : 0)))
            *wrong = "the times must be above 0 and ascend";
        else if (!(t[i] <= DIST_LONGEST))
            *wrong = "a time is longer than 30 years";
        else if (!(share[i] >= 0 && share[i] < 1))
            *wrong = "a share must be at least 0% and below 100%";
        else if (i && share[i] < share[i - 1])
            *wrong = "the shares must not fall: who has hung up stays away";
    }
    if (!*wrong && !(share[n - 1] > 0))
        *wrong = "nobody ever hangs up; say `never`";
    if (*wrong)
        return NULL;
    struct dist *d = dist_new(arena, &dist_hung_up_by_family);
    struct piece *piece = d ? arena_array(arena, n, sizeof *piece) : NULL;
    double *x = piece ? arena_copy(arena, t, n * sizeof *t) : NULL;
    double *y = x ? arena_copy(arena, share, n * sizeof *share) : NULL;
    if (!y)
        return NULL;
    double start = 0, hazard = 0;
    for (size_t i = 0; i < n; i++) {
        double reached = -det_log(1 - share[i]);
        piece[i].start = start;
        piece[i].hazard = hazard;
        piece[i].rate = (reached - hazard) / (t[i] - start);
        piece[i].seconds_per_hazard = (t[i] - start) / (reached - hazard);
        start = t[i];
        hazard = reached;
    }
    d->x = x;
    d->y = y;
    d->table = piece;
    d->points = n;
    return d;
}

static const struct piece *pieces(const struct dist *d)
{
    return d->table;
}

/* Integrals of e^-(rate s) and s e^-(rate s) for s from 0 to `length` (may be infinite). */
static void integrals(double rate, double length, double *zeroth, double *first)
{
    double z = rate * length;
    if (rate == 0 || z < 1e-4) {
        *zeroth = length * (1 - z / 2 + z * z / 6);
        *first = length * length * (0.5 - z / 3 + z * z / 8);
    } else {
        double left = exp(-z);
        *zeroth = -expm1(-z) / rate;
        *first = isinf(length) ? 1 / (rate * rate) : (*zeroth - length * left) / rate;
    }
}

/* E X and E X^2 / 2 as integrals of the survival function. */
static void moments(const struct dist *d, double *mean, double *half_square)
{
    *mean = *half_square = 0;
    for (size_t i = 0; i < d->points; i++) {
        const struct piece *p = &pieces(d)[i];
        bool last = i + 1 == d->points;
        if (last && p->rate == 0) {
            *mean = *half_square = INFINITY;
            return;
        }
        double zeroth, first, survival = exp(-p->hazard);
        integrals(p->rate, last ? INFINITY : d->x[i] - p->start, &zeroth, &first);
        *mean += survival * zeroth;
        *half_square += survival * (p->start * zeroth + first);
    }
}

static double mean(const struct dist *d)
{
    double m, half_square;
    moments(d, &m, &half_square);
    return m;
}

static double variance(const struct dist *d)
{
    double m, half_square;
    moments(d, &m, &half_square);
    return isinf(m) ? INFINITY : 2 * half_square - m * m;
}

static double cdf(const struct dist *d, double x)
{
    if (!(x > 0))
        return 0;
    size_t i = 0;
    while (i + 1 < d->points && x > d->x[i])
        i++;
    const struct piece *p = &pieces(d)[i];
    return p->rate == 0 ? -expm1(-p->hazard) : -expm1(-(p->hazard + p->rate * (x - p->start)));
}

/* Where the hazard reaches h: halve the pieces until one is left. */
static inline double reach(const struct piece *piece, size_t n, double h)
{
    size_t low = 0;
    for (size_t left = n; left > 1;) {
        size_t half = left / 2;
        low = h > piece[low + half].hazard ? low + half : low;
        left -= half;
    }
    return piece[low].start + (h - piece[low].hazard) * piece[low].seconds_per_hazard;
}

static double quantile(const struct dist *d, double u)
{
    return reach(pieces(d), d->points, -det_log(1 - u));
}

static void fill(const struct dist *d, const double *u, double *x, size_t n)
{
    const struct piece *piece = pieces(d);
    det_log_survival_n(u, -1, x, n);
    for (size_t i = 0; i < n; i++)
        x[i] = reach(piece, d->points, x[i]);
}

const struct dist_family dist_hung_up_by_family = {
    .name = "hung_up_by",
    .form = "{40 s: 15%, 2 min: 40%}",
    .about = "of callers who had to wait that long, the share that has hung up by then",
    .patience_only = true,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .quantile = quantile,
    .fill = fill,
};
