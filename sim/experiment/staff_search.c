/* staff_search.c - up until the rules hold, down while they do, and exchanges.
 *
 * The one idea: service gets better with every head, wherever he is put; so a plan that meets the
 * rules and from which nobody can be taken away is a local best, and what is left to find are heads
 * that save more elsewhere than they cost.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "staffing.h"

/* ---- up ---- */

enum {
    STEP_MOST = 64,
    QUARTER = 4 /* of a unit's heads are taken at once at most, and of what is to spare */
};

/* What is tried and what was best so far, lane by lane. */
struct climb {
    double *heads;
    const double *most;
    struct staff_score *now, after;
    double *trial;         /* [units] heads of the trial */
    double *best;          /* [units] */
    double *gain;          /* [lanes] of the best: less shortfall for its weight; 0: none yet */
    double *before, *step; /* [lanes] shortfall of the last round; heads to add at once */
};

static bool lane_missed(const struct climb *c, size_t lane)
{
    return c->now->shortfall[lane] > 0;
}

static bool raise_unit(const struct staff *s, const struct climb *c, double *to, size_t u)
{
    double step = c->step[s->unit[u].lane];
    double up = fmin(c->heads[u] + step, c->most[u]) - c->heads[u];
    if (up <= 0)
        return false;
    to[u] = c->heads[u] + up;
    return true;
}

/* Takes over the lanes of a trial that are better than what was best. */
static void keep_best(const struct staff *s, struct climb *c)
{
    for (size_t l = 0; l < s->lanes; l++) {
        double weight = 0;
        for (size_t u = 0; u < s->units; u++)
            if (s->unit[u].lane == l)
                weight += (c->trial[u] - c->heads[u]) * s->unit[u].weight;
        double gain = weight > 0 ? (c->now->shortfall[l] - c->after.shortfall[l]) / weight : 0;
        if (!(gain > c->gain[l]))
            continue;
        c->gain[l] = gain;
        for (size_t u = 0; u < s->units; u++)
            if (s->unit[u].lane == l)
                c->best[u] = c->trial[u];
    }
}

static bool play_trial(struct staff *s, struct climb *c)
{
    if (!staff_play(s, c->trial, &c->after, NULL))
        return false;
    keep_best(s, c);
    return true;
}

bool staff_helps(const struct staff *s, const struct staff_rule *r, size_t group)
{
    return r->level == OH_AGENTS ? r->thing == group : staff_serves(s->model, group, r->thing);
}

/* A head in each interval in which the thing misses a target, from one group. False: there is no
 * such group or nothing is missed. */
static bool raise_at_misses(const struct staff *s, struct climb *c, const struct staff_rule *of,
                            size_t group)
{
    bool any = false;
    memcpy(c->trial, c->heads, s->units * sizeof *c->trial);
    for (size_t i = 0; i < s->rules; i++) {
        const struct staff_rule *r = &s->rule[i];
        if (r->level != of->level || r->thing != of->thing || !(c->now->margin[i] < 0) ||
            r->first != r->last || !staff_helps(s, r, group))
            continue;
        for (size_t u = 0; u < s->units; u++)
            if (s->unit[u].group == group && !s->unit[u].line && s->unit[u].first == r->first)
                any = raise_unit(s, c, c->trial, u) || any;
    }
    return any;
}

/* The number of ways in which misses of single intervals can be answered; `play` tries them, else
 * the first one is left in c->best. */
static bool interval_moves(struct staff *s, struct climb *c, bool play, size_t *moves)
{
    *moves = 0;
    for (size_t i = 0; i < s->rules; i++) {
        bool first = true; /* of its thing */
        for (size_t k = 0; k < i; k++)
            first = first &&
                    (s->rule[k].level != s->rule[i].level || s->rule[k].thing != s->rule[i].thing);
        for (size_t g = 0; first && g < s->model->groups; g++) {
            if (!s->chosen[g] || !raise_at_misses(s, c, &s->rule[i], g))
                continue;
            if (!play && *moves == 0)
                memcpy(c->best, c->trial, s->units * sizeof *c->best);
            ++*moves;
            if (play && !play_trial(s, c))
                return false;
        }
    }
    return true;
}

static void visit_climb(void *user, size_t unit, const struct staff_score *after)
{
    void **both = user;
    const struct staff *s = both[0];
    struct climb *c = both[1];
    size_t l = s->unit[unit].lane;
    double gain = (c->now->shortfall[l] - after->shortfall[l]) / s->unit[unit].weight;
    if (!(gain > c->gain[l]))
        return;
    c->gain[l] = gain;
    for (size_t u = 0; u < s->units; u++)
        if (s->unit[u].lane == l)
            c->best[u] = c->heads[u];
    raise_unit(s, c, c->best, unit);
}

