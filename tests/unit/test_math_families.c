/* test_math_families.c - what must hold for every simple distribution, asked of each in turn. */
#include "../support/support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>

#include "../../sim/math/dist.h"
#include "../../sim/math/quad.h"

#define _ NAN

static const struct sample {
    const char *family;
    double given[DIST_PARAMS];
    double mean, sd; /* exact; NaN: only checked against integration */
} samples[] = {
    {"constant", {40, _, _, _}, 40, 0},
    {"constant", {0, _, _, _}, 0, 0},
    {"exponential", {240, _, _, _}, 240, 240},
    {"lognormal", {240, 1.2, _, _}, 240, 288},
    {"lognormal", {240, 0.01, _, _}, 240, 2.4},
    {"lognormal", {240, 5, _, _}, 240, 1200},
    {"lognormal", {_, _, 180, 480}, _, _},
    {"gamma", {240, 0.8, _, _}, 240, 192},
    {"gamma", {240, 0.01, _, _}, 240, 2.4},
    {"gamma", {1, 0.1, _, _}, 1, 0.1},
    {"gamma", {240, 1, _, _}, 240, 240},
    {"gamma", {240, 1.5, _, _}, 240, 360},
    {"gamma", {240, 4, _, _}, 240, 960},
    {"gamma", {240, 10, _, _}, 240, 2400},
    {"erlang", {1, 6, _, _}, 6, 6},
    {"erlang", {3, 240, _, _}, 240, 138.56406460551018},
    {"erlang", {10000, 240, _, _}, 240, 2.4},
    {"weibull", {0.7, 240, _, _}, 240, _},
    {"weibull", {2, _, 100, _}, 88.622692545275801, 46.325137517610424},
    {"weibull", {1, 240, _, _}, 240, 240},
    {"weibull", {20, 240, _, _}, 240, _},
    {"uniform", {30, 180, _, _}, 105, 43.301270189221932},
    {"triangular", {300, 420, 600, _}, 440, _},
    {"triangular", {0, 0, 60, _}, 20, _},
    {"triangular", {0, 60, 60, _}, 40, _},
    {"hyperexponential", {240, 2, _, _}, 240, 480},
    {"hyperexponential", {240, 1, _, _}, 240, 240},
    {"hyperexponential", {240, 20, _, _}, 240, 4800},
    {"hyperexponential", {240, 100, _, _}, 240, 24000},
};
enum { SAMPLES = sizeof samples / sizeof *samples };

static struct arena arena;

static const struct dist *make(const struct sample *s)
{
    const char *wrong;
    const struct dist *d = dist_make(&arena, dist_family_find(s->family), s->given, &wrong);
    assert_that(d != NULL, "%s {%g, %g, %g}: %s", s->family, s->given[0], s->given[1], s->given[2],
                wrong ? wrong : "no memory");
    return d;
}

static bool is(const struct sample *s, const char *family)
{
    return strcmp(s->family, family) == 0;
}

/* A grid of u as draws give it, odd multiples of 2^-53: all octaves of both tails down to the last,
 * three places in each. */
enum { GRID = 6 * 52 + 1 };
static double grid(int i)
{
    if (i == GRID - 1)
        return 0.5;
    static const double place[] = {1.0, 1.3, 1.9};
    int octave = i / 6;
    double q = (2 * floor(ldexp(place[i % 3], octave - 1)) + 1) * 0x1p-53;
    return i % 6 < 3 ? q : 1 - q;
}

/* P(X > x), not by subtraction where the family allows. */
static double survival(const struct sample *s, const struct dist *d, double x)
{
    if (is(s, "exponential"))
        return exp(-x / d->p[0]);
    if (is(s, "weibull"))
        return exp(-pow(x / d->p[0], d->p[1]));
    if (is(s, "lognormal"))
        return 0.5 * erfc((log(x) - d->p[0]) / (d->p[1] * M_SQRT2));
    if (is(s, "gamma") || is(s, "erlang"))
        return gsl_cdf_gamma_Q(x, d->p[1], d->p[0] / d->p[1]);
    if (is(s, "hyperexponential"))
        return d->p[2] * exp(-d->p[4] * x / d->p[0]) + d->p[3] * exp(-d->p[5] * x / d->p[0]);
    return 1 - d->family->cdf(d, x);
}

