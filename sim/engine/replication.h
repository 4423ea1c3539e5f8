/* replication.h - the state of one replication, and what its parts may do to it.
 *
 * Reading order: play.c (the loop), sources.c (who arrives), calls.c (the one place where a call
 * changes its state, and entering), service.c (with an agent), leaving.c (waiting's ends, coming
 * back), callbacks.c, routing.c and rules.c (who takes whom), agents.c (who is on duty), score.c
 * (what is counted), verify.c (what must always hold); plain.c and lazy.c, the short ways.
 *
 * Ids, not pointers: calls are slots of one array, reused; agents are numbered over all groups. A
 * call owns at most one pending event, whose number is its slot; so does an agent, whose event
 * number is MODEL_MAX_PRESENT + agent. The ends of calls that are counted already have a list of
 * their own, by agent.
 */
#ifndef ONHOLD_SIM_REPLICATION_H
#define ONHOLD_SIM_REPLICATION_H

#include <math.h>
#include <stddef.h>

#include "../model/rank.h"
#include "engine.h"
#include "evq.h"
#include "sums.h"

#define NONE UINT32_MAX

enum call_state {
    CALL_AWAY, /* a caller who will come back: a redial or a return */
    CALL_ENTERING,
    CALL_SELF, /* in self-service */
    CALL_WAITING,
    CALL_SILENT,   /* has left unseen, but is still in line */
    CALL_HELD,     /* interrupted: at the head of the line with the rest of his talk */
    CALL_PENDING,  /* accepted a call-back, which is due */
    CALL_RETRY,    /* a dial was not answered; the next one comes later */
    CALL_RINGING,  /* also dialling */
    CALL_TALKING,  /* talk and hold */
    CALL_WASTING,  /* the agent finds nobody there */
    CALL_WRAPPING, /* the caller has left, the agent has not finished */
    CALL_OVER,
    CALL_STATES
};

/* One line of the cache holds what a plain call needs once it is with an agent, two what it needs
 * to wait (plain.c). */
struct call {
    _Alignas(64) double joined; /* after self-service */
    double gives_up;            /* while it waits: when patience ends, announcements counted in */
    double talk;                /* as drawn; divided by the speed on assignment, as what follows */
    uint32_t queue, agent, skill; /* skill: of the agent's group */
    uint32_t next, prev;          /* in line, or among the contacts of the agent */
    uint32_t row, period;
    uint8_t state, outcome, cause;
    bool quick;   /* its slot holds nothing but what plain.c writes */
    bool delayed; /* not given an agent at the moment of joining */
    bool caller_served;
    bool scored;  /* counted already */
    bool dropped; /* cut by an agent whose time was over */
    bool lazy;    /* waits without an event, though its patience ends (lazy.c) */
    bool counted; /* belongs to the statistics (steady: entered in the window) */
    bool caller_counted;

    double hold, wrap_up;
    double wait;         /* to assignment, then ring added at the answer */
    double patience;     /* as drawn, from joining */
    double answered;     /* when the talk began */
    double entered;      /* before self-service */
    uint64_t number;     /* of the call, from 0 */
    uint64_t assignment; /* sequence of assignments, for ties */

    bool backlog; /* was there at the first opening */
    bool callback_offered, callback_done;
    uint32_t exit_period;
    double left;                         /* when the caller left */
    uint64_t caller;                     /* from 0 */
    uint64_t draw;                       /* the caller's number in his source: keys his draws */
    uint32_t source_key, visit, redials; /* visit: the caller's calls before this one */
    uint32_t first_queue, first_row, first_period; /* of the caller's first call, if this is not */
    double ring;                                   /* as drawn */
    double announced;                              /* when the next announcement comes */
    double work, since, rate; /* paced: left of this part at pace 1, counted at `since`; pace */
    double held;              /* seconds of interruption so far */
    uint32_t attempts;        /* dials of a call-back */
    int32_t transfer;         /* which transfer follows the talk; -1 none */
    int32_t handling_from;    /* a transfer with handling of its own: its number, -1 none ... */
    uint32_t handling_queue;  /* ... in the rules of this queue */
};
_Static_assert(offsetof(struct call, hold) == 64, "who is with an agent is in one line");
_Static_assert(offsetof(struct call, backlog) == 128, "what is plain is in two lines");
_Static_assert(sizeof(struct call) == 256, "calls begin where lines begin");

