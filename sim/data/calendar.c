/* calendar.c - which days were normal, and when it was open, seen from the calls alone.
 *
 * Open is where calls come at more than a few percent of the busy hours' rate, and not only on a
 * few of the weekday's days. A day is special if its calls are far from what is usual on its
 * weekday, or if it was open for a part only: such days would bend every mean.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fit_parts.h"
#include "quantiles.h"

/* A slot with less than this part of the weekday's busy slots is a quiet one. */
#define QUIET 0.06
/* A weekday with less than this part of the busiest weekday's calls is closed. */
#define CLOSED 0.02
/* A day outside these multiples of its weekday's median is special. */
#define SPECIAL_BELOW 0.4
#define SPECIAL_ABOVE 2.0
/* A day that has a stretch without a call where so many are usual, and that part of a day's, was
 * open for a part only. */
#define MISSED       25.0
#define MISSED_SHARE 0.2
/* Quiet stretches shorter than this are part of the opening. */
#define LUNCH (2 * 3600.0)

/* A weekday with fewer days than this is judged with those that have the same hours, but for edges
 * with less than this share of the calls. */
#define ENOUGH_DAYS 4
#define EDGE        0.03
/* Days that are less equal than this share of equal ones differ beyond chance. */
#define BEYOND_CHANCE 0.99

enum { DAYS_MOST = 40000 };

struct calendar_room {
    double *profile, *sorted; /* [slots] */
    double *values;           /* [days] */
};

size_t calendar_place(const struct fit_calendar *c, long day, double second, long *business_day)
{
    size_t at = (size_t)fmax(floor(second / c->step), 0);
    *business_day = day + (long)(at / c->slots);
    at %= c->slots;
    if (at >= c->cut)
        return at - c->cut;
    --*business_day;
    return at + c->slots - c->cut;
}

uint32_t calendar_arrival(const struct fit_calendar *c, const struct log_call *call,
                          long *business_day)
{
    const uint32_t day = (uint32_t)(1000 * LOG_DAY);
    uint32_t cut = (uint32_t)(1000 * c->step * (double)c->cut + 0.5), at = call->arrived;
    *business_day = call->day;
    if (at >= day) {
        at -= day;
        ++*business_day;
    }
    if (at >= cut)
        return at - cut;
    --*business_day;
    return at + day - cut;
}

double calendar_clock(const struct fit_calendar *c, size_t slot)
{
    return (double)(slot + c->cut) * c->step;
}

const struct log_cell *calendar_cell(const struct fit_calendar *c, const oh_log *log, long day,
                                     size_t slot, uint32_t queue)
{
    size_t at = slot + c->cut;
    const struct log_page *page = log_book_page(log, day + (long)(at / c->slots), queue);
    return page ? &page->cell[at % c->slots] : NULL;
}

const struct fit_day *calendar_day(const struct fit_calendar *c, long business_day)
{
    size_t low = 0, high = c->days;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c->day[middle].day < business_day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->days && c->day[low].day == business_day ? &c->day[low] : NULL;
}

static double calls_in(const struct fit_calendar *c, const oh_log *log, long day, size_t slot)
{
    double sum = 0;
    for (uint32_t q = 0; q < log->queue_name.count; q++) {
        const struct log_cell *cell = calendar_cell(c, log, day, slot, q);
        sum += cell ? cell->arrivals : 0;
    }
    return sum;
}

static int ascending(const void *pa, const void *pb)
{
    double a = *(const double *)pa, b = *(const double *)pb;
    return a < b ? -1 : a > b;
}

/* What nine tenths of the values are below. */
static double high_value(double *values, size_t n)
{
    qsort(values, n, sizeof *values, ascending);
    return values[(n - 1) * 9 / 10];
}

/* The business day begins at midnight unless the centre is open then: then in the middle of the
 * longest quiet stretch. */
static void find_cut(struct fit_calendar *c, const oh_log *log, double *profile, double *sorted)
{
    size_t n = c->slots, longest = 0, at = 0;
    for (size_t i = 0; i < n; i++)
        profile[i] = 0;
    for (size_t p = 0; p < log->pages; p++)
        for (size_t i = 0; i < n; i++)
            profile[i] += log->page[p].cell[i].arrivals;
    memcpy(sorted, profile, n * sizeof *sorted);
    double quiet = QUIET * high_value(sorted, n);
    if (profile[0] <= quiet || !c->dated)
        return;
    for (size_t i = 0; i < n; i++) {
        size_t length = 0;
        while (length < n && profile[(i + length) % n] <= quiet)
            length++;
        if (length > longest) {
            longest = length;
            at = i + length / 2;
        }
    }
    c->cut = longest > 0 ? at % n : 0;
}

