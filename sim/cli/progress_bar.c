/* progress_bar.c - how far a run is, drawn at most ten times a second on one line.
 *
 * The line never wraps: what the terminal has no room for is left out, the least wanted first.
 */
#include "progress_bar.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { WIDE = 24, NARROW = 10, PART = 96 };

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
        snprintf(out, size, "%ld s left", s);
    else if (s < 3600)
        snprintf(out, size, "%ld min %02ld s left", s / 60, s % 60);
    else
        snprintf(out, size, "%ld h %02ld min left", s / 3600, s / 60 % 60);
}

/* "1.2 million calls/s", "850 calls/s". */
static void rate_words(char *out, size_t size, double rate)
{
    if (rate >= 1e5)
        snprintf(out, size, "%.1f million calls/s", 1e-6 * rate);
    else
        snprintf(out, size, "%.0f calls/s", rate);
}

/* "support 74.1 % ± 0.6", with the metric's name where there is room or it is not what one expects;
 * "" while there is none. */
static void metric_words(char *out, size_t size, const oh_progress *p, bool named)
{
    const oh_metric *metric = p->metric ? oh_metric_find(p->metric) : NULL;
    char name[32] = "";
    *out = '\0';
    if (!metric || !(p->half_width == p->half_width))
        return;
    if (named || strncmp(metric->id, "service_level", 13) != 0)
        snprintf(name, sizeof name, " %.30s", metric->id);
    for (char *c = name; *c; c++)
        if (*c == '_')
            *c = ' ';
    bool share = strcmp(metric->unit, "share") == 0;
    double scale = share ? 100 : 1;
    snprintf(out, size, "%.24s%s %.1f%s%s \xC2\xB1 %.1f", p->queue, name, scale * p->value,
             share ? " " : "", share ? "%" : "", scale * p->half_width);
}

/* Columns of text that may hold UTF-8. */
static size_t columns_of(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

static size_t terminal_columns(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

/* The richest of the layouts that has room, in `line`. */
static void lay_out(char *line, size_t size, const oh_progress *p, double passed, size_t room)
{
    double share = (double)p->done / (double)p->planned;
    char count[PART], left[PART] = "", rate[PART], metric[PART], named[PART], drawn[WIDE + 1];

    snprintf(count, sizeof count, "%llu of %llu", (unsigned long long)p->done,
             (unsigned long long)p->planned);
    if (p->done > 0)
        left_words(left, sizeof left, passed * (1 - share) / share);
    rate_words(rate, sizeof rate, (double)p->calls / passed);
    metric_words(metric, sizeof metric, p, false);
    metric_words(named, sizeof named, p, true);
    const struct {
        int bar;
        const char *part[4];
    } layouts[] = {
        {WIDE, {left, named, rate, count}},
        {WIDE, {left, named, rate}},
        {NARROW, {left, named, rate}},
        {NARROW, {left, metric, rate}},
        {NARROW, {left, metric}},
        {0, {left, metric}},
        {0, {left}},
        {0, {NULL}},
    };
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        int bar = layouts[i].bar;
        for (int k = 0; k < bar; k++)
            drawn[k] = k < (int)(share * bar) ? '#' : '.';
        drawn[bar] = '\0';
        int at = snprintf(line, size, "%s%s%s%3.0f %%", bar ? "[" : "", drawn, bar ? "] " : "",
                          100 * share);
        for (size_t k = 0; k < 4 && layouts[i].part[k]; k++)
            if (*layouts[i].part[k])
                at += snprintf(line + at, size - (size_t)at, "  %s", layouts[i].part[k]);
        if (columns_of(line) < room)
            return;
    }
    *line = '\0';
}

/* Is it time to draw? */
static bool due(const struct progress_bar *bar)
{
    double now = clock_now();
    return bar->on && now - bar->started >= 0.5 && now - bar->drawn >= 0.1;
}

static void draw(struct progress_bar *bar, const char *line)
{
    fprintf(stderr, "\r%s\033[K", line);
    fflush(stderr);
    bar->drawn = clock_now();
    bar->visible = true;
}

void progress_show(void *user, const oh_progress *p)
{
    struct progress_bar *bar = user;
    char line[5 * PART];
    if (!due(bar) || p->planned == 0)
        return;
    lay_out(line, sizeof line, p, clock_now() - bar->started, terminal_columns());
    draw(bar, line);
}

void progress_say(struct progress_bar *bar, const char *words)
{
    if (due(bar) && columns_of(words) < terminal_columns())
        draw(bar, words);
}

void progress_end(struct progress_bar *bar)
{
    if (bar->visible)
        fputs("\r\033[K", stderr);
    bar->visible = false;
}
