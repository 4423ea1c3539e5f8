/* units_scan.c - what all readers of quantities share: blanks, numbers, and saying what is wrong.
 *
 * The C library reads a number only after it was rewritten as "digits e exponent", without a
 * decimal point: so the user's locale never matters.
 */
#include "units_scan.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

enum { DIGITS_MAX = 60, SHOWN_MAX = 48 };

bool problem_set(struct problem *problem, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(problem->message, sizeof problem->message, format, arguments);
    va_end(arguments);
    problem->hint[0] = '\0';
    return false;
}

bool problem_hint(struct problem *problem, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(problem->hint, sizeof problem->hint, format, arguments);
    va_end(arguments);
    return false;
}

bool problem_not(struct problem *problem, const struct form *form, const char *text)
{
    char shown[SHOWN_MAX];
    const char *from = skip_blanks(text);
    if (utf8_show(shown, sizeof shown, from, strlen(from)) == 0)
        problem_set(problem, "%s is missing here", form->what);
    else
        problem_set(problem, "\"%s\" is not %s", shown, form->what);
    return problem_hint(problem, "write it like %s", form->how);
}

const char *skip_blanks(const char *text)
{
    /* no-break space, thin space, narrow no-break space */
    static const char *const blanks[] = {" ",        "\t",           "\r",          "\n",
                                         "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks;) {
        size_t length = strlen(blanks[i]);
        if (strncmp(text, blanks[i], length) == 0) {
            text += length;
            i = 0;
        } else {
            i++;
        }
    }
    return text;
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The decimal exponent behind "e" or "E", and *text moved behind it; 0 if there is none. */
static int exponent_read(const char **text)
{
    const char *at = *text;
    if (*at != 'e' && *at != 'E')
        return 0;
    at++;
    bool negative = *at == '-';
    if (*at == '-' || *at == '+')
        at++;
    if (!is_digit(*at))
        return 0;
    int exponent = 0;
    for (; is_digit(*at); at++)
        if (exponent < 100000)
            exponent = 10 * exponent + (*at - '0');
    *text = at;
    return negative ? -exponent : exponent;
}

struct decimal {
    char digits[DIGITS_MAX + 1]; /* without leading zeros */
    size_t count;
    int places;
    bool any, too_long;
};

static const char *digits_read(const char *at, struct decimal *decimal, bool fraction)
{
    for (; is_digit(*at); at++) {
        decimal->any = true;
        decimal->places += fraction;
        if (decimal->count == 0 && *at == '0')
            continue;
        if (decimal->count == DIGITS_MAX) {
            decimal->too_long = true;
            continue;
        }
        decimal->digits[decimal->count++] = *at;
    }
    return at;
}

static bool number_convert(struct number *number, struct decimal *decimal, int exponent,
                           struct problem *problem)
{
    const double largest_whole = 9007199254740992.0; /* 2^53 */
    if (decimal->too_long)
        return problem_set(problem, "a number has more than %d digits", DIGITS_MAX);

    char text[DIGITS_MAX + 24];
    decimal->digits[decimal->count] = '\0';
    snprintf(text, sizeof text, "0%se%d", decimal->digits, exponent - decimal->places);
    double size = strtod(text, NULL);
    if (isinf(size))
        return problem_set(problem, "the number %s is too large", number->text);
    if (size == 0 && decimal->count > 0)
        return problem_set(problem, "the number %s is too close to 0", number->text);

    number->places = decimal->places;
    if (decimal->count <= 16 && exponent == 0) {
        number->digits = strtoull(decimal->digits, NULL, 10);
        number->exact = (double)number->digits < largest_whole && number->places <= 15;
    }
    number->value = number->negative ? -size : size;
    return true;
}

/* "1,000 s" and "4,5 min": what is meant is shown both ways. */
static bool separator_problem(const char *whole, const char *comma, struct problem *problem)
{
    char before[SHOWN_MAX], after[SHOWN_MAX];
    size_t digits = 0;
    while (is_digit(comma[1 + digits]))
        digits++;
    utf8_show(before, sizeof before, whole, (size_t)(comma - whole));
    utf8_show(after, sizeof after, comma + 1, strlen(comma + 1));
    if (*comma != ',') {
        problem_set(problem, "a number has no signs between its digits");
        return problem_hint(problem, "write %s%s", before, after);
    }
    problem_set(problem, "a decimal comma is not understood");
    if (digits == 3)
        return problem_hint(problem, "write %s%s, or %s.%s with a decimal point", before, after,
                            before, after);
    return problem_hint(problem, "write %s.%s", before, after);
}

bool number_read(const char **text, const char *whole, const struct form *form,
                 struct number *number, struct problem *problem)
{
    const char *start = skip_blanks(*text), *at = start;
    struct decimal decimal = {.count = 0};
    *number = (struct number){.negative = *at == '-'};
    if (*at == '-' || *at == '+')
        at++;
    at = digits_read(at, &decimal, false);
    if (*at == '.' && (is_digit(at[1]) || decimal.any))
        at = digits_read(at + 1, &decimal, true);
    if (!decimal.any)
        return problem_not(problem, form, whole);
    int exponent = exponent_read(&at);
    utf8_show(number->text, sizeof number->text, start, (size_t)(at - start));
    if (*at && strchr(",_'", *at) && is_digit(at[1]))
        return separator_problem(skip_blanks(whole), at, problem);
    *text = skip_blanks(at);
    return number_convert(number, &decimal, exponent, problem);
}

bool number_read_positive(const char **text, const char *whole, const struct form *form,
                          struct number *number, struct problem *problem)
{
    if (!number_read(text, whole, form, number, problem))
        return false;
    if (number->negative && number->value != 0) {
        problem_set(problem, "%s cannot be negative", form->what);
        return problem_hint(problem, "write it like %s", form->how);
    }
    if (number->negative)
        number->value = 0; /* "-0" */
    return true;
}

double number_scaled(const struct number *number, double times, int places)
{
    static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                   1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19};
    double whole = (double)number->digits * times;
    if (number->exact && whole < 9007199254740992.0) {
        double size = whole / power[number->places + places];
        return number->negative ? -size : size;
    }
    return number->value * times / power[places];
}
