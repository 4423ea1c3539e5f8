/* story.c - a replication played again, as a list of events with what stood after each.
 *
 * The one idea: calls tell when they joined, were answered and left; the engine tells after each of
 * its events how many wait and how many agents are busy. Sorted by time, the two are a story.
 */
#include "story.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- watching ---- */

static void note(oh_story *s, double time, uint32_t thing, uint32_t now, uint32_t busy)
{
    if (s->failed || (s->view->level[thing] == now && s->view->busy[thing] == busy))
        return;
    if (s->changes == s->changes_room) {
        size_t room = s->changes_room ? 2 * s->changes_room : 1024;
        struct story_change *larger = realloc(s->change, room * sizeof *larger);
        if (!larger) {
            s->failed = true;
            return;
        }
        s->change = larger;
        s->changes_room = room;
    }
    s->view->level[thing] = now;
    s->view->busy[thing] = busy;
    s->change[s->changes++] = (struct story_change){time, thing, now, busy};
}

static void watch(void *user, const struct replication *rep)
{
    oh_story *s = user;
    const oh_model *m = s->model;
    double now = replication_now(rep);
    uint32_t on_duty = 0, waiting = 0;
    for (uint32_t q = 0; q < m->queues; q++) {
        uint32_t n = replication_waiting(rep, q);
        note(s, now, q, n, 0);
        waiting += n;
    }
    for (uint32_t g = 0; g < m->groups; g++) {
        uint32_t busy, n = replication_on_duty(rep, g, &busy);
        note(s, now, (uint32_t)m->queues + g, n, busy);
        on_duty += n;
    }
    s->most_on_duty = on_duty > s->most_on_duty ? on_duty : s->most_on_duty;
    s->most_waiting = waiting > s->most_waiting ? waiting : s->most_waiting;
}

static void keep(void *user, const struct call_record *record)
{
    call_log_keep(&((oh_story *)user)->log, record);
}

/* ---- events ---- */

/* To a millionth of a second: joined + wait is not quite the instant of the answer. */
#define INSTANT 1e-6

static void add(oh_story *s, double time, enum story_kind kind, size_t call, uint32_t agents)
{
    s->event[s->events++] = (struct story_event){
        .time = round(time / INSTANT) * INSTANT, .kind = kind, .call = call, .agents = agents};
}

static bool is(const struct call_record *r, const char *outcome)
{
    return strcmp(r->outcome, outcome) == 0;
}

/* At most three: into self-service, joining, and the end of waiting; and the end of an answer. */
static void add_call(oh_story *s, size_t i)
{
    const struct call_record *r = &s->log.record[i];
    if (r->joined > r->arrived || is(r, "self_served"))
        add(s, r->arrived, STORY_SELF, i, 0);
    if (is(r, "self_served")) {
        add(s, r->ended, STORY_LEAVES, i, 0);
        return;
    }
    add(s, r->joined, STORY_JOINS, i, 0);
    if (is(r, "answered")) {
        if (r->wait > 0)
            add(s, r->joined + r->wait, STORY_ANSWER, i, 0);
        add(s, r->ended + r->wrap_up, STORY_ENDS, i, 0);
    } else if (r->wait > 0) {
        add(s, r->ended, STORY_LEAVES, i, 0);
    }
}

/* One for each instant at which a group's agents change. */
static void add_staff(oh_story *s)
{
    const oh_model *m = s->model;
    memset(s->view->level, 0, (m->queues + m->groups) * sizeof *s->view->level);
    for (size_t i = 0; i < s->changes; i++) {
        const struct story_change *c = &s->change[i];
        if (c->thing < m->queues)
            continue;
        size_t last = i;
        for (size_t k = i + 1; k < s->changes && s->change[k].time == c->time; k++)
            if (s->change[k].thing == c->thing)
                last = k;
        if (last != i) /* told when the last change of this instant is reached */
            continue;
        if (c->now != s->view->level[c->thing]) {
            bool more = c->now > s->view->level[c->thing];
            add(s, c->time, more ? STORY_COMES : STORY_GOES, c->thing - m->queues,
                more ? c->now - s->view->level[c->thing] : s->view->level[c->thing] - c->now);
        }
        s->view->level[c->thing] = c->now;
    }
}

static void add_doors(oh_story *s)
{
    const oh_model *m = s->model;
    if (m->steady)
        return;
    for (size_t d = 0; d < m->openings; d++) {
        if (d == 0 || !m->opening[d - 1].joined)
            add(s, m->opening[d].opens, STORY_OPENS, d, 0);
        if (!m->opening[d].joined)
            add(s, m->opening[d].closes, STORY_CLOSES, d, 0);
    }
}

