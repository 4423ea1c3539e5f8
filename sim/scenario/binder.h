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
    size_t index;        /* of the queue */
    const char *channel; /* NULL: not given */
};
struct group_draft {
    struct spec_group group;
    bool has_pick;
    struct span pick_span;
};

/* A shift as written. */
struct shift_draft {
    double count;
    double begins, ends; /* seconds since midnight; ends may pass 86400 */
    bool has_days, on[SPEC_DAYS];
};

/* A queue or group in an index of names, and who named it last, for duplicates. */
struct named {
    const char *name;
    size_t index;
    struct span defined;
    const void *namer;
    struct span at;
};
struct names {
    struct named *entry; /* in order of names; NULL: no index, and then nobody looks */
    size_t n;
};

struct binder {
    struct arena *arena;  /* the spec's */
    struct arena scratch; /* tables and other things that only the reading needs */
    oh_diags *diags;
    const struct oh_scenario *scenario;
    const struct node *root;
    struct spec *spec;
    bool time_known; /* spec->time is good: schedules can be checked */
    size_t openings; /* 0 in steady state; `open` is one opening */
    struct spec_opening opening[SPEC_DAYS];
    double rate_day;     /* what "per d" means, s */
    enum pick_rule pick; /* the defaults of routing */
    enum choose_rule choose;
    const char *group; /* whose keys are being read, for messages */
    bool is_variant;   /* only errors count: the file's own warnings have been given */
    struct names queues, groups;
    struct csv_table *tables; /* read so far */
    bool no_memory;
};

/* ---- bind_value.c: single values and maps of keys ---- */

/* The value of a scalar, or NULL with a finding that says what was expected ("a duration") and
 * how it is written. */
const char *value_text(struct binder *b, const struct node *node, const char *expected,
                       const char *example);
/* What a text of that kind means, in seconds, per second and shares. A kind that is no number (a
 * window, a target, a name) is read as a bare number. */
bool value_of(enum value_kind kind, const char *text, double rate_day, double *out,
              struct problem *problem);
/* A scalar of that kind (not a window or target); false with a finding. */
bool value_read(struct binder *b, const struct node *node, enum value_kind kind, double *out);
/* A unit's complaint as a finding at the node. */
void value_problem(struct binder *b, struct span at, const struct problem *problem);
/* A duration in a few words, for messages; text holds 48 bytes. */
const char *words_for(char text[48], enum value_kind kind, double value);

/* One of some words. */
struct choice {
    const char *word;
    int value;
};
bool choice_read(struct binder *b, const struct node *node, const struct choice *choices, size_t n,
                 int *out);

/* A map's keys by the table, each into target + its row's offset; missing keys are found too. */
void section_read(struct binder *b, const char *path, const struct node *map, void *target);
/* A finding for a key that the table does not know at `path`. */
void unknown_key(oh_diags *diags, const char *path, const char *key, struct span at);
/* A finding for the key of a row that is not in the map. */
void missing_key(struct binder *b, const struct key_row *row, const struct node *map);
/* "a map", "a list", "a single value", "nothing". */
const char *shape_of(const struct node *node);
/* Finds that the node is no map / no list; else true. */
/* A figure of a queue by its id, or NULL with a finding; and what its values are. */
const struct metric_row *figure_find(struct binder *b, const char *id, struct span at);
enum value_kind figure_kind(const struct metric_row *row);
/* A map of paths and values set on a copy of the tree and read as if it were to be run. */
oh_status spec_try(const struct oh_scenario *scenario, const struct node *variant, oh_diags *diags);
bool want_map(struct binder *b, const struct node *node, const char *example);
bool want_list(struct binder *b, const struct node *node, const char *example);
/* True if a word may name a queue, group or variant; otherwise a finding. */
bool name_read(struct binder *b, const struct node *node);
/* True if a key of the map that the table does not know is nearly that key: then it is not missing,
 * and one finding is enough. */
bool misspelt(const char *path, const struct node *map, const char *key);
/* True if no further finding would be shown: long lists need not be looked through. */
bool enough_found(const struct binder *b);
/* True if there are more errors than before, or may be (past the limit nobody counts). */
bool found_since(const struct binder *b, size_t before);
/* The nearest of some words, or NULL. */
const char *nearest(const char *word, const char *const *words, size_t n);

