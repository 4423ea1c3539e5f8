/* paper.h - text of known size, which never allocates: what writers write to while memory fails.
 */
#ifndef ONHOLD_TESTS_PAPER_H
#define ONHOLD_TESTS_PAPER_H

#include <onhold/base.h>

struct paper { /* large: to be static */
    size_t length;
    char at[1 << 23];
};

/* A sink that adds to the paper, and refuses what has no room left. */
oh_sink paper_sink(struct paper *paper);

#endif
