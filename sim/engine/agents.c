/* agents.c - who is on duty, who is idle, who pauses, who goes.
 *
 * The one idea: agents of a count are interchangeable, so a plan that falls by k owes k departures:
 * the idle pay at once, the rest is a debt (`leaving`) that the next to finish pay. Agents of
 * shifts have hours of their own and carry their marks themselves (break_due, ended).
 */
#include "replication.h"

static struct group_state *group_of(struct replication *r, uint32_t a)
{
    return &r->group[r->agent[a].group];
}

void agent_stops_idling(struct replication *r, uint32_t a)
{
    struct agent *agent = &r->agent[a];
    struct group_state *g = group_of(r, a);
    agent->idle = false;
    g->idle--;
    if (agent->prev == NONE)
        g->idle_head = agent->next;
    else
        r->agent[agent->prev].next = agent->next;
    if (agent->next == NONE)
        g->idle_tail = agent->prev;
    else
        r->agent[agent->next].prev = agent->prev;
}

bool agent_can_take(const struct replication *r, uint32_t a, const struct model_skill *skill)
{
    const struct agent *agent = &r->agent[a];
    const struct model_group *m = &r->model->group[agent->group];
    if (!agent->on_duty || agent->not_ready || agent->ended || agent->break_due ||
        agent->used + skill->room > m->room || agent_is_done(r, a, skill->queue))
        return false;
    if (skill->keep_free == 0)
        return true;
    /* Those who would then still hold no contact; somebody who has just put one down is not in the
     * list of the idle yet. */
    uint32_t idle = r->group[agent->group].idle - agent->idle;
    return idle >= skill->keep_free;
}

void agent_take(struct replication *r, uint32_t a, uint32_t c)
{
    struct agent *agent = &r->agent[a];
    struct group_state *g = group_of(r, a);
    struct call *call = &r->call[c];
    if (agent->idle)
        agent_stops_idling(r, a);
    if (agent->contacts++ == 0) {
        level_step(r, &g->busy, &g->busy_area, 1);
        agent->busy_since = r->now;
    }
    if (!r->model->group[agent->group].single)
        level_step(r, &g->contacts, &g->contact_area, 1);
    agent->used += r->model->group[agent->group].skill[call->skill].room;
    call->prev = NONE;
    call->next = agent->contact;
    if (agent->contact != NONE)
        r->call[agent->contact].prev = c;
    agent->contact = c;
    if (agent->contacts > 1)
        agent_repace(r, a);
}

void agent_put_down(struct replication *r, uint32_t a, uint32_t c)
{
    struct agent *agent = &r->agent[a];
    struct group_state *g = group_of(r, a);
    const struct call *call = &r->call[c];
    if (--agent->contacts == 0) {
        level_step(r, &g->busy, &g->busy_area, -1);
        r->hours[a].busy_time += r->now - agent->busy_since;
    }
    if (!r->model->group[agent->group].single)
        level_step(r, &g->contacts, &g->contact_area, -1);
    agent->used -= r->model->group[agent->group].skill[call->skill].room;
    if (call->prev == NONE)
        agent->contact = call->next;
    else
        r->call[call->prev].next = call->next;
    if (call->next != NONE)
        r->call[call->next].prev = call->prev;
    if (agent->contacts > 0)
        agent_repace(r, a);
}

/* Waiting calls whom nobody on duty may take: with no end to their patience they are cut off. */
static void cut_stranded(struct replication *r, uint32_t queue)
{
    const struct model_queue *q = &r->model->queue[queue];
    if (r->queue[queue].line.head == NONE || q->deferrable)
        return;
    for (size_t i = 0; i < q->servers; i++)
        if (r->group[q->server[i].group].on_duty > 0)
            return;
    for (uint32_t c = r->queue[queue].line.head, next; c != NONE; c = next) {
        next = r->call[c].next;
        if (r->call[c].state != CALL_WAITING || isinf(r->call[c].gives_up))
            call_leaves(r, c, OUTCOME_CUT_OFF);
    }
}

