/* log_map.c - the mapping file, read through the same tree as a scenario, so that what is wrong
 * with it is shown at its line and column.
 */
#include "log_map.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "../base/read_file.h"
#include "../base/units.h"
#include "../doc/node.h"

static const struct {
    const char *name, *alias;
} fields[FIELDS] = {
    [FIELD_ARRIVED] = {"arrived", "start"},
    [FIELD_DATE] = {"date", "day"},
    [FIELD_ASSIGNED_AT] = {"assigned_at", NULL},
    [FIELD_ANSWERED_AT] = {"answered_at", NULL},
    [FIELD_ENDED] = {"ended_at", NULL},
    [FIELD_WAIT] = {"wait", NULL},
    [FIELD_OUTCOME] = {"outcome", NULL},
    [FIELD_HANDLING] = {"handling", NULL},
    [FIELD_TALK] = {"talk", NULL},
    [FIELD_HOLD] = {"hold", NULL},
    [FIELD_WRAP_UP] = {"wrap_up", NULL},
    [FIELD_RING] = {"ring", NULL},
    [FIELD_MENU] = {"menu", NULL},
    [FIELD_QUEUE] = {"queue", NULL},
    [FIELD_GROUP] = {"group", NULL},
    [FIELD_AGENT] = {"agent", NULL},
    [FIELD_CUSTOMER] = {"customer", "caller"},
    [FIELD_PRIORITY] = {"priority", NULL},
    [FIELD_REPLICATION] = {"replication", NULL},
    [FIELD_ID] = {"id", NULL},
    [FIELD_OFFERED] = {"offered", "calls"},
    [FIELD_ANSWERED] = {"answered", NULL},
    [FIELD_ABANDONED] = {"abandoned", NULL},
    [FIELD_ASA] = {"asa", NULL},
    [FIELD_ABANDON_WAIT] = {"abandon_wait", NULL},
    [FIELD_AHT] = {"aht", NULL},
    [FIELD_AGENTS] = {"agents", "staffed"},
    [FIELD_SERVICE_LEVEL] = {"service_level", NULL},
};

static const struct {
    const char *word;
    enum log_outcome means;
} usual[] = {
    {"answered", OUTCOME_ANSWERED},   {"answer", OUTCOME_ANSWERED},
    {"handled", OUTCOME_ANSWERED},    {"connected", OUTCOME_ANSWERED},
    {"abandoned", OUTCOME_ABANDONED}, {"abandon", OUTCOME_ABANDONED},
    {"hung_up", OUTCOME_ABANDONED},   {"hung up", OUTCOME_ABANDONED},
    {"balked", OUTCOME_BALKED},       {"blocked", OUTCOME_BLOCKED},
    {"busy", OUTCOME_BLOCKED},        {"callback", OUTCOME_LEFT},
    {"cut_off", OUTCOME_LEFT},        {"left_over", OUTCOME_LEFT},
    {"left", OUTCOME_LEFT},           {"self_served", OUTCOME_SELF_SERVED},
    {"ignore", OUTCOME_IGNORE},
};
enum { USUAL = sizeof usual / sizeof *usual };

const char *log_field_name(enum log_field field)
{
    return fields[field].name;
}

const char *log_field_alias(enum log_field field)
{
    return fields[field].alias;
}

void log_map_default(struct log_map *map)
{
    *map = (struct log_map){.opens = NAN};
    for (int f = 0; f < FIELDS; f++) {
        struct map_column *c = &map->column[f];
        c->name[c->names++] = fields[f].name;
        if (fields[f].alias)
            c->name[c->names++] = fields[f].alias;
    }
}

/* ---- looking up ---- */

static bool is_nothing(const char *text)
{
    static const char *const nothing[] = {"", "-", "NA", "N/A", "NULL", "NaN"};
    if (!strchr("-Nn", *text)) /* the end of an empty text is found, too */
        return false;
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        if (strcasecmp(text, nothing[i]) == 0)
            return true;
    return false;
}

bool log_map_missing(const struct log_map *map, enum log_field field, const char *text)
{
    if (is_nothing(text))
        return true;
    for (const struct map_word *w = map->missing; w; w = w->next)
        if (w->means == (int)field && strcmp(w->text, text) == 0)
            return true;
    return false;
}

