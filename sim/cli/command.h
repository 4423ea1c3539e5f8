/* command.h - a command of the program: one row of the table in main.c, one file.
 */
#ifndef ONHOLD_SIM_COMMAND_H
#define ONHOLD_SIM_COMMAND_H

#include "settings.h"

/* Exit codes. */
enum {
    EXIT_FINE = 0,
    EXIT_FAILED = 1, /* disk full, out of memory, a limit hit */
    EXIT_USAGE = 2,
    EXIT_SCENARIO = 3, /* the scenario or a data file is invalid */
    EXIT_VERDICT = 4,  /* a --require says no */
    EXIT_INTERRUPTED = 130
};

struct command {
    const char *name;
    const char *operands; /* "FILE..." */
    const char *asked;    /* what to ask where an operand is missing; NULL: "which FILE?" */
    const char *summary;  /* one line for `onhold --help` */
    const char *about;    /* a paragraph for its own help */
    const char *examples;
    bool hidden;   /* for make install, not for the list of commands */
    unsigned flag; /* COMMAND_*: which options it takes */
    unsigned least_files, most_files;
    int (*run)(const struct settings *settings);
};

/* All commands, in the order of commands.def. */
size_t command_count(void);
const struct command *command_at(size_t i);

#define COMMAND(name) extern const struct command name##_command;
#include "commands.def"
#undef COMMAND

#endif
