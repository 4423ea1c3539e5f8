/* shell_line.h - a command that plays results again, word by word. Lines are an arena's; NULL, in
 * and out: out of memory.
 */
#ifndef ONHOLD_SIM_SHELL_LINE_H
#define ONHOLD_SIM_SHELL_LINE_H

#include <onhold/write.h>

#include "../base/arena.h"

/* One word more, as a shell takes it: plain, or in single quotes. */
const char *shell_word(struct arena *a, const char *line, const char *word);
const char *shell_option(struct arena *a, const char *line, const char *name, const char *value);
/* The context's settings, and what the run was: how many replications, seed, and what differs from
 * the defaults. */
const char *shell_experiment(struct arena *a, const char *line, const oh_write_context *context,
                             const oh_run_info *info);

#endif
