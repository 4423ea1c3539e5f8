/* allocations.h - counts allocations and lets a chosen one fail.
 *
 * Only for test programs under tests/fault: the Makefile links them with --wrap=malloc, calloc
 * and realloc, so that every allocation of the library and of the test itself passes here. Those
 * inside shared libraries (libyaml, GSL, stdio) pass here too where the build has no sanitizer.
 */
#ifndef ONHOLD_TESTS_ALLOCATIONS_H
#define ONHOLD_TESTS_ALLOCATIONS_H

#include <stdbool.h>
#include <stddef.h>

/* Starts counting at 0; the k-th allocation from now (1, 2, ..) returns NULL. 0: none does. */
void allocations_arm(unsigned long k);
/* The same, but the k-th and all after it fail. */
void allocations_arm_from(unsigned long k);
/* Stops failing; returns the number of allocations asked for since allocations_arm. */
unsigned long allocations_disarm(void);
/* Number so far. */
unsigned long allocations_count(void);
/* True if an allocation was refused since allocations_arm. */
bool allocations_failed(void);

#endif