enum log_outcome log_map_outcome(const struct log_map *map, const char *word)
{
    for (const struct map_word *w = map->outcomes; w; w = w->next)
        if (strcmp(w->text, word) == 0)
            return (enum log_outcome)w->means;
    for (size_t i = 0; !map->outcomes && i < USUAL; i++)
        if (strcasecmp(usual[i].word, word) == 0)
            return usual[i].means;
    return OUTCOME_UNKNOWN;
}

/* ---- reading ---- */

struct reading {
    struct log_map *map;
    struct arena *arena;
    oh_diags *diags;
    bool good;
};

static const char *field_at(const void *user, size_t i)
{
    (void)user;
    return fields[i].name;
}

static const char *outcome_at(const void *user, size_t i)
{
    (void)user;
    return usual[i].word;
}

static const char *const sections[] = {"columns", "formats", "missing", "ignore", "opens"};
enum { SECTIONS = sizeof sections / sizeof *sections };

static const char *section_at(const void *user, size_t i)
{
    (void)user;
    return sections[i];
}

typedef const char *name_fn(const void *user, size_t i);

static void unknown(struct reading *r, struct span at, const char *what, const char *word, size_t n,
                    name_fn *name)
{
    const char *near = suggest(word, n, name, NULL);
    finding(r->diags, CODE_E201, at, "there is no %s '%s' in a mapping file", what, word);
    if (near)
        finding_hint(r->diags, "did you mean '%s'?", near);
    r->good = false;
}

static void expected(struct reading *r, const struct node *node, const char *what)
{
    if (!node->bad)
        finding(r->diags, CODE_E205, node->span, "%s", what);
    r->good = false;
}

/* The field of a key; FIELDS with a finding if there is none. */
static enum log_field field_of(struct reading *r, const struct node *node)
{
    for (int f = 0; f < FIELDS; f++)
        if (strcmp(node->key, fields[f].name) == 0)
            return (enum log_field)f;
    unknown(r, node->key_span, "field", node->key, FIELDS, field_at);
    return FIELDS;
}

static void add_word(struct reading *r, struct map_word **list, const struct node *node, int means,
                     const char *column)
{
    struct map_word *word = arena_alloc(r->arena, sizeof *word);
    char *text = word ? arena_strdup(r->arena, node->text) : NULL;
    if (!text)
        return;
    *word = (struct map_word){*list, text, means, column, node->span, false};
    *list = word;
}

/* One word or a list of words. */
static void add_words(struct reading *r, struct map_word **list, const struct node *node, int means,
                      const char *column)
{
    if (node->kind == NODE_MAP) {
        expected(r, node, "a word of the log, or a list of words, is expected here");
    } else if (node->kind == NODE_SCALAR) {
        add_word(r, list, node, means, column);
    } else {
        for (const struct node *item = node->first; item; item = item->next) {
            if (item->kind == NODE_SCALAR)
                add_word(r, list, item, means, column);
            else
                expected(r, item, "a word of the log is expected here");
        }
    }
}

static void add_column(struct reading *r, struct map_column *column, const struct node *node)
{
    if (node->kind != NODE_SCALAR || !node->text[0]) {
        expected(r, node, "the name of a column is expected here");
        return;
    }
    if (column->names == MAP_NAMES) {
        finding(r->diags, CODE_E218, node->span, "more than %d columns for one field", MAP_NAMES);
        r->good = false;
        return;
    }
    column->name[column->names] = arena_strdup(r->arena, node->text);
    column->at[column->names++] = node->span;
}

/* {column: outcome, answered: AGENT, abandoned: [HANG, LOST], ignore: PHANTOM} */
static void read_outcome(struct reading *r, const struct node *map)
{
    struct map_column *column = &r->map->column[FIELD_OUTCOME];
    for (const struct node *item = map->first; item; item = item->next) {
        size_t i = 0;
        if (strcmp(item->key, "column") == 0) {
            add_column(r, column, item);
            continue;
        }
        while (i < USUAL && strcmp(usual[i].word, item->key) != 0)
            i++;
        if (i == USUAL)
            unknown(r, item->key_span, "outcome", item->key, USUAL, outcome_at);
        else
            add_words(r, &r->map->outcomes, item, (int)usual[i].means, NULL);
    }
    if (column->names == 0)
        column->name[column->names++] = fields[FIELD_OUTCOME].name;
}

