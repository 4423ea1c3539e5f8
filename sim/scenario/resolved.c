/* resolved.c - the walk through the tree and the key table that resolves a scenario.
 *
 * The one idea: the tree is walked in the order of the key table, and where a section leaves a key
 * out, what that means is put there as if it had been written. Nothing else needs to know that
 * something was a default.
 */
#include "resolved.h"

#include <string.h>

#include "../stats/metric_table.h"
#include "bind.h"
#include "resolver.h"

struct resolved *resolved_new(struct resolver *r, enum resolved_kind kind, const struct node *node)
{
    struct resolved *made = arena_alloc(r->arena, sizeof *made);
    if (!made)
        return NULL;
    made->kind = kind;
    if (node->key)
        made->key = arena_strdup(r->arena, node->key);
    if (node->kind == NODE_SCALAR)
        made->text = arena_strdup(r->arena, node->text);
    return made;
}

void resolved_append(struct resolved *parent, struct resolved *child)
{
    if (!parent || !child)
        return;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->count++;
}

struct resolved *resolved_number(struct resolver *r, const char *key, double number)
{
    struct node node = {.kind = NODE_MAP, .key = key};
    struct resolved *made = resolved_new(r, RESOLVED_NUMBER, &node);
    if (made)
        made->number = number;
    return made;
}

/* ---- defaults that depend on the rest ---- */

static const char *text_at(const struct node *map, const char *key)
{
    const struct node *node = map ? node_get(map, key) : NULL;
    return node && node->kind == NODE_SCALAR ? node->text : NULL;
}

static bool is_deferrable(const struct node *queue)
{
    static const char *const channels[] = {"email", "sms", "messaging", "social"};
    const char *flag = text_at(queue, "deferrable"), *channel = text_at(queue, "channel");
    bool found = false;
    for (size_t i = 0; channel && i < sizeof channels / sizeof channels[0]; i++)
        found = found || strcmp(channels[i], channel) == 0;
    return flag ? strcmp(flag, "true") == 0 : found;
}

static bool has_ranks(const struct node *group)
{
    const struct node *serves = node_get(group, "serves");
    for (const struct node *c = serves ? serves->first : NULL; c; c = c->next)
        if (node_get(c, "rank"))
            return true;
    return false;
}

static const char *routing_of(const struct resolver *r, const char *key, const char *otherwise)
{
    const struct node *routing = node_get(r->root, "routing");
    const char *text = routing ? text_at(routing, key) : NULL;
    return text ? text : otherwise;
}

static const char *interval_of(const struct resolver *r)
{
    const char *text = text_at(node_get(r->root, "time"), "interval");
    return text ? text : "30 min";
}

static bool is(const struct key_row *row, const char *path)
{
    return strcmp(row->path, path) == 0;
}

/* What a key that is not there means, as it would be written; NULL: nothing. */
static const char *fallback_of(const struct resolver *r, const struct key_row *row,
                               const struct node *map)
{
    bool steady = r->openings == 0;
    if (is(row, "time.interval"))
        return steady ? NULL : "30 min";
    if (is(row, "time.at_close"))
        return steady ? NULL : "finish";
    if (is(row, "queues.*.deferrable"))
        return is_deferrable(map) ? "true" : "false";
    if (is(row, "queues.*.patience"))
        return is_deferrable(map) ? "never" : NULL;
    if (is(row, "queues.*.choose"))
        return routing_of(r, "choose", "longest_idle");
    if (is(row, "queues.*.redial.to") || is(row, "queues.*.unresolved.to"))
        return r->thing;
    if (is(row, "queues.*.announce.at"))
        return text_at(map, "every");
    if (is(row, "agents.*.pick"))
        return has_ranks(map) ? "rank" : routing_of(r, "pick", "first_come");
    if (is(row, ARRIVALS ".per") || is(row, "agents.*.count.per"))
        return node_get(map, "counts") || node_get(map, "csv") ? interval_of(r) : NULL;
    if (is(row, "experiment.replications"))
        return node_get(node_get(r->root, "time"), "steady") &&
                       node_get(node_get(node_get(r->root, "time"), "steady"), "batches")
                   ? NULL
                   : "200";
    return row->fallback;
}