static void set_over(struct replication *r, uint32_t a, bool over)
{
    struct group_state *g = group_of(r, a);
    level_step(r, &g->over, &g->overtime_area, over - r->agent[a].over);
    r->agent[a].over = over;
}

/* Agents of a count are beyond the plan as a number, not one by one. */
static void count_over(struct replication *r, uint32_t group)
{
    struct group_state *g = &r->group[group];
    if (r->model->group[group].by_line)
        return;
    uint32_t due = g->due > g->late ? g->due - g->late : 0;
    uint32_t over = g->on_duty > due ? g->on_duty - due : 0;
    level_step(r, &g->over, &g->overtime_area, (int)over - (int)g->over);
}

static void mark_ended(struct replication *r, uint32_t a, bool ended)
{
    group_of(r, a)->ended += (uint32_t)ended - (uint32_t)r->agent[a].ended;
    r->agent[a].ended = ended;
}

static void cancel_event(struct replication *r, uint32_t a)
{
    if (evq_has(&r->evq, MODEL_MAX_PRESENT + a))
        evq_cancel(&r->evq, MODEL_MAX_PRESENT + a);
}

static void go_off_duty(struct replication *r, uint32_t a)
{
    struct agent *agent = &r->agent[a];
    struct group_state *g = group_of(r, a);
    if (agent->idle)
        agent_stops_idling(r, a);
    if (agent->not_ready)
        cancel_event(r, a);
    level_step(r, &g->on_duty, &g->staffed_area, -1);
    agent->on_duty = agent->not_ready = agent->break_due = false;
    r->hours[a].on_time += r->now - r->hours[a].on_since;
    mark_ended(r, a, false);
    if (agent->over)
        set_over(r, a, false);
    count_over(r, agent->group);
    if (past_closing(r) && g->on_duty == 0) {
        const struct model_group *m = &r->model->group[agent->group];
        for (size_t k = 0; k < m->skills; k++)
            cut_stranded(r, m->skill[k].queue);
    }
}

/* Calls that are not waiting yet but may be given to this group: in self-service, or in a service
 * that may be transferred. */
static bool work_may_come(const struct replication *r, uint32_t group)
{
    const struct model_group *m = &r->model->group[group];
    for (size_t k = 0; k < m->skills; k++) {
        uint32_t mine = m->skill[k].queue;
        if (r->model->queue[mine].deferrable)
            continue;
        if (r->queue[mine].in_self > 0)
            return true;
        /* A reserve that nobody else can fill keeps a contact from being taken for good. */
        bool hopeless =
            m->skill[k].keep_free > 0 && r->group[group].idle == r->group[group].on_duty;
        if (r->queue[mine].line.head != NONE && !hopeless)
            return true;
        for (size_t q = 0; q < r->model->queues; q++) {
            const struct spec_queue *rules = r->model->queue[q].rules;
            for (size_t i = 0; i < rules->transfers && r->queue[q].in_talk > 0; i++)
                if (rules->transfer[i].to == mine)
                    return true;
        }
    }
    return false;
}

/* An agent has become idle: contacts that were held back for want of idle agents. */
static void release_held_back(struct replication *r, uint32_t group)
{
    const struct model_group *m = &r->model->group[group];
    for (size_t k = 0; k < m->skills; k++) {
        const struct spec_callback *cb = &r->model->queue[m->skill[k].queue].rules->callback;
        if (m->skill[k].keep_free || (cb->given && cb->dial_when_free > 1))
            routing_rematch(r, m->skill[k].queue);
    }
}

