/* bind_value.c - single values, words, and maps of keys.
 *
 * The one idea: a row of the key table knows kind, range and place of a value, so that most keys
 * need no reader of their own.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "binder.h"

/* How each kind of value is called and written. */
static const struct {
    const char *name, *example;
} kinds[] = {
    [VALUE_TEXT] = {"a text", "a word"},
    [VALUE_DURATION] = {"a duration", "40 s, 4 min or 1.5 h"},
    [VALUE_RATE] = {"a rate", "120 per h"},
    [VALUE_SHARE] = {"a share", "15%"},
    [VALUE_FACTOR] = {"a factor", "1.2 or 120%"},
    [VALUE_COUNT] = {"a whole number", "24"},
    [VALUE_NUMBER] = {"a number", "1.5"},
    [VALUE_MONEY] = {"an amount of money", "24"},
    [VALUE_MONEY_RATE] = {"money for time", "24 per h"},
    [VALUE_TIME_OF_DAY] = {"a time of day", "08:30"},
    [VALUE_WINDOW] = {"a window", "08:00-20:00"},
    [VALUE_TARGET] = {"a target", "80% in 20 s"},
};

const char *shape_of(const struct node *node)
{
    if (node->kind == NODE_LIST)
        return "a list";
    if (node->kind == NODE_MAP)
        return "a map";
    return node_is_null(node) ? "nothing" : "a single value";
}

const char *value_text(struct binder *b, const struct node *node, const char *expected,
                       const char *example)
{
    if (node->bad)
        return NULL;
    if (node->kind == NODE_SCALAR && !node_is_null(node))
        return node->text;
    finding(b->diags, CODE_E205, node->span, "expected %s, found %s", expected, shape_of(node));
    finding_hint(b->diags, "write %s", example);
    return NULL;
}

bool want_map(struct binder *b, const struct node *node, const char *example)
{
    if (node->kind == NODE_MAP || node->bad)
        return node->kind == NODE_MAP;
    finding(b->diags, CODE_E205, node->span, "expected a map, found %s", shape_of(node));
    finding_hint(b->diags, "write it like %s", example);
    return false;
}

bool want_list(struct binder *b, const struct node *node, const char *example)
{
    if (node->kind == NODE_LIST || node->bad)
        return node->kind == NODE_LIST;
    finding(b->diags, CODE_E205, node->span, "expected a list, found %s", shape_of(node));
    finding_hint(b->diags, "write it like %s", example);
    return false;
}

void value_problem(struct binder *b, struct span at, const struct problem *problem)
{
    finding(b->diags, CODE_E203, at, "%s", problem->message);
    if (problem->hint[0])
        finding_hint(b->diags, "%s", problem->hint);
}

bool value_of(enum value_kind kind, const char *text, double rate_day, double *out,
              struct problem *problem)
{
    switch (kind) {
    case VALUE_DURATION:
        return unit_duration(text, out, problem);
    case VALUE_RATE:
        return unit_rate(text, rate_day, out, problem);
    case VALUE_SHARE:
        return unit_share(text, out, problem);
    case VALUE_FACTOR:
        return unit_factor(text, out, problem);
    case VALUE_COUNT:
        return unit_count(text, 9007199254740992.0, out, problem);
    case VALUE_MONEY:
        return unit_money(text, out, problem);
    case VALUE_MONEY_RATE:
        return unit_money_rate(text, out, problem);
    case VALUE_TIME_OF_DAY:
        return unit_time_of_day(text, out, problem);
    case VALUE_NUMBER:
    case VALUE_TEXT:
    case VALUE_WINDOW:
    case VALUE_TARGET:
    case VALUE_FLAG:
    case VALUE_FILE:
        break;
    }
    return unit_number(text, out, problem);
}

bool value_read(struct binder *b, const struct node *node, enum value_kind kind, double *out)
{
    const char *text = value_text(b, node, kinds[kind].name, kinds[kind].example);
    struct problem problem = {"", ""};
    if (!text)
        return false;
    if (!value_of(kind, text, b->rate_day, out, &problem)) {
        value_problem(b, node->span, &problem);
        return false;
    }
    if (kind == VALUE_DURATION && *out > SPEC_MAX_DURATION) {
        finding(b->diags, CODE_E204, node->span, "that is more than ten years");
        return false;
    }
    return true;
}

/* "1,000,000". */
static void group_digits(char text[48], double value)
{
    char plain[32];
    int n = snprintf(plain, sizeof plain, "%.0f", value);
    size_t used = 0;
    for (int i = 0; i < n && used < 46; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            text[used++] = ',';
        text[used++] = plain[i];
    }
    text[used] = '\0';
}

