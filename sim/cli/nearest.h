/* nearest.h - the word that was probably meant.
 */
#ifndef ONHOLD_SIM_NEAREST_H
#define ONHOLD_SIM_NEAREST_H

#include <stddef.h>

/* The nearest of `n` words by edit distance, or NULL if none is near enough to be meant. */
const char *nearest_word(const char *word, const char *const *words, size_t n);

#endif
