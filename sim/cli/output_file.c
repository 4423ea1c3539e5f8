/* output_file.c - files by temporary name and rename. */
#include "output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "messages.h"

/* Once a failure of standard output is told, the end of the program need not tell it again. */
static bool standard_told;

bool output_is_standard(const char *name)
{
    return !name || strcmp(name, "-") == 0;
}

char *path_join(const char *folder, const char *name, const char *extension)
{
    size_t size = strlen(folder) + strlen(name) + strlen(extension) + 2;
    char *path = malloc(size);
    bool slash = *folder && folder[strlen(folder) - 1] == '/';
    if (path)
        snprintf(path, size, "%s%s%s%s", folder, slash ? "" : "/", name, extension);
    return path;
}

char *folder_temporary(void)
{
    const char *above = getenv("TMPDIR");
    char *name = path_join(above && *above ? above : "/tmp", "onhold", "-XXXXXX");
    if (name && mkdtemp(name))
        return name;
    int reason = name ? errno : ENOMEM;
    free(name);
    errno = reason;
    return NULL;
}

/* The folder of a path, to be freed. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return strdup(".");
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

static bool refuse(const char *name, const char *reason)
{
    say_error("cannot write %s: %s", name, reason);
    return false;
}

bool output_possible(const char *name)
{
    struct stat about;
    if (output_is_standard(name))
        return true;
    if (stat(name, &about) == 0) {
        if (S_ISDIR(about.st_mode))
            return refuse(name, "it is a folder");
        if (!S_ISREG(about.st_mode))
            return access(name, W_OK) == 0 || refuse(name, strerror(errno));
    } else if (*name && name[strlen(name) - 1] == '/') {
        return refuse(name, "there is no such folder");
    }
    char *folder = folder_of(name);
    if (!folder)
        return refuse(name, strerror(ENOMEM));
    bool fine = true;
    if (stat(folder, &about) != 0)
        fine = refuse(name, errno == ENOENT ? "there is no such folder" : strerror(errno));
    else if (!S_ISDIR(about.st_mode))
        fine = refuse(name, "what should be its folder is a file");
    else if (access(folder, W_OK | X_OK) != 0)
        fine = refuse(name, strerror(errno));
    free(folder);
    return fine;
}

static void forget(struct output_file *out)
{
    free(out->name);
    free(out->target);
    free(out->temporary);
    *out = (struct output_file){0};
}

/* Permissions of the file that is replaced, or those of any new file. */
static void set_mode(int descriptor, const struct stat *old)
{
    mode_t mask = umask(0);
    umask(mask);
    fchmod(descriptor, old ? old->st_mode & 0777 : 0666 & ~mask);
}

static bool open_temporary(struct output_file *out, const struct stat *old)
{
    char *folder = folder_of(out->target);
    const char *slash = strrchr(out->target, '/');
    char *name = folder ? path_join(folder, ".", slash ? slash + 1 : out->target) : NULL;
    if (name && (out->temporary = malloc(strlen(name) + 8)))
        sprintf(out->temporary, "%s.XXXXXX", name);
    free(name);
    free(folder);
    if (!out->temporary) {
        errno = ENOMEM;
        return false;
    }
    int descriptor = mkstemp(out->temporary);
    if (descriptor < 0) {
        free(out->temporary);
        out->temporary = NULL;
        return false;
    }
    set_mode(descriptor, old);
    out->stream = fdopen(descriptor, "w");
    if (out->stream)
        return true;
    close(descriptor);
    unlink(out->temporary);
    return false;
}

