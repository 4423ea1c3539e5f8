/* fit_agents.c - how many agents were there, where nobody wrote it down.
 *
 * Two sights of the same thing. Spans: an agent is there from the first to the last call of a
 * stretch without long gaps; that counts heads, pauses too short to show included. Effective: while
 * somebody waits, every agent who can take a call has one, so the number of busy agents then is the
 * number that was really on duty. The second is what waits depend on. Days with few agents have the
 * longest lines, so a slot is the mean over its days and not over the time spent waiting; a day on
 * which nobody waited counts with its spans times the ratio found elsewhere.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fit_parts.h"

#define LEAST_GAP     1800.0 /* without a call: a break */
#define LEAST_WAITING 20.0   /* seconds with somebody waiting that tell about a day's slot */
#define MARGIN        2.0    /* whole-second logs: what lies between two records */

struct stint { /* one call of an agent, in seconds of the business day */
    long day;
    uint32_t agent;
    uint8_t group;
    double start, end;
};

struct change { /* at a time: one more or fewer busy or waiting */
    double time;
    int busy, waiting;
};

struct dated {
    long day;
    uint32_t call;
};

struct looking {
    oh_fit *fit;
    const oh_log *log;
    const struct fit_calendar *c;
    struct arena *arena;
    double margin;
    struct dated *order; /* calls by business day */
    struct change *change;
    /* by group, day of the calendar and slot */
    float *seen;                 /* agents by their spans */
    float *onduty;               /* busy while somebody waited; NaN: nobody did */
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

static bool was_answered(const struct log_call *call)
{
    return call->outcome == OUTCOME_ANSWERED;
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
    }
    free(gap);
    return true;
}

static void add_span(struct looking *l, const struct stint *s, double from, double to)
{
    const struct fit_day *day = calendar_day(l->c, s->day);
    if (!day || day->kind != DAY_NORMAL)
        return;
    for (size_t i = (size_t)(fmax(from, 0) / l->c->step); i < l->c->slots; i++) {
        double start = (double)i * l->c->step, end = start + l->c->step;
        if (start >= to)
            break;
        l->seen[cell_number(l, s->group, day, i)] +=
            (float)(fmax(fmin(to, end) - fmax(from, start), 0) / l->c->step);
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

static bool spans(struct looking *l)
{
    size_t n = 0;
    const oh_log *log = l->log;
    struct stint *stint = malloc((log->calls + 1) * sizeof *stint);
    if (!stint)
        return false;
    for (size_t i = 0; i < log->calls; i++) {
        const struct log_call *call = &log->call[i];
        struct stint s = {.agent = call->agent};
        if (!was_answered(call) || call->agent == UINT32_MAX || call->busy == 0)
            continue;
        s.group = call->group == UINT8_MAX || !log->has_groups ? 0 : call->group;
        s.start = came(l, call, &s.day) + call->wait / 1000.0 - call->ring / 1000.0;
        s.end = s.start + (call->ring + call->busy) / 1000.0;
        stint[n++] = s;
    }
    if (n > 0)
        qsort(stint, n, sizeof *stint, by_agent);
    bool good = find_gap(l, stint, n);
    if (good)
        sum_spans(l, stint, n);
    free(stint);
    return good;
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
    for (size_t s = 0; s < l->c->slots; s++)
        l->day_time[s] = l->day_busy[s] = 0;
    qsort(l->change, changes, sizeof *l->change, by_time);
    for (size_t i = 0; i < changes; i++) {
        if (waiting > 0 && l->change[i].time > l->change[i - 1].time)
            add_waiting(l, l->change[i - 1].time, l->change[i].time, (double)busy);
        busy += l->change[i].busy;
        waiting += l->change[i].waiting;
    }
    for (size_t s = 0; s < l->c->slots; s++)
        if (l->day_time[s] >= LEAST_WAITING)
            l->onduty[cell_number(l, group, day, s)] = (float)(l->day_busy[s] / l->day_time[s]);
}

static size_t changes_of(struct looking *l, size_t group, size_t first, size_t end)
{
    const struct fit_agents *a = &l->fit->agents;
    size_t n = 0;
    for (size_t i = first; i < end; i++) {
        const struct log_call *call = &l->log->call[l->order[i].call];
        long day;
        double at = came(l, call, &day),
               wait = (call->wait - fmin(call->ring, call->wait)) / 1000.0;
        size_t own = call->group == UINT8_MAX || !l->log->has_groups ? 0 : call->group;
        bool in_line = call->outcome == OUTCOME_ANSWERED || call->outcome == OUTCOME_ABANDONED ||
                       call->outcome == OUTCOME_LEFT;
        if (in_line && a->group[group].serves[call->queue] && wait > 2 * l->margin) {
            l->change[n++] = (struct change){at + l->margin, 0, 1};
            l->change[n++] = (struct change){at + wait - l->margin, 0, -1};
        }
        if (was_answered(call) && own == group && call->busy > 0) {
            l->change[n++] = (struct change){at + wait, 1, 0};
            l->change[n++] = (struct change){at + (call->wait + call->busy) / 1000.0, -1, 0};
        }
    }
    return n;
}

static int by_day(const void *pa, const void *pb)
{
    const struct dated *a = pa, *b = pb;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return a->call < b->call ? -1 : a->call > b->call;
}

static bool waits(struct looking *l)
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
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0, k; i < n; i = k) {
            long day = l->order[i].day;
            for (k = i + 1; k < n && l->order[k].day == day;)
                k++;
            longest = k - i > longest ? k - i : longest;
            const struct fit_day *found = calendar_day(l->c, day);
            for (size_t g = 0; pass == 1 && g < l->fit->agents.groups; g++) {
                size_t changes = changes_of(l, g, i, k);
                if (changes > 0 && found && found->kind == DAY_NORMAL)
                    sweep(l, g, found, changes);
            }
        }
        if (pass == 0 && !(l->change = malloc((4 * longest + 1) * sizeof *l->change)))
            return false;
    }
    return true;
}

