/* bytes.h - a growing text in memory, as a sink.
 */
#ifndef ONHOLD_SIM_BYTES_H
#define ONHOLD_SIM_BYTES_H

#include <onhold/base.h>

/* Starts zeroed, ends with bytes_free. NUL-terminated once something was written. */
struct bytes {
    char *at;
    size_t length, room;
    bool failed; /* out of memory: a writer sees a sink that refuses */
};

oh_sink bytes_sink(struct bytes *bytes);
void bytes_free(struct bytes *bytes);

#endif
