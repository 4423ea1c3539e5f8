/* test_fit_laws.c - the estimators of `fit` against textbooks, closed forms and brute force. */
#include "../support/support.h"

#include <gsl/gsl_sf_psi.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/data/fit_parts.h"

/* ---- Kaplan-Meier ---- */

static oh_fit *fit_text(const char *text, oh_log **log)
{
    oh_diags *diags = oh_diags_new();
    oh_fit *fit = NULL;
    oh_log_options options = {.most_dropped = 0.5};
    assert_int_equal(oh_log_new(log, &options, diags), OH_OK);
    assert_int_equal(oh_log_begin(*log, "log.csv", diags), OH_OK);
    assert_int_equal(oh_log_take(*log, text, strlen(text)), OH_OK);
    assert_int_equal(oh_log_end(*log), OH_OK);
    oh_status status = oh_log_judge(*log, diags);
    if (status == OH_OK)
        status = oh_fit_make(&fit, *log, NULL, diags);
    if (status != OH_OK)
        show_findings(diags);
    assert_int_equal(status, OH_OK);
    oh_diags_free(diags);
    return fit;
}

/* Freireich and others (1963), the 21 patients on 6-MP that every textbook computes: weeks to
 * relapse, + censored. Here a relapse is hanging up and censoring an answer. */
static void kaplan_meier_and_greenwood_are_those_of_the_textbook(void **state)
{
    (void)state;
    static const int weeks[] = {6,   6,   6,   -6, 7,  -9,  10,  -10, -11, 13, 16,
                                -17, -19, -20, 22, 23, -25, -32, -32, -34, -35};
    static const struct {
        double t, survival, se;
    } known[] = {{6, 0.8571, 0.0764},  {7, 0.8067, 0.0869},  {10, 0.7529, 0.0963},
                 {13, 0.6902, 0.1068}, {16, 0.6275, 0.1141}, {22, 0.5378, 0.1282},
                 {23, 0.4482, 0.1346}};
    char text[4000] = "arrived,wait,outcome,handling\n";
    for (size_t i = 0; i < sizeof weeks / sizeof *weeks; i++) {
        char line[80];
        snprintf(line, sizeof line, "2026-03-02T08:%02zu:00,%d,%s,50\n", i, abs(weeks[i]),
                 weeks[i] > 0 ? "abandoned" : "answered");
        strcat(text, line);
    }
    oh_log *log;
    oh_fit *fit = fit_text(text, &log);
    const struct fit_patience *p = &fit->queue[0].patience;
    assert_int_equal(p->points, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_near(p->t[i], known[i].t, 0);
        assert_near(p->survival[i], known[i].survival, 5e-5);
        assert_near(p->se[i], known[i].se, 6e-5);
        assert_true(p->low[i] > 0 && p->low[i] < p->survival[i] && p->high[i] < 1);
    }
    assert_near(p->median, 23, 0);
    /* exponential: total time 359 over 9 relapses */
    assert_near(p->mean_exponential, 359.0 / 9, 1e-12);
    assert_near(p->naive_mean, 109.0 / 9, 1e-12);
    oh_fit_free(fit);
    oh_log_free(log);
}

/* ---- laws ---- */

enum { POINTS = 400 };

/* Quantiles of a law as points: whole samples without chance. Every third is censored where asked.
 */
static size_t sample(struct time_point *p, const struct law *law, bool censored)
{
    for (int i = 0; i < POINTS; i++) {
        bool cut = censored && i % 3 == 0;
        double t = law_quantile(law, (i + 0.5) / POINTS);
        p[i] = (struct time_point){cut ? 0.6 * t : t, !cut, cut};
    }
    return POINTS;
}

/* No law of the family is likelier: not even a little to either side in any parameter. */
static void expect_likeliest(const struct law *law, const struct time_point *p, size_t n)
{
    double best = law_log_likelihood(law, p, n);
    for (int i = 0; i < 4; i++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            struct law other = *law;
            double factor = 1 + sign * 1e-3;
            if (i == 0)
                other.a *= factor;
            else if (i == 1)
                other.b *= factor;
            else if (i == 2)
                other.share *= factor;
            else
                other.short_mean *= factor;
            assert_that(law_log_likelihood(&other, p, n) <= best + 1e-9 * fabs(best),
                        "%s: parameter %d is not at its best", law_name(law->kind), i);
        }
    }
}

static void every_law_finds_itself_and_is_likeliest(void **state)
{
    (void)state;
    static const struct law laws[] = {{LAW_EXPONENTIAL, 240, 0, 0, 0},
                                      {LAW_WEIBULL, 0.7, 200, 0, 0},
                                      {LAW_GAMMA, 2.5, 80, 0, 0},
                                      {LAW_LOGNORMAL, 5, 0.9, 0, 0}};
    struct time_point p[POINTS];
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
        struct law found;
        size_t n = sample(p, &laws[i], false);
        assert_true(law_fit(&found, laws[i].kind, p, n));
        assert_close(found.a, laws[i].a, 0.02);
        assert_close(found.b, laws[i].b, 0.02);
        expect_likeliest(&found, p, n);
        assert_true(law_distance(&found, p, n, 0) < 0.02);
        n = sample(p, &laws[i], true);
        assert_true(law_fit_censored(&found, laws[i].kind, p, n));
        expect_likeliest(&found, p, n);
    }
}

