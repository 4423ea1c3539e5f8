/* duty.c - the contacts of each agent, one after the other.
 *
 * Calls are in order of time, so a business day is a part of them and is sorted by itself.
 */
#include "duty.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_GAP 1800.0 /* without a call: a break */

size_t duty_cell(const struct duty *l, size_t group, const struct fit_day *day, size_t slot)
{
    return (group * l->c->days + (size_t)(day - l->c->day)) * l->c->slots + slot;
}

uint32_t duty_taken(const struct duty *l, const struct log_call *call, long *day)
{
    return calendar_arrival(l->c, call, day) + call->wait -
           (call->ring < call->wait ? call->ring : call->wait);
}

/* ---- days ---- */

bool duty_is_studied(const struct duty *l, const struct fit_day *day)
{
    return day->kind == DAY_NORMAL && day->day < l->studied_before;
}

/* A business day that ends after midnight needs the calls of two dates. */
static void find_studied(struct duty *l)
{
    long whole = l->log->kept_before;
    size_t n = 0;
    l->studied_before = whole == LONG_MAX || l->c->cut == 0 ? whole : whole - 1;
    for (size_t d = 0; d < l->c->days; d++)
        n += duty_is_studied(l, &l->c->day[d]);
    if (n == 0)
        l->studied_before = whole;
    for (size_t d = 0; d < l->c->days; d++)
        l->studied[l->c->day[d].weekday] += duty_is_studied(l, &l->c->day[d]);
}

bool duty_room(struct duty *l, size_t n)
{
    if (n <= l->keys)
        return true;
    free(l->key);
    l->key = malloc(2 * n * sizeof *l->key);
    l->keys = l->key ? n : 0;
    return l->key != NULL;
}

/* Calls are in order of time, so those of a business day stand together. */
static bool part_days(struct duty *l)
{
    size_t room = 0, i = 0;
    long day = 0, next;
    for (size_t n = l->log->calls; i < n; day = next) {
        if (l->days == room) {
            room = room ? 2 * room : 64;
            struct day_calls *more = realloc(l->day, room * sizeof *more);
            if (!more)
                return false;
            l->day = more;
        }
        size_t first = i;
        calendar_arrival(l->c, &l->log->call[first], &day);
        for (next = day; i < n && next == day; i += next == day)
            calendar_arrival(l->c, &l->log->call[i], &next);
        l->day[l->days++] = (struct day_calls){day, first, i};
        l->longest = i - first > l->longest ? i - first : l->longest;
    }
    return true;
}

/* ---- spans ---- */

static bool same_day(const struct stint *a, const struct stint *b)
{
    return a->day == b->day && a->agent == b->agent;
}

/* From the end of an agent's contact to the start of the next one, ms. */
static uint32_t gap_before(const struct stint *s)
{
    return s->start > s[-1].end ? s->start - s[-1].end : 0;
}

/* The value below which half of the gaps are: the upper bits first, then the lower ones of those
 * that share them, so nothing is sorted and next to no memory is needed. */
enum { GAP_LOW = 16, GAP_VALUES = 1 << GAP_LOW };
static uint32_t median_gap(const struct stint *stint, size_t n, size_t gaps, size_t *count)
{
    size_t rank = gaps / 2;
    uint32_t found[2] = {0, 0};
    for (int low = 0; low < 2; low++) {
        memset(count, 0, GAP_VALUES * sizeof *count);
        for (size_t i = 1; i < n; i++) {
            uint32_t gap = same_day(&stint[i - 1], &stint[i]) ? gap_before(&stint[i]) : 0;
            if (!same_day(&stint[i - 1], &stint[i]) || (low && gap >> GAP_LOW != found[0]))
                continue;
            count[low ? gap & (GAP_VALUES - 1) : gap >> GAP_LOW]++;
        }
        for (; count[found[low]] <= rank; found[low]++)
            rank -= count[found[low]];
    }
    return (found[0] << GAP_LOW) + found[1];
}

/* A gap that is no waiting for the next call: six times the usual one, half an hour at least. */
static bool find_gap(struct duty *l, const struct stint *stint, size_t n)
{
    size_t gaps = 0, *count = malloc(GAP_VALUES * sizeof *count);
    if (!count)
        return false;
    for (size_t i = 1; i < n; i++)
        gaps += same_day(&stint[i - 1], &stint[i]);
    if (gaps > 0)
        l->usual_gap = median_gap(stint, n, gaps, count) / 1000.0;
    l->fit->agents.break_gap = fmax(LEAST_GAP, 6 * l->usual_gap);
    free(count);
    return true;
}

/* Who comes at the full hour waits for the first call, and has the last one before the end: a span
 * that begins or ends that near to a slot's edge goes up to it. */