static int by_time(const void *pa, const void *pb)
{
    const struct story_event *a = pa, *b = pb;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->call < b->call ? -1 : a->call > b->call;
}

/* What an event changes: the line, or a group's agents. */
static uint32_t touches(const oh_story *s, const struct story_event *e)
{
    const struct call_record *r = e->kind == STORY_OPENS || e->kind == STORY_CLOSES ||
                                          e->kind == STORY_COMES || e->kind == STORY_GOES
                                      ? NULL
                                      : &s->log.record[e->call];
    uint32_t queues = (uint32_t)s->model->queues;
    if (e->kind == STORY_COMES || e->kind == STORY_GOES)
        return queues + (uint32_t)e->call;
    if (!r || e->kind == STORY_SELF)
        return UINT32_MAX;
    bool by_agent = e->kind == STORY_ENDS || (e->kind == STORY_JOINS && r->wait <= r->ring);
    return by_agent && r->group >= 0 ? queues + (uint32_t)r->group : r->queue;
}

/* The changes of an instant are dealt out to its events in order, each up to the first of what it
 * touches; the last event has them all. */
static void place_events(oh_story *s)
{
    size_t c = 0;
    for (size_t i = 0; i < s->events; i++) {
        struct story_event *e = &s->event[i];
        size_t end = c;
        while (end < s->changes && s->change[end].time < e->time + INSTANT)
            end++;
        bool last = i + 1 == s->events || s->event[i + 1].time > e->time + INSTANT / 2;
        uint32_t thing = touches(s, e);
        while (c < end && s->change[c].time < e->time - INSTANT) /* of call-backs: no event */
            c++;
        size_t own = c;
        while (own < end && s->change[own].thing != thing)
            own++;
        c = last ? end : own < end ? own + 1 : c;
        e->state = c;
    }
}

static bool tell(oh_story *s)
{
    size_t most = 4 * s->log.count + s->changes + 2 * s->model->openings;
    s->event = malloc((most + 1) * sizeof *s->event);
    if (!s->event)
        return false;
    for (size_t i = 0; i < s->log.count; i++)
        add_call(s, i);
    add_staff(s);
    add_doors(s);
    qsort(s->event, s->events, sizeof *s->event, by_time);
    place_events(s);
    return true;
}

void story_seek(const oh_story *s, size_t event)
{
    struct story_view *v = s->view;
    size_t to = s->event[event].state, things = s->model->queues + s->model->groups;
    if (v->at > to) {
        v->at = 0;
        memset(v->level, 0, things * sizeof *v->level);
        memset(v->busy, 0, things * sizeof *v->busy);
    }
    for (; v->at < to; v->at++) {
        const struct story_change *c = &s->change[v->at];
        v->level[c->thing] = c->now;
        v->busy[c->thing] = c->busy;
    }
}

/* ---- making and reading ---- */

static void view_free(struct story_view *view)
{
    if (!view)
        return;
    free(view->level);
    free(view->busy);
    free(view);
}

static struct story_view *view_new(size_t things)
{
    struct story_view *view = calloc(1, sizeof *view);
    if (!view)
        return NULL;
    view->level = calloc(things, sizeof *view->level);
    view->busy = calloc(things, sizeof *view->busy);
    if (view->level && view->busy)
        return view;
    view_free(view);
    return NULL;
}

oh_status oh_story_play(oh_story **out, const oh_model *model, uint32_t seed, uint32_t number,
                        char message[256])
{
    oh_story *s = calloc(1, sizeof *s);
    char spare[256];
    char *told = message ? message : spare;
    *out = NULL;
    told[0] = '\0';
    if (!s)
        return OH_NO_MEMORY;
    s->model = model;
    s->view = view_new(model->queues + model->groups);
    oh_status status = OH_NO_MEMORY;
    if (s->view) {
        const struct probe probe = {.user = s, .call = keep, .event = watch};
        status = replay(model, seed, number, &probe, &s->log, told);
    }
    if (status == OH_OK && (s->failed || !tell(s)))
        status = OH_NO_MEMORY;
    if (status != OH_OK) {
        oh_story_free(s);
        return status;
    }
    s->view->at = SIZE_MAX; /* level and busy are those of the last change: begin anew */
    *out = s;
    return OH_OK;
}

void oh_story_free(oh_story *s)
{
    if (!s)
        return;
    free(s->log.record);
    free(s->change);
    free(s->event);
    view_free(s->view);
    free(s);
}

size_t oh_story_events(const oh_story *s)
{
    return s->events;
}
