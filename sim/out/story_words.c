/* story_words.c - events in words, and the pictures beside them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/units.h"
#include "../model/labels.h"
#include "grid.h"
#include "story.h"
#include "wording.h"

enum { DAY = 86400, WIDEST_STAFF = 20, WIDEST_LINE = 10 };

void story_time(const oh_model *m, double at, char text[32])
{
    if (m->steady) {
        unsigned long s = (unsigned long)fmax(0, at);
        snprintf(text, 32, "%lu:%02lu:%02lu", s / 3600, s / 60 % 60, s % 60);
        return;
    }
    size_t d = model_opening_at(m, at);
    const struct model_opening *o = &m->opening[d];
    double clock = fmod(o->midnight_to_opens + at - o->opens + 7.0 * DAY, DAY);
    double days = floor((o->midnight_to_opens + at - o->opens) / DAY);
    unsigned s = (unsigned)fmin(DAY - 1, floor(clock));
    char day[WORDS] = "";
    if (m->week)
        snprintf(day, sizeof day, "%c%.2s ", label_day(m, d)[0] - 'a' + 'A', label_day(m, d) + 1);
    if (m->week && days > 0) /* past midnight, or on a day that is closed */
        snprintf(day, sizeof day, "%c%.2s+%.0f ", label_day(m, d)[0] - 'a' + 'A',
                 label_day(m, d) + 1, days);
    snprintf(text, 32, "%.10s%02u:%02u:%02u", day, s / 3600, s / 60 % 60, s % 60);
}

/* ---- words ---- */

static void say(struct emit *e, const char *text)
{
    emit_text(e, text);
}

/* A name as a terminal may show it. */
static void say_name(struct emit *e, const char *name)
{
    emit_shown(e, name, strlen(name));
}

static void say_number(struct emit *e, double value)
{
    char words[WORDS];
    say(e, word_fixed(words, value, 0));
}

static void say_duration(struct emit *e, double seconds)
{
    char words[WORDS];
    say(e, word_duration(words, seconds));
}

/* "Call 7", "Call 31 (caller 7 again)". */
static void say_call(struct emit *e, const struct call_record *r)
{
    say(e, "Call ");
    say_number(e, (double)r->call);
    if (r->visit > 0) {
        say(e, " (caller ");
        say_number(e, (double)r->caller);
        say(e, " again)");
    }
}

/* "agent 3 of desk". */
static void say_agent(struct emit *e, const oh_model *m, const struct call_record *r)
{
    say(e, "agent ");
    say_number(e, (double)r->agent);
    if (m->groups > 1) {
        say(e, " of ");
        say_name(e, m->group[r->group].name);
    }
}

/* "3 in line, all 5 agents busy": after the event, of those who may take the queue's calls. */
static void say_line(struct emit *e, const oh_story *s, uint32_t queue)
{
    const oh_model *m = s->model;
    const struct model_queue *q = &m->queue[queue];
    double on_duty = 0, busy = 0;
    for (size_t i = 0; i < q->servers; i++) {
        on_duty += s->view->level[m->queues + q->server[i].group];
        busy += s->view->busy[m->queues + q->server[i].group];
    }
    say_number(e, s->view->level[queue]);
    say(e, " in line, ");
    if (on_duty == 0) {
        say(e, "nobody on duty");
    } else if (busy < on_duty) {
        say_number(e, busy);
        say(e, " of ");
        say_number(e, on_duty);
        say(e, on_duty == 1 ? " agent busy" : " agents busy");
    } else if (on_duty == 1) {
        say(e, "the only agent busy");
    } else {
        say(e, "all ");
        say_number(e, on_duty);
        say(e, " agents busy");
    }
}

static bool outcome(const struct call_record *r, const char *name)
{
    return strcmp(r->outcome, name) == 0;
}

static void say_handling(struct emit *e, const struct call_record *r)
{
    say(e, " (");
    say_duration(e, r->talk + r->hold);
    if (r->wrap_up > 0) {
        say(e, ", then ");
        say_duration(e, r->wrap_up);
        say(e, " of wrap-up");
    }
    say(e, ").");
}

