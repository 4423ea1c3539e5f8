/* explain_remarks.c - what an experienced planner would say on reading the plan.
 *
 * The one idea: a remark is about stretches of time, so each kind marks the intervals it is about
 * and one function turns marks into "12:00-13:00 and 17:30-18:00".
 */
#include <math.h>
#include <string.h>

#include "../base/units.h"
#include "../model/labels.h"
#include "explain_page.h"

enum { MOST_STRETCHES = 4 };

static void remark(oh_explanation *e, const char *text)
{
    struct remark *r = text ? arena_alloc(&e->arena, sizeof *r) : NULL;
    if (!r)
        return;
    r->text = text;
    if (e->last)
        e->last->next = r;
    else
        e->first = r;
    e->last = r;
    e->remarks++;
}

#define SAY(...) remark(e, arena_printf(&e->arena, __VA_ARGS__))

/* ---- stretches of time ---- */

/* By the clock, on days that follow one another. */
struct stretch {
    size_t first_day, last_day; /* openings */
    double from, to;            /* seconds since the first of them opens */
};

struct stretches {
    struct arena *arena;
    const oh_model *model;
    struct stretch at[MOST_STRETCHES];
    size_t n; /* some may not be in the list */
};

/* Adds [from, to), seconds since the first opening, within one opening. */
static void add_stretch(struct stretches *s, double from, double to)
{
    size_t day = model_opening_at(s->model, from);
    const struct model_opening *o = &s->model->opening[day];
    for (size_t i = 0; i < s->n && i < MOST_STRETCHES; i++) {
        struct stretch *t = &s->at[i];
        const struct model_opening *first = &s->model->opening[t->first_day];
        if (explain_next_day(s->model, t->last_day, day) &&
            first->midnight_to_opens == o->midnight_to_opens && t->from == from - o->opens &&
            t->to == to - o->opens) {
            t->last_day = day;
            return;
        }
    }
    if (s->n < MOST_STRETCHES)
        s->at[s->n] = (struct stretch){day, day, from - o->opens, to - o->opens};
    s->n++;
}

/* "12:00-13:00, 17:30-18:00", "Mon-Fri 12:00-13:00"; "all the time" in steady mode. */
static const char *stretch_text(const struct stretches *s)
{
    const char *text = "";
    size_t shown = s->n < MOST_STRETCHES ? s->n : MOST_STRETCHES;
    if (s->model->steady)
        return "all the time";
    for (size_t i = 0; i < shown && text; i++) {
        const struct stretch *t = &s->at[i];
        double opens = s->model->opening[t->first_day].opens;
        char begin[12], end[12];
        label_moment(begin, s->model, opens + t->from, false);
        label_moment(end, s->model, opens + t->to, true);
        const char *days = explain_days(s->arena, s->model, t->first_day, t->last_day);
        text = arena_printf(s->arena, "%s%s%s%s\xE2\x80\x93%s", text, i ? ", " : "",
                            days ? days : "", begin, end);
    }
    if (s->n > shown && text)
        text = arena_printf(s->arena, "%s and %zu more", text, s->n - shown);
    return text ? text : "";
}

static struct stretches stretches_none(oh_explanation *e)
{
    return (struct stretches){.arena = &e->arena, .model = e->model};
}

/* The stretches of marked intervals; neighbours are joined. */
static struct stretches marked(oh_explanation *e, const bool *mark)
{
    struct stretches s = stretches_none(e);
    double from, to, begin = 0, end = -1;
    for (size_t k = 0; k < e->intervals; k++) {
        explain_interval(e->model, k, &from, &to);
        if (end >= 0 && (!mark[k] || from != end)) {
            add_stretch(&s, begin, end);
            end = -1;
        }
        if (mark[k]) {
            begin = end < 0 ? from : begin;
            end = to;
        }
    }
    if (end >= 0)
        add_stretch(&s, begin, end);
    return s;
}

/* ---- load, target and plan of a pool ---- */

static const char *number(oh_explanation *e, double value)
{
    char words[WORDS];
    const char *kept = arena_strdup(&e->arena, word_count(words, round(value * 1e6) / 1e6));
    return kept ? kept : "";
}

static const char *agents_text(oh_explanation *e, double agents)
{
    char words[WORDS];
    bool whole = agents == floor(agents);
    const char *kept = arena_printf(
        &e->arena, "%s agent%s", word_fixed(words, agents, whole ? 0 : 1), agents == 1 ? "" : "s");
    return kept ? kept : "";
}