/* ---- maps, lists, values ---- */

/* A key that the table does not know there: a day, or a queue of the mix. */
static struct resolved *other_value(struct resolver *r, const char *path, const struct key_row *row,
                                    const struct node *node)
{
    bool before[SPEC_DAYS], on[SPEC_DAYS];
    memcpy(before, r->on, sizeof before);
    if (day_key(node->key, on))
        for (size_t k = 0; k < r->openings; k++)
            r->on[k] = on[r->weekday[k]];
    struct resolved *made = resolve_value(r, path, row, node);
    memcpy(r->on, before, sizeof before);
    return made;
}

static struct resolved *table_value(struct resolver *r, const struct key_row *row,
                                    const struct node *map)
{
    static const struct node none = {.kind = NODE_MAP, .key = "experiment"};
    const struct node *child = node_get(map, key_name(row));
    if (child)
        return resolve_value(r, row->path, row, child);
    if (is(row, "experiment"))
        return resolve_value(r, row->path, row, &none);
    const char *fallback = fallback_of(r, row, map);
    struct node node = {.kind = NODE_SCALAR, .key = key_name(row), .text = fallback};
    return fallback ? resolve_value(r, row->path, row, &node) : NULL;
}

/* Named things: in file order, each by the row of all of them. */
static void resolve_things(struct resolver *r, const struct key_row *row, const struct node *map,
                           struct resolved *out)
{
    for (const struct node *c = map->first; c; c = c->next) {
        struct node empty = *c;
        empty.kind = NODE_MAP; /* a queue that is served and no more is said */
        r->thing = c->key;
        resolved_append(out, resolve_value(r, row->path, row, node_is_null(c) ? &empty : c));
    }
}

static struct resolved *resolve_map(struct resolver *r, const char *path, const struct key_row *row,
                                    const struct node *map)
{
    const struct key_row *rows[KEY_INSIDE_MAX];
    size_t n = key_inside(path, rows);
    struct resolved *out = resolved_new(r, RESOLVED_MAP, map);
    if (!out)
        return NULL;
    if (n == 1 && strcmp(key_name(rows[0]), "*") == 0) {
        resolve_things(r, rows[0], map, out);
        return out;
    }
    for (size_t i = 0; i < n; i++)
        if (!is(rows[i], "variants") && !is(rows[i], "sweep") && !is(rows[i], "extends"))
            resolved_append(out, table_value(r, rows[i], map));
    for (const struct node *c = map->first; c; c = c->next)
        if (n == 0 || !key_in(path, c->key))
            resolved_append(out, other_value(r, path, row, c));
    return out;
}

static struct resolved *resolve_list(struct resolver *r, const char *path,
                                     const struct key_row *row, const struct node *list)
{
    struct resolved *out = resolved_new(r, RESOLVED_LIST, list);
    const char *item = arena_printf(r->arena, "%s.*", path);
    for (const struct node *c = list->first; c && item; c = c->next)
        resolved_append(out, resolve_value(r, item, row, c));
    return out;
}

/* The shares of the queues in their order, whatever that of the mix. */
static struct resolved *resolve_mix(struct resolver *r, const struct node *mix)
{
    struct resolved *out = resolved_new(r, RESOLVED_MAP, mix);
    const struct node *queues = node_get(r->root, "queues");
    for (const struct node *q = queues->first; q; q = q->next) {
        const struct node *share = node_get(mix, q->key);
        if (share)
            resolved_append(out, resolve_scalar(r, VALUE_SHARE, share));
    }
    return out;
}

/* A rate in its short form is the map {rate: ...}. */
static struct resolved *resolve_short_rate(struct resolver *r, const struct node *node)
{
    struct node map = {.kind = NODE_MAP, .key = node->key}, rate = *node;
    struct resolved *out = resolved_new(r, RESOLVED_MAP, &map);
    rate.key = "rate";
    resolved_append(out, resolve_scalar(r, VALUE_RATE, &rate));
    return out;
}

