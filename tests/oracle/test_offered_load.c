/* test_offered_load.c - the infinite-server model against closed forms: constant arrivals from
 * nobody give rate x integral of P(S > u) over u < t (Eick, Massey and Whitt 1993). */
#include "../support/support.h"

#include <math.h>
#include <stdlib.h>

#include "../../sim/experiment/offered_load.h"

/* An hour of 60 calls in quarters, with that handling. */
static void check(const char *handling, double (*mean_busy)(double from, double to), double within)
{
    struct trial t = trial_format("onhold: 1\nname: Load\ntime: {open: 08:00-09:00, interval: 15 "
                                  "min}\n"
                                  "queues:\n"
                                  "  a: {arrivals: 60 per h, handling: %s, patience: never}\n"
                                  "agents:\n"
                                  "  desk: {count: 9, serves: [a]}\n",
                                  handling);
    double load[4];
    assert_true(offered_load(t.model, 0, load));
    for (int k = 0; k < 4; k++)
        assert_close(load[k], mean_busy(15 * k, 15 * (k + 1)), within);
    trial_free(&t);
}

/* Times in minutes, one call a minute. */

/* m(t) = 4 (1 - e^(-t/4)) */
static double exponential_4(double a, double b)
{
    return 4 - 16 * (exp(-a / 4) - exp(-b / 4)) / (b - a);
}

/* m(t) = min(t, 20) */
static double constant_20(double a, double b)
{
    double ramp = fmin(b, 20), area = a < ramp ? (ramp * ramp - a * a) / 2 : 0;
    return (area + 20 * fmax(0, b - fmax(a, 20))) / (b - a);
}

/* Two parts of 4 and 2 min on average: P(S > u) = 2 e^(-u/4) - e^(-u/2), so
 * m(t) = 8 (1 - e^(-t/4)) - 2 (1 - e^(-t/2)). */
static double talk_and_wrap_up(double a, double b)
{
    double four = 32 * (exp(-a / 4) - exp(-b / 4)), two = 4 * (exp(-a / 2) - exp(-b / 2));
    return 6 - (four - two) / (b - a);
}

static void the_load_lags_behind_the_arrivals_by_the_handling(void **state)
{
    (void)state;
    check("{exponential: 4 min}", exponential_4, 2e-3);
    /* the end of a constant handling is known to a cell of the grid only */
    check("{constant: 20 min}", constant_20, 0.025);
}

static void parts_of_a_handling_are_added_up(void **state)
{
    (void)state;
    check("{talk: {exponential: 4 min}, wrap_up: {exponential: 2 min}}", talk_and_wrap_up, 2e-3);
    check("{talk: {constant: 12 min}, hold: {constant: 5 min}, wrap_up: {constant: 3 min}}",
          constant_20, 0.025);
}

/* Nobody is left over from the day before, and a share of a demand is a share of its load. */
static void each_opening_begins_with_nobody(void **state)
{
    (void)state;
    struct trial t = trial_text("onhold: 1\nname: Load\n"
                                "time: {days: {mon-tue: 08:00-09:00}, interval: 15 min}\n"
                                "demand: {arrivals: 120 per h, mix: {a: 50%, b: 50%}}\n"
                                "queues:\n"
                                "  a: {handling: {exponential: 4 min}, patience: never}\n"
                                "  b: {handling: {exponential: 1 min}, patience: never}\n"
                                "agents:\n"
                                "  desk: {count: 9, serves: [a, b]}\n");
    double load[8];
    assert_true(offered_load(t.model, 0, load));
    for (int k = 0; k < 8; k++)
        assert_close(load[k], exponential_4(15 * (k % 4), 15 * (k % 4 + 1)), 2e-3);
    trial_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_load_lags_behind_the_arrivals_by_the_handling),
        cmocka_unit_test(parts_of_a_handling_are_added_up),
        cmocka_unit_test(each_opening_begins_with_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
