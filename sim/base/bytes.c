/* bytes.c - a growing text in memory. */
#include "bytes.h"

#include <stdlib.h>
#include <string.h>

static bool keep(void *user, const char *text, size_t length)
{
    struct bytes *b = user;
    if (length >= b->room - b->length) {
        size_t room = 2 * b->room + length + 256;
        char *larger = realloc(b->at, room);
        if (!larger) {
            b->failed = true;
            return false;
        }
        b->at = larger;
        b->room = room;
    }
    memcpy(b->at + b->length, text, length);
    b->length += length;
    b->at[b->length] = '\0';
    return true;
}

oh_sink bytes_sink(struct bytes *bytes)
{
    return (oh_sink){keep, bytes};
}

void bytes_free(struct bytes *bytes)
{
    free(bytes->at);
    *bytes = (struct bytes){0};
}
