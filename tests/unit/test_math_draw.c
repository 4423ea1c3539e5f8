/* test_math_draw.c - Philox and keyed uniforms. */
#include "../support/support.h"

#include <math.h>
#include <string.h>

#include "../../sim/math/draw.h"
#include "../../sim/math/philox.c" /* its vector forms are its own */

/* The known answers that Random123 publishes (its file kat_vectors). */
static const struct {
    uint32_t counter[4], key[2], out[4];
} known[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

static void philox_gives_the_published_answers(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        uint32_t out[4];
        philox4x32(known[k].counter, known[k].key, out);
        assert_memory_equal(out, known[k].out, sizeof out);
    }
}

typedef void uniforms_fn(const uint32_t counter[4], const uint32_t key[2], size_t n, double *u0,
                         double *u1);

static void every_width_of_philox_gives_the_same_uniforms(void **state)
{
    (void)state;
    enum { N = 1009 };
    static double plain[2][N], other[2][N];
    uniforms_fn *width[4] = {philox_uniforms};
    size_t widths = 1;
#if CLONES
    width[widths++] = uniforms_128;
    if (__builtin_cpu_supports("avx2"))
        width[widths++] = uniforms_256;
    if (__builtin_cpu_supports("avx512f"))
        width[widths++] = uniforms_512;
#endif
    for (uint32_t k = 0; k < 3000; k++) {
        const uint32_t counter[4] = {k * 2654435761u, k, ~k, k << 16}, key[2] = {k ^ 77, 5 * k};
        size_t n = N - k % 17;
        uniforms_plain(counter, key, n, plain[0], plain[1]);
        for (size_t w = 0; w < widths; w++) {
            width[w](counter, key, n, other[0], other[1]);
            assert_memory_equal(plain[0], other[0], n * sizeof **plain);
            assert_memory_equal(plain[1], other[1], n * sizeof **plain);
        }
    }
}

static void draws_do_not_depend_on_how_many_are_asked_for_at_once(void **state)
{
    (void)state;
    enum { N = 1000 };
    double whole[2][N], part[2][N];
    struct draw_key key = {1, 2, draw_source("support"), 0};
    const uint64_t first = 0xfffffff0u; /* across the end of 32 bits */
    for (uint32_t block = 0; block < 4; block++) {
        draw_block(&key, block, block, first, N, whole[0], whole[1]);
        for (size_t from = 0, n = 1; from < N; from += n, n = n * 2 + 1) {
            n = from + n > N ? N - from : n;
            draw_block(&key, block, block, first + from, n, part[0] + from, part[1] + from);
        }
        assert_memory_equal(whole, part, sizeof whole);
        for (size_t i = 0; i < N; i++) {
            assert_same(draw_one(&key, (enum purpose)(2 * block), block, first + i), whole[0][i]);
            assert_same(draw_one(&key, (enum purpose)(2 * block + 1), block, first + i),
                        whole[1][i]);
        }
    }
}

static void two_numbers_at_once_are_the_two_drawn_one_by_one(void **state)
{
    (void)state;
    for (uint32_t visit = 0; visit < 3; visit++)
        for (int purpose = 0; purpose + 1 < DRAW_PURPOSES; purpose += 2) {
            struct draw_key key = {11, 4, draw_source("support"), visit};
            uint64_t caller = ((uint64_t)1 << 40) + (uint64_t)purpose;
            double u[2];
            draw_two(&key, (enum purpose)purpose, caller, u);
            assert_same(u[0], draw_one(&key, (enum purpose)purpose, 0, caller));
            assert_same(u[1], draw_one(&key, (enum purpose)(purpose + 1), 0, caller));
        }
}

static void draws_stay_within_the_room_they_were_given(void **state)
{
    (void)state;
    double u0[70], u1[70];
    struct draw_key key = {1, 1, 1, 0};
    for (size_t n = 0; n < 70; n++) {
        u0[n] = u1[n] = -1;
        draw_block(&key, 0, 0, 0, n, u0, u1);
        assert_same(u0[n], -1.0);
        assert_same(u1[n], -1.0);
    }
}

