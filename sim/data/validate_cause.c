/* validate_cause.c - which small change would explain the difference in the window.
 *
 * Least squares: each cause is taken as linear in its size, and so many times the small change
 * bring the simulated figures nearest to the recorded ones, each measured in its standard error.
 * Calls and their length are counted by the log itself, so those sizes stay near what it counts:
 * longer waits alone never make calls longer. Two causes are named where one leaves much open.
 */
#include <math.h>

#include "validate_parts.h"

#define EXPLAINS 0.30 /* of the squared difference, or there is no likeliest cause */
#define SHOWS                                                                                      \
    2.58 /* standard errors: less is no sign of a change; the window was chosen for                \
            being odd, and longer waits make some more calls by redials */
#define MOST_FEWER   0.5    /* of the planned agents: beyond it nothing is linear in heads ... */
#define MOST_MORE    1.0    /* ... and so many more */
#define COUNTED      2.0    /* standard errors that a size may be away from what is counted */
#define LEAST_CHANGE (-9.0) /* in steps of 10 %: nothing can be 100 % less */
#define SECOND_GAIN  0.12   /* what a second cause must explain besides ... */
#define SECOND_SUM   16.0   /* ... and in squared standard errors */

static const enum val_figure told_by[] = {VAL_OFFERED, VAL_ABANDON, VAL_WAIT, VAL_AHT};
enum { TOLD_BY = sizeof told_by / sizeof *told_by };

struct squares {
    double whole;                       /* the squared difference */
    double z[TOLD_BY];                  /* the difference, in standard errors */
    double effect[VAL_CAUSES][TOLD_BY]; /* of one small change, the same */
    double product[VAL_CAUSES];
    double square[VAL_CAUSES][VAL_CAUSES];
    double low[VAL_CAUSES], high[VAL_CAUSES];
};

static bool is_heads(int cause)
{
    return cause == CAUSE_FEWER || cause == CAUSE_MORE;
}

static void set_bounds(const struct oh_validation *v, struct squares *s, int cause)
{
    s->low[cause] = is_heads(cause) ? 0 : LEAST_CHANGE; /* heads: each in its own direction */
    s->high[cause] = INFINITY;
    if (is_heads(cause) && v->heads > 0)
        s->high[cause] = fmax((cause == CAUSE_FEWER ? MOST_FEWER : MOST_MORE) * v->heads, 1);
    /* calls that are too many are no matter of staff, nor is their length */
    if ((v->off == VAL_OFFERED && cause != CAUSE_VOLUME) ||
        (v->off == VAL_AHT && cause != CAUSE_HANDLING))
        s->low[cause] = s->high[cause] = 0;
    if (cause != CAUSE_VOLUME && cause != CAUSE_HANDLING)
        return;
    size_t i = cause == CAUSE_VOLUME ? 0 : TOLD_BY - 1;
    double z = s->z[i], effect = s->effect[cause][i];
    if (!(fabs(z) > SHOWS) || !(effect > 0)) {
        s->low[cause] = s->high[cause] = 0;
        return;
    }
    s->low[cause] = z > 0 ? 0 : fmax((z - COUNTED) / effect, LEAST_CHANGE);
    s->high[cause] = z > 0 ? (z + COUNTED) / effect : 0;
}

static void measure(const struct oh_validation *v, struct squares *s)
{
    struct val_pooled base[TOLD_BY];
    *s = (struct squares){0};
    for (size_t i = 0; i < TOLD_BY; i++) {
        base[i] = val_pool(v, v->thing[0].played, told_by[i], v->window_from, v->window_to);
        s->z[i] = base[i].error > 0 && isfinite(base[i].z) ? base[i].z : 0;
        s->whole += s->z[i] * s->z[i];
    }
    for (int c = 0; c < VAL_CAUSES; c++) {
        for (size_t i = 0; i < TOLD_BY && v->nudged[c]; i++) {
            struct val_pooled p =
                val_pool(v, v->nudged[c], told_by[i], v->window_from, v->window_to);
            if (base[i].error > 0 && isfinite(p.simulated))
                s->effect[c][i] = (p.simulated - base[i].simulated) / base[i].error;
            s->product[c] += s->effect[c][i] * s->z[i];
        }
        set_bounds(v, s, c);
    }
    for (int c = 0; c < VAL_CAUSES; c++)
        for (int d = 0; d < VAL_CAUSES; d++)
            for (size_t i = 0; i < TOLD_BY; i++)
                s->square[c][d] += s->effect[c][i] * s->effect[d][i];
}

/* The best size of one cause while the other has its size. */
static double best_size(const struct squares *s, int c, int other, double size)
{
    double x = (s->product[c] - (other >= 0 ? s->square[c][other] * size : 0)) / s->square[c][c];
    return fmin(fmax(x, s->low[c]), s->high[c]);
}

/* The share that both explain; the two best sizes, found in turn. */
static double explain_both(const struct squares *s, const int c[2], double size[2])
{
    size[0] = size[1] = 0;
    for (int turn = 0; turn < 200; turn++) {
        size[0] = best_size(s, c[0], c[1], size[1]);
        size[1] = best_size(s, c[1], c[0], size[0]);
    }
    double sum = 0;
    for (int a = 0; a < 2; a++) {
        sum += 2 * s->product[c[a]] * size[a];
        for (int b = 0; b < 2; b++)
            sum -= s->square[c[a]][c[b]] * size[a] * size[b];
    }
    return sum / s->whole;
}

static void find_second(struct oh_validation *v, const struct squares *s)
{
    double best = v->cause[v->likeliest].explained + fmax(SECOND_GAIN, SECOND_SUM / s->whole);
    for (int c = 0; c < VAL_CAUSES; c++) {
        const int two[2] = {(int)v->likeliest, c};
        double size[2];
        if (c == v->likeliest || !(s->square[c][c] > 0) ||
            (is_heads(c) && is_heads((int)v->likeliest)))
            continue;
        double explained = explain_both(s, two, size);
        if (!(explained > best) || size[0] == 0 || size[1] == 0)
            continue;
        best = explained;
        v->second = c;
        v->both[0] = size[0];
        v->both[1] = size[1];
    }
}

void val_find_cause(struct oh_validation *v)
{
    struct squares s;
    double best = EXPLAINS;
    measure(v, &s);
    for (int c = 0; c < VAL_CAUSES; c++) {
        struct val_explained *e = &v->cause[c];
        if (!(s.square[c][c] > 0) || !(s.whole > 0))
            continue;
        e->size = best_size(&s, c, -1, 0);
        e->explained = (2 * s.product[c] - e->size * s.square[c][c]) * e->size / s.whole;
        if (e->explained > best) {
            best = e->explained;
            v->likeliest = c;
        }
    }
    if (v->likeliest >= 0)
        find_second(v, &s);
}