static void known_times_meet_the_closed_forms(void **state)
{
    (void)state;
    struct time_point p[] = {{3, 2, 0}, {5, 1, 0}, {10, 4, 0}, {40, 1, 0}, {100, 2, 0}};
    double n = 10, sum = 291, logs = 2 * log(3) + log(5) + 4 * log(10) + log(40) + 2 * log(100);
    struct law law;
    assert_true(law_fit(&law, LAW_EXPONENTIAL, p, 5));
    assert_close(law.a, sum / n, 1e-14);
    assert_true(law_fit(&law, LAW_LOGNORMAL, p, 5));
    assert_close(law.a, logs / n, 1e-14);
    assert_true(law_fit(&law, LAW_GAMMA, p, 5));
    assert_near(log(law.a) - gsl_sf_psi(law.a), log(sum / n) - logs / n, 1e-10);
    assert_close(law_mean(&law), sum / n, 1e-12);
    assert_false(law_fit(&law, LAW_GAMMA, &(struct time_point){7, 20, 0}, 1)); /* all equal */
}

static void censored_times_make_the_exponential_total_time_over_events(void **state)
{
    (void)state;
    struct time_point p[] = {{10, 3, 1}, {20, 0, 5}, {30, 2, 0}, {60, 0, 9}};
    struct law law;
    assert_true(law_fit_censored(&law, LAW_EXPONENTIAL, p, 4));
    assert_close(law.a, (40 + 100 + 60 + 540) / 5.0, 1e-14);
    /* a grid over all Weibulls finds none that is likelier */
    assert_true(law_fit_censored(&law, LAW_WEIBULL, p, 4));
    double best = law_log_likelihood(&law, p, 4);
    for (double shape = 0.2; shape < 4; shape *= 1.03) {
        for (double scale = 20; scale < 2000; scale *= 1.03) {
            struct law other = {.kind = LAW_WEIBULL, .a = shape, .b = scale};
            assert_true(law_log_likelihood(&other, p, 4) <= best + 1e-9);
        }
    }
}

static void short_calls_are_told_apart_from_the_rest(void **state)
{
    (void)state;
    struct law truth = {LAW_SHORT_CALLS, 5, 0.8, 0.08, 5}, found;
    struct time_point p[4000];
    for (int i = 0; i < 4000; i++)
        p[i] = (struct time_point){law_quantile(&truth, (i + 0.5) / 4000), 1, 0};
    assert_true(law_fit(&found, LAW_SHORT_CALLS, p, 4000));
    assert_close(found.share, 0.08, 0.05);
    assert_close(found.short_mean, 5, 0.06);
    assert_close(found.a, 5, 0.01);
    assert_close(found.b, 0.8, 0.01);
    law_set_mean(&found, 300);
    assert_close(law_mean(&found), 300, 1e-12);
    assert_near(found.short_mean, 5, 0.4);
}

static void means_cvs_and_quantiles_agree_with_the_distribution_function(void **state)
{
    (void)state;
    static const struct law laws[] = {{LAW_EXPONENTIAL, 240, 0, 0, 0},
                                      {LAW_WEIBULL, 1.4, 200, 0, 0},
                                      {LAW_GAMMA, 2.5, 80, 0, 0},
                                      {LAW_LOGNORMAL, 5, 0.5, 0, 0},
                                      {LAW_SHORT_CALLS, 5, 0.5, 0.1, 6}};
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
        double mean = 0, square = 0, step = 0.25;
        for (double t = step / 2; t < 20000; t += step) {
            double s = 1 - law_cdf(&laws[i], t);
            mean += s * step;
            square += 2 * t * s * step;
        }
        assert_close(law_mean(&laws[i]), mean, 1e-3);
        assert_close(law_cv(&laws[i]), sqrt(square / mean / mean - 1), 2e-3);
        assert_near(law_cdf(&laws[i], law_quantile(&laws[i], 0.37)), 0.37, 1e-9);
        double t = 150, h = 1e-3;
        double density = (law_cdf(&laws[i], t + h) - law_cdf(&laws[i], t - h)) / (2 * h);
        assert_close(exp(law_log_density(&laws[i], t)), density, 1e-5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kaplan_meier_and_greenwood_are_those_of_the_textbook),
        cmocka_unit_test(every_law_finds_itself_and_is_likeliest),
        cmocka_unit_test(known_times_meet_the_closed_forms),
        cmocka_unit_test(censored_times_make_the_exponential_total_time_over_events),
        cmocka_unit_test(short_calls_are_told_apart_from_the_rest),
        cmocka_unit_test(means_cvs_and_quantiles_agree_with_the_distribution_function),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
