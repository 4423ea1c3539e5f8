/* row_set.h - has this row been there before? In bounded memory.
 *
 * Hashes of 64 bits in two generations: when the younger one is full it becomes the older one, and
 * the older one is forgotten. So a row is known again if it comes within the next ROW_SET_MOST
 * rows at least. Two different rows of 10 million are taken for the same with a probability of
 * 2 in a million. One row in ROW_SET_SAMPLE is never forgotten, so that a log that holds everything
 * twice shows it however long it is.
 */
#ifndef ONHOLD_SIM_ROW_SET_H
#define ONHOLD_SIM_ROW_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ROW_SET_MOST = 1500000, ROW_SET_SAMPLE = 64 };

struct row_hashes {
    uint64_t *slot;
    size_t room, used;
};

struct row_set {
    struct row_hashes young, old, sample;
    uint64_t far; /* rows of the sample that came again after they had been forgotten */
};

/* Adds a hash (not 0); *known tells whether it was there. False if out of memory. */
bool row_set_add(struct row_set *set, uint64_t hash, bool *known);
void row_set_free(struct row_set *set);

#endif
