/* fit_priorities.c - which queues go before others.
 *
 * A scenario knows only "always first" or "in turn": what happens more often than not is written as
 * always, what happens less often is told.
 */
#include "precedence.h"

#define USUAL 5 /* the priority of a queue that says nothing */

/* ---- levels ---- */

struct ranking {
    const oh_fit *fit;
    const struct precedence *p;
    int *level; /* [queues] 0 is first */
    int levels;
};

/* Choices that a queue on that level would not foretell. */
static double not_foretold(const struct ranking *r, size_t a, int level)
{
    double n = 0;
    for (size_t b = 0; b < r->fit->queues; b++) {
        if (a == b)
            continue;
        const struct choices *mine = precedence_later(r->p, r->fit->number[a], r->fit->number[b]);
        const struct choices *other = precedence_later(r->p, r->fit->number[b], r->fit->number[a]);
        n += level < r->level[b] ? mine->n - mine->first : mine->first;
        n += level > r->level[b] ? other->n - other->first : other->first;
    }
    return n;
}

static bool goes_before(const struct ranking *r, size_t a, size_t b)
{
    return a != b && precedence_before(r->p, r->fit->number[a], r->fit->number[b]);
}

/* Below all that go before it. False if they go in a circle. */
static bool start_levels(struct ranking *r)
{
    for (size_t round = 0; round <= r->fit->queues; round++) {
        bool changed = false;
        for (size_t a = 0; a < r->fit->queues; a++) {
            for (size_t b = 0; b < r->fit->queues; b++) {
                if (!goes_before(r, a, b) || r->level[b] > r->level[a])
                    continue;
                r->level[b] = r->level[a] + 1;
                r->levels = r->level[b] >= r->levels ? r->level[b] + 1 : r->levels;
                changed = true;
            }
        }
        if (!changed)
            return true;
    }
    return false;
}

/* May the queue stand on that level, with all rules kept? */
static bool may_stand(const struct ranking *r, size_t a, int level)
{
    for (size_t b = 0; b < r->fit->queues; b++)
        if ((goes_before(r, a, b) && level >= r->level[b]) ||
            (goes_before(r, b, a) && level <= r->level[b]))
            return false;
    return true;
}

/* Rules leave some queues free to stand on several levels: each goes where most choices are
 * foretold. */
static void settle_levels(struct ranking *r)
{
    bool changed = true;
    for (size_t round = 0; changed && round <= r->fit->queues; round++) {
        changed = false;
        for (size_t a = 0; a < r->fit->queues; a++) {
            double least = not_foretold(r, a, r->level[a]);
            for (int level = 0; level < r->levels; level++) {
                if (!may_stand(r, a, level) || !(not_foretold(r, a, level) < least))
                    continue;
                least = not_foretold(r, a, level);
                r->level[a] = level;
                changed = true;
            }
        }
    }
}

/* The queue with the most calls keeps the usual number. */
static void write_numbers(oh_fit *fit, const struct ranking *r)
{
    int first = USUAL - r->level[0];
    first = first < 1 ? 1 : first;
    for (size_t q = 0; q < fit->queues; q++)
        if (first + r->level[q] != USUAL)
            fit->queue[q].priority = first + r->level[q];
}

static bool find_levels(oh_fit *fit, const struct precedence *p)
{
    struct ranking r = {.fit = fit, .p = p, .levels = 1};
    r.level = arena_array(&fit->arena, fit->queues, sizeof *r.level);
    if (!r.level)
        return false;
    if (!start_levels(&r)) {
        fit_note(fit, "queues go before one another in a circle: no priorities are written");
        for (size_t q = 0; q < fit->queues; q++)
            fit->queue[q].befores = 0;
        return true;
    }
    settle_levels(&r);
    if (r.levels > 1)
        write_numbers(fit, &r);
    return true;
}

/* ---- queues ---- */

static bool add_before(oh_fit *fit, const struct precedence *p, size_t a, size_t b)
{
    struct fit_queue *queue = &fit->queue[a];
    const struct choices *c = precedence_later(p, fit->number[a], fit->number[b]);
    if (!queue->before &&
        !(queue->before = arena_array(&fit->arena, fit->queues, sizeof *queue->before)))
        return false;
    queue->before[queue->befores++] = (struct fit_before){b, c->n, c->share};
    return true;
}

struct sums {
    double n, first;
    size_t a, b; /* the pair of which one goes first most often though not as a rule */
    double most;
};

static void add_pair(const oh_fit *fit, const struct precedence *p, size_t a, size_t b,
                     struct sums *sums)
{
    const struct choices *c = precedence_later(p, fit->number[a], fit->number[b]);
    if (c->n < CHOICES_FEW)
        return;
    sums->n += c->n;
    sums->first += c->first;
    if (c->share.low > SOMETIMES && c->share.low > sums->most) {
        sums->most = c->share.low;
        sums->a = a;
        sums->b = b;
    }
}

static void tell_queues(oh_fit *fit, const struct precedence *p, const struct sums *sums,
                        size_t written)
{
    if (sums->most > 0) {
        const struct choices *c = precedence_later(p, fit->number[sums->a], fit->number[sums->b]);
        fit_note(fit,
                 "%s goes before %s sometimes: of %.0f calls that came later than one that waited, "
                 "%.0f %% to %.0f %% went first. A scenario knows always or never: they are "
                 "answered in turn",
                 fit->queue[sums->a].name, fit->queue[sums->b].name, c->n, 100 * c->share.low,
                 100 * c->share.high);
    } else if (written == 0 && sums->n >= CHOICES_FEW) {
        fit_note(fit,
                 "queues of the same agents are answered in turn: of %.0f calls that came later "
                 "than a waiting one of another queue, %.0f %% went first",
                 sums->n, 100 * sums->first / sums->n);
    }
}

bool fit_priorities(oh_fit *fit, const oh_log *log)
{
    struct precedence p;
    struct sums sums = {0};
    size_t written = 0;
    if (fit->queues < 2 || !log->has_calls)
        return true;
    bool good = precedence_study(&p, log);
    for (size_t a = 0; good && a < fit->queues; a++) {
        for (size_t b = 0; good && b < fit->queues; b++) {
            bool before = a != b && precedence_before(&p, fit->number[a], fit->number[b]);
            bool after = a != b && precedence_before(&p, fit->number[b], fit->number[a]);
            written += before;
            if (before)
                good = add_before(fit, &p, a, b);
            else if (a != b && !after)
                add_pair(fit, &p, a, b, &sums);
            if (a != b && precedence_in_turn(&p, fit->number[a], fit->number[b]))
                fit->queue[a].in_turn = true;
        }
    }
    good = good && find_levels(fit, &p);
    if (good)
        tell_queues(fit, &p, &sums, written);
    precedence_free(&p);
    return good;
}
