/* sort.c - sorting the replications' values, by far the dearest part of a spread.
 *
 * Bottom-up merge sort from runs of eight. A processor guesses the outcome of a comparison of
 * random numbers wrong half the time, so nothing branches on one: runs are sorted by exchanging
 * minimum and maximum, and two equal halves are merged from both ends at once, half the numbers
 * from each end, which needs no look at where a half ends. Halves already in order are copied
 * (most counters hardly change from day to day).
 */
#include <string.h>

#include "summary.h"

enum { RUN = 8 };

static inline void order(double *a, double *b)
{
    double x = *a, y = *b;
    *a = x < y ? x : y;
    *b = x > y ? x : y;
}

/* Nineteen exchanges sort eight numbers (Batcher 1968, odd-even merge). */
static void sort_eight(double v[RUN])
{
    for (size_t i = 0; i < RUN; i += 4) {
        order(&v[i], &v[i + 1]);
        order(&v[i + 2], &v[i + 3]);
        order(&v[i], &v[i + 2]);
        order(&v[i + 1], &v[i + 3]);
        order(&v[i + 1], &v[i + 2]);
    }
    for (size_t i = 0; i < 4; i++)
        order(&v[i], &v[i + 4]);
    order(&v[2], &v[4]);
    order(&v[3], &v[5]);
    for (size_t i = 1; i < RUN - 1; i += 2)
        order(&v[i], &v[i + 1]);
}

static void sort_few(double *value, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && value[k - 1] > value[k]; k--)
            order(&value[k - 1], &value[k]);
}

/* from[0 .. half) and from[half .. 2 half), each sorted, into to. */
static void merge_halves(const double *from, size_t half, double *to)
{
    size_t left = 0, right = half, last_left = half, last_right = 2 * half;
    for (size_t i = 0; i < half; i++) {
        double a = from[left], b = from[right];
        bool take_right = b < a;
        to[i] = take_right ? b : a;
        left += !take_right;
        right += take_right;
        a = from[last_left - 1];
        b = from[last_right - 1];
        bool take_left = b < a;
        to[2 * half - 1 - i] = take_left ? a : b;
        last_left -= take_left;
        last_right -= !take_left;
    }
}

/* from[0 .. middle) and from[middle .. n), each sorted, into to. */
static void merge(const double *from, size_t middle, size_t n, double *to)
{
    if (middle >= n || from[middle - 1] <= from[middle]) {
        memcpy(to, from, n * sizeof *to);
        return;
    }
    if (2 * middle == n) {
        merge_halves(from, middle, to);
        return;
    }
    size_t a = 0, b = middle;
    while (a < middle && b < n) {
        double x = from[a], y = from[b];
        bool take_right = y < x;
        *to++ = take_right ? y : x;
        a += !take_right;
        b += take_right;
    }
    memcpy(to, from + a, (middle - a) * sizeof *to);
    memcpy(to + (middle - a), from + b, (n - b) * sizeof *to);
}

void sort_doubles(double *value, size_t n, double *spare)
{
    size_t whole = n - n % RUN;
    for (size_t i = 0; i < whole; i += RUN)
        sort_eight(value + i);
    sort_few(value + whole, n - whole);
    double *from = value, *to = spare;
    for (size_t width = RUN; width < n; width *= 2) {
        for (size_t i = 0; i < n; i += 2 * width) {
            size_t length = n - i < 2 * width ? n - i : 2 * width;
            merge(from + i, width < length ? width : length, length, to + i);
        }
        double *swap = from;
        from = to;
        to = swap;
    }
    if (from != value)
        memcpy(value, from, n * sizeof *value);
}
