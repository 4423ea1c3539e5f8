/* name_set.h - names as numbers, in order of their first use.
 */
#ifndef ONHOLD_SIM_NAME_SET_H
#define ONHOLD_SIM_NAME_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct name_set {
    char **name;
    size_t count, room;
    uint32_t *slot; /* hash table of numbers + 1; 0 is free */
    size_t slots;
};

/* 64 bits of a text (FNV-1a, stirred), never 0. `seed` continues another hash. */
uint64_t text_hash(const char *text, size_t length, uint64_t seed);

/* The number of a name, new or known. `most` names at most. UINT32_MAX: too many; *no_memory is
 * set if memory ran out. */
uint32_t name_number(struct name_set *set, const char *name, size_t most, bool *no_memory);
void name_set_free(struct name_set *set);

#endif
