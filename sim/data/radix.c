/* radix.c - from the last byte of the key to the first, each time keeping what was in order (LSD
 * radix sort). A byte that is the same in all keys costs nothing but the counting.
 */
#include "radix.h"

#include <string.h>

enum { BYTES = 8, VALUES = 256, FEW = 24 };

static void sort_few(struct keyed *record, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct keyed now = record[i];
        size_t k = i;
        for (; k > 0 && record[k - 1].key > now.key; k--)
            record[k] = record[k - 1];
        record[k] = now;
    }
}

void radix_sort(struct keyed *record, size_t n, struct keyed *spare)
{
    size_t count[BYTES][VALUES] = {{0}};
    struct keyed *from = record, *to = spare;
    if (n <= FEW) {
        sort_few(record, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t b = 0; b < BYTES; b++)
            count[b][(record[i].key >> (8 * b)) & 0xFF]++;
    for (size_t b = 0; b < BYTES; b++) {
        size_t place = 0;
        if (count[b][(record[0].key >> (8 * b)) & 0xFF] == n)
            continue;
        for (size_t v = 0; v < VALUES; v++) {
            size_t here = count[b][v];
            count[b][v] = place;
            place += here;
        }
        for (size_t i = 0; i < n; i++)
            to[count[b][(from[i].key >> (8 * b)) & 0xFF]++] = from[i];
        struct keyed *swap = from;
        from = to;
        to = swap;
    }
    if (from != record)
        memcpy(record, from, n * sizeof *record);
}