static void joins(struct emit *e, const oh_story *s, const struct call_record *r)
{
    say_call(e, r);
    if (outcome(r, "blocked")) {
        say(e, " gets a busy tone: ");
        say_name(e, s->model->queue[r->queue].name);
        say(e, " is full.");
        return;
    }
    say(e, outcome(r, "balked") ? " tries " : " joins ");
    say_name(e, s->model->queue[r->queue].name);
    if (outcome(r, "answered") && r->wait <= 0) {
        say(e, " and is answered at once by ");
        say_agent(e, s->model, r);
        say_handling(e, r);
        return;
    }
    if (r->agent >= 0 && r->wait <= r->ring) {
        say(e, ": the phone of ");
        say_agent(e, s->model, r);
        say(e, " rings.");
        return;
    }
    say(e, ": ");
    say_line(e, s, r->queue);
    if (outcome(r, "balked"))
        say(e, ". The caller hangs up at once.");
    else if (outcome(r, "callback") && r->wait <= 0)
        say(e, ". The caller accepts a call-back and leaves the line.");
    else if (r->wait <= 0)
        say(e, ". The caller has no patience and hangs up.");
    else if (isinf(r->patience))
        say(e, ". Will wait however long it takes.");
    else {
        say(e, ". Will wait ");
        say_duration(e, r->patience);
        say(e, " at most.");
    }
}

static void answers(struct emit *e, const oh_story *s, const struct call_record *r)
{
    say_call(e, r);
    say(e, " is answered by ");
    say_agent(e, s->model, r);
    say(e, " after ");
    say_duration(e, r->wait);
    say_handling(e, r);
}

static void leaves(struct emit *e, const oh_story *s, const struct call_record *r)
{
    say_call(e, r);
    if (outcome(r, "self_served")) {
        say(e, " has helped itself: resolved by self-service.");
        return;
    }
    if (outcome(r, "callback"))
        say(e, " accepts a call-back after ");
    else if (outcome(r, "cut_off"))
        say(e, " is cut off after ");
    else if (outcome(r, "left_over"))
        say(e, " is still there at the end, after ");
    else
        say(e, " hangs up after ");
    say_duration(e, r->wait);
    say(e, ": ");
    say_line(e, s, r->queue);
    say(e, ".");
}

static void ends(struct emit *e, const oh_story *s, const struct call_record *r)
{
    say_call(e, r);
    say(e, " is over: ");
    say_agent(e, s->model, r);
    say(e, " is done after ");
    say_duration(e, r->talk + r->hold + r->wrap_up);
    say(e, ".");
}

static void staff(struct emit *e, const oh_story *s, const struct story_event *event)
{
    const struct model_group *g = &s->model->group[event->call];
    double more = event->agents, now = s->view->level[s->model->queues + event->call];
    say_name(e, g->name);
    say(e, ": ");
    say_number(e, more);
    say(e, more == 1 ? " agent " : " agents ");
    say(e,
        event->kind == STORY_COMES ? (more == 1 ? "comes" : "come") : (more == 1 ? "goes" : "go"));
    say(e, ", ");
    say_number(e, now);
    say(e, " on duty now.");
}

static void closes(struct emit *e, const oh_story *s)
{
    double waiting = 0;
    for (size_t q = 0; q < s->model->queues; q++)
        waiting += s->view->level[q];
    say(e, "The doors close; ");
    if (waiting == 0)
        say(e, "nobody waits.");
    else {
        say_number(e, waiting);
        say(e, waiting == 1 ? " caller still waits." : " callers still wait.");
    }
}

void story_words(const oh_story *s, const struct story_event *event, struct emit *e)
{
    const struct call_record *r = NULL;
    if (event->kind != STORY_COMES && event->kind != STORY_GOES && event->kind != STORY_OPENS &&
        event->kind != STORY_CLOSES)
        r = &s->log.record[event->call];
    switch (event->kind) {
    case STORY_OPENS:
        say(e, "The doors open.");
        break;
    case STORY_COMES:
    case STORY_GOES:
        staff(e, s, event);
        break;
    case STORY_ENDS:
        ends(e, s, r);
        break;
    case STORY_ANSWER:
        answers(e, s, r);
        break;
    case STORY_LEAVES:
        leaves(e, s, r);
        break;
    case STORY_SELF:
        say_call(e, r);
        say(e, " comes to ");
        say_name(e, s->model->queue[r->queue].name);
        say(e, " and tries self-service first.");
        break;
    case STORY_JOINS:
        joins(e, s, r);
        break;
    case STORY_CLOSES:
        closes(e, s);
        break;
    }
}

/* ---- pictures ---- */

/* So many things are one sign. */
static uint32_t per_sign(uint32_t most, uint32_t widest)
{
    return most > widest ? (most + widest - 1) / widest : 1;
}

static uint32_t signs(uint32_t things, uint32_t each)
{
    return (things + each - 1) / each;
}

