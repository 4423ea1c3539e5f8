/* saved.h - the inside of a saved result, and its layout in a file.
 *
 * In order (numbers and texts as stats/pack.h writes them):
 *
 *   "onhold result\n"   the format's number, 1   version of onhold
 *   file, variant, sha256, settings (count, texts), warnings (count, texts)
 *   the resolved scenario as a scenario file, its tables (count; path and bytes of each)
 *   replications, first, seed, confidence, stopped_by, calls, count_at
 *   fields of a queue's and of a group's cell, queues, groups, intervals, days
 *   the cells of each replication, queues before groups; the histograms
 *   SHA-256 of all this
 *
 * More fields in a cell, or another order of them, is another number of the format.
 */
#ifndef ONHOLD_SIM_SAVED_H
#define ONHOLD_SIM_SAVED_H

#include <onhold/save.h>

#include "result.h"

#define SAVED_MAGIC "onhold result\n"
enum { SAVED_FORMAT = 1 };
#define SAVED_LIMIT ((size_t)4 << 30) /* bytes of a file */

struct oh_saved {
    struct arena arena; /* of the texts */
    oh_scenario *scenario;
    oh_model *model;
    oh_result *result;
    oh_write_context context;
    char hash[65];
    const char *version;
};

oh_saved *saved_new(void); /* NULL: no memory */
/* Compiles the scenario and names it. OH_INVALID: this onhold does not understand it. */
oh_status saved_compile(oh_saved *saved);

#endif
