/* diag.h - what is wrong with a user's file: errors and warnings with file, line and column.
 *
 * All errors of a file are collected in one run (at most OH_DIAGS_MAX errors, then one that says
 * there are too many; warnings are limited in the same way). The collection keeps its own copies of
 * what it shows: files and scenarios may be gone by then.
 */
#ifndef ONHOLD_DIAG_H
#define ONHOLD_DIAG_H

#include <onhold/base.h>

#define OH_DIAGS_MAX 20

typedef enum oh_severity { OH_WARNING, OH_ERROR } oh_severity;

/* One finding. Strings live as long as the collection. line and column count from 1, in
 * characters (not bytes); line 0 means that the finding has no place in a file. */
typedef struct oh_diag {
    oh_severity severity;
    const char *code; /* "E203", "W301" */
    const char *file; /* as the user named it, "--set", "<stdin>", or "" if there is none */
    unsigned line, column;
    const char *message; /* one sentence, lower case, no full stop */
    const char *hint;    /* how to mend it, or NULL */
} oh_diag;

typedef struct oh_diags oh_diags;

oh_diags *oh_diags_new(void); /* NULL if out of memory */
void oh_diags_free(oh_diags *diags);

size_t oh_diags_count(const oh_diags *diags);
size_t oh_diags_errors(const oh_diags *diags);
size_t oh_diags_warnings(const oh_diags *diags);
const oh_diag *oh_diags_at(const oh_diags *diags, size_t i); /* in order of finding */

/* Writes all findings as text for people:
 *
 *   support.yaml:7:15: error: ... [E203]
 *    7 |     patience: 40 s
 *      |               ^~~~
 *      = hint: ...
 *   support.yaml:3:1: note: ...
 *
 * A place in an option ("--set") has no line numbers. Control characters are shown as visible
 * signs. Colour is used if asked. OH_IO: the sink failed. OH_NO_MEMORY: all there is was written,
 * but findings are missing. */
oh_status oh_diags_print(const oh_diags *diags, bool colour, oh_sink sink);

#endif
