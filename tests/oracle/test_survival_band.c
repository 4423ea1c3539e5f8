/* test_survival_band.c - do the intervals of Kaplan and Meier's estimate hold the truth, where many
 * still wait and where three do? Against simulated waits of a known law and, where nobody is lost
 * from sight, against the binomial.
 */
#include "../support/support.h"
#include "../support/trip.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "../../sim/data/survival_band.h"
#include "../../sim/math/draw.h"

enum { MOST = 1000, REPEATS = 300, TIMES = 6 };

static int by_time(const void *pa, const void *pb)
{
    const struct time_point *a = pa, *b = pb;
    return a->t < b->t ? -1 : a->t > b->t;
}

/* So many callers of exponential patience, each answered after an exponential wait. */
static void waits(struct time_point *point, size_t n, double patience, double answer, uint32_t run)
{
    struct draw_key key = {.seed = 3, .replication = run};
    for (size_t i = 0; i < n; i++) {
        double leaves = -patience * log(draw_one(&key, DRAW_PATIENCE, 0, i));
        double answered = -answer * log(draw_one(&key, DRAW_TALK, 0, i));
        point[i] =
            (struct time_point){fmin(leaves, answered), leaves <= answered, leaves > answered};
    }
    qsort(point, n, sizeof *point, by_time);
}

static void intervals_hold_the_truth_down_to_the_last_who_wait(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        double patience, answer, time[TIMES];
    } cases[] = {
        {1000, 300, 60, {10, 60, 180, 240, 300, 360}}, /* on the mean 8, 3 and 1 still wait */
        {300, 300, 60, {10, 60, 120, 180, 240, 300}},
        {100, 200, 200, {10, 60, 120, 180, 300, 400}},
    };
    static struct time_point point[MOST];
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct hits hits[TIMES] = {{0}};
        for (uint32_t i = 0; i < REPEATS; i++) {
            waits(point, cases[c].n, cases[c].patience, cases[c].answer, i + 1000 * (uint32_t)c);
            struct fit_patience p = {
                .seen = point, .seen_points = cases[c].n, .longest = point[cases[c].n - 1].t};
            for (size_t k = 0; k < TIMES; k++) {
                struct measured share;
                double se;
                patience_seen(&p, cases[c].time[k], &share, &se);
                if (isnan(share.value))
                    continue;
                hits[k].name = "share that still waits";
                hits[k].truth = exp(-cases[c].time[k] / cases[c].patience);
                assert_true(share.low <= share.value && share.value <= share.high);
                count_hit(&hits[k], share.low, share.high);
            }
        }
        for (size_t k = 0; k < TIMES; k++) {
            assert_true(hits[k].n > 50);
            expect_rate(&hits[k], 0.95);
        }
    }
}

/* The share of n of whom k left, by halving on the binomial with mid-p. */
static void binomial(unsigned k, unsigned n, double *low, double *high)
{
    for (int end = 0; end < 2; end++) {
        double a = 0, b = 1;
        for (int i = 0; i < 60; i++) {
            double q = (a + b) / 2; /* the share that leaves */
            double p = gsl_cdf_binomial_P(k, q, n) - gsl_ran_binomial_pdf(k, q, n) / 2;
            if (p > (end ? 0.975 : 0.025))
                a = q;
            else
                b = q;
        }
        *(end ? high : low) = 1 - (a + b) / 2;
    }
}

static void nobody_lost_from_sight_makes_an_interval_of_a_share(void **state)
{
    (void)state;
    static const unsigned cases[][2] = {{1, 10}, {5, 10}, {9, 10}, {3, 100}, {60, 100}, {97, 100}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        unsigned k = cases[c][0], n = cases[c][1];
        struct survival s = SURVIVAL_BEGIN;
        double low, high, exact_low = NAN, exact_high = NAN;
        for (unsigned i = 0; i < k; i++)
            survival_step(&s, n - i, 1);
        survival_interval(&s, n - k, &low, &high);
        binomial(k, n, &exact_low, &exact_high);
        assert_close(s.share, (double)(n - k) / n, 1e-12);
        assert_near(low, exact_low, 0.012);
        assert_near(high, exact_high, 0.012);
    }
    /* all at once or one after the other: the same */
    struct survival a = SURVIVAL_BEGIN, b = SURVIVAL_BEGIN;
    survival_step(&a, 20, 5);
    for (int i = 0; i < 5; i++)
        survival_step(&b, 20 - i, 1);
    assert_close(a.mean, b.mean, 1e-12);
    assert_close(a.square, b.square, 1e-12);
    assert_close(a.greenwood, b.greenwood, 1e-12);
}

/* Where the formulas change hands they agree. */
static void many_and_few_agree_where_they_meet(void **state)
{
    (void)state;
    double low[2], high[2];
    for (int i = 0; i < 2; i++) {
        double n = i ? 406 : 400; /* as if so many had been asked */
        struct survival s = SURVIVAL_BEGIN;
        survival_step(&s, n, n / 4);
        survival_interval(&s, 3 * n / 4, &low[i], &high[i]);
    }
    assert_near(low[0], low[1], 0.003);
    assert_near(high[0], high[1], 0.003);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_hold_the_truth_down_to_the_last_who_wait),
        cmocka_unit_test(nobody_lost_from_sight_makes_an_interval_of_a_share),
        cmocka_unit_test(many_and_few_agree_where_they_meet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
