/* units.c - shares, factors, counts, numbers, money and service targets as people write them. */
#include "units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "units_scan.h"
#include "utf8.h"

enum { TEXT_MAX = 40 };

static const struct form share_form = {"a share", "15% or 0.15"};
static const struct form factor_form = {"a factor", "1.2 or 120%"};
static const struct form count_form = {"a count", "24"};
static const struct form number_form = {"a number", "1.5"};
static const struct form money_form = {"an amount of money", "24 or 0.50"};
static const struct form target_form = {"a target", "80% in 20 s"};

/* "15 percent", "15 pct": what people write for %. */
static bool percent_word(const char *rest)
{
    return strncmp(rest, "percent", 7) == 0 || strncmp(rest, "per cent", 8) == 0 ||
           strncmp(rest, "pct", 3) == 0;
}

/* Reads a number that may be followed by %, to the end of the text. */
static bool percent_read(const char *text, const struct form *form, double *value, bool *percent,
                         struct number *number, struct problem *problem)
{
    const char *whole = text;
    if (!number_read_positive(&text, whole, form, number, problem))
        return false;
    *percent = *text == '%';
    if (*percent)
        text = skip_blanks(text + 1);
    if (percent_word(text)) {
        problem_set(problem, "percent is written %%");
        return problem_hint(problem, "write %s%%", number->text);
    }
    if (*text != '\0')
        return problem_not(problem, form, whole);
    *value = *percent ? number_scaled(number, 1, 2) : number->value;
    return true;
}

bool unit_share(const char *text, double *share, struct problem *problem)
{
    struct number number;
    double value;
    bool percent;
    if (!percent_read(text, &share_form, &value, &percent, &number, problem))
        return false;
    if (percent && value > 1) {
        problem_set(problem, "a share cannot be more than 100%%");
        return problem_hint(problem, "write it like %s", share_form.how);
    }
    if (!percent && value >= 1) {
        char real[32];
        problem_set(problem, "a share is below 1, or has a %% sign");
        if (value == 1)
            return problem_hint(problem, "write 1%% or 100%%");
        if (value > 100)
            return problem_hint(problem, "write it like %s", share_form.how);
        return problem_hint(problem, "write %s%% or %s", number.text,
                            format_real(real, number_scaled(&number, 1, 2)));
    }
    *share = value;
    return true;
}

bool unit_factor(const char *text, double *factor, struct problem *problem)
{
    struct number number;
    bool percent;
    return percent_read(text, &factor_form, factor, &percent, &number, problem);
}

bool unit_count(const char *text, double max, double *count, struct problem *problem)
{
    const char *whole = text;
    struct number number;
    char low[32], high[32];
    if (!number_read_positive(&text, whole, &count_form, &number, problem))
        return false;
    if (*text != '\0') {
        problem_not(problem, &count_form, whole);
        return problem_hint(problem, "write %s", number.text);
    }
    double value = number.value;
    if (value != floor(value)) {
        problem_set(problem, "a count is a whole number");
        return problem_hint(problem, "write %s or %s", format_real(low, floor(value)),
                            format_real(high, ceil(value)));
    }
    if (value > max) {
        problem_set(problem, "%s is too many", number.text);
        return problem_hint(problem, "the limit is %s", format_real(high, max));
    }
    *count = value;
    return true;
}

bool unit_number(const char *text, double *number, struct problem *problem)
{
    const char *whole = text;
    struct number read;
    if (!number_read(&text, whole, &number_form, &read, problem))
        return false;
    if (*text != '\0') {
        problem_not(problem, &number_form, whole);
        return problem_hint(problem, "write %s", read.text);
    }
    *number = read.value;
    return true;
}

/* "EUR 24", "$24": the digits behind a currency sign, or NULL. */
static const char *behind_currency(const char *text)
{
    size_t letters = 0;
    text = skip_blanks(text);
    while (text[letters] && !is_digit(text[letters]) && letters < 4)
        letters++;
    const char *rest = skip_blanks(text + letters);
    return letters > 0 && text[0] != '-' && is_digit(*rest) ? rest : NULL;
}

static bool currency_problem(const char *number, struct problem *problem)
{
    problem_set(problem, "money is written without the currency's name or sign");
    return problem_hint(problem, "write %.*s; \"currency:\" names it once for the file",
                        (int)strspn(number, "0123456789."), number);
}

bool unit_money(const char *text, double *money, struct problem *problem)
{
    const char *whole = text, *behind = behind_currency(text);
    struct number number;
    if (behind)
        return currency_problem(behind, problem);
    if (!number_read_positive(&text, whole, &money_form, &number, problem))
        return false;
    if (*text == '/' || strncmp(text, "per ", 4) == 0) {
        problem_set(problem, "money over time stands where an amount of money is expected");
        return problem_hint(problem, "write %s", number.text);
    }
    if (*text != '\0' && !is_digit(*text))
        return currency_problem(number.text, problem);
    if (*text != '\0')
        return problem_not(problem, &money_form, whole);
    *money = number.value;
    return true;
}

/* ---- targets ---- */

/* The word "in" with blanks around it, or NULL. */
static const char *in_find(const char *text)
{
    for (const char *at = text; (at = strstr(at, "in")) != NULL; at++)
        if (at > text && !is_letter(at[-1]) && !is_letter(at[2]) && at[2] != '\0')
            return at;
    return NULL;
}

/* "80/20", "80 in 20", "80% within 20 s": what people write for "80% in 20 s". */
static bool target_problem(const char *text, struct problem *problem)
{
    unsigned level, within;
    int used = 0;
    char unit = 's';
    const char *rest = "";
    if (sscanf(text, " %3u %*1[%%] %*[a-zA-Z/] %4u%n", &level, &within, &used) == 2 ||
        sscanf(text, " %3u %*[a-zA-Z/] %4u%n", &level, &within, &used) == 2)
        rest = skip_blanks(text + used);
    if (*rest == 'm')
        unit = 'm';
    if (used > 0 && level <= 100 && strspn(rest, "abcdefghijklmnopqrstuvwxyz") == strlen(rest)) {
        problem_set(problem, "a service target is written with %% and a unit of time");
        return problem_hint(problem, "write %u%% in %u %s", level, within,
                            unit == 'm' ? "min" : "s");
    }
    return problem_not(problem, &target_form, text);
}

bool unit_target(const char *text, struct unit_target *target, struct problem *problem)
{
    *target = (struct unit_target){.level = NAN, .within = NAN};
    const char *in = in_find(text);
    if (in) {
        char share[TEXT_MAX];
        size_t length = (size_t)(in - text);
        if (length >= sizeof share)
            return problem_not(problem, &target_form, text);
        memcpy(share, text, length);
        share[length] = '\0';
        struct problem part;
        target->has_level = unit_share(share, &target->level, &part);
        target->has_within = unit_duration(in + 2, &target->within, problem);
        if (target->has_level && target->has_within)
            return true;
        if (!target->has_level)
            *problem = part;
        if (strchr(text, '%') == NULL || !target->has_within)
            target_problem(text, problem);
        return false;
    }

    struct number number;
    const char *rest = text;
    if (!number_read_positive(&rest, text, &target_form, &number, problem))
        return false;
    if (is_letter(*rest) && !percent_word(rest) && strncmp(rest, "within", 6) != 0)
        return target->has_within = unit_duration(text, &target->within, problem);
    if (strchr(rest, '/') || strstr(rest, "within") ||
        (*rest == '%' && *skip_blanks(rest + 1) != '\0'))
        return target_problem(text, problem);
    return target->has_level = unit_share(text, &target->level, problem);
}
