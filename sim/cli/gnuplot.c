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

#include "datadir.h"

char *gnuplot_scripts(void)
{
    const char *given = getenv("ONHOLD_PLOTS");
    return given && *given ? strdup(given) : data_folder("plots", "style.gp");
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
