/* scenario_tree.h - the inside of oh_scenario: texts, one merged tree of nodes, settings.
 */
#ifndef ONHOLD_SIM_SCENARIO_TREE_H
#define ONHOLD_SIM_SCENARIO_TREE_H

#include <onhold/scenario.h>

#include "../doc/node.h"
#include "table_files.h"

/* A text that nodes point into. Spans hold `source`; `folder` is what paths written in it are
 * relative to ("" is the current folder, else ends in "/"). */
struct text_read {
    const struct source *source;
    const char *folder;
    struct text_read *next;
};

struct setting {
    const char *text; /* "PATH=VALUE" */
    struct setting *next;
};

struct oh_scenario {
    struct arena arena;
    struct text_read *texts;
    const char *file;
    char sha256[65];
    struct node *root; /* a map; extends resolved, nulls removed */
    struct setting *first_setting, *last_setting;
    size_t settings;
    struct table_files *tables; /* contents of the CSV tables read so far */
    bool sound;                 /* what it is now has been read without an error */
};

/* oh_scenario_set with findings that point at another option: "--vary". */
oh_status scenario_set_as(oh_scenario *scenario, const char *option, const char *path,
                          const char *value, oh_diags *diags);
/* A node as YAML on one line; NULL if out of memory. */
const char *node_one_line(struct arena *arena, const struct node *node);

/* A path written in `source`, made relative to where that source is; NULL if out of memory. */
const char *scenario_path(const struct oh_scenario *scenario, const struct source *source,
                          struct arena *arena, const char *path);

/* oh_scenario_load_text with tables that are there already; if they are sealed, nothing else is
 * read, whatever the text says. Takes over the tables (NULL: out of memory) in any case. */
oh_status scenario_load_with(oh_scenario **out, const char *name, const char *text, size_t length,
                             struct table_files *tables, oh_diags *diags);

/* ---- merge.c ---- */

/* Lays `over` on `base` (both maps standing at that path of the key table, "" for whole files) as
 * `extends` and --set do, and returns the merged map, made of nodes of both. NULL with a finding
 * or if out of memory. */
struct node *tree_merge(struct arena *arena, struct node *base, struct node *over, const char *path,
                        oh_diags *diags);
/* Removes keys whose value is null, as if they were not there. */
void tree_strip(struct node *root, oh_diags *diags);
/* Takes a child out of a map. */
void tree_remove(struct node *map, struct node *child);
/* Appends a child to a map. */
void tree_append(struct node *map, struct node *child);
/* Levels of nodes below and with this one. */
size_t tree_depth(const struct node *node);

/* ---- override.c ---- */

/* Sets one value in the tree by a path; `at` is where the path stands. The tree may be half changed
 * unless the result is OH_OK: work on a copy. */
oh_status override_apply(struct arena *arena, struct node *root, const char *path, struct span at,
                         const struct node *value, oh_diags *diags);
/* Applies all settings of a variant (the node under its name). */
oh_status override_variant(struct arena *arena, struct node *root, const struct node *variant,
                           oh_diags *diags);

#endif