/* ---- numbers to write ---- */

/* Those on duty over those seen, where both are known. */
static double ratio_of(const struct looking *l, size_t group)
{
    double onduty = 0, seen = 0;
    for (size_t d = 0; d < l->c->days; d++) {
        for (size_t s = 0; s < l->c->slots; s++) {
            size_t k = cell_number(l, group, &l->c->day[d], s);
            if (!isnan(l->onduty[k]) && l->seen[k] > 0) {
                onduty += (double)l->onduty[k];
                seen += (double)l->seen[k];
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
        if (day->kind != DAY_NORMAL || day->weekday != weekday)
            continue;
        size_t k = cell_number(l, group, day, slot);
        double x = (double)l->onduty[k];
        known += !isnan(x);
        seen += (double)l->seen[k];
        n++;
        if (isnan(x) && !l->log->has_agents)
            continue;
        x = isnan(x) ? g->ratio * (double)l->seen[k] : x;
        sum += x;
        squares += x * x;
    }
    double used = l->log->has_agents ? n : known;
    g->seen[weekday][slot] = n > 0 ? seen / n : 0;
    g->effective[weekday][slot] = known > 0 ? sum / used : NAN;
    g->error[weekday][slot] = NAN;
    if (known > 0 && used > 1)
        g->error[weekday][slot] =
            sqrt(fmax(squares / used - sum / used * sum / used, 0) / (used - 1));
}

static void effective_numbers(struct looking *l, size_t group)
{
    l->fit->agents.group[group].ratio = ratio_of(l, group);
    for (unsigned w = 0; w < WEEKDAYS; w++)
        for (size_t s = 0; s < l->c->slots; s++)
            effective_number(l, group, w, s);
}

/* The nearest slot of the weekday whose number is known. */
static double nearest(const double *x, size_t first, size_t end, size_t at)
{
    for (size_t far = 1; far < end - first; far++) {
        if (at >= first + far && !isnan(x[at - far]))
            return x[at - far];
        if (at + far < end && !isnan(x[at + far]))
            return x[at + far];
    }
    return NAN;
}

/* Whole numbers; what rounding takes from one slot it gives to the next, so that the hours of the
 * day stay right. */
static void write_counts(const oh_fit *fit, struct fit_group *g)
{
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        const struct fit_opening *o = &fit->calendar.opening[w];
        double carry = 0;
        for (size_t s = o->first; o->open && s < o->end; s++) {
            double x = g->effective[w][s];
            if (isnan(x) && fit->agents.named)
                x = g->ratio * g->seen[w][s];
            else if (isnan(x))
                x = nearest(g->effective[w], o->first, o->end, s);
            x = isnan(x) ? 0 : x * fit->agents.tuned;
            double whole = fmax(floor(x + carry + 0.5), x > 0.25 ? 1 : 0);
            carry = fmax(fmin(carry + x - whole, 0.5), -0.5);
            g->count[w][s] = whole;
        }
    }
}

void agents_write_counts(oh_fit *fit)
{
    for (size_t g = 0; g < fit->agents.groups; g++)
        write_counts(fit, &fit->agents.group[g]);
}

/* ---- groups ---- */

/* Who answers whose calls; a queue of which the group answers next to nothing is not its own. */
static bool find_groups(struct looking *l)
{
    struct fit_agents *a = &l->fit->agents;
    size_t queues = l->log->queue_name.count;
    a->groups = l->log->has_groups ? l->log->group_name.count : 1;
    a->group = arena_array(l->arena, a->groups, sizeof *a->group);
    double *answered = arena_array(l->arena, a->groups * queues, sizeof *answered);
    if (!a->group || !answered)
        return false;
    for (size_t i = 0; i < l->log->calls; i++) {
        const struct log_call *call = &l->log->call[i];
        size_t g = call->group == UINT8_MAX || !l->log->has_groups ? 0 : call->group;
        if (was_answered(call))
            answered[g * queues + call->queue]++;
    }
    for (size_t g = 0; g < a->groups; g++) {
        struct fit_group *group = &a->group[g];
        double all = 0;
        group->speed = 1;
        group->serves = arena_array(l->arena, queues, sizeof *group->serves);
        group->name = l->log->has_groups ? l->log->group_name.name[g] : "agents";
        if (!group->serves)
            return false;
        for (size_t q = 0; q < queues; q++)
            all += answered[g * queues + q];
        for (size_t q = 0; q < queues; q++)
            group->serves[q] = !l->log->has_groups || answered[g * queues + q] > 0.005 * all;
        double **tables[] = {group->seen, group->distinct, group->effective, group->error,
                             group->count};
        for (size_t t = 0; t < 5; t++)
            for (unsigned w = 0; w < WEEKDAYS; w++)
                if (!(tables[t][w] = arena_array(l->arena, l->c->slots, sizeof(double))))
                    return false;
    }
    return true;
}

/* How fast a group is beside all that serve the same queues: the mean handling time expected of its
 * calls, over its own. Written only where it is beyond chance and more than a few percent. */
static bool find_speeds(struct looking *l)
{
    struct fit_agents *a = &l->fit->agents;
    size_t queues = l->log->queue_name.count;
    if (a->groups < 2)
        return true;
    double *mean = calloc(2 * queues + 4 * a->groups, sizeof *mean);
    if (!mean)
        return false;
    double *count = mean + queues, *own = count + queues, *expected = own + a->groups;
    double *squares = expected + a->groups, *n = squares + a->groups;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < l->log->calls; i++) {
            const struct log_call *call = &l->log->call[i];
            if (!was_answered(call) || call->busy == 0 || call->group == UINT8_MAX)
                continue;
            double t = call->busy / 1000.0;
            if (pass == 0) {
                mean[call->queue] += t;
                count[call->queue]++;
            } else {
                own[call->group] += t;
                squares[call->group] += t * t;
                expected[call->group] += mean[call->queue];
                n[call->group]++;
            }
        }
        for (size_t q = 0; pass == 0 && q < queues; q++)
            mean[q] = count[q] > 0 ? mean[q] / count[q] : 0;
    }
    for (size_t g = 0; g < a->groups; g++) {
        if (n[g] < 100)
            continue;
        double m = own[g] / n[g], se = sqrt(fmax(squares[g] / n[g] - m * m, 0) / n[g]);
        double speed = expected[g] / own[g];
        if (fabs(speed - 1) > 0.03 && fabs(speed - 1) > 3 * se / m)
            a->group[g].speed = speed;
    }
    free(mean);
    return true;
}

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
    bool good = find_groups(&l) && sums_new(&l) && find_speeds(&l) && spans(&l) && waits(&l);
    for (size_t g = 0; good && g < fit->agents.groups; g++)
        effective_numbers(&l, g);
    if (good)
        agents_write_counts(fit);
    free(l.order);
    free(l.change);
    free(l.seen);
    free(l.onduty);
    return good;
}
