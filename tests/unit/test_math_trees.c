/* test_math_trees.c - mixtures, the first of several, delays added, scheduled means, measured
 * times, patience as managers state it. */
#include "../support/support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/math/dist.h"

enum { N = 100000 };
static struct arena arena;
static const struct draw_key key = {1, 1, 42, 0};

static struct dist *family(const char *name, double a, double b)
{
    const char *wrong;
    const double given[DIST_PARAMS] = {a, b, NAN, NAN};
    struct dist *d = dist_make(&arena, dist_family_find(name), given, &wrong);
    assert_non_null(d);
    return d;
}

static struct dist *mixture(struct dist *a, struct dist *b, double share)
{
    const char *wrong;
    struct dist *d =
        dist_mixture(&arena, 2, (struct dist *[]){a, b}, (double[]){share, 1 - share}, &wrong);
    assert_non_null(d);
    return d;
}

static struct dist *first_of(struct dist *a, struct dist *b)
{
    const char *wrong;
    struct dist *d = dist_first_of(&arena, 2, (struct dist *[]){a, b}, &wrong);
    assert_non_null(d);
    return d;
}

static struct dist *hung_up_by(size_t n, const double *t, const double *share)
{
    const char *wrong;
    struct dist *d = dist_hung_up_by(&arena, n, t, share, &wrong);
    assert_that(d != NULL, "%s", wrong);
    return d;
}