bool output_open(struct output_file *out, const char *name)
{
    struct stat about;
    *out = (struct output_file){.standard = output_is_standard(name)};
    if (!output_possible(name))
        return false;
    out->name = strdup(out->standard ? "standard output" : name);
    bool there = !out->standard && stat(name, &about) == 0;
    bool opened = out->name != NULL;
    if (out->standard) {
        out->stream = stdout;
    } else if (there && !S_ISREG(about.st_mode)) {
        opened = opened && (out->stream = fopen(name, "w"));
    } else {
        /* through a link: the file it points at is replaced, not the link */
        out->target = there ? realpath(name, NULL) : strdup(name);
        opened = opened && out->target && open_temporary(out, there ? &about : NULL);
    }
    if (opened)
        return true;
    refuse(name ? name : "standard output", strerror(errno));
    forget(out);
    return false;
}

static bool take(void *user, const char *text, size_t length)
{
    struct output_file *out = user;
    errno = 0;
    /* One thread writes to this stream: locking it for each piece would cost more than writing. */
    if (fwrite_unlocked(text, 1, length, out->stream) == length)
        return true;
    out->error = errno ? errno : EIO;
    return false;
}

oh_sink output_sink(struct output_file *out)
{
    return (oh_sink){.write = take, .user = out};
}

/* Standard output stays open: later text may follow. */
static bool finish_standard(struct output_file *out, oh_status status)
{
    bool fine = fflush(stdout) == 0 && !out->error;
    int reason = out->error ? out->error : errno;
    if (!fine && reason == EPIPE)
        out->closed_pipe = true;
    else if (!fine && !standard_told)
        say_error("cannot write to standard output: %s", strerror(reason));
    standard_told = standard_told || !fine;
    if (!fine)
        return out->closed_pipe;
    if (status != OH_OK && status != OH_CANCELLED) /* who was interrupted says so himself */
        say_error("cannot write to standard output: %s", oh_status_text(status));
    return status == OH_OK;
}

/* To the disk, closed and renamed; errno tells why not. */
static bool put_in_place(struct output_file *out)
{
    bool fine = fflush(out->stream) == 0 && !out->error;
    int kept = out->error ? out->error : errno;
    /* a pipe or a device cannot be synced, and need not */
    if (fine && out->temporary && fsync(fileno(out->stream)) != 0 && errno != EINVAL) {
        kept = errno;
        fine = false;
    }
    if (fclose(out->stream) != 0 && fine) {
        kept = errno;
        fine = false;
    }
    if (fine && out->temporary && rename(out->temporary, out->target) != 0) {
        kept = errno;
        fine = false;
    }
    errno = kept;
    return fine;
}

bool output_finish(struct output_file *out, oh_status status)
{
    if (out->standard) {
        bool fine = finish_standard(out, status);
        free(out->name);
        out->name = NULL;
        return fine;
    }
    bool fine = false;
    if (status == OH_OK || status == OH_IO) {
        fine = put_in_place(out) && status == OH_OK;
        out->closed_pipe = !fine && errno == EPIPE;
        if (!fine && !out->closed_pipe)
            refuse(out->name, strerror(errno));
    } else {
        fclose(out->stream);
        if (status != OH_CANCELLED) /* who was interrupted says so himself */
            refuse(out->name, oh_status_text(status));
    }
    if (!fine && out->temporary)
        unlink(out->temporary);
    bool closed = out->closed_pipe;
    forget(out);
    out->closed_pipe = closed;
    return fine || closed;
}

bool folder_make(const char *name)
{
    char *path = strdup(name);
    struct stat about;
    bool fine = path != NULL;
    for (char *end = path; fine && *end;) {
        end += strspn(end, "/");
        end += strcspn(end, "/");
        char kept = *end;
        *end = '\0';
        fine = mkdir(path, 0777) == 0 || (stat(path, &about) == 0 && S_ISDIR(about.st_mode));
        *end = kept;
    }
    if (!fine)
        say_error("cannot make the folder %s: %s", name,
                  errno == EEXIST ? "there is a file of that name" : strerror(errno));
    free(path);
    return fine;
}

void output_close_standard(void)
{
    if ((fclose(stdout) != 0 || standard_told) && !standard_told && errno != EPIPE) {
        say_error("cannot write to standard output: %s", strerror(errno));
        _exit(EXIT_FAILED);
    }
}
