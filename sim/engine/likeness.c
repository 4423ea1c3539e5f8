/* likeness.c - a number for all that is yet to have consequences.
 *
 * The one idea: hashes of calls are added up, and so are those of agents, since neither has an
 * order. Agents are told apart only where it matters which of them is which.
 */
#include "likeness.h"

#include <string.h>

/* Adds a value to a hash (the finaliser of SplitMix64: Steele, Lea and Flood 2014). */
static uint64_t mix(uint64_t hash, uint64_t value)
{
    uint64_t z = hash + value + 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static uint64_t mix_time(uint64_t hash, double time)
{
    uint64_t bits;
    memcpy(&bits, &time, sizeof bits);
    return mix(hash, bits);
}

static uint64_t mix_event(const struct replication *r, uint64_t hash, uint32_t id)
{
    if (!evq_has(&r->evq, id))
        return hash;
    return mix(mix_time(hash, r->evq.event[id].time), r->evq.event[id].key >> 56);
}

/* ---- calls ---- */

/* What every call has, those of plain.c as well. */
static uint64_t body_of(const struct replication *r, const struct call *call)
{
    uint64_t h = mix(call->queue, call->state), flags = 0;
    h = mix_time(h, call->entered);
    h = mix_time(h, call->joined);
    h = mix_time(h, call->patience);
    h = mix_time(h, call->talk);
    h = mix_time(h, call->hold);
    h = mix_time(h, call->wrap_up);
    h = mix_time(h, call->wait);
    h = mix(h, call->period);
    flags = flags << 1 | call->delayed;
    flags = flags << 1 | call->caller_served;
    flags = flags << 1 | call->scored;
    flags = flags << 1 | call->dropped;
    flags = flags << 1 | call->counted;
    flags = flags << 1 | call->caller_counted;
    flags = flags << 8 | call->outcome;
    flags = flags << 8 | call->cause;
    h = mix(h, flags);
    if (call->agent != NONE && call->state >= CALL_RINGING)
        h = mix(mix_time(h, call->answered),
                (uint64_t)r->agent[call->agent].group << 32 | call->skill);
    if (call->state == CALL_WRAPPING)
        h = mix(mix_time(h, call->left), call->exit_period);
    return h;
}

/* What only the long way knows. */
static uint64_t rest_of(const struct call *call, uint64_t h)
{
    h = mix(h, call->draw);
    h = mix(h, (uint64_t)call->source_key << 32 | call->visit);
    h = mix(h, (uint64_t)call->redials << 32 | call->first_queue);
    h = mix(h, (uint64_t)call->first_period << 32 | call->exit_period);
    h = mix(h, (uint64_t)(uint32_t)call->transfer << 32 | (uint32_t)call->handling_from);
    h = mix(h, (uint64_t)call->handling_queue << 32 | call->attempts);
    h = mix(h, (uint64_t)call->callback_offered << 2 | (uint64_t)call->callback_done << 1 |
                   call->backlog);
    h = mix_time(h, call->answered);
    h = mix_time(h, call->gives_up);
    h = mix_time(h, call->left);
    h = mix_time(h, call->ring);
    h = mix_time(h, call->announced);
    h = mix_time(h, call->work);
    h = mix_time(h, call->since);
    h = mix_time(h, call->rate);
    return mix_time(h, call->held);
}

static uint64_t hash_call(const struct replication *r, uint32_t c)
{
    const struct call *call = &r->call[c];
    uint64_t h = body_of(r, call);
    if (!call->quick)
        h = rest_of(call, h);
    /* Of whoever waits the event follows from the rest, and may be none (lazy.c). */
    return call->state == CALL_WAITING ? h : mix_event(r, h, c);
}

static uint32_t earliest_of(const struct call *call)
{
    uint32_t first = !call->quick && call->visit > 0 ? call->first_period : call->period;
    return call->state != CALL_AWAY && call->period < first ? call->period : first;
}

/* ---- agents ---- */

/* Does it matter which agent is which? */
static bool have_names(const struct replication *r, const struct model_group *g)
{
    return !g->single || g->drop || g->by_line || g->rules->not_ready || g->rules->late ||
           g->rules->absence > 0 || r->weighs_busy;
}

/* Does it matter how long they have been idle: do others who are one set with them to a queue serve
 * it too, or have they names? */
static bool compete(const struct replication *r, const struct model_group *g)
{
    for (size_t k = 0; k < g->skills; k++) {
        const struct model_queue *q = &r->model->queue[g->skill[k].queue];
        for (size_t i = 1; i < q->servers; i++)
            if (q->server[i].level == q->server[i - 1].level)
                return true;
    }
    return have_names(r, g);
}

static uint64_t hash_agent(const struct replication *r, uint32_t a, bool names, bool since)
{
    const struct agent *agent = &r->agent[a];
    uint64_t h = agent->group, flags = 0, contacts = 0;
    flags = flags << 1 | agent->on_duty;
    flags = flags << 1 | agent->idle;
    flags = flags << 1 | agent->ended;
    flags = flags << 1 | agent->break_due;
    flags = flags << 1 | agent->on_break;
    flags = flags << 1 | agent->not_ready;
    flags = flags << 1 | agent->absent;
    flags = flags << 1 | agent->started;
    flags = flags << 1 | agent->late;
    flags = flags << 1 | agent->over;
    flags = flags << 1 | agent->working;
    h = mix(h, flags);
    if (names)
        h = mix(h, a);
    if (agent->idle && since)
        h = mix_time(h, agent->idle_since);
    for (uint32_t c = agent->contact; c != NONE; c = r->call[c].next)
        contacts += hash_call(r, c);
    h = mix(h, contacts);
    if (r->weighs_busy) {
        h = mix_time(h, r->hours[a].on_since);
        h = mix_time(h, r->hours[a].on_time);
        h = mix_time(h, r->hours[a].busy_time);
        h = mix_time(h, agent->busy_since);
    }
    return mix_event(r, h, MODEL_MAX_PRESENT + a);
}

static uint64_t hash_group(const struct replication *r, uint32_t group)
{
    const struct model_group *m = &r->model->group[group];
    const struct group_state *g = &r->group[group];
    bool names = have_names(r, m), since = compete(r, m);
    uint64_t h = mix(group, (uint64_t)g->on_duty << 32 | g->planned), agents = 0;
    h = mix(h, (uint64_t)g->leaving << 32 | g->ended);
    h = mix(h, (uint64_t)g->due << 32 | g->late);
    h = mix(h, g->over);
    for (uint32_t a = m->first_agent; a < m->first_agent + m->agents; a++)
        if (names || r->agent[a].on_duty)
            agents += hash_agent(r, a, names, since);
    return mix(h, agents);
}

uint64_t likeness_of(const struct replication *r, uint32_t *earliest)
{
    uint64_t calls = 0, h = mix(r->period, r->closed);
    *earliest = (uint32_t)r->model->shape.intervals;
    for (uint32_t c = 0; c < r->calls_used; c++) {
        if (r->call[c].state == CALL_OVER)
            continue;
        uint32_t period = earliest_of(&r->call[c]);
        *earliest = period < *earliest ? period : *earliest;
        calls += hash_call(r, c);
    }
    h = mix(h, calls);
    for (uint32_t g = 0; g < r->model->groups; g++)
        h = mix(h, hash_group(r, g));
    return h;
}
