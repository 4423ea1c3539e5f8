/* table_files.c - contents of tables, counted by how many scenarios hold them. */
#include "table_files.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "../base/sha256.h"

/* Never changes once it is in a list. */
struct held {
    struct table_file public;
    atomic_uint owners;
    struct arena arena;
};

struct table_files {
    struct held **at;
    size_t n, room;
    bool sealed;
};

struct table_files *table_files_new(void)
{
    return calloc(1, sizeof(struct table_files));
}

static void let_go(struct held *held)
{
    if (atomic_fetch_sub(&held->owners, 1) > 1)
        return;
    arena_free(&held->arena);
    free(held);
}

void table_files_free(struct table_files *files)
{
    if (!files)
        return;
    for (size_t i = 0; i < files->n; i++)
        let_go(files->at[i]);
    free(files->at);
    free(files);
}

static bool make_room(struct table_files *files)
{
    if (files->n < files->room)
        return true;
    size_t room = files->room ? 2 * files->room : 4;
    struct held **more = realloc(files->at, room * sizeof(struct held *));
    if (!more)
        return false;
    files->at = more;
    files->room = room;
    return true;
}

struct table_files *table_files_share(const struct table_files *files)
{
    struct table_files *copy = table_files_new();
    if (!copy)
        return NULL;
    copy->sealed = files->sealed;
    for (size_t i = 0; i < files->n; i++) {
        if (!make_room(copy)) {
            table_files_free(copy);
            return NULL;
        }
        atomic_fetch_add(&files->at[i]->owners, 1);
        copy->at[copy->n++] = files->at[i];
    }
    return copy;
}

static struct held *held_new(const char *path)
{
    struct held *held = calloc(1, sizeof *held);
    if (!held)
        return NULL;
    arena_init(&held->arena);
    atomic_init(&held->owners, 1);
    held->public.path = arena_strdup(&held->arena, path);
    if (held->public.path)
        return held;
    let_go(held);
    return NULL;
}

/* Puts it into the list, or frees it: false if out of memory. */
static bool keep(struct table_files *files, struct held *held, const struct source *source)
{
    if (!source || !make_room(files)) {
        let_go(held);
        return false;
    }
    held->public.source = source;
    sha256_of(source->text, source->length, held->public.sha256);
    files->at[files->n++] = held;
    return true;
}

bool table_files_add(struct table_files *files, const char *path, const void *bytes, size_t length)
{
    struct held *held = held_new(path);
    return held && keep(files, held, source_new(&held->arena, path, bytes, length));
}

void table_files_seal(struct table_files *files)
{
    files->sealed = true;
}

bool table_files_sealed(const struct table_files *files)
{
    return files->sealed;
}

enum read_outcome table_files_read(struct table_files *files, const char *path,
                                   const struct table_file **out)
{
    struct source *source = NULL;
    *out = NULL;
    for (size_t i = 0; i < files->n && !*out; i++)
        if (strcmp(files->at[i]->public.path, path) == 0)
            *out = &files->at[i]->public;
    if (*out)
        return READ_OK;
    if (files->sealed)
        return READ_MISSING;
    struct held *held = held_new(path);
    if (!held)
        return READ_NO_MEMORY;
    enum read_outcome outcome = read_file(&held->arena, path, READ_LIMIT_TABLE, &source);
    if (outcome != READ_OK) {
        int error = errno; /* the caller tells it */
        let_go(held);
        errno = error;
        return outcome;
    }
    if (!keep(files, held, source))
        return READ_NO_MEMORY;
    *out = &files->at[files->n - 1]->public;
    return READ_OK;
}

size_t table_files_count(const struct table_files *files)
{
    return files->n;
}

const struct table_file *table_files_at(const struct table_files *files, size_t i)
{
    return &files->at[i]->public;
}
