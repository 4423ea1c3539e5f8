/* progress_bar.c - done and planned, rate, time left; drawn at most ten times a second. */
#include "progress_bar.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH = 24 };

double clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void progress_begin(struct progress_bar *bar, bool wanted)
{
    *bar = (struct progress_bar){.started = clock_now(), .on = wanted && isatty(STDERR_FILENO)};
}

/* "12 s", "3 min 05 s", "2 h 10 min". */
static void left_words(char *out, size_t size, double seconds)
{
    long s = seconds < 1e7 ? (long)(seconds + 0.5) : 10000000;
    if (s < 60)
        snprintf(out, size, "%ld s", s);
    else if (s < 3600)
        snprintf(out, size, "%ld min %02ld s", s / 60, s % 60);
    else
        snprintf(out, size, "%ld h %02ld min", s / 3600, s / 60 % 60);
}

void progress_show(void *user, const oh_progress *p)
{
    struct progress_bar *bar = user;
    double now = clock_now(), passed = now - bar->started;
    if (!bar->on || passed < 0.5 || now - bar->drawn < 0.1 || p->planned == 0)
        return;
    double share = (double)p->done / (double)p->planned;
    char drawn[WIDTH + 1], left[40] = "?";
    for (int i = 0; i < WIDTH; i++)
        drawn[i] = i < (int)(share * WIDTH) ? '#' : '.';
    drawn[WIDTH] = '\0';
    if (p->done > 0)
        left_words(left, sizeof left, passed * (1 - share) / share);
    fprintf(stderr, "\r[%s] %3.0f %%  %llu of %llu  %.3g million calls/s  %s left\033[K", drawn,
            100 * share, (unsigned long long)p->done, (unsigned long long)p->planned,
            1e-6 * (double)p->calls / passed, left);
    fflush(stderr);
    bar->drawn = now;
    bar->visible = true;
}

void progress_end(struct progress_bar *bar)
{
    if (bar->visible)
        fputs("\r\033[K", stderr);
    bar->visible = false;
}