/* ---- days ---- */

static void add_day(struct fit_calendar *c, const oh_log *log, long day)
{
    struct fit_day d = {.day = day, .kind = DAY_NORMAL};
    for (size_t s = 0; s < c->slots; s++)
        d.calls += calls_in(c, log, day, s);
    if (d.calls == 0 && (!c->dated || c->days == 0))
        return;
    d.weekday = c->dated  ? weekday_of_day(day)
                : c->week ? (unsigned)(day % DAYS_OF_A_RUN) % WEEKDAYS
                          : 0;
    if (d.calls == 0)
        d.kind = DAY_EMPTY;
    c->day[c->days++] = d;
}

static int by_number(const void *pa, const void *pb)
{
    long a = *(const long *)pa, b = *(const long *)pb;
    return a < b ? -1 : a > b;
}

/* Without dates: the days that have calls. */
static bool list_numbers(struct fit_calendar *c, struct arena *arena, const oh_log *log)
{
    long *number = arena_array(arena, log->pages, sizeof *number);
    c->day = arena_array(arena, log->pages, sizeof *c->day);
    if (!number || !c->day)
        return false;
    for (size_t p = 0; p < log->pages; p++)
        number[p] = log->page[p].day;
    qsort(number, log->pages, sizeof *number, by_number);
    for (size_t p = 0; p < log->pages; p++)
        if (p == 0 || number[p] != number[p - 1])
            add_day(c, log, number[p]);
    return true;
}

/* With dates: every day from the first to the last, so that those without calls show. */
static bool list_days(struct fit_calendar *c, struct arena *arena, const oh_log *log)
{
    if (!c->dated)
        return list_numbers(c, arena, log);
    long first = log->first_day - (c->cut > 0), last = log->last_day;
    double span = (double)last - (double)first + 1;
    size_t room = span < DAYS_MOST ? (size_t)span : DAYS_MOST;
    c->day = arena_array(arena, room, sizeof *c->day);
    if (!c->day)
        return false;
    for (long day = first; day <= last && c->days < room; day++)
        add_day(c, log, day);
    /* the last calls may be those of a night that began the day before */
    while (c->days > 0 && c->day[c->days - 1].calls == 0)
        c->days--;
    return true;
}

static void find_special(struct fit_calendar *c, double *values)
{
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        size_t n = 0;
        for (size_t d = 0; d < c->days; d++)
            if (c->day[d].weekday == w && c->day[d].kind == DAY_NORMAL)
                values[n++] = c->day[d].calls;
        if (n < 3)
            continue;
        qsort(values, n, sizeof *values, ascending);
        double median = (values[(n - 1) / 2] + values[n / 2]) / 2;
        for (size_t d = 0; d < c->days; d++) {
            struct fit_day *day = &c->day[d];
            bool far = fabs(day->calls - median) > 4 * sqrt(median);
            if (day->weekday == w && day->kind == DAY_NORMAL && far &&
                (day->calls < SPECIAL_BELOW * median || day->calls > SPECIAL_ABOVE * median))
                day->kind = DAY_SPECIAL;
        }
    }
}

/* ---- opening hours ---- */

/* The stretch with the most calls; quiet ones that are short do not part it. */
static void longest_stretch(struct fit_opening *o, const double *profile, size_t n, double quiet,
                            size_t lunch)
{
    double best = 0;
    for (size_t i = 0; i < n;) {
        if (profile[i] <= quiet) {
            i++;
            continue;
        }
        size_t end = i + 1;
        double sum = profile[i];
        for (size_t k = i + 1; k < n && k - end <= lunch; k++) {
            if (profile[k] > quiet) {
                for (size_t j = end; j <= k; j++)
                    sum += profile[j];
                end = k + 1;
            }
        }
        if (sum > best) {
            best = sum;
            o->first = i;
            o->end = end;
        }
        i = end;
    }
    o->open = best > 0;
}

/* Is it open there on more than half of the days? Where most days are quiet and the others differ
 * from them by chance only, as with few calls, all of them together tell. Orders the counts. */