/* Draws for callers first .. first + n - 1, `batch` at a time. */
static void draw(const struct dist *d, enum purpose purpose, uint64_t first, size_t n, size_t batch,
                 const double *at, double *x)
{
    double *u[2] = {malloc(batch * sizeof(double)), malloc(batch * sizeof(double))};
    for (size_t done = 0; done < n; done += batch) {
        size_t now = n - done < batch ? n - done : batch;
        draw_block(&key, (uint32_t)purpose / 2, 0, first + done, now, u[0], u[1]);
        dist_draw(d, &key, purpose, first + done, now, u[purpose % 2], at ? at + done : NULL,
                  x + done);
    }
    free(u[0]);
    free(u[1]);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Mean, variance and Kolmogorov-Smirnov distance of N draws against the tree's own cdf; where the
 * cdf jumps, both sides are looked at. */
static void check_draws(const struct dist *d)
{
    static double x[N];
    draw(d, DRAW_PATIENCE, 0, N, 4096, NULL, x);
    double sum = 0;
    for (int i = 0; i < N; i++)
        sum += x[i];
    double mean = dist_mean(d), sd = sqrt(dist_variance(d));
    if (isfinite(mean))
        assert_near(sum / N, mean, 4 * sd / sqrt(N));
    qsort(x, N, sizeof *x, ascending);
    double gap = 0;
    for (int i = 0; i < N; i++) {
        if (i + 1 < N && x[i + 1] == x[i])
            continue;
        gap = fmax(gap, fabs(dist_cdf(d, x[i]) - (i + 1.0) / N));
    }
    assert_that(sqrt(N) * gap < 2.2, "gap %g", gap);
}

static void one_point_of_hung_up_by_is_exactly_exponential(void **state)
{
    (void)state;
    struct dist *d = hung_up_by(1, (double[]){40}, (double[]){0.15});
    assert_close(dist_mean(d), -40 / log(0.85), 1e-14);
    assert_near(dist_mean(d), 246.125, 0.0005);
    assert_close(sqrt(dist_variance(d)), dist_mean(d), 1e-14);
    struct dist *e = dist_exponential(&arena, dist_mean(d));
    for (double u = 0.001; u < 1; u += 0.013) {
        assert_close(d->family->quantile(d, u), e->family->quantile(e, u), 1e-14);
        assert_close(dist_cdf(d, 400 * u), dist_cdf(e, 400 * u), 1e-14);
    }
}

static void hung_up_by_goes_through_its_points(void **state)
{
    (void)state;
    const double t[] = {10, 40, 60, 120}, share[] = {0, 0.15, 0.15, 0.40};
    struct dist *d = hung_up_by(4, t, share);
    for (int i = 0; i < 4; i++)
        assert_near(dist_cdf(d, t[i]), share[i], 1e-15);
    assert_close(d->family->quantile(d, 0.40), 120, 1e-14);
    assert_close(d->family->quantile(d, 0.15), 40, 1e-14); /* the first, not 60 */
    assert_close(d->family->quantile(d, 1e-12), 10, 1e-10);
    /* Nobody between 40 and 60 s; after 120 s the hazard of the last minute goes on. */
    double hazard = log(0.85 / 0.60) / 60;
    assert_close(1 - dist_cdf(d, 300), 0.60 * exp(-180 * hazard), 1e-14);
    for (double u = 0.0005; u < 1; u += 0.001) {
        double x = d->family->quantile(d, u), filled;
        d->family->fill(d, &u, &filled, 1);
        assert_same(filled, x);
        assert_true(x <= 40 || x >= 60);
        assert_close(dist_cdf(d, x), u, 1e-12);
    }
    check_draws(d);
}

static void hung_up_by_may_leave_some_who_never_do(void **state)
{
    (void)state;
    struct dist *d = hung_up_by(2, (double[]){40, 60}, (double[]){0.15, 0.15});
    assert_true(isinf(dist_mean(d)));
    assert_true(isinf(d->family->quantile(d, 0.5)));
    assert_close(dist_cdf(d, 1e6), 0.15, 1e-14);
    assert_false(dist_is_never(d));
}

static void a_hundred_points_of_hung_up_by_are_found_again(void **state)
{
    (void)state;
    double t[100], share[100];
    for (int i = 0; i < 100; i++) {
        t[i] = 3 * (i + 1);
        share[i] = 1 - exp(-0.05 * (i + 1)); /* exponential again, mean 60 s */
    }
    struct dist *d = hung_up_by(100, t, share);
    assert_close(dist_mean(d), 60, 1e-12);
    assert_close(dist_variance(d), 3600, 1e-11);
    struct dist *e = dist_exponential(&arena, 60);
    for (double u = 0.0005; u < 1; u += 0.001)
        assert_close(d->family->quantile(d, u), e->family->quantile(e, u), 1e-12);
}

static void measured_times_come_back_linearly_between_them(void **state)
{
    (void)state;
    const char *wrong;
    struct dist *d = dist_empirical(&arena, 5, (double[]){90, 20, 40, 40, 30}, &wrong);
    assert_non_null(d);
    const double at[][2] = {{0.125, 25}, {0.25, 30}, {0.375, 35}, {0.5, 40},
                            {0.6, 40},   {0.75, 40}, {0.8, 50},   {0.9, 70}};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        double x;
        d->family->fill(d, &at[i][0], &x, 1);
        assert_near(x, at[i][1], 1e-12);
        assert_same(d->family->quantile(d, at[i][0]), x);
    }
    assert_near(dist_cdf(d, 19.9), 0, 0);
    assert_near(dist_cdf(d, 25), 0.125, 1e-15);
    assert_near(dist_cdf(d, 39.999999), 0.5, 1e-7);
    assert_near(dist_cdf(d, 40), 0.75, 1e-15);
    assert_near(dist_cdf(d, 90), 1, 0);
    /* Quarters between 20, 30, 40, 40, 90. */
    assert_close(dist_mean(d), (25 + 35 + 40 + 65) / 4.0, 1e-14);
    double square = ((20 * 20 + 20 * 30 + 30 * 30) + (30 * 30 + 30 * 40 + 40 * 40) + 3 * 40 * 40 +
                     (40 * 40 + 40 * 90 + 90 * 90)) /
                    12.0;
    assert_close(dist_variance(d), square - 41.25 * 41.25, 1e-12);
    check_draws(d);
    struct dist *one = dist_empirical(&arena, 1, (double[]){7}, &wrong);
    assert_same(one->family->quantile(one, 0.3), 7.0);
    assert_same(dist_variance(one), 0.0);
}

static void a_mixture_is_its_parts_in_proportion(void **state)
{
    (void)state;
    struct dist *m = mixture(dist_constant(&arena, 40), dist_exponential(&arena, 300), 0.15);
    assert_close(dist_mean(m), 0.15 * 40 + 0.85 * 300, 1e-15);
    assert_close(dist_variance(m), 0.85 * 2 * 300 * 300 + 0.15 * 1600 - 261.0 * 261.0, 1e-13);
    assert_close(dist_cdf(m, 39), 0.85 * -expm1(-39.0 / 300), 1e-14);
    assert_close(dist_cdf(m, 40), 0.15 + 0.85 * -expm1(-40.0 / 300), 1e-14);
    check_draws(m);
}

