/* plain.c - the short way through the general engine: a call to which nothing special can happen,
 * served by agents to whom nothing special happens.
 *
 * The one idea: where the model says so (queue->quick, group->quick), an arrival, the end of a
 * service and the end of patience are what sources.c, calls.c, service.c, routing.c and agents.c
 * would do, written out for the case that they meet nearly always. The state between two events is
 * the same, so any event may go the long way instead, and does as soon as anything is out of the
 * ordinary.
 *
 * But for one thing: of a call that is given to an agent and will be over, wrap-up included, before
 * the next item of the plan, all is known. It is counted there and then, nobody needs to remember
 * it, and an event of the agent's own frees him (r->ends). He does nothing else until then.
 */
#include "replication.h"

/* A time between two items of the plan. */
struct stretch {
    double until;
    double known; /* what ends before is known beforehand */
    bool inside;  /* all of it is in the window */
};

#define SHORT             static inline __attribute__((always_inline))
#define RARELY(condition) __builtin_expect(condition, 0)

/* So many agents do not fit a fast cache, and it pays to ask for them beforehand. */
enum { MANY = 2048 };

/* The longest idle agent who may take a call of this queue: by level of preference. */
SHORT uint32_t idle_agent(const struct replication *r, const struct queue_state *q,
                          const struct model_server **by)
{
    uint32_t best = NONE;
    for (const struct model_server *server = q->server; server < q->servers_end; server++) {
        uint32_t a = r->group[server->group].idle_head;
        if (best != NONE && server->level != server[-1].level)
            break;
        if (a == NONE)
            continue;
        if (best == NONE || r->agent[a].idle_since < r->agent[best].idle_since ||
            (r->agent[a].idle_since == r->agent[best].idle_since && a < best)) {
            best = a;
            *by = server;
        }
    }
    return best;
}

/* The call that an agent of this group, free at `now`, takes next: the first class that has
 * somebody waiting, in it the longest waiting. */
SHORT uint32_t next_call(struct replication *r, const struct group_state *g, double now,
                         const struct model_skill **by)
{
    uint32_t best = NONE;
    for (const struct model_skill *skill = g->skill; skill < g->skills_end; skill++) {
        if (best != NONE && skill->class_ != skill[-1].class_)
            break;
        uint32_t c = r->queue[skill->queue].line.head;
        if (c == NONE)
            continue;
        if (RARELY(r->call[c].gives_up < now && r->call[c].lazy)) {
            c = lazy_head(r, c, now);
            if (c == NONE)
                continue;
        }
        if (best == NONE || r->call[c].joined < r->call[best].joined) {
            best = c;
            *by = skill;
        }
    }
    return best;
}

/* ---- given to an agent ---- */

/* What a call takes of its agent, and when. */
struct stay {
    double talk, hold, wrap_up;
    double leaves, ends; /* the caller, the agent's work */
};

SHORT struct stay stay_from(double now, double talk, double hold, double wrap_up, double speed)
{
    if (RARELY(speed != 1)) {
        talk /= speed;
        hold /= speed;
        wrap_up /= speed;
    }
    double leaves = now + (talk + hold);
    return (struct stay){talk, hold, wrap_up, leaves, wrap_up > 0 ? leaves + wrap_up : leaves};
}

/* The agent is busy until then, and the call that keeps him is counted already. */
SHORT void busy_ahead(struct replication *r, uint32_t a, struct group_state *g, double ends,
                      int64_t ends_tick)
{
    wide_add(&g->busy_area, (uint64_t)(ends_tick - r->tick));
    evq_push(&r->ends, a, ends, evq_key(RANK_SERVICE, r->assignments));
}

