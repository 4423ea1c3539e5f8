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
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fit_at_once.h"
#include "fit_staff_days.h"

#define LEAST_GAP     1800.0 /* without a call: a break */
#define LEAST_WAITING 20.0   /* seconds with somebody waiting that tell about a day's slot */
#define LEAST_ERROR   0.0005 /* of a number of agents: times are milliseconds */
#define LATER         0.02 /* share of contacts: a line that an agent takes this much less at once */
#define WORK          4e8  /* calls looked at to find out which lines oblige */
#define MARGIN        2.0  /* whole-second logs: what lies between two records */

struct change { /* at a time: one more or fewer busy or waiting */
    double time;
    int busy, waiting;
};

struct dated {
    long day;
    uint32_t call;
};

struct presence { /* an agent from the first to the last contact of a stretch */
    uint8_t group;
    struct stretch at;
};

struct looking {
    oh_fit *fit;
    const oh_log *log;
    const struct fit_calendar *c;
    struct arena *arena;
    double margin;
    struct stint *stint; /* by day, agent and start */
    size_t stints;
    struct presence *span; /* by day */
    size_t spans, next_span;
    double usual_gap;    /* between two contacts, s */
    struct dated *order; /* calls by business day */
    struct change *change;
    struct stretch *line; /* of one group: when somebody waited */
    size_t lines;
    /* by group, day of the calendar and slot */
    double *seen;                /* agents by their spans */
    double *onduty;              /* busy while somebody waited; NaN: nobody did */
    double *day_time, *day_busy; /* of one day, by slot: seconds, and agent seconds */
};

static size_t cell_number(const struct looking *l, size_t group, const struct fit_day *day,
                          size_t slot)
{
    return (group * l->c->days + (size_t)(day - l->c->day)) * l->c->slots + slot;
}

/* When a call came, in seconds of its business day. */
static double came(const struct looking *l, const struct log_call *call, long *day)
{
    double second = call->arrived / 1000.0;
    size_t slot = calendar_place(l->c, call->day, second, day);
    return (double)slot * l->c->step + fmod(second, l->c->step);
}

/* ---- spans ---- */

static int by_agent(const void *pa, const void *pb)
{
    const struct stint *a = pa, *b = pb;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->agent != b->agent)
        return a->agent < b->agent ? -1 : 1;
    return a->start < b->start ? -1 : a->start > b->start;
}

static int ascending(const void *pa, const void *pb)
{
    double a = *(const double *)pa, b = *(const double *)pb;
    return a < b ? -1 : a > b;
}

static bool same_day(const struct stint *a, const struct stint *b)
{
    return a->day == b->day && a->agent == b->agent;
}

/* A gap that is no waiting for the next call: six times the usual one, half an hour at least. */
static bool find_gap(struct looking *l, const struct stint *stint, size_t n)
{
    size_t gaps = 0;
    double *gap = malloc((n + 1) * sizeof *gap);
    if (!gap)
        return false;
    for (size_t i = 1; i < n; i++)
        if (same_day(&stint[i - 1], &stint[i]))
            gap[gaps++] = fmax(stint[i].start - stint[i - 1].end, 0);
    l->fit->agents.break_gap = LEAST_GAP;
    if (gaps > 0) {
        qsort(gap, gaps, sizeof *gap, ascending);
        l->fit->agents.break_gap = fmax(LEAST_GAP, 6 * gap[gaps / 2]);
        l->usual_gap = gap[gaps / 2];
    }
    free(gap);
    return true;
}

/* Who comes at the full hour waits for the first call, and has the last one before the end: a span
 * that begins or ends that near to a slot's edge goes up to it. */
static void reach_edges(const struct looking *l, double *from, double *to)
{
    double step = l->c->step, reach = fmin(2 * l->usual_gap, step / 3);
    double before = floor(*from / step) * step, after = ceil(*to / step) * step;
    *from = *from - before <= reach ? before : *from;
    *to = after - *to <= reach ? after : *to;
}

static void add_span(struct looking *l, const struct stint *s, double from, double to)
{
    const struct fit_day *day = calendar_day(l->c, s->day);
    if (!day || day->kind != DAY_NORMAL)
        return;
    reach_edges(l, &from, &to);
    l->span[l->spans++] = (struct presence){s->group, {s->day, from, to}};
    for (size_t i = (size_t)(fmax(from, 0) / l->c->step); i < l->c->slots; i++) {
        double start = (double)i * l->c->step, end = start + l->c->step;
        if (start >= to)
            break;
        l->seen[cell_number(l, s->group, day, i)] +=
            (fmax(fmin(to, end) - fmax(from, start), 0) / l->c->step);
    }
}

