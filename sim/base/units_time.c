/* units_time.c - durations, rates, times of day and windows as people write them.
 *
 * A duration is read as parts from large to small ("4m30s"); days are kept apart from seconds,
 * because "per d" is per opening in a rate.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "units_scan.h"
#include "utf8.h"

enum { WORD_MAX = 16, TEXT_MAX = 40, DAY = 86400 };

static const struct form duration_form = {"a duration", "40 s, 4 min, 1.5 h or 4m30s"};
static const struct form rate_form = {"a rate", "120 per h, 2/min or 100 per 30 min"};
static const struct form money_rate_form = {"money over time", "24 per h or 0.10 per min"};
static const struct form time_form = {"a time of day", "08:30 or 24:00"};
static const struct form window_form = {"a window of time", "08:00-20:00"};

struct time_unit {
    const char *name, *smaller; /* smaller: what a forgotten last unit is likely to be */
    double times;               /* in seconds: times / 10^places */
    int places;
    const char *words; /* every way to write it */
};

static const struct time_unit time_units[] = {
    {"d", "h", DAY, 0, " d day days "},
    {"h", "m", 3600, 0, " h hr hrs hour hours "},
    {"min", "s", 60, 0, " m min mins minute minutes "},
    {"s", "ms", 1, 0, " s sec secs second seconds "},
    {"ms", "ms", 1, 3, " ms msec msecs millisecond milliseconds "},
};

/* Reads a word of letters, in small letters; a longer one than any known word is cut. */
static const char *word_read(const char *text, char word[WORD_MAX])
{
    size_t length = 0;
    for (; is_letter(*text); text++)
        if (length + 1 < WORD_MAX)
            word[length++] = *text >= 'a' ? *text : (char)(*text - 'A' + 'a');
    word[length] = '\0';
    return text;
}

static const struct time_unit *time_unit_find(const char *word)
{
    char spaced[WORD_MAX + 2];
    snprintf(spaced, sizeof spaced, " %s ", word);
    if (word[0])
        for (size_t i = 0; i < sizeof time_units / sizeof *time_units; i++)
            if (strstr(time_units[i].words, spaced))
                return &time_units[i];
    return NULL;
}

/* "4:30" offers 4m30s, "1:04:30" 1h4m30s. */
static bool colon_problem(const char *text, struct problem *problem)
{
    unsigned a, b, c;
    char rest;
    problem_set(problem, "a duration is written with units, not with a colon");
    int read = sscanf(text, "%4u:%4u:%4u%c", &a, &b, &c, &rest);
    if (read == 3)
        return problem_hint(problem, "write %uh%um%us", a, b, c);
    if (read == 2)
        return problem_hint(problem, "write %um%us for minutes and seconds, or %uh%um for hours", a,
                            b, a, b);
    return problem_hint(problem, "write it like %s", duration_form.how);
}

/* What stands behind a number is not a unit of time. */
static bool unit_problem(const char *rest, const char *whole, const struct number *number,
                         struct problem *problem)
{
    char word[WORD_MAX], shown[TEXT_MAX];
    const char *behind = word_read(rest, word);
    if (*rest == '\0') {
        problem_set(problem, "a duration needs a unit");
        return problem_hint(problem, "write %s s or %s min", number->text, number->text);
    }
    if (*rest == ':')
        return colon_problem(skip_blanks(whole), problem);
    if (*rest == '%' || *rest == '/' || strcmp(word, "per") == 0) {
        problem_set(problem, "%s stands where a duration is expected",
                    *rest == '%' ? "a share" : "a rate");
        return problem_hint(problem, "write it like %s", duration_form.how);
    }
    if (word[0] == '\0')
        return problem_not(problem, &duration_form, whole);
    utf8_show(shown, sizeof shown, rest, (size_t)(behind - rest));
    problem_set(problem, "\"%s\" is not a unit of time", shown);
    if (strcmp(word, "w") == 0 || strcmp(word, "week") == 0 || strcmp(word, "weeks") == 0) {
        char days[32];
        return problem_hint(problem, "write %s d", format_real(days, 7 * number->value));
    }
    return problem_hint(problem, "the units are ms, s, min, h and d: write %s s or %s min",
                        number->text, number->text);
}

