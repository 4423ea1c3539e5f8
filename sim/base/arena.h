/* arena.h - memory that is given back all at once.
 *
 * One arena per scenario, per model: what lives together dies together. Blocks are zeroed.
 */
#ifndef ONHOLD_SIM_ARENA_H
#define ONHOLD_SIM_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_chunk;
struct arena {
    struct arena_chunk *chunk; /* newest first */
    bool failed;               /* an allocation failed since arena_init: sticky */
};

void arena_init(struct arena *arena);
void arena_free(struct arena *arena); /* everything; the arena may be used again */

/* `size` zeroed bytes aligned for any type; NULL (and failed) if out of memory. size 0 is 1. */
void *arena_alloc(struct arena *arena, size_t size);
/* `count` zeroed elements; NULL on overflow as well. */
void *arena_array(struct arena *arena, size_t count, size_t size);
void *arena_copy(struct arena *arena, const void *bytes, size_t size);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
