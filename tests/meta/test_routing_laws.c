/* test_routing_laws.c - what no routing rule may ever do, asked of random scenarios that use all
 * features at once.
 *
 * The one idea: the scenario's own words (the spec) say who may take what and who comes first; the
 * engine's decisions are only looked at afterwards, by comparing the state before an event with the
 * state after it.
 */
#include "../support/played.h"
#include "../support/scenario_gen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/engine/replication.h"

enum { SCENARIOS = 600 };

struct eye {
    const char *what;
    struct agent *before; /* all agents as they were before the event */
    struct agent_hours *hours;
    uint64_t assignments, numbers;
    uint64_t picks, choices; /* decisions looked at */
};

#define LAW(eye, r, condition, ...)                                                                \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            print_message("%.40s ..., at %.9g s:\n", strstr((eye)->what, "name: "), (r)->now);     \
            fail_with(__FILE__, __LINE__, __VA_ARGS__);                                            \
        }                                                                                          \
    } while (0)

/* ---- the words of the scenario ---- */

static const struct spec_group *words_of(const struct replication *r, uint32_t group)
{
    return r->model->group[group].rules;
}

static const struct spec_serves *serves(const struct replication *r, uint32_t group, uint32_t queue)
{
    const struct spec_group *g = words_of(r, group);
    for (size_t i = 0; i < g->n_serves; i++)
        if (g->serves[i].queue == queue)
            return &g->serves[i];
    return NULL;
}

/* From which wait on a group may take contacts of a queue; INFINITY: never. Its place among the
 * preferred groups. */
static double after_which(const struct replication *r, uint32_t group, uint32_t queue,
                          size_t *place)
{
    const struct spec_queue *q = r->model->queue[queue].rules;
    *place = 0;
    for (size_t i = 0; i < q->prefers; i++)
        if (q->prefer[i].group == group) {
            *place = i;
            return q->prefer[i].after;
        }
    return q->prefers ? INFINITY : 0;
}

static unsigned at_once(const struct spec_serves *s)
{
    return s->at_once ? s->at_once : 1;
}

/* What fills an agent, in parts of him: a common multiple of all numbers at once. */
static unsigned parts(const struct spec_group *g)
{
    unsigned n = 1;
    for (size_t i = 0; i < g->n_serves; i++)
        n *= at_once(&g->serves[i]);
    return n;
}

static unsigned parts_of(const struct spec_group *g, const struct spec_serves *s)
{
    return parts(g) / at_once(s);
}

/* What an agent's contacts fill of him now. */
static unsigned filled(const struct replication *r, uint32_t a)
{
    uint32_t group = r->agent[a].group;
    unsigned sum = 0;
    for (uint32_t c = r->agent[a].contact; c != NONE; c = r->call[c].next)
        sum += parts_of(words_of(r, group), serves(r, group, r->call[c].queue));
    return sum;
}

static bool ready(const struct agent *a)
{
    return a->on_duty && !a->not_ready && !a->ended && !a->break_due;
}

/* Agents of the group who hold nothing; `idle`: and are ready for something. */
static unsigned without_contact(const struct replication *r, uint32_t group, bool idle)
{
    const struct model_group *g = &r->model->group[group];
    unsigned n = 0;
    for (uint32_t a = g->first_agent; a < g->first_agent + g->agents; a++) {
        const struct agent *agent = &r->agent[a];
        n += agent->on_duty && agent->contacts == 0 && (!idle || agent->idle);
    }
    return n;
}

/* May the group take a contact of the queue that joined then? */
static bool allowed(const struct replication *r, uint32_t group, uint32_t queue, double joined)
{
    size_t place;
    double after = after_which(r, group, queue, &place);
    return serves(r, group, queue) && (after == 0 || joined + after <= r->now);
}

/* After closing, deferrable work keeps nobody. */
static bool keeps_nobody(const struct replication *r, uint32_t queue)
{
    return past_closing(r) && r->model->queue[queue].deferrable;
}

/* ---- nobody idles beside work ---- */

/* Something will still happen to this call at this very instant. */
static bool unsettled(const struct replication *r, uint32_t c)
{
    return evq_has(&r->evq, c) && r->evq.event[c].time == r->now;
}