/* The call is with its agent, and its end is an event like any other. */
SHORT void stays(struct replication *r, uint32_t c, struct call *call, struct queue_state *q,
                 uint32_t a, struct group_state *g, uint32_t skill, const struct stay *stay)
{
    call->talk = stay->talk;
    call->hold = stay->hold;
    call->wrap_up = stay->wrap_up;
    call->answered = r->now;
    call->assignment = r->assignments;
    call->prev = call->next = NONE;
    call->agent = a;
    call->skill = skill;
    call->outcome = OUTCOME_ANSWERED;
    call->state = CALL_TALKING;
    call->caller_served = true;
    if (call->caller_counted)
        sums_queue(&r->sums, r->model, call->row, call->queue, call->period)->callers_served++;
    q->in_talk++;
    score_served(r, q, 1);
    r->agent[a].contact = c;
    g->busy_area -= r->tick;
    evq_push(&r->evq, c, stay->leaves, evq_key(RANK_SERVICE, r->assignments));
}

/* ---- arriving ---- */

/* A slot that was such a call's before, which leaves most of it as it must be; or any. */
SHORT uint32_t slot_for(struct replication *r)
{
    uint32_t c = r->free_call;
    if (RARELY(c == NONE || !r->call[c].quick)) {
        if (c == NONE && r->calls_used == MODEL_MAX_PRESENT)
            return NONE;
        return call_new(r, 0, CALL_ENTERING);
    }
    r->free_call = r->call[c].next;
    return c;
}

/* Who has taken a slot is another call, and what it brings along is its own. */
SHORT void enters(struct replication *r, struct call *call, const struct source_state *s,
                  uint32_t pos, bool window)
{
    call->joined = call->entered = r->now;
    call->talk = s->talk[pos];
    call->hold = s->hold[pos];
    call->wrap_up = s->wrap_up[pos];
    call->wait = 0;
    call->patience = s->patience[pos];
    call->queue = s->queue;
    call->row = r->row;
    call->period = r->period;
    call->state = CALL_ENTERING;
    call->outcome = OUTCOME_NONE;
    call->cause = CAUSE_FRESH;
    call->quick = true;
    call->delayed = call->caller_served = call->scored = call->dropped = false;
    call->counted = call->caller_counted = window;
    call->number = r->numbers;
    if (RARELY(r->tells)) {
        call->caller = r->callers;
        call->draw = s->first + pos;
        call->source_key = s->key;
    }
}

/* To the end of the line: nobody there joined later than now. */
SHORT void lines_up(struct replication *r, uint32_t c, struct call *call, struct queue_state *q)
{
    /* What is not a new maximum with those who may be gone is none without them. */
    if (RARELY(q->waiting >= q->waiting_max || r->waiting >= r->waiting_max))
        lazy_settle(r, r->now, evq_key(RANK_ARRIVAL, 0));
    call->state = CALL_WAITING;
    call->agent = call->next = NONE;
    call->prev = q->line.tail;
    if (q->line.tail == NONE)
        q->line.head = c;
    else
        r->call[q->line.tail].next = c;
    q->line.tail = c;
    score_waiting(r, q, 1);
    call->gives_up = r->now + call->patience;
    call->lazy = q->lazy && q->in_line < LAZY_MOST && call->gives_up < INFINITY;
    if (call->lazy)
        r->lazy_soonest = call->gives_up < r->lazy_soonest ? call->gives_up : r->lazy_soonest;
    else if (call->gives_up < INFINITY)
        evq_push(&r->evq, c, call->gives_up, evq_key(RANK_PATIENCE, call->number));
    q->in_line++;
}

SHORT void must_wait(struct replication *r, uint32_t c, struct call *call, struct queue_state *q,
                     double balk)
{
    call->delayed = true;
    if (RARELY(q->in_line >= q->capacity || balk < q->balk)) {
        call->agent = call->next = call->prev = NONE;
        call_leaves(r, c, q->in_line >= q->capacity ? OUTCOME_BLOCKED : OUTCOME_BALKED);
    } else {
        lines_up(r, c, call, q);
    }
}

/* The longest idle of his group begins to work. */
SHORT void starts_work(struct replication *r, uint32_t a, struct group_state *g)
{
    struct agent *agent = &r->agent[a];
    uint32_t next = agent->next;
    agent->idle = false;
    g->idle--;
    g->idle_head = next;
    if (next == NONE)
        g->idle_tail = NONE;
    else
        r->agent[next].prev = NONE;
    agent->contacts = agent->used = 1; /* each contact fills him */
    agent->busy_since = r->now;
    g->busy++;
}

