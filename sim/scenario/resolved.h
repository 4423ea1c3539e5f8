/* resolved.h - a scenario after extends, variants, --set and defaults, as a tree of typed values.
 *
 * The one description from which come the scenario file that says the same again
 * (scenario_print.c), the JSON for programs (out/scenario_json.c) and the hash: keys in the order
 * of the key table, names in file order, each value as it was written and as a number.
 */
#ifndef ONHOLD_SIM_RESOLVED_H
#define ONHOLD_SIM_RESOLVED_H

#include <onhold/scenario.h>

#include "../base/arena.h"
#include "table_files.h"

enum resolved_kind {
    RESOLVED_MAP,
    RESOLVED_LIST,
    RESOLVED_NUMBER, /* text as written, number in seconds, per second or shares */
    RESOLVED_TEXT,
    RESOLVED_FLAG, /* number 0 or 1 */
    RESOLVED_FILE  /* text: the path from the current folder */
};

struct resolved {
    enum resolved_kind kind;
    const char *key;        /* as written, if it is a map's value */
    const char *number_key; /* the key for programs, where it is a quantity; else NULL */
    const char *text;
    double number;
    const struct table_file *file; /* FILE: its content */
    /* What programs are given in place of this value, where it says more than its text; or NULL. */
    struct resolved *plain;
    bool section; /* a map that stands in lines of its own */
    struct resolved *first, *last, *next;
    size_t count;
};

/* Makes the tree in the arena. OH_INVALID if the scenario has errors. */
oh_status scenario_resolve(struct resolved **out, oh_scenario *scenario, struct arena *arena);

/* The scenario file that says the same. OH_IO: the sink failed. */
oh_status resolved_print(const struct resolved *root, oh_sink sink);
/* Names the tree and the contents of its tables, whatever they are called. */
void resolved_hash(const struct resolved *root, char hash[65]);

#endif