static void the_quantile_inverts_the_distribution_function_down_to_both_ends(void **state)
{
    (void)state;
    for (int k = 0; k < SAMPLES; k++) {
        const struct sample *s = &samples[k];
        const struct dist *d = make(s);
        if (is(s, "constant"))
            continue;
        for (int i = 0; i < GRID; i++) {
            double u = grid(i), x = d->family->quantile(d, u);
            if (x < 1e-290) /* underflowed: gamma with a tiny shape */
                continue;
            double size = u < 0.5 ? u : 1 - u;
            double back = u <= 0.5 ? dist_cdf(d, x) : survival(s, d, x);
            /* A table's error of 1e-11 moves the tail by that times x density / tail. The last
             * two are polynomials in x, known to a rounding of 1. */
            bool rounded = is(s, "uniform") || is(s, "triangular");
            double limit = 1e-9 * size + (rounded ? 1e-15 : 0);
            assert_that(fabs(back - (u <= 0.5 ? u : 1 - u)) <= limit,
                        "%s {%g, %g}: at u = %a the tail is %.17g, not %.17g", s->family,
                        s->given[0], s->given[1], u, back, size);
        }
    }
}

/* By a Newton step with GSL's distribution function: how far would it move x? (GSL's own inverse
 * does not converge for some shapes, and then aborts.) */
static void gamma_agrees_with_gsl_in_the_body_to_ten_digits(void **state)
{
    (void)state;
    for (int k = 0; k < SAMPLES; k++) {
        const struct sample *s = &samples[k];
        if (!is(s, "gamma") && !is(s, "erlang"))
            continue;
        const struct dist *d = make(s);
        double shape = d->p[1], scale = d->p[0] / d->p[1];
        for (int i = 0; i < GRID; i++) {
            double u = grid(i), x = d->family->quantile(d, u), z = x / scale;
            if (u < 1e-6 || u > 1 - 1e-6 || x < 1e-200)
                continue;
            double off = u <= 0.5 ? gsl_cdf_gamma_P(x, shape, scale) - u
                                  : 1 - u - gsl_cdf_gamma_Q(x, shape, scale);
            double x_density = exp(shape * log(z) - z - gsl_sf_lngamma(shape));
            assert_that(fabs(off) <= 1e-10 * x_density, "%s {%g, %g}: at u = %g x is %g off",
                        s->family, s->given[0], s->given[1], u, off / x_density);
        }
    }
}

static void the_quantile_never_falls(void **state)
{
    (void)state;
    for (int k = 0; k < SAMPLES; k++) {
        const struct dist *d = make(&samples[k]);
        double before = 0;
        for (int i = 0; i < 40000; i++) {
            double u = i < 10000   ? exp2(-53 + i * 46.0 / 10000)
                       : i < 30000 ? 0.01 + (i - 10000) * 0.98 / 20000
                                   : 1 - exp2(-6.7 - (i - 30000) * 46.0 / 10000);
            double x = d->family->quantile(d, u);
            assert_that(x >= before && x >= 0, "%s {%g, %g} falls at u = %.17g", samples[k].family,
                        samples[k].given[0], samples[k].given[1], u);
            before = x;
        }
    }
}

struct moment {
    const struct dist *d;
    double power;
};

static double integrand(double x, const void *user)
{
    const struct moment *m = user;
    return m->power * pow(x, m->power - 1) * (1 - dist_cdf(m->d, x));
}

/* E X^power = integral of power x^(power - 1) P(X > x), up to where P(X > x) is 1e-13; beyond, and
 * in the rounding of 1 - cdf, lies *unsure. */
static double integral(const struct dist *d, double power, double *unsure)
{
    struct quad_rule rule;
    quad_rule_make(&rule);
    struct moment m = {d, power};
    double corner[8], sum = 0, at = 0, end = d->family->quantile(d, 1 - 1e-13);
    double tolerance = 1e-12 * pow(dist_mean(d), power) + 1e-15 * pow(end, power);
    size_t corners = dist_corners(d, corner, 8);
    for (size_t i = 0; i < corners; i++) {
        sum += quad(&rule, integrand, &m, at, corner[i], tolerance);
        at = corner[i];
    }
    for (double step = 1e-4 * dist_mean(d); at < end; at += step, step *= 2)
        sum += quad(&rule, integrand, &m, at, at + step, tolerance);
    *unsure = 1e-11 * pow(end, power);
    return sum;
}

static void mean_and_variance_are_those_of_the_distribution_function(void **state)
{
    (void)state;
    for (int k = 0; k < SAMPLES; k++) {
        const struct sample *s = &samples[k];
        const struct dist *d = make(s);
        double mean = dist_mean(d), variance = dist_variance(d);
        if (!isnan(s->mean))
            assert_close(mean, s->mean, 1e-13);
        if (!isnan(s->sd))
            assert_close(sqrt(variance), s->sd, 1e-10);
        if (mean == 0)
            continue;
        double unsure, first = integral(d, 1, &unsure);
        assert_near(first, mean, 1e-9 * mean + unsure);
        double second = integral(d, 2, &unsure);
        assert_near(second, variance + mean * mean, 1e-9 * mean * mean + unsure);
    }
}