const char *words_for(char text[48], enum value_kind kind, double value)
{
    char number[32];
    if (kind == VALUE_DURATION)
        return format_duration(text, 48, value);
    if (kind == VALUE_SHARE)
        snprintf(text, 48, "%.10g%%", value * 100);
    else if (kind == VALUE_COUNT)
        group_digits(text, value);
    else
        snprintf(text, 48, "%s", format_real(number, value));
    return text;
}

/* The value and its range as the row says. */
static bool ranged(struct binder *b, const struct key_row *row, const struct node *node,
                   double *out)
{
    char low[48], high[48];
    double value;
    if (!value_read(b, node, row->kind, &value))
        return false;
    bool above = (row->flags & KEY_ABOVE) != 0;
    if (value >= row->low && value <= row->high && !(above && value == row->low)) {
        *out = value;
        return true;
    }
    words_for(low, row->kind, row->low);
    words_for(high, row->kind, row->high);
    if (value > row->high)
        finding(b->diags, CODE_E204, node->span, "'%s' can be at most %s", key_name(row), high);
    else if (above)
        finding(b->diags, CODE_E204, node->span, "'%s' must be above %s", key_name(row), low);
    else
        finding(b->diags, CODE_E204, node->span, "'%s' must be at least %s", key_name(row), low);
    return false;
}

void read_quantity(struct binder *b, const struct key_row *row, const struct node *node,
                   void *target)
{
    ranged(b, row, node, target);
}

void read_size(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    double value;
    if (ranged(b, row, node, &value))
        *(size_t *)target = (size_t)value;
}

void read_unsigned(struct binder *b, const struct key_row *row, const struct node *node,
                   void *target)
{
    double value;
    if (ranged(b, row, node, &value))
        *(unsigned *)target = (unsigned)value;
}

/* The cv of a random factor: nothing, or what a gamma distribution can have. */
void read_spread(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    double value;
    if (!ranged(b, row, node, &value))
        return;
    if (value > 0 && value < 0.01)
        finding(b->diags, CODE_E204, node->span, "'%s' must be 0, or from 1%% to 1000%%",
                key_name(row));
    else
        *(double *)target = value;
}

void read_u32(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    double value;
    if (ranged(b, row, node, &value))
        *(uint32_t *)target = (uint32_t)value;
}

void read_priority(struct binder *b, const struct key_row *row, const struct node *node,
                   void *target)
{
    double value;
    if (ranged(b, row, node, &value))
        *(int *)target = (int)value;
}

void read_text(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    const char *text = value_text(b, node, "a text", row->form);
    if (!text)
        return;
    if (text[strspn(text, " \t\r\n")] == '\0') {
        finding(b->diags, CODE_E203, node->span, "'%s' is empty", key_name(row));
        return;
    }
    *(const char **)target = arena_strdup(b->arena, text);
}

void read_flag(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    static const struct choice flags[] = {{"true", true}, {"false", false}};
    int value;
    (void)row;
    if (choice_read(b, node, flags, 2, &value))
        *(bool *)target = value;
}

/* The scenario's loader has dealt with it. */
void read_ignored(struct binder *b, const struct key_row *row, const struct node *node,
                  void *target)
{
    (void)b;
    (void)row;
    (void)node;
    (void)target;
}

void read_section(struct binder *b, const struct key_row *row, const struct node *node,
                  void *target)
{
    if (want_map(b, node, row->form))
        section_read(b, row->path, node, target);
}

/* ---- words ---- */

static const char *word_at(const void *words, size_t i)
{
    return ((const char *const *)words)[i];
}

const char *nearest(const char *word, const char *const *words, size_t n)
{
    return suggest(word, n, word_at, words);
}

static const char *choice_word(const void *choices, size_t i)
{
    return ((const struct choice *)choices)[i].word;
}

/* "finish, hang_up". */
static void list_choices(const struct choice *choices, size_t n, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < n && used < size; i++) {
        int more = snprintf(text + used, size - used, "%s%s", used ? ", " : "", choices[i].word);
        used += more > 0 ? (size_t)more : 0;
    }
}

bool choice_read(struct binder *b, const struct node *node, const struct choice *choices, size_t n,
                 int *out)
{
    char known[200];
    list_choices(choices, n, known, sizeof known);
    const char *text = value_text(b, node, "one word", known);
    if (!text)
        return false;
    for (size_t i = 0; i < n; i++)
        if (strcmp(choices[i].word, text) == 0) {
            *out = choices[i].value;
            return true;
        }
    const char *near = suggest(text, n, choice_word, choices);
    finding(b->diags, CODE_E207, node->span, "there is no '%s' here", text);
    if (near)
        finding_hint(b->diags, "did you mean %s?", near);
    else
        finding_hint(b->diags, "write one of: %s", known);
    return false;
}