static bool is_distribution(const struct key_row *row, const struct node *node)
{
    if (!(row->flags & KEY_DISTRIBUTION) || node->kind == NODE_LIST)
        return false;
    return row->shape == KEY_VALUE || node->kind == NODE_SCALAR || dist_is_written(node);
}

/* The precision is in the unit of its figure. */
static enum value_kind kind_of(const struct resolver *r, const struct key_row *row)
{
    if (!is(row, "experiment.precision.half_width"))
        return row->kind;
    const struct node *precision = node_get(node_get(r->root, "experiment"), "precision");
    const char *id = text_at(precision, "metric");
    const struct metric_row *figure = id ? metric_row_find(id) : NULL;
    return figure ? figure_kind(figure) : VALUE_TEXT;
}

struct resolved *resolve_value(struct resolver *r, const char *path, const struct key_row *row,
                               const struct node *node)
{
    bool arrivals = row && (is(row, ARRIVALS) || is(row, "demand.arrivals"));
    if (row && is_distribution(row, node))
        return resolve_distribution(r, node);
    if (row && is(row, "queues.*.target"))
        return resolve_target(r, node);
    if (row && is(row, "demand.mix"))
        return resolve_mix(r, node);
    if (arrivals && node->kind == NODE_SCALAR)
        return resolve_short_rate(r, node);
    if (node->kind == NODE_SCALAR)
        return resolve_scalar(r, row ? kind_of(r, row) : VALUE_TEXT, node);
    if (node->kind == NODE_LIST)
        return resolve_list(r, path, row, node);
    struct resolved *map = resolve_map(r, path, row, node);
    if (map && row && row->shape != KEY_VALUE) {
        size_t depth = 0;
        for (const char *p = path; *p; p++)
            depth += *p == '.';
        map->section = depth == 0 || strcmp(key_name(row), "*") == 0;
    }
    return map;
}

/* ---- the whole ---- */

/* How long each opening is: what "per d" means. */
static void find_openings(struct resolver *r)
{
    const struct node *time = node_get(r->root, "time");
    const struct node *open = node_get(time, "open"), *days = node_get(time, "days");
    struct problem problem;
    double from, to;
    bool on[SPEC_DAYS];
    if (open && open->kind == NODE_SCALAR && unit_window(open->text, &from, &to, &problem)) {
        r->openings = 1;
        r->length[0] = to - from;
    }
    for (unsigned d = 0; days && d < SPEC_DAYS; d++)
        for (const struct node *c = days->first; c; c = c->next)
            if (day_key(c->key, on) && on[d] && unit_window(c->text, &from, &to, &problem)) {
                r->weekday[r->openings] = d;
                r->length[r->openings++] = to - from;
            }
    memset(r->on, true, sizeof r->on);
}

/* A scenario that was read without an error since it last changed need not be read again. */
static oh_status make_sure(oh_scenario *scenario)
{
    struct arena arena;
    struct spec *spec;
    if (scenario->sound)
        return OH_OK;
    oh_diags *diags = oh_diags_new();
    if (!diags)
        return OH_NO_MEMORY;
    arena_init(&arena);
    oh_status status = spec_bind(&spec, scenario, &arena, diags);
    arena_free(&arena);
    oh_diags_free(diags);
    return scenario->sound ? OH_OK : status;
}

oh_status scenario_resolve(struct resolved **out, oh_scenario *scenario, struct arena *arena)
{
    struct resolver r = {.arena = arena, .scenario = scenario, .root = scenario->root};
    oh_status status = make_sure(scenario);
    if (status != OH_OK)
        return status;
    find_openings(&r);
    *out = resolve_map(&r, "", NULL, scenario->root);
    if (arena->failed)
        return OH_NO_MEMORY;
    (*out)->section = true;
    return r.unreadable ? OH_IO : OH_OK;
}
