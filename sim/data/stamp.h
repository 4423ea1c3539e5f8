/* stamp.h - dates, times of day and durations as phone systems write them.
 *
 * Understood without being told: 2026-03-01T08:00:05 (also with a space, decimals, a zone, which is
 * ignored: the clock that is written counts), 1.3.2026 8:00, 990113 and 20260113, 20260113T0800 and
 * 20260113080005, 12-Jan-2026, 8:00:05, 2:30 PM, seconds, and seconds or thousandths of a second
 * since 1970. 3/4/2026 needs its order, which 13/4/2026 shows. Nothing is dated past the year 2999.
 */
#ifndef ONHOLD_SIM_STAMP_H
#define ONHOLD_SIM_STAMP_H

#include <stdbool.h>
#include <stddef.h>

/* The order of a date's parts: "dmy", "mdy", "ymd"; "" if it shows by itself. `shown`: of dates
 * such as 3/4/2026, where others of the log have shown it; "" if none has. */
struct date_order {
    char part[4], shown[4];
};

/* From a format: "d/m/Y", "%d/%m/%Y %H:%M", "yymmdd", "iso", "s". False if it is none. */
bool date_order_read(const char *format, struct date_order *order);

struct stamp {
    bool has_day, has_clock; /* a date; a time of day */
    bool plain;              /* neither: a number of seconds, in `second` */
    long day;                /* since 1 January 1970 */
    const char *shows;       /* the order that this very date could not but have; NULL */
    double second;           /* since that midnight, 0 to 86400 (beyond it: 25:10:00 is read) */
};

enum stamp_outcome { STAMP_READ, STAMP_UNREADABLE, STAMP_AMBIGUOUS };

/* `dated`: the text stands in a column of dates, so 990113 is one. */
enum stamp_outcome stamp_read(const char *text, struct date_order order, bool dated,
                              struct stamp *out);

/* "165", "165.5", "0:02:45", "2:45" (minutes), "-37"; a comma is read as a point. */
bool span_read(const char *text, double *seconds);

long day_of_date(int year, int month, int day); /* since 1970 */
struct date {
    int year, month, day;
};
struct date date_of_day(long day);
/* 0 Monday .. 6 Sunday. */
unsigned weekday_of_day(long day);

#endif
