/* units_format.c - quantities as text for people, and reals as text that reads back equal.
 *
 * Reals are printed by the C library as digits and an exponent; the decimal point is put in here,
 * so that the user's locale never matters.
 */
#include <float.h>
#include <math.h>
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
static void decimal_shortest(struct decimal *decimal, double value)
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
    size_t length = strlen(decimal->digits);
    while (length > 1 && decimal->digits[length - 1] == '0')
        decimal->digits[--length] = '\0';
}

static void decimal_write_whole(char *out, const struct decimal *decimal)
{
    size_t count = strlen(decimal->digits), point = (size_t)decimal->exponent;
    memset(out, '0', point);
    memcpy(out, decimal->digits, count);
    out[point] = '\0';
}

/* At most 25 bytes with the NUL. */
static void decimal_write(char *out, const struct decimal *decimal)
{
    int count = (int)strlen(decimal->digits), point = decimal->exponent;
    const char *digits = decimal->digits;
    if (point > 21 || point < -5)
        sprintf(out, "%.1s%s%se%d", digits, count > 1 ? "." : "", digits + 1, point - 1);
    else if (point <= 0)
        sprintf(out, "0.%.*s%s", -point, "00000", digits);
    else if (point < count)
        sprintf(out, "%.*s.%s", point, digits, digits + point);
    else
        decimal_write_whole(out, decimal);
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
