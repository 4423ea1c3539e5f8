/* time_tally.c - a hash table from a time's place on the grid to its counts. */
#include "time_tally.h"

#include <math.h>
#include <stdlib.h>

enum { FIRST_ROOM = 256 };
#define TICKS     1024.0
#define LAST_TICK ((double)(INT64_C(1) << 52))

void tally_free(struct time_tally *tally)
{
    free(tally->slot);
    *tally = (struct time_tally){0};
}

static struct tally_slot *find(struct tally_slot *slot, size_t room, int64_t tick)
{
    uint64_t hash = (uint64_t)tick * UINT64_C(0x9E3779B97F4A7C15);
    size_t i = (size_t)(hash >> 32) & (room - 1);
    while (slot[i].tick >= 0 && slot[i].tick != tick)
        i = (i + 1) & (room - 1);
    return &slot[i];
}

/* Everything into a new table, on a grid coarser by `coarser` halves. */
static bool rebuild(struct time_tally *tally, size_t room, unsigned coarser)
{
    struct tally_slot *slot = malloc(room * sizeof *slot);
    if (!slot)
        return false;
    for (size_t i = 0; i < room; i++)
        slot[i] = (struct tally_slot){-1, 0, 0};
    size_t used = 0;
    for (size_t i = 0; i < tally->room; i++) {
        const struct tally_slot *from = &tally->slot[i];
        if (from->tick < 0)
            continue;
        int64_t tick =
            coarser ? (from->tick + (INT64_C(1) << (coarser - 1))) >> coarser : from->tick;
        struct tally_slot *to = find(slot, room, tick);
        used += to->tick < 0;
        to->tick = tick;
        to->ended += from->ended;
        to->censored += from->censored;
    }
    free(tally->slot);
    tally->slot = slot;
    tally->room = room;
    tally->used = used;
    tally->shift += coarser;
    return true;
}

static bool add(struct time_tally *tally, double seconds, uint32_t ended, uint32_t censored)
{
    if (tally->room == 0 && !rebuild(tally, FIRST_ROOM, 0))
        return false;
    double ticks = fmin(seconds * TICKS, LAST_TICK);
    int64_t tick = (int64_t)floor(ldexp(ticks, -(int)tally->shift) + 0.5);
    struct tally_slot *slot = find(tally->slot, tally->room, tick);
    if (slot->tick < 0) {
        if (tally->used == TALLY_VALUES) {
            if (!rebuild(tally, tally->room, 1))
                return false;
            return add(tally, seconds, ended, censored);
        }
        if (2 * tally->used >= tally->room) {
            if (!rebuild(tally, 2 * tally->room, 0))
                return false;
            slot = find(tally->slot, tally->room, tick);
        }
        slot->tick = tick;
        tally->used++;
    }
    slot->ended += ended;
    slot->censored += censored;
    tally->ended += ended;
    tally->censored += censored;
    return true;
}

bool tally_add(struct time_tally *tally, double seconds, bool ended)
{
    return add(tally, seconds, ended, !ended);
}

bool tally_join(struct time_tally *tally, const struct time_tally *other)
{
    for (size_t i = 0; i < other->room; i++) {
        const struct tally_slot *slot = &other->slot[i];
        double seconds = ldexp((double)slot->tick, (int)other->shift) / TICKS;
        if (slot->tick >= 0 && !add(tally, seconds, slot->ended, slot->censored))
            return false;
    }
    return true;
}

static int by_time(const void *pa, const void *pb)
{
    const struct time_point *a = pa, *b = pb;
    return a->t < b->t ? -1 : a->t > b->t;
}

size_t tally_points(const struct time_tally *tally, struct time_point *points)
{
    size_t n = 0;
    for (size_t i = 0; i < tally->room; i++) {
        const struct tally_slot *slot = &tally->slot[i];
        if (slot->tick >= 0)
            points[n++] = (struct time_point){ldexp((double)slot->tick, (int)tally->shift) / TICKS,
                                              slot->ended, slot->censored};
    }
    if (n > 0)
        qsort(points, n, sizeof *points, by_time);
    return n;
}

size_t points_join(struct time_point *points, size_t n)
{
    size_t kept = 0;
    if (n > 0)
        qsort(points, n, sizeof *points, by_time);
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && points[kept - 1].t == points[i].t) {
            points[kept - 1].ended += points[i].ended;
            points[kept - 1].censored += points[i].censored;
        } else {
            points[kept++] = points[i];
        }
    }
    return kept;
}
