/* log_map.h - which column of a log means what: default names, or a mapping file.
 *
 *   columns:
 *     arrived: q_start                  # a list: the first that is given in a row counts
 *     date: date
 *     wait: q_time
 *     outcome: {column: outcome, answered: AGENT, abandoned: HANG, ignore: PHANTOM}
 *     handling: ser_time
 *   formats: {date: yymmdd}             # the order of day, month and year, where it does not show
 *   missing: {agent: NO_SERVER, customer: "0"}
 *   ignore: {type: [TT, AA]}            # rows with these values in this column of the log
 *   opens: 08:00                        # logs in seconds: the time of day of second 0
 */
#ifndef ONHOLD_SIM_LOG_MAP_H
#define ONHOLD_SIM_LOG_MAP_H

#include "../base/arena.h"
#include "../base/findings.h"
#include "stamp.h"

enum log_field {
    FIELD_ARRIVED,     /* joined the queue */
    FIELD_DATE,        /* where times have no date of their own */
    FIELD_ASSIGNED_AT, /* an agent was chosen: it rings from then on */
    FIELD_ANSWERED_AT, /* service began */
    FIELD_ENDED,       /* hung up, or service ended */
    FIELD_WAIT,
    FIELD_OUTCOME,
    FIELD_HANDLING,
    FIELD_TALK,
    FIELD_HOLD,
    FIELD_WRAP_UP,
    FIELD_RING,
    FIELD_MENU, /* time in the voice menu: only looked at for being negative */
    FIELD_QUEUE,
    FIELD_GROUP,
    FIELD_AGENT,
    FIELD_CUSTOMER,
    FIELD_PRIORITY,
    FIELD_REPLICATION, /* logs in seconds: which day */
    FIELD_ID,          /* of the call: given twice, the second row is dropped */
    /* rows that are intervals */
    FIELD_OFFERED,
    FIELD_ANSWERED,
    FIELD_ABANDONED,
    FIELD_ASA,
    FIELD_ABANDON_WAIT, /* mean wait of those who hung up */
    FIELD_AHT,
    FIELD_AGENTS,
    FIELD_SERVICE_LEVEL,
    FIELDS
};

enum log_outcome {
    OUTCOME_ANSWERED,
    OUTCOME_ABANDONED,
    OUTCOME_BALKED,      /* hung up at once */
    OUTCOME_LEFT,        /* left the line in another way: their patience is not known */
    OUTCOME_BLOCKED,     /* busy tone */
    OUTCOME_SELF_SERVED, /* needed nobody */
    OUTCOME_IGNORE,
    OUTCOME_UNKNOWN
};

enum { MAP_NAMES = 4 };

/* Columns that a field is read from, the first that is given in a row. */
struct map_column {
    bool given; /* the mapping file speaks of it; `null` says that the log has no such column */
    size_t names;
    const char *name[MAP_NAMES];
    struct span at[MAP_NAMES];
};

/* Words of the log, by what they mean. */
struct map_word {
    struct map_word *next;
    const char *text;
    int means;          /* enum log_outcome, or enum log_field */
    const char *column; /* of a row to ignore */
    struct span at;
    bool met; /* some row had it: rows to ignore only */
};

struct log_map {
    const struct source *source; /* NULL: default names */
    struct map_column column[FIELDS];
    struct date_order order[FIELDS];
    struct map_word *outcomes; /* NULL: the usual words */
    struct map_word *missing;
    struct map_word *ignore;
    double opens; /* NaN: not given */
};

const char *log_field_name(enum log_field field);
/* The other name that the field may have by default, or NULL. */
const char *log_field_alias(enum log_field field);

/* Reads a mapping file into the arena. False with findings, or if out of memory. */
bool log_map_read(struct log_map *map, struct arena *arena, const char *file, oh_diags *diags);
/* The same from a text. */
bool log_map_parse(struct log_map *map, struct arena *arena, const struct source *source,
                   oh_diags *diags);
/* No mapping: every field by its default name. */
void log_map_default(struct log_map *map);

/* What a word in the column of outcomes means. */
enum log_outcome log_map_outcome(const struct log_map *map, const char *word);
/* Does this text say that the field is not given? */
bool log_map_missing(const struct log_map *map, enum log_field field, const char *text);

#endif