struct agent {
    _Alignas(64) double idle_since;
    uint32_t next, prev; /* among the idle of the group, longest idle first */
    uint32_t group;
    uint32_t contact;        /* the first in hand, or NONE */
    uint32_t contacts, used; /* in hand; units of the group's room */
    bool on_duty, idle;      /* idle: nothing in hand and ready */
    bool ended;              /* takes nothing new and goes when his hands are empty */
    bool break_due, on_break;
    bool not_ready;       /* after a contact: event pending */
    bool absent, started; /* today */
    bool late;            /* will come: event pending */
    bool over;            /* on duty past the planned end of his shift */
    bool working;         /* by line: the shift is on and he has come */
    double busy_since;    /* where `weighs_busy` */
};

/* His time on duty and at work, for least_busy. */
struct agent_hours {
    double on_since, on_time, busy_time;
};

/* A list of calls in order of rank. */
struct line {
    uint32_t head, tail;
};

/* A queue at work. Areas are those of levels: see level_step. */
struct queue_state {
    /* of the model, for plain.c */
    const struct model_server *server, *servers_end;
    uint64_t capacity;
    double balk;
    bool quick;
    bool lazy;               /* who gives up is found later: lazy.c */
    struct queue_sums *here; /* of whoever enters now */
    uint64_t at_once;        /* counted and answered ahead without a wait, not in `here` yet */
    struct line line;        /* waiting, silent and held */
    struct line callbacks;   /* pending */
    uint32_t waiting, waiting_max;
    uint32_t served;  /* ringing or talking, but for those that are counted ahead */
    uint32_t in_line; /* waiting and silent: what capacity counts */
    uint32_t in_self, in_talk;
    wide waiting_area, served_area;
};

struct group_state {
    /* of the model, for plain.c */
    const struct model_skill *skill, *skills_end;
    uint32_t room;
    bool quick;
    uint32_t idle_head, idle_tail, idle;
    uint32_t on_duty, busy, planned;
    uint32_t contacts; /* of a group whose agents hold several; otherwise as many as are busy */
    uint32_t leaving;  /* so many of the busy go when they finish */
    uint32_t ended;    /* agents on duty who are marked to go */
    uint32_t due;      /* of a count: planned and not absent */
    uint32_t late;     /* to come */
    uint32_t over;     /* on duty beyond the plan */
    wide staffed_area, busy_area, contact_area, overtime_area;
};

enum { BATCH = 64 };

/* Fresh calls to come, drawn BATCH at a time. */
struct source_state {
    double at[BATCH], patience[BATCH], balk[BATCH];
    double ring[BATCH], talk[BATCH], hold[BATCH], wrap_up[BATCH];
    uint64_t first;           /* caller number of at[0] */
    uint32_t pos;             /* the next one */
    uint32_t queue, key;      /* of the model */
    bool quick;               /* its calls take the way of plain.c */
    double clock;             /* the last arrival drawn */
    size_t step;              /* of the rates, or opening of a renewal source */
    uint64_t groups, members; /* groups drawn so far; callers still to come of the last */
    double *noise;            /* factors of the steps */
    double busyness[SPEC_DAYS];
};

struct replication {
    const struct oh_model *model;
    double now;
    int64_t tick;                /* now, in ticks */
    bool closed;                 /* from a closing to the first staff of the next opening */
    bool dismissing;             /* past_closing */
    bool tells;                  /* somebody wants the story of each call */
    bool at_exit;                /* calls are counted in the period in which they leave */
    double count_from, count_to; /* who enters in between is counted */
    double give_up_at;           /* steady: when call-backs that nobody dials are dropped */
    bool measuring;              /* steady: inside the window */
    uint32_t row;                /* of play->tally: a batch of a long run, otherwise 0 */
    uint32_t period;             /* that a call entering now belongs to */
    uint32_t opening;

    struct evq evq;
    struct evq ends;                /* of agents whose call is counted and forgotten (plain.c) */
    struct call *call;              /* [MODEL_MAX_PRESENT] */
    uint32_t free_call, calls_used; /* slots: a free list, then never used ones */
    uint64_t followed;              /* those that the statistics wait for */
    uint64_t numbers, callers, assignments;
    uint32_t live; /* where lines are limited: live calls waiting, ringing or talking */

    struct agent *agent;
    struct agent_hours *hours; /* of each agent */
    bool weighs_busy;          /* some queue asks for who was least busy */
    struct queue_state *queue;
    struct group_state *group;
    uint32_t waiting, waiting_max; /* over all queues */
    double lazy_soonest;           /* no lazy call gives up before */

