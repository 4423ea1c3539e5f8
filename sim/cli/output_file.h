/* output_file.h - a file that is there whole or not at all.
 *
 * What is written goes to a temporary name in the same folder, which takes the file's place when
 * everything is on disk. Standard output and things that are no plain files (/dev/full, a pipe)
 * are written directly.
 */
#ifndef ONHOLD_SIM_OUTPUT_FILE_H
#define ONHOLD_SIM_OUTPUT_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include <onhold/base.h>

struct output_file {
    FILE *stream;
    char *name;       /* as the user gave it, for messages; "standard output" */
    char *target;     /* where it will stand; NULL if written directly */
    char *temporary;  /* its name until then; NULL if written directly */
    int error;        /* why a write failed; 0: none has */
    bool standard;    /* it is standard output */
    bool closed_pipe; /* the reader went away, as `| head` does: not an error */
};

/* Is that the name of standard output? NULL and "-" are. */
bool output_is_standard(const char *name);

/* True if `name` could be written; else an error was said. Looks before a long run, changes
 * nothing. */
bool output_possible(const char *name);

/* Opens; false if that fails: an error was said. */
bool output_open(struct output_file *out, const char *name);
oh_sink output_sink(struct output_file *out);
/* Puts the file in its place and closes it. `status` is what the writer returned: unless it is
 * OH_OK nothing is put in place. False if anything failed: an error was said. A closed pipe is no
 * failure. */
bool output_finish(struct output_file *out, oh_status status);

/* Makes a folder and those above it; false with an error said. */
bool folder_make(const char *name);
/* A folder that nobody else has, in $TMPDIR or /tmp, to be freed; NULL with errno. */
char *folder_temporary(void);
/* "DIR/NAME.EXTENSION", to be freed; NULL if out of memory. */
char *path_join(const char *folder, const char *name, const char *extension);

/* At the end of the program: standard output must have reached its reader. */
void output_close_standard(void);

#endif
