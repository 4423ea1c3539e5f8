/* resolved_values.c - resolved values that no row of the key table describes: distributions, their
 * schedules, targets; and what a scalar is as a number.
 */
#include <string.h>

#include "../stats/metric_table.h"
#include "resolver.h"

/* ---- scalars ---- */

static struct resolved *numbers_of(struct resolver *r, double from, double to)
{
    static const struct node list = {.kind = NODE_LIST};
    struct resolved *out = resolved_new(r, RESOLVED_LIST, &list);
    resolved_append(out, resolved_number(r, NULL, from));
    resolved_append(out, resolved_number(r, NULL, to));
    return out;
}

/* "960 per d" is another rate in each opening, as long as they are. */
static void resolve_rate(struct resolver *r, struct resolved *out)
{
    static const struct node map = {.kind = NODE_MAP};
    struct problem problem;
    double value[SPEC_DAYS] = {0}, first = 0;
    bool any = false, same = true;
    for (size_t k = 0; k < r->openings; k++) {
        if (!r->on[k] || !unit_rate(out->text, r->length[k], &value[k], &problem))
            continue;
        first = any ? first : value[k];
        same = same && value[k] == first;
        any = true;
    }
    if (!any)
        unit_rate(out->text, 86400, &first, &problem);
    out->number = first;
    if (same)
        return;
    out->plain = resolved_new(r, RESOLVED_MAP, &map);
    for (size_t k = 0; k < r->openings; k++)
        if (r->on[k])
            resolved_append(out->plain, resolved_number(r, day_name(r->weekday[k]), value[k]));
}

static void resolve_file(struct resolver *r, const struct node *node, struct resolved *out)
{
    const struct source *source = node->span.source;
    out->kind = RESOLVED_FILE;
    out->text = scenario_path(r->scenario, source, r->arena, node->text);
    if (!out->text)
        return;
    enum read_outcome outcome = table_files_read(r->scenario->tables, out->text, &out->file);
    if (outcome == READ_NO_MEMORY)
        r->arena->failed = true;
    else if (outcome != READ_OK)
        r->unreadable = true;
}

struct resolved *resolve_scalar(struct resolver *r, enum value_kind kind, const struct node *node)
{
    struct resolved *out = resolved_new(r, RESOLVED_TEXT, node);
    struct problem problem;
    double from, to;
    if (!out || !out->text || kind == VALUE_TEXT || kind == VALUE_TARGET)
        return out;
    if (kind == VALUE_FILE) {
        resolve_file(r, node, out);
    } else if (kind == VALUE_FLAG) {
        out->kind = RESOLVED_FLAG;
        out->number = strcmp(out->text, "true") == 0;
    } else if (kind == VALUE_WINDOW) {
        if (unit_window(out->text, &from, &to, &problem))
            out->plain = numbers_of(r, from, to);
    } else if (kind == VALUE_RATE) {
        out->kind = RESOLVED_NUMBER;
        resolve_rate(r, out);
    } else if (value_of(kind, out->text, 86400, &out->number, &problem)) {
        out->kind = RESOLVED_NUMBER;
    }
    return out;
}

/* A list or a scalar of one kind. */
static struct resolved *resolve_all(struct resolver *r, enum value_kind kind,
                                    const struct node *node)
{
    if (node->kind == NODE_SCALAR)
        return resolve_scalar(r, kind, node);
    struct resolved *out =
        resolved_new(r, node->kind == NODE_LIST ? RESOLVED_LIST : RESOLVED_MAP, node);
    for (const struct node *c = node->first; c; c = c->next)
        resolved_append(out, resolve_all(r, kind, c));
    return out;
}

/* ---- a mean that changes over the day ---- */

/* The keys of a map in this order, each of its kind; then days, each a schedule again. */
struct part {
    const char *key;
    enum value_kind kind;
};

static struct resolved *resolve_schedule(struct resolver *r, const struct node *node)
{
    const struct node *unit = node_get(node, "unit");
    const struct part parts[] = {{"per", VALUE_DURATION},
                                 {"from", VALUE_TIME_OF_DAY},
                                 {"counts", unit ? VALUE_NUMBER : VALUE_DURATION},
                                 {"csv", VALUE_FILE},
                                 {"column", VALUE_TEXT},
                                 {"unit", VALUE_TEXT}};
    struct resolved *out = resolved_new(r, RESOLVED_MAP, node);
    bool on[SPEC_DAYS];
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const struct node *child = node_get(node, parts[i].key);
        if (child)
            resolved_append(out, resolve_all(r, parts[i].kind, child));
    }
    for (const struct node *c = node->first; c; c = c->next)
        if (day_key(c->key, on))
            resolved_append(out, resolve_schedule(r, c));
    return out;
}

/* ---- distributions ---- */

static struct resolved *resolve_param(struct resolver *r, const struct dist_param *param,
                                      const struct node *node)
{
    if (node->kind == NODE_MAP)
        return resolve_schedule(r, node);
    return resolve_scalar(r, param->kind, node);
}

static struct resolved *resolve_params(struct resolver *r, const struct dist_family *family,
                                       const struct node *node)
{
    bool one = node->kind == NODE_SCALAR ||
               (family->bare && (schedule_is_written(node) || by_day_is_written(node)));
    if (one)
        return resolve_param(r, &family->param[0], node);
    struct resolved *out = resolved_new(r, RESOLVED_MAP, node);
    for (size_t i = 0; i < DIST_PARAMS && family->param[i].name; i++) {
        const struct node *child = node_get(node, family->param[i].name);
        if (child)
            resolved_append(out, resolve_param(r, &family->param[i], child));
    }
    return out;
}