/* Agents with a call that began in the slot. */
static void add_distinct(struct looking *l, const struct stint *s, long *last_slot)
{
    const struct fit_day *day = calendar_day(l->c, s->day);
    long slot = (long)(s->start / l->c->step);
    if (!day || day->kind != DAY_NORMAL || slot == *last_slot || slot < 0 ||
        slot >= (long)l->c->slots)
        return;
    *last_slot = slot;
    l->fit->agents.group[s->group].distinct[day->weekday][slot] +=
        1 / (double)l->c->opening[day->weekday].days;
}

static void sum_spans(struct looking *l, const struct stint *stint, size_t n)
{
    double gap = l->fit->agents.break_gap;
    for (size_t i = 0; i < n;) {
        double from = stint[i].start, to = stint[i].end;
        long last_slot = -1;
        size_t k = i;
        for (; k < n && same_day(&stint[i], &stint[k]); k++) {
            add_distinct(l, &stint[k], &last_slot);
            if (k > i && stint[k].start < to - 1)
                l->fit->agents.overlaps++;
            if (stint[k].start > to + gap) {
                add_span(l, &stint[i], from, to);
                from = stint[k].start;
            }
            to = fmax(to, stint[k].end);
        }
        add_span(l, &stint[i], from, to);
        i = k;
    }
}

static bool count_people(struct looking *l)
{
    bool *known = calloc(l->log->agent_name.count + 1, sizeof *known);
    if (!known)
        return false;
    for (size_t i = 0; i < l->stints; i++) {
        l->fit->agents.group[l->stint[i].group].people += !known[l->stint[i].agent];
        known[l->stint[i].agent] = true;
    }
    free(known);
    return true;
}

static bool spans(struct looking *l)
{
    const oh_log *log = l->log;
    l->stint = malloc((log->calls + 1) * sizeof *l->stint);
    if (!l->stint)
        return false;
    for (size_t i = 0; i < log->calls; i++) {
        const struct log_call *call = &log->call[i];
        struct stint s = {.agent = call->agent};
        if (call->outcome != OUTCOME_ANSWERED || call->agent == UINT32_MAX || call->busy == 0)
            continue;
        s.group = (uint8_t)agents_group_of(log, call);
        s.queue = call->queue;
        s.start = came(l, call, &s.day) + (call->wait - fmin(call->ring, call->wait)) / 1000.0;
        s.end = s.start + (call->ring + call->busy) / 1000.0;
        l->stint[l->stints++] = s;
    }
    l->span = malloc((l->stints + 1) * sizeof *l->span);
    if (!l->span)
        return false;
    if (l->stints > 0)
        qsort(l->stint, l->stints, sizeof *l->stint, by_agent);
    if (!count_people(l) || !find_gap(l, l->stint, l->stints))
        return false;
    sum_spans(l, l->stint, l->stints);
    return true;
}

/* ---- while somebody waits ---- */

static int by_time(const void *pa, const void *pb)
{
    const struct change *a = pa, *b = pb;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return a->busy + a->waiting - b->busy - b->waiting;
}

/* So many busy from one time to another while somebody waits, by slot. */
static void add_waiting(struct looking *l, double from, double to, double busy)
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
static void sweep(struct looking *l, size_t group, const struct fit_day *day, size_t changes)
{
    long busy = 0, waiting = 0;
    double *peak = l->fit->agents.group[group].peak[day->weekday];
    for (size_t s = 0; s < l->c->slots; s++)
        l->day_time[s] = l->day_busy[s] = 0;
    qsort(l->change, changes, sizeof *l->change, by_time);
    for (size_t i = 0; i < changes; i++) {
        if (waiting > 0 && l->change[i].time > l->change[i - 1].time)
            add_waiting(l, l->change[i - 1].time, l->change[i].time, (double)busy);
        busy += l->change[i].busy;
        waiting += l->change[i].waiting;
        size_t slot = (size_t)fmax(l->change[i].time / l->c->step, 0);
        if (slot < l->c->slots)
            peak[slot] = fmax(peak[slot], (double)busy);
    }
    for (size_t s = 0; s < l->c->slots; s++)
        if (l->day_time[s] >= LEAST_WAITING)
            l->onduty[cell_number(l, group, day, s)] = (l->day_busy[s] / l->day_time[s]);
}

/* Does a ready agent of the group take the call at once, and from when to when did it wait? */
static bool waits_for(const struct looking *l, size_t group, const struct log_call *call,
                      struct stretch *out)
{
    bool in_line = call->outcome == OUTCOME_ANSWERED || call->outcome == OUTCOME_ABANDONED ||
                   call->outcome == OUTCOME_LEFT;
    if (!in_line || !l->fit->agents.group[group].obliges[call->queue])
        return false;
    out->from = came(l, call, &out->day);
    out->to = out->from + (call->wait - fmin(call->ring, call->wait)) / 1000.0;
    return out->to > out->from;
}

