/* value_list.h - the values of a sweep as they are written: ranges and lists.
 *
 * "20..32", "20..32..4", "10%..30%..5%", "2 min..4 min..30 s" is not one: all parts of a range
 * carry the same unit. A list is split at commas outside brackets and quotes; each item is a value
 * or a range. What begins like no number is a value, whatever dots it has ("../other.csv").
 */
#ifndef ONHOLD_SIM_VALUE_LIST_H
#define ONHOLD_SIM_VALUE_LIST_H

#include "../base/arena.h"
#include "../base/units.h"

enum { VALUES_MOST = 10000 }; /* of one list, and points of a grid */

struct value_list {
    size_t n;
    const char **at; /* YAML texts */
};

/* Reads the list; false with the problem, or with problem->message empty if out of memory. */
bool value_list_read(struct value_list *list, const char *text, struct arena *arena,
                     struct problem *problem);

#endif