    struct source_state *source;
    double *noise;              /* all sources' noise factors */
    double busyness[SPEC_DAYS]; /* the factor of each day */
    bool few_sources;           /* only the first of them is known; no heap */
    uint32_t *source_heap;      /* sources in order of next arrival: a binary heap */
    double *source_next;        /* [sources]: that arrival */
    uint32_t sources_left;
    struct source_state *next_source; /* whose caller comes next */
    double next_arrival;              /* when; INFINITY: nobody comes any more */

    struct sums sums;
    struct pool *pool; /* the short way, if the model has one; otherwise NULL */
    struct play *play;
    struct watch *watch; /* branch.c, or NULL */
    bool full;           /* the limit of calls present was hit */
    const char *broken;  /* an invariant that does not hold: a bug */
};

/* Somebody who looks at the state at each time of the plan, when all before that time has happened
 * and nothing at it. */
struct watch {
    /* False: the replication need not go on. */
    bool (*looks)(struct watch *watch, struct replication *r, double time);
    double looked; /* when last */
    bool stopped;
};

static inline void set_now(struct replication *r, double now)
{
    r->now = now;
    r->tick = ticks_at(r->model, now);
}

/* A level is a number that goes up and down, with its integral over time: the sum of n dt from a
 * to b is n_b T_b - n_a T_a less each change times when it came. So a change costs one addition,
 * and the order of changes does not matter. */
static inline void level_step(const struct replication *r, uint32_t *level, wide *area, int change)
{
    *level += (uint32_t)change;
    *area -= (wide)change * r->tick;
}

/* The integral since the last flush; the next one begins. */
static inline wide level_flush(const struct replication *r, uint32_t level, wide *area)
{
    wide whole = (wide)level * r->tick, past = *area + whole;
    *area = -whole;
    return past;
}

static inline struct queue_cell *queue_cell_of(const struct replication *r, uint32_t row,
                                               uint32_t queue, uint32_t period)
{
    return &r->play->tally[row].queue[queue * panel_periods(&r->model->shape) + period];
}

/* After a closing with `finish` or `hang_up` nobody stays without a reason. */
static inline bool past_closing(const struct replication *r)
{
    return r->dismissing;
}

/* The doors of the centre. */
static inline void set_closed(struct replication *r, bool closed)
{
    r->closed = closed;
    r->dismissing = closed && !r->model->steady && !r->model->carry_over;
}

/* Do calls that enter now belong to the statistics? */
static inline bool in_window(const struct replication *r)
{
    return r->now >= r->count_from && r->now <= r->count_to;
}

/* ---- play.c: the stages of a replication, for branch.c ---- */
/* r->play and r->watch are set: an empty centre. */
void replication_begin(struct replication *r);
/* From the plan's item `cursor` to the end, or until r->watch stops it. */
oh_status replication_go_on(struct replication *r, size_t cursor, char message[256]);
/* Everything is in these sums: fills the tallies. */
oh_status replication_end(struct replication *r, const struct sums *sums, char message[256]);

/* ---- sources.c ---- */
void sources_reset(struct replication *r);
/* What decides between a fresh call and who comes back at the same instant: the queue's place in
 * the file, then the number, and a fresh call has the highest. */
static inline uint64_t arrival_key(uint32_t queue, uint64_t number)
{
    return evq_key(RANK_ARRIVAL, (uint64_t)queue << 40 | number);
}
static inline uint64_t sources_next_key(const struct replication *r)
{
    uint32_t queue = r->sources_left > 0 ? r->model->source[r->source_heap[0]].queue : 0;
    return arrival_key(queue, ((uint64_t)1 << 40) - 1);
}
void sources_arrive(struct replication *r);
/* The first caller of the source that is next has been taken. */
void sources_advance(struct replication *r);
/* The next BATCH callers of a source. */
void sources_refill(struct replication *r, uint32_t source);
/* The contacts that wait at the first opening. */
void sources_backlog(struct replication *r);

/* ---- plain.c: the short way ---- */
/* Makes things happen as long as they come before `until` and nothing about them is out of the
 * ordinary; no longer than somebody is there for whom the statistics wait. False: nothing has
 * happened. */
bool plain_run(struct replication *r, double until, bool only_one);

/* ---- lazy.c: patience without events ---- */
enum { LAZY_MOST = 64 };
/* Call c is the head of a line: who is it when those are out who gave up before now? */
uint32_t lazy_head(struct replication *r, uint32_t c, double now);
/* Whoever gives up before what comes at `time` with this key of the event list has left. */
void lazy_settle(struct replication *r, double time, uint64_t key);
/* The centre opens: calls may be lazy. It closes: those that are become events. */
void lazy_begins(struct replication *r);
void lazy_ends(struct replication *r);

