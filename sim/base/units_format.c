/* units_format.c - quantities as text for people, and reals as text that reads back equal.
 *
 * Reals are printed by the C library as digits and an exponent; the decimal point is put in here,
 * so that the user's locale never matters.
 */
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "units.h"

/* ---- reals ---- */

enum { DIGITS_SURE = 15, DIGITS_MOST = 17 }; /* of a double: always kept, and always enough */

/* value = 0.DIGITS times 10^exponent, the first digit not 0. */
struct decimal {
    char digits[DIGITS_MOST + 1];
    int exponent;
};

/* ---- by whole numbers, for most ---- */

__extension__ typedef unsigned __int128 wide;

/* A number between 10^-10 and 10^17 as `scaled` units, of which 2^shift are one in its 17th digit:
 * exact, since 53 bits of the number and 63 of a power of five fit. */
struct scaled {
    wide number;
    uint64_t five;   /* so many units are 10^-k of the last bit */
    uint64_t whole;  /* number / 2^shift: 17 digits */
    bool rest, lone; /* a remainder; the neighbour below is only half as far as the one above */
    bool even;
    int shift, exponent; /* value = 0.DIGITS times 10^exponent */
};

static bool scale(struct scaled *s, double value)
{
    static const uint64_t most = 100000000000000000; /* 10^17 */
    int exponent;
    uint64_t bits = (uint64_t)ldexp(frexp(value, &exponent), 53);
    exponent -= 53;
    int tens = (int)floor((exponent + 52) * 0.30102999566398120); /* or one too few */
    for (int more = 0; more < 2; more++) {
        int k = 16 - (tens + more);
        s->shift = -(exponent + k);
        if (k < 0 || k > 27 || s->shift < 2 || s->shift > 64)
            return false;
        s->five = 1;
        for (int i = 0; i < k; i++)
            s->five *= 5;
        s->number = (wide)bits * s->five;
        if (s->number >> s->shift < most) {
            s->whole = (uint64_t)(s->number >> s->shift);
            s->rest = (wide)s->whole << s->shift != s->number;
            s->even = bits % 2 == 0;
            s->lone = bits == (uint64_t)1 << 52;
            s->exponent = tens + more + 1;
            return s->whole >= most / 10;
        }
    }
    return false;
}

/* To the nearest multiple of `step` (1, 10 or 100) in the 17th digit, ties to the even one. */
static uint64_t scaled_round(const struct scaled *s, uint64_t step)
{
    uint64_t down = s->whole / step, left = s->whole % step;
    wide twice = 2 * (((wide)left << s->shift) + (s->number - ((wide)s->whole << s->shift)));
    wide one = (wide)step << s->shift;
    bool up = twice > one || (twice == one && down % 2 == 1);
    return down + up;
}

/* Does `rounded` times `step` read back equal? So it does nearer than half the way to the next
 * double, and at half of it if this one is even. */
static bool scaled_equals(const struct scaled *s, uint64_t rounded, uint64_t step)
{
    wide other = (wide)(rounded * step) << s->shift, number = s->number;
    wide off = other > number ? other - number : number - other;
    wide room = other < number && s->lone ? (wide)s->five : 2 * (wide)s->five;
    return s->even ? 4 * off <= room : 4 * off < room;
}

static void scaled_digits(struct decimal *decimal, const struct scaled *s, uint64_t rounded,
                          int count)
{
    decimal->digits[count] = '\0';
    decimal->exponent = s->exponent;
    for (int i = count - 1; i >= 0; i--, rounded /= 10)
        decimal->digits[i] = (char)('0' + rounded % 10);
    if (rounded > 0) { /* a run of nines that became 10 ... 0 */
        decimal->digits[0] = '1';
        decimal->exponent++;
    }
}

/* As decimal_shortest_by_text; false: the number is out of range. */
static bool decimal_shortest_by_whole(struct decimal *decimal, double value)
{
    struct scaled s;
    if (!scale(&s, value))
        return false;
    uint64_t step = 100;
    for (int count = DIGITS_SURE; count <= DIGITS_MOST; count++, step /= 10) {
        uint64_t rounded = scaled_round(&s, step);
        bool next = count == DIGITS_SURE + 1 && !scaled_equals(&s, rounded, step) &&
                    scaled_equals(&s, rounded + 1, step);
        if (next || count == DIGITS_MOST || scaled_equals(&s, rounded, step)) {
            scaled_digits(decimal, &s, rounded + next, count);
            break;
        }
    }
    return true;
}

/* ---- by text, for all ---- */

/* Rounds a positive number to `count` digits. */
static void decimal_round(struct decimal *decimal, double value, int count)
{
    char text[48];
    snprintf(text, sizeof text, "%.*e", count - 1, value);
    size_t used = 0;
    char *at = text;
    for (; *at && *at != 'e'; at++)
        if (*at >= '0' && *at <= '9' && used < (size_t)count)
            decimal->digits[used++] = *at;
    decimal->digits[used] = '\0';
    decimal->exponent = *at ? atoi(at + 1) + 1 : 0;
}

