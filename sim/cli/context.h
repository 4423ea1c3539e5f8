/* context.h - what a writer is told beside the result: file, variant, settings, warnings.
 */
#ifndef ONHOLD_SIM_CONTEXT_H
#define ONHOLD_SIM_CONTEXT_H

#include "prepare.h"

struct context {
    oh_write_context public;
    char **warnings; /* owned */
    const char **settings;
};

/* Of a scenario as it was prepared, whose strings it points to. False: out of memory. Give it back
 * with context_free in any case. */
bool context_make(struct context *c, const struct settings *settings, const struct prepared *p);
void context_free(struct context *c);

#endif
