/* plain_name.h - the name of a queue or a group in a scenario, made from the log's word for it.
 *
 * A scenario's names are of letters, digits, _ and -; a log's may be in any script. The name
 * depends on the word alone, so the same queue has the same name in every log.
 */
#ifndef ONHOLD_SIM_PLAIN_NAME_H
#define ONHOLD_SIM_PLAIN_NAME_H

#include <stdbool.h>

enum { PLAIN_NAME = 64 }; /* bytes, with the final zero */

/* The log's spelling where it can be, _ for the rest. marked: ends with six digits of the word's
 * FNV-1a checksum (Fowler, Noll, Vo 1991), which tells apart words that look alike without what a
 * name cannot have. A word that has no letter or digit is `what` (such as "queue"), and marked. */
void plain_name(char out[PLAIN_NAME], const char *word, const char *what, bool marked);

/* How sure a scenario's name means the log's word: 0 not at all, more is surer. */
int plain_name_likeness(const char *name, const char *word);

#endif
