/* radix.h - records in order of whole numbers, without comparing any two.
 */
#ifndef ONHOLD_SIM_RADIX_H
#define ONHOLD_SIM_RADIX_H

#include <stddef.h>
#include <stdint.h>

struct keyed {
    uint64_t key;
    uint32_t at; /* the caller's: which record it is */
};

/* Sorts by key; equal keys stay in the order in which they stood. `spare` has room for n. */
void radix_sort(struct keyed *record, size_t n, struct keyed *spare);

#endif