static bool has_room(const struct replication *r, uint32_t a, uint32_t queue)
{
    uint32_t group = r->agent[a].group;
    const struct spec_group *g = words_of(r, group);
    const struct spec_serves *s = serves(r, group, queue);
    unsigned others = without_contact(r, group, true) - r->agent[a].idle;
    return filled(r, a) + parts_of(g, s) <= parts(g) && others >= s->keep_free;
}

static void check_idleness(const struct eye *eye, const struct replication *r, uint32_t a)
{
    uint32_t group = r->agent[a].group;
    const struct spec_group *g = words_of(r, group);
    for (size_t i = 0; i < g->n_serves; i++) {
        uint32_t q = (uint32_t)g->serves[i].queue, c = r->queue[q].line.head;
        if (c != NONE && !unsettled(r, c) && !keeps_nobody(r, q) &&
            allowed(r, group, q, r->call[c].joined))
            LAW(eye, r, !has_room(r, a, q),
                "an agent of %s has room while call %d waits in %s that he may take", g->name,
                (int)r->call[c].number + 1, r->model->queue[q].name);
        c = r->queue[q].callbacks.head;
        const struct spec_callback *cb = &r->model->queue[q].rules->callback;
        if (c != NONE && r->agent[a].idle && !past_closing(r) && cb->dial_when_free <= 1 &&
            !unsettled(r, c) && allowed(r, group, q, r->call[c].joined))
            LAW(eye, r, !has_room(r, a, q), "an idle agent of %s does not dial for %s", g->name,
                r->model->queue[q].name);
    }
}

/* ---- nobody gets what is not his ---- */

static bool new_with_agent(const struct eye *eye, const struct call *call)
{
    bool held =
        call->state == CALL_RINGING || call->state == CALL_TALKING || call->state == CALL_WASTING;
    return held && call->agent != NONE && call->assignment >= eye->assignments;
}

/* The longest waiting of its queue. */
static void check_turn(const struct eye *eye, const struct replication *r, const struct call *call)
{
    for (uint32_t c = r->queue[call->queue].line.head; c != NONE; c = r->call[c].next) {
        const struct call *other = &r->call[c];
        LAW(eye, r, other->joined >= call->joined || call->outcome == OUTCOME_CALLBACK,
            "call %d was taken before call %d of the same queue", (int)call->number + 1,
            (int)other->number + 1);
    }
}

static void check_assignment(const struct eye *eye, const struct replication *r,
                             const struct call *call)
{
    const struct agent *agent = &r->agent[call->agent];
    const struct spec_group *g = words_of(r, agent->group);
    const struct spec_serves *s = serves(r, agent->group, call->queue);
    const char *queue = r->model->queue[call->queue].name;
    LAW(eye, r, s, "%s got a call of %s, which it does not serve", g->name, queue);
    LAW(eye, r, allowed(r, agent->group, call->queue, call->joined),
        "%s got a call of %s after %.9g s, which it may not take yet", g->name, queue,
        r->now - call->joined);
    LAW(eye, r, agent->on_duty && filled(r, call->agent) <= parts(g),
        "an agent of %s holds more than fills him", g->name);
    LAW(eye, r,
        r->assignments > eye->assignments + 1 || r->closed || call->state == CALL_WASTING ||
            without_contact(r, agent->group, false) >= s->keep_free,
        "%s got a call of %s, but then fewer than %g hold no contact", g->name, queue,
        s->keep_free);
    check_turn(eye, r, call);
}

/* ---- the right contact for an agent ---- */

/* What the rules compare: the lower first; then longest waiting, then file order. */
struct urgency {
    double first, second, joined;
    size_t file;
};

static double waiting_now(const struct replication *r, const struct call *taken, size_t queue)
{
    bool counted = taken->queue == queue && taken->state != CALL_WASTING;
    return r->queue[queue].waiting + (counted ? 1.0 : 0.0);
}