/* Answered without a wait, and over before anything else is planned. */
SHORT void passes(struct replication *r, struct queue_state *q, uint32_t a, struct group_state *g,
                  const struct stay *stay, bool window)
{
    const struct oh_model *m = r->model;
    int64_t left = ticks_at(m, stay->leaves);
    uint64_t time = (uint64_t)(left - r->tick);
    wide_add(&q->served_area, time);
    if (window) {
        q->at_once++;
        wide_add(&q->here->in_system, time);
        wide_add(&q->here->handling,
                 (uint64_t)ticks_of(m, stay->talk + stay->hold + stay->wrap_up));
    }
    busy_ahead(r, a, g, stay->ends, stay->wrap_up > 0 ? ticks_at(m, stay->ends) : left);
}

SHORT void sources_go_on(struct replication *r, struct source_state *s, uint32_t pos)
{
    if (r->sources_left > 1 || pos + 1 == BATCH || s->at[pos + 1] == INFINITY) {
        sources_advance(r);
    } else {
        s->pos = pos + 1;
        r->next_arrival = s->at[pos + 1];
    }
}

/* Nobody can take the next caller now, or somebody will be with him for longer than is known. */
SHORT bool takes_slot(struct replication *r, const struct source_state *s, uint32_t pos,
                      struct queue_state *q, uint32_t a, const struct model_server *by,
                      const struct stay *stay, bool window)
{
    uint32_t c = slot_for(r);
    if (RARELY(c == NONE))
        return false;
    struct call *call = &r->call[c];
    r->followed += window;
    enters(r, call, s, pos, window);
    if (a == NONE) {
        must_wait(r, c, call, q, s->balk[pos]);
        return true;
    }
    struct group_state *g = &r->group[by->group];
    starts_work(r, a, g);
    stays(r, c, call, q, a, g, by->skill, stay);
    r->assignments++;
    return true;
}

SHORT bool arrives(struct replication *r, double now, const struct stretch *t)
{
    struct source_state *s = r->next_source;
    uint32_t pos = s->pos;
    struct queue_state *q = &r->queue[s->queue];
    if (RARELY(!s->quick))
        return false;
    struct stay stay = {0};
    const struct model_server *by = NULL;
    uint32_t a = idle_agent(r, q, &by);
    set_now(r, now);
    bool window = t->inside || in_window(r);
    if (a != NONE)
        stay = stay_from(now, s->talk[pos], s->hold[pos], s->wrap_up[pos],
                         r->group[by->group].skill[by->skill].speed);
    if (a != NONE && stay.ends < t->known) {
        struct group_state *g = &r->group[by->group];
        starts_work(r, a, g);
        passes(r, q, a, g, &stay, window);
        r->assignments++;
    } else if (!takes_slot(r, s, pos, q, a, by, &stay, window)) {
        return false;
    }
    r->numbers++;
    r->callers++;
    sources_go_on(r, s, pos);
    return true;
}

/* ---- leaving ---- */

/* What the end after the next one will look at. */
SHORT void look_ahead(const struct replication *r)
{
    const struct evq *q = &r->ends;
    uint64_t rest = q->used[(q->first & q->mask) >> 6] >> (q->first & 63);
    rest &= rest - 1;
    if (rest)
        __builtin_prefetch(
            &r->agent[q->slot[(q->first + (uint64_t)__builtin_ctzll(rest)) & q->mask].id]);
}

/* It is counted, and its slot is free. */
SHORT void is_gone(struct replication *r, uint32_t c, struct call *call)
{
    r->followed -= call->counted;
    call->state = CALL_OVER;
    call->next = r->free_call;
    r->free_call = c;
}

SHORT void leaves_line(struct replication *r, uint32_t c, struct queue_state *q)
{
    line_remove(r, &q->line, c);
    wide_add(&q->waiting_area, (uint64_t)r->tick);
    q->waiting--;
    r->waiting--;
    q->in_line--;
}

