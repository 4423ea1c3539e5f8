/* fit_redials.c - customers who call again: after hanging up or a busy tone (redial), after an
 * answer that did not settle it (unresolved).
 *
 * After each call the customer's next one is waited for: a redial for the window, a return until
 * the day's closing. What comes is a mixture of those who call for its sake and of chance
 * (return_law.h), which needs no guess of which is which. A queue with enough calls tells its own
 * share and delay; else only its share; else that of all queues is taken.
 */
#include <math.h>
#include <string.h>

#include "contacts.h"
#include "quantiles.h"
#include "return_law.h"

#define FEW          20   /* next calls that make evidence */
#define LEAST_RATE   0.01 /* a share whose interval begins below is not written */
#define WIDEST_SHARE 0.3  /* nor one whose interval is wider */
#define Z            1.959963984540054

/* Times to the next call, by how the call before ended. */
enum kind { FIRST_HUNG_UP, LATER_HUNG_UP, BLOCKED, ANSWERED, KINDS };

struct study {
    oh_fit *fit;
    const struct contacts *c;
    struct arena arena;
    uint8_t *again;                      /* [calls]: the customer has just hung up */
    struct return_times (*times)[KINDS]; /* [queues + 1]: the last is all */
    double *to;                          /* [queues][ENDINGS][queues]: where they call */
};

static bool has_hung_up(uint8_t outcome)
{
    return outcome == OUTCOME_ABANDONED || outcome == OUTCOME_BALKED;
}

/* ---- looking ---- */

/* How long after the end of a call a next one would have been seen; <= 0: not at all. */
static double seen_for(const struct study *s, size_t i, bool answered)
{
    const struct fit_calendar *c = &s->fit->calendar;
    long number;
    contact_start(s->c, i, &number);
    const struct fit_day *day = calendar_day(c, number);
    if (!day || !c->opening[day->weekday].open)
        return 0;
    double closes = (double)c->opening[day->weekday].end * c->step;
    double left = closes - contact_end(s->c, i) / 1000;
    return answered ? left : fmin(left, s->fit->customers.window);
}

/* Seconds from the end of a call to the next one; infinite if there is none in time. */
static double gap_after(const struct study *s, size_t i, double until)
{
    uint32_t next = s->c->next[i];
    long day;
    double gap = next != NO_CALL ? (contact_start(s->c, next, &day) - contact_end(s->c, i)) / 1000
                                 : INFINITY;
    return gap >= 0 && gap <= until ? gap : INFINITY;
}

static enum kind kind_of(uint8_t outcome, bool redial)
{
    return outcome == OUTCOME_ANSWERED  ? ANSWERED
           : outcome == OUTCOME_BLOCKED ? BLOCKED
           : redial                     ? LATER_HUNG_UP
                                        : FIRST_HUNG_UP;
}

typedef void visit_fn(struct study *s, size_t i, enum kind kind, double until, double gap);

/* Every call after which another one is waited for. */
static void walk(struct study *s, visit_fn *visit)
{
    const oh_log *log = s->c->log;
    memset(s->again, 0, log->calls);
    for (size_t i = 0; i < log->calls; i++) {
        uint8_t outcome = log->call[i].outcome;
        bool answered = outcome == OUTCOME_ANSWERED;
        if (!contact_counts(s->c, i) || (!has_hung_up(outcome) && outcome != OUTCOME_BLOCKED &&
                                         !(answered && !contact_is_transferred(s->c, i))))
            continue;
        double until = seen_for(s, i, answered), gap = gap_after(s, i, until);
        if (until > 0)
            visit(s, i, kind_of(outcome, s->again[i]), until, gap);
        if (!answered && isfinite(gap))
            s->again[s->c->next[i]] = true;
    }
}

static size_t queue_of(const struct study *s, size_t i)
{
    return s->fit->place[s->c->log->call[i].queue];
}

static void count(struct study *s, size_t i, enum kind kind, double until, double gap)
{
    return_times_add(&s->times[queue_of(s, i)][kind], fmin(gap, until), isfinite(gap));
}

/* ---- a share ---- */

