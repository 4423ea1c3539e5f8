/* log_book.h - what is kept of a log: sums by day, interval and queue, counts of times, and the
 * first calls one by one.
 *
 * Days are numbers: since 1970 where the log has dates; otherwise replication * DAYS_OF_A_RUN +
 * days since its first opening. Names of queues, groups and agents are numbers in order of their
 * first row.
 */
#ifndef ONHOLD_SIM_LOG_BOOK_H
#define ONHOLD_SIM_LOG_BOOK_H

#include <onhold/log.h>

#include "log_map.h"
#include "name_set.h"
#include "row_set.h"
#include "time_tally.h"

enum {
    LOG_QUEUES = 200,
    LOG_GROUPS = 200,
    LOG_AGENTS = 60000,
    LOG_PAGES = 60000, /* days times queues */
    DAYS_OF_A_RUN = 1000,
    LOG_NOTES = 32
};
#define LOG_DAY 86400.0
/* A wait or a handling time longer than this is a fault of the log. */
#define LOG_LONGEST 86400.0

/* One queue in one interval of one day, by the time of arrival. */
struct log_cell {
    uint32_t arrivals; /* all that wanted an agent */
    uint32_t offered;  /* answered, abandoned and left */
    uint32_t answered, abandoned;
    uint32_t within;  /* answered within the time limit */
    uint32_t handled; /* answered with a handling time */
    double wait;      /* sum over the offered, s */
    double wait_answered, handling;
    double agents; /* rows that are intervals: agents on duty; else 0 */
};

struct log_page {
    long day;
    uint32_t queue;
    struct log_cell *cell; /* [intervals of a day] */
};

/* Sums of handling times by time of day. */
struct log_moments {
    double n, sum, squares;
};

enum log_part { PART_HANDLING, PART_TALK, PART_HOLD, PART_WRAP_UP, PARTS };

struct log_queue {
    uint64_t answered, abandoned, balked, left, blocked, self_served;
    uint64_t at_once;                   /* answered without having to wait */
    uint64_t handling_unknown;          /* answered, but no handling time or none above 0 */
    uint64_t interval_rows;             /* rows that are intervals */
    struct time_tally waits;            /* of those who had to wait: ended = hung up */
    struct time_tally ring;             /* of answered calls; ended: count */
    struct time_tally part[PARTS];      /* ended: count; the sum of the parts is in PART_HANDLING */
    struct log_moments *by_time[PARTS]; /* [intervals of a day]; NULL: none seen of a part */
};

/* What a line is of (log_lines.h). */
struct log_line_of {
    uint32_t queue;
    uint32_t class_number; /* UINT32_MAX: calls without a class, or of all classes */
};

/* A call kept one by one. Times are milliseconds. */
struct log_call {
    int32_t day;
    uint32_t arrived;              /* since midnight */
    uint32_t wait, ring, busy;     /* busy: handling, from answer on */
    uint32_t agent;                /* UINT32_MAX: not known */
    uint64_t customer;             /* a hash; 0: not known */
    uint32_t wrap_up;              /* of `busy`, after the caller had gone */
    uint8_t queue, outcome, group; /* group UINT8_MAX: not known */
};

enum log_drop_reason {
#define DROP(id, words, wanted) DROP_##id,
#include "log_drops.def"
#undef DROP
    DROP_REASONS
};

/* What may be read in two ways, or contradicts itself. */
struct log_oddities {
    /* durations of a field: whole ones from 1 to 999, such as 1,037, and other fractions */
    struct log_separators {
        uint64_t whole, grouped, parted;
        char first[16]; /* of the grouped ones */
    } separators[FIELDS];
    uint64_t back;     /* times of day without a date that lie hours before the row before */
    double last_clock; /* of the row before */
    /* rows that are intervals: more answered and abandoned than offered; the same one again */
    uint64_t over, again;
    double done, offered; /* answered and abandoned; of the rows that give all three */
};

struct oh_log {
    struct arena arena;
    struct log_map map;
    const char *queue_by;
    double interval, within, opens, most_dropped;
    size_t intervals; /* of a day */
    long from, until; /* days; LONG_MIN and LONG_MAX: no limit */
    bool limits_dated;
    atomic_bool *cancel;
    oh_progress_fn *progress;
    void *progress_user;

    struct log_input *input; /* the file being read; NULL between files */
    struct log_input *waits; /* files that have been read, but for rows that could not be yet */
    bool order_shown;        /* a date has shown whether the day or the month comes first */

    uint64_t rows, used;
    uint64_t dropped[DROP_REASONS], drop_line[DROP_REASONS][3];
    const char *drop_file[DROP_REASONS][3];
    size_t files;   /* begun */
    uint64_t twins; /* rows like another one, with nothing that tells the calls apart */
    bool limit_hit;
    uint64_t guessed_arrival; /* rows whose time of arrival came from another column */
    const char *spare_name;   /* that column, where the mapping does not name it; or NULL */
    uint64_t named_customers;
    size_t notes;
    const char *note[LOG_NOTES];

    struct log_oddities odd;
    uint64_t numbers; /* times of arrival that are plain numbers */
    double least_number, greatest_number;
    bool any, dated;       /* dated: days are dates */
    bool has_levels;       /* it tells how many were answered in time */
    bool has_abandon_wait; /* rows that are intervals tell how long those who hung up waited */
    bool has_calls, has_intervals, has_parts, has_agents, has_groups, has_ring;
    long first_day, last_day;
    struct name_set queue_name, group_name, agent_name; /* queues: each class is one, too */
    struct name_set kind_name, class_name;              /* queues and classes by themselves */
    struct log_line_of line[LOG_QUEUES];
    bool one_line[LOG_QUEUES]; /* by number of the queue: its classes are not looked at */
    struct log_queue queue[LOG_QUEUES];
    size_t pages, pages_room;
    struct log_page *page; /* in order of their first row */
    uint32_t *page_at;     /* hash table of numbers + 1 */
    size_t page_slots;
    size_t calls, calls_room; /* kept one by one; once judged, in order of day and time */
    struct log_call *call;
    uint64_t calls_left_out;
    size_t most_kept; /* room for so many calls at most */
    long kept_before; /* calls of the days before are kept; LONG_MAX: all */
    struct row_set seen, seen_id;
    struct log_before *before; /* in order: days before `from`, on which a scenario may rest */
    size_t befores, befores_room;
};

struct log_before {
    long day;
    uint64_t calls;
};

/* Counts one call or row. False if out of memory or a limit was hit (a finding was made). */
struct call_row;
bool log_book_add(oh_log *log, const struct call_row *row);

/* Counts a row of a day before `from`. False if out of memory. */
bool log_book_before(oh_log *log, long day);

/* The cells of a day and queue, NULL if there were no calls. */
const struct log_page *log_book_page(const oh_log *log, long day, uint32_t queue);

/* Queues have new numbers, several perhaps the same: pages of one queue are put together. */
void log_book_renumber(oh_log *log, const uint32_t *to);

/* How long the caller of an answered call stays, s: talk and hold, or handling as a whole; NaN. */
double log_book_talk(const oh_log *log, uint32_t queue);

/* A note for the user, once; texts are copied. */
void log_book_note(oh_log *log, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
