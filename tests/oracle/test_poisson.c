/* test_poisson.c - arrivals by half hour are independent Poisson counts: their mean is the
 * forecast, their variance is the mean, neighbours are uncorrelated, and their shape is right.
 *
 * The commonest fault of other tools is a fixed number of calls spread at random.
 */
#include "../support/support.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

enum { STEPS = 6, DAYS = 4000 };
static const double forecast[STEPS] = {3, 12.5, 40, 80, 20, 0.4};

/* count[interval * DAYS + day] */
static double *counts(const char *arrivals)
{
    struct trial trial = trial_format("onhold: 1\nname: arrivals\n"
                                      "time:\n  open: 09:00-12:00\n"
                                      "queues:\n  line:\n    arrivals: %s\n"
                                      "    handling: {constant: 1 min}\n    patience: never\n"
                                      "agents:\n  desk:\n    count: 20\n    serves: [line]\n",
                                      arrivals);
    trial_run(&trial, &(oh_run_options){.replications = DAYS, .jobs = 2});
    double *count = malloc(STEPS * DAYS * sizeof *count);
    assert_non_null(count);
    long column = oh_result_column_find(trial.result, OH_QUEUE, "arrivals");
    assert_true(column >= 0);
    for (long i = 0; i < STEPS; i++)
        assert_true(
            oh_result_values(trial.result, OH_QUEUE, 0, i, (size_t)column, count + i * DAYS));
    trial_free(&trial);
    return count;
}

static double mean_of(const double *x)
{
    double sum = 0;
    for (int i = 0; i < DAYS; i++)
        sum += x[i];
    return sum / DAYS;
}

/* Sum of (x - mean x)(y - mean y) / (n - 1). */
static double covariance(const double *x, const double *y)
{
    double mx = mean_of(x), my = mean_of(y), sum = 0;
    for (int i = 0; i < DAYS; i++)
        sum += (x[i] - mx) * (y[i] - my);
    return sum / (DAYS - 1);
}

static void expect_poisson(const double *count, const double *mean)
{
    for (int i = 0; i < STEPS; i++) {
        const double *x = count + i * DAYS;
        double lambda = mean[i];
        assert_near(mean_of(x), lambda, 4 * sqrt(lambda / DAYS));
        /* Var of the sample variance: (mu4 - sigma^4 (n-3)/(n-1)) / n, mu4 = l + 3 l^2. */
        double error = sqrt((lambda + 2 * lambda * lambda) / DAYS);
        assert_near(covariance(x, x), lambda, 4 * error);
        for (int j = 0; j < i; j++)
            assert_near(covariance(x, count + j * DAYS), 0, 4 * sqrt(lambda * mean[j] / DAYS));
        /* Chi squared over the counts whose expectation is 5 days or more. */
        double chi = 0, rest = DAYS, rest_seen = DAYS;
        int cells = 0;
        for (int k = 0; k < 400; k++) {
            double p = exp(k * log(lambda) - lambda - lgamma(k + 1.0)), seen = 0;
            if (p * DAYS < 5)
                continue;
            for (int day = 0; day < DAYS; day++)
                seen += x[day] == k;
            chi += (seen - p * DAYS) * (seen - p * DAYS) / (p * DAYS);
            rest -= p * DAYS;
            rest_seen -= seen;
            cells++;
        }
        if (rest > 1)
            chi += (rest_seen - rest) * (rest_seen - rest) / rest;
        double chance = gsl_cdf_chisq_Q(chi, cells);
        assert_that(chance > 1e-4, "interval %d: chi squared %g of %d cells", i, chi, cells);
    }
}

static void counts_by_half_hour_are_independent_poisson_numbers(void **state)
{
    (void)state;
    double *count = counts("{per: 30 min, counts: [3, 12.5, 40, 80, 20, 0.4]}");
    expect_poisson(count, forecast);
    free(count);
}

static void a_constant_rate_gives_poisson_counts_everywhere(void **state)
{
    (void)state;
    static const double mean[STEPS] = {25, 25, 25, 25, 25, 25};
    double *count = counts("50 per h");
    expect_poisson(count, mean);
    free(count);
}

static void a_scaled_forecast_scales_the_mean(void **state)
{
    (void)state;
    double mean[STEPS];
    for (int i = 0; i < STEPS; i++)
        mean[i] = 1.5 * forecast[i];
    double *count = counts("{per: 30 min, counts: [3, 12.5, 40, 80, 20, 0.4], scale: 1.5}");
    expect_poisson(count, mean);
    free(count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_by_half_hour_are_independent_poisson_numbers),
        cmocka_unit_test(a_constant_rate_gives_poisson_counts_everywhere),
        cmocka_unit_test(a_scaled_forecast_scales_the_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