/* Readers that rows of the table name. */
key_read_fn read_quantity, read_u32, read_size, read_unsigned, read_priority, read_text, read_flag;
key_read_fn read_section, read_ignored, read_version, read_variants, read_precision, read_sweep,
    read_spread;
key_read_fn read_time, read_open, read_days, read_steady, read_at_close;
key_read_fn read_routing_pick, read_routing_choose, read_demand, read_mix;
key_read_fn read_queues, read_channel, read_arrivals, read_handling, read_distribution;
key_read_fn read_targets, read_choose, read_prefers;
key_read_fn read_to, read_redial, read_unresolved, read_transfer, read_transfer_handling;
key_read_fn read_announce, read_callback, read_offer, read_place;
key_read_fn read_groups, read_count, read_serves, read_pace, read_pick, read_leave;
key_read_fn read_group_target, read_shifts, read_hours, read_shift_days;

/* ---- bind_names.c ---- */

/* An index of a map's keys; entry is NULL if out of memory. */
struct names names_of(struct binder *b, const struct node *map);
/* The queue or group of that name; NULL with a finding at `at` (none if there is no index). */
struct named *queue_find(struct binder *b, const char *name, struct span at);
struct named *group_find(struct binder *b, const char *name, struct span at);

/* ---- bind_days.c: what differs between the days of the week ---- */

/* "mon"; weekday 0 is Monday. */
const char *day_name(unsigned weekday);
/* "mon", "mon-fri" or "sat-mon": which days it means. */
bool day_key(const char *text, bool on[SPEC_DAYS]);
/* The same as tables write it: any case, and full English names, too. */
bool day_word(const char *text, bool on[SPEC_DAYS]);
/* True if a map has a day for a key. */
bool by_day_is_written(const struct node *map);
/* For each opening the value that its day has in the map; keys that are no days are left to the
 * caller. False with findings unless each opening has exactly one. */
bool by_day_read(struct binder *b, const struct node *map, const struct node *of[SPEC_DAYS]);
/* Finds keys that are no days. */
bool by_day_only(struct binder *b, const struct node *map);
/* " on sat" for the opening, or "" where there is only one. */
const char *on_day(const struct binder *b, size_t opening);
double opening_length(const struct binder *b, size_t opening);

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
/* The same for those openings that are `on`, into day[opening]. */
bool schedule_lay(struct binder *b, const struct node *map, enum schedule_use use,
                  const bool on[SPEC_DAYS], struct spec_schedule day[SPEC_DAYS]);
/* One schedule of all openings: the same each day if they are alike. */
bool schedule_join(struct binder *b, const struct spec_schedule day[SPEC_DAYS], struct span span,
                   struct spec_schedule *out);

/* ---- bind_table.c ---- */

/* The table that `node` names, relative to the file that says so; NULL with a finding. */
struct csv_table *table_read(struct binder *b, const struct node *node);
/* One of its columns, named by a node; -1 with a finding. */
long table_column(struct binder *b, struct csv_table *table, const struct node *node);
/* The column's numbers times `unit`, in the spec's arena if `keep`; NULL with findings. */
const double *table_numbers(struct binder *b, struct csv_table *table, size_t column,
                            struct csv_want want, double unit, const struct node *asked);

/* ---- bind_arrivals.c, bind_surge.c, bind_trace.c ---- */

#define ARRIVALS "queues.*.arrivals"

/* True if a call may come at that time, in seconds since the first opening. */
bool arrival_inside(const struct binder *b, double t);
/* A finding for a source of no calls. */
void arrival_none(struct binder *b, struct span at);
/* Reads smooth, noise, surge and batch. */
void extras_read(struct binder *b, const struct node *map, struct spec_arrivals *out);
/* Reads {trace: FILE, arrived: COLUMN, ...} from the map; `csv` is the value of trace. */
void trace_read(struct binder *b, const struct node *map, const struct node *csv,
                struct spec_arrivals *out);

/* ---- bind_callers.c, bind_routing.c: once all of a section is read ---- */

void transfers_check(struct binder *b);
void ranks_check(struct binder *b, struct group_draft *draft);
void prefers_check(struct binder *b);

#endif