/* "####..ooo": busy and free agents, then who waits. */
static void bar(struct emit *e, uint32_t busy, uint32_t on_duty, uint32_t each)
{
    uint32_t filled = signs(busy, each), all = signs(on_duty, each);
    emit_times(e, '#', filled);
    emit_times(e, '.', all > filled ? all - filled : 0);
}

static void small_picture(struct emit *e, const oh_story *s)
{
    const oh_model *m = s->model;
    uint32_t on_duty = 0, busy = 0, waiting = 0;
    for (size_t q = 0; q < m->queues; q++)
        waiting += s->view->level[q];
    for (size_t g = 0; g < m->groups; g++) {
        on_duty += s->view->level[m->queues + g];
        busy += s->view->busy[m->queues + g];
    }
    uint32_t agents = per_sign(s->most_on_duty, WIDEST_STAFF);
    uint32_t line = per_sign(s->most_waiting, WIDEST_LINE);
    uint32_t width = signs(s->most_on_duty, agents), room = signs(s->most_waiting, line);
    uint32_t filled = signs(busy, agents), all = signs(on_duty, agents);
    all = all > filled ? all : filled;
    bar(e, busy, on_duty, agents);
    emit_times(e, ' ', width > all ? width - all : 0);
    emit_text(e, " |");
    emit_times(e, 'o', signs(waiting, line));
    emit_times(e, ' ', room - signs(waiting, line));
    emit_char(e, '|');
}

oh_status oh_story_head(const oh_story *s, oh_sink sink)
{
    struct emit e = emit_to(sink);
    uint32_t agents = per_sign(s->most_on_duty, WIDEST_STAFF);
    uint32_t line = per_sign(s->most_waiting, WIDEST_LINE);
    say_name(&e, s->model->name);
    say(&e, "\n\nThe picture: # an agent with a call, . a free agent, o a caller who waits");
    if (agents > 1 || line > 1) {
        say(&e, " (a sign is ");
        say_number(&e, agents);
        say(&e, agents == 1 ? " agent, " : " agents, ");
        say_number(&e, line);
        say(&e, line == 1 ? " caller)" : " callers)");
    }
    say(&e, ".\n");
    for (size_t q = 0; q < s->model->queues; q++)
        if (s->model->queue[q].rules->callback.given) {
            say(&e, "Call-backs are not told one by one: an agent who dials is shown as busy.\n");
            break;
        }
    emit_char(&e, '\n');
    return emit_status(&e);
}

oh_status oh_story_event(const oh_story *s, size_t i, oh_sink sink)
{
    struct emit e = emit_to(sink);
    char when[32];
    story_seek(s, i);
    story_time(s->model, s->event[i].time, when);
    say(&e, when);
    say(&e, "  ");
    small_picture(&e, s);
    say(&e, "  ");
    story_words(s, &s->event[i], &e);
    emit_char(&e, '\n');
    return emit_status(&e);
}

/* "  support   ooo   3 wait", "  desk   ####.   4 of 5 busy". */
static void picture_line(struct emit *e, const char *name, size_t widest)
{
    say(e, "    ");
    say_name(e, name);
    emit_times(e, ' ', widest - word_width(name) + 2);
}

oh_status oh_story_picture(const oh_story *s, size_t i, oh_sink sink)
{
    struct emit e = emit_to(sink);
    const oh_model *m = s->model;
    uint32_t agents = per_sign(s->most_on_duty, 2 * WIDEST_STAFF);
    uint32_t line = per_sign(s->most_waiting, 4 * WIDEST_LINE);
    size_t widest = 0;
    story_seek(s, i);
    for (size_t k = 0; k < m->queues + m->groups; k++) {
        size_t width = word_width(k < m->queues ? m->queue[k].name : m->group[k - m->queues].name);
        widest = width > widest ? width : widest;
    }
    for (size_t q = 0; q < m->queues; q++) {
        picture_line(&e, m->queue[q].name, widest);
        emit_times(&e, 'o', signs(s->view->level[q], line));
        say(&e, s->view->level[q] ? " " : "");
        say_number(&e, s->view->level[q]);
        say(&e, s->view->level[q] == 1 ? " waits\n" : " wait\n");
    }
    for (size_t g = 0; g < m->groups; g++) {
        uint32_t on_duty = s->view->level[m->queues + g], busy = s->view->busy[m->queues + g];
        picture_line(&e, m->group[g].name, widest);
        bar(&e, busy, on_duty, agents);
        say(&e, on_duty ? " " : "");
        say_number(&e, busy);
        say(&e, " of ");
        say_number(&e, on_duty);
        say(&e, " busy\n");
    }
    return emit_status(&e);
}