static struct measured share_of(const struct return_law *law, double error,
                                const struct return_times *times)
{
    struct measured out = {law->share, NAN, NAN};
    double logit = log(law->share / fmax(1 - law->share, 1e-12));
    if (isfinite(error)) {
        out.low = 1 / (1 + exp(-logit + Z * error));
        out.high = 1 / (1 + exp(-logit - Z * error));
    } else if (law->share > 0.99) { /* no curvature at the very end */
        share_interval((double)times->followed, (double)times->n, &out.low, &out.high);
        out.high = 1;
    }
    return out;
}

/* Do calls bring others beyond chance? Two numbers more must earn their place (Schwarz 1978). */
static bool is_beyond_chance(const struct return_law *law, const struct return_times *times)
{
    double k = (double)times->followed, time = 0;
    for (size_t i = 0; i < RETURN_BINS; i++)
        time += times->bin[i].followed_time + times->bin[i].alone_time;
    double chance_only = k * (log(k / time) - 1);
    return 2 * (return_law_log_likelihood(law, times) - chance_only) > 2 * log((double)times->n);
}

static void estimate(struct fit_follow *f, const struct return_times *times)
{
    struct return_law law;
    static const struct measured unknown = {NAN, NAN, NAN};
    *f = (struct fit_follow){
        .n = times->n, .followed = times->followed, .share = unknown, .delay = unknown};
    f->chance = f->to_share = NAN;
    if (!return_law_fit(&law, times, false)) {
        if (times->n > 0) {
            f->share.value = 0;
            share_interval(0, (double)times->n, &f->share.low, &f->share.high);
        }
        return;
    }
    struct return_errors error = return_law_errors(&law, times, false);
    f->share = share_of(&law, error.share, times);
    f->delay = (struct measured){law.mean, law.mean * exp(-Z * error.mean),
                                 law.mean * exp(Z * error.mean)};
    f->chance = law.chance;
    if (f->followed >= FEW && f->share.low > LEAST_RATE &&
        f->share.high - f->share.low < WIDEST_SHARE && is_beyond_chance(&law, times))
        f->evidence = EVIDENCE_OWN;
}

/* The share alone, the rest being that of `of`. */
static struct measured share_beside(const struct fit_follow *of, const struct return_times *times)
{
    struct return_law law = {0.5, of->delay.value, of->chance};
    struct measured out = {NAN, NAN, NAN};
    if (times->n > 0 && !return_law_fit(&law, times, true)) {
        out.value = 0;
        share_interval(0, (double)times->n, &out.low, &out.high);
    } else if (times->n > 0) {
        out = share_of(&law, return_law_errors(&law, times, true).share, times);
    }
    return out;
}

/* Where a queue does not tell enough by itself. One whose callers are hardly ever known tells
 * nothing, and what the callers of others do is no news of them. */
static void lean_on_all(struct fit_follow *f, const struct fit_follow *all,
                        const struct return_times *times, bool known)
{
    if (!known)
        f->evidence = EVIDENCE_NONE;
    if (!known || f->evidence == EVIDENCE_OWN || all->evidence != EVIDENCE_OWN)
        return;
    double expected = (double)f->n * (double)all->followed / (double)all->n;
    struct measured share = share_beside(all, times);
    bool tells = expected >= FEW || share.low > all->share.high || share.high < all->share.low;
    if (!tells) {
        f->share = all->share;
        f->evidence = EVIDENCE_POOLED;
    } else if (share.low > LEAST_RATE) {
        f->share = share;
        f->evidence = EVIDENCE_SHARE;
    } else {
        return;
    }
    f->delay = all->delay;
    f->chance = all->chance;
}

/* ---- the first hang-up and later ones ---- */

static void first_and_again(struct fit_redials *r, const struct return_times times[KINDS])
{
    const struct fit_follow *f = &r->after[ENDING_HUNG_UP];
    r->first_n = times[FIRST_HUNG_UP].n;
    r->again_n = times[LATER_HUNG_UP].n;
    r->first = r->again = (struct measured){NAN, NAN, NAN};
    if (!(f->delay.value > 0))
        return;
    r->first = share_beside(f, &times[FIRST_HUNG_UP]);
    r->again = share_beside(f, &times[LATER_HUNG_UP]);
    r->again_differs = f->evidence == EVIDENCE_OWN && r->again_n >= FEW &&
                       (r->again.high < r->first.low || r->again.low > r->first.high);
}