bool name_read(struct binder *b, const struct node *node)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789_-";
    size_t length = strlen(node->key);
    if (length > 0 && length <= 64 && strspn(node->key, allowed) == length)
        return true;
    if (length > 64)
        finding(b->diags, CODE_E213, node->key_span, "a name has at most 64 characters");
    else
        finding(b->diags, CODE_E213, node->key_span, "'%s' cannot be a name", node->key);
    finding_hint(b->diags, "names are made of the letters a to z and A to Z, digits, _ and -");
    return false;
}

/* ---- maps of keys ---- */

static const char *row_name(const void *rows, size_t i)
{
    return key_name(((const struct key_row *const *)rows)[i]);
}

/* A row elsewhere in the table whose key is that word, if there is one. */
static const struct key_row *key_elsewhere(const char *key)
{
    for (size_t i = 0; i < key_rows(); i++)
        if (strcmp(key_name(key_at(i)), key) == 0)
            return key_at(i);
    return NULL;
}

/* "queues.*.patience" as a person would write it: "queues.NAME.patience". */
static const char *spoken_path(const char *path, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (const char *p = path; *p && used + 5 < size; p++) {
        if (*p == '*') {
            memcpy(text + used, "NAME", 4);
            used += 4;
        } else {
            text[used++] = *p;
        }
    }
    text[used] = '\0';
    return text;
}

void unknown_key(oh_diags *diags, const char *path, const char *key, struct span at)
{
    const struct key_row *rows[KEY_INSIDE_MAX];
    char text[500] = "", spoken[200];
    size_t n = key_inside(path, rows), used = 0;
    const char *near = suggest(key, n, row_name, rows);
    const struct key_row *elsewhere = near ? NULL : key_elsewhere(key);
    finding(diags, CODE_E201, at, "unknown key '%s'", key);
    if (near) {
        finding_hint(diags, "did you mean '%s'?", near);
        return;
    }
    if (elsewhere) {
        finding_hint(diags, "'%s' belongs at %s", key,
                     spoken_path(elsewhere->path, spoken, sizeof spoken));
        return;
    }
    for (size_t i = 0; i < n && used < sizeof text; i++) {
        int more =
            snprintf(text + used, sizeof text - used, "%s%s", used ? ", " : "", key_name(rows[i]));
        used += more > 0 ? (size_t)more : 0;
    }
    if (used > 0)
        finding_hint(diags, "known here: %s", text);
}

bool enough_found(const struct binder *b)
{
    return oh_diags_errors(b->diags) > OH_DIAGS_MAX;
}

bool found_since(const struct binder *b, size_t before)
{
    return oh_diags_errors(b->diags) > before || enough_found(b);
}

void missing_key(struct binder *b, const struct key_row *row, const struct node *map)
{
    struct span at = map->key ? map->key_span : map->span;
    if (map->key)
        finding(b->diags, CODE_E202, at, "'%s' is missing in '%s'", key_name(row), map->key);
    else
        finding(b->diags, CODE_E202, at, "'%s' is missing", key_name(row));
    finding_hint(b->diags, "add  %s: %s", key_name(row), row->form);
}

bool misspelt(const char *path, const struct node *map, const char *key)
{
    const struct key_row *rows[KEY_INSIDE_MAX];
    size_t n = key_inside(path, rows);
    for (const struct node *child = map->first; child; child = child->next) {
        const char *near = key_in(path, child->key) ? NULL : suggest(child->key, n, row_name, rows);
        if (near && strcmp(near, key) == 0)
            return true;
    }
    return false;
}

void section_read(struct binder *b, const char *path, const struct node *map, void *target)
{
    const struct key_row *rows[KEY_INSIDE_MAX];
    size_t n = key_inside(path, rows);
    for (const struct node *child = map->first; child && !enough_found(b); child = child->next) {
        const struct key_row *row = key_in(path, child->key);
        if (!row)
            unknown_key(b->diags, path, child->key, child->key_span);
    }
    /* In the table's order: what others depend on stands first there. */
    for (size_t i = 0; i < n; i++) {
        const struct node *child = node_get(map, key_name(rows[i]));
        if (child && rows[i]->read)
            rows[i]->read(b, rows[i], child, (char *)target + rows[i]->offset);
        else if (!child && (rows[i]->flags & KEY_REQUIRED) && !enough_found(b) &&
                 !misspelt(path, map, key_name(rows[i])))
            missing_key(b, rows[i], map);
    }
}
