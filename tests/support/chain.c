/* chain.c - states by breadth-first search, balance by elimination or by sweeps.
 *
 * The one idea: what a test writes down is only what can happen in a state; numbering, the
 * generator in rows and the solution follow from it.
 */
#include "chain.h"

#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ELIMINATION_MAX = 400, SWEEPS_MAX = 50000, CHECK_EVERY = 10 };
static const double residual_max = 1e-13, tail_max = 1e-7;

struct arc {
    size_t from, to;
    double rate;
};

struct inflow {
    size_t from;
    double rate;
};

struct chain {
    struct chain_rules rules;
    size_t states, states_room;
    int *state;   /* [states][dim] */
    size_t *slot; /* an open hash table of state numbers + 1 */
    size_t slots;
    size_t arcs, arcs_room;
    struct arc *arc;   /* by `from` */
    size_t *first_out; /* [states + 1] into arc */
    size_t *first_in;  /* [states + 1] into in */
    struct inflow *in; /* the arcs once more, by `to`: a sweep reads them in this order */
    double *out_rate, *share;
    size_t exploring;
};

static void *grown(void *old, size_t size)
{
    void *p = realloc(old, size);
    assert_non_null(p);
    return p;
}

static const int *state_at(const struct chain *c, size_t i)
{
    return c->state + i * c->rules.dim;
}

static size_t hash(const struct chain *c, const int *x)
{
    size_t h = 14695981039346656037u;
    for (size_t i = 0; i < c->rules.dim; i++)
        h = (h ^ (size_t)x[i]) * 1099511628211u;
    return (h ^ h >> 29) & (c->slots - 1);
}

static size_t *find_slot(const struct chain *c, const int *x)
{
    size_t at = hash(c, x);
    while (c->slot[at] && memcmp(state_at(c, c->slot[at] - 1), x, c->rules.dim * sizeof *x) != 0)
        at = (at + 1) & (c->slots - 1);
    return &c->slot[at];
}

static void grow_table(struct chain *c)
{
    free(c->slot);
    c->slots = c->slots ? 2 * c->slots : 1024;
    c->slot = calloc(c->slots, sizeof *c->slot);
    assert_non_null(c->slot);
    for (size_t i = 0; i < c->states; i++)
        *find_slot(c, state_at(c, i)) = i + 1;
}

static size_t number_of(struct chain *c, const int *x)
{
    if (2 * c->states >= c->slots)
        grow_table(c);
    size_t *slot = find_slot(c, x);
    if (*slot)
        return *slot - 1;
    if (c->states == c->states_room) {
        c->states_room = c->states_room ? 2 * c->states_room : 256;
        c->state = grown(c->state, c->states_room * c->rules.dim * sizeof *c->state);
    }
    memcpy(c->state + c->states * c->rules.dim, x, c->rules.dim * sizeof *x);
    *slot = ++c->states;
    return c->states - 1;
}

static bool too_far(const struct chain *c, const int *x)
{
    for (size_t i = 0; c->rules.most && i < c->rules.dim; i++)
        if (c->rules.most[i] > 0 && x[i] > c->rules.most[i])
            return true;
    return false;
}

void chain_to(struct chain *c, const int y[], double rate)
{
    int settled[CHAIN_MAX_DIM];
    assert_true(rate >= 0);
    memcpy(settled, y, c->rules.dim * sizeof *y);
    if (c->rules.settle)
        c->rules.settle(settled, c->rules.data);
    for (size_t i = 0; i < c->rules.dim; i++)
        assert_that(rate == 0 || settled[i] >= 0, "coordinate %zu of a chain became negative", i);
    if (rate == 0 || too_far(c, settled))
        return;
    size_t to = number_of(c, settled);
    if (to == c->exploring)
        return;
    if (c->arcs == c->arcs_room) {
        c->arcs_room = c->arcs_room ? 2 * c->arcs_room : 1024;
        c->arc = grown(c->arc, c->arcs_room * sizeof *c->arc);
    }
    c->arc[c->arcs++] = (struct arc){c->exploring, to, rate};
}

void chain_by(struct chain *c, const int x[], double rate, const int pairs[])
{
    int y[CHAIN_MAX_DIM];
    memcpy(y, x, c->rules.dim * sizeof *y);
    for (size_t i = 0; pairs[i] != CHAIN_END; i += 2)
        y[pairs[i]] += pairs[i + 1];
    chain_to(c, y, rate);
}

static void explore(struct chain *c)
{
    int x[CHAIN_MAX_DIM] = {0};
    size_t room = 0;
    number_of(c, x);
    for (c->exploring = 0; c->exploring < c->states; c->exploring++) {
        if (c->exploring + 2 > room) {
            room = 2 * c->exploring + 256;
            c->first_out = grown(c->first_out, room * sizeof *c->first_out);
        }
        c->first_out[c->exploring] = c->arcs;
        memcpy(x, state_at(c, c->exploring), c->rules.dim * sizeof *x);
        c->rules.moves(c, x, c->rules.data);
    }
    c->first_out[c->states] = c->arcs;
}