void agent_goes_on(struct replication *r, uint32_t a)
{
    struct agent *agent = &r->agent[a];
    struct group_state *g = group_of(r, a);
    const struct model_group *m = &r->model->group[agent->group];
    if (!agent->on_duty || agent->idle)
        return;
    if (agent->contacts == 0 && (agent->ended || agent->break_due || g->leaving > 0)) {
        bool leaves = agent->ended || g->leaving > 0;
        g->leaving -= !agent->ended && !agent->break_due && g->leaving > 0;
        agent->on_break = agent->break_due && !leaves;
        go_off_duty(r, a);
        return;
    }
    if (agent->not_ready || (m->single && agent->contacts > 0))
        return;
    for (uint32_t c; (c = routing_pick(r, a)) != NONE;) {
        call_assign(r, c, a);
        /* A dial that nobody answers can end within itself. */
        if (m->single || agent->idle || !agent->on_duty || agent->not_ready)
            return;
    }
    if (agent->contacts > 0)
        return;
    if (past_closing(r) && !work_may_come(r, agent->group)) {
        go_off_duty(r, a);
        return;
    }
    agent_idles(r, a);
    if (!m->plain_pick)
        release_held_back(r, agent->group);
}

void agent_after_contact(struct replication *r, uint32_t a, const struct call *call)
{
    struct agent *agent = &r->agent[a];
    const struct spec_group *rules = r->model->group[agent->group].rules;
    double u[2]; /* does he pause, for how long */
    if (!rules->not_ready || agent->contacts > 0)
        return;
    call_uniforms(r, call, DRAW_NOT_READY, u);
    if (u[0] >= rules->not_ready_share)
        return;
    double pause = call_time_from(r, call, rules->not_ready, DRAW_NOT_READY_TIME, u[1]);
    if (pause <= 0 || agent->ended || agent->break_due || group_of(r, a)->leaving > 0)
        return;
    agent->not_ready = true;
    evq_push(&r->evq, MODEL_MAX_PRESENT + a, r->now + pause, evq_key(RANK_READY, a));
}

/* ---- coming and going by plan ---- */

static void start_work(struct replication *r, uint32_t a)
{
    struct agent *agent = &r->agent[a];
    struct group_state *g = group_of(r, a);
    level_step(r, &g->on_duty, &g->staffed_area, 1);
    agent->on_duty = agent->started = true;
    r->hours[a].on_since = r->now;
    count_over(r, agent->group);
    agent_goes_on(r, a);
}

static double agent_draw(const struct replication *r, uint32_t a, enum purpose purpose,
                         const struct dist *d)
{
    const struct model_group *m = &r->model->group[r->agent[a].group];
    struct draw_key key = {r->play->seed, r->play->number, m->key, r->opening};
    uint64_t who = a - m->first_agent;
    double u = draw_one(&key, purpose, 0, who), x;
    if (!d)
        return u;
    double at = 0;
    dist_draw(d, &key, purpose, who, 1, &u, &at, &x);
    return x;
}

/* Comes now, or later if he is late today. */
static void come(struct replication *r, uint32_t a)
{
    struct agent *agent = &r->agent[a];
    const struct dist *late = r->model->group[agent->group].rules->late;
    double delay = late && !agent->started ? agent_draw(r, a, DRAW_LATE, late) : 0;
    if (delay > 0) {
        agent->late = true;
        group_of(r, a)->late++;
        evq_push(&r->evq, MODEL_MAX_PRESENT + a, r->now + delay, evq_key(RANK_SHIFT_START, a));
    } else {
        start_work(r, a);
    }
}

static void comes_no_more(struct replication *r, uint32_t a)
{
    cancel_event(r, a);
    r->agent[a].late = false;
    group_of(r, a)->late--;
}

void agent_ends_ahead(struct replication *r, uint32_t a)
{
    struct agent *agent = &r->agent[a];
    evq_cancel(&r->ends, a);
    agent->contacts = agent->used = 0;
    group_of(r, a)->busy--;
    r->hours[a].busy_time += r->now - agent->busy_since;
    agent_goes_on(r, a);
    if (past_closing(r))
        agents_dismiss(r);
}

void agent_event(struct replication *r, uint32_t a)
{
    struct agent *agent = &r->agent[a];
    evq_cancel(&r->evq, MODEL_MAX_PRESENT + a);
    if (agent->late) {
        agent->late = false;
        group_of(r, a)->late--;
        agent->working = true;
        agent->started = true;
        if (!agent->on_break)
            start_work(r, a);
    } else {
        agent->not_ready = false;
        agent_goes_on(r, a);
    }
}

