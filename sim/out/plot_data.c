/* plot_data.c - what the data files of all plots share. */
#include "plot_data.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "wording.h"

static void comment(struct emit *e, const char *text)
{
    emit_text(e, "# ");
    for (; *text; text++)
        emit_char(e, *text == '\n' || *text == '\r' ? ' ' : *text);
    emit_char(e, '\n');
}

void plot_begin(struct emit *e, const oh_result *result, const char *about, const char *title,
                oh_level level, size_t panels, double tick)
{
    oh_run_info info = oh_result_info(result);
    const char *name = oh_model_name(oh_result_model(result));
    char n[WORDS], some[80] = "", subtitle[4 * WORDS];

    word_fixed(n, info.replications, 0);
    size_t things = oh_result_things(result, level);
    if (panels == PLOT_PANELS && things > panels)
        snprintf(some, sizeof some, "; the %zu busiest of %zu %s", panels, things,
                 level == OH_QUEUE ? "queues" : "groups");
    snprintf(subtitle, sizeof subtitle, "%.200s (%s %s%s, seed %u)%s", name, n, info.replication,
             info.replications == 1 ? "" : "s", (unsigned)info.seed, some);
    comment(e, about);
    comment(e, subtitle);
    comment(e, "Blocks are parted by two blank lines. -1: there is no such mark. NaN: undefined.");
    emit_text(e, "# title, sub-title, number of panels, seconds between ticks of the clock, what "
                 "a replication is\n");
    plot_string(e, title);
    plot_string(e, subtitle);
    plot_number(e, (double)panels);
    plot_number(e, tick);
    plot_string(e, info.replication);
    plot_end_line(e);
}

void plot_block(struct emit *e, const char *name, const char *columns)
{
    emit_text(e, "\n\n");
    comment(e, name);
    comment(e, columns);
}

void plot_string(struct emit *e, const char *text)
{
    emit_char(e, '"');
    for (; *text; text++)
        emit_char(e, *text == '"' ? '\'' : (unsigned char)*text < ' ' ? ' ' : *text);
    emit_text(e, "\" ");
}

void plot_number(struct emit *e, double value)
{
    if (isfinite(value))
        emit_real(e,
                  fabs(value) < 1e9 ? round(value * 1e6) / 1e6 : value); /* no picture has more */
    else
        emit_text(e, "NaN");
    emit_char(e, ' ');
}

void plot_end_line(struct emit *e)
{
    emit_char(e, '\n');
}

static double clock_seconds(const char *text)
{
    unsigned h = 0, m = 0, s = 0;
    sscanf(text, "%u:%u:%u", &h, &m, &s); /* seconds only where there are any */
    return 3600.0 * h + 60.0 * m + s;
}

struct plot_clock plot_clock_at(const oh_result *result, size_t interval)
{
    oh_interval first = oh_result_interval(result, 0), at = oh_result_interval(result, interval);
    double opening = clock_seconds(first.start);
    struct plot_clock clock = {clock_seconds(at.start), clock_seconds(at.end)};
    /* the clock goes on from 00:00 after midnight: an opening is shorter than a day */
    if (clock.start < opening)
        clock.start += 86400;
    while (clock.end <= clock.start)
        clock.end += 86400;
    return clock;
}

double plot_tick(const oh_result *result)
{
    size_t n = oh_result_intervals(result);
    if (n == 0)
        return 3600;
    double span = plot_clock_at(result, n - 1).end - plot_clock_at(result, 0).start;
    return span <= 4 * 3600 ? 1800 : span <= 14 * 3600 ? 3600 : 7200;
}

char *plot_verdict(char *buffer, const oh_column *column, const oh_estimate *e)
{
    char target[WORDS], value[WORDS];
    if (!column) {
        snprintf(buffer, WORDS, "no target given");
        return buffer;
    }
    snprintf(buffer, WORDS, "%.60s: %s, %.60s", word_target(target, column, e),
             verdict_words(verdict_of(e)),
             word_estimate(value, column->metric->unit, e->value, e->half_width));
    return buffer;
}
