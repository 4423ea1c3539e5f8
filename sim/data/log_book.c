/* log_book.c - adding rows to the sums.
 *
 * The one idea: a page of cells for each day and queue, found by a hash; everything that a figure
 * by day or interval needs is a sum in a cell, so the length of the log does not matter.
 */
#include "log_book.h"

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call_row.h"
#include "kept_calls.h"

void log_book_note(oh_log *log, const char *format, ...)
{
    char text[400];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    for (size_t i = 0; i < log->notes; i++)
        if (strcmp(log->note[i], text) == 0)
            return;
    const char *copy = log->notes < LOG_NOTES ? arena_strdup(&log->arena, text) : NULL;
    if (copy)
        log->note[log->notes++] = copy;
}

/* ---- pages ---- */

static size_t page_slot(const oh_log *log, long day, uint32_t queue)
{
    uint64_t key = (uint64_t)day * 256 + queue;
    size_t i = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (log->page_slots - 1);
    for (; log->page_at[i]; i = (i + 1) & (log->page_slots - 1)) {
        const struct log_page *page = &log->page[log->page_at[i] - 1];
        if (page->day == day && page->queue == queue)
            break;
    }
    return i;
}

const struct log_page *log_book_page(const oh_log *log, long day, uint32_t queue)
{
    if (log->page_slots == 0)
        return NULL;
    uint32_t at = log->page_at[page_slot(log, day, queue)];
    return at ? &log->page[at - 1] : NULL;
}

static struct log_moments whole_day(const oh_log *log, const struct log_moments *by_time)
{
    struct log_moments sum = {0};
    for (size_t i = 0; by_time && i < log->intervals; i++) {
        sum.n += by_time[i].n;
        sum.sum += by_time[i].sum;
    }
    return sum;
}

double log_book_talk(const oh_log *log, uint32_t queue)
{
    const struct log_queue *q = &log->queue[queue];
    struct log_moments all = whole_day(log, q->by_time[PART_HANDLING]);
    struct log_moments wrap_up = whole_day(log, q->by_time[PART_WRAP_UP]);
    return all.n > 0 ? fmax(all.sum - wrap_up.sum, 0) / all.n : NAN;
}

static bool pages_grow(oh_log *log)
{
    size_t room = log->pages_room ? 2 * log->pages_room : 64;
    struct log_page *page = realloc(log->page, room * sizeof *page);
    if (!page)
        return false;
    log->page = page;
    uint32_t *at = calloc(4 * room, sizeof *at);
    if (!at)
        return false;
    free(log->page_at);
    log->page_at = at;
    log->page_slots = 4 * room;
    log->pages_room = room;
    for (size_t i = 0; i < log->pages; i++)
        at[page_slot(log, page[i].day, page[i].queue)] = (uint32_t)i + 1;
    return true;
}

static struct log_cell *cell_of(oh_log *log, const struct call_row *row)
{
    if (log->pages == log->pages_room && !pages_grow(log))
        return NULL;
    size_t slot = page_slot(log, row->day, row->queue);
    if (!log->page_at[slot]) {
        if (log->pages == LOG_PAGES) {
            log->limit_hit = true;
            return NULL;
        }
        struct log_cell *cell = arena_array(&log->arena, log->intervals, sizeof *cell);
        if (!cell)
            return NULL;
        log->page[log->pages] = (struct log_page){row->day, row->queue, cell};
        log->page_at[slot] = (uint32_t)++log->pages;
    }
    size_t i = (size_t)(row->second / log->interval);
    return &log->page[log->page_at[slot] - 1].cell[i < log->intervals ? i : log->intervals - 1];
}

static void add_cells(struct log_cell *to, const struct log_cell *from, size_t n)
{
    for (size_t i = 0; i < n; i++, to++, from++) {
        to->arrivals += from->arrivals;
        to->offered += from->offered;
        to->answered += from->answered;
        to->abandoned += from->abandoned;
        to->within += from->within;
        to->handled += from->handled;
        to->wait += from->wait;
        to->wait_answered += from->wait_answered;
        to->handling += from->handling;
        to->agents = fmax(to->agents, from->agents);
    }
}