static void a_mixture_spends_one_uniform_on_the_part_and_the_time(void **state)
{
    (void)state;
    struct dist *e = dist_exponential(&arena, 300), *g = family("gamma", 60, 0.5);
    struct dist *m = mixture(e, g, 0.25);
    double x;
    for (double u = 0.03125; u < 1; u += 0.0625) {
        dist_draw(m, &key, DRAW_PATIENCE, 0, 1, &u, NULL, &x);
        assert_same(x, u < 0.25 ? e->family->quantile(e, u / 0.25)
                                : g->family->quantile(g, (u - 0.25) / 0.75));
    }
    struct dist *all = mixture(e, g, 1.0), *none = mixture(e, g, 0.0);
    double u = 1 - 0x1p-53;
    dist_draw(all, &key, DRAW_PATIENCE, 0, 1, &u, NULL, &x);
    assert_same(x, e->family->quantile(e, u));
    u = 0x1p-53;
    dist_draw(none, &key, DRAW_PATIENCE, 0, 1, &u, NULL, &x);
    assert_same(x, g->family->quantile(g, u));
}

static void the_first_of_two_exponentials_is_exponential(void **state)
{
    (void)state;
    struct dist *d = first_of(dist_exponential(&arena, 300), dist_exponential(&arena, 100));
    assert_close(dist_mean(d), 75, 1e-12);
    assert_close(dist_variance(d), 75 * 75, 1e-11);
    assert_close(dist_cdf(d, 50), -expm1(-50.0 / 75), 1e-14);
    check_draws(d);
}

static void the_first_of_a_constant_and_an_exponential_is_cut_off(void **state)
{
    (void)state;
    struct dist *d = first_of(dist_exponential(&arena, 300), dist_constant(&arena, 40));
    assert_close(dist_mean(d), 300 * -expm1(-40.0 / 300), 1e-12);
    check_draws(d);
    struct dist *never = first_of(dist_never(&arena), dist_exponential(&arena, 10));
    assert_close(dist_mean(never), 10, 1e-12);
    assert_false(dist_is_never(never));
    assert_true(dist_is_never(first_of(dist_never(&arena), dist_never(&arena))));
}

static void further_parts_of_first_of_draw_their_own_numbers(void **state)
{
    (void)state;
    struct dist *a = dist_exponential(&arena, 100), *b = dist_exponential(&arena, 100);
    struct dist *inner = first_of(a, b), *d = first_of(inner, first_of(b, a));
    double x[1000];
    draw(d, DRAW_PATIENCE, 5, 1000, 1000, NULL, x);
    for (uint64_t i = 0; i < 1000; i++) {
        /* Depth first: parts 0 and 1 under the first branch, 2 and 3 under the second. */
        double least = INFINITY;
        for (uint32_t part = 0; part < 4; part++)
            least = fmin(least, a->family->quantile(a, draw_one(&key, DRAW_PATIENCE, part, 5 + i)));
        assert_same(x[i], least);
    }
    assert_close(dist_mean(d), 25, 1e-12);
}

static struct dist *deep_tree(void)
{
    struct dist *m = mixture(first_of(family("gamma", 60, 0.7), dist_exponential(&arena, 200)),
                             mixture(dist_never(&arena), family("uniform", 5, 90), 0.1), 0.4);
    m->plus = 3;
    struct dist *d = first_of(m, family("lognormal", 100, 2));
    d->plus = 1;
    return d;
}

static void a_nested_tree_follows_its_distribution_function(void **state)
{
    (void)state;
    check_draws(deep_tree());
}

static void draws_of_a_tree_do_not_depend_on_how_many_are_drawn_at_once(void **state)
{
    (void)state;
    enum { M = 1500 };
    double whole[M], part[M];
    struct dist *d = deep_tree();
    for (int purpose = DRAW_PATIENCE; purpose <= DRAW_BALK; purpose++) {
        draw(d, (enum purpose)purpose, 1000, M, M, NULL, whole);
        for (size_t batch = 1; batch < 300; batch = batch * 2 + 1) {
            draw(d, (enum purpose)purpose, 1000, M, batch, NULL, part);
            assert_memory_equal(whole, part, sizeof whole);
        }
        draw(d, (enum purpose)purpose, 1007, M - 7, 64, NULL, part);
        assert_memory_equal(whole + 7, part, sizeof *whole * (M - 7));
    }
}