static bool is_usual(double *count, size_t n, double sum, double quiet)
{
    double mean = sum / (double)n, squares = 0;
    if (n < 2 || !(sum > 0))
        return sum > 0;
    for (size_t i = 0; i < n; i++)
        squares += (count[i] - mean) * (count[i] - mean);
    qsort(count, n, sizeof *count, ascending);
    return count[(n - 1) / 2] > quiet ||
           squares / mean <= chi_square_quantile(BEYOND_CHANCE, (double)(n - 1));
}

/* Opening hours of the usual days of some weekdays (bits), as if they were one. */
static void find_hours(const struct fit_calendar *c, const oh_log *log, unsigned weekdays,
                       struct fit_opening *o, const struct calendar_room *room)
{
    size_t busy = 0, n = 0;
    double *profile = room->profile;
    for (size_t s = 0; s < c->slots; s++)
        profile[s] = 0;
    for (size_t d = 0; d < c->days; d++) {
        if (!(weekdays >> c->day[d].weekday & 1) || c->day[d].kind != DAY_NORMAL)
            continue;
        n++;
        for (size_t s = 0; s < c->slots; s++)
            profile[s] += calls_in(c, log, c->day[d].day, s);
    }
    for (size_t s = 0; s < c->slots; s++)
        if (profile[s] > 0)
            room->sorted[busy++] = profile[s];
    if (busy == 0)
        return;
    double quiet = QUIET * high_value(room->sorted, busy);
    for (size_t s = 0; s < c->slots; s++) {
        size_t k = 0;
        for (size_t d = 0; profile[s] > quiet && d < c->days; d++)
            if ((weekdays >> c->day[d].weekday & 1) && c->day[d].kind == DAY_NORMAL)
                room->values[k++] = calls_in(c, log, c->day[d].day, s);
        if (k > 0 && !is_usual(room->values, k, profile[s], quiet / (double)n))
            profile[s] = 0;
    }
    longest_stretch(o, profile, c->slots, quiet, (size_t)(LUNCH / c->step));
}

static void find_opening(struct fit_calendar *c, const oh_log *log, unsigned w,
                         const struct calendar_room *room)
{
    struct fit_opening *o = &c->opening[w];
    double squares = 0;
    *o = (struct fit_opening){0};
    for (size_t d = 0; d < c->days; d++) {
        if (c->day[d].weekday != w || c->day[d].kind != DAY_NORMAL)
            continue;
        o->days++;
        o->calls += c->day[d].calls;
        squares += c->day[d].calls * c->day[d].calls;
    }
    if (o->days == 0)
        return;
    double n = (double)o->days;
    o->calls /= n;
    o->sd = n > 1 ? sqrt(fmax(squares - n * o->calls * o->calls, 0) / (n - 1)) : NAN;
    find_hours(c, log, 1u << w, o, room);
}

/* The share of a weekday's calls where only one of two weekdays is open. */
static double apart(const struct fit_calendar *c, const oh_log *log, unsigned w,
                    const struct fit_opening *a, const struct fit_opening *b)
{
    double sum = 0;
    for (size_t d = 0; d < c->days; d++) {
        if (c->day[d].weekday != w || c->day[d].kind != DAY_NORMAL)
            continue;
        for (size_t s = 0; s < c->slots; s++)
            if ((s >= a->first && s < a->end) != (s >= b->first && s < b->end))
                sum += calls_in(c, log, c->day[d].day, s);
    }
    return sum / (c->opening[w].calls * (double)c->opening[w].days);
}

/* One odd day of two or three makes hours of its own. Weekdays whose hours are the same but for a
 * few calls at the edges tell the hours together. */
static void settle_thin_weekdays(struct fit_calendar *c, const oh_log *log,
                                 const struct calendar_room *room)
{
    struct fit_opening alone[WEEKDAYS];
    memcpy(alone, c->opening, sizeof alone);
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        unsigned alike = 1u << w;
        if (!alone[w].open || alone[w].days >= ENOUGH_DAYS)
            continue;
        for (unsigned v = 0; v < WEEKDAYS; v++)
            if (v != w && alone[v].open && apart(c, log, w, &alone[w], &alone[v]) < EDGE &&
                apart(c, log, v, &alone[w], &alone[v]) < EDGE)
                alike |= 1u << v;
        find_hours(c, log, alike, &c->opening[w], room);
    }
}

