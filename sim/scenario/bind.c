/* bind.c - from the merged tree to a spec: the top of the walk through the key table.
 */
#include <math.h>

#include "bind.h"

#include <string.h>

#include "binder.h"

void read_version(struct binder *b, const struct key_row *row, const struct node *node,
                  void *target)
{
    (void)row;
    (void)target;
    const char *text = value_text(b, node, "the version of the format", "onhold: 1");
    if (!text || strcmp(text, "1") == 0)
        return;
    finding(b->diags, CODE_E222, node->span, "version '%s' of the format is not known", text);
    finding_hint(b->diags, "this onhold (%s) reads version 1:  onhold: 1", OH_VERSION);
}

static struct spec *spec_new(struct arena *arena)
{
    struct spec *spec = arena_alloc(arena, sizeof *spec);
    if (spec)
        *spec = (struct spec){.about = "",
                              .currency = "",
                              .replications = 200,
                              .seed = 1,
                              .confidence = 0.95,
                              .most_replications = 100000,
                              .most_seconds = INFINITY};
    return spec;
}

/* Reads a tree into a spec of `arena`. */
static oh_status bind_tree(struct spec **out, const oh_scenario *scenario, const struct node *root,
                           struct arena *arena, bool is_variant, oh_diags *diags)
{
    size_t before = oh_diags_errors(diags);
    struct binder b = {.is_variant = is_variant,
                       .arena = arena,
                       .diags = diags,
                       .scenario = scenario,
                       .root = root,
                       .spec = spec_new(arena),
                       .rate_day = 86400};
    if (!b.spec)
        return OH_NO_MEMORY;
    arena_init(&b.scratch);
    section_read(&b, "", root, b.spec);
    *out = b.spec;
    bool no_memory = b.no_memory || arena->failed || b.scratch.failed || findings_failed(diags);
    arena_free(&b.scratch);
    if (no_memory)
        return OH_NO_MEMORY;
    return oh_diags_errors(diags) > before ? OH_INVALID : OH_OK;
}

void read_variants(struct binder *b, const struct key_row *row, const struct node *node,
                   void *target)
{
    (void)target;
    if (!want_map(b, node, row->form))
        return;
    for (const struct node *child = node->first; child; child = child->next) {
        name_read(b, child);
        want_map(b, child, key_of("variants.*")->form);
    }
}

/* Each variant on a copy of the tree, as if it were to be run. */
oh_status spec_try(const oh_scenario *scenario, const struct node *variant, oh_diags *diags)
{
    struct arena arena;
    struct spec *spec;
    size_t before = oh_diags_errors(diags);
    arena_init(&arena);
    struct node *root = node_copy(&arena, scenario->root);
    oh_status status = root ? override_variant(&arena, root, variant, diags) : OH_NO_MEMORY;
    if (status == OH_OK)
        status = bind_tree(&spec, scenario, root, &arena, true, diags);
    arena_free(&arena);
    if (oh_diags_errors(diags) > before && variant->key)
        finding_note(diags, variant->key_span, "in the variant '%s'", variant->key);
    return status;
}

/* Variants are meant for the file as it stands: once settings are made, only what is run counts. */
static oh_status check_variants(const oh_scenario *scenario, oh_diags *diags)
{
    const struct node *variants = node_get(scenario->root, "variants");
    oh_status worst = OH_OK;
    if (!variants || scenario->settings > 0)
        return OH_OK;
    for (const struct node *child = variants->first; child; child = child->next) {
        oh_status status = spec_try(scenario, child, diags);
        if (status == OH_NO_MEMORY || oh_diags_errors(diags) > OH_DIAGS_MAX)
            return status;
        worst = status != OH_OK ? status : worst;
    }
    return worst;
}

oh_status spec_bind(struct spec **out, oh_scenario *scenario, struct arena *arena, oh_diags *diags)
{
    *out = NULL;
    oh_status status = bind_tree(out, scenario, scenario->root, arena, false, diags);
    scenario->sound = status == OH_OK;
    return status == OH_OK ? check_variants(scenario, diags) : status;
}
