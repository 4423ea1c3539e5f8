/* test_kiefer_wolfowitz.c - one pool, first come first served: every single wait, by a recursion
 * of twenty lines over the same callers.
 *
 * Kiefer and Wolfowitz 1955: with calls served in order of arrival, a call goes to the agent who
 * is free first, whatever the events between. So waits need no event list, and an engine that
 * agrees with this on thousands of random scenarios has its clock, its line and its agents right.
 */
#include "../support/played.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/math/dist.h"
#include "../support/scenario_gen.h"

enum { MOST_AGENTS = 12, STEPS = 4, MOST_CALLS = 40000 };
/* A sanitizer makes each replication's memory dear. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { POOLS = 200 };
#else
enum { POOLS = 3000 };
#endif
static const double opening = 7200; /* 08:00 to 10:00, or the window and its warm-up */
static const double warm_up = 1200;

/* ---- a random scenario, as text and as what the recursion needs ---- */

enum arrivals { BY_RATE, BY_COUNTS, BY_RENEWAL, BY_TIMES, ARRIVALS };

struct pool {
    struct arena arena;
    char text[8192];
    size_t length;
    uint64_t random;
    bool steady;
    int agents;
    enum arrivals arrivals;
    double per_hour, count[STEPS], times[200];
    size_t n_times;
    struct dist *between, *talk, *hold, *wrap_up, *ring, *patience;
    double balk;
};

static void put(struct pool *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(struct pool *p, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int n = vsnprintf(p->text + p->length, sizeof p->text - p->length, format, list);
    va_end(list);
    assert_true(n >= 0 && (size_t)n < sizeof p->text - p->length);
    p->length += (size_t)n;
}

/* A number with few digits between a and b, so that text and number are the same. */
static double number(struct pool *p, double a, double b)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%.3g", a + (b - a) * random_uniform(&p->random));
    return atof(digits);
}

static bool chance(struct pool *p, double share)
{
    return random_uniform(&p->random) < share;
}

static struct dist *family(struct pool *p, const char *name, double a, double b, double c)
{
    const char *wrong;
    const double given[DIST_PARAMS] = {a, b, c, NAN};
    struct dist *d = dist_make(&p->arena, dist_family_find(name), given, &wrong);
    assert_that(d != NULL, "%s: %s", name, wrong);
    return d;
}

static struct dist *put_dist(struct pool *p, double mean, int depth);

static struct dist *put_simple(struct pool *p, double mean)
{
    double m = number(p, 0.5 * mean, 1.5 * mean), b;
    switch (random_int(&p->random, 0, chance(p, 0.02) ? 8 : 5)) {
    case 0:
        put(p, "exponential: %.17g s", m);
        return family(p, "exponential", m, NAN, NAN);
    case 1:
        m = ceil(m / 10) * 10; /* many ties */
        put(p, "constant: %.17g s", m);
        return family(p, "constant", m, NAN, NAN);
    case 2:
        b = number(p, 0.1, 3);
        put(p, "lognormal: {mean: %.17g s, cv: %.17g}", m, b);
        return family(p, "lognormal", m, b, NAN);
    case 3:
        b = number(p, 0.4, 3);
        put(p, "weibull: {shape: %.17g, mean: %.17g s}", b, m);
        return family(p, "weibull", b, m, NAN);
    case 4:
        put(p, "uniform: {from: %.17g s, to: %.17g s}", m / 2, 2 * m);
        return family(p, "uniform", m / 2, 2 * m, NAN);
    case 5:
        put(p, "triangular: {low: 0 s, mode: %.17g s, high: %.17g s}", m, 2 * m);
        return family(p, "triangular", 0, m, 2 * m);
    case 6:
        b = number(p, 0.3, 2);
        put(p, "gamma: {mean: %.17g s, cv: %.17g}", m, b);
        return family(p, "gamma", m, b, NAN);
    case 7:
        put(p, "erlang: {k: 3, mean: %.17g s}", m);
        return family(p, "erlang", 3, m, NAN);
    default:
        put(p, "hyperexponential: {mean: %.17g s, cv: 2}", m);
        return family(p, "hyperexponential", m, 2, NAN);
    }
}