static void close_quiet_weekdays(struct fit_calendar *c)
{
    double most = 0;
    for (unsigned w = 0; w < WEEKDAYS; w++)
        most = fmax(most, c->opening[w].calls);
    for (unsigned w = 0; w < WEEKDAYS; w++)
        if (c->opening[w].calls < CLOSED * most)
            c->opening[w].open = false;
}

/* ---- days that were open for a part ---- */

/* Would the other days of its weekday have many calls in this day's emptiest stretch? */
static bool is_partial(const struct fit_calendar *c, const oh_log *log, const struct fit_day *day,
                       const double *profile)
{
    const struct fit_opening *o = &c->opening[day->weekday];
    double run = 0, most = 0, all = 0;
    for (size_t s = o->first; s < o->end; s++) {
        double here = calls_in(c, log, day->day, s);
        double others = (profile[s] - here) / (double)(o->days - 1);
        run = here > 0 ? 0 : run + others;
        most = fmax(most, run);
        all += others;
    }
    return most >= fmax(MISSED, MISSED_SHARE * all);
}

/* The eve of a holiday, the day on which a log begins or breaks off. If many days of a weekday are
 * so, the hours have changed, and none is set aside. */
static bool find_partial(struct fit_calendar *c, const oh_log *log, unsigned w, double *profile)
{
    const struct fit_opening *o = &c->opening[w];
    size_t found = 0;
    for (size_t s = 0; s < c->slots; s++)
        profile[s] = 0;
    for (size_t d = 0; o->open && d < c->days; d++)
        if (c->day[d].weekday == w && c->day[d].kind == DAY_NORMAL)
            for (size_t s = o->first; s < o->end; s++)
                profile[s] += calls_in(c, log, c->day[d].day, s);
    for (int mark = 0; mark < 2 && o->open && o->days >= 3; mark++)
        for (size_t d = 0; d < c->days; d++) {
            struct fit_day *day = &c->day[d];
            if (day->weekday != w || day->kind != DAY_NORMAL || !is_partial(c, log, day, profile))
                continue;
            if (mark == 0)
                found++;
            else if (found == 1 || 4 * found <= o->days)
                day->kind = DAY_SPECIAL;
        }
    return found > 0;
}

static void count_days(struct fit_calendar *c, const oh_log *log)
{
    double all = 0, inside = 0;
    for (size_t d = 0; d < c->days; d++) {
        struct fit_day *day = &c->day[d];
        const struct fit_opening *o = &c->opening[day->weekday];
        if (!o->open)
            day->kind = DAY_CLOSED;
        c->normal += day->kind == DAY_NORMAL;
        c->special += day->kind == DAY_SPECIAL;
        c->empty += day->kind == DAY_EMPTY;
        all += day->calls;
        for (size_t s = o->first; o->open && s < o->end; s++)
            inside += calls_in(c, log, day->day, s);
    }
    c->outside = all > 0 ? 1 - inside / all : 0;
}

bool calendar_make(struct fit_calendar *c, struct arena *arena, const oh_log *log)
{
    *c = (struct fit_calendar){.dated = log->dated, .slots = log->intervals, .step = log->interval};
    for (size_t p = 0; p < log->pages && !log->dated; p++)
        c->week =
            c->week || (log->page[p].day > DAYS_OF_A_RUN && log->page[p].day % DAYS_OF_A_RUN > 0);
    double *profile = arena_array(arena, c->slots, sizeof *profile);
    double *sorted = arena_array(arena, c->slots, sizeof *sorted);
    if (!profile || !sorted)
        return false;
    find_cut(c, log, profile, sorted);
    if (!list_days(c, arena, log))
        return false;
    double *values = arena_array(arena, c->days, sizeof *values);
    if (!values)
        return false;
    struct calendar_room room = {profile, sorted, values};
    unsigned seen = 0;
    for (size_t d = 0; d < c->days; d++)
        if (c->day[d].kind == DAY_NORMAL)
            seen |= 1u << c->day[d].weekday;
    if (c->dated)
        c->week = (seen & (seen - 1)) != 0;
    if (!c->week)
        for (size_t d = 0; d < c->days; d++)
            c->day[d].weekday = 0;
    find_special(c, values);
    for (unsigned w = 0; w < WEEKDAYS; w++)
        find_opening(c, log, w, &room);
    for (unsigned w = 0; w < WEEKDAYS; w++)
        if (find_partial(c, log, w, profile))
            find_opening(c, log, w, &room);
    settle_thin_weekdays(c, log, &room);
    close_quiet_weekdays(c);
    count_days(c, log);
    return true;
}