/* A length of time; what was given in days stands apart. */
struct length {
    double days, day_seconds; /* the same in days, and in seconds of 24 hours each */
    double seconds;           /* the rest */
};

/* The unit behind a number, or NULL with a problem. last: the unit of the part before, or NULL.
 * Moves *text behind the unit and blanks. */
static const struct time_unit *unit_read(const char **text, const char *whole,
                                         const struct number *number, const struct time_unit *last,
                                         struct problem *problem)
{
    char word[WORD_MAX];
    const char *behind = word_read(*text, word);
    const struct time_unit *unit = time_unit_find(word);
    if (!unit && last && **text == '\0') {
        problem_set(problem, "the last part of a duration needs a unit too");
        problem_hint(problem, "write %.*s%s", TEXT_MAX, skip_blanks(whole), last->smaller);
        return NULL;
    }
    if (!unit) {
        unit_problem(*text, whole, number, problem);
        return NULL;
    }
    if (last && unit <= last) {
        problem_set(problem, "the parts of a duration go from large to small, each unit once");
        problem_hint(problem, "write it like 1h30m or 4m30s");
        return NULL;
    }
    *text = skip_blanks(behind);
    if (is_digit(**text) && number->places > 0) {
        problem_set(problem, "only the last part of a duration may have decimals");
        problem_hint(problem, "write it like 1.5 h or 1h30m");
        return NULL;
    }
    return unit;
}

/* Reads number and unit, again and again to the end of the text. */
static bool length_read(const char *text, const char *whole, struct length *length,
                        struct problem *problem)
{
    const struct time_unit *unit = NULL;
    *length = (struct length){0, 0, 0};
    do {
        struct number number;
        if (!number_read_positive(&text, whole, &duration_form, &number, problem))
            return false;
        unit = unit_read(&text, whole, &number, unit, problem);
        if (!unit)
            return false;
        double seconds = number_scaled(&number, unit->times, unit->places);
        if (unit == time_units) {
            length->days = number_scaled(&number, 1, 0);
            length->day_seconds = seconds;
        } else {
            length->seconds += seconds;
        }
    } while (*text != '\0');
    if (isfinite(length->day_seconds + length->seconds))
        return true;
    return problem_set(problem, "the duration is too long");
}

bool unit_duration(const char *text, double *seconds, struct problem *problem)
{
    struct length length;
    if (!length_read(text, text, &length, problem))
        return false;
    *seconds = length.day_seconds + length.seconds;
    return true;
}

/* ---- rates ---- */

/* Why what follows the number of a rate is not "per" and a time. */
static bool per_problem(const char *rest, const char *whole, const struct form *form,
                        const struct number *number, struct problem *problem)
{
    char word[WORD_MAX];
    const char *behind = skip_blanks(word_read(rest, word));
    if (*rest == '\0') {
        problem_set(problem, "%s needs a time", form->what);
        return problem_hint(problem, "write %s per h or %s per min", number->text, number->text);
    }
    if (time_unit_find(word) && *behind == '\0') {
        problem_set(problem, "%s is written with \"per\"", form->what);
        return problem_hint(problem, "write %s per %s", number->text, word);
    }
    const char *per = strstr(rest, "per ");
    if (word[0] && per) {
        char shown[TEXT_MAX];
        utf8_show(shown, sizeof shown, per, strlen(per));
        problem_set(problem, "nothing stands between the number and \"per\"");
        return problem_hint(problem, "write %s %s", number->text, shown);
    }
    return problem_not(problem, form, whole);
}

