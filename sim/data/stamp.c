/* stamp.c - dates, times of day and durations by hand: no locale, no time zone, no guess. */
#include "stamp.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#define DAY 86400.0

/* Seconds since 1970 are larger than any log that counts from its own start (9 years), thousandths
 * larger than any seconds up to the year 2999. */
#define SINCE_1970  3e8
#define UNTIL_3000  32503680000.0
#define THOUSANDTHS 3e11

/* ---- the calendar ---- */

long day_of_date(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;
    return 365L * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

struct date date_of_day(long day)
{
    /* eras of 400 years, years from March */
    long z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
    long doe = z - era * 146097;
    long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    long doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    struct date d;
    d.day = (int)(doy - (153 * mp + 2) / 5 + 1);
    d.month = (int)(mp < 10 ? mp + 3 : mp - 9);
    d.year = (int)(yoe + era * 400 + (d.month <= 2));
    return d;
}

unsigned weekday_of_day(long day)
{
    return (unsigned)(((day + 3) % 7 + 7) % 7); /* 1 January 1970 was a Thursday */
}

static bool date_exists(int year, int month, int day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= lengths[month - 1] + (month == 2 && leap);
}

/* ---- formats ---- */

bool date_order_read(const char *format, struct date_order *order)
{
    char seen[4] = "";
    size_t n = 0;
    *order = (struct date_order){.part = ""};
    if (strcasecmp(format, "iso") == 0 || strcasecmp(format, "s") == 0)
        return true;
    for (const char *p = format; *p && *p != ' ' && *p != 'T'; p++) {
        char c = *p == 'Y' ? 'y' : *p == 'D' ? 'd' : *p;
        if (!strchr("dmy", c) || (n > 0 && seen[n - 1] == c))
            continue;
        if (n == 3 || memchr(seen, c, n))
            return false;
        seen[n++] = c;
    }
    if (n == 0)
        return strpbrk(format, "HMS:") != NULL; /* a time of day alone */
    if (n != 3)
        return false;
    memcpy(order->part, seen, 4);
    return true;
}

/* ---- numbers ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Up to `most` digits; how many there were. */
static int digits(const char **text, int most, int *value)
{
    int n = 0;
    for (*value = 0; n < most && is_digit(**text); n++, (*text)++)
        *value = 10 * *value + (**text - '0');
    return n;
}

static const char *skip_spaces(const char *text)
{
    while (*text == ' ' || *text == '\t')
        text++;
    return text;
}

/* A plain number with a point or a comma, "1e-05" too, without a sign. Ends at *end. */
static bool number(const char *text, double *value, const char **end)
{
    double x = 0;
    const char *p = text;
    int any = 0, scale = 0, power = 0;
    for (; is_digit(*p); p++, any++)
        x = 10 * x + (*p - '0');
    if (*p == '.' || *p == ',')
        for (p++; is_digit(*p); p++, any++, scale++)
            x = 10 * x + (*p - '0');
    if (any == 0)
        return false;
    if ((*p == 'e' || *p == 'E') &&
        (is_digit(p[1]) || ((p[1] == '+' || p[1] == '-') && is_digit(p[2])))) {
        bool negative = *++p == '-';
        p += *p == '-' || *p == '+';
        if (digits(&p, 3, &power) == 0)
            return false;
        power = negative ? -power : power;
    }
    x = power >= scale ? x * pow(10, power - scale) : x / pow(10, scale - power);
    if (!isfinite(x))
        return false;
    *value = x;
    *end = p;
    return true;
}

/* ---- times of day and durations ---- */

/* "8:00", "08:00:05.5", "2:45": parts from the left; how many; ends at *text. */
static int colons(const char **text, double part[3])
{
    int n = 0;
    const char *p = *text;
    for (;;) {
        double x;
        const char *end;
        if (!number(p, &x, &end))
            return 0;
        part[n++] = x;
        p = end;
        if (*p != ':' || n == 3)
            break;
        p++;
    }
    *text = p;
    return n;
}

bool span_read(const char *text, double *seconds)
{
    double part[3];
    const char *p = skip_spaces(text);
    bool negative = *p == '-';
    if (negative || *p == '+')
        p++;
    int n = colons(&p, part);
    if (n == 0 || *skip_spaces(p))
        return false;
    if (n > 1 && (part[n - 1] >= 60 || (n == 3 && part[1] >= 60)))
        return false;
    double s = n == 1   ? part[0]
               : n == 2 ? 60 * part[0] + part[1]
                        : 3600 * part[0] + 60 * part[1] + part[2];
    *seconds = negative ? -s : s;
    return true;
}

/* The end of an interval, "- 08:30" or "to 9:00 PM", is passed over. */
static const char *until_read(const char *text)
{
    const char *p = text;
    if (strncasecmp(p, "to ", 3) == 0)
        p += 2;
    else if (*p == '-' && p[1] == ' ')
        p++;
    else if (strncmp(p, "\xE2\x80\x93", 3) == 0)
        p += 3;
    else if (*p == '-' && strpbrk(p, "AaPp"))
        p++;
    else
        return text;
    return p[strspn(p, " 0123456789:.apmAPM")] ? text : p + strlen(p);
}

/* A time of day, with AM or PM; a zone after it is passed over. */
static bool clock_read(const char *text, double *second)
{
    double part[3] = {0, 0, 0};
    const char *p = text;
    int n = colons(&p, part);
    if (n < 2 || part[1] >= 60 || part[2] >= 61 || part[0] != floor(part[0]))
        return false;
    p = skip_spaces(p);
    if (strncasecmp(p, "am", 2) == 0 || strncasecmp(p, "pm", 2) == 0) {
        if (part[0] < 1 || part[0] > 12)
            return false;
        part[0] = fmod(part[0], 12) + (*p == 'p' || *p == 'P' ? 12 : 0);
        p = until_read(skip_spaces(p + 2));
    } else if (until_read(p) != p) {
        p = until_read(p);
    } else if (*p == 'Z' || *p == 'z') {
        p++;
    } else if (*p == '+' || *p == '-') {
        p++;
        p += strspn(p, "0123456789:");
    }
    if (*p || part[0] > 47)
        return false;
    *second = 3600 * part[0] + 60 * part[1] + part[2];
    return true;
}

/* ---- dates ---- */

static int month_named(const char *text)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (int i = 0; i < 12; i++)
        if (strncasecmp(text, names + 3 * (size_t)i, 3) == 0)
            return i + 1;
    return 0;
}

