/* fit_agents.c - how many agents were there, where nobody wrote it down.
 *
 * Two sights of the same thing. Spans: an agent is there from the first to the last call of a
 * stretch without long gaps; that counts heads, pauses too short to show included. Effective: while
 * somebody waits, every agent who can take a call has one, so the number of busy agents then is the
 * number that was really on duty. Where agents pause between two contacts though somebody waits
 * (fit_ready.h), the pauses are estimated, and those on duty are then the agents between two
 * contacts; and so they are where agents hold several at once (fit_at_once.h). Days with few agents
 * have the longest lines, so a slot is the mean over its days and not over the time spent waiting;
 * a day on which nobody waited counts with its spans times the ratio found elsewhere.
 */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "duty.h"
#include "fit_at_once.h"
#include "fit_staff_days.h"

#define LEAST_WAITING 20.0   /* seconds with somebody waiting that tell about a day's slot */
#define LEAST_ERROR   0.0005 /* of a number of agents: times are milliseconds */
#define LATER         0.02 /* share of contacts: a line that an agent takes this much less at once */
#define WORK          4e8  /* calls looked at to find out which lines oblige */
#define MARGIN        2.0  /* whole-second logs: what lies between two records */

/* What changes at an instant: ends come before starts. The key of a sort by time, twice the ms. */
enum change { LESS_BUSY, LESS_WAITING, MORE_BUSY, MORE_WAITING, CHANGES };

/* ---- while somebody waits ---- */

/* So many busy from one time to another while somebody waits, by slot. */
static void add_waiting(struct duty *l, double from, double to, double busy)
{
    const struct fit_calendar *c = l->c;
    for (size_t s = (size_t)(fmax(from, 0) / c->step); s < c->slots; s++) {
        double start = fmax(from, (double)s * c->step), end = fmin(to, (double)(s + 1) * c->step);
        if (start >= to)
            break;
        l->day_time[s] += end - start;
        l->day_busy[s] += (end - start) * busy;
    }
}

/* One group's busy agents and its queues' waiting calls on one day. */
static void sweep(struct duty *l, size_t group, const struct fit_day *day, size_t changes)
{
    long busy = 0, waiting = 0;
    double *peak = l->fit->agents.group[group].peak[day->weekday];
    double before = 0;
    for (size_t s = 0; s < l->c->slots; s++)
        l->day_time[s] = l->day_busy[s] = 0;
    radix_sort(l->key, changes, l->key + l->keys);
    for (size_t i = 0; i < changes; i++) {
        enum change what = (enum change)(l->key[i].key % CHANGES);
        double now = (double)(l->key[i].key / CHANGES) / 1000;
        if (waiting > 0 && now > before)
            add_waiting(l, before, now, (double)busy);
        before = now;
        busy += (what == MORE_BUSY) - (what == LESS_BUSY);
        waiting += (what == MORE_WAITING) - (what == LESS_WAITING);
        size_t slot = (size_t)(now / l->c->step);
        if (slot < l->c->slots)
            peak[slot] = fmax(peak[slot], (double)busy);
    }
    for (size_t s = 0; s < l->c->slots; s++)
        if (l->day_time[s] >= LEAST_WAITING)
            l->onduty[duty_cell(l, group, day, s)] = (l->day_busy[s] / l->day_time[s]);
}

/* Does a ready agent of the group take the call at once, and from when to when did it wait? */
static bool waits_for(const struct duty *l, size_t group, const struct log_call *call,
                      struct stretch *out)
{
    bool in_line = call->outcome == OUTCOME_ANSWERED || call->outcome == OUTCOME_ABANDONED ||
                   call->outcome == OUTCOME_LEFT;
    if (!in_line || !l->fit->agents.group[group].obliges[call->queue])
        return false;
    out->from = calendar_arrival(l->c, call, &out->day) / 1000.0;
    out->to = duty_taken(l, call, &out->day) / 1000.0;
    return out->to > out->from;
}

static void add_change(struct duty *l, size_t *n, double time, enum change what)
{
    uint64_t ms = (uint64_t)(fmax(time, 0) * 1000 + 0.5);
    l->key[(*n)++] = (struct keyed){.key = ms * CHANGES + what};
}

/* The group's contacts, or, where it has pauses between them, its spans. */
static void at_work(struct duty *l, size_t group, const struct day_calls *d, size_t *n)
{
    const struct fit_group *g = &l->fit->agents.group[group];
    if (g->ready.write || g->several) {
        for (; l->next_span < l->spans && l->span[l->next_span].at.day <= d->day; l->next_span++) {
            const struct presence *s = &l->span[l->next_span];
            if (s->at.day != d->day || s->group != group)
                continue;
            add_change(l, n, s->at.from, MORE_BUSY);
            add_change(l, n, s->at.to, LESS_BUSY);
        }
        return;
    }
    for (size_t i = d->first; i < d->end; i++) {
        const struct log_call *call = &l->log->call[i];
        long unused;
        if (call->outcome != OUTCOME_ANSWERED || agents_group_of(l->log, call) != group ||
            call->busy == 0)
            continue;
        double start = duty_taken(l, call, &unused) / 1000.0;
        add_change(l, n, start, MORE_BUSY);
        add_change(l, n, start + (call->ring + call->busy) / 1000.0, LESS_BUSY);
    }
}

