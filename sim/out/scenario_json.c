/* scenario_json.c - a resolved scenario as JSON, and the public ways to print and name one. */
#include <onhold/save.h>

#include "../scenario/resolved.h"
#include "json_text.h"

static void put_value(struct json *j, const char *key, const struct resolved *value)
{
    const struct resolved *v = value->plain ? value->plain : value;
    switch (v->kind) {
    case RESOLVED_MAP:
        js_open_map(j, key, JSON_FLAT);
        for (const struct resolved *c = v->first; c; c = c->next)
            put_value(j, c->number_key ? c->number_key : c->key, c);
        js_close(j);
        break;
    case RESOLVED_LIST:
        js_open_list(j, key, JSON_FLAT);
        for (const struct resolved *c = v->first; c; c = c->next)
            put_value(j, NULL, c);
        js_close(j);
        break;
    case RESOLVED_NUMBER:
        js_real(j, key, v->number);
        break;
    case RESOLVED_FLAG:
        js_bool(j, key, v->number != 0);
        break;
    case RESOLVED_TEXT:
    case RESOLVED_FILE:
        js_string(j, key, v->text);
        break;
    }
}

static oh_status print_json(const struct resolved *root, oh_sink sink)
{
    struct json j = js_to(sink);
    put_value(&j, NULL, root);
    return js_end(&j);
}

oh_status oh_scenario_print(oh_scenario *scenario, oh_form form, oh_sink sink)
{
    struct arena arena;
    struct resolved *root = NULL;
    arena_init(&arena);
    oh_status status = scenario_resolve(&root, scenario, &arena);
    if (status == OH_OK)
        status = form == OH_FORM_JSON ? print_json(root, sink) : resolved_print(root, sink);
    arena_free(&arena);
    return status;
}

oh_status oh_scenario_hash(oh_scenario *scenario, char hash[65])
{
    struct arena arena;
    struct resolved *root = NULL;
    arena_init(&arena);
    oh_status status = scenario_resolve(&root, scenario, &arena);
    if (status == OH_OK)
        resolved_hash(root, hash);
    arena_free(&arena);
    return status;
}