/* Is the unit there when a rule is missed, or nearly, and can it be raised? */
static bool may_help(const struct staff *s, const struct climb *c, size_t u, size_t reach)
{
    const struct staff_unit *unit = &s->unit[u];
    if (c->heads[u] >= c->most[u])
        return false;
    for (size_t i = 0; i < s->rules; i++) {
        const struct staff_rule *r = &s->rule[i];
        if (c->now->margin[i] < 0 && r->lane == unit->lane && unit->first <= r->last + reach &&
            unit->last + reach >= r->first)
            return true;
    }
    return false;
}

/* Each unit by itself. */
static bool unit_moves(struct staff *s, struct climb *c, size_t reach)
{
    size_t n = 0, *list = calloc(s->units, sizeof *list);
    void *both[] = {s, c};
    bool fine = list != NULL;
    if (!fine)
        s->status = OH_NO_MEMORY;
    for (size_t u = 0; fine && u < s->units; u++)
        if (may_help(s, c, u, reach))
            list[n++] = u;
    fine = fine && staff_try_each(s, c->heads, list, n, 1, visit_climb, both);
    free(list);
    return fine;
}

/* Lanes in which nothing helped: everybody who may help, in growing steps. False: all are at their
 * most. */
static bool flood(const struct staff *s, struct climb *c)
{
    bool any = false;
    for (size_t u = 0; u < s->units; u++) {
        size_t l = s->unit[u].lane;
        if (lane_missed(c, l) && c->gain[l] <= 0 && may_help(s, c, u, s->model->shape.intervals))
            any = raise_unit(s, c, c->best, u) || any;
    }
    for (size_t l = 0; l < s->lanes; l++)
        any = any || c->gain[l] > 0;
    return any;
}

/* Steps grow where much is missing still: half of what the last step says is needed, and not more
 * than twice the last one. */
static void adapt_steps(const struct staff *s, struct climb *c)
{
    for (size_t l = 0; l < s->lanes; l++) {
        double gain = (c->before[l] - c->now->shortfall[l]) / c->step[l];
        double needed = gain > 0 ? floor(c->now->shortfall[l] / gain / 2) : INFINITY;
        bool first = !(c->before[l] < INFINITY);
        c->step[l] = first ? 1 : fmin(fmax(needed, 1), fmin(2 * c->step[l], STEP_MOST));
        c->before[l] = c->now->shortfall[l];
    }
}

/* Where a rule of a whole day is missed by far: a twelfth more everywhere, from one group. */
static bool raise_in_proportion(const struct staff *s, const struct climb *c, double *to,
                                size_t group)
{
    bool any = false;
    memcpy(to, c->heads, s->units * sizeof *to);
    for (size_t i = 0; i < s->rules; i++) {
        const struct staff_rule *r = &s->rule[i];
        if (!(c->now->margin[i] < -0.03) || r->first == r->last || !staff_helps(s, r, group))
            continue;
        for (size_t u = 0; u < s->units; u++) {
            const struct staff_unit *unit = &s->unit[u];
            if (unit->group != group || unit->first > r->last || unit->last < r->first)
                continue;
            to[u] = fmin(c->heads[u] + ceil((c->heads[u] + 1) / 12), c->most[u]);
            any = any || to[u] > c->heads[u];
        }
    }
    return any;
}

/* Every way to answer what is missed, the best kept for each lane. */
static bool all_moves(struct staff *s, struct climb *c, size_t moves)
{
    bool stuck = false;
    if (moves > 0 && !interval_moves(s, c, true, &moves))
        return false;
    for (size_t g = 0; g < s->model->groups; g++)
        if (s->chosen[g] && raise_in_proportion(s, c, c->trial, g) && !play_trial(s, c))
            return false;
    for (size_t l = 0; l < s->lanes; l++)
        stuck = stuck || (lane_missed(c, l) && c->gain[l] <= 0);
    return !stuck || staff_spent(s) || unit_moves(s, c, s->single ? 2 : 0);
}

/* One round from c->heads, whose score is c->now-> *moved: something was added. */
static bool climb_once(struct staff *s, struct climb *c, bool *moved)
{
    size_t moves;
    memset(c->gain, 0, s->lanes * sizeof *c->gain);
    memcpy(c->best, c->heads, s->units * sizeof *c->best);
    if (!interval_moves(s, c, false, &moves))
        return false;
    *moved = moves == 1 && s->single; /* no choice: no need to look what it brings */
    if (!*moved) {
        memcpy(c->best, c->heads, s->units * sizeof *c->best);
        if (!all_moves(s, c, moves))
            return false;
        *moved = flood(s, c);
    }
    memcpy(c->heads, c->best, s->units * sizeof *c->best);
    return true;
}

