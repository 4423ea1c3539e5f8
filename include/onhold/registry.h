/* registry.h - the lists that the simulator is made of, for help, documentation and tests:
 * distributions, scenario keys, diagnostic codes (metrics and writers have their own headers).
 */
#ifndef ONHOLD_REGISTRY_H
#define ONHOLD_REGISTRY_H

#include <onhold/base.h>

typedef struct oh_entry {
    const char *name; /* "lognormal"; "queues.*.patience"; "E203" */
    const char *form; /* how it is written: "{mean: 4 min, cv: 1.2}" */
    const char *about;
} oh_entry;

size_t oh_distribution_count(void);
oh_entry oh_distribution_at(size_t i);

size_t oh_key_count(void);
oh_entry oh_key_at(size_t i);

size_t oh_code_count(void);
oh_entry oh_code_at(size_t i);

#endif
