/* datadir.c - finding what was installed or built with the program. */
#include "datadir.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output_file.h"

/* The Makefile knows. */
#ifndef ONHOLD_DATADIR
#define ONHOLD_DATADIR "/usr/local/share/onhold"
#endif

/* The folder of the program itself, to be freed; NULL if it cannot be told. */
static char *own_folder(void)
{
    char *path = realpath("/proc/self/exe", NULL);
    char *slash = path ? strrchr(path, '/') : NULL;
    if (slash)
        *slash = '\0';
    return path;
}

static bool holds_file(const char *folder, const char *file)
{
    char *path = path_join(folder, file, "");
    bool there = path && access(path, R_OK) == 0;
    free(path);
    return there;
}

char *data_folder(const char *name, const char *holds)
{
    static const char *const beside[] = {"../..", "../share/onhold"};
    char *own = own_folder(), *found = NULL;
    for (size_t i = 0; own && !found && i < sizeof beside / sizeof *beside; i++) {
        char *root = path_join(own, beside[i], "");
        found = root ? path_join(root, name, "") : NULL;
        free(root);
        if (found && !holds_file(found, holds)) {
            free(found);
            found = NULL;
        }
    }
    free(own);
    return found ? found : path_join(ONHOLD_DATADIR, name, "");
}
