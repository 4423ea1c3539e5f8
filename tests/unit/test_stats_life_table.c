/* test_stats_life_table.c - the patience of callers who are mostly answered before it ends. */
#include "../support/support.h"

#include <math.h>

#include "../../sim/stats/life_table.h"

/* Worked by hand: 10 served at once; of 20 others 2 leave at once; then bins of (served, left). */
static void a_small_table_is_as_by_hand(void **state)
{
    (void)state;
    const uint64_t served[] = {10, 2, 0, 3}, left[] = {2, 1, 5, 0};
    struct life life[4];
    life_table(served, left, 4, 1.96, life);
    assert_same(life[0].at_risk, 23);
    assert_close(life[0].patient, 1 - 2 / 13.0, 1e-12);
    assert_same(life[1].at_risk, 11);
    assert_close(life[1].patient, life[0].patient * (1 - 1 / 10.0), 1e-12);
    assert_same(life[2].at_risk, 8);
    assert_close(life[2].patient, life[1].patient * (1 - 5 / 8.0), 1e-12);
    assert_same(life[3].at_risk, 3);
    assert_same(life[3].patient, life[2].patient);
    /* Greenwood: var = S^2 sum d / (n (n - d)), on the log(-log) scale */
    double sum = 2 / (13.0 * 11), s = life[0].patient;
    double spread = 1.96 * sqrt(sum) / -log(s);
    assert_close(life[0].low, pow(s, exp(spread)), 1e-12);
    assert_close(life[0].high, pow(s, exp(-spread)), 1e-12);
    assert_true(life[0].low < s && s < life[0].high && life[0].high < 1);
}

static void nobody_who_hangs_up_leaves_everybody_patient(void **state)
{
    (void)state;
    const uint64_t served[] = {0, 5, 5}, left[] = {0, 0, 0};
    struct life life[3];
    life_table(served, left, 3, 1.96, life);
    assert_same(life[2].patient, 1);
    assert_undefined(life[2].low);
    const uint64_t none[] = {0, 0, 0};
    life_table(none, none, 3, 1.96, life);
    assert_same(life[0].at_risk, 0);
}

static void everybody_who_hangs_up_leaves_nobody(void **state)
{
    (void)state;
    const uint64_t served[] = {0, 0}, left[] = {0, 7};
    struct life life[2];
    life_table(served, left, 2, 1.96, life);
    assert_same(life[1].patient, 0);
    assert_undefined(life[1].high);
}

/* Patience of mean 60 s against waits of mean 40 s: three of five callers are answered first. */
static void censored_patience_is_found_again(void **state)
{
    (void)state;
    enum { CALLERS = 40000, BINS = 60 };
    uint64_t served[BINS + 1] = {0}, left[BINS + 1] = {0};
    struct life life[BINS + 1];
    uint64_t x = 88172645463325252u; /* xorshift64 (Marsaglia 2003) */
    for (int i = 0; i < CALLERS; i++) {
        double u[2];
        for (int k = 0; k < 2; k++) {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            u[k] = ((double)(x >> 11) + 0.5) * 0x1p-53;
        }
        double patience = -60 * log(u[0]), wait = -40 * log(u[1]);
        double t = fmin(patience, wait);
        size_t bin = (size_t)fmin(ceil(t / 2), BINS); /* of 2 s; the last holds the rest */
        (patience < wait ? left : served)[bin]++;
    }
    life_table(served, left, BINS + 1, 4, life);
    for (size_t i = 1; i < BINS; i++) {
        double exact = exp(-2.0 * (double)i / 60);
        assert_that(life[i].low < exact && exact < life[i].high,
                    "after %zu s: %g, not from %g to %g", 2 * i, exact, life[i].low, life[i].high);
    }
    assert_true(life[30].high - life[30].low < 0.04);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_table_is_as_by_hand),
        cmocka_unit_test(nobody_who_hangs_up_leaves_everybody_patient),
        cmocka_unit_test(everybody_who_hangs_up_leaves_nobody),
        cmocka_unit_test(censored_patience_is_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