static bool patience_ends(struct replication *r, uint32_t c, struct call *call)
{
    struct queue_state *q = &r->queue[call->queue];
    if (r->closed || r->evq.event[c].key >> 56 != RANK_PATIENCE)
        return false;
    set_now(r, r->evq.min);
    evq_pop(&r->evq);
    leaves_line(r, c, q);
    call->wait = call->patience;
    call->outcome = OUTCOME_ABANDONED;
    score_plain(r, call, r->tick);
    is_gone(r, c, call);
    return true;
}

/* From the line to this agent, who has just put a call down and so stays busy. */
SHORT void takes_next(struct replication *r, uint32_t c, uint32_t a, struct group_state *g,
                      const struct model_skill *by, double known)
{
    struct call *call = &r->call[c];
    struct queue_state *q = &r->queue[call->queue];
    struct agent *agent = &r->agent[a];
    const struct oh_model *m = r->model;
    struct stay stay = stay_from(r->now, call->talk, call->hold, call->wrap_up, by->speed);
    leaves_line(r, c, q);
    if (RARELY(!call->lazy && call->gives_up < INFINITY))
        evq_cancel(&r->evq, c);
    call->wait = r->now - call->joined;
    if (RARELY(r->weighs_busy)) {
        r->hours[a].busy_time += r->now - agent->busy_since;
        agent->busy_since = r->now;
    }
    /* After closing a steady run goes on until those who are counted are gone. */
    if (stay.ends < known && !RARELY(r->closed && call->counted)) {
        int64_t left = ticks_at(m, stay.leaves);
        wide_add(&q->served_area, (uint64_t)(left - r->tick));
        score_ahead(r, call, left, ticks_of(m, stay.talk + stay.hold + stay.wrap_up));
        is_gone(r, c, call);
        busy_ahead(r, a, g, stay.ends, stay.wrap_up > 0 ? ticks_at(m, stay.ends) : left);
    } else {
        stays(r, c, call, q, a, g, (uint32_t)(by - g->skill), &stay);
    }
    r->assignments++;
}

SHORT void nothing_to_do(struct replication *r, uint32_t a, struct group_state *g)
{
    struct agent *agent = &r->agent[a];
    agent->contacts = agent->used = 0;
    if (RARELY(r->weighs_busy))
        r->hours[a].busy_time += r->now - agent->busy_since;
    g->busy--;
    agent_idles(r, a);
}

SHORT void goes_on(struct replication *r, uint32_t a, struct group_state *g, uint32_t next,
                   const struct model_skill *by, double known)
{
    if (next != NONE)
        takes_next(r, next, a, g, by, known);
    else
        nothing_to_do(r, a, g);
}

/* The end of a call that was counted ahead. */
SHORT bool end_comes(struct replication *r, uint32_t a, double known)
{
    struct group_state *g = &r->group[r->agent[a].group];
    const struct model_skill *by = NULL;
    uint32_t next = next_call(r, g, r->ends.min, &by);
    if (next != NONE && RARELY(!r->call[next].quick))
        return false;
    set_now(r, r->ends.min);
    evq_pop(&r->ends);
    if (RARELY(r->model->agents > MANY))
        look_ahead(r);
    goes_on(r, a, g, next, by, known);
    return true;
}

/* The end of any other. */
static bool service_ends(struct replication *r, uint32_t c, struct call *call, double known)
{
    uint32_t a = call->agent;
    struct agent *agent = &r->agent[a];
    struct group_state *g = &r->group[agent->group];
    struct queue_state *q = &r->queue[call->queue];
    if (call->wrap_up > 0 || r->dismissing || !g->quick || g->leaving > 0 || agent->ended ||
        agent->break_due)
        return false;
    const struct model_skill *by = NULL;
    uint32_t next = next_call(r, g, r->evq.min, &by);
    if (next != NONE && RARELY(!r->call[next].quick))
        return false;
    set_now(r, r->evq.min);
    evq_pop(&r->evq);
    q->in_talk--;
    score_served(r, q, -1);
    score_plain(r, call, r->tick);
    g->busy_area += r->tick;
    agent->contact = NONE;
    is_gone(r, c, call);
    goes_on(r, a, g, next, by, known);
    return true;
}

