/* table_files.h - the bytes of the CSV tables that a scenario has read, each file once.
 *
 * What is compiled, printed, hashed and saved is the same content, even if somebody writes to the
 * file meanwhile. Copies of a scenario share the bytes, which never change; each scenario's own
 * list is one thread's at a time, as the scenario is.
 */
#ifndef ONHOLD_SIM_TABLE_FILES_H
#define ONHOLD_SIM_TABLE_FILES_H

#include "../base/read_file.h"

struct table_file {
    const char *path; /* as scenario_path made it */
    const struct source *source;
    char sha256[65];
};

struct table_files;

struct table_files *table_files_new(void); /* NULL if out of memory */
/* The same files in a list of its own; NULL if out of memory. */
struct table_files *table_files_share(const struct table_files *files);
void table_files_free(struct table_files *files);

/* Adds content under a path, as a saved result does: false if out of memory. */
bool table_files_add(struct table_files *files, const char *path, const void *bytes, size_t length);
/* From now on nothing is looked for on disk. */
void table_files_seal(struct table_files *files);
bool table_files_sealed(const struct table_files *files);

/* The file at that path, read now if it was not yet. *out is NULL unless READ_OK. */
enum read_outcome table_files_read(struct table_files *files, const char *path,
                                   const struct table_file **out);
/* Those that have been read, in order of reading. */
size_t table_files_count(const struct table_files *files);
const struct table_file *table_files_at(const struct table_files *files, size_t i);

#endif