static bool climb_init(struct climb *c, const struct staff *s, double *heads, const double *most,
                       struct staff_score *score)
{
    *c = (struct climb){.heads = heads, .most = most, .now = score};
    c->trial = calloc(s->units, sizeof *c->trial);
    c->best = calloc(s->units, sizeof *c->best);
    c->gain = calloc(s->lanes, sizeof *c->gain);
    c->before = calloc(s->lanes, sizeof *c->before);
    c->step = calloc(s->lanes, sizeof *c->step);
    bool fine = staff_score_init(&c->after, s);
    for (size_t l = 0; c->before && l < s->lanes; l++)
        c->before[l] = INFINITY;
    return fine && c->trial && c->best && c->gain && c->before && c->step;
}

static void climb_free(struct climb *c)
{
    staff_score_free(&c->after);
    free(c->trial);
    free(c->best);
    free(c->gain);
    free(c->before);
    free(c->step);
}

bool staff_ascend(struct staff *s, double *heads, const double *most, struct staff_score *score)
{
    struct climb c;
    bool fine = climb_init(&c, s, heads, most, score);
    if (!fine)
        s->status = OH_NO_MEMORY;
    for (bool moved = true; fine && moved;) {
        fine = staff_play(s, heads, c.now, NULL);
        moved = false;
        if (!fine || staff_met(s, c.now))
            break;
        adapt_steps(s, &c);
        fine = climb_once(s, &c, &moved);
    }
    climb_free(&c);
    return fine;
}

/* ---- down ---- */

struct descent {
    double *heads, *trial;
    double *key, *step; /* [units] the least key goes first; heads to take at once */
    bool *active;       /* [units] */
    unsigned *run;      /* [units] times in a row that heads could go */
    size_t *now;        /* [lanes] 1 + unit that is tried; 0: none */
    struct staff_score before, after;
    bool greedy; /* keys are losses of service, which are looked at again */
};

/* What a lane loses of the margins that are not ample, for the weight that is saved. */
static double loss_of(const struct staff *s, const struct staff_score *before,
                      const struct staff_score *after, size_t unit, double heads)
{
    double sum = 0;
    for (size_t i = 0; i < s->rules; i++)
        if (s->rule[i].lane == s->unit[unit].lane)
            sum += before->margin[i] - after->margin[i];
    return sum / (heads * s->unit[unit].weight);
}

static void visit_loss(void *user, size_t unit, const struct staff_score *after)
{
    void **both = user;
    struct descent *d = both[1];
    d->key[unit] = loss_of(both[0], &d->before, after, unit, 1);
}

/* Where each interval has its own rule: dear agents first, then where there is most to spare. */
static double spare_key(const struct staff *s, const struct descent *d, size_t u)
{
    double spare = INFINITY, dearest = 0;
    for (size_t v = 0; v < s->units; v++)
        dearest = fmax(dearest, s->unit[v].weight);
    for (size_t i = 0; i < s->rules; i++)
        if (s->rule[i].first <= s->unit[u].last && s->rule[i].last >= s->unit[u].first)
            spare = fmin(spare, d->before.margin[i]);
    return -10 * s->unit[u].weight / dearest - fmin(1, spare);
}

/* Where rules span many intervals it matters where agents go first: where least is lost. Where each
 * interval has its own, by what it has to spare. */
static bool first_keys(struct staff *s, struct descent *d)
{
    size_t n = 0, *list = calloc(s->units, sizeof *list);
    bool fine = list != NULL;
    if (!fine)
        s->status = OH_NO_MEMORY;
    for (size_t u = 0; fine && u < s->units; u++) {
        d->key[u] = spare_key(s, d, u);
        if (d->active[u])
            list[n++] = u;
    }
    void *both[] = {s, d};
    if (fine && d->greedy)
        fine = staff_try_each(s, d->heads, list, n, -1, visit_loss, both);
    free(list);
    return fine;
}

/* The unit with the least key of a lane, and the key after it. */
static size_t least_key(const struct staff *s, const struct descent *d, size_t lane, double *next)
{
    size_t best = 0; /* 1 + unit */
    *next = INFINITY;
    for (size_t u = 0; u < s->units; u++) {
        if (s->unit[u].lane != lane || !d->active[u])
            continue;
        if (!best || d->key[u] < d->key[best - 1]) {
            *next = best ? d->key[best - 1] : INFINITY;
            best = u + 1;
        } else {
            *next = fmin(*next, d->key[u]);
        }
    }
    return best;
}