static size_t changes_of(struct duty *l, size_t group, const struct day_calls *d)
{
    size_t n = 0;
    for (size_t i = d->first; i < d->end; i++) {
        struct stretch s;
        if (!waits_for(l, group, &l->log->call[i], &s) || s.to - s.from <= 2 * l->margin)
            continue;
        add_change(l, &n, s.from + l->margin, MORE_WAITING);
        add_change(l, &n, s.to - l->margin, LESS_WAITING);
    }
    at_work(l, group, d, &n);
    return n;
}

/* When somebody waited whom the group has to take. */
static bool find_line(struct duty *l, size_t group)
{
    size_t room = 0;
    free(l->line);
    l->line = NULL;
    l->lines = 0;
    for (size_t i = 0; i < l->log->calls; i++) { /* in order of time */
        struct stretch s, *last = l->lines > 0 ? &l->line[l->lines - 1] : NULL;
        if (!waits_for(l, group, &l->log->call[i], &s))
            continue;
        if (last && last->day == s.day && s.from <= last->to) {
            last->to = fmax(last->to, s.to);
            continue;
        }
        if (l->lines == room) {
            room = room ? 2 * room : 256;
            struct stretch *more = realloc(l->line, room * sizeof *more);
            if (!more)
                return false;
            l->line = more;
        }
        l->line[l->lines++] = s;
    }
    return true;
}

static struct ready_view view_of(const struct duty *l, size_t group)
{
    double slack = l->margin > 0 ? MARGIN / 2 : 0.005;
    return (struct ready_view){l->stint, l->stints, (uint8_t)group, l->line, l->lines, slack};
}

static bool study_line(struct duty *l, size_t group, struct fit_ready *out)
{
    if (!find_line(l, group))
        return false;
    struct ready_view view = view_of(l, group);
    return ready_study(out, l->arena, &view);
}

/* Not every line obliges an agent who is ready: mail may wait while one is kept free for calls, and
 * a group that helps out comes late. The line in which he is least often late is his own; others
 * count where he is not later than that. */
static bool find_lines(struct duty *l, size_t group)
{
    struct fit_group *g = &l->fit->agents.group[group];
    size_t queues = l->log->queue_name.count, studied = 0;
    double room = WORK / ((double)(l->log->calls + 1) * (double)l->fit->agents.groups);
    struct fit_ready *found = arena_array(l->arena, queues, sizeof *found);
    double least = INFINITY;
    if (!found)
        return false;
    for (size_t i = 0; i < l->fit->queues; i++) {
        uint32_t q = l->fit->number[i]; /* the most calls first */
        if (!g->serves[q] || (double)studied >= room)
            continue;
        for (size_t k = 0; k < queues; k++)
            g->obliges[k] = k == q;
        if (!study_line(l, group, &found[q]))
            return false;
        if (isfinite(found[q].share))
            least = fmin(least, found[q].high);
        studied++;
    }
    for (size_t q = 0; q < queues; q++)
        g->obliges[q] = g->serves[q] && !(isfinite(found[q].share) && found[q].low > least + LATER);
    return true;
}

static bool find_at_once(struct duty *l, size_t group)
{
    struct fit_group *g = &l->fit->agents.group[group];
    size_t queues = l->log->queue_name.count;
    g->at_once = arena_array(l->arena, queues, sizeof *g->at_once);
    if (!g->at_once)
        return false;
    at_once_study(g->at_once, queues, l->stint, l->stints, (uint8_t)group,
                  l->margin > 0 ? MARGIN : 0.005);
    for (size_t q = 0; q < queues; q++)
        g->several = g->several || g->at_once[q].most > 1;
    return true;
}

static bool waits(struct duty *l, size_t group)
{
    struct fit_ready *ready = &l->fit->agents.group[group].ready;
    if (!find_at_once(l, group) || !find_lines(l, group) || !study_line(l, group, ready) ||
        !duty_room(l, 4 * l->longest + 1))
        return false;
    if (l->fit->agents.group[group].several) /* with other contacts in hand there is no pause */
        ready->write = false;
    struct ready_view view = view_of(l, group);
    if (ready->write && !ready_study_alone(ready, &view, l->fit->agents.break_gap))
        return false;
    l->next_span = 0;
    for (size_t i = 0; i < l->days; i++) {
        const struct fit_day *found = calendar_day(l->c, l->day[i].day);
        if (!found || !duty_is_studied(l, found))
            continue;
        size_t changes = changes_of(l, group, &l->day[i]);
        if (changes > 0)
            sweep(l, group, found, changes);
    }
    return true;
}

/* ---- numbers on duty ---- */

