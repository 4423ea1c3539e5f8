/* clones.h - functions compiled once for each kind of CPU.
 *
 * CLONED before a function gives it several bodies, of which the program takes the widest that the
 * CPU has when it starts: one program for every x86-64. The bits are the same: vector instructions
 * round as scalar ones do, and nothing may be fused (-ffp-contract=off). Other compilers, and the
 * sanitizers, which must not be entered before main, get one plain body.
 */
#ifndef ONHOLD_SIM_CLONES_H
#define ONHOLD_SIM_CLONES_H

#if defined __x86_64__ && defined __gnu_linux__ && defined __OPTIMIZE__ && __GNUC__ >= 12 &&       \
    !defined __clang__ && !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
#define CLONES 1
#define CLONED __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CLONES 0
#define CLONED
#endif

/* Before a loop whose turns do not depend on each other even where its arrays are one and the same.
 */
#if defined __GNUC__ && !defined __clang__
#define INDEPENDENT _Pragma("GCC ivdep")
#else
#define INDEPENDENT
#endif

#endif