void log_book_renumber(oh_log *log, const uint32_t *to)
{
    size_t pages = log->pages;
    log->pages = 0;
    for (size_t i = 0; i < log->page_slots; i++)
        log->page_at[i] = 0;
    for (size_t i = 0; i < pages; i++) {
        struct log_page page = log->page[i];
        page.queue = to[page.queue];
        size_t slot = page_slot(log, page.day, page.queue);
        if (log->page_at[slot]) {
            add_cells(log->page[log->page_at[slot] - 1].cell, page.cell, log->intervals);
        } else {
            log->page[log->pages] = page;
            log->page_at[slot] = (uint32_t)++log->pages;
        }
    }
}

/* ---- days that only count ---- */

bool log_book_before(oh_log *log, long day)
{
    size_t at = log->befores;
    while (at > 0 && log->before[at - 1].day > day)
        at--;
    if (at > 0 && log->before[at - 1].day == day) {
        log->before[at - 1].calls++;
        return true;
    }
    if (log->befores == LOG_PAGES)
        return true;
    if (log->befores == log->befores_room) {
        size_t room = log->befores_room ? 2 * log->befores_room : 64;
        struct log_before *more = realloc(log->before, room * sizeof *more);
        if (!more)
            return false;
        log->before = more;
        log->befores_room = room;
    }
    memmove(&log->before[at + 1], &log->before[at], (log->befores - at) * sizeof *log->before);
    log->before[at] = (struct log_before){day, 1};
    log->befores++;
    return true;
}

/* ---- calls ---- */

/* Sums of a part of handling by time of day. False if out of memory. */
static bool add_moments(oh_log *log, struct log_queue *queue, int part, double second, double t)
{
    struct log_moments **at = &queue->by_time[part];
    if (!*at && !(*at = arena_array(&log->arena, log->intervals, sizeof **at)))
        return false;
    struct log_moments *m = *at + (size_t)(second / log->interval);
    m->n++;
    m->sum += t;
    m->squares += t * t;
    return true;
}

/* The handling of an answered call. Nothing above zero means that it was not recorded. */
static bool add_handling(oh_log *log, struct log_queue *queue, struct log_cell *cell,
                         const struct call_row *row)
{
    double total = row->part[PART_HANDLING];
    if (!(total > 0)) {
        queue->handling_unknown++;
        return true;
    }
    cell->handled++;
    cell->handling += total;
    for (int p = 0; p < PARTS; p++)
        if (!isnan(row->part[p]) && (p == PART_HANDLING || log->has_parts) &&
            (!tally_add(&queue->part[p], row->part[p], true) ||
             !add_moments(log, queue, p, row->second, row->part[p])))
            return false;
    return true;
}

static bool add_wait(oh_log *log, struct log_queue *queue, struct log_cell *cell,
                     const struct call_row *row)
{
    double ring = isnan(row->ring) ? 0 : fmin(row->ring, row->wait);
    double waited = row->wait - ring; /* patience runs until an agent takes the call */
    cell->offered++;
    cell->wait += row->wait;
    if (row->outcome == OUTCOME_ANSWERED) {
        if (!isnan(row->ring) && !tally_add(&queue->ring, ring, true))
            return false;
        queue->answered++;
        cell->answered++;
        cell->wait_answered += row->wait;
        cell->within += row->wait <= log->within;
        if (!(waited > 0)) {
            queue->at_once++;
            return true;
        }
        return tally_add(&queue->waits, waited, false);
    }
    if (row->outcome == OUTCOME_LEFT) {
        queue->left++;
        return tally_add(&queue->waits, row->wait, false);
    }
    queue->abandoned++;
    cell->abandoned++;
    if (row->outcome == OUTCOME_BALKED || !(row->wait > 0)) {
        queue->balked++;
        return true;
    }
    return tally_add(&queue->waits, row->wait, true);
}