static void what_is_added_is_added_to_each_draw(void **state)
{
    (void)state;
    struct dist *d = dist_exponential(&arena, 60);
    double x[100], y[100];
    draw(d, DRAW_TALK, 0, 100, 100, NULL, x);
    d->plus = 30;
    draw(d, DRAW_TALK, 0, 100, 100, NULL, y);
    for (int i = 0; i < 100; i++)
        assert_same(y[i], x[i] + 30);
    assert_close(dist_mean(d), 90, 1e-15);
    assert_close(dist_variance(d), 3600, 1e-15);
    assert_same(dist_cdf(d, 30), 0.0);
    assert_close(dist_cdf(d, 90), -expm1(-1), 1e-15);
}

static void a_scheduled_mean_is_that_of_the_step_of_arrival(void **state)
{
    (void)state;
    const double mean[] = {100, 200, 400};
    const struct dist_schedule schedule = {.from = 0, .per = 1800, .n = 3, .mean = mean};
    struct dist *d = family("lognormal", 1, 1.2);
    d->schedule = &schedule;
    d->plus = 5;
    struct dist *unit = family("lognormal", 1, 1.2);
    const double at[] = {-10, 0, 1799.999, 1800, 3599, 3600, 5400, 1e6};
    const double expected[] = {100, 100, 100, 200, 200, 400, 400, 400};
    double x[8], one[8];
    draw(d, DRAW_TALK, 0, 8, 8, at, x);
    draw(unit, DRAW_TALK, 0, 8, 8, NULL, one);
    for (int i = 0; i < 8; i++)
        assert_same(x[i], one[i] * expected[i] + 5);
    assert_close(dist_mean(d), 700.0 / 3 + 5, 1e-14);
    assert_true(dist_has_schedule(d));
    assert_false(dist_has_schedule(unit));
    /* Inside a mixture each caller keeps his own time. */
    struct dist *m = mixture(dist_constant(&arena, 1), d, 0.5);
    assert_true(dist_has_schedule(m));
    double whole[8];
    draw(m, DRAW_TALK, 0, 8, 8, at, whole);
    for (size_t i = 0; i < 8; i++) {
        double u = draw_one(&key, DRAW_TALK, 0, i);
        double own = unit->family->quantile(unit, (u - 0.5) / 0.5);
        assert_same(whole[i], u < 0.5 ? 1 : own * expected[i] + 5);
    }
}

static void never_is_for_ever(void **state)
{
    (void)state;
    struct dist *d = dist_never(&arena);
    double x[3];
    draw(d, DRAW_PATIENCE, 0, 3, 3, NULL, x);
    for (int i = 0; i < 3; i++)
        assert_true(isinf(x[i]) && x[i] > 0);
    assert_true(dist_is_never(d));
    assert_same(dist_cdf(d, 1e300), 0.0);
    assert_true(isinf(dist_mean(d)));
    struct dist *some = mixture(d, dist_constant(&arena, 4), 0.5);
    assert_false(dist_is_never(some));
    assert_true(isinf(dist_mean(some)));
    assert_true(dist_is_never(mixture(d, dist_constant(&arena, 4), 1)));
}

static void corners_are_where_the_distribution_function_jumps_or_bends(void **state)
{
    (void)state;
    struct dist *m = mixture(dist_constant(&arena, 40), family("uniform", 10, 40), 0.5);
    m->plus = 1;
    double x[8];
    assert_int_equal(dist_corners(m, x, 8), 2);
    assert_same(x[0], 11.0);
    assert_same(x[1], 41.0);
    assert_int_equal(dist_corners(m, x, 1), 1);
    assert_int_equal(dist_corners(dist_never(&arena), x, 8), 0);
    assert_int_equal(dist_corners(hung_up_by(2, (double[]){20, 30}, (double[]){0.1, 0.2}), x, 8),
                     2);
    assert_same(x[1], 30.0);
    struct dist *f = first_of(m, family("exponential", 9, NAN));
    assert_int_equal(dist_corners(f, x, 8), 3);
    assert_same(x[0], 0.0);
}

/* wrong: where the maker was told to write it. */
static void check_wrong(const struct dist *d, const char *const *wrong, const char *expected)
{
    assert_null(d);
    assert_that(*wrong && strstr(*wrong, expected), "\"%s\" lacks \"%s\"",
                *wrong ? *wrong : "(nothing)", expected);
}

