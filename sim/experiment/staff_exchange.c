/* staff_exchange.c - heads that save more elsewhere than they cost.
 *
 * The one idea: from a plan from which nobody can be taken away, a better one nearby is reached by
 * adding a head and then taking away what has become too much around it. Accepted is only what
 * makes the plan cheaper, so it ends.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "staffing.h"

enum { PASSES = 3, SMALL = 16, MOST_ADDED = 3 };

struct swap {
    double *heads, *trial;
    size_t *dear;  /* [units] the dearest first */
    size_t *added; /* [lanes] 1 + unit that got a head; 0: none in this round */
    size_t *taken; /* [lanes] 1 + unit that loses one in this trial */
    size_t *next;  /* [lanes] where in `dear` to look for the next one to lose */
    size_t *begin; /* [lanes] where to look for the next one to add to */
    double *saved; /* [lanes] weight */
    struct staff_score score;
    double by; /* heads to add */
    bool improved;
};

bool staff_near(const struct staff *s, size_t v, size_t u)
{
    const struct staff_unit *a = &s->unit[v], *b = &s->unit[u];
    if (u == v || a->lane != b->lane)
        return false;
    return s->units <= SMALL * s->lanes || (a->first <= b->last + 1 && b->first <= a->last + 1);
}

/* Adds heads at the next unit of each lane. False: all lanes are through. */
static bool begin_round(const struct staff *s, struct swap *w, const double *most)
{
    bool any = false;
    memcpy(w->trial, w->heads, s->units * sizeof *w->trial);
    for (size_t l = 0; l < s->lanes; l++) {
        size_t v = staff_rests(s, l) ? s->units : w->begin[l];
        while (v < s->units && (s->unit[v].lane != l || w->heads[v] + w->by > most[v]))
            v++;
        w->added[l] = v < s->units ? v + 1 : 0;
        if (!staff_rests(s, l))
            w->begin[l] = v < s->units ? v + 1 : v;
        w->next[l] = 0;
        w->saved[l] = 0;
        if (v < s->units)
            w->trial[v] += w->by;
        any = any || v < s->units;
    }
    return any;
}

static bool paid(const struct staff *s, const struct swap *w, size_t lane)
{
    return w->saved[lane] > w->by * s->unit[w->added[lane] - 1].weight * (1 + 1e-9);
}

/* Takes one head away in each lane that is not through. False: there is none. */
static bool take_heads(const struct staff *s, struct swap *w)
{
    bool any = false;
    for (size_t l = 0; l < s->lanes; l++) {
        size_t i = w->next[l], v = w->added[l];
        w->taken[l] = 0;
        if (!v || paid(s, w, l))
            continue;
        while (i < s->units && (!staff_near(s, v - 1, w->dear[i]) ||
                                w->trial[w->dear[i]] - 1 < s->unit[w->dear[i]].least))
            i++;
        w->next[l] = i;
        if (i >= s->units)
            continue;
        w->taken[l] = w->dear[i] + 1;
        w->trial[w->dear[i]]--;
        any = true;
    }
    return any;
}

static void settle_heads(const struct staff *s, struct swap *w)
{
    for (size_t l = 0; l < s->lanes; l++) {
        if (!w->taken[l])
            continue;
        size_t u = w->taken[l] - 1;
        if (!staff_fails(s, &w->score, l)) {
            w->saved[l] += s->unit[u].weight;
        } else {
            w->trial[u]++;
            w->next[l]++;
        }
    }
}

static bool one_round(struct staff *s, struct swap *w)
{
    while (take_heads(s, w)) {
        if (!staff_play(s, w->trial, &w->score, NULL))
            return false;
        settle_heads(s, w);
    }
    for (size_t u = 0; u < s->units; u++) {
        size_t l = s->unit[u].lane;
        if (w->added[l] && paid(s, w, l)) {
            w->heads[u] = w->trial[u];
            w->improved = true;
        }
    }
    return true;
}

static double most_worth_adding(const struct staff *s)
{
    double low = INFINITY, high = 0;
    for (size_t u = 0; u < s->units; u++) {
        low = fmin(low, s->unit[u].weight);
        high = fmax(high, s->unit[u].weight);
    }
    return fmin(fmax(1, ceil(high / low) - 1), MOST_ADDED);
}

static void dearest_first(const struct staff *s, size_t *dear)
{
    for (size_t u = 0; u < s->units; u++) {
        size_t at = u;
        for (; at > 0 && s->unit[dear[at - 1]].weight < s->unit[u].weight; at--)
            dear[at] = dear[at - 1];
        dear[at] = u;
    }
}

static bool swap_init(struct swap *w, const struct staff *s, double *heads)
{
    *w = (struct swap){.heads = heads, .by = 1};
    w->trial = calloc(s->units, sizeof *w->trial);
    w->dear = calloc(s->units, sizeof *w->dear);
    if (w->dear)
        dearest_first(s, w->dear);
    w->added = calloc(s->lanes, sizeof *w->added);
    w->taken = calloc(s->lanes, sizeof *w->taken);
    w->next = calloc(s->lanes, sizeof *w->next);
    w->begin = calloc(s->lanes, sizeof *w->begin);
    w->saved = calloc(s->lanes, sizeof *w->saved);
    return staff_score_init(&w->score, s) && w->trial && w->dear && w->added && w->taken &&
           w->next && w->begin && w->saved;
}

static void swap_free(struct swap *w)
{
    staff_score_free(&w->score);
    free(w->trial);
    free(w->dear);
    free(w->added);
    free(w->taken);
    free(w->next);
    free(w->begin);
    free(w->saved);
}

/* Adds heads everywhere once. */
static bool one_pass(struct staff *s, struct swap *w, const double *most, uint64_t until)
{
    bool fine = true;
    memset(w->begin, 0, s->lanes * sizeof *w->begin);
    for (int idle = 0; fine && idle < (s->touch ? 2 : 1) && s->calls < until; s->turn ^= 1) {
        bool any = begin_round(s, w, most);
        idle = any ? 0 : idle + 1;
        fine = !any || one_round(s, w);
    }
    return fine;
}

bool staff_exchange(struct staff *s, double *heads, const double *most, uint64_t calls)
{
    struct swap w;
    uint64_t until = s->calls + calls < s->allowed ? s->calls + calls : s->allowed;
    bool fine = swap_init(&w, s, heads);
    if (!fine)
        s->status = OH_NO_MEMORY;
    for (int pass = 0; fine && pass < PASSES && s->calls < until; pass++) {
        staff_lanes(s, pass % 2 == 0 ? 0 : 0.5); /* other neighbours */
        w.improved = false;
        for (w.by = 1; fine && w.by <= most_worth_adding(s); w.by++)
            fine = one_pass(s, &w, most, until);
        if (!w.improved && (pass > 0 || !s->touch))
            break;
    }
    staff_lanes(s, 0);
    swap_free(&w);
    return fine;
}