/* ---- calls.c ---- */
/* A slot in state `state`, or NONE if the limit is hit. */
uint32_t call_new(struct replication *r, uint32_t queue, enum call_state state);
/* The one place where a call's state changes: counters follow from the states' properties. */
void call_move(struct replication *r, uint32_t c, enum call_state to);
/* The call enters the centre: it gets its number, period and place in the statistics. */
void call_enters(struct replication *r, uint32_t c);
/* Self-service first, if there is any, then the queue; `balk` is a uniform for balking. */
void call_starts(struct replication *r, uint32_t c, double balk);
/* It stands before the queue (SCENARIO, section 4, "Entering"). */
void call_joins(struct replication *r, uint32_t c, double balk);
/* Draws the handling, patience and ring of a later call of a caller; returns the balk uniform. */
double call_draws(struct replication *r, uint32_t c);
/* One uniform of this call, and one time. */
double call_uniform(const struct replication *r, const struct call *call, enum purpose purpose);
double call_time(const struct replication *r, const struct call *call, const struct dist *d,
                 enum purpose purpose);
/* The uniforms of an even purpose and of the next one; a time from its uniform. */
void call_uniforms(const struct replication *r, const struct call *call, enum purpose purpose,
                   double u[2]);
double call_time_from(const struct replication *r, const struct call *call, const struct dist *d,
                      enum purpose purpose, double u);
/* Waits, whoever may be idle: agents look for it when they come on duty. */
void call_lines_up(struct replication *r, uint32_t c);
/* Into line (or among the pending call-backs) by time of joining; its place is looked for from the
 * head or from the tail. Who was with an agent joined before all who wait: an interrupted contact
 * comes to the head, several of them in their order. */
void line_insert(struct replication *r, struct line *line, uint32_t c, bool near_head);
static inline void line_remove(struct replication *r, struct line *line, uint32_t c)
{
    const struct call *call = &r->call[c];
    if (call->prev == NONE)
        line->head = call->next;
    else
        r->call[call->prev].next = call->next;
    if (call->next == NONE)
        line->tail = call->prev;
    else
        r->call[call->next].prev = call->prev;
}
/* What its pending event means in its state. */
void call_event(struct replication *r, uint32_t c);
/* All about it is known: it is counted and told, though its slot may be needed for longer. */
void call_counts(struct replication *r, uint32_t c);
/* It is counted, if it was not before, and its slot is free. */
void call_over(struct replication *r, uint32_t c);

/* ---- leaving.c ---- */
/* Ends a call that is not with an agent. */
void call_leaves(struct replication *r, uint32_t c, enum outcome outcome);
/* The next thing that happens to a waiting call: overflow, announcement or the end of patience. */
void call_wakes_later(struct replication *r, uint32_t c);
void call_wakes(struct replication *r, uint32_t c);
/* The same for those whose patience does not matter: silent callers and pending call-backs. */
void call_overflows_later(struct replication *r, uint32_t c);
void call_overflows(struct replication *r, uint32_t c);
/* A later call of the same caller. */
void caller_continues(struct call *again, const struct call *call);
/* After abandonment or blocking, after an unresolved answer. */
void caller_redials(struct replication *r, uint32_t c);
void caller_returns(struct replication *r, uint32_t c);

/* ---- service.c ---- */
void call_assign(struct replication *r, uint32_t c, uint32_t agent);
void call_answer(struct replication *r, uint32_t c);
void call_service_ends(struct replication *r, uint32_t c);
/* Writes what was really spent on talk and hold, if that is not what was drawn. */
void service_elapsed(const struct replication *r, struct call *call, double spent);
/* Takes the contact away from its agent, whose time is over. */
void call_drop(struct replication *r, uint32_t c);
/* Makes room for a call that may interrupt others: an agent, or NONE; *queue is that of the
 * interrupted call. */
uint32_t call_preempts(struct replication *r, uint32_t c, uint32_t *queue);
/* The agent's contacts go on at the pace of their new number. */
void agent_repace(struct replication *r, uint32_t agent);

/* ---- callbacks.c ---- */
/* Offers a call-back to a call that must wait; true if it was accepted. */
bool callback_offer(struct replication *r, uint32_t c);
/* An agent dials; then somebody answers, or nobody. */
void callback_dials(struct replication *r, uint32_t c);
void callback_dial_ends(struct replication *r, uint32_t c);
void callback_due(struct replication *r, uint32_t c);
/* At the last closing what is pending is dropped. */
void callbacks_drop(struct replication *r);

