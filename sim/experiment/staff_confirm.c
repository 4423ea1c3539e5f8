/* staff_confirm.c - the last word: other callers than those of the search, and more days of them.
 *
 * The one idea: a target that a plan reaches within chance can fall to either side with other
 * callers. So the plan is mended on theirs: whom they need is added, whom they do not is taken
 * away; in the end everybody is looked at by himself, and each is needed. How much was mended is
 * told, and so is what callers give for whom nothing was mended.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "staffing.h"

enum {
    EXCHANGE_CALLS = 4000000,
    THOROUGH = 8, /* so few places a day are searched on these callers as well */
    MENDINGS = 8
};

/* Has the unit's time something to spare that may be worth a head? About half of what
 * square-root staffing would expect of him. */
static bool is_likely(const oh_staffing *f, size_t u)
{
    const struct staff *s = &f->search;
    const struct staff_unit *unit = &s->unit[u];
    double worth = 0.15 / sqrt(fmax(f->heads[u], 1));
    for (size_t i = 0; s->single && i < s->rules; i++) {
        const struct staff_rule *r = &s->rule[i];
        if (r->first <= unit->last && r->last >= unit->first && staff_helps(s, r, unit->group) &&
            f->score.margin[i] < worth)
            return false;
    }
    return true;
}

/* One head fewer of everybody, each by himself, or of those who are likely to be to spare. may[]:
 * those who can be spared and whom no limit keeps; *spare counts them. */
static bool look(oh_staffing *f, bool everybody, bool *may, size_t *spare)
{
    struct staff *s = &f->search;
    size_t n = 0, *list = calloc(s->units, sizeof *list);
    bool fine = list != NULL;
    if (!fine)
        s->status = OH_NO_MEMORY;
    for (size_t u = 0; fine && u < s->units; u++) {
        f->less[u].known = may[u] = false;
        if (f->heads[u] >= 1 && (everybody || is_likely(f, u)))
            list[n++] = u;
    }
    fine = fine && staff_look(s, f->heads, list, n, f->less);
    *spare = 0;
    for (size_t i = 0; fine && i < n; i++) {
        size_t u = list[i];
        may[u] = f->less[u].margin >= 0 && f->heads[u] - 1 >= s->unit[u].least;
        *spare += may[u];
    }
    free(list);
    return fine;
}

/* Until the rules hold and nobody is to spare, or the calls are spent. As long as that finds
 * somebody, only those are looked at who are likely to be to spare; in the end everybody. */
static bool mend(oh_staffing *f, const double *most, bool *may)
{
    struct staff *s = &f->search;
    bool everybody = !s->single, fine = staff_ascend(s, f->heads, most, &f->score);
    for (int i = 0; fine && staff_met(s, &f->score); i++) {
        size_t spare;
        everybody = everybody || staff_spent(s) || i >= MENDINGS / 2;
        fine = look(f, everybody, may, &spare);
        f->info.spare = spare;
        if (!fine || (everybody && (spare == 0 || staff_spent(s) || i >= MENDINGS)))
            break;
        everybody = everybody || spare == 0;
        if (spare > 0)
            fine = staff_trim(s, f->heads, may) && staff_ascend(s, f->heads, most, &f->score);
    }
    return fine;
}

static double difference(const struct staff *s, const double *a, const double *b)
{
    double sum = 0;
    for (size_t u = 0; u < s->units; u++)
        sum += fabs(a[u] - b[u]);
    return sum;
}

/* Few places are worth a search for what saves more elsewhere than it costs. */
static bool thorough(oh_staffing *f, const double *most, bool *may, double *before)
{
    struct staff *s = &f->search;
    size_t days = s->by_day ? s->model->openings : 1;
    if (s->units > THOROUGH * days || !staff_met(s, &f->score) || staff_spent(s))
        return true;
    memcpy(before, f->heads, s->units * sizeof *before);
    if (!staff_exchange(s, f->heads, most, EXCHANGE_CALLS))
        return false;
    return difference(s, before, f->heads) == 0 || mend(f, most, may);
}

bool staff_confirm(oh_staffing *f, const double *most)
{
    struct staff *s = &f->search;
    double *found = calloc(s->units, sizeof *found), *before = calloc(s->units, sizeof *before);
    bool *may = calloc(s->units, sizeof *may);
    bool fine = found && before && may;
    if (!fine)
        s->status = OH_NO_MEMORY;
    else
        memcpy(found, f->heads, s->units * sizeof *found);
    fine = fine && mend(f, most, may) && thorough(f, most, may, before);
    if (fine)
        f->info.adjusted = (size_t)difference(s, found, f->heads);
    free(found);
    free(before);
    free(may);
    return fine;
}