/* What stands between { and }: a kind, perhaps with `plus`. */
static struct dist *put_dist(struct pool *p, double mean, int depth)
{
    struct dist *d, *part[2];
    const char *wrong;
    if (depth < 2 && chance(p, 0.15)) {
        double share = random_int(&p->random, 1, 99);
        put(p, "mixture: [{share: %g%%, ", share);
        part[0] = put_dist(p, mean, depth + 1);
        put(p, "}, {share: %g%%, ", 100 - share);
        part[1] = put_dist(p, mean, depth + 1);
        put(p, "}]");
        d = dist_mixture(&p->arena, 2, part, (double[]){share / 100, 1 - share / 100}, &wrong);
    } else if (depth < 2 && chance(p, 0.1)) {
        put(p, "first_of: [{");
        part[0] = put_dist(p, mean, depth + 1);
        put(p, "}, {");
        part[1] = put_dist(p, 2 * mean, depth + 1);
        put(p, "}]");
        d = dist_first_of(&p->arena, 2, part, &wrong);
    } else {
        d = put_simple(p, mean);
    }
    assert_non_null(d);
    if (chance(p, 0.1)) {
        d->plus = number(p, 1, 20);
        put(p, ", plus: %.17g s", d->plus);
    }
    return d;
}

static void put_patience(struct pool *p, double mean)
{
    const char *wrong;
    switch (random_int(&p->random, 0, 4)) {
    case 0: /* Without agents endless patience would fill a steady window for ever. */
        if (p->agents > 0 || !p->steady) {
            put(p, "    patience: never\n");
            p->patience = dist_never(&p->arena);
            return;
        }
        break;
    case 1: {
        double t[] = {number(p, 5, 40), number(p, 50, 200)}, s[] = {0.15, 0.40};
        put(p, "    patience: {hung_up_by: {%.17g s: 15%%, %.17g s: 40%%}}\n", t[0], t[1]);
        p->patience = dist_hung_up_by(&p->arena, 2, t, s, &wrong);
        return;
    }
    case 2:
        if (p->agents > 0) {
            double zero = number(p, 1, 60);
            put(p,
                "    patience: {mixture: [{share: 30%%, constant: 0 s}, "
                "{share: 30%%, constant: %.17g s}, {share: 40%%, never: true}]}\n",
                zero);
            struct dist *part[] = {dist_constant(&p->arena, 0), dist_constant(&p->arena, zero),
                                   dist_never(&p->arena)};
            p->patience = dist_mixture(&p->arena, 3, part, (double[]){0.3, 0.3, 0.4}, &wrong);
            return;
        }
        break;
    default:
        break;
    }
    put(p, "    patience: {");
    p->patience = put_dist(p, mean, 0);
    put(p, "}\n");
}

static void put_arrivals(struct pool *p, double mean_gap)
{
    p->arrivals = (enum arrivals)random_int(&p->random, 0, ARRIVALS - 1);
    if (p->steady && p->arrivals == BY_COUNTS)
        p->arrivals = BY_RATE;
    put(p, "    arrivals: ");
    if (p->arrivals == BY_RATE) {
        p->per_hour = number(p, 0.7, 1.3) * ceil(3600 / mean_gap);
        put(p, "%.17g per h\n", p->per_hour);
    } else if (p->arrivals == BY_COUNTS) {
        put(p, "{per: 30 min, counts: [");
        for (int i = 0; i < STEPS; i++) {
            p->count[i] = chance(p, 0.2) ? 0 : number(p, 0.3, 1.7) * ceil(1800 / mean_gap);
            put(p, "%s%.17g", i ? ", " : "", p->count[i]);
        }
        put(p, "]}\n");
    } else if (p->arrivals == BY_RENEWAL) {
        put(p, "{renewal: {");
        p->between = put_dist(p, fmax(10, mean_gap), 0);
        put(p, "}}\n");
    } else {
        double at = 0;
        put(p, "{times: [");
        p->n_times = (size_t)random_int(&p->random, 1, 200);
        for (size_t i = 0; i < p->n_times; i++) {
            /* Whole tens of seconds: calls at the same instant, and as others end. */
            if (chance(p, 0.6))
                at += 10 * random_int(&p->random, 0, (int)ceil(mean_gap / 5));
            at = fmin(at, 7190);
            p->times[i] = at;
            put(p, "%s%.17g s", i ? ", " : "", at);
        }
        put(p, "]}\n");
    }
}