/* The time behind "per": "h", "30 min". */
static bool per_read(const char *text, const char *whole, struct length *length,
                     struct problem *problem)
{
    if (!is_letter(*text))
        return length_read(text, whole, length, problem);
    char one[TEXT_MAX + 8];
    snprintf(one, sizeof one, "1 %.*s", TEXT_MAX, text);
    return length_read(one, one, length, problem);
}

static bool rate_read(const char *text, const struct form *form, double day, double *per_second,
                      struct problem *problem)
{
    const char *whole = text;
    struct number number;
    if (!number_read_positive(&text, whole, form, &number, problem))
        return false;

    char word[WORD_MAX];
    const char *behind = word_read(text, word);
    if (*text == '/')
        behind = text + 1;
    else if (strcmp(word, "per") != 0)
        return per_problem(text, whole, form, &number, problem);
    behind = skip_blanks(behind);
    if (*behind == '\0') {
        problem_set(problem, "a time is missing behind \"per\"");
        return problem_hint(problem, "write %s per h or %s per 30 min", number.text, number.text);
    }

    struct length length;
    if (!per_read(behind, whole, &length, problem))
        return false;
    if (length.days > 0 && length.seconds > 0) {
        problem_set(problem, "\"per\" cannot mix days with shorter units");
        return problem_hint(problem, "write it like %s", form->how);
    }
    double seconds = length.days > 0 ? length.days * day : length.seconds;
    if (!(seconds > 0)) {
        problem_set(problem, "\"per\" needs a time longer than 0");
        return problem_hint(problem, "write %s per h or %s per 30 min", number.text, number.text);
    }
    double rate = number.value / seconds;
    if (!isfinite(rate))
        return problem_set(problem, "the number is too large");
    *per_second = rate;
    return true;
}

bool unit_rate(const char *text, double rate_day, double *per_second, struct problem *problem)
{
    return rate_read(text, &rate_form, rate_day, per_second, problem);
}

bool unit_money_rate(const char *text, double *per_second, struct problem *problem)
{
    return rate_read(text, &money_rate_form, DAY, per_second, problem);
}

/* ---- the clock ---- */

/* One or two digits, or -1. Moves *text. */
static int two_digits(const char **text)
{
    const char *at = *text;
    if (!is_digit(*at))
        return -1;
    int value = *at++ - '0';
    if (is_digit(*at))
        value = 10 * value + (*at++ - '0');
    *text = at;
    return is_digit(*at) ? -1 : value;
}

/* A bare number stands where a time of day is expected. */
static bool bare_time_problem(const char *text, struct problem *problem)
{
    unsigned number = 0;
    size_t digits = 0;
    while (is_digit(text[digits]) && digits < 5)
        number = 10 * number + (unsigned)(text[digits++] - '0');
    unsigned hours = number / 100, minutes = number % 100;
    bool as_written = digits >= 3 && digits <= 4 && hours < 24 && minutes < 60;

    problem_set(problem, "a time of day is written with a colon, like 08:30");
    if (number >= 60 && number <= 1440 && text[0] != '0') {
        problem_hint(problem,
                     "some tools turn %02u:%02u into %u: write it in quotes, \"%02u:%02u\"",
                     number / 60, number % 60, number, number / 60, number % 60);
        size_t used = strlen(problem->hint);
        if (as_written)
            snprintf(problem->hint + used, sizeof problem->hint - used, " (or \"%02u:%02u\")",
                     hours, minutes);
        return false;
    }
    if (as_written)
        return problem_hint(problem, "write %02u:%02u", hours, minutes);
    if (number <= 24 && digits <= 2)
        return problem_hint(problem, "write %02u:00", number);
    return problem_hint(problem, "write it like %s", time_form.how);
}