static void overload(oh_explanation *e, const struct pool *p, bool *mark)
{
    size_t worst = 0, n = 0;
    double excess = 0;
    for (size_t k = 0; k < e->intervals; k++) {
        const oh_outlook *o = &p->outlook[k];
        mark[k] = o->load > 0 && o->capacity > 0 && o->load >= o->capacity;
        if (mark[k] && (n == 0 || o->load - o->capacity > excess)) {
            worst = k;
            excess = o->load - o->capacity;
        }
        n += mark[k];
    }
    if (n == 0)
        return;
    struct stretches s = marked(e, mark);
    const oh_outlook *o = &p->outlook[worst];
    SAY("Overload: %s, %s, up to %s erlang for %s: %s", p->name, stretch_text(&s),
        number(e, o->load), agents_text(e, o->agents),
        isfinite(p->patience) ? "the line is kept short only by those who hang up."
                              : "the line grows as long as that lasts.");
}

static const char *more_agents(oh_explanation *e, double agents)
{
    char words[WORDS];
    const char *kept = arena_printf(&e->arena, "%s more agent%s", word_fixed(words, agents, 0),
                                    agents == 1 ? "" : "s");
    return kept ? kept : "";
}

/* Where Erlang asks for more agents than are planned. */
static void short_of_target(oh_explanation *e, const struct pool *p, bool *mark)
{
    double most = 0;
    size_t n = 0;
    for (size_t k = 0; k < e->intervals; k++) {
        const oh_outlook *o = &p->outlook[k];
        double missing = o->required - floor(o->agents + 1e-9);
        mark[k] = missing > 0 && o->agents > 0; /* NaN is not */
        n += mark[k];
        if (mark[k])
            most = fmax(most, missing);
    }
    if (n == 0)
        return;
    struct stretches s = marked(e, mark);
    SAY("Short of the target: %s, %s: Erlang %s asks for up to %s.", p->name, stretch_text(&s),
        isfinite(p->patience) ? "A" : "C", more_agents(e, most));
}

/* The mean of an interval hides that agents come, go or pause inside it. */
static void uneven(oh_explanation *e, const struct pool *p, bool *mark)
{
    size_t worst = 0, n = 0;
    double gap = 0;
    for (size_t k = 0; k < e->intervals; k++) {
        const oh_outlook *o = &p->outlook[k];
        mark[k] = o->load > 0 && o->agents - o->least > 0.25 && !e->model->steady;
        if (mark[k] && o->agents - o->least > gap) {
            gap = o->agents - o->least;
            worst = k;
        }
        n += mark[k];
    }
    if (n == 0)
        return;
    struct stretches s = marked(e, mark);
    const oh_outlook *o = &p->outlook[worst];
    SAY("Half-hour figures overstate the capacity: %s, %s: agents come, go or pause inside the "
        "interval; the mean of %s hides that at times only %s on duty.",
        p->name, stretch_text(&s), agents_text(e, o->agents),
        arena_printf(&e->arena, "%s %s", agents_text(e, o->least), o->least == 1 ? "is" : "are"));
}

/* Do calls come to the queue from elsewhere: transfers, callers who return? */
static bool gets_more(const oh_model *m, uint32_t queue)
{
    for (size_t q = 0; q < m->queues; q++) {
        const struct spec_queue *r = m->queue[q].rules;
        for (size_t i = 0; i < r->transfers; i++)
            if (r->transfer[i].to == queue)
                return true;
        if (r->unresolved.given && r->unresolved.to == queue)
            return true;
    }
    return false;
}

static void idle(oh_explanation *e, const struct pool *p, bool *mark)
{
    size_t n = 0;
    bool other_work = false; /* than the load that is told here */
    for (size_t i = 0; i < p->queues; i++)
        other_work = other_work || e->model->queue[p->queue[i]].deferrable ||
                     gets_more(e->model, p->queue[i]);
    for (size_t k = 0; k < e->intervals; k++) {
        const oh_outlook *o = &p->outlook[k];
        mark[k] = !other_work && o->agents >= 2 && o->load < 0.3 * o->capacity &&
                  !(o->required >= floor(o->agents + 1e-9));
        n += mark[k];
    }
    if (n == 0)
        return;
    struct stretches s = marked(e, mark);
    SAY("Little to do: %s, %s: agents are busy less than 30 %% of their time%s.", p->name,
        stretch_text(&s), p->has_goal ? ", and fewer would meet the target" : "");
}