/* Three parts in an order that is known by now. */
static bool put_date(const int part[3], const char order[4], int year_digits, long *day)
{
    int year = 0, month = 0, date = 0;
    for (int i = 0; i < 3; i++) {
        if (order[i] == 'y')
            year = part[i];
        else if (order[i] == 'm')
            month = part[i];
        else
            date = part[i];
    }
    if (year_digits <= 2)
        year += year < 70 ? 2000 : 1900;
    if (!date_exists(year, month, date))
        return false;
    *day = day_of_date(year, month, date);
    return true;
}

/* 990113 or 19990113 or, told so, 13011999: the first `length` digits. */
static enum stamp_outcome packed_date(const char **text, int length, struct date_order order,
                                      long *day)
{
    const char *p = *text;
    int part[3], year_digits = length == 8 ? 4 : 2;
    const char *known = order.part[0] ? order.part : "ymd";
    for (int i = 0; i < 3; i++)
        digits(&p, known[i] == 'y' ? year_digits : 2, &part[i]);
    *text = p;
    return put_date(part, known, year_digits, day) ? STAMP_READ : STAMP_UNREADABLE;
}

/* 2026-03-01, 1.3.2026, 3/4/2026, 12-Jan-2026. */
static enum stamp_outcome parted_date(const char **text, struct date_order order, struct stamp *out)
{
    const char *p = *text, *known = order.part;
    int part[3] = {0, 0, 0}, length[3] = {0, 0, 0};
    char sign = '\0';
    bool named = false;
    for (int i = 0; i < 3; i++) {
        if (i == 1 && (part[1] = month_named(p)) > 0) {
            named = true;
            p += strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
        } else if ((length[i] = digits(&p, 4, &part[i])) == 0) {
            return STAMP_UNREADABLE;
        }
        if (i == 2)
            break;
        if (!*p || !strchr("-/. ", *p) || (sign && *p != sign))
            return STAMP_UNREADABLE;
        sign = *p++;
    }
    if (named)
        known = length[0] == 4 ? "ymd" : "dmy";
    else if (length[0] == 4)
        known = "ymd";
    else if (!known[0] && sign == '.')
        known = "dmy";
    else if (!known[0] && order.shown[0])
        known = order.shown;
    else if (!known[0] && part[0] > 12 && part[1] <= 12)
        known = out->shows = "dmy";
    else if (!known[0] && part[1] > 12 && part[0] <= 12)
        known = out->shows = "mdy";
    else if (!known[0])
        return STAMP_AMBIGUOUS;
    *text = p;
    int year = length[known[0] == 'y' ? 0 : 2];
    return put_date(part, known, year, &out->day) ? STAMP_READ : STAMP_UNREADABLE;
}