static void whoever_differs_in_anything_draws_something_else(void **state)
{
    (void)state;
    const struct draw_key base = {1, 1, 1, 0};
    struct draw_key other[] = {{2, 1, 1, 0}, {1, 2, 1, 0}, {1, 1, 2, 0}, {1, 1, 1, 1}};
    double seen[3 * DRAW_PURPOSES + 4 + 8];
    size_t n = 0;
    for (int purpose = 0; purpose < DRAW_PURPOSES; purpose++)
        for (uint32_t part = 0; part < 3; part++)
            seen[n++] = draw_one(&base, (enum purpose)purpose, part, 5);
    for (size_t k = 0; k < 4; k++)
        seen[n++] = draw_one(&other[k], DRAW_ARRIVAL, 0, 5);
    for (int bit = 0; bit < 32; bit += 4)
        seen[n++] = draw_one(&base, DRAW_ARRIVAL, 0, 5 ^ (UINT64_C(1) << (bit + 8)));
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            assert_that(seen[i] != seen[j], "draws %zu and %zu are equal", i, j);
}

/* What a seed means must never change: the layout of draw.c, spelled out once more. */
static void the_counter_holds_caller_visit_source_purpose_and_part(void **state)
{
    (void)state;
    const struct draw_key key = {11, 22, 33, 44};
    const uint64_t caller = 0x123456789abc;
    for (uint32_t purpose = 0; purpose < DRAW_PURPOSES; purpose++) {
        const uint32_t counter[4] = {0x56789abc, 44u << 16 | 0x1234, 33, purpose / 2 | 77u << 8};
        uint32_t out[4];
        philox4x32(counter, (uint32_t[]){11, 22}, out);
        uint64_t high = out[purpose % 2 * 2], low = out[purpose % 2 * 2 + 1];
        double u = ((double)((high << 32 | low) >> 12) * 2 + 1) * 0x1p-53;
        assert_same(draw_one(&key, (enum purpose)purpose, 77, caller), u);
    }
}

static void a_uniform_is_an_odd_multiple_of_two_to_the_minus_53(void **state)
{
    (void)state;
    enum { N = 20000 };
    static double u0[N], u1[N];
    struct draw_key key = {1, 1, draw_source("a"), 0};
    draw_block(&key, 0, 0, 0, N, u0, u1);
    for (size_t i = 0; i < N; i++) {
        double grid = u0[i] * 0x1p53;
        assert_that(u0[i] > 0 && u0[i] < 1, "%a is not inside (0, 1)", u0[i]);
        assert_same(fmod(grid, 2), 1.0);
        assert_same(1 - (1 - u0[i]), u0[i]);
    }
}

/* Dispersion over cells: chi squared must lie within 5 standard deviations of its mean. */
static void pairs_of_uniforms_fill_the_square_evenly(void **state)
{
    (void)state;
    enum { N = 200000, SIDE = 20 };
    static double u0[N], u1[N];
    struct draw_key key = {1, 1, draw_source("even"), 0};
    draw_block(&key, 1, 0, 0, N, u0, u1);
    double count[3][SIDE * SIDE] = {{0}}, expected = (double)N / (SIDE * SIDE);
    for (size_t i = 0; i + 1 < N; i++) {
        size_t a = (size_t)(u0[i] * SIDE), b = (size_t)(u1[i] * SIDE);
        count[0][a * SIDE + b]++;
        count[1][a * SIDE + (size_t)(u0[i + 1] * SIDE)]++; /* the next caller */
        count[2][b * SIDE + (size_t)(u1[i + 1] * SIDE)]++;
    }
    for (int k = 0; k < 3; k++) {
        double chi = 0, free = SIDE * SIDE - 1;
        for (int c = 0; c < SIDE * SIDE; c++)
            chi += (count[k][c] - expected) * (count[k][c] - expected) / expected;
        assert_that(fabs(chi - free) < 5 * sqrt(2 * free), "chi squared %g of %g", chi, free);
    }
}

static void a_source_is_numbered_by_its_name(void **state)
{
    (void)state;
    /* FNV-1a's own test vectors. */
    assert_int_equal(draw_source(""), 0x811c9dc5u);
    assert_int_equal(draw_source("a"), 0xe40c292cu);
    assert_int_equal(draw_source("foobar"), 0xbf9cf968u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_gives_the_published_answers),
        cmocka_unit_test(every_width_of_philox_gives_the_same_uniforms),
        cmocka_unit_test(draws_do_not_depend_on_how_many_are_asked_for_at_once),
        cmocka_unit_test(two_numbers_at_once_are_the_two_drawn_one_by_one),
        cmocka_unit_test(draws_stay_within_the_room_they_were_given),
        cmocka_unit_test(whoever_differs_in_anything_draws_something_else),
        cmocka_unit_test(the_counter_holds_caller_visit_source_purpose_and_part),
        cmocka_unit_test(a_uniform_is_an_odd_multiple_of_two_to_the_minus_53),
        cmocka_unit_test(pairs_of_uniforms_fill_the_square_evenly),
        cmocka_unit_test(a_source_is_numbered_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
