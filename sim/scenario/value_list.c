/* value_list.c - ranges and lists of values. Values of a range are from + i * step, rounded to the
 * decimals that the range is written with, so that 0.1..0.3..0.1 ends at 0.3.
 */
#include "value_list.h"

#include <math.h>
#include <string.h>

#include "../base/units_scan.h"

/* One number of a range with its unit. */
struct end {
    double value;
    int places;
    const char *unit; /* what follows the number: "", "%", " min" */
};

static bool refuse(struct problem *problem, const char *text, const char *why)
{
    problem_set(problem, "\"%.60s\" is not a range of values: %s", text, why);
    problem_hint(problem, "write 20..32, 20..32..4, 10%%..30%%..5%% or a list");
    return false;
}

static bool begins_like_a_number(const char *text)
{
    text = skip_blanks(text);
    if (*text == '-' || *text == '+')
        text++;
    return is_digit(*text) || (*text == '.' && is_digit(text[1]));
}

/* Digits of the number at the beginning: "12.5%" has 4. */
static size_t number_length(const char *text)
{
    size_t n = 0;
    if (text[n] == '-' || text[n] == '+')
        n++;
    while (is_digit(text[n]))
        n++;
    if (text[n] == '.' && is_digit(text[n + 1]))
        for (n++; is_digit(text[n]);)
            n++;
    return n;
}

static bool read_end(struct end *end, const char *text, size_t length, struct arena *arena,
                     struct problem *problem)
{
    while (length > 0 && skip_blanks(text) > text) {
        length -= (size_t)(skip_blanks(text) - text);
        text = skip_blanks(text);
    }
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    const char *whole = arena_strndup(arena, text, length);
    if (!whole)
        return false;
    size_t digits = number_length(whole);
    const char *number = arena_strndup(arena, whole, digits);
    const char *point = number ? strchr(number, '.') : NULL;
    end->places = point ? (int)strlen(point + 1) : 0;
    end->unit = whole + digits;
    return number && unit_number(number, &end->value, problem);
}

static bool too_many(struct problem *problem)
{
    problem_set(problem, "that is more than %d values", (int)VALUES_MOST);
    problem_hint(problem, "take larger steps: 20..32..4");
    return false;
}

/* The values of "from..to..step" appended to the list. */
static bool add_range(struct value_list *list, const char *text, struct arena *arena,
                      struct problem *problem)
{
    struct end end[3] = {{0, 0, ""}, {0, 0, ""}, {1, 0, ""}};
    size_t ends = 0;
    for (const char *at = text; at;) {
        const char *dots = strstr(at, "..");
        size_t length = dots ? (size_t)(dots - at) : strlen(at);
        if (ends == 3)
            return refuse(problem, text, "it has more than from, to and step");
        if (!begins_like_a_number(at))
            return refuse(problem, text, "one of its ends is no number");
        if (!read_end(&end[ends++], at, length, arena, problem))
            return false;
        at = dots ? dots + 2 : NULL;
    }
    for (size_t i = 1; i < ends; i++)
        if (strcmp(end[i].unit, end[0].unit) != 0)
            return refuse(problem, text, "its ends and its step need the same unit");
    double from = end[0].value, to = end[1].value, step = end[2].value;
    if (!(step > 0))
        return refuse(problem, text, "its step must be above 0");
    if (to < from)
        return refuse(problem, text, "it goes from the smaller value to the larger one");
    if (!((to - from) / step < VALUES_MOST))
        return too_many(problem);
    size_t n = (size_t)floor((to - from) / step + 1e-9) + 1;
    if (list->n + n > VALUES_MOST)
        return too_many(problem);
    int places = end[0].places > end[2].places ? end[0].places : end[2].places;
    double scale = pow(10, places);
    for (size_t i = 0; i < n; i++) {
        char digits[32];
        double value = round((from + (double)i * step) * scale) / scale;
        list->at[list->n] = arena_printf(arena, "%s%s", format_real(digits, value), end[0].unit);
        if (!list->at[list->n++])
            return false;
    }
    return true;
}

/* The end of the item that begins at text: a comma outside brackets and quotes, or the end. */
static const char *item_end(const char *text)
{
    int depth = 0;
    char quote = 0;
    for (; *text && (*text != ',' || depth > 0 || quote); text++) {
        if (quote)
            quote = *text == quote ? 0 : quote;
        else if (*text == '\'' || *text == '"')
            quote = *text;
        else if (*text == '[' || *text == '{')
            depth++;
        else if ((*text == ']' || *text == '}') && depth > 0)
            depth--;
    }
    return text;
}

static const char *trimmed(struct arena *arena, const char *from, const char *to)
{
    from = skip_blanks(from);
    while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
        to--;
    return arena_strndup(arena, from, to > from ? (size_t)(to - from) : 0);
}

bool value_list_read(struct value_list *list, const char *text, struct arena *arena,
                     struct problem *problem)
{
    *problem = (struct problem){"", ""};
    *list = (struct value_list){0, arena_array(arena, VALUES_MOST, sizeof *list->at)};
    if (!list->at)
        return false;
    for (const char *at = text;; at++) {
        const char *end = item_end(at), *item = trimmed(arena, at, end);
        if (!item)
            return false;
        if (!*item) {
            problem_set(problem, *text ? "a value is missing in \"%.60s\"" : "there are no values",
                        text);
            problem_hint(problem, "write 20..32, 20..32..4, 10%%..30%%..5%% or a list");
            return false;
        }
        if (begins_like_a_number(item) && strstr(item, "..")) {
            if (!add_range(list, item, arena, problem))
                return false;
        } else if (list->n == VALUES_MOST) {
            return too_many(problem);
        } else {
            list->at[list->n++] = item;
        }
        if (!*end)
            return true;
        at = end;
    }
}