static void many_draws_at_once_are_the_quantiles_to_the_last_bit(void **state)
{
    (void)state;
    enum { N = 777 };
    double u[N], other[N], x[N], at_once[N];
    struct draw_key key = {1, 1, 7, 0};
    draw_block(&key, 0, 0, 0, N, u, other);
    for (int i = 0; i < GRID; i++)
        u[i] = grid(i);
    for (int k = 0; k < SAMPLES; k++) {
        const struct dist *d = make(&samples[k]);
        d->family->fill(d, u, x, N);
        memcpy(at_once, u, sizeof u);
        d->family->fill(d, at_once, at_once, N); /* in place */
        for (int i = 0; i < N; i++) {
            assert_same(x[i], d->family->quantile(d, u[i]));
            assert_same(at_once[i], x[i]);
        }
    }
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Kolmogorov and Smirnov: sqrt(n) times the largest gap is above 2.2 once in 8,000 times. */
static void a_hundred_thousand_draws_follow_the_distribution_function(void **state)
{
    (void)state;
    enum { N = 100000 };
    static double u[N], other[N], x[N];
    for (int k = 0; k < SAMPLES; k++) {
        const struct dist *d = make(&samples[k]);
        if (is(&samples[k], "constant"))
            continue;
        struct draw_key key = {1, 1, (uint32_t)k, 0};
        draw_block(&key, 0, 0, 0, N, u, other);
        dist_draw(d, &key, DRAW_ARRIVAL, 0, N, u, NULL, x);
        qsort(x, N, sizeof *x, ascending);
        double gap = 0;
        for (int i = 0; i < N; i++) {
            double f = dist_cdf(d, x[i]);
            gap = fmax(gap, fmax(f - (double)i / N, (i + 1.0) / N - f));
        }
        assert_that(sqrt(N) * gap < 2.2, "%s {%g, %g}: gap %g", samples[k].family,
                    samples[k].given[0], samples[k].given[1], gap);
    }
}

static void a_mean_is_a_scale(void **state)
{
    (void)state;
    for (int k = 0; k < SAMPLES; k++) {
        const struct dist *d = make(&samples[k]);
        if (!d->family->scales || isnan(samples[k].mean))
            continue;
        struct sample one = samples[k];
        for (int i = 0; i < DIST_PARAMS; i++)
            if (d->family->param[i].name && strcmp(d->family->param[i].name, "mean") == 0) {
                if (isnan(one.given[i]))
                    goto next;
                one.given[i] = 1;
            }
        const struct dist *unit = make(&one);
        assert_close(dist_mean(unit), 1, 1e-15);
        for (double u = 0.05; u < 1; u += 0.1)
            assert_close(d->family->quantile(d, u),
                         samples[k].mean * unit->family->quantile(unit, u), 1e-13);
    next:;
    }
}

static void every_family_says_how_it_is_written(void **state)
{
    (void)state;
    assert_int_equal(oh_distribution_count(), dist_family_count());
    for (size_t i = 0; i < dist_family_count(); i++) {
        const struct dist_family *f = dist_family_at(i);
        oh_entry entry = oh_distribution_at(i);
        assert_string_equal(entry.name, f->name);
        assert_ptr_equal(dist_family_find(f->name), f);
        assert_that(entry.form[0] && entry.about[0], "%s is not described", f->name);
        assert_true(f->mean && f->variance && f->cdf);
        assert_true(!f->quantile == !f->fill);
        assert_true(!f->bare || !f->init || (f->param[0].name && !f->param[1].name));
        for (int p = 0; p < DIST_PARAMS && f->param[p].name; p++)
            assert_true(f->param[p].about[0] != 0);
        bool has_mean = false;
        for (int p = 0; p < DIST_PARAMS && f->param[p].name; p++)
            has_mean = has_mean || strcmp(f->param[p].name, "mean") == 0;
        assert_int_equal(f->scales, has_mean);
    }
    assert_null(dist_family_find("normal"));
}

static const struct {
    const char *family;
    double given[DIST_PARAMS];
    const char *wrong; /* part of the sentence */
} senseless[] = {
    {"constant", {_, _, _, _}, "give the time"},
    {"constant", {-1, _, _, _}, "negative"},
    {"constant", {1e10, _, _, _}, "30 years"},
    {"exponential", {_, _, _, _}, "give the mean"},
    {"exponential", {0, _, _, _}, "above 0"},
    {"exponential", {-4, _, _, _}, "above 0"},
    {"exponential", {INFINITY, _, _, _}, "30 years"},
    {"lognormal", {240, _, _, _}, "mean and cv, or median and p90"},
    {"lognormal", {240, 1, 200, _}, "mean and cv, or median and p90"},
    {"lognormal", {240, 1, 180, 480}, "mean and cv, or median and p90"},
    {"lognormal", {240, 0, _, _}, "cv must be"},
    {"lognormal", {0, 1, _, _}, "above 0"},
    {"lognormal", {_, _, 180, 180}, "above the median"},
    {"lognormal", {_, _, 0, 180}, "median must be above 0"},
    {"lognormal", {_, _, 100, 100.01}, "too near"},
    {"lognormal", {_, _, 0.001, 1e6}, "too far"},
    {"lognormal", {_, _, 1, 1e10}, "30 years"},
    {"gamma", {240, _, _, _}, "mean and cv"},
    {"gamma", {240, 0.001, _, _}, "cv must be"},
    {"gamma", {240, 11, _, _}, "cv must be"},
    {"gamma", {-240, 1, _, _}, "above 0"},
    {"erlang", {_, 240, _, _}, "k and mean"},
    {"erlang", {2.5, 240, _, _}, "whole number"},
    {"erlang", {0, 240, _, _}, "whole number"},
    {"erlang", {3, 0, _, _}, "above 0"},
    {"weibull", {_, 240, _, _}, "give shape"},
    {"weibull", {1, 240, 200, _}, "either mean or scale"},
    {"weibull", {1, _, _, _}, "either mean or scale"},
    {"weibull", {0, 240, _, _}, "shape must be"},
    {"weibull", {1, _, 0, _}, "scale must be"},
    {"uniform", {10, _, _, _}, "from and to"},
    {"uniform", {10, 10, _, _}, "above from"},
    {"uniform", {-1, 10, _, _}, "negative"},
    {"uniform", {0, 1e10, _, _}, "30 years"},
    {"triangular", {1, 2, _, _}, "low, mode and high"},
    {"triangular", {-1, 2, 3, _}, "negative"},
    {"triangular", {1, 4, 3, _}, "ascend"},
    {"triangular", {3, 3, 3, _}, "above low"},
    {"triangular", {3, 3, 1e10, _}, "30 years"},
    {"hyperexponential", {240, _, _, _}, "mean and cv"},
    {"hyperexponential", {240, 0.9, _, _}, "cv must be"},
    {"hyperexponential", {0, 2, _, _}, "above 0"},
};

static void senseless_parameters_are_answered_in_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof senseless / sizeof *senseless; i++) {
        const char *wrong = NULL;
        const struct dist_family *family = dist_family_find(senseless[i].family);
        assert_null(dist_make(&arena, family, senseless[i].given, &wrong));
        assert_that(wrong && strstr(wrong, senseless[i].wrong), "%s: \"%s\" lacks \"%s\"",
                    senseless[i].family, wrong ? wrong : "(nothing)", senseless[i].wrong);
    }
}

