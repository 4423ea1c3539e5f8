/* scenario.h - a scenario file, read, changed by paths, and handed to the model compiler.
 *
 * A scenario owns everything it read: the file and the files it extends; CSV tables, which are read
 * when it is compiled first, relative to the file that names them, and then stay as they were. It
 * changes only through oh_scenario_set and oh_scenario_apply_variant.
 */
#ifndef ONHOLD_SCENARIO_H
#define ONHOLD_SCENARIO_H

#include <onhold/base.h>
#include <onhold/diag.h>

typedef struct oh_scenario oh_scenario;

/* Reads a scenario file ("-" is standard input) and what it extends. OH_INVALID: the findings are
 * in diags and *out is NULL. Only the syntax and `extends` are looked at here: what keys mean is
 * checked by oh_model_compile. The caller frees *out. */
oh_status oh_scenario_load(oh_scenario **out, const char *file, oh_diags *diags);

/* The same from memory; `name` is what messages call it and what relative paths are relative to.
 * The text is copied. */
oh_status oh_scenario_load_text(oh_scenario **out, const char *name, const char *text,
                                size_t length, oh_diags *diags);

oh_status oh_scenario_clone(oh_scenario **out, const oh_scenario *from);
void oh_scenario_free(oh_scenario *scenario);

/* Adds or replaces one value: `path` is map keys joined by dots, list items by number; `value` is
 * YAML; "null" removes. Errors point at "--set". */
oh_status oh_scenario_set(oh_scenario *scenario, const char *path, const char *value,
                          oh_diags *diags);

/* Variants of the file, in file order. Applying one changes this scenario. */
size_t oh_scenario_variants(const oh_scenario *scenario);
const char *oh_scenario_variant_name(const oh_scenario *scenario, size_t i);
/* Does the file have a sweep? */
bool oh_scenario_has_sweep(const oh_scenario *scenario);
oh_status oh_scenario_apply_variant(oh_scenario *scenario, const char *name, oh_diags *diags);

const char *oh_scenario_file(const oh_scenario *scenario);
/* 64 hexadecimal digits: SHA-256 of the bytes of the scenario file itself. */
const char *oh_scenario_sha256(const oh_scenario *scenario);
/* The "PATH=VALUE" settings made so far, in order, a variant's included. */
size_t oh_scenario_settings(const oh_scenario *scenario);
const char *oh_scenario_setting(const oh_scenario *scenario, size_t i);

#endif