static struct urgency urgency_of(const struct replication *r, uint32_t group,
                                 const struct call *taken, const struct call *call)
{
    const struct spec_group *g = words_of(r, group);
    const struct spec_queue *q = r->model->queue[call->queue].rules;
    const struct spec_serves *s = serves(r, group, call->queue);
    struct urgency u = {0, 0, call->joined, call->queue};
    double all = 0, ratios = 0;
    switch (g->pick) {
    case PICK_RANK:
        u.first = s->has_rank ? s->rank : (double)(s - g->serves);
        u.second = q->priority;
        break;
    case PICK_FIRST_COME:
        u.first = q->priority;
        break;
    case PICK_LONGEST_WAIT:
        break;
    case PICK_LONGEST_QUEUE:
        u.first = -waiting_now(r, taken, call->queue);
        break;
    case PICK_WEIGHTED_WAIT:
        u.first = -q->weight * (r->now - call->joined);
        break;
    case PICK_QUEUE_RATIO:
        for (size_t i = 0; i < g->n_serves; i++) {
            all += waiting_now(r, taken, g->serves[i].queue);
            ratios += r->model->queue[g->serves[i].queue].rules->ratio;
        }
        u.first = q->ratio / ratios * all - waiting_now(r, taken, call->queue);
        break;
    }
    return u;
}

static bool before(const struct urgency *a, const struct urgency *b)
{
    const double x[] = {a->first, a->second, a->joined, (double)a->file};
    const double y[] = {b->first, b->second, b->joined, (double)b->file};
    for (size_t i = 0; i < 4; i++)
        if (fabs(x[i] - y[i]) > 1e-9 * (1 + fabs(x[i])))
            return x[i] < y[i];
    return false;
}

/* An agent who was not idle has taken this waiting contact: none that he could have taken instead
 * comes before it. */
static void check_pick(struct eye *eye, const struct replication *r, const struct call *taken)
{
    uint32_t group = r->agent[taken->agent].group;
    const struct spec_group *g = words_of(r, group);
    struct urgency mine = urgency_of(r, group, taken, taken);
    unsigned left = filled(r, taken->agent) - parts_of(g, serves(r, group, taken->queue));
    for (size_t i = 0; i < g->n_serves; i++)
        if (r->queue[g->serves[i].queue].callbacks.head != NONE)
            return;
    for (size_t i = 0; i < g->n_serves; i++) {
        const struct spec_serves *s = &g->serves[i];
        uint32_t c = r->queue[s->queue].line.head;
        if (s->queue == taken->queue || c == NONE || unsettled(r, c) ||
            keeps_nobody(r, (uint32_t)s->queue) || left + parts_of(g, s) > parts(g) ||
            without_contact(r, group, true) < s->keep_free ||
            !allowed(r, group, (uint32_t)s->queue, r->call[c].joined))
            continue;
        struct urgency other = urgency_of(r, group, taken, &r->call[c]);
        eye->picks++;
        LAW(eye, r, !before(&other, &mine),
            "an agent of %s took call %d of %s before call %d of %s", g->name,
            (int)taken->number + 1, r->model->queue[taken->queue].name, (int)r->call[c].number + 1,
            r->model->queue[s->queue].name);
    }
}

/* ---- the right agent for a contact ---- */

static double agent_rank(const struct eye *eye, const struct replication *r, enum choose_rule rule,
                         uint32_t number)
{
    const struct agent *a = &eye->before[number];
    const struct agent_hours *hours = &eye->hours[number];
    double on = hours->on_time + (r->now - hours->on_since);
    double busy = hours->busy_time + (a->contacts ? r->now - a->busy_since : 0);
    double room = (double)a->used / r->model->group[a->group].room;
    switch (rule) {
    case CHOOSE_LONGEST_IDLE:
        return a->contacts;
    case CHOOSE_LEAST_BUSY:
        return on > 0 ? busy / on : 0;
    case CHOOSE_LEAST_LOADED:
        return room;
    case CHOOSE_MOST_LOADED:
        return -room;
    case CHOOSE_FIXED:
        return number;
    case CHOOSE_RANDOM:
        break;
    }
    return 0;
}

/* The agent could have taken this arrival before it came, and his group's place of preference. */
static bool was_free(const struct eye *eye, const struct replication *r, uint32_t a,
                     const struct call *call, size_t *place)
{
    const struct agent *agent = &eye->before[a];
    const struct spec_serves *s = serves(r, agent->group, call->queue);
    const struct model_group *g = &r->model->group[agent->group];
    if (!s || !ready(agent) || after_which(r, agent->group, call->queue, place) > 0 ||
        keeps_nobody(r, call->queue))
        return false;
    unsigned idle = 0;
    for (uint32_t b = g->first_agent; b < g->first_agent + g->agents; b++)
        idle += b != a && eye->before[b].idle;
    return agent->used * at_once(s) + g->room <= g->room * at_once(s) && idle >= s->keep_free;
}

