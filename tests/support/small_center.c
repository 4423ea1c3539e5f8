/* small_center.c - one day after the other, the next event found by looking at everything. */
#include "small_center.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct playing {
    const struct small_center *center;
    struct center_calls *calls;
    uint64_t state;
    size_t day;
    double next[CENTER_LINES];     /* arrival */
    size_t head[CENTER_LINES];     /* of the line's calls of the day, the first that may wait */
    double gives_up[1 << 14];      /* of the day's calls, by number within the day */
    double free_at[CENTER_AGENTS]; /* INFINITY: never busy so far */
    bool busy[CENTER_AGENTS];
    double idle_since[CENTER_AGENTS];
    size_t begin; /* of the day, in calls */
};

/* xorshift64* (Vigna 2016) */
static double uniform(struct playing *p)
{
    p->state ^= p->state >> 12;
    p->state ^= p->state << 25;
    p->state ^= p->state >> 27;
    return (double)((p->state * UINT64_C(2685821657736338717)) >> 11) / 9007199254740992.0;
}

static double exponential(struct playing *p, double mean)
{
    return mean > 0 ? -mean * log1p(-uniform(p)) : 0;
}

static bool serves(const struct playing *p, size_t agent, size_t line)
{
    unsigned set = p->center->serves[agent];
    return set == 0 || (set >> line & 1);
}

static struct center_call *add_call(struct playing *p, size_t line, double now)
{
    struct center_calls *c = p->calls;
    if (c->n == c->room) {
        c->room = c->room ? 2 * c->room : 4096;
        c->at = realloc(c->at, c->room * sizeof *c->at);
        assert_non_null(c->at);
    }
    assert_true(c->n - p->begin < 1 << 14);
    p->gives_up[c->n - p->begin] = now + exponential(p, p->center->patience);
    c->at[c->n] = (struct center_call){.day = p->day, .line = line, .arrived = now, .wait = -1};
    return &c->at[c->n++];
}

static void begin_service(struct playing *p, struct center_call *call, size_t agent, double now)
{
    call->answered = true;
    call->agent = agent;
    call->wait = now - call->arrived + p->center->ring;
    call->handling = exponential(p, p->center->handling[call->line]);
    p->busy[agent] = true;
    p->free_at[agent] = now + p->center->ring + call->handling;
}

/* The longest waiting of a line; those who gave up are settled. NULL: nobody waits. */
static struct center_call *head_of(struct playing *p, size_t line, double now)
{
    for (size_t i = p->head[line]; i < p->calls->n; i++) {
        struct center_call *call = &p->calls->at[i];
        bool mine = call->line == line && call->wait < 0;
        if (mine && p->gives_up[i - p->begin] >= now)
            return call;
        if (mine)
            call->wait = p->gives_up[i - p->begin] - call->arrived;
        p->head[line] = i + 1;
    }
    return NULL;
}

/* Whom the agent takes now. */
static struct center_call *choose(struct playing *p, size_t agent, double now)
{
    struct center_call *best = NULL, *first = NULL;
    for (size_t l = 0; l < p->center->lines; l++) {
        struct center_call *head = serves(p, agent, l) ? head_of(p, l, now) : NULL;
        if (l == 0)
            first = head;
        if (head && (!best || head->arrived < best->arrived))
            best = head;
    }
    return first && first != best && uniform(p) < p->center->first ? first : best;
}

/* An arrival of the full rate, which is one in fewer hours than that. */
static void arrive(struct playing *p, size_t line, double now)
{
    p->next[line] = now + exponential(p, 3600 / p->center->rate[line]);
    if (p->center->shape && uniform(p) >= p->center->shape[(size_t)(now / 3600)])
        return;
    struct center_call *call = add_call(p, line, now);
    size_t best = CENTER_AGENTS;
    bool anybody = uniform(p) < p->center->stray;
    for (size_t a = 0; a < p->center->agents; a++)
        if (!p->busy[a] && (anybody || serves(p, a, line)) &&
            (best == CENTER_AGENTS || p->idle_since[a] < p->idle_since[best]))
            best = a;
    if (best < CENTER_AGENTS)
        begin_service(p, call, best, now);
}

static void play_day(struct playing *p)
{
    const struct small_center *c = p->center;
    double closes = 3600 * c->hours;
    p->begin = p->calls->n;
    for (size_t l = 0; l < c->lines; l++) {
        p->head[l] = p->begin;
        p->next[l] = exponential(p, 3600 / c->rate[l]);
    }
    for (size_t a = 0; a < c->agents; a++) {
        p->busy[a] = false;
        p->idle_since[a] = 0;
    }
    for (;;) {
        double now = INFINITY;
        size_t line = CENTER_LINES, agent = CENTER_AGENTS;
        for (size_t l = 0; l < c->lines; l++)
            if (p->next[l] < closes && p->next[l] < now)
                now = p->next[line = l];
        for (size_t a = 0; a < c->agents; a++)
            if (p->busy[a] && p->free_at[a] < now)
                now = p->free_at[agent = a];
        if (!isfinite(now))
            break;
        if (agent == CENTER_AGENTS) {
            arrive(p, line, now);
            continue;
        }
        p->busy[agent] = false;
        p->idle_since[agent] = now;
        struct center_call *call = choose(p, agent, now);
        if (call)
            begin_service(p, call, agent, now);
    }
    for (size_t l = 0; l < c->lines; l++)
        assert_null(head_of(p, l, INFINITY)); /* agents stay until the last one is gone */
}

struct center_calls center_play(const struct small_center *center, uint64_t seed)
{
    struct center_calls calls = {0};
    struct playing *p = calloc(1, sizeof *p);
    assert_non_null(p);
    *p = (struct playing){.center = center,
                          .calls = &calls,
                          .state = seed * UINT64_C(0x9E3779B97F4A7C15) + 88172645463325252U};
    for (p->day = 0; p->day < center->days; p->day++)
        play_day(p);
    free(p);
    return calls;
}

void center_free(struct center_calls *calls)
{
    free(calls->at);
    *calls = (struct center_calls){0};
}

static void put(struct text *out, const char *text)
{
    oh_sink sink = text_sink(out);
    assert_true(sink.write(sink.user, text, strlen(text)));
}

void center_log(struct text *out, const struct center_calls *calls, const char *columns,
                const char *const *cells)
{
    char line[400];
    snprintf(line, sizeof line, "arrived,wait,outcome,handling,agent%s%s\n", *columns ? "," : "",
             columns);
    put(out, line);
    for (size_t i = 0; i < calls->n; i++) {
        const struct center_call *c = &calls->at[i];
        char agent[20] = "", handling[20] = "";
        long at = 8 * 3600 + (long)floor(c->arrived);
        /* both ends of a wait are written down in whole seconds, as phone systems do */
        long wait = (long)floor(c->arrived + c->wait) - (long)floor(c->arrived);
        if (c->answered) {
            snprintf(agent, sizeof agent, "a%zu", c->agent);
            snprintf(handling, sizeof handling, "%ld", (long)floor(c->handling + 0.5));
        }
        snprintf(line, sizeof line, "2026-03-%02zu %02ld:%02ld:%02ld,%ld,%s,%s,%s%s%s\n",
                 c->day + 1, at / 3600, at / 60 % 60, at % 60, wait,
                 c->answered ? "answered" : "abandoned", handling, agent, *columns ? "," : "",
                 cells ? cells[c->line] : "");
        put(out, line);
    }
}