static void read_columns(struct reading *r, const struct node *map)
{
    for (const struct node *item = map->first; item; item = item->next) {
        enum log_field f = field_of(r, item);
        if (f == FIELDS)
            continue;
        r->map->column[f].given = true;
        if (node_is_null(item))
            continue;
        if (item->kind == NODE_MAP && f == FIELD_OUTCOME) {
            read_outcome(r, item);
        } else if (item->kind == NODE_LIST) {
            for (const struct node *name = item->first; name; name = name->next)
                add_column(r, &r->map->column[f], name);
        } else {
            add_column(r, &r->map->column[f], item);
        }
    }
}

static void read_formats(struct reading *r, const struct node *map)
{
    for (const struct node *item = map->first; item; item = item->next) {
        enum log_field f = field_of(r, item);
        if (f == FIELDS)
            continue;
        if (item->kind != NODE_SCALAR) {
            expected(r, item, "a format is expected here, such as d/m/Y");
        } else if (!date_order_read(item->text, &r->map->order[f])) {
            finding(r->diags, CODE_E203, item->span, "'%s' is not an order of day, month and year",
                    item->text);
            finding_hint(r->diags, "write  d/m/Y,  m/d/Y  or  yymmdd");
            r->good = false;
        }
    }
}

static void read_missing(struct reading *r, const struct node *map)
{
    for (const struct node *item = map->first; item; item = item->next) {
        enum log_field f = field_of(r, item);
        if (f != FIELDS)
            add_words(r, &r->map->missing, item, (int)f, NULL);
    }
}

static void read_ignore(struct reading *r, const struct node *map)
{
    for (const struct node *item = map->first; item; item = item->next) {
        const char *column = arena_strdup(r->arena, item->key);
        if (column)
            add_words(r, &r->map->ignore, item, 0, column);
    }
}

static void read_opens(struct reading *r, const struct node *node)
{
    struct problem problem = {"", ""};
    if (node->kind != NODE_SCALAR) {
        expected(r, node, "a time of day is expected here, such as 08:00");
    } else if (!unit_time_of_day(node->text, &r->map->opens, &problem)) {
        finding(r->diags, CODE_E203, node->span, "%s", problem.message);
        if (problem.hint[0])
            finding_hint(r->diags, "%s", problem.hint);
        r->good = false;
    }
}

static void read_section(struct reading *r, const struct node *node)
{
    static void (*const readers[])(struct reading *, const struct node *) = {
        read_columns, read_formats, read_missing, read_ignore, read_opens};
    for (size_t i = 0; i < SECTIONS; i++) {
        if (strcmp(node->key, sections[i]) != 0)
            continue;
        if (node->kind != NODE_MAP && i != SECTIONS - 1)
            expected(r, node, "keys and values are expected here");
        else if (!node->bad)
            readers[i](r, node);
        return;
    }
    unknown(r, node->key_span, "key", node->key, SECTIONS, section_at);
}

/* What the file does not speak of is looked for under its own name. */
static void add_defaults(struct log_map *map)
{
    for (int f = 0; f < FIELDS; f++)
        if (!map->column[f].given)
            map->column[f].name[map->column[f].names++] = fields[f].name;
}

bool log_map_parse(struct log_map *map, struct arena *arena, const struct source *source,
                   oh_diags *diags)
{
    size_t before = oh_diags_errors(diags);
    *map = (struct log_map){.source = source, .opens = NAN};
    struct reading r = {map, arena, diags, true};
    const struct node *root =
        node_read(arena, source,
                  "a mapping file begins with a section, like  columns: {arrived: start}", diags);
    if (!root)
        return false;
    if (root->kind != NODE_MAP)
        expected(&r, root, "a mapping file has keys: columns, formats, missing, ignore, opens");
    else
        for (const struct node *node = root->first; node; node = node->next)
            read_section(&r, node);
    add_defaults(map);
    return r.good && oh_diags_errors(diags) == before && !arena->failed;
}

bool log_map_read(struct log_map *map, struct arena *arena, const char *file, oh_diags *diags)
{
    struct source *source = NULL;
    struct problem problem = {"", ""};
    enum read_outcome outcome = read_file(arena, file, READ_LIMIT_SCENARIO, &source);
    int error = errno;
    if (outcome == READ_OK)
        return log_map_parse(map, arena, source, diags);
    if (outcome != READ_NO_MEMORY) {
        enum code code = read_problem(outcome, READ_LIMIT_SCENARIO, error, &problem);
        finding(diags, code, (struct span){0}, "%s: %s", file, problem.message);
        if (problem.hint[0])
            finding_hint(diags, "%s", problem.hint);
    }
    return false;
}
