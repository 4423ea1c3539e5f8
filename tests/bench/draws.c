/* draws.c - do ten million draws of each family follow GSL's distribution function? By hand, since
 * it takes a minute: `make bench-draws`. (The tests ask the same of 100,000, and compare both tails
 * with the exact quantiles down to the last grid point.)
 *
 * Kolmogorov and Smirnov's distance, to the width of a bin of probability, and the share beyond the
 * quantiles 10^-3 .. 10^-6 in both tails.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "../../sim/math/dist.h"

static const double share[4] = {1e-3, 1e-4, 1e-5, 1e-6};

enum { CHUNK = 1 << 12, BINS = 1 << 20 };

static double exponential_below(double x)
{
    return gsl_cdf_exponential_P(x, 240);
}

static double lognormal_below(double x)
{
    double s2 = log(1 + 1.2 * 1.2);
    return gsl_cdf_lognormal_P(x, log(240) - s2 / 2, sqrt(s2));
}

static double gamma_below(double x)
{
    double shape = 1 / (0.8 * 0.8);
    return gsl_cdf_gamma_P(x, shape, 240 / shape);
}

static double weibull_below(double x)
{
    return gsl_cdf_weibull_P(x, 240, 0.7);
}

static double uniform_below(double x)
{
    return gsl_cdf_flat_P(x, 30, 180);
}

static const struct {
    const char *family;
    double given[DIST_PARAMS];
    double (*below)(double x);
} cases[] = {
    {"exponential", {240, NAN, NAN, NAN}, exponential_below},
    {"lognormal", {240, 1.2, NAN, NAN}, lognormal_below},
    {"gamma", {240, 0.8, NAN, NAN}, gamma_below},
    {"weibull", {0.7, NAN, 240, NAN}, weibull_below},
    {"uniform", {30, 180, NAN, NAN}, uniform_below},
};

/* The largest gap, times the root of n. */
static double distance(const uint32_t *bin, double n)
{
    double below = 0, gap = 0;
    for (int k = 0; k < BINS; k++) {
        below += bin[k];
        gap = fmax(gap, fabs(below / n - (k + 1.0) / BINS));
    }
    return gap * sqrt(n);
}

/* The largest of the tails' deviations, in standard errors. */
static double tails(const uint64_t low[4], const uint64_t high[4], double n)
{
    double worst = 0;
    for (int k = 0; k < 4; k++) {
        double error = sqrt(n * share[k] * (1 - share[k]));
        worst = fmax(worst, fabs((double)low[k] - n * share[k]) / error);
        worst = fmax(worst, fabs((double)high[k] - n * share[k]) / error);
    }
    return worst;
}

int main(int argc, char **argv)
{
    uint64_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 10000000;
    struct arena arena;
    arena_init(&arena);
    uint32_t *bin = malloc(BINS * sizeof *bin);
    bool right = bin != NULL;
    for (size_t c = 0; right && c < sizeof cases / sizeof *cases; c++) {
        const char *wrong;
        const struct dist *d =
            dist_make(&arena, dist_family_find(cases[c].family), cases[c].given, &wrong);
        uint64_t low[4] = {0}, high[4] = {0};
        struct draw_key key = {1, 1, (uint32_t)c, 0};
        for (int k = 0; k < BINS; k++)
            bin[k] = 0;
        for (uint64_t done = 0; d && done < n; done += CHUNK) {
            static double u[CHUNK], other[CHUNK], x[CHUNK];
            uint64_t now = n - done < CHUNK ? n - done : CHUNK;
            draw_block(&key, 0, 0, done, now, u, other);
            dist_draw(d, &key, DRAW_ARRIVAL, done, now, u, NULL, x);
            for (uint64_t i = 0; i < now; i++) {
                double f = cases[c].below(x[i]);
                bin[f < 1 ? (uint32_t)(f * BINS) : BINS - 1]++;
                for (int k = 0; k < 4; k++) {
                    low[k] += f < share[k];
                    high[k] += 1 - f < share[k];
                }
            }
        }
        double gap = distance(bin, (double)n), tail = tails(low, high, (double)n);
        /* Above 2.2 once in 8,000 times; above 4.5 standard errors about as often, for 8 tails. */
        bool fine = d && gap < 2.2 && tail < 4.5;
        printf("%-12s gap x root n %.3f, tails at most %.1f standard errors off%s\n",
               cases[c].family, gap, tail, fine ? "" : "   wrong");
        right = right && fine;
    }
    free(bin);
    arena_free(&arena);
    return right ? EXIT_SUCCESS : EXIT_FAILURE;
}