/* A call that came at this instant is with an agent: no free one comes before him. */
static void check_choice(struct eye *eye, const struct replication *r, const struct call *call)
{
    enum choose_rule rule = r->model->queue[call->queue].rules->choose;
    const struct agent *mine = &eye->before[call->agent];
    size_t my_place, place;
    if (!was_free(eye, r, call->agent, call, &my_place)) {
        LAW(eye, r, r->model->queue[call->queue].rules->preempt, "a call went to a busy agent");
        return;
    }
    double my_rank = agent_rank(eye, r, rule, call->agent);
    for (uint32_t a = 0; a < r->model->agents; a++) {
        if (a == call->agent || !was_free(eye, r, a, call, &place))
            continue;
        const struct agent *other = &eye->before[a];
        double rank = agent_rank(eye, r, rule, a);
        bool idler = other->idle && mine->idle && other->idle_since < mine->idle_since;
        eye->choices++;
        LAW(eye, r, place >= my_place, "agent %d was taken before one of a preferred group",
            (int)call->agent);
        if (place == my_place && rule != CHOOSE_RANDOM)
            LAW(eye, r, rank > my_rank - 1e-9 && !(rank == my_rank && idler),
                "call %d went to agent %d, but agent %d comes first (rule %d: %.9g and %.9g)",
                (int)call->number + 1, (int)call->agent, (int)a, (int)rule, my_rank, rank);
    }
}

/* ---- after every event ---- */

static void check_decision(struct eye *eye, const struct replication *r, const struct call *call)
{
    bool lone = r->assignments == eye->assignments + 1;
    bool arrived = r->numbers == eye->numbers + 1 && call->number == eye->numbers &&
                   call->joined == r->now && call->cause != CAUSE_TRANSFER;
    size_t place;
    double after = after_which(r, r->agent[call->agent].group, call->queue, &place);
    if (lone && arrived && call->joined == call->entered)
        check_choice(eye, r, call);
    else if (lone && r->numbers == eye->numbers && !eye->before[call->agent].idle &&
             call->joined < r->now && call->outcome != OUTCOME_CALLBACK &&
             call->joined + after != r->now)
        check_pick(eye, r, call);
}

static void after_event(void *user, const struct replication *r)
{
    struct eye *eye = user;
    for (uint32_t a = 0; a < r->model->agents; a++)
        if (ready(&r->agent[a]))
            check_idleness(eye, r, a);
    for (uint32_t c = 0; c < r->calls_used && r->assignments > eye->assignments; c++)
        if (new_with_agent(eye, &r->call[c])) {
            check_assignment(eye, r, &r->call[c]);
            check_decision(eye, r, &r->call[c]);
        }
    eye->assignments = r->assignments;
    eye->numbers = r->numbers;
    memcpy(eye->before, r->agent, r->model->agents * sizeof *r->agent);
    memcpy(eye->hours, r->hours, r->model->agents * sizeof *r->hours);
}

static void nobody_idles_beside_work_gets_what_is_not_his_or_takes_it_out_of_turn(void **state)
{
    (void)state;
    uint64_t picks = 0, choices = 0;
    for (uint64_t seed = 10001; seed <= 10000 + SCENARIOS; seed++) {
        struct text text = {0};
        scenario_everything(&text, seed);
        struct trial trial = trial_text(text.at);
        struct eye eye = {.what = text.at,
                          .before =
                              aligned_alloc(64, (trial.model->agents + 1) * sizeof *eye.before),
                          .hours = calloc(trial.model->agents + 1, sizeof *eye.hours)};
        assert_non_null(eye.before);
        assert_non_null(eye.hours);
        memset(eye.before, 0, (trial.model->agents + 1) * sizeof *eye.before);
        struct played p =
            play_watched(trial.model, 1, (uint32_t)seed, false, after_event, &eye, text.at);
        picks += eye.picks;
        choices += eye.choices;
        free(eye.before);
        free(eye.hours);
        played_free(&p);
        trial_free(&trial);
        text_free(&text);
    }
    assert_true(picks > 1000 && choices > 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_idles_beside_work_gets_what_is_not_his_or_takes_it_out_of_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
