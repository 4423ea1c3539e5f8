/* batch_files.c - walking folders for scenario files. */
#include "batch_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "messages.h"
#include "output_file.h"

/* The folders from the first one to here: a link back to one of them is not followed. */
struct inside {
    dev_t device;
    ino_t inode;
    const struct inside *above;
};

static bool is_above(const struct inside *folder, const struct stat *about)
{
    for (; folder; folder = folder->above)
        if (folder->device == about->st_dev && folder->inode == about->st_ino)
            return true;
    return false;
}

static void keep(struct batch_files *files, const char *path)
{
    if (files->n == files->room) {
        size_t room = files->room ? 2 * files->room : 64;
        char **more = realloc(files->at, room * sizeof *more);
        if (!more) {
            files->no_memory = true;
            return;
        }
        files->at = more;
        files->room = room;
    }
    files->at[files->n] = strdup(path);
    if (files->at[files->n])
        files->n++;
    else
        files->no_memory = true;
}

static int is_wanted(const struct dirent *entry)
{
    return entry->d_name[0] != '_' && entry->d_name[0] != '.';
}

/* Bytes, whatever the locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool is_scenario(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && (strcasecmp(dot, ".yaml") == 0 || strcasecmp(dot, ".yml") == 0 ||
                   strcasecmp(dot, ".json") == 0);
}

static void walk(struct batch_files *files, const char *folder, const struct stat *about,
                 const struct inside *above)
{
    struct inside here = {about->st_dev, about->st_ino, above};
    struct dirent **entry = NULL;
    int n = scandir(folder, &entry, is_wanted, by_name);
    if (n < 0) {
        say_error("cannot read the folder %s: %s", folder, strerror(errno));
        files->incomplete = true;
        return;
    }
    for (int i = 0; i < n; i++) {
        struct stat inner;
        char *path = path_join(folder, entry[i]->d_name, "");
        if (!path)
            files->no_memory = true;
        else if (stat(path, &inner) == 0 && S_ISDIR(inner.st_mode)) {
            if (!is_above(&here, &inner))
                walk(files, path, &inner, &here);
        } else if (is_scenario(entry[i]->d_name)) {
            keep(files, path);
        }
        free(path);
        free(entry[i]);
    }
    free(entry);
}

void batch_files_add(struct batch_files *files, const char *path)
{
    struct stat about;
    size_t before = files->n, length = strlen(path);
    char *folder = strdup(path);
    if (!folder) {
        files->no_memory = true;
        return;
    }
    while (length > 1 && folder[length - 1] == '/')
        folder[--length] = '\0';
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
        bool broken = files->incomplete;
        walk(files, folder, &about, NULL);
        if (files->n == before && files->incomplete == broken && !files->no_memory) {
            say_error("there is no scenario (*.yaml, *.yml or *.json) in the folder %s", path);
            files->incomplete = true;
        }
    } else {
        keep(files, path); /* what is not there is told when it is read */
    }
    free(folder);
}

void batch_files_free(struct batch_files *files)
{
    for (size_t i = 0; i < files->n; i++)
        free(files->at[i]);
    free(files->at);
    *files = (struct batch_files){0};
}