/* The group's contacts, or, where it has pauses between them, its spans. */
static size_t at_work(struct looking *l, size_t group, long day, size_t first, size_t end, size_t n)
{
    const struct fit_group *g = &l->fit->agents.group[group];
    if (g->ready.write || g->several) {
        for (; l->next_span < l->spans && l->span[l->next_span].at.day <= day; l->next_span++) {
            const struct presence *s = &l->span[l->next_span];
            if (s->at.day != day || s->group != group)
                continue;
            l->change[n++] = (struct change){s->at.from, 1, 0};
            l->change[n++] = (struct change){s->at.to, -1, 0};
        }
        return n;
    }
    for (size_t i = first; i < end; i++) {
        const struct log_call *call = &l->log->call[l->order[i].call];
        long unused;
        if (call->outcome != OUTCOME_ANSWERED || agents_group_of(l->log, call) != group ||
            call->busy == 0)
            continue;
        double taken =
            came(l, call, &unused) + (call->wait - fmin(call->ring, call->wait)) / 1000.0;
        l->change[n++] = (struct change){taken, 1, 0};
        l->change[n++] = (struct change){taken + (call->ring + call->busy) / 1000.0, -1, 0};
    }
    return n;
}

static size_t changes_of(struct looking *l, size_t group, long day, size_t first, size_t end)
{
    size_t n = 0;
    for (size_t i = first; i < end; i++) {
        struct stretch s;
        const struct log_call *call = &l->log->call[l->order[i].call];
        if (!waits_for(l, group, call, &s) || s.to - s.from <= 2 * l->margin)
            continue;
        l->change[n++] = (struct change){s.from + l->margin, 0, 1};
        l->change[n++] = (struct change){s.to - l->margin, 0, -1};
    }
    return at_work(l, group, day, first, end, n);
}

static int by_day(const void *pa, const void *pb)
{
    const struct dated *a = pa, *b = pb;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return a->call < b->call ? -1 : a->call > b->call;
}

static int by_start(const void *pa, const void *pb)
{
    const struct stretch *a = pa, *b = pb;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return a->from < b->from ? -1 : a->from > b->from;
}

/* When somebody waited whom the group has to take. */
static bool find_line(struct looking *l, size_t group)
{
    size_t n = 0;
    free(l->line);
    l->lines = 0;
    l->line = malloc((l->log->calls + 1) * sizeof *l->line);
    if (!l->line)
        return false;
    for (size_t i = 0; i < l->log->calls; i++)
        n += waits_for(l, group, &l->log->call[i], &l->line[n]);
    if (n > 0)
        qsort(l->line, n, sizeof *l->line, by_start);
    for (size_t i = 0; i < n; i++) {
        struct stretch *last = l->lines > 0 ? &l->line[l->lines - 1] : NULL;
        if (last && last->day == l->line[i].day && l->line[i].from <= last->to)
            last->to = fmax(last->to, l->line[i].to);
        else
            l->line[l->lines++] = l->line[i];
    }
    return true;
}

static struct ready_view view_of(const struct looking *l, size_t group)
{
    double slack = l->margin > 0 ? MARGIN / 2 : 0.005;
    return (struct ready_view){l->stint, l->stints, (uint8_t)group, l->line, l->lines, slack};
}

static bool study_line(struct looking *l, size_t group, struct fit_ready *out)
{
    if (!find_line(l, group))
        return false;
    struct ready_view view = view_of(l, group);
    return ready_study(out, l->arena, &view);
}

/* Not every line obliges an agent who is ready: mail may wait while one is kept free for calls, and
 * a group that helps out comes late. The line in which he is least often late is his own; others
 * count where he is not later than that. */
static bool find_lines(struct looking *l, size_t group)
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

static bool find_at_once(struct looking *l, size_t group)
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

static bool order_days(struct looking *l)
{
    size_t n = l->log->calls, longest = 0;
    l->order = malloc((n + 1) * sizeof *l->order);
    if (!l->order)
        return false;
    for (size_t i = 0; i < n; i++) {
        came(l, &l->log->call[i], &l->order[i].day);
        l->order[i].call = (uint32_t)i;
    }
    qsort(l->order, n, sizeof *l->order, by_day);
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i + 1; k < n && l->order[k].day == l->order[i].day;)
            k++;
        longest = k - i > longest ? k - i : longest;
    }
    l->change = malloc((4 * longest + 1) * sizeof *l->change);
    return l->change != NULL;
}

