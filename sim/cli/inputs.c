/* inputs.c - what is read is known by its place on the disk, whatever name it was given.
 *
 * A saved result may be written over: merge adds to it.
 */
#include "inputs.h"

#include <string.h>
#include <sys/stat.h>

#include "command.h"
#include "messages.h"

/* Whoever reads it a second time finds it empty. */
static bool reads_standard_input_twice(const struct settings *settings)
{
    const char *staff = settings->log.staff, *map = settings->log.map;
    size_t n = map && strcmp(map, "-") == 0;
    n += staff && (strcmp(staff, "-") == 0 || strncmp(staff, "-:", 2) == 0);
    for (size_t i = 0; i < settings->files.n; i++)
        n += strcmp(settings->files.at[i], "-") == 0;
    return n > 1;
}

static bool is_same(const struct stat *file, const char *path)
{
    struct stat about;
    return path && stat(path, &about) == 0 && about.st_dev == file->st_dev &&
           about.st_ino == file->st_ino;
}

bool inputs_have(const struct settings *settings, const char *path)
{
    struct stat file;
    if (!path || stat(path, &file) != 0 || !S_ISREG(file.st_mode))
        return false;
    if (is_same(&file, settings->log.map) || is_same(&file, settings->log.staff))
        return true;
    for (size_t i = 0; i < settings->files.n; i++)
        if (is_same(&file, settings->files.at[i]))
            return true;
    return false;
}

int inputs_check(const struct settings *settings)
{
    const struct {
        const char *option, *path;
    } outputs[] = {
        {"output", settings->output}, {"report", settings->report}, {"plan", settings->plan}};
    if (reads_standard_input_twice(settings))
        return say_usage(settings->command,
                         "standard input can be read once; only one FILE may be -");
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
        if (inputs_have(settings, outputs[i].path))
            return say_usage(settings->command, "--%s: %s is read and would be written over",
                             outputs[i].option, outputs[i].path);
    return EXIT_FINE;
}
