/* plot_axis.c - places, ticks and labels of the axis of time; scripts only draw them. */
#include "plot_axis.h"

#include <stdio.h>

#include "../base/units.h"
#include "wording.h"

/* The axis is 788 px long (plots/style.gp). */
static const double pixels = 788, label = 46, outline = 6, gap_share = 0.022;

static size_t opening_with(const struct plot_axis *axis, size_t i)
{
    size_t d = 0;
    while (d + 1 < axis->openings && axis->opening[d + 1].first <= i)
        d++;
    return d;
}

struct span plot_axis_span(const struct plot_axis *axis, size_t i)
{
    size_t d = opening_with(axis, i);
    const struct opening *o = &axis->opening[d];
    struct span clock = opening_span(axis->result, o, i);
    return (struct span){axis->at[d] + clock.start - o->opens, axis->at[d] + clock.end - o->opens};
}

bool plot_axis_ends(const struct plot_axis *axis, size_t i)
{
    const struct opening *o = &axis->opening[opening_with(axis, i)];
    return i + 1 == o->first + o->intervals && !o->joined;
}

void plot_axis_gap(struct emit *e, const struct plot_axis *axis, size_t i)
{
    if (plot_axis_ends(axis, i) && i + 1 < oh_result_intervals(axis->result))
        emit_char(e, '\n');
}

char *plot_axis_step(char *buffer, const struct plot_axis *axis)
{
    char length[64];
    struct span first = plot_axis_span(axis, 0);
    double seconds = first.end - first.start;
    snprintf(buffer, WORDS, "%s",
             seconds == 3600 ? "hour" : format_duration(length, sizeof length, seconds));
    return buffer;
}

/* Where each opening starts, and where the axis ends. */
static void lay_out(struct plot_axis *axis)
{
    double open = 0;
    for (size_t d = 0; d < axis->openings; d++)
        open += axis->opening[d].closes - axis->opening[d].opens;
    double place = axis->openings == 1 ? axis->opening[0].opens : 0;
    axis->from = place;
    for (size_t d = 0; d < axis->openings; d++) {
        const struct opening *o = &axis->opening[d];
        axis->at[d] = place;
        axis->to = place + o->closes - o->opens;
        place = axis->to + (o->joined ? 0 : gap_share * open);
    }
}

static void put_tick(struct emit *e, double place, double clock)
{
    char text[12];
    unsigned minutes = (unsigned)(clock / 60 + 0.5) % 1440;
    snprintf(text, sizeof text, "%02u:%02u", minutes / 60, minutes % 60);
    plot_number(e, place);
    plot_string(e, text);
    plot_end_line(e);
}

/* Steps from the opening on that leave room for their labels, up to the next day's first. */
static void put_ticks(struct emit *e, const struct plot_axis *axis)
{
    static const double hours[] = {1, 2, 3, 4, 6, 8, 12};
    double span = axis->to - axis->from, room = label * span / pixels, step = 24 * 3600;
    bool single = axis->openings == 1;

    for (size_t i = sizeof hours / sizeof *hours; !single && i-- > 0;)
        if (hours[i] * 3600 >= room)
            step = hours[i] * 3600;
    if (single)
        step = span <= 4 * 3600 ? 1800 : span <= 14 * 3600 ? 3600 : 7200;
    for (size_t d = 0; d < axis->openings; d++) {
        const struct opening *o = &axis->opening[d];
        double length = o->closes - o->opens;
        double next = d + 1 < axis->openings ? axis->at[d + 1] - axis->at[d] - room : length;
        put_tick(e, axis->at[d], o->opens);
        for (double t = step; t <= next && t <= length; t += step)
            put_tick(e, axis->at[d] + t, o->opens + t);
    }
}

static void put_days(struct emit *e, const struct plot_axis *axis)
{
    for (size_t d = 0; d < axis->openings; d++) {
        const struct opening *o = &axis->opening[d];
        char name[WORDS];
        double end = axis->at[d] + o->closes - o->opens;
        plot_number(e, 0.5 * (axis->at[d] + end));
        plot_string(e, o->day ? word_day(name, o->day) : "");
        plot_number(e, d + 1 < axis->openings ? 0.5 * (end + axis->at[d + 1]) : PLOT_NO_MARK);
        plot_end_line(e);
    }
}

struct plot_axis plot_axis_begin(struct emit *e, const oh_result *result)
{
    struct plot_axis axis = {.result = result};
    axis.openings = openings_of(result, axis.opening);
    lay_out(&axis);
    struct span first = plot_axis_span(&axis, 0);
    plot_block(e, "axis", "first and last place, 1 if intervals are too narrow for outlines");
    plot_number(e, axis.from);
    plot_number(e, axis.to);
    plot_number(e, (first.end - first.start) * pixels / (axis.to - axis.from) < outline);
    plot_end_line(e);
    plot_block(e, "ticks", "place, time of day");
    put_ticks(e, &axis);
    plot_block(e, "days", "middle, name, place of the line after it");
    put_days(e, &axis);
    return axis;
}