/* Judges what taking heads of unit u gave. */
static void settle(const struct staff *s, struct descent *d, size_t u, double next)
{
    size_t lane = s->unit[u].lane;
    double step = d->heads[u] - d->trial[u];
    bool met = !staff_fails(s, &d->after, lane);
    double loss = d->greedy ? loss_of(s, &d->before, &d->after, u, step) : 0;
    if (!met) {
        d->step[u] = floor(step / 2);
        d->run[u] = 0;
        d->active[u] = d->step[u] >= 1;
        return;
    }
    if (d->greedy && loss > d->key[u] && loss > next) {
        d->key[u] = loss; /* another one is cheaper now */
        return;
    }
    if (d->greedy)
        d->key[u] = loss;
    else /* the second head in a row: there is more to spare than the formulas thought */
        d->step[u] = d->run[u]++ ? step * 2 : 1;
    d->heads[u] = d->trial[u];
    for (size_t i = 0; i < s->rules; i++)
        if (s->rule[i].lane == lane || (s->touch && s->rule[i].lane == lane + 1))
            d->before.margin[i] = d->after.margin[i];
    /* callers who wait on or come back are the next interval's trouble: so nobody is drained to the
     * last head while the others have plenty */
    if (!d->greedy)
        d->key[u] = spare_key(s, d, u);
    d->active[u] = d->heads[u] - 1 >= s->unit[u].least;
}

/* What the rule of a lane that is nearest to being missed has to spare. */
static double slack_of(const struct staff *s, const struct descent *d, size_t lane)
{
    double least = INFINITY;
    for (size_t i = 0; i < s->rules; i++)
        if (s->rule[i].lane == lane)
            least = fmin(least, d->before.margin[i]);
    return least;
}

/* Heads to take of a unit at once: where rules span many intervals, so few that this unit's turn
 * uses up only a part of what is to spare, for the others to have theirs. */
static double heads_at_once(const struct staff *s, const struct descent *d, size_t u)
{
    double step = fmin(d->step[u], d->heads[u] - ceil(s->unit[u].least));
    step = fmin(step, floor(d->heads[u] / QUARTER));
    double loss = d->key[u] * s->unit[u].weight;
    if (d->greedy && loss > 0)
        step = fmin(step, floor(slack_of(s, d, s->unit[u].lane) / QUARTER / loss));
    return fmax(1, step);
}

static bool descend_once(struct staff *s, struct descent *d, bool *any)
{
    double next;
    memcpy(d->trial, d->heads, s->units * sizeof *d->trial);
    *any = false;
    for (size_t l = 0; l < s->lanes; l++) {
        d->now[l] = staff_rests(s, l) ? 0 : least_key(s, d, l, &next);
        if (!d->now[l])
            continue;
        size_t u = d->now[l] - 1;
        d->trial[u] -= heads_at_once(s, d, u);
        *any = true;
    }
    if (!*any)
        return true;
    if (!staff_play(s, d->trial, &d->after, NULL))
        return false;
    for (size_t l = 0; l < s->lanes; l++) {
        if (!d->now[l])
            continue;
        least_key(s, d, l, &next);
        settle(s, d, d->now[l] - 1, next);
    }
    return true;
}

bool staff_trim(struct staff *s, double *heads, const bool *may)
{
    struct descent d = {.heads = heads, .greedy = !s->single};
    d.trial = calloc(s->units, sizeof *d.trial);
    d.key = calloc(s->units, sizeof *d.key);
    d.step = calloc(s->units, sizeof *d.step);
    d.active = calloc(s->units, sizeof *d.active);
    d.run = calloc(s->units, sizeof *d.run);
    d.now = calloc(s->lanes, sizeof *d.now);
    bool fine = staff_score_init(&d.before, s) && staff_score_init(&d.after, s);
    fine = fine && d.trial && d.key && d.step && d.active && d.run && d.now;
    if (!fine)
        s->status = OH_NO_MEMORY;
    for (size_t u = 0; fine && u < s->units; u++) {
        d.step[u] = d.greedy ? fmax(1, floor(heads[u] / QUARTER)) : 1;
        d.active[u] = heads[u] - 1 >= s->unit[u].least && (!may || may[u]);
    }
    fine = fine && staff_play(s, heads, &d.before, NULL) && first_keys(s, &d);
    bool any;
    for (int idle = 0; fine && idle < (s->touch ? 2 : 1) && !staff_spent(s); s->turn ^= 1) {
        fine = descend_once(s, &d, &any);
        idle = any ? 0 : idle + 1;
    }
    staff_score_free(&d.before);
    staff_score_free(&d.after);
    free(d.trial);
    free(d.key);
    free(d.step);
    free(d.active);
    free(d.run);
    free(d.now);
    return fine;
}