/* ---- queues that nobody serves for a while ---- */

/* Does a break of a group that serves the queue begin then? */
static bool break_begins(const oh_model *m, const bool *serves, double at)
{
    for (size_t i = 0; i < m->plans; i++)
        if (m->plan[i].kind == PLAN_BREAK_START && m->plan[i].time == at &&
            serves[m->line[m->plan[i].group].group])
            return true;
    return false;
}

static void unserved(oh_explanation *e, uint32_t queue)
{
    const oh_model *m = e->model;
    const struct model_queue *q = &m->queue[queue];
    bool *serves = arena_array(&e->arena, m->groups + 1, sizeof *serves);
    double *carry = arena_array(&e->arena, m->groups + 1, sizeof *carry);
    struct heads h;
    if (!serves || !carry)
        return;
    for (size_t i = 0; i < q->servers; i++)
        serves[q->server[i].group] = true;
    if (!explain_heads(&e->arena, m, serves, carry, &h))
        return;
    struct stretches gone = stretches_none(e), paused = stretches_none(e);
    double calls_gone = 0, calls_paused = 0, served = 0;
    for (size_t d = 0; d < m->openings; d++)
        for (size_t i = 0; i < h.n; i++) {
            double from = fmax(m->opening[d].opens, h.time[i]);
            double to =
                i + 1 < h.n ? fmin(m->opening[d].closes, h.time[i + 1]) : m->opening[d].closes;
            if (to <= from)
                continue;
            double calls = explain_calls(m, queue, from, to);
            if (h.count[i] > 0) {
                served += to - from;
            } else if (calls > 0 && break_begins(m, serves, h.time[i])) {
                add_stretch(&paused, from, to);
                calls_paused += calls;
            } else if (calls > 0) {
                add_stretch(&gone, from, to);
                calls_gone += calls;
            }
        }
    if (served == 0 && gone.n > 0) {
        SAY("Nobody serves %s: %s calls come and no agent takes them.", q->name,
            number(e, calls_gone + calls_paused));
        return;
    }
    if (gone.n > 0)
        SAY("Nobody serves %s, %s: %s calls come then.", q->name, stretch_text(&gone),
            number(e, calls_gone));
    if (paused.n > 0)
        SAY("A break leaves %s unserved, %s: %s calls come then. To stagger it, write the shift "
            "in several lines.",
            q->name, stretch_text(&paused), number(e, calls_paused));
}

/* ---- what the figures leave out, and what cannot be ---- */

static void out_of_reach(oh_explanation *e, const struct model_queue *q)
{
    double ring = q->ring ? dist_mean(q->ring) : 0;
    for (size_t t = 0; t < q->targets; t++) {
        const struct model_target *target = &q->target[t];
        char words[WORDS];
        if (!isnan(target->within) && !target->at_most && q->ring &&
            dist_cdf(q->ring, target->within) < target->level)
            SAY("Out of reach: %s asks for %s, but the phone rings %s on average before anybody "
                "answers, however many agents there are.",
                q->name, explain_target(&e->arena, target), word_duration(words, ring));
    }
}

static void more_calls(oh_explanation *e, const struct model_queue *q)
{
    const struct spec_queue *r = q->rules;
    char words[WORDS], more[WORDS];
    if (r->unresolved.given && r->unresolved.share > 0 && r->unresolved.share < 1)
        SAY("On top of the figures here: %s of the answered calls of %s come back, about %s more "
            "calls.",
            word_round_share(words, r->unresolved.share), q->name,
            word_share(more, r->unresolved.share / (1 - r->unresolved.share), NAN));
    for (size_t i = 0; i < r->transfers; i++)
        SAY("On top of the figures here: %s of the calls of %s go on to %s.",
            word_round_share(words, r->transfer[i].share), q->name,
            e->model->queue[r->transfer[i].to].name);
    if (r->redial.given && r->redial.after_abandon > 0)
        SAY("Who hangs up calls again: %s of them in %s, so a bad half hour makes the next ones "
            "worse.",
            word_round_share(words, r->redial.after_abandon), q->name);
}