static void put_handling(struct pool *p, double mean)
{
    bool parts = chance(p, 0.3);
    put(p, parts ? "    handling:\n      talk: {" : "    handling: {");
    p->talk = put_dist(p, mean, 0);
    put(p, "}\n");
    if (parts) {
        put(p, "      hold: {");
        p->hold = put_dist(p, mean / 5, 0);
        put(p, "}\n      wrap_up: {");
        p->wrap_up = put_dist(p, mean / 3, 0);
        put(p, "}\n");
    }
    if (chance(p, 0.2)) {
        put(p, "    ring: {");
        p->ring = put_dist(p, 3, 0);
        put(p, "}\n");
    }
}

static void make_pool(struct pool *p, uint64_t seed)
{
    memset(p, 0, sizeof *p);
    p->random = seed;
    p->steady = chance(p, 0.3);
    p->agents = chance(p, 0.03) ? 0 : random_int(&p->random, 1, MOST_AGENTS);
    put(p, "onhold: 1\nname: pool %llu\n", (unsigned long long)seed);
    if (p->steady)
        put(p, "time:\n  steady: {warm_up: 20 min, length: 100 min}\n");
    else
        put(p, "time:\n  open: 08:00-10:00\n");
    double mean = number(p, 60, 600);
    put(p, "queues:\n  line:\n");
    put_arrivals(p, mean / fmax(1, p->agents) / (0.5 + random_uniform(&p->random)));
    put_handling(p, mean);
    put_patience(p, number(p, 10, 300));
    if (chance(p, 0.3)) {
        p->balk = random_int(&p->random, 1, 60) / 100.0;
        put(p, "    balk: %g%%\n", 100 * p->balk);
    }
    put(p, "agents:\n  desk:\n    count: %d\n    serves: [line]\n", p->agents);
}

/* ---- the recursion ---- */

struct story {
    double arrived, wait, ring, talk, hold, wrap_up, patience, ended;
    const char *outcome;
};

/* Arrival times in order, by inverting the integrated rate; INFINITY after the last one. */
static double arrival(const struct pool *p, size_t i, double before, double *area, double u,
                      double gap)
{
    if (p->arrivals == BY_TIMES)
        return i < p->n_times ? p->times[i] : INFINITY;
    if (p->arrivals == BY_RENEWAL)
        return before + gap;
    *area -= log1p(-u);
    if (p->arrivals == BY_RATE)
        return *area / (p->per_hour / 3600);
    double left = *area;
    for (int k = 0; k < STEPS; left -= p->count[k], k++)
        if (left < p->count[k])
            return 1800 * (k + left / p->count[k]);
    return INFINITY;
}

static double draw(const struct dist *d, const struct draw_key *key, enum purpose purpose, size_t i)
{
    double u = draw_one(key, purpose, 0, i), x = 0;
    if (d)
        dist_draw(d, key, purpose, i, 1, &u, NULL, &x);
    return x;
}

