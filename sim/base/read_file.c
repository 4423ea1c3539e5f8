/* read_file.c - a whole file, or standard input, as a source.
 *
 * What the file says about its size is not believed (devices and pipes say 0): it is read until
 * its end, or until it is larger than the limit.
 */
#include "read_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_READ = 16384 };

/* Reads to the end into *bytes, which the caller frees whatever happens. */
static enum read_outcome read_all(int fd, size_t limit, char **bytes, size_t *length)
{
    size_t room = 0;
    for (;;) {
        if (*length == room) {
            room = room ? 2 * room : FIRST_READ;
            char *larger = realloc(*bytes, room);
            if (!larger)
                return READ_NO_MEMORY;
            *bytes = larger;
        }
        size_t want = room - *length;
        if (want > limit + 1 - *length)
            want = limit + 1 - *length;
        ssize_t got = read(fd, *bytes + *length, want);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno == EISDIR ? READ_DIRECTORY : READ_UNREADABLE;
        if (got == 0)
            return READ_OK;
        *length += (size_t)got;
        if (*length > limit)
            return READ_TOO_LARGE;
    }
}

static enum read_outcome read_source(struct arena *arena, int fd, const char *name, size_t limit,
                                     struct source **out)
{
    char *bytes = NULL;
    size_t length = 0;
    enum read_outcome outcome = read_all(fd, limit, &bytes, &length);
    if (outcome == READ_OK) {
        *out = source_new(arena, name, bytes, length);
        if (!*out)
            outcome = READ_NO_MEMORY;
    }
    int error = errno;
    free(bytes);
    errno = error;
    if (outcome == READ_NO_MEMORY)
        arena->failed = true;
    return outcome;
}

enum read_outcome read_file(struct arena *arena, const char *path, size_t limit,
                            struct source **out)
{
    *out = NULL;
    if (strcmp(path, "-") == 0)
        return read_source(arena, STDIN_FILENO, "<stdin>", limit, out);

    /* A pipe that nobody writes to would keep open() waiting. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? READ_MISSING : READ_UNREADABLE;
    struct stat about;
    enum read_outcome outcome = READ_DIRECTORY;
    bool known = fstat(fd, &about) == 0;
    if (known && (S_ISFIFO(about.st_mode) || S_ISSOCK(about.st_mode)))
        outcome = READ_PIPE;
    else if (!known || !S_ISDIR(about.st_mode))
        outcome = read_source(arena, fd, path, limit, out);
    int error = errno;
    close(fd);
    errno = error;
    return outcome;
}

enum code read_problem(enum read_outcome outcome, size_t limit, int error, struct problem *problem)
{
    *problem = (struct problem){0};
    char *message = problem->message, *hint = problem->hint;
    switch (outcome) {
    case READ_MISSING:
        snprintf(message, sizeof problem->message, "there is no such file");
        snprintf(hint, sizeof problem->hint, "check the name and the folder");
        break;
    case READ_DIRECTORY:
        snprintf(message, sizeof problem->message, "this is a folder, not a file");
        break;
    case READ_PIPE:
        snprintf(message, sizeof problem->message, "this is a pipe, not a file");
        snprintf(hint, sizeof problem->hint, "what comes through a pipe is read as  -");
        break;
    case READ_UNREADABLE: {
        char reason[100];
        snprintf(message, sizeof problem->message, "the file cannot be read: %s",
                 strerror_r(error, reason, sizeof reason));
        break;
    }
    case READ_TOO_LARGE:
        if (limit >= (size_t)1 << 20)
            snprintf(message, sizeof problem->message, "the file is larger than %zu MiB",
                     limit >> 20);
        else
            snprintf(message, sizeof problem->message, "the file is larger than %zu bytes", limit);
        snprintf(hint, sizeof problem->hint, "is this the right file?");
        break;
    case READ_NO_MEMORY:
    case READ_OK:
        break;
    }
    return outcome == READ_TOO_LARGE ? CODE_E102 : CODE_E101;
}