/* One up in the last digit. A run of nines becomes 1 and zeros. */
static void decimal_step(struct decimal *decimal)
{
    size_t i = strlen(decimal->digits);
    while (i > 0 && decimal->digits[i - 1] == '9')
        decimal->digits[--i] = '0';
    if (i > 0) {
        decimal->digits[i - 1]++;
    } else {
        decimal->digits[0] = '1';
        decimal->exponent++;
    }
}

static bool decimal_equals(const struct decimal *decimal, double value)
{
    char text[48];
    snprintf(text, sizeof text, "%se%d", decimal->digits,
             decimal->exponent - (int)strlen(decimal->digits));
    return strtod(text, NULL) == value;
}

/* The shortest decimal that reads back equal. Whatever has at most 15 digits is found by rounding
 * to 15 (but for the tiniest numbers, which hold fewer). With 16, the nearest one may fail where
 * the next one does not: above a power of two, where doubles lie half as close below as above. */
static void decimal_shortest_by_text(struct decimal *decimal, double value)
{
    for (int count = value < DBL_MIN ? 1 : DIGITS_SURE; count <= DIGITS_MOST; count++) {
        decimal_round(decimal, value, count);
        if (decimal_equals(decimal, value))
            break;
        if (count == DIGITS_SURE + 1) {
            decimal_step(decimal);
            if (decimal_equals(decimal, value))
                break;
        }
    }
}

static void decimal_shortest(struct decimal *decimal, double value)
{
    if (!decimal_shortest_by_whole(decimal, value))
        decimal_shortest_by_text(decimal, value);
    size_t length = strlen(decimal->digits);
    while (length > 1 && decimal->digits[length - 1] == '0')
        decimal->digits[--length] = '\0';
}

/* At most 25 bytes with the NUL. */
static void decimal_write(char *out, const struct decimal *decimal)
{
    int count = (int)strlen(decimal->digits), point = decimal->exponent;
    const char *digits = decimal->digits;
    if (point > 21 || point < -5) {
        sprintf(out, "%.1s%s%se%d", digits, count > 1 ? "." : "", digits + 1, point - 1);
        return;
    }
    if (point <= 0) {
        memcpy(out, "0.00000", 7);
        out += 2 - point;
    }
    int before = point <= 0 ? 0 : point < count ? point : count;
    memcpy(out, digits, (size_t)before);
    out += before;
    for (int i = count; i < point; i++)
        *out++ = '0';
    if (before > 0 && before < count)
        *out++ = '.';
    strcpy(out, digits + before);
}

char *format_real(char buffer[32], double value)
{
    char *out = buffer;
    if (isnan(value))
        return strcpy(buffer, "nan");
    if (value < 0) {
        *out++ = '-';
        value = -value;
    }
    if (isinf(value)) {
        strcpy(out, "inf");
    } else if (value == 0) {
        strcpy(out, "0");
    } else {
        struct decimal decimal;
        decimal_shortest(&decimal, value);
        decimal_write(out, &decimal);
    }
    return buffer;
}

/* ---- times ---- */

/* A number of at most three decimals, rounded to `step`, which is 1, 0.1, 0.01 or 0.001. */
static void round_write(char *buffer, size_t size, double value, double per_unit, const char *unit)
{
    char real[32];
    snprintf(buffer, size, "%s %s", format_real(real, round(value * per_unit) / per_unit), unit);
}

char *format_duration(char *buffer, size_t size, double seconds)
{
    static const struct {
        const char *name;
        double seconds;
    } units[] = {{"d", 86400}, {"h", 3600}, {"min", 60}, {"s", 1}};

    if (size == 0)
        return buffer;
    double left = fabs(seconds);
    if (seconds < 0) {
        *buffer = '-';
        format_duration(buffer + 1, size - 1, left);
        return buffer;
    }
    if (!isfinite(left)) {
        snprintf(buffer, size, isnan(left) ? "unknown" : "without end");
    } else if (left > 0 && left < 0.9995) {
        round_write(buffer, size, 1000 * left, left < 0.01 ? 1000 : 10, "ms");
    } else if (left < 59.95) {
        round_write(buffer, size, left, left < 9.995 ? 100 : 10, "s");
    } else {
        size_t used = 0;
        left = round(left);
        *buffer = '\0';
        for (size_t i = 0; i < sizeof units / sizeof *units && used < size; i++) {
            double whole = floor(left / units[i].seconds);
            left -= whole * units[i].seconds;
            if (whole > 0)
                used += (size_t)snprintf(buffer + used, size - used, "%s%.0f %s", used ? " " : "",
                                         whole, units[i].name);
        }
    }
    return buffer;
}

char *format_time_of_day(char *buffer, size_t size, double seconds_since_midnight)
{
    double minutes = isfinite(seconds_since_midnight) ? round(seconds_since_midnight / 60) : 0;
    if (minutes != 1440) {
        minutes = fmod(minutes, 1440);
        if (minutes < 0)
            minutes += 1440;
    }
    int whole = (int)minutes;
    snprintf(buffer, size, "%02d:%02d", whole / 60, whole % 60);
    return buffer;
}