static void senseless_trees_are_answered_in_words(void **state)
{
    (void)state;
    const char *w = NULL;
    struct dist *part[2] = {dist_constant(&arena, 1), dist_constant(&arena, 2)};
    check_wrong(dist_mixture(&arena, 0, part, NULL, &w), &w, "at least one part");
    check_wrong(dist_mixture(&arena, 2, part, (double[]){0.5, 0.6}, &w), &w, "more than 100%");
    check_wrong(dist_mixture(&arena, 2, part, (double[]){0.5, 0.4}, &w), &w, "less than 100%");
    check_wrong(dist_mixture(&arena, 2, part, (double[]){-0.5, 1.5}, &w), &w, "0% to 100%");
    check_wrong(dist_mixture(&arena, 2, part, (double[]){NAN, 1}, &w), &w, "0% to 100%");
    check_wrong(dist_first_of(&arena, 0, part, &w), &w, "at least one part");
    check_wrong(dist_empirical(&arena, 0, NULL, &w), &w, "no values");
    check_wrong(dist_empirical(&arena, 2, (double[]){1, -1}, &w), &w, "negative");
    check_wrong(dist_empirical(&arena, 2, (double[]){1, 1e10}, &w), &w, "30 years");
    check_wrong(dist_hung_up_by(&arena, 0, NULL, NULL, &w), &w, "no points");
    check_wrong(dist_hung_up_by(&arena, 1, (double[]){0}, (double[]){0.1}, &w), &w, "above 0");
    check_wrong(dist_hung_up_by(&arena, 2, (double[]){4, 4}, (double[]){0.1, 0.2}, &w), &w,
                "ascend");
    check_wrong(dist_hung_up_by(&arena, 2, (double[]){4, 5}, (double[]){0.2, 0.1}, &w), &w,
                "must not fall");
    check_wrong(dist_hung_up_by(&arena, 1, (double[]){4}, (double[]){1}, &w), &w, "below 100%");
    check_wrong(dist_hung_up_by(&arena, 1, (double[]){4}, (double[]){0}, &w), &w, "never");
    check_wrong(dist_hung_up_by(&arena, 1, (double[]){1e10}, (double[]){0.5}, &w), &w, "30 years");
}

static void trees_may_be_deep_but_not_without_end(void **state)
{
    (void)state;
    const char *wrong = NULL;
    struct dist *d = dist_exponential(&arena, 60);
    int depth = 1;
    for (struct dist *next = d; next && depth < 100; depth++) {
        d = next;
        next = dist_first_of(&arena, 1, &next, &wrong);
    }
    assert_in_range(depth, 10, 40);
    assert_string_equal(wrong, "distributions are nested too deeply");
    double x[300];
    draw(d, DRAW_TALK, 0, 300, 300, NULL, x); /* the deepest allowed still draws */
    assert_true(x[299] > 0);
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
        cmocka_unit_test(one_point_of_hung_up_by_is_exactly_exponential),
        cmocka_unit_test(hung_up_by_goes_through_its_points),
        cmocka_unit_test(hung_up_by_may_leave_some_who_never_do),
        cmocka_unit_test(a_hundred_points_of_hung_up_by_are_found_again),
        cmocka_unit_test(measured_times_come_back_linearly_between_them),
        cmocka_unit_test(a_mixture_is_its_parts_in_proportion),
        cmocka_unit_test(a_mixture_spends_one_uniform_on_the_part_and_the_time),
        cmocka_unit_test(the_first_of_two_exponentials_is_exponential),
        cmocka_unit_test(the_first_of_a_constant_and_an_exponential_is_cut_off),
        cmocka_unit_test(further_parts_of_first_of_draw_their_own_numbers),
        cmocka_unit_test(a_nested_tree_follows_its_distribution_function),
        cmocka_unit_test(draws_of_a_tree_do_not_depend_on_how_many_are_drawn_at_once),
        cmocka_unit_test(what_is_added_is_added_to_each_draw),
        cmocka_unit_test(a_scheduled_mean_is_that_of_the_step_of_arrival),
        cmocka_unit_test(never_is_for_ever),
        cmocka_unit_test(corners_are_where_the_distribution_function_jumps_or_bends),
        cmocka_unit_test(senseless_trees_are_answered_in_words),
        cmocka_unit_test(trees_may_be_deep_but_not_without_end),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
