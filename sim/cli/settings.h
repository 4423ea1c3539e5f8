/* settings.h - what the command line asks for, and the table of options it may use.
 *
 * An option is one row (options.c): parser, help, completion and tests come from it.
 */
#ifndef ONHOLD_SIM_SETTINGS_H
#define ONHOLD_SIM_SETTINGS_H

#include <onhold/onhold.h>

enum {
    COMMAND_CHECK = 1 << 0,
    COMMAND_RUN = 1 << 1,
    COMMAND_TRACE = 1 << 2,
    COMMAND_EXPLAIN = 1 << 3,
    COMMAND_COMPARE = 1 << 4,
    COMMAND_SWEEP = 1 << 5,
    COMMAND_FIT = 1 << 8,
    COMMAND_VALIDATE = 1 << 9,
    COMMAND_BATCH = 1 << 6,
    COMMAND_STAFF = 1 << 7,
    COMMAND_ERLANG = 1 << 10,
    COMMAND_NEW = 1 << 11,
    COMMAND_PLOT = 1 << 12,
    COMMAND_REPORT = 1 << 13,
    COMMAND_MERGE = 1 << 14
};

/* Texts of a repeatable option, in order. */
struct texts {
    const char **at;
    size_t n;
};

/* What a call log is, as texts: fit and validate. */
struct log_settings {
    const char *map, *queue_by, *interval, *from, *until, *opens, *most_dropped;
    const char *window, *staff, *name;
};

struct settings {
    const char *command;                    /* "onhold run": what messages begin with */
    struct texts files, set, require, only; /* only: names of plots */
    struct texts vary;                      /* sweep: "PATH=LIST" */
    const char *precision;                  /* "NAME.METRIC=HALF"; NULL: none */
    const char *variant;                    /* NULL: none */
    oh_run_options run;
    uint32_t replication; /* trace: which; 0: the first */
    bool against_erlang;  /* run: Erlang's formulas beside it, and why they differ */
    bool quiet, verbose, no_progress;
    const char *format;      /* "json"; NULL: by the output's name, else table: format_name() */
    const char *output;      /* NULL or "-": standard output */
    const char *save;        /* where to save the result, or NULL */
    const char *database;    /* where to add the results, or NULL */
    bool resume;             /* batch: leave out what the database has */
    bool trace;              /* with the database: the calls, too */
    const char *plots;       /* folder, or NULL */
    const char *report;      /* file of the HTML page, or NULL */
    const char *plot_format; /* "svg", "png", "pdf", "term" */
    oh_question question;    /* erlang: as texts */
    bool explain;            /* erlang: the formulas too */
    bool list;               /* new: name the templates */
    bool story, step;        /* trace */
    bool resolved;           /* explain: the scenario as it was understood */
    struct log_settings log;
    struct texts least, most; /* staff: "30" or "desk=30" */
    bool per_day;             /* staff: targets hold over the day */
    double days;              /* staff: on that share of days; 0: in the mean */
    const char *plan;         /* staff: CSV file for the plan, or NULL */
};

/* "table", "csv", "json" or "md": what was asked for, or what the output's name tells, or table. */
const char *format_name(const struct settings *settings);

struct option_row {
    const char *name;  /* "replications" */
    char letter;       /* 'n', or 0 */
    const char *value; /* "N"; NULL: takes none */
    const char *help;
    unsigned commands; /* COMMAND_* that take it */
    /* Takes the value; false with the reason in `wrong`. */
    bool (*take)(struct settings *settings, const char *value, char wrong[256]);
};

size_t option_count(void);
const struct option_row *option_at(size_t i);
/* The words that an option chooses from, ended by NULL; NULL: it takes other values. */
const char *const *option_words(const struct option_row *row);

/* False if out of memory. */
bool texts_add(struct texts *texts, const char *text);
void texts_free(struct texts *texts);

#endif