/* Those on duty over those seen, where both are known. */
static double ratio_of(const struct duty *l, size_t group)
{
    double onduty = 0, seen = 0;
    for (size_t d = 0; d < l->c->days; d++) {
        for (size_t s = 0; s < l->c->slots; s++) {
            size_t k = duty_cell(l, group, &l->c->day[d], s);
            if (!isnan(l->onduty[k]) && l->seen[k] > 0) {
                onduty += l->onduty[k];
                seen += l->seen[k];
            }
        }
    }
    return seen > 0 ? fmin(onduty / seen, 1.25) : 1;
}

static void effective_number(struct duty *l, size_t group, unsigned weekday, size_t slot)
{
    struct fit_group *g = &l->fit->agents.group[group];
    double n = 0, sum = 0, squares = 0, seen = 0, known = 0;
    for (size_t d = 0; d < l->c->days; d++) {
        const struct fit_day *day = &l->c->day[d];
        if (!duty_is_studied(l, day) || g->same[day->weekday] != g->same[weekday])
            continue;
        size_t k = duty_cell(l, group, day, slot);
        double x = l->onduty[k];
        known += !isnan(x);
        seen += l->seen[k];
        n++;
        if (isnan(x) && !l->log->has_agents)
            continue;
        x = isnan(x) ? g->ratio * l->seen[k] : x;
        sum += x;
        squares += x * x;
    }
    double used = l->log->has_agents ? n : known;
    g->seen[weekday][slot] = n > 0 ? seen / n : 0;
    g->effective[weekday][slot] = known > 0 ? sum / used : NAN;
    g->error[weekday][slot] = NAN;
    if (known > 0 && used > 1)
        g->error[weekday][slot] =
            fmax(sqrt(fmax(squares / used - sum / used * sum / used, 0) / (used - 1)), LEAST_ERROR);
}

/* Weekdays that do not differ are one. */
static bool compare_days(struct duty *l, size_t group)
{
    struct fit_group *g = &l->fit->agents.group[group];
    struct staff_days staff = {l->c, &l->seen[group * l->c->days * l->c->slots], l->studied_before};
    g->spread = (struct fit_spread){.absence = {NAN, NAN, NAN}, .correlation = NAN};
    g->weekdays_p = NAN;
    for (unsigned w = 0; w < WEEKDAYS; w++)
        g->same[w] = w;
    if (!l->log->has_agents)
        return true;
    staff_alike(&staff, g->same, &g->weekdays_p);
    return staff_spread(&g->spread, &staff, g->same);
}

static void effective_numbers(struct duty *l, size_t group)
{
    l->fit->agents.group[group].ratio = ratio_of(l, group);
    for (unsigned w = 0; w < WEEKDAYS; w++)
        for (size_t s = 0; s < l->c->slots; s++)
            effective_number(l, group, w, s);
}

/* A very busy log may keep no day of a weekday: then the one with the most similar number of calls
 * stands in for it. */
static void lend_weekdays(struct duty *l)
{
    const struct fit_opening *opening = l->c->opening;
    bool lent = false;
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        unsigned like = WEEKDAYS;
        for (unsigned v = 0; v < WEEKDAYS; v++)
            if (l->studied[v] > 0 &&
                (like == WEEKDAYS || fabs(opening[v].calls - opening[w].calls) <
                                         fabs(opening[like].calls - opening[w].calls)))
                like = v;
        if (!opening[w].open || l->studied[w] > 0 || like == WEEKDAYS)
            continue;
        for (size_t g = 0; g < l->fit->agents.groups; g++) {
            struct fit_group *group = &l->fit->agents.group[g];
            double **tables[] = {group->seen, group->distinct, group->effective, group->error,
                                 group->peak};
            for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
                memcpy(tables[t][w], tables[t][like], l->c->slots * sizeof **tables[t]);
        }
        lent = true;
    }
    if (lent)
        fit_note(l->fit, "agents: of some weekdays no call was kept one by one: they are as on the "
                         "weekday with the most similar number of calls");
}

/* ---- the whole ---- */

bool fit_agents(oh_fit *fit, const oh_log *log)
{
    struct duty l = {.fit = fit, .log = log, .c = &fit->calendar, .arena = &fit->arena};
    l.margin = points_grain(fit->total.handling.part[PART_HANDLING].point,
                            fit->total.handling.part[PART_HANDLING].points) > 0
                   ? MARGIN
                   : 0;
    fit->agents.people = log->agent_name.count;
    fit->agents.named = log->has_agents;
    fit->agents.tuned = 1;
    fit->agents.known = log->has_calls && fit->total.handling.part[PART_HANDLING].n > 0;
    bool good = duty_find(&l);
    for (size_t g = 0; good && g < fit->agents.groups; g++) {
        good = waits(&l, g) && compare_days(&l, g);
        if (good)
            effective_numbers(&l, g);
    }
    if (good) {
        lend_weekdays(&l);
        agents_write_counts(fit);
    }
    duty_free(&l);
    return good;
}