/* How many of the first `planned` agents of a count are there today. */
static uint32_t present(const struct replication *r, const struct model_group *m, uint32_t planned)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < planned; i++)
        n += !r->agent[m->first_agent + i].absent;
    return n;
}

static void count_up(struct replication *r, uint32_t group, uint32_t want)
{
    const struct model_group *m = &r->model->group[group];
    struct group_state *g = &r->group[group];
    uint32_t have = g->on_duty - g->leaving - g->ended + g->late;
    uint32_t more = want > have ? want - have : 0;
    uint32_t stay = g->leaving < more ? g->leaving : more;
    g->leaving -= stay;
    more -= stay;
    for (uint32_t a = m->first_agent; more > 0 && g->ended > 0 && a < m->first_agent + m->agents;
         a++)
        if (r->agent[a].ended) {
            mark_ended(r, a, false);
            more--;
            agent_goes_on(r, a);
        }
    for (uint32_t a = m->first_agent; more > 0 && a < m->first_agent + m->agents; a++)
        if (!r->agent[a].on_duty && !r->agent[a].late && !r->agent[a].absent) {
            more--;
            come(r, a);
        }
}

static void drop_contacts(struct replication *r, uint32_t a)
{
    mark_ended(r, a, true);
    while (r->agent[a].contact != NONE)
        call_drop(r, r->agent[a].contact);
    agent_goes_on(r, a);
}

/* Who has fewest contacts, and of these the highest number, is marked to go: with several contacts
 * in hand "the next to finish" is not a matter of one contact. */
static void mark_one(struct replication *r, const struct model_group *m)
{
    uint32_t best = NONE;
    for (uint32_t a = m->first_agent; a < m->first_agent + m->agents; a++) {
        const struct agent *agent = &r->agent[a];
        if (agent->on_duty && !agent->ended &&
            (best == NONE || agent->contacts <= r->agent[best].contacts))
            best = a;
    }
    if (best != NONE)
        mark_ended(r, best, true);
}

static void count_down(struct replication *r, uint32_t group, uint32_t want)
{
    const struct model_group *m = &r->model->group[group];
    struct group_state *g = &r->group[group];
    uint32_t have = g->on_duty - g->leaving - g->ended + g->late;
    uint32_t fewer = have > want ? have - want : 0;
    uint32_t end = m->first_agent + m->agents;
    for (uint32_t a = end; fewer > 0 && g->late > 0 && a-- > m->first_agent;)
        if (r->agent[a].late) {
            comes_no_more(r, a);
            fewer--;
        }
    for (uint32_t a = end; fewer > 0 && a-- > m->first_agent;)
        if (r->agent[a].on_duty && r->agent[a].contacts == 0 && !r->agent[a].ended) {
            go_off_duty(r, a);
            fewer--;
        }
    for (uint32_t a = end; m->drop && fewer > 0 && a-- > m->first_agent;)
        if (r->agent[a].on_duty) {
            drop_contacts(r, a);
            fewer--;
        }
    for (; !m->single && fewer > 0; fewer--)
        mark_one(r, m);
    g->leaving += fewer;
}

/* At closing and after it, the rule of closing decides who stays. */
static bool at_closing(const struct replication *r, const struct model_plan *p)
{
    return !r->model->steady && !r->model->carry_over &&
           r->now >= r->model->opening[p->opening].closes;
}

static void change_count(struct replication *r, const struct model_plan *p)
{
    struct group_state *g = &r->group[p->group];
    uint32_t before = g->planned;
    g->planned = p->target;
    g->due = present(r, &r->model->group[p->group], p->target);
    if (p->target > before)
        count_up(r, p->group, g->due);
    else if (!at_closing(r, p))
        count_down(r, p->group, g->due);
    count_over(r, p->group);
}