static bool study_one(struct study *s, struct fit_redials *r, const struct return_times *times,
                      const struct fit_redials *all)
{
    struct return_times hung_up;
    *r = (struct fit_redials){.known = r->known};
    if (!return_times_new(&hung_up, &s->arena))
        return false;
    return_times_join(&hung_up, &times[FIRST_HUNG_UP]);
    return_times_join(&hung_up, &times[LATER_HUNG_UP]);
    const struct return_times *of[ENDINGS] = {&hung_up, &times[BLOCKED], &times[ANSWERED]};
    for (int e = 0; e < ENDINGS; e++)
        estimate(&r->after[e], of[e]);
    first_and_again(r, times);
    for (int e = 0; all && e < ENDINGS; e++)
        lean_on_all(&r->after[e], &all->after[e], of[e], r->known);
    if (all && r->after[ENDING_HUNG_UP].evidence == EVIDENCE_POOLED && all->again_differs) {
        r->first = all->first;
        r->again = all->again;
        r->again_differs = true;
    }
    return true;
}

/* ---- where they call ---- */

static enum fit_ending ending_of(enum kind kind)
{
    return kind == ANSWERED ? ENDING_ANSWERED : kind == BLOCKED ? ENDING_BLOCKED : ENDING_HUNG_UP;
}

/* The next call came for this one's sake, as far as the law says. */
static void mark(struct study *s, size_t i, enum kind kind, double until, double gap)
{
    size_t queue = queue_of(s, i), queues = s->fit->queues;
    enum fit_ending ending = ending_of(kind);
    const struct fit_follow *f = &s->fit->queue[queue].redials.after[ending];
    (void)until;
    if (f->evidence == EVIDENCE_NONE || !isfinite(gap))
        return;
    struct return_law law = {f->share.value, f->delay.value, f->chance};
    s->to[(queue * ENDINGS + ending) * queues + queue_of(s, s->c->next[i])] +=
        return_law_weight(&law, gap);
}

/* Where most of them go. */
static void find_ways(struct study *s)
{
    size_t queues = s->fit->queues;
    for (size_t q = 0; q < queues; q++) {
        for (size_t e = 0; e < ENDINGS; e++) {
            const double *to = &s->to[(q * ENDINGS + e) * queues];
            struct fit_follow *f = &s->fit->queue[q].redials.after[e];
            double all = 0;
            f->to = q;
            for (size_t r = 0; r < queues; r++) {
                all += to[r];
                if (to[r] > to[f->to])
                    f->to = r;
            }
            f->to_share = all > 0 ? to[f->to] / all : NAN;
        }
    }
}

/* ---- the whole ---- */

static bool new_times(struct study *s)
{
    size_t queues = s->fit->queues;
    s->again = arena_array(&s->arena, s->c->log->calls, sizeof *s->again);
    s->times = arena_array(&s->arena, queues + 1, sizeof *s->times);
    s->to = arena_array(&s->arena, queues * ENDINGS * queues, sizeof *s->to);
    for (size_t q = 0; s->again && s->times && s->to && q <= queues; q++)
        for (int k = 0; k < KINDS; k++)
            if (!return_times_new(&s->times[q][k], &s->arena))
                return false;
    return s->again && s->times && s->to;
}

static bool study_all(struct study *s)
{
    size_t queues = s->fit->queues;
    struct fit_redials *all = &s->fit->total.redials;
    walk(s, count);
    for (size_t q = 0; q < queues; q++)
        for (int k = 0; k < KINDS; k++)
            return_times_join(&s->times[queues][k], &s->times[q][k]);
    if (!study_one(s, all, s->times[queues], NULL))
        return false;
    for (size_t q = 0; q < queues; q++)
        if (!study_one(s, &s->fit->queue[q].redials, s->times[q], all))
            return false;
    walk(s, mark);
    find_ways(s);
    return true;
}

bool fit_redials(oh_fit *fit, const struct contacts *contacts)
{
    struct study s = {.fit = fit, .c = contacts};
    arena_init(&s.arena);
    bool good = new_times(&s) && study_all(&s);
    arena_free(&s.arena);
    return good;
}
