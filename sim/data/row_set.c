/* row_set.c - open hash tables of 64 bits. */
#include "row_set.h"

#include <stdlib.h>

enum { FIRST_ROOM = 1024, SAMPLE_MOST = 1 << 20 };

static size_t place(const uint64_t *slot, size_t room, uint64_t hash)
{
    size_t i = (size_t)hash & (room - 1);
    while (slot[i] && slot[i] != hash)
        i = (i + 1) & (room - 1);
    return i;
}

static bool has(const struct row_hashes *set, uint64_t hash)
{
    return set->room > 0 && set->slot[place(set->slot, set->room, hash)] == hash;
}

static bool grow(struct row_hashes *set)
{
    size_t room = set->room ? 2 * set->room : FIRST_ROOM;
    uint64_t *slot = calloc(room, sizeof *slot);
    if (!slot)
        return false;
    for (size_t i = 0; i < set->room; i++)
        if (set->slot[i])
            slot[place(slot, room, set->slot[i])] = set->slot[i];
    free(set->slot);
    set->slot = slot;
    set->room = room;
    return true;
}

static bool put(struct row_hashes *set, uint64_t hash)
{
    if (4 * (set->used + 1) > 3 * set->room && !grow(set))
        return false;
    set->slot[place(set->slot, set->room, hash)] = hash;
    set->used++;
    return true;
}

/* The upper bits choose the sample, since the lower ones are the places in the tables. */
static bool sample(struct row_set *set, uint64_t hash, bool known)
{
    if ((hash >> 32) % ROW_SET_SAMPLE != 0)
        return true;
    if (has(&set->sample, hash)) {
        set->far += !known;
        return true;
    }
    return set->sample.used == SAMPLE_MOST || put(&set->sample, hash);
}

bool row_set_add(struct row_set *set, uint64_t hash, bool *known)
{
    *known = has(&set->young, hash) || has(&set->old, hash);
    if (!sample(set, hash, *known))
        return false;
    if (*known)
        return true;
    if (set->young.used == ROW_SET_MOST) {
        free(set->old.slot);
        set->old = set->young;
        set->young = (struct row_hashes){0};
    }
    return put(&set->young, hash);
}

void row_set_free(struct row_set *set)
{
    free(set->young.slot);
    free(set->old.slot);
    free(set->sample.slot);
    *set = (struct row_set){0};
}
