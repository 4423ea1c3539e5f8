/* test_math_clones_v4.c - see test_math_clones.h. */
#define LEVEL   "arch=x86-64-v4"
#define FEATURE "avx512dq"
#include "test_math_clones.h"
