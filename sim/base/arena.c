/* arena.c - memory that is given back all at once.
 *
 * Chunks double in size up to a limit; a block that does not fit gets a chunk of its own behind
 * the newest one, so that the room left there is not lost.
 */
#include "arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_FIRST = 4096, CHUNK_LARGEST = 1 << 20 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t used, size; /* of bytes */
    max_align_t bytes[];
};

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

void arena_free(struct arena *arena)
{
    struct arena_chunk *chunk = arena->chunk;
    while (chunk) {
        struct arena_chunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
    arena_init(arena);
}

static struct arena_chunk *chunk_new(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct arena_chunk))
        return NULL;
    struct arena_chunk *chunk = calloc(1, sizeof *chunk + size);
    if (chunk)
        chunk->size = size;
    return chunk;
}

/* A chunk with room for `size` bytes, which is in use already when this returns. */
static void *chunk_add(struct arena *arena, size_t size)
{
    struct arena_chunk *newest = arena->chunk;
    size_t usual = newest ? 2 * newest->size : CHUNK_FIRST;
    if (usual > CHUNK_LARGEST)
        usual = CHUNK_LARGEST;

    bool own = size > usual / 4;
    struct arena_chunk *chunk = chunk_new(own ? size : usual);
    if (!chunk) {
        arena->failed = true;
        return NULL;
    }
    chunk->used = size;
    if (own && newest) {
        chunk->next = newest->next;
        newest->next = chunk;
    } else {
        chunk->next = newest;
        arena->chunk = chunk;
    }
    return chunk->bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t grain = _Alignof(max_align_t);
    if (size == 0)
        size = 1;
    if (size > SIZE_MAX - grain) {
        arena->failed = true;
        return NULL;
    }
    size = (size + grain - 1) / grain * grain;

    struct arena_chunk *chunk = arena->chunk;
    if (!chunk || size > chunk->size - chunk->used)
        return chunk_add(arena, size);
    void *block = (char *)chunk->bytes + chunk->used;
    chunk->used += size;
    return block;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    return arena_alloc(arena, count * size);
}

void *arena_copy(struct arena *arena, const void *bytes, size_t size)
{
    void *copy = arena_alloc(arena, size);
    if (copy && size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_copy(arena, text, strlen(text) + 1);
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    char *copy = length < SIZE_MAX ? arena_alloc(arena, length + 1) : NULL;
    if (copy)
        memcpy(copy, text, length); /* the block is zeroed: it ends in NUL */
    else
        arena->failed = true;
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        arena->failed = true;
        return NULL;
    }

    char *text = arena_alloc(arena, (size_t)length + 1);
    if (text) {
        va_start(arguments, format);
        vsnprintf(text, (size_t)length + 1, format, arguments);
        va_end(arguments);
    }
    return text;
}
