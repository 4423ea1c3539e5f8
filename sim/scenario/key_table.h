/* key_table.h - every key that a scenario file may hold: one row each.
 *
 * From a row come the reading of the value, what merging does with it, the suggestion for a key
 * that is nearly it, oh_key_at, and the fuzzer's dictionary. Adding a key is adding a row.
 */
#ifndef ONHOLD_SIM_KEY_TABLE_H
#define ONHOLD_SIM_KEY_TABLE_H

#include <onhold/base.h>

#include "../base/units.h"
#include "../doc/node.h"

enum key_shape {
    KEY_VALUE,   /* one thing: a file that extends another replaces it whole */
    KEY_SECTION, /* a map of the keys below it in the table: merged key by key */
    KEY_THINGS   /* a map whose keys are names, "*" in paths below: merged name by name */
};

enum key_flag {
    KEY_REQUIRED = 1,
    KEY_ABOVE = 4,        /* a quantity must be above `low`, not just at least that */
    KEY_DISTRIBUTION = 8, /* or, for handling, a section of distributions */
    KEY_PATIENCE = 16,    /* a distribution that may be never or hung_up_by */
    KEY_BARE = 32,        /* a distribution that may be a bare duration: a constant */
    KEY_FIXED = 64,       /* --set and variants leave it alone */
    KEY_BY_DAY = 128      /* may be a map by days of the week */
};

struct binder;
struct key_row;

/* Reads the value `node` of a key into the field at `target`. Findings go to the binder. */
typedef void key_read_fn(struct binder *b, const struct key_row *row, const struct node *node,
                         void *target);

struct key_row {
    const char *path;  /* "queues.*.patience" */
    const char *form;  /* how it is written, as an example */
    const char *about; /* one line */
    unsigned flags;
    enum key_shape shape;
    key_read_fn *read;    /* NULL for later keys and those that somebody else reads */
    size_t offset;        /* of the field in what the row above it fills */
    enum value_kind kind; /* of the value, or of each of its values */
    double low, high;     /* range of a quantity */
    /* What a section that leaves the key out means, as it would be written; NULL: nothing, or it
     * depends on the rest of the scenario (resolved.c). */
    const char *fallback;
};

size_t key_rows(void);
const struct key_row *key_at(size_t i);

/* The row of that path ("" has none), or NULL. */
const struct key_row *key_of(const char *path);
/* The row of `key` in the map at `path` ("" is the file itself); names match "*". */
const struct key_row *key_in(const char *path, const char *key);
/* True if the table has rows below that path. */
bool key_has_inside(const char *path);
/* The rows directly below a path: at most `max` of them; returns how many. */
enum { KEY_INSIDE_MAX = 48 };
size_t key_inside(const char *path, const struct key_row *rows[KEY_INSIDE_MAX]);
/* The last part of a row's path: "patience". */
const char *key_name(const struct key_row *row);

#endif
