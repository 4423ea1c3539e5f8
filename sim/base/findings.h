/* findings.h - making diagnostics: places in source text, codes, hints and notes.
 *
 * The reader's side of <onhold/diag.h>. Every code is a row of codes.def.
 */
#ifndef ONHOLD_SIM_FINDINGS_H
#define ONHOLD_SIM_FINDINGS_H

#include <onhold/diag.h>

#include "arena.h"

/* A text that findings can point into: a file, or the text of a --set option. It lives in the
 * arena it was made in. */
struct source {
    const char *name; /* as the user named it; "--set" for options, "<stdin>" */
    const char *text; /* NUL-terminated, may hold NULs before length in a damaged file */
    size_t length;
};

/* A source with copies of name and text; NULL (and arena->failed) if out of memory. */
struct source *source_new(struct arena *arena, const char *name, const char *text, size_t length);

/* The line (from 1) without its line break ("\n", "\r\n" or "\r") and without a byte order mark.
 * False if there is no such line. Looks through the text from its beginning. */
bool source_line(const struct source *source, unsigned line, const char **start, size_t *length);

/* Where something stands. line and column count from 1 (column in characters); end is exclusive;
 * end_line 0: one character. source NULL: nowhere; line 0: the source as a whole. */
struct span {
    const struct source *source;
    unsigned line, column, end_line, end_column;
};

enum code {
#define CODE(id, severity, title) CODE_##id,
#include "codes.def"
#undef CODE
    CODES
};

/* Adds a finding. Errors past OH_DIAGS_MAX are replaced by one E100, warnings past as many by one
 * W100. What a finding shows is copied: spans need not outlive the call. Control characters in
 * texts are made visible, and very long texts are cut. */
void finding(oh_diags *diags, enum code code, struct span at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Adds a hint, or a note at another place, to the finding made last (to none if that one was one
 * too many). A second hint is joined to the first; notes past the eighth are dropped. */
void finding_hint(oh_diags *diags, const char *format, ...) __attribute__((format(printf, 2, 3)));
void finding_note(oh_diags *diags, struct span at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* True if an allocation failed inside the collection: findings are missing. */
bool findings_failed(const oh_diags *diags);

/* The name nearest to `word` among `n` names by edit distance, or NULL if none is near enough to
 * be meant. name(user, i) gives the names. */
const char *suggest(const char *word, size_t n, const char *(*name)(const void *user, size_t i),
                    const void *user);

#endif
