/* gnuplot.c - running gnuplot. It is started without a shell and gets file names as arguments of
 * the script, so that no name can be taken for a command.
 */
#include "gnuplot.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "output_file.h"

/* The folder that has plots/: the source tree's, or share/onhold. The Makefile knows. */
#ifndef ONHOLD_DATADIR
#define ONHOLD_DATADIR "/usr/local/share/onhold"
#endif

static bool has_scripts(const char *folder)
{
    char *style = path_join(folder, "style", ".gp");
    bool there = style && access(style, R_OK) == 0;
    free(style);
    return there;
}

/* The folder of the program itself, to be freed; NULL if it cannot be told. */
static char *own_folder(void)
{
    char *path = realpath("/proc/self/exe", NULL);
    char *slash = path ? strrchr(path, '/') : NULL;
    if (slash)
        *slash = '\0';
    return path;
}

char *gnuplot_scripts(void)
{
    static const char *const beside[] = {"../../plots", "../share/onhold/plots"};
    const char *given = getenv("ONHOLD_PLOTS");
    if (given && *given)
        return strdup(given);
    char *own = own_folder(), *found = NULL;
    for (size_t i = 0; own && !found && i < sizeof beside / sizeof *beside; i++) {
        found = path_join(own, beside[i], "");
        if (found && !has_scripts(found)) {
            free(found);
            found = NULL;
        }
    }
    free(own);
    return found ? found : strdup(ONHOLD_DATADIR "/plots");
}

int gnuplot_draw(const char *script, const char *data, const char *picture, const char *format)
{
    fflush(stdout);
    fflush(stderr);
    pid_t child = fork();
    if (child < 0)
        return 1;
    if (child == 0) {
        signal(SIGPIPE, SIG_DFL);
        setenv("LC_ALL", "C.UTF-8", 1);     /* titles are UTF-8, numbers have a point */
        dup2(STDERR_FILENO, STDOUT_FILENO); /* results are ours alone */
        execlp("gnuplot", "gnuplot", "-d", "-c", script, data, picture, format, (char *)NULL);
        _exit(GNUPLOT_MISSING);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return 1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