/* Why the text is not a time of day: other ways to write one. */
static bool time_problem(const char *text, struct problem *problem)
{
    const char *at = text;
    int hours = two_digits(&at), minutes = 0;
    if (hours < 0 || *at == '\0') {
        size_t digits = strspn(text, "0123456789");
        if (digits > 0 && *skip_blanks(text + digits) == '\0')
            return bare_time_problem(text, problem);
        return problem_not(problem, &time_form, text);
    }
    if ((*at == ':' || *at == '.') && is_digit(at[1])) {
        at++;
        minutes = two_digits(&at);
    }
    char word[WORD_MAX];
    at = skip_blanks(at);
    const char *behind = skip_blanks(word_read(at, word));
    if (minutes < 0 || minutes > 59 || *behind != '\0')
        return problem_not(problem, &time_form, text);
    if ((strcmp(word, "am") == 0 || strcmp(word, "pm") == 0) && hours >= 1 && hours <= 12) {
        problem_set(problem, "a time of day is written with 24 hours, without am and pm");
        return problem_hint(problem, "write %02d:%02d", hours % 12 + (word[0] == 'p' ? 12 : 0),
                            minutes);
    }
    if (word[0] && strcmp(word, "h") != 0)
        return problem_not(problem, &time_form, text);
    problem_set(problem, "a time of day is written with a colon, like 08:30");
    if (hours > 23)
        return problem_hint(problem, "write it like %s", time_form.how);
    return problem_hint(problem, "write %02d:%02d", hours, minutes);
}

bool unit_time_of_day(const char *text, double *seconds, struct problem *problem)
{
    const char *whole = skip_blanks(text), *at = whole;
    int part[3] = {two_digits(&at), 0, 0}, parts = 1;
    while (part[0] >= 0 && parts < 3 && *at == ':') {
        const char *digits = ++at;
        part[parts] = two_digits(&at);
        if (part[parts] < 0 || at - digits != 2)
            return problem_not(problem, &time_form, whole);
        parts++;
    }
    if (part[0] < 0 || parts == 1 || *skip_blanks(at) != '\0')
        return time_problem(whole, problem);

    double value = 3600.0 * part[0] + 60.0 * part[1] + part[2];
    if (part[1] > 59 || part[2] > 59 || value > DAY) {
        problem_set(problem, "there is no time of day %.*s", TEXT_MAX, whole);
        if (part[1] > 59 || part[2] > 59)
            return problem_hint(problem, "minutes and seconds go from 00 to 59");
        return problem_hint(problem, "the last one is 24:00; a window past midnight is written "
                                     "like 22:00-06:00");
    }
    *seconds = value;
    return true;
}

/* The first dash (-, and the longer ones that word processors make) and its bytes, or NULL. */
static const char *dash_find(const char *text, size_t *bytes)
{
    for (; *text; text++) {
        bool wide = strncmp(text, "\xE2\x80\x93", 3) == 0 || strncmp(text, "\xE2\x80\x94", 3) == 0;
        *bytes = wide ? 3 : 1;
        if (wide || *text == '-')
            return text;
    }
    return NULL;
}

bool unit_window(const char *text, double *from, double *to, struct problem *problem)
{
    size_t bytes, length;
    const char *dash = dash_find(text, &bytes);
    if (!dash)
        return problem_not(problem, &window_form, text);
    char first[TEXT_MAX];
    length = (size_t)(dash - text);
    if (length >= sizeof first)
        return problem_not(problem, &window_form, text);
    memcpy(first, text, length);
    first[length] = '\0';

    double begin, end;
    if (!unit_time_of_day(first, &begin, problem) || !unit_time_of_day(dash + bytes, &end, problem))
        return false;
    if (begin == end) {
        problem_set(problem, "the window has no length: it ends when it begins");
        return problem_hint(problem, "write 00:00-24:00 for the whole day");
    }
    if (begin == DAY) {
        problem_set(problem, "a window cannot begin at 24:00");
        return problem_hint(problem, "write 00:00 for the beginning of the day");
    }
    *from = begin;
    *to = end > begin ? end : end + DAY;
    return true;
}