static bool add_call(oh_log *log, struct log_queue *queue, struct log_cell *cell,
                     const struct call_row *row)
{
    cell->arrivals += row->outcome != OUTCOME_SELF_SERVED;
    log->has_calls = log->has_levels = true;
    log->named_customers += row->customer != 0;
    if (row->outcome == OUTCOME_BLOCKED)
        queue->blocked++;
    else if (row->outcome == OUTCOME_SELF_SERVED)
        queue->self_served++;
    else if (!add_wait(log, queue, cell, row))
        return false;
    if (row->outcome == OUTCOME_ANSWERED && !add_handling(log, queue, cell, row))
        return false;
    return calls_keep(log, row);
}

static uint32_t count_of(double x)
{
    return isfinite(x) ? (uint32_t)fmin(floor(x + 0.5), 4e9) : 0;
}

/* The counts of an interval. Where the wait of those who hung up is not in the table, it is taken
 * to be that of the answered. */
static void add_interval(oh_log *log, struct log_queue *queue, struct log_cell *cell,
                         const struct call_row *row)
{
    double answered = isnan(row->answered) ? row->offered - row->abandoned : row->answered;
    double abandoned = isnan(row->abandoned) ? row->offered - row->answered : row->abandoned;
    double offered = isnan(row->offered) ? answered + abandoned : row->offered;
    if (!isfinite(answered))
        answered = offered;
    if (!isfinite(abandoned))
        abandoned = 0;
    log->has_intervals = true;
    queue->interval_rows++;
    if (!isnan(row->offered) && !isnan(row->answered) && !isnan(row->abandoned)) {
        log->odd.over += answered + abandoned > offered + 0.5;
        log->odd.done += answered + abandoned;
        log->odd.offered += offered;
    }
    queue->answered += count_of(answered);
    queue->abandoned += count_of(abandoned);
    cell->arrivals += count_of(offered);
    cell->offered += count_of(offered);
    cell->answered += count_of(answered);
    cell->abandoned += count_of(abandoned);
    if (isfinite(row->asa)) {
        cell->wait_answered += row->asa * answered;
        cell->wait += row->asa * answered +
                      (isfinite(row->abandon_wait) ? row->abandon_wait : row->asa) * abandoned;
        log->has_abandon_wait = log->has_abandon_wait || isfinite(row->abandon_wait);
    }
    if (isfinite(row->aht) && row->aht > 0) {
        struct log_moments *m =
            &queue->by_time[PART_HANDLING][(size_t)(row->second / log->interval)];
        m->n += answered;
        m->sum += row->aht * answered;
        m->squares += row->aht * row->aht * answered;
        cell->handled += count_of(answered);
        cell->handling += row->aht * answered;
    }
    log->has_levels = log->has_levels || isfinite(row->service_level);
    if (isfinite(row->service_level))
        cell->within += count_of(row->service_level * offered);
    if (isfinite(row->agents))
        cell->agents = fmax(cell->agents, row->agents);
}

static bool queue_begin(oh_log *log, struct log_queue *queue)
{
    if (queue->by_time[PART_HANDLING])
        return true;
    queue->by_time[PART_HANDLING] =
        arena_array(&log->arena, log->intervals, sizeof *queue->by_time[PART_HANDLING]);
    return queue->by_time[PART_HANDLING] != NULL;
}

bool log_book_add(oh_log *log, const struct call_row *row)
{
    struct log_queue *queue = &log->queue[row->queue];
    struct log_cell *cell = cell_of(log, row);
    if (!cell || !queue_begin(log, queue))
        return false;
    if (!log->any || row->day < log->first_day)
        log->first_day = row->day;
    if (!log->any || row->day > log->last_day)
        log->last_day = row->day;
    log->any = true;
    log->used++;
    if (!row->is_interval)
        return add_call(log, queue, cell, row);
    add_interval(log, queue, cell, row);
    return true;
}