/* FNV-1a over the bits of a thousand draws of every sample. A changed number here changes what
 * every seed means: CHANGELOG has to say so. */
static void draws_have_the_same_bits_on_every_machine(void **state)
{
    (void)state;
    enum { M = 1000 };
    double u[M], other[M], x[M];
    uint64_t hash = 0xcbf29ce484222325u;
    for (int k = 0; k < SAMPLES; k++) {
        struct draw_key key = {1, 1, (uint32_t)k, 0};
        draw_block(&key, 0, 0, 0, M, u, other);
        dist_draw(make(&samples[k]), &key, DRAW_ARRIVAL, 0, M, u, NULL, x);
        for (int i = 0; i < M; i++) {
            uint64_t bits;
            memcpy(&bits, &x[i], sizeof bits);
            hash = (hash ^ bits) * 0x100000001b3u;
        }
    }
    assert_that(hash == 0x37f1d2036399037bu, "the draws' hash is %#llx", (unsigned long long)hash);
}

static int open_arena(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_quantile_inverts_the_distribution_function_down_to_both_ends),
        cmocka_unit_test(gamma_agrees_with_gsl_in_the_body_to_ten_digits),
        cmocka_unit_test(the_quantile_never_falls),
        cmocka_unit_test(mean_and_variance_are_those_of_the_distribution_function),
        cmocka_unit_test(many_draws_at_once_are_the_quantiles_to_the_last_bit),
        cmocka_unit_test(a_hundred_thousand_draws_follow_the_distribution_function),
        cmocka_unit_test(draws_have_the_same_bits_on_every_machine),
        cmocka_unit_test(a_mean_is_a_scale),
        cmocka_unit_test(every_family_says_how_it_is_written),
        cmocka_unit_test(senseless_parameters_are_answered_in_words),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
