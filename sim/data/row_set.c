/* row_set.c - two open hash tables of 64 bits. */
#include "row_set.h"

#include <stdlib.h>

enum { FIRST_ROOM = 1024 };

static size_t place(const uint64_t *slot, size_t room, uint64_t hash)
{
    size_t i = (size_t)hash & (room - 1);
    while (slot[i] && slot[i] != hash)
        i = (i + 1) & (room - 1);
    return i;
}

static bool has(const uint64_t *slot, size_t room, uint64_t hash)
{
    return room > 0 && slot[place(slot, room, hash)] == hash;
}

static bool grow(struct row_set *set)
{
    size_t room = set->young.room ? 2 * set->young.room : FIRST_ROOM;
    uint64_t *slot = calloc(room, sizeof *slot);
    if (!slot)
        return false;
    for (size_t i = 0; i < set->young.room; i++)
        if (set->young.slot[i])
            slot[place(slot, room, set->young.slot[i])] = set->young.slot[i];
    free(set->young.slot);
    set->young.slot = slot;
    set->young.room = room;
    return true;
}

bool row_set_add(struct row_set *set, uint64_t hash, bool *known)
{
    *known = has(set->young.slot, set->young.room, hash) || has(set->old.slot, set->old.room, hash);
    if (*known)
        return true;
    if (set->young.used == ROW_SET_MOST) {
        free(set->old.slot);
        set->old = set->young;
        set->young.slot = NULL;
        set->young.room = set->young.used = 0;
    }
    if (4 * (set->young.used + 1) > 3 * set->young.room && !grow(set))
        return false;
    set->young.slot[place(set->young.slot, set->young.room, hash)] = hash;
    set->young.used++;
    return true;
}

void row_set_free(struct row_set *set)
{
    free(set->young.slot);
    free(set->old.slot);
    *set = (struct row_set){0};
}