static bool waits(struct looking *l, size_t group)
{
    size_t n = l->log->calls;
    struct fit_ready *ready = &l->fit->agents.group[group].ready;
    if (!find_at_once(l, group) || !find_lines(l, group) || !study_line(l, group, ready))
        return false;
    if (l->fit->agents.group[group].several) /* with other contacts in hand there is no pause */
        ready->write = false;
    struct ready_view view = view_of(l, group);
    if (ready->write && !ready_study_alone(ready, &view, l->fit->agents.break_gap))
        return false;
    l->next_span = 0;
    for (size_t i = 0, k; i < n; i = k) {
        long day = l->order[i].day;
        for (k = i + 1; k < n && l->order[k].day == day;)
            k++;
        const struct fit_day *found = calendar_day(l->c, day);
        if (!found || found->kind != DAY_NORMAL)
            continue;
        size_t changes = changes_of(l, group, day, i, k);
        if (changes > 0)
            sweep(l, group, found, changes);
    }
    return true;
}

/* ---- numbers on duty ---- */

/* Those on duty over those seen, where both are known. */
static double ratio_of(const struct looking *l, size_t group)
{
    double onduty = 0, seen = 0;
    for (size_t d = 0; d < l->c->days; d++) {
        for (size_t s = 0; s < l->c->slots; s++) {
            size_t k = cell_number(l, group, &l->c->day[d], s);
            if (!isnan(l->onduty[k]) && l->seen[k] > 0) {
                onduty += l->onduty[k];
                seen += l->seen[k];
            }
        }
    }
    return seen > 0 ? fmin(onduty / seen, 1.25) : 1;
}

static void effective_number(struct looking *l, size_t group, unsigned weekday, size_t slot)
{
    struct fit_group *g = &l->fit->agents.group[group];
    double n = 0, sum = 0, squares = 0, seen = 0, known = 0;
    for (size_t d = 0; d < l->c->days; d++) {
        const struct fit_day *day = &l->c->day[d];
        if (day->kind != DAY_NORMAL || g->same[day->weekday] != g->same[weekday])
            continue;
        size_t k = cell_number(l, group, day, slot);
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
static bool compare_days(struct looking *l, size_t group)
{
    struct fit_group *g = &l->fit->agents.group[group];
    struct staff_days staff = {l->c, &l->seen[group * l->c->days * l->c->slots]};
    g->spread = (struct fit_spread){.absence = {NAN, NAN, NAN}, .correlation = NAN};
    g->weekdays_p = NAN;
    for (unsigned w = 0; w < WEEKDAYS; w++)
        g->same[w] = w;
    if (!l->log->has_agents)
        return true;
    staff_alike(&staff, g->same, &g->weekdays_p);
    return staff_spread(&g->spread, &staff, g->same);
}

static void effective_numbers(struct looking *l, size_t group)
{
    l->fit->agents.group[group].ratio = ratio_of(l, group);
    for (unsigned w = 0; w < WEEKDAYS; w++)
        for (size_t s = 0; s < l->c->slots; s++)
            effective_number(l, group, w, s);
}

/* ---- the whole ---- */

static bool sums_new(struct looking *l)
{
    size_t n = l->fit->agents.groups * l->c->days * l->c->slots;
    l->seen = calloc(n + 1, sizeof *l->seen);
    l->onduty = malloc((n + 1) * sizeof *l->onduty);
    for (size_t i = 0; l->onduty && i < n; i++)
        l->onduty[i] = NAN;
    l->day_time = arena_array(l->arena, l->c->slots, sizeof *l->day_time);
    l->day_busy = arena_array(l->arena, l->c->slots, sizeof *l->day_busy);
    return l->seen && l->onduty && l->day_time && l->day_busy;
}

bool fit_agents(oh_fit *fit, const oh_log *log)
{
    struct looking l = {.fit = fit, .log = log, .c = &fit->calendar, .arena = &fit->arena};
    l.margin = points_grain(fit->total.handling.part[PART_HANDLING].point,
                            fit->total.handling.part[PART_HANDLING].points) > 0
                   ? MARGIN
                   : 0;
    fit->agents.people = log->agent_name.count;
    fit->agents.named = log->has_agents;
    fit->agents.tuned = 1;
    fit->agents.known = log->has_calls && fit->total.handling.part[PART_HANDLING].n > 0;
    bool good = sums_new(&l) && spans(&l) && order_days(&l);
    for (size_t g = 0; good && g < fit->agents.groups; g++) {
        good = waits(&l, g) && compare_days(&l, g);
        if (good)
            effective_numbers(&l, g);
    }
    if (good)
        agents_write_counts(fit);
    free(l.stint);
    free(l.span);
    free(l.line);
    free(l.order);
    free(l.change);
    free(l.seen);
    free(l.onduty);
    return good;
}