/* ---- routing.c ---- */
/* An agent for this call, or NONE. */
uint32_t routing_choose(const struct replication *r, uint32_t c);
/* A call for this agent, or NONE. */
uint32_t routing_pick(const struct replication *r, uint32_t agent);
/* May this group take this call now, as far as waiting time and closing are concerned? */
bool routing_allows(const struct replication *r, uint32_t group, const struct model_skill *skill,
                    const struct call *call);
/* The arrival decision taken again for those who wait in a queue. */
void routing_rematch(struct replication *r, uint32_t queue);

/* ---- rules.c: the two families of routing rules ---- */
/* What an agent is compared by: the lower first, then longest idle, then number. */
struct agent_rank {
    double first;
};
typedef struct agent_rank choose_fn(const struct replication *r, uint32_t agent);
choose_fn *rule_choose(enum choose_rule rule);
/* How urgent a queue is for a group: the higher first, then the longest waiting. */
typedef double pick_fn(const struct replication *r, const struct model_group *g,
                       const struct model_skill *skill, const struct call *head);
pick_fn *rule_pick(enum pick_rule rule);

/* ---- agents.c ---- */
void agents_reset(struct replication *r);
void agents_plan(struct replication *r, const struct model_plan *plan);
void agents_new_day(struct replication *r);
/* Past closing and past the end of his own shift: deferrable work does not keep him. */
static inline bool agent_is_done(const struct replication *r, uint32_t agent, uint32_t queue)
{
    return r->agent[agent].over && past_closing(r) && r->model->queue[queue].deferrable;
}
/* Into the list of the idle, and out of it. */
static inline void agent_idles(struct replication *r, uint32_t a)
{
    struct agent *agent = &r->agent[a];
    struct group_state *g = &r->group[agent->group];
    agent->idle = true;
    agent->idle_since = r->now;
    g->idle++;
    /* In order of (idle since, number): only those of this same instant can come after. */
    uint32_t after = g->idle_tail, next = NONE;
    while (after != NONE && r->agent[after].idle_since == r->now && after > a) {
        next = after;
        after = r->agent[after].prev;
    }
    agent->prev = after;
    agent->next = next;
    if (after == NONE)
        g->idle_head = a;
    else
        r->agent[after].next = a;
    if (next == NONE)
        g->idle_tail = a;
    else
        r->agent[next].prev = a;
}
void agent_stops_idling(struct replication *r, uint32_t agent);
bool agent_can_take(const struct replication *r, uint32_t agent, const struct model_skill *skill);
void agent_take(struct replication *r, uint32_t agent, uint32_t call);
/* The agent puts a contact down; what he does next is another matter. */
void agent_put_down(struct replication *r, uint32_t agent, uint32_t call);
/* With what he has in hand: he leaves, pauses, takes the next contact, or is idle. */
void agent_goes_on(struct replication *r, uint32_t agent);
/* After a contact: some pause first. */
void agent_after_contact(struct replication *r, uint32_t agent, const struct call *call);
void agent_event(struct replication *r, uint32_t agent);
/* He puts a call down of which nothing is left to count. */
void agent_ends_ahead(struct replication *r, uint32_t agent);
/* Everybody with nothing to do goes; calls that nobody can take any more are cut off. */
void agents_dismiss(struct replication *r);

/* ---- score.c ---- */
void score_call(struct replication *r, const struct call *call);
/* The same and call_counts, for a call of plain.c that was answered, or gave up; it leaves the
 * centre at the tick `left`, in this period. */
void score_plain(struct replication *r, struct call *call, int64_t left);
/* The same for one that waited and is given to an agent now, with whom all is known. */
void score_ahead(struct replication *r, const struct call *call, int64_t left, int64_t handling);
/* The period in which calls enter is another one. */
void score_here(struct replication *r);
/* Moves what is counted apart, for speed, to where it belongs. */
void score_at_once(struct replication *r);
/* The probe's side: the whole story of a call that is over. */
void score_tell(const struct replication *r, const struct call *call);
static inline void score_waiting(struct replication *r, struct queue_state *q, int change)
{
    level_step(r, &q->waiting, &q->waiting_area, change);
    r->waiting += (uint32_t)change;
    if (q->waiting > q->waiting_max)
        q->waiting_max = q->waiting;
    if (r->waiting > r->waiting_max)
        r->waiting_max = r->waiting;
}
static inline void score_served(struct replication *r, struct queue_state *q, int change)
{
    level_step(r, &q->served, &q->served_area, change);
}
/* Moves all areas up to now into the cells of the period that ends. */
void score_flush(struct replication *r);
/* False: calls in and calls out do not agree. */
bool score_conserved(const struct replication *r, char message[256]);

#endif