static void reach_edges(const struct duty *l, double *from, double *to)
{
    double step = l->c->step, reach = fmin(2 * l->usual_gap, step / 3);
    double before = floor(*from / step) * step, after = ceil(*to / step) * step;
    *from = *from - before <= reach ? before : *from;
    *to = after - *to <= reach ? after : *to;
}

static void add_span(struct duty *l, const struct stint *s, double from, double to)
{
    const struct fit_day *day = calendar_day(l->c, s->day);
    if (!day || !duty_is_studied(l, day))
        return;
    reach_edges(l, &from, &to);
    l->span[l->spans++] = (struct presence){s->group, {s->day, from, to}};
    for (size_t i = (size_t)(fmax(from, 0) / l->c->step); i < l->c->slots; i++) {
        double start = (double)i * l->c->step, end = start + l->c->step;
        if (start >= to)
            break;
        l->seen[duty_cell(l, s->group, day, i)] +=
            (fmax(fmin(to, end) - fmax(from, start), 0) / l->c->step);
    }
}

/* Agents with a call that began in the slot. */
static void add_distinct(struct duty *l, const struct stint *s, long *last_slot)
{
    const struct fit_day *day = calendar_day(l->c, s->day);
    long slot = (long)(s->start / 1000.0 / l->c->step);
    if (!day || !duty_is_studied(l, day) || slot == *last_slot || slot < 0 ||
        slot >= (long)l->c->slots)
        return;
    *last_slot = slot;
    l->fit->agents.group[s->group].distinct[day->weekday][slot] +=
        1 / (double)l->studied[day->weekday];
}

static void sum_spans(struct duty *l, const struct stint *stint, size_t n)
{
    double gap = l->fit->agents.break_gap;
    for (size_t i = 0; i < n;) {
        double from = stint[i].start / 1000.0, to = stint[i].end / 1000.0;
        long last_slot = -1;
        size_t k = i;
        for (; k < n && same_day(&stint[i], &stint[k]); k++) {
            double start = stint[k].start / 1000.0;
            add_distinct(l, &stint[k], &last_slot);
            if (k > i && start < to - 1)
                l->fit->agents.overlaps++;
            if (start > to + gap) {
                add_span(l, &stint[i], from, to);
                from = start;
            }
            to = fmax(to, stint[k].end / 1000.0);
        }
        add_span(l, &stint[i], from, to);
        i = k;
    }
}

static bool count_people(struct duty *l)
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

static bool is_stint(const struct log_call *call)
{
    return call->outcome == OUTCOME_ANSWERED && call->agent != UINT32_MAX && call->busy > 0;
}

/* The contacts of a day by agent and start. */
static void add_stints(struct duty *l, const struct day_calls *d)
{
    const oh_log *log = l->log;
    size_t n = 0;
    long day;
    for (size_t i = d->first; i < d->end; i++) {
        const struct log_call *call = &log->call[i];
        if (is_stint(call))
            l->key[n++] = (struct keyed){(uint64_t)call->agent << 32 | duty_taken(l, call, &day),
                                         (uint32_t)i};
    }
    radix_sort(l->key, n, l->key + l->keys);
    for (size_t k = 0; k < n; k++) {
        const struct log_call *call = &log->call[l->key[k].at];
        uint32_t start = (uint32_t)l->key[k].key;
        l->stint[l->stints++] = (struct stint){.day = (int32_t)d->day,
                                               .start = start,
                                               .end = start + call->ring + call->busy,
                                               .agent = (uint16_t)call->agent,
                                               .group = (uint8_t)agents_group_of(log, call),
                                               .queue = call->queue};
    }
}

static bool spans(struct duty *l)
{
    const oh_log *log = l->log;
    size_t n = 0;
    for (size_t i = 0; i < log->calls; i++)
        n += is_stint(&log->call[i]);
    l->stint = malloc((n + 1) * sizeof *l->stint);
    l->span = malloc((n + 1) * sizeof *l->span);
    if (!l->stint || !l->span || !duty_room(l, l->longest + 1))
        return false;
    for (size_t d = 0; d < l->days; d++)
        add_stints(l, &l->day[d]);
    if (!count_people(l) || !find_gap(l, l->stint, l->stints))
        return false;
    sum_spans(l, l->stint, l->stints);
    return true;
}

/* ---- the whole ---- */

static bool sums_new(struct duty *l)
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

bool duty_find(struct duty *l)
{
    find_studied(l);
    return sums_new(l) && part_days(l) && spans(l);
}

void duty_free(struct duty *l)
{
    free(l->stint);
    free(l->span);
    free(l->line);
    free(l->day);
    free(l->key);
    free(l->seen);
    free(l->onduty);
}
