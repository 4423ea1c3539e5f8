/* test_math_clones.h - the body of the tests of one kind of CPU: the functions of detmath.c are
 * compiled here once more for the target LEVEL, and give the bits of the plain scalar ones on ten
 * million numbers. Passes without a look where the CPU does not have that level.
 */
#ifndef ONHOLD_TESTS_MATH_CLONES_H
#define ONHOLD_TESTS_MATH_CLONES_H

#include "../support/support.h"

#include <math.h>
#include <string.h>

#include "../../sim/math/draw.h"

#if defined __x86_64__ && defined __OPTIMIZE__ && defined __GNUC__ && !defined __clang__
#define ONHOLD_SIM_CLONES_H
#define CLONED      __attribute__((target(LEVEL)))
#define INDEPENDENT _Pragma("GCC ivdep")
#pragma GCC optimize("O3", "no-math-errno")
#include "../../sim/math/detmath.c"
static bool cpu_has_it(void)
{
    return __builtin_cpu_supports(FEATURE);
}
#else
#include "../../sim/math/detmath.h"
static bool cpu_has_it(void)
{
    return false;
}
#endif

enum { CHUNK = 1000, CHUNKS = 10000 };

/* Uniforms, some of them far out in a tail. */
static void numbers(uint64_t from, double *u)
{
    static const struct draw_key key = {3, 1, 4, 1};
    double other[CHUNK];
    draw_block(&key, 0, 0, from, CHUNK, u, other);
    for (int i = 0; i < CHUNK; i += 10)
        u[i] = ldexp(u[i], -(int)(50 * other[i])) + 0x1p-53;
    for (int i = 5; i < CHUNK; i += 10)
        u[i] = fmax(0x1p-53, 1 - u[i - 5] - 0x1p-53);
}

static void arrays_have_the_bits_of_single_numbers(void **state)
{
    (void)state;
    static double u[CHUNK], log_[CHUNK], survival[CHUNK], exp_[CHUNK], linear[CHUNK], normal[CHUNK];
    if (!cpu_has_it())
        return;
    for (int k = 0; k < CHUNKS; k++) {
        numbers((uint64_t)k * CHUNK, u);
        det_log_n(u, log_, CHUNK);
        det_log_survival_n(u, -3.7, survival, CHUNK);
        det_exp_n(log_, exp_, CHUNK);
        det_normal_quantile_n(u, normal, CHUNK);
        det_exp_linear_n(normal, 5.1, 0.83, linear, CHUNK);
        for (int i = 0; i < CHUNK; i++) {
            assert_same(log_[i], det_log(u[i]));
            assert_same(survival[i], -3.7 * det_log(1 - u[i]));
            assert_same(exp_[i], det_exp(log_[i]));
            assert_same(normal[i], det_normal_quantile(u[i]));
            assert_same(linear[i], det_exp(5.1 + 0.83 * normal[i]));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_have_the_bits_of_single_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