/* ---- handed over ---- */

/* Somebody of those who are asked first for this queue's calls has been idle since before `due`. */
struct asked {
    bool idle, tie;
    const struct model_server *by; /* this group's place among them */
};

SHORT struct asked ask_first(const struct replication *r, const struct queue_state *q,
                             uint32_t group, double due)
{
    struct asked asked = {0};
    for (const struct model_server *server = q->server; server < q->servers_end; server++) {
        if (server->level != q->server->level)
            break;
        uint32_t a = r->group[server->group].idle_head;
        if (a != NONE) {
            asked.idle = true;
            asked.tie |= r->agent[a].idle_since == due;
        }
        if (server->group == group)
            asked.by = server;
    }
    return asked;
}

/* The agent's end is due before the next arrival, and nobody waits. If he would be idle until that
 * arrival takes him, this is one event; if it takes somebody who has been idle for longer, his end
 * can be looked at later. */
SHORT bool hands_over(struct replication *r, uint32_t a, double arrival, const struct stretch *t)
{
    struct source_state *s = r->next_source;
    uint32_t pos = s->pos, group = r->agent[a].group;
    struct queue_state *q = &r->queue[s->queue];
    double due = r->ends.min;
    if (RARELY(!s->quick || r->closed))
        return false;
    struct asked asked = ask_first(r, q, group, due);
    if (asked.idle)
        return !asked.tie && arrives(r, arrival, t);
    if (!asked.by)
        return false;
    struct group_state *g = &r->group[group];
    struct stay stay = stay_from(arrival, s->talk[pos], s->hold[pos], s->wrap_up[pos],
                                 g->skill[asked.by->skill].speed);
    if (RARELY(stay.ends >= t->known))
        return false;
    evq_pop(&r->ends);
    if (RARELY(r->model->agents > MANY))
        look_ahead(r);
    if (RARELY(r->ends.min == due)) { /* who has the lower number? */
        set_now(r, due);
        nothing_to_do(r, a, g);
        return true;
    }
    if (RARELY(r->weighs_busy)) {
        r->hours[a].busy_time += due - r->agent[a].busy_since;
        r->agent[a].busy_since = arrival;
    }
    set_now(r, arrival);
    passes(r, q, a, g, &stay, t->inside || in_window(r));
    r->assignments++;
    r->numbers++;
    r->callers++;
    sources_go_on(r, s, pos);
    return true;
}

/* An event of a call's own. */
static bool other_comes(struct replication *r, const struct stretch *t)
{
    double due = r->evq.min;
    uint32_t c = r->evq.next;
    if (!(due < r->next_arrival && due < r->ends.min && due < t->until) || c >= MODEL_MAX_PRESENT)
        return false;
    struct call *call = &r->call[c];
    if (!call->quick)
        return false;
    if (call->state == CALL_TALKING)
        return service_ends(r, c, call, t->known);
    return call->state == CALL_WAITING && patience_ends(r, c, call);
}

/* One such event, if it comes in this stretch of time. */
SHORT bool happens(struct replication *r, const struct stretch *t)
{
    double arrival = r->next_arrival, end = r->ends.min;
    double limit = r->evq.min < t->until ? r->evq.min : t->until;
    if (arrival < end && arrival < limit)
        return arrives(r, arrival, t);
    if (end < arrival && end < limit) {
        uint32_t a = r->ends.next;
        return (r->waiting == 0 && arrival < limit && hands_over(r, a, arrival, t)) ||
               end_comes(r, a, t->known);
    }
    return other_comes(r, t);
}

bool plain_run(struct replication *r, double until, bool only_one)
{
    bool any = false, watched = only_one || r->closed;
    const struct stretch t = {
        .until = until,
        .known = r->tells || r->dismissing ? -INFINITY : until,
        .inside = in_window(r) && until <= r->count_to,
    };
    while (happens(r, &t)) {
        any = true;
        if (RARELY(watched) && (only_one || r->followed == 0))
            break;
    }
    return any;
}
