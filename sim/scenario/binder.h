/* binder.h - what the readers of a scenario's sections share.
 *
 * A reader takes a node and fills a field; what is wrong becomes a finding and the reader goes on,
 * so that one run shows all errors. Nobody reads a spec that has errors.
 */
#ifndef ONHOLD_SIM_BINDER_H
#define ONHOLD_SIM_BINDER_H

#include "csv_table.h"
#include "key_table.h"
#include "scenario_tree.h"
#include "spec.h"

enum {
    SPEC_MAX_NAMES = 10000,  /* queues, groups */
    SPEC_MAX_STEPS = 100000, /* of a schedule */
    SPEC_MAX_INTERVALS = 1440,
    SPEC_MAX_NESTING = 8 /* distributions inside distributions */
};
#define SPEC_MAX_DURATION (3660.0 * 86400) /* ten years, in seconds */

/* A queue or group while it is read: the spec's part first, then what only the reader needs. */
struct queue_draft {
    struct spec_queue queue;
    const char *channel; /* NULL: not given */
    bool has_deferrable;
};
struct group_draft {
    struct spec_group group;
    bool has_pick, pick_rank;
    struct span pick_span;
};

/* A queue in the index of names, and which group named it last, for duplicates. */
struct queue_entry {
    const char *name;
    size_t queue;
    const void *group;
    struct span at;
};

struct binder {
    struct arena *arena;  /* the spec's */
    struct arena scratch; /* tables and other things that only the reading needs */
    oh_diags *diags;
    const struct oh_scenario *scenario;
    const struct node *root;
    struct spec *spec;
    bool time_known;             /* spec->time is good: schedules can be checked */
    double rate_day;             /* what "per d" means, s */
    bool default_rank;           /* routing.pick is rank */
    bool is_variant;             /* only errors count: the file's own warnings have been given */
    struct queue_entry *by_name; /* the queues in order of their names */
    struct csv_table *tables;    /* read so far */
    bool no_memory;
};

/* ---- bind_value.c: single values and maps of keys ---- */

/* The value of a scalar, or NULL with a finding that says what was expected ("a duration") and
 * how it is written. */
const char *value_text(struct binder *b, const struct node *node, const char *expected,
                       const char *example);
/* A scalar of that kind (not a window or target); false with a finding. */
bool value_read(struct binder *b, const struct node *node, enum value_kind kind, double *out);
/* A unit's complaint as a finding at the node. */
void value_problem(struct binder *b, struct span at, const struct problem *problem);
/* A duration in a few words, for messages; text holds 48 bytes. */
const char *words_for(char text[48], enum value_kind kind, double value);

/* One of some words; `later` ones are not supported yet. */
struct choice {
    const char *word;
    int value;
    bool later;
};
bool choice_read(struct binder *b, const struct node *node, const struct choice *choices, size_t n,
                 int *out);

/* A map's keys by the table, each into target + its row's offset; missing keys are found too. */
void section_read(struct binder *b, const char *path, const struct node *map, void *target);
/* A finding for a key that the table does not know at `path`. */
void unknown_key(oh_diags *diags, const char *path, const char *key, struct span at);
/* A finding for a value or key that a later version will know. */
void not_yet(struct binder *b, struct span at, const char *what);
/* "a map", "a list", "a single value", "nothing". */
const char *shape_of(const struct node *node);
/* Finds that the node is no map / no list; else true. */
bool want_map(struct binder *b, const struct node *node, const char *example);
bool want_list(struct binder *b, const struct node *node, const char *example);
/* True if a word may name a queue, group or variant; otherwise a finding. */
bool name_read(struct binder *b, const struct node *node);
/* True if a key of the map that the table does not know is nearly that key: then it is not missing,
 * and one finding is enough. */
bool misspelt(const char *path, const struct node *map, const char *key);
/* True if no further finding would be shown: long lists need not be looked through. */
bool enough_found(const struct binder *b);
/* The nearest of some words, or NULL. */
const char *nearest(const char *word, const char *const *words, size_t n);

/* Readers that rows of the table name. */
key_read_fn read_quantity, read_u32, read_priority, read_text, read_section, read_ignored;
key_read_fn read_version, read_variants, read_routing_pick, read_routing_choose;
key_read_fn read_time, read_open, read_steady, read_at_close;
key_read_fn read_queues, read_channel, read_arrivals, read_handling, read_distribution;
key_read_fn read_targets, read_flag_deferrable, read_choose;
key_read_fn read_groups, read_count, read_serves, read_pick, read_leave, read_group_target;

/* ---- bind_dist.c ---- */

struct dist_use {
    bool patience; /* never and hung_up_by are welcome */
    bool bare;     /* a bare duration is a constant */
    bool fixed;    /* no mean by schedule */
    int depth;
    double *share; /* in a mixture: receives the part's share */
};
struct dist *dist_read(struct binder *b, const struct node *node, struct dist_use use);
/* What a maker of sim/math found wrong (NULL: memory) as a finding. */
void dist_nonsense(struct binder *b, struct span at, const char *wrong);

/* bind_compound.c: the reader of a kind that is not read by its parameters, or NULL. */
typedef struct dist *compound_fn(struct binder *b, const struct node *node, struct dist_use use);
compound_fn *compound_reader(const char *family);

/* True if the map is a distribution: it has a kind's key. */
bool dist_is_written(const struct node *node);

/* ---- bind_schedule.c ---- */

enum schedule_use { SCHEDULE_CALLS, SCHEDULE_AGENTS, SCHEDULE_MEANS };

/* True if the map has a schedule's keys. */
bool schedule_is_written(const struct node *map);
/* Reads {per, from, counts | csv and column}; other keys are the caller's business. False with a
 * finding. The opening must be known (time_known). */
bool schedule_read(struct binder *b, const struct node *map, enum schedule_use use,
                   struct spec_schedule *out);
/* The table that `node` names, relative to the file that says so; NULL with a finding. */
struct csv_table *table_read(struct binder *b, const struct node *node);
/* One of its columns, named by a node; -1 with a finding. */
long table_column(struct binder *b, struct csv_table *table, const struct node *node);
/* The column's numbers times `unit`, in the spec's arena if `keep`; NULL with findings. */
const double *table_numbers(struct binder *b, struct csv_table *table, size_t column,
                            struct csv_want want, double unit, const struct node *asked);

/* ---- bind_arrivals.c, bind_trace.c ---- */

/* True if a call may come at that time, in seconds since opening. */
bool arrival_inside(const struct binder *b, double t);
/* A finding for a source of no calls. */
void arrival_none(struct binder *b, struct span at);
/* Reads {trace: FILE, arrived: COLUMN, ...} from the map; `csv` is the value of trace. */
void trace_read(struct binder *b, const struct node *map, const struct node *csv,
                struct spec_arrivals *out);

#endif
