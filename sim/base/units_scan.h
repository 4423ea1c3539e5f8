/* units_scan.h - what all readers of quantities share: blanks, numbers, and saying what is wrong.
 */
#ifndef ONHOLD_SIM_UNITS_SCAN_H
#define ONHOLD_SIM_UNITS_SCAN_H

#include <stdint.h>

#include "units.h"

/* What a reader expects, for its messages. */
struct form {
    const char *what; /* "a duration" */
    const char *how;  /* "40 s, 4 min, 1.5 h or 4m30s" */
};

/* A decimal number as written. */
struct number {
    double value;
    bool exact;      /* digits and places give it without rounding */
    uint64_t digits; /* 450 and 2 for "4.50" */
    int places;
    bool negative;
    char text[24]; /* as written, for messages; cut if very long */
};

/* Fills the problem; always false, so that a reader can return it. */
bool problem_set(struct problem *problem, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool problem_hint(struct problem *problem, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* "xyz" is not a duration; hint: it is written like ... */
bool problem_not(struct problem *problem, const struct form *form, const char *text);

/* The text behind spaces, tabs and the spaces of other widths that word processors insert. */
const char *skip_blanks(const char *text);
bool is_digit(char c);
bool is_letter(char c);

/* Reads a number from *text on (digits with "." and perhaps an exponent; never hexadecimal,
 * "nan" or "inf") and moves *text behind it and the blanks that follow. whole: the whole text, for
 * messages. Decimal commas and separators are problems with their own words. */
bool number_read(const char **text, const char *whole, const struct form *form,
                 struct number *number, struct problem *problem);
/* The same, and a negative number is a problem. */
bool number_read_positive(const char **text, const char *whole, const struct form *form,
                          struct number *number, struct problem *problem);

/* value * times / 10^places, rounded once where digits allow: "1.1 h" is 3960 s exactly. times is
 * a whole number up to 86400. */
double number_scaled(const struct number *number, double times, int places);

#endif
