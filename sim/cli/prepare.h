/* prepare.h - from a file's name and the settings to a model, with everything said that is wrong.
 */
#ifndef ONHOLD_SIM_PREPARE_H
#define ONHOLD_SIM_PREPARE_H

#include "settings.h"

struct prepared {
    oh_diags *diags;
    oh_scenario *scenario;
    oh_model *model;
};

/* Loads, applies the variant and the settings, compiles. Returns an exit code; unless it is
 * EXIT_FINE, errors were said and there is no model. Warnings are left in diags for the caller to
 * show. Give it back with prepare_free in any case. */
int prepare(struct prepared *p, const struct settings *settings, const char *file);
/* The same with a scenario that is loaded already, of which a copy is taken. */
int prepare_again(struct prepared *p, const struct settings *settings, const oh_scenario *scenario);
/* Only loads. */
int prepare_load(struct prepared *p, const char *file);
void prepare_free(struct prepared *p);

/* The first error in one line, "file:line:column: message [code]"; returns text. */
enum { PREPARE_ERROR = 1024 };
const char *prepare_error(const struct prepared *p, char text[PREPARE_ERROR]);

/* Shows all findings on standard error. */
void prepare_show(const struct prepared *p);

#endif