static struct resolved *resolve_parts(struct resolver *r, const struct node *list)
{
    struct resolved *out = resolved_new(r, RESOLVED_LIST, list);
    for (const struct node *c = list->first; c; c = c->next)
        resolved_append(out, resolve_distribution(r, c));
    return out;
}

/* {40 s: 15%}: for programs the times are seconds, too. */
static struct resolved *resolve_points(struct resolver *r, const struct node *map)
{
    struct resolved *out = resolved_new(r, RESOLVED_MAP, map);
    struct problem problem;
    char text[32];
    double t;
    for (const struct node *c = map->first; c; c = c->next) {
        struct resolved *point = resolve_scalar(r, VALUE_SHARE, c);
        if (point && unit_duration(c->key, &t, &problem))
            point->number_key = arena_strdup(r->arena, format_real(text, t));
        resolved_append(out, point);
    }
    return out;
}

static struct resolved *resolve_empirical(struct resolver *r, const struct node *map)
{
    static const struct part parts[] = {
        {"values", VALUE_DURATION}, {"csv", VALUE_FILE}, {"column", VALUE_TEXT}};
    struct resolved *out = resolved_new(r, RESOLVED_MAP, map);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const struct node *child = node_get(map, parts[i].key);
        if (child)
            resolved_append(out, resolve_all(r, parts[i].kind, child));
    }
    return out;
}

static struct resolved *resolve_kind(struct resolver *r, const struct dist_family *family,
                                     const struct node *node)
{
    if (node->kind == NODE_LIST)
        return resolve_parts(r, node);
    if (strcmp(family->name, "never") == 0)
        return resolve_scalar(r, VALUE_FLAG, node);
    if (strcmp(family->name, "hung_up_by") == 0)
        return resolve_points(r, node);
    if (strcmp(family->name, "empirical") == 0)
        return resolve_empirical(r, node);
    return resolve_params(r, family, node);
}

/* A bare duration is a constant; never alone stays a word, which is {never: true}. */
static struct resolved *resolve_bare(struct resolver *r, const struct node *node)
{
    struct node map = {.kind = NODE_MAP, .key = node->key}, value = *node;
    struct resolved *out = resolved_new(r, RESOLVED_MAP, &map);
    bool never = strcmp(node->text, "never") == 0;
    value.key = never ? "never" : "constant";
    value.text = never ? "true" : node->text;
    resolved_append(out, resolve_scalar(r, never ? VALUE_FLAG : VALUE_DURATION, &value));
    if (!never || !out)
        return out;
    struct resolved *word = resolved_new(r, RESOLVED_TEXT, node);
    if (word)
        word->plain = out;
    return word;
}

struct resolved *resolve_distribution(struct resolver *r, const struct node *node)
{
    if (node->kind == NODE_SCALAR)
        return resolve_bare(r, node);
    struct resolved *out = resolved_new(r, RESOLVED_MAP, node);
    const struct node *share = node_get(node, "share"), *plus = node_get(node, "plus");
    if (share)
        resolved_append(out, resolve_scalar(r, VALUE_SHARE, share));
    for (const struct node *c = node->first; c; c = c->next) {
        const struct dist_family *family = dist_family_find(c->key);
        if (family)
            resolved_append(out, resolve_kind(r, family, c));
    }
    if (plus)
        resolved_append(out, resolve_scalar(r, VALUE_DURATION, plus));
    return out;
}

/* ---- targets ---- */

/* {"service_level": {"share": 0.8, "within": 20}} or {"abandon_rate": 0.05}. */
static struct resolved *plain_target(struct resolver *r, const struct node *node)
{
    static const struct node map = {.kind = NODE_MAP};
    const struct node *value = node->kind == NODE_MAP ? node->first : node;
    const char *id = node->kind == NODE_MAP ? value->key : "service_level";
    const struct metric_row *row = metric_row_find(id);
    struct resolved *out = resolved_new(r, RESOLVED_MAP, &map);
    struct unit_target target;
    struct problem problem;
    if (!row || value->kind != NODE_SCALAR || !out)
        return out;
    if (unit_target(value->text, &target, &problem) && target.has_level && target.has_within) {
        struct node key = {.kind = NODE_MAP, .key = id};
        struct resolved *both = resolved_new(r, RESOLVED_MAP, &key);
        resolved_append(both, resolved_number(r, "share", target.level));
        resolved_append(both, resolved_number(r, "within", target.within));
        resolved_append(out, both);
    } else {
        resolved_append(out, resolve_scalar(r, figure_kind(row), value));
    }
    return out;
}

static struct resolved *written_target(struct resolver *r, const struct node *node)
{
    return node->kind == NODE_MAP ? resolve_all(r, VALUE_TEXT, node)
                                  : resolve_scalar(r, VALUE_TEXT, node);
}

struct resolved *resolve_target(struct resolver *r, const struct node *node)
{
    struct node list = {.kind = NODE_LIST};
    bool several = node->kind == NODE_LIST;
    struct resolved *out = several ? resolved_new(r, RESOLVED_LIST, node) : written_target(r, node);
    struct resolved *plain = resolved_new(r, RESOLVED_LIST, &list);
    if (!several)
        resolved_append(plain, plain_target(r, node));
    for (const struct node *c = node->first; several && c; c = c->next) {
        resolved_append(out, written_target(r, c));
        resolved_append(plain, plain_target(r, c));
    }
    if (out)
        out->plain = plain;
    return out;
}
