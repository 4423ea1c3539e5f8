/* read_file.h - a whole file, or standard input, as a source.
 */
#ifndef ONHOLD_SIM_READ_FILE_H
#define ONHOLD_SIM_READ_FILE_H

#include "findings.h"
#include "units.h"

enum read_outcome {
    READ_OK,
    READ_MISSING,    /* no such file */
    READ_DIRECTORY,  /* a folder stands there */
    READ_PIPE,       /* a pipe or socket, which could keep us waiting */
    READ_UNREADABLE, /* not permitted, or the disk failed; errno tells */
    READ_TOO_LARGE,  /* more than limit bytes */
    READ_NO_MEMORY   /* arena->failed is set */
};

#define READ_LIMIT_SCENARIO ((size_t)16 << 20)
#define READ_LIMIT_TABLE    ((size_t)64 << 20)

/* Reads `path` ("-": standard input, named "<stdin>") into the arena. *out is NULL unless
 * READ_OK. Never reads more than limit + 1 bytes, so a device without end is READ_TOO_LARGE. */
enum read_outcome read_file(struct arena *arena, const char *path, size_t limit,
                            struct source **out);

/* The failure in plain words, for a finding (E102 if READ_TOO_LARGE, else E101). error: errno as
 * read_file left it. For READ_NO_MEMORY there is no finding to make. */
enum code read_problem(enum read_outcome outcome, size_t limit, int error, struct problem *problem);

#endif
