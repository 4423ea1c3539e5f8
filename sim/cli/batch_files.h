/* batch_files.h - the scenario files that paths and folders name, in order.
 */
#ifndef ONHOLD_SIM_BATCH_FILES_H
#define ONHOLD_SIM_BATCH_FILES_H

#include <stdbool.h>
#include <stddef.h>

struct batch_files {
    char **at;
    size_t n, room;
    bool incomplete; /* a folder cannot be read or has no scenario: said already */
    bool no_memory;
};

/* Adds a file as it is, or the *.yaml, *.yml and *.json of a folder and those inside it, in the
 * order of their names; names that begin with _ or . are left out. */
void batch_files_add(struct batch_files *files, const char *path);
void batch_files_free(struct batch_files *files);

#endif
