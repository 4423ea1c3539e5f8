/* name_set.c - an open hash table of names. */
#include "name_set.h"

#include <stdlib.h>
#include <string.h>

uint64_t text_hash(const char *text, size_t length, uint64_t seed)
{
    uint64_t h = seed ^ UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < length; i++)
        h = (h ^ (unsigned char)text[i]) * UINT64_C(0x100000001B3);
    h ^= h >> 32;
    h *= UINT64_C(0xD6E8FEB86659FD93);
    h ^= h >> 32;
    return h ? h : 1;
}

static size_t slot_of(const struct name_set *set, const char *name)
{
    size_t i = (size_t)text_hash(name, strlen(name), 0) & (set->slots - 1);
    while (set->slot[i] && strcmp(set->name[set->slot[i] - 1], name) != 0)
        i = (i + 1) & (set->slots - 1);
    return i;
}

static bool grow(struct name_set *set)
{
    size_t room = set->room ? 2 * set->room : 16, slots = 4 * room;
    char **name = realloc(set->name, room * sizeof *name);
    if (!name)
        return false;
    set->name = name;
    uint32_t *slot = calloc(slots, sizeof *slot);
    if (!slot)
        return false;
    free(set->slot);
    set->slot = slot;
    set->slots = slots;
    set->room = room;
    for (size_t i = 0; i < set->count; i++)
        set->slot[slot_of(set, set->name[i])] = (uint32_t)i + 1;
    return true;
}

uint32_t name_number(struct name_set *set, const char *name, size_t most, bool *no_memory)
{
    if (set->slots > 0) {
        size_t i = slot_of(set, name);
        if (set->slot[i])
            return set->slot[i] - 1;
    }
    if (set->count == most)
        return UINT32_MAX;
    char *copy = strdup(name);
    if (!copy || (set->count == set->room && !grow(set))) {
        free(copy);
        *no_memory = true;
        return UINT32_MAX;
    }
    set->name[set->count] = copy;
    set->slot[slot_of(set, copy)] = (uint32_t)set->count + 1;
    return (uint32_t)set->count++;
}

void name_set_free(struct name_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        free(set->name[i]);
    free(set->name);
    free(set->slot);
    *set = (struct name_set){0};
}
