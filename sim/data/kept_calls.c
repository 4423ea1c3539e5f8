/* kept_calls.c - room for a fixed number of calls, and their order in time.
 *
 * Most logs are in order of time already, and then nothing is moved. Otherwise calls go to their
 * day first, which needs four bytes a call, and each day is sorted by itself: so that memory stays
 * bounded by the calls of the busiest day.
 */
#include "kept_calls.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "call_row.h"
#include "radix.h"

/* When there is no room, this part of it is made free at least. */
#define FREED 16

/* ---- days ---- */

struct days {
    long *day; /* ascending */
    size_t n, last;
    size_t *calls; /* those kept, by day */
};

static int ascending(const void *pa, const void *pb)
{
    long a = *(const long *)pa, b = *(const long *)pb;
    return a < b ? -1 : a > b;
}

/* Neighbours in a log mostly are of one day. */
static size_t day_at(struct days *days, long day)
{
    size_t low = 0, high = days->n;
    if (days->day[days->last] == day)
        return days->last;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (days->day[middle] <= day)
            low = middle;
        else
            high = middle;
    }
    return days->last = low;
}

static void days_free(struct days *days)
{
    free(days->day);
    free(days->calls);
}

/* Every call that is kept has a page of its day. */
static bool days_count(struct days *days, const oh_log *log)
{
    *days = (struct days){.day = malloc((log->pages + 1) * sizeof *days->day),
                          .calls = calloc(log->pages + 1, sizeof *days->calls)};
    if (!days->day || !days->calls)
        return false;
    for (size_t p = 0; p < log->pages; p++)
        days->day[p] = log->page[p].day;
    qsort(days->day, log->pages, sizeof *days->day, ascending);
    for (size_t p = 0; p < log->pages; p++)
        if (p == 0 || days->day[p] != days->day[days->n - 1])
            days->day[days->n++] = days->day[p];
    for (size_t i = 0; i < log->calls; i++)
        days->calls[day_at(days, log->call[i].day)]++;
    return true;
}

/* ---- keeping ---- */

/* The last days go, as many as make room. */
static bool give_up_days(oh_log *log)
{
    struct days days;
    size_t freed = 0, kept = 0;
    bool good = days_count(&days, log);
    if (good) {
        size_t first = days.n;
        while (first > 0 && freed * FREED < log->most_kept)
            freed += days.calls[--first];
        log->kept_before = days.day[first];
        for (size_t i = 0; i < log->calls; i++)
            if (log->call[i].day < log->kept_before)
                log->call[kept++] = log->call[i];
        log->calls_left_out += log->calls - kept;
        log->calls = kept;
    }
    days_free(&days);
    return good;
}

static uint32_t milliseconds(double seconds)
{
    return isfinite(seconds) && seconds > 0 ? (uint32_t)(seconds * 1000 + 0.5) : 0;
}

static bool make_room(oh_log *log)
{
    if (log->calls == log->most_kept)
        return give_up_days(log);
    size_t room = log->calls_room ? 2 * log->calls_room : 4096;
    room = room < log->most_kept ? room : log->most_kept;
    struct log_call *call = realloc(log->call, room * sizeof *call);
    if (!call)
        return false;
    log->call = call;
    log->calls_room = room;
    return true;
}

bool calls_keep(oh_log *log, const struct call_row *row)
{
    if (log->calls == log->calls_room && row->day < log->kept_before && !make_room(log))
        return false;
    if (row->day >= log->kept_before) {
        log->calls_left_out++;
        return true;
    }
    log->call[log->calls++] = (struct log_call){
        .day = (int32_t)row->day,
        .arrived = milliseconds(row->second),
        .wait = milliseconds(row->wait),
        .ring = milliseconds(row->ring),
        .busy = milliseconds(row->part[PART_HANDLING]),
        .wrap_up = milliseconds(row->part[PART_WRAP_UP]),
        .agent = row->agent,
        .customer = row->customer,
        .queue = (uint8_t)row->queue,
        .group = row->group < LOG_GROUPS ? (uint8_t)row->group : UINT8_MAX,
        .outcome = (uint8_t)row->outcome,
    };
    return true;
}

/* ---- order ---- */

static bool is_before(const struct log_call *a, const struct log_call *b)
{
    return a->day != b->day ? a->day < b->day : a->arrived < b->arrived;
}

/* Each call goes to its place; `place` is used up. */
static void move_to(struct log_call *call, uint32_t *place, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        while (place[i] != i) {
            uint32_t to = place[i];
            struct log_call moved = call[to];
            call[to] = call[i];
            call[i] = moved;
            place[i] = place[to];
            place[to] = to;
        }
    }
}

/* The calls of each day together, in the order of their rows. */
static void part_days(oh_log *log, struct days *days, uint32_t *place)
{
    size_t before = 0;
    for (size_t d = 0; d < days->n; d++) {
        size_t here = days->calls[d];
        days->calls[d] = before;
        before += here;
    }
    for (size_t i = 0; i < log->calls; i++)
        place[i] = (uint32_t)days->calls[day_at(days, log->call[i].day)]++;
    move_to(log->call, place, log->calls);
}

static bool order_day(struct log_call *call, size_t n, uint32_t *place)
{
    size_t i = 1;
    while (i < n && call[i - 1].arrived <= call[i].arrived)
        i++;
    if (i >= n)
        return true;
    struct keyed *key = malloc(2 * n * sizeof *key);
    if (!key)
        return false;
    for (i = 0; i < n; i++)
        key[i] = (struct keyed){call[i].arrived, (uint32_t)i};
    radix_sort(key, n, key + n);
    for (i = 0; i < n; i++)
        place[key[i].at] = (uint32_t)i;
    free(key);
    move_to(call, place, n);
    return true;
}

bool calls_order(oh_log *log)
{
    struct days days = {0};
    size_t n = log->calls, i = 1;
    while (i < n && !is_before(&log->call[i], &log->call[i - 1]))
        i++;
    if (i >= n)
        return true;
    uint32_t *place = malloc(n * sizeof *place);
    bool good = place && days_count(&days, log);
    if (good)
        part_days(log, &days, place);
    for (size_t k = 0; good && k < n; k = i) {
        for (i = k + 1; i < n && log->call[i].day == log->call[k].day;)
            i++;
        good = order_day(&log->call[k], i - k, place);
    }
    free(place);
    days_free(&days);
    return good;
}
