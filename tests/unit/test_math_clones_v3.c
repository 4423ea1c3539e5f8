/* test_math_clones_v3.c - see test_math_clones.h. */
#define LEVEL   "arch=x86-64-v3"
#define FEATURE "avx2"
#include "test_math_clones.h"
