/* dist_gamma.c - gamma by its mean and spread; erlang, the same law as a sum of k equal
 * exponential stages. p = {mean, shape}; the table is of the law with scale 1.
 */
#include "detmath.h"
#include "dist_family.h"
#include "incgamma.h"
#include "invtable.h"

/* A gamma law at x = e^y. Far to the left x underflows, but P = x^a / Gamma(a + 1) there. */
static struct invtable_point law_at(const double *p, double y, bool upper)
{
    double a = p[0];
    if (y < -600)
        return (struct invtable_point){a * y - det_lgamma(a + 1), a, a};
    double x = det_exp(y), tail[2];
    incgamma(a, x, &tail[0], &tail[1]);
    double log_term = incgamma_log_term(a, x);
    /* Where the other tail is all, this one may have rounded to nothing. */
    double log_tail = tail[upper] > 0 ? det_log(tail[upper]) : -800;
    return (struct invtable_point){log_tail, a * det_exp(log_term - log_tail), a - x};
}

static const char *make_table(struct dist *d, double mean, double shape, struct arena *arena)
{
    d->p[0] = mean;
    d->p[1] = shape;
    /* The median: Wilson and Hilferty 1931 for large shapes, x^a = Gamma(a + 1) / 2 for small. */
    double root = 1 - 1 / (9 * shape);
    double guess = shape > 0.5 ? det_log(shape * root * root * root)
                               : (det_lgamma(shape + 1) - det_log(2)) / shape;
    struct invtable_law law = {.at = law_at, .p = &shape, .guess = guess};
    d->table = invtable_make(arena, &law, shape < 1);
    return NULL;
}

static const char *init_gamma(struct dist *d, const double given[DIST_PARAMS], struct arena *arena)
{
    if (!dist_given(given[0]) || !dist_given(given[1]))
        return "give mean and cv";
    const char *wrong = dist_wrong_mean(given[0]);
    if (wrong)
        return wrong;
    double cv = given[1];
    if (!(cv >= 0.01 && cv <= 10))
        return "cv must be from 0.01 to 10";
    return make_table(d, given[0], 1 / (cv * cv), arena);
}

static const char *init_erlang(struct dist *d, const double given[DIST_PARAMS], struct arena *arena)
{
    if (!dist_given(given[0]) || !dist_given(given[1]))
        return "give k and mean";
    double k = given[0];
    if (!(k >= 1 && k <= 10000 && k == floor(k)))
        return "k must be a whole number from 1 to 10000";
    const char *wrong = dist_wrong_mean(given[1]);
    return wrong ? wrong : make_table(d, given[1], k, arena);
}

static double mean(const struct dist *d)
{
    return d->p[0];
}

static double variance(const struct dist *d)
{
    return d->p[0] * d->p[0] / d->p[1];
}

static double cdf(const struct dist *d, double x)
{
    double lower = 0, upper, z = x * (d->p[1] / d->p[0]);
    if (z > 1e-300)
        incgamma(d->p[1], z, &lower, &upper);
    return lower;
}

static double quantile(const struct dist *d, double u)
{
    return invtable_at(d->table, d->p[0] / d->p[1], u);
}

static void fill(const struct dist *d, const double *u, double *x, size_t n)
{
    invtable_fill(d->table, d->p[0] / d->p[1], u, x, n);
}

const struct dist_family dist_gamma_family = {
    .name = "gamma",
    .form = "{mean: 4 min, cv: 0.8}",
    .about = "milder than lognormal in its longest times",
    .scales = true,
    .param = {{"mean", VALUE_DURATION, "the mean"},
              {"cv", VALUE_FACTOR, "standard deviation / mean"}},
    .init = init_gamma,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .quantile = quantile,
    .fill = fill,
};

const struct dist_family dist_erlang_family = {
    .name = "erlang",
    .form = "{k: 3, mean: 4 min}",
    .about = "the sum of k equal exponential stages",
    .scales = true,
    .param = {{"k", VALUE_COUNT, "number of stages"}, {"mean", VALUE_DURATION, "the mean"}},
    .init = init_erlang,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .quantile = quantile,
    .fill = fill,
};