/* 0805 or 080530 and nothing else. */
static bool packed_clock(const char *text, double *second)
{
    int hour, minute, rest = 0;
    size_t length = strspn(text, "0123456789");
    if ((length != 4 && length != 6) || *skip_spaces(text + length))
        return false;
    digits(&text, 2, &hour);
    digits(&text, 2, &minute);
    digits(&text, 2, &rest);
    *second = 3600.0 * hour + 60.0 * minute + rest;
    return hour < 24 && minute < 60 && rest < 61;
}

/* Seconds from the log's start, or seconds or thousandths of one since 1970. */
static enum stamp_outcome put_number(double x, struct stamp *out)
{
    out->plain = x < SINCE_1970;
    if (!out->plain) {
        if (x >= THOUSANDTHS)
            x /= 1000;
        if (x >= UNTIL_3000)
            return STAMP_UNREADABLE;
        out->has_day = out->has_clock = true;
        out->day = (long)floor(x / DAY);
        x -= DAY * (double)out->day;
    }
    out->second = x;
    return STAMP_READ;
}

/* 202603010800 and 20260301080005: a date of eight digits and a time of day. */
static bool packed_stamp(const char *text, struct date_order order, struct stamp *out)
{
    if (packed_date(&text, 8, order, &out->day) != STAMP_READ || !packed_clock(text, &out->second))
        return false;
    out->has_day = out->has_clock = true;
    return true;
}

enum stamp_outcome stamp_read(const char *text, struct date_order order, bool dated,
                              struct stamp *out)
{
    const char *p = skip_spaces(text), *end;
    double x;
    *out = (struct stamp){0};
    size_t whole = strspn(p, "0123456789");
    bool alone = !*skip_spaces(p + whole);
    if ((whole == 12 || whole == 14) && alone)
        return packed_stamp(p, order, out) ? STAMP_READ : STAMP_UNREADABLE;
    if (number(p, &x, &end) && !*skip_spaces(end) && !((dated || order.part[0]) && alone))
        /* a number alone: 1.3.2026 has more after its second point and does not come here */
        return put_number(x, out);
    if (clock_read(p, &out->second)) {
        out->has_clock = true;
        return STAMP_READ;
    }
    bool packed = whole == 6 || whole == 8;
    enum stamp_outcome outcome =
        packed ? packed_date(&p, (int)whole, order, &out->day) : parted_date(&p, order, out);
    if (outcome != STAMP_READ)
        return outcome;
    out->has_day = true;
    if (*p == 'T' || *p == 't' || *p == ' ' || *p == ',') {
        p = skip_spaces(p + 1);
        if (*p && !clock_read(p, &out->second) && !(packed && packed_clock(p, &out->second)))
            return STAMP_UNREADABLE;
        out->has_clock = *p != '\0';
    } else if (*p) {
        return STAMP_UNREADABLE;
    }
    return STAMP_READ;
}