/* All callers who arrive by the end, in order; returns how many. */
static size_t recursion(const struct pool *p, uint32_t seed, uint32_t replication,
                        struct story *story)
{
    double free_at[MOST_AGENTS] = {0}, at = 0, area = 0;
    const struct draw_key key = {seed, replication, draw_source("line"), 0};
    for (size_t i = 0;; i++) {
        struct story *s = &story[i];
        at = arrival(p, i, at, &area, draw_one(&key, DRAW_ARRIVAL, 0, i),
                     draw(p->between, &key, DRAW_ARRIVAL, i));
        if (!(at <= opening))
            return i;
        assert_true(i < MOST_CALLS);
        int first = 0;
        for (int k = 1; k < p->agents; k++)
            first = free_at[k] < free_at[first] ? k : first;
        double wait = p->agents ? fmax(0, free_at[first] - at) : INFINITY;
        *s = (struct story){.arrived = at, .patience = draw(p->patience, &key, DRAW_PATIENCE, i)};
        if (wait > 0 && draw_one(&key, DRAW_BALK, 0, i) < p->balk) {
            s->outcome = "balked";
        } else if (wait <= s->patience && isfinite(wait)) {
            s->outcome = "answered";
            s->ring = draw(p->ring, &key, DRAW_RING, i);
            s->talk = draw(p->talk, &key, DRAW_TALK, i);
            s->hold = draw(p->hold, &key, DRAW_HOLD, i);
            s->wrap_up = draw(p->wrap_up, &key, DRAW_WRAP_UP, i);
            s->wait = wait + s->ring;
            free_at[first] = at + wait + s->ring + s->talk + s->hold + s->wrap_up;
        } else if (isfinite(s->patience)) {
            s->outcome = "abandoned";
            s->wait = s->patience;
        } else { /* no agent will ever come, and the doors close */
            s->outcome = "cut_off";
            s->wait = opening - at;
        }
        s->ended = at + s->wait + s->talk + s->hold;
    }
}

/* ---- the comparison ---- */

static void same_time(const struct pool *p, size_t call, const char *what, double engine,
                      double recursed)
{
    bool same = engine == recursed || fabs(engine - recursed) <= 1e-8 * (1 + fabs(recursed));
    assert_that(same, "call %zu: %s is %.12g, by recursion %.12g, in:\n%s", call + 1, what, engine,
                recursed, p->text);
}

static void compare_call(const struct pool *p, const struct call_record *r, const struct story *s)
{
    size_t i = r->call - 1;
    assert_that(r->caller == r->call, "call %zu is of caller %llu", i + 1,
                (unsigned long long)r->caller);
    assert_that(strcmp(r->outcome, s->outcome) == 0,
                "call %zu is %s (wait %g), by recursion %s (wait %g), in:\n%s", i + 1, r->outcome,
                r->wait, s->outcome, s->wait, p->text);
    same_time(p, i, "arrival", r->arrived, s->arrived);
    same_time(p, i, "patience", r->patience, s->patience);
    same_time(p, i, "wait", r->wait, s->wait);
    same_time(p, i, "ring", r->ring, s->ring);
    same_time(p, i, "talk", r->talk, s->talk);
    same_time(p, i, "hold", r->hold, s->hold);
    same_time(p, i, "wrap-up", r->wrap_up, s->wrap_up);
    same_time(p, i, "end", r->ended, s->ended);
}

/* Returns how many calls were compared. A steady run goes on after the window until its last call
 * is over, and stops without the end of what entered while it warmed up. */
static size_t compare(const struct pool *p, uint32_t seed, uint32_t replication)
{
    static struct story story[MOST_CALLS + 1];
    size_t n = recursion(p, seed, replication, story), next = 0;
    struct trial trial = trial_text(p->text);
    struct played played = play_one(trial.model, seed, replication, false, p->text);
    for (size_t i = 0; i < played.records; i++) {
        const struct call_record *r = &played.record[i];
        for (; next < n && next < r->call - 1; next++)
            assert_that(p->steady && story[next].arrived < warm_up, "call %zu is missing, in:\n%s",
                        next + 1, p->text);
        if (r->call > n)
            break;
        compare_call(p, r, &story[r->call - 1]);
        next = r->call;
    }
    assert_that(next == n && (p->steady || played.records == n),
                "%zu calls, by recursion %zu, in:\n%s", played.records, n, p->text);
    played_free(&played);
    trial_free(&trial);
    return n;
}

static void every_wait_of_thousands_of_random_pools_is_that_of_the_recursion(void **state)
{
    (void)state;
    static struct pool p;
    size_t calls = 0;
    for (uint64_t seed = 1; seed <= POOLS; seed++) {
        make_pool(&p, seed);
        calls += compare(&p, (uint32_t)(seed % 7), (uint32_t)(1 + seed % 3));
        arena_free(&p.arena);
    }
    assert_true(calls > 80 * POOLS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_wait_of_thousands_of_random_pools_is_that_of_the_recursion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