/* The plan's agents, and those who are there to take a call. */
static void fewer_agents(oh_explanation *e, const struct model_group *g)
{
    const struct spec_group *r = g->rules;
    char share[WORDS], words[WORDS];
    if (r->absence > 0)
        SAY("Fewer agents than in the figures here: %s of %s are absent on an average day.",
            word_round_share(share, r->absence), g->name);
    if (r->late && dist_mean(r->late) > 0)
        SAY("Fewer agents than in the figures here: those of %s begin %s late on average.", g->name,
            word_duration(words, dist_mean(r->late)));
    if (r->not_ready && r->not_ready_share > 0)
        SAY("Fewer agents than in the figures here: after %s of their contacts those of %s are not "
            "ready for %s on average.",
            word_round_share(share, r->not_ready_share), g->name,
            word_duration(words, dist_mean(r->not_ready)));
}

static void never_hang_up(oh_explanation *e, const struct model_queue *q)
{
    if (!q->deferrable && q->expected > 0 && dist_is_never(q->patience))
        SAY("Nobody hangs up in %s (patience: never): waits will come out longer than with real "
            "callers.",
            q->name);
}

/* Work that can wait, against the time that calls leave. */
static void piles(oh_explanation *e, const struct pool *p)
{
    const oh_model *m = e->model;
    double work = 0, spare = 0;
    const char *names = "";
    for (size_t i = 0; i < p->queues; i++) {
        const struct model_queue *q = &m->queue[p->queue[i]];
        if (!q->deferrable)
            continue;
        names = arena_printf(&e->arena, "%s%s%s", names, *names ? ", " : "", q->name);
        if (!names)
            return;
        work += (explain_calls(m, p->queue[i], 0, m->close) + q->rules->backlog) * q->mean_handling;
    }
    for (size_t k = 0; k < e->intervals; k++) {
        double from, to;
        explain_interval(m, k, &from, &to);
        spare += fmax(0, p->outlook[k].capacity - p->outlook[k].load) * (to - from);
    }
    if (!*names || !(work > 0) || m->steady)
        return;
    const char *per = m->week ? "week" : "day";
    if (work > spare)
        SAY("The pile grows: %s bring%s %s h of work a %s; calls leave the agents %s h for it.",
            names, strchr(names, ',') ? "" : "s", number(e, work / 3600), per,
            number(e, spare / 3600));
    else
        SAY("%s: %s h of work a %s, for the %s h that calls leave the agents.", names,
            number(e, work / 3600), per, number(e, spare / 3600));
}

static void closing(oh_explanation *e)
{
    const oh_model *m = e->model;
    if (m->steady)
        return;
    if (m->hang_up)
        SAY("At closing who still waits is cut off (at_close: hang_up), neither answered nor "
            "abandoned.");
    else if (m->carry_over && m->week)
        SAY("At closing nobody is cut off (at_close: carry_over): who waits goes on waiting, "
            "patience running, until the next opening.");
    else if (m->carry_over)
        SAY("At closing nobody is cut off (at_close: carry_over): who still waits is left over "
            "and stays unanswered in the day's figures.");
}

/* A group that all its queues leave out of their `prefers`. */
static void left_out(oh_explanation *e, const struct model_group *g)
{
    if (g->skills == 0 && g->agents > 0 && g->rules->n_serves > 0)
        SAY("%s takes no contacts: the queues that it serves name other groups in prefers.",
            g->name);
}

bool explain_remarks(oh_explanation *e)
{
    const oh_model *m = e->model;
    bool *mark = arena_array(&e->arena, e->intervals + 1, sizeof *mark);
    if (!mark)
        return false;
    for (uint32_t q = 0; q < m->queues; q++)
        unserved(e, q);
    for (size_t g = 0; g < m->groups; g++)
        left_out(e, &m->group[g]);
    for (size_t i = 0; i < e->pools; i++) {
        const struct pool *p = &e->pool[i];
        overload(e, p, mark);
        short_of_target(e, p, mark);
        uneven(e, p, mark);
        idle(e, p, mark);
        piles(e, p);
    }
    for (size_t q = 0; q < m->queues; q++) {
        out_of_reach(e, &m->queue[q]);
        never_hang_up(e, &m->queue[q]);
        more_calls(e, &m->queue[q]);
    }
    for (size_t g = 0; g < m->groups; g++)
        fewer_agents(e, &m->group[g]);
    closing(e);
    return !e->arena.failed;
}