/* Arcs by where they end, and the rate out of each state. */
static void index_arcs(struct chain *c)
{
    c->first_in = calloc(c->states + 2, sizeof *c->first_in);
    c->in = malloc((c->arcs + 1) * sizeof *c->in);
    c->out_rate = calloc(c->states, sizeof *c->out_rate);
    c->share = malloc(c->states * sizeof *c->share);
    assert_true(c->first_in && c->in && c->out_rate && c->share);
    for (size_t i = 0; i < c->arcs; i++) {
        c->first_in[c->arc[i].to + 2]++;
        c->out_rate[c->arc[i].from] += c->arc[i].rate;
    }
    for (size_t s = 2; s < c->states + 2; s++)
        c->first_in[s] += c->first_in[s - 1];
    for (size_t i = 0; i < c->arcs; i++)
        c->in[c->first_in[c->arc[i].to + 1]++] = (struct inflow){c->arc[i].from, c->arc[i].rate};
}

static double flow_in(const struct chain *c, size_t s)
{
    double flow = 0;
    for (size_t k = c->first_in[s]; k < c->first_in[s + 1]; k++)
        flow += c->share[c->in[k].from] * c->in[k].rate;
    return flow;
}

static void normalise(struct chain *c)
{
    double sum = 0;
    for (size_t s = 0; s < c->states; s++)
        sum += c->share[s];
    for (size_t s = 0; s < c->states; s++)
        c->share[s] /= sum;
}

double chain_residual(const struct chain *c)
{
    double worst = 0, all = 0;
    for (size_t s = 0; s < c->states; s++) {
        double out = c->share[s] * c->out_rate[s];
        worst = fmax(worst, fabs(flow_in(c, s) - out));
        all += out;
    }
    return all > 0 ? worst / all : 0;
}

void chain_solve_by_sweeps(struct chain *c)
{
    for (size_t s = 0; s < c->states; s++)
        c->share[s] = 1 / (double)c->states;
    for (int sweep = 0; sweep < SWEEPS_MAX; sweep++) {
        for (size_t s = 0; s < c->states; s++)
            c->share[s] = flow_in(c, s) / c->out_rate[s];
        for (size_t s = c->states; s-- > 0;)
            c->share[s] = flow_in(c, s) / c->out_rate[s];
        normalise(c);
        if (sweep % CHECK_EVERY == 0 && chain_residual(c) < residual_max)
            return;
    }
    fail_with(__FILE__, __LINE__, "the chain of %zu states does not settle: residual %g", c->states,
              chain_residual(c));
}

/* States are taken out one by one, the last first; no subtractions, so nothing cancels. */
void chain_solve_by_elimination(struct chain *c)
{
    size_t n = c->states;
    double *q = calloc(n * n, sizeof *q);
    assert_non_null(q);
    for (size_t i = 0; i < c->arcs; i++)
        q[c->arc[i].from * n + c->arc[i].to] += c->arc[i].rate;
    for (size_t last = n; last-- > 1;) {
        double out = 0;
        for (size_t j = 0; j < last; j++)
            out += q[last * n + j];
        assert_true(out > 0);
        for (size_t i = 0; i < last; i++) {
            double into = q[i * n + last] /= out;
            for (size_t j = 0; into > 0 && j < last; j++)
                q[i * n + j] += into * q[last * n + j];
        }
    }
    c->share[0] = 1;
    for (size_t j = 1; j < n; j++) {
        c->share[j] = 0;
        for (size_t i = 0; i < j; i++)
            c->share[j] += c->share[i] * q[i * n + j];
    }
    free(q);
    normalise(c);
}

/* Where a limit cut the chain short, hardly anything may be left out. */
static void check_tails(const struct chain *c)
{
    for (size_t i = 0; c->rules.most && i < c->rules.dim; i++) {
        double tail = 0;
        for (size_t s = 0; c->rules.most[i] > 0 && s < c->states; s++)
            tail += state_at(c, s)[i] >= c->rules.most[i] ? c->share[s] : 0;
        assert_that(tail < tail_max,
                    "coordinate %zu of the chain is at its limit %d for %g of time", i,
                    c->rules.most[i], tail);
    }
}

struct chain *chain_solve(const struct chain_rules *rules)
{
    assert_true(rules->dim > 0 && rules->dim <= CHAIN_MAX_DIM);
    struct chain *c = calloc(1, sizeof *c);
    assert_non_null(c);
    c->rules = *rules;
    explore(c);
    index_arcs(c);
    if (c->states <= ELIMINATION_MAX)
        chain_solve_by_elimination(c);
    else
        chain_solve_by_sweeps(c);
    assert_true(chain_residual(c) < 10 * residual_max);
    check_tails(c);
    return c;
}

void chain_free(struct chain *c)
{
    free(c->state);
    free(c->slot);
    free(c->arc);
    free(c->first_out);
    free(c->first_in);
    free(c->in);
    free(c->out_rate);
    free(c->share);
    free(c);
}

size_t chain_states(const struct chain *c)
{
    return c->states;
}

const int *chain_state(const struct chain *c, size_t i)
{
    return state_at(c, i);
}

double chain_share(const struct chain *c, size_t i)
{
    return c->share[i];
}

double chain_mean(const struct chain *c, size_t coordinate)
{
    double mean = 0;
    for (size_t s = 0; s < c->states; s++)
        mean += c->share[s] * state_at(c, s)[coordinate];
    return mean;
}
