/* test_math_clones_v1.c - see test_math_clones.h. */
#define LEVEL   "sse2"
#define FEATURE "sse2"
#include "test_math_clones.h"
