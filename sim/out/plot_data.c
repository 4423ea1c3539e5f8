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

void plot_head(struct emit *e, const char *about, const char *title, const char *subtitle,
               size_t panels, const char *replication)
{
    comment(e, about);
    comment(e, subtitle);
    comment(e, "Blocks are parted by two blank lines. -1: there is no such mark. NaN: undefined.");
    emit_text(e, "# title, sub-title, number of panels, what a replication is\n");
    plot_string(e, title);
    plot_string(e, subtitle);
    plot_number(e, (double)panels);
    plot_string(e, replication);
    plot_end_line(e);
}

void plot_begin(struct emit *e, const oh_result *result, const char *about, const char *title,
                oh_level level, size_t panels)
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
    plot_head(e, about, title, subtitle, panels, info.replication);
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

char *plot_verdict(char *buffer, const oh_column *column, const oh_estimate *e)
{
    char target[WORDS], value[WORDS];
    if (!column) {
        snprintf(buffer, WORDS, "no target given");
        return buffer;
    }
    snprintf(buffer, WORDS, "%.60s: %s, %.60s", word_target(target, column, e),
             verdict_words(verdict_of(e)),
             word_measured(value, column->metric->unit, e, e->half_width));
    return buffer;
}
