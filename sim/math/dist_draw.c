/* dist_draw.c - drawing from a tree, many callers at a time.
 *
 * Callers go through in chunks; a part of a mixture sees the callers that chose it, gathered, so
 * that the families' loops run over plain arrays. What a caller draws depends on nobody else in
 * the chunk.
 */
#include <string.h>

#include "dist_family.h"

struct chunk {
    const struct draw_key *key;
    enum purpose purpose;
    uint64_t first;
    size_t n;
    const double *at;   /* of the chunk's callers; may be NULL */
    uint32_t next_part; /* number of the next further draw of the tree */
};

double dist_scheduled_mean(const struct dist_schedule *s, double at)
{
    size_t d = 0;
    while (d + 1 < s->openings && s->opens[d + 1] <= at)
        d++;
    if (s->openings > 0)
        at -= s->opens[d];
    if (s->day)
        s = &s->day[d];
    double step = floor((at - s->from) / s->per);
    if (!(step > 0))
        return s->mean[0];
    return step < (double)s->n ? s->mean[(size_t)step] : s->mean[s->n - 1];
}

/* `who`: places in the chunk of the n callers in question, NULL for all. u may be x. */
static void draw_tree(const struct dist *d, struct chunk *chunk, const uint8_t *who, size_t n,
                      const double *u, double *x);

static void draw_mixture(const struct dist *d, struct chunk *chunk, const uint8_t *who, size_t n,
                         const double *u, double *x)
{
    uint8_t member[DIST_CHUNK], place[DIST_CHUNK];
    double given[DIST_CHUNK], own[DIST_CHUNK];
    bool taken[DIST_CHUNK] = {false};
    memcpy(given, u, n * sizeof *given); /* x may be u */
    double below = 0;
    size_t last = d->parts - 1;
    while (last > 0 && d->share[last] == 0)
        last--;
    for (size_t k = 0; k < d->parts; k++) {
        double share = d->share[k], above = below + share;
        size_t members = 0;
        for (size_t i = 0; i < n; i++) {
            if (taken[i] || !(given[i] < above || k == last))
                continue;
            taken[i] = true;
            double v = (given[i] - below) / share;
            own[members] = v < 0x1p-53 ? 0x1p-53 : v > 1 - 0x1p-53 ? 1 - 0x1p-53 : v;
            place[members] = (uint8_t)i;
            member[members++] = who ? who[i] : (uint8_t)i;
        }
        draw_tree(d->part[k], chunk, member, members, own, own);
        for (size_t i = 0; i < members; i++)
            x[place[i]] = own[i];
        below = above;
    }
}

static void draw_first_of(const struct dist *d, struct chunk *chunk, const uint8_t *who, size_t n,
                          const double *u, double *x)
{
    double pair[2][DIST_CHUNK], own[DIST_CHUNK];
    draw_tree(d->part[0], chunk, who, n, u, x);
    for (size_t k = 1; k < d->parts; k++) {
        uint32_t purpose = (uint32_t)chunk->purpose, part = chunk->next_part++;
        if (n > 0)
            draw_block(chunk->key, purpose / 2, part, chunk->first, chunk->n, pair[0], pair[1]);
        for (size_t i = 0; i < n; i++)
            own[i] = pair[purpose % 2][who ? who[i] : i];
        draw_tree(d->part[k], chunk, who, n, own, own);
        for (size_t i = 0; i < n; i++)
            x[i] = own[i] < x[i] ? own[i] : x[i];
    }
}

static void draw_tree(const struct dist *d, struct chunk *chunk, const uint8_t *who, size_t n,
                      const double *u, double *x)
{
    if (d->family == &dist_mixture_family)
        draw_mixture(d, chunk, who, n, u, x);
    else if (d->family == &dist_first_of_family)
        draw_first_of(d, chunk, who, n, u, x);
    else
        d->family->fill(d, u, x, n);
    if (d->schedule)
        for (size_t i = 0; i < n; i++)
            x[i] *= dist_scheduled_mean(d->schedule, chunk->at[who ? who[i] : i]);
    if (d->plus > 0)
        for (size_t i = 0; i < n; i++)
            x[i] += d->plus;
}

void dist_draw(const struct dist *d, const struct draw_key *key, enum purpose purpose,
               uint64_t first, size_t n, const double *u, const double *at, double *x)
{
    struct chunk chunk = {.key = key, .purpose = purpose};
    if (d->parts == 0) {
        chunk.first = first;
        chunk.n = n;
        chunk.at = at;
        draw_tree(d, &chunk, NULL, n, u, x);
        return;
    }
    for (size_t done = 0; done < n; done += DIST_CHUNK) {
        chunk.first = first + done;
        chunk.n = n - done < DIST_CHUNK ? n - done : DIST_CHUNK;
        chunk.at = at ? at + done : NULL;
        chunk.next_part = 1;
        draw_tree(d, &chunk, NULL, chunk.n, u + done, x + done);
    }
}