static void line_start(struct replication *r, uint32_t a)
{
    struct agent *agent = &r->agent[a];
    if (agent->absent)
        return;
    mark_ended(r, a, false);
    set_over(r, a, false);
    agent->on_break = false;
    if (agent->on_duty) /* still at work from before */
        agent->working = true;
    else
        come(r, a);
    agent->working = !agent->late;
}

static void line_end(struct replication *r, uint32_t a, bool closing)
{
    struct agent *agent = &r->agent[a];
    agent->working = agent->on_break = false;
    if (agent->late)
        comes_no_more(r, a);
    if (!agent->on_duty)
        return;
    set_over(r, a, true);
    if (closing)
        return;
    if (agent->contacts == 0)
        go_off_duty(r, a);
    else if (r->model->group[agent->group].drop)
        drop_contacts(r, a);
    else
        mark_ended(r, a, true);
}

static void break_start(struct replication *r, uint32_t a)
{
    struct agent *agent = &r->agent[a];
    if (agent->late || (agent->on_duty && agent->contacts == 0))
        agent->on_break = true;
    if (agent->on_duty && agent->contacts == 0)
        go_off_duty(r, a);
    else if (agent->on_duty)
        agent->break_due = true;
}

static void break_end(struct replication *r, uint32_t a)
{
    struct agent *agent = &r->agent[a];
    bool back = agent->on_break && agent->working && !agent->on_duty;
    bool was_due = agent->break_due;
    agent->on_break = agent->break_due = false;
    if (back)
        start_work(r, a);
    else if (was_due)
        agent_goes_on(r, a);
}

void agents_plan(struct replication *r, const struct model_plan *p)
{
    if (p->kind == PLAN_STAFF_UP || p->kind == PLAN_STAFF_DOWN) {
        change_count(r, p);
        return;
    }
    const struct model_line *line = &r->model->line[p->group];
    bool closing = at_closing(r, p);
    for (uint32_t a = line->first; a < line->first + line->count; a++) {
        if (p->kind == PLAN_LINE_START)
            line_start(r, a);
        else if (p->kind == PLAN_LINE_END)
            line_end(r, a, closing);
        else if (p->kind == PLAN_BREAK_START)
            break_start(r, a);
        else
            break_end(r, a);
    }
}

void agents_new_day(struct replication *r)
{
    for (uint32_t a = 0; a < r->model->agents; a++) {
        struct agent *agent = &r->agent[a];
        double share = r->model->group[agent->group].rules->absence;
        agent->started = false;
        agent->absent = share > 0 && agent_draw(r, a, DRAW_ABSENT, NULL) < share;
    }
}

void agents_reset(struct replication *r)
{
    const struct oh_model *m = r->model;
    for (uint32_t g = 0; g < m->groups; g++) {
        r->group[g] = (struct group_state){.idle_head = NONE,
                                           .idle_tail = NONE,
                                           .skill = m->group[g].skill,
                                           .skills_end = m->group[g].skill + m->group[g].skills,
                                           .room = m->group[g].room,
                                           .quick = m->group[g].quick};
        for (uint32_t i = 0; i < m->group[g].agents; i++) {
            uint32_t a = m->group[g].first_agent + i;
            r->agent[a] = (struct agent){.group = g, .contact = NONE};
            r->hours[a] = (struct agent_hours){0};
            evq_blank(&r->evq, MODEL_MAX_PRESENT + a);
            evq_blank(&r->ends, a);
        }
    }
    agents_new_day(r);
}

void agents_dismiss(struct replication *r)
{
    for (uint32_t g = 0; g < r->model->groups; g++) {
        uint32_t next;
        if (r->group[g].on_duty == 0 || work_may_come(r, g))
            continue;
        for (uint32_t a = r->group[g].idle_head; a != NONE; a = next) {
            next = r->agent[a].next;
            go_off_duty(r, a);
        }
    }
    for (uint32_t q = 0; q < r->model->queues; q++)
        cut_stranded(r, q);
}
