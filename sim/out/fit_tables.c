/* fit_tables.c - the CSV tables beside a fitted scenario. */
#include <math.h>

#include "csv_text.h"
#include "fit_words.h"

/* Points of the inverse of a distribution that is written as values. */
enum { QUANTILES = 200 };

size_t oh_fit_tables(const oh_fit *fit)
{
    enum fit_table_kind kind[TABLE_KINDS];
    return fit_tables_needed(fit, kind);
}

const char *oh_fit_table_name(const oh_fit *fit, size_t i)
{
    enum fit_table_kind kind[TABLE_KINDS];
    return i < fit_tables_needed(fit, kind) ? fit_table_word(kind[i]) : "";
}

/* A number rounded for people. */
static void rounded(struct csv *c, double value, int digits)
{
    char text[FIT_WORDS];
    cs_field(c, fit_number(text, value, digits));
}

/* What the scenario's law takes as its mean: without the zeros, and beside short calls that of the
 * others. */
static double written_mean(const struct fit_time *f, size_t slot)
{
    const struct law *law = &f->chosen.law;
    double mean = f->slot_mean[slot] / (1 - f->zero);
    if (law->kind != LAW_SHORT_CALLS)
        return mean;
    return fmax((mean - law->share * law->short_mean) / (1 - law->share), law->short_mean);
}

/* The columns of a table of schedules: their names, or their values in a slot. */
static void put_columns(struct csv *c, const oh_fit *fit, enum fit_table_kind kind, bool names,
                        unsigned weekday, size_t slot)
{
    char text[FIT_WORDS];
    for (size_t g = 0; kind == TABLE_STAFF && g < fit->agents.groups; g++) {
        if (names)
            cs_field(c, fit->agents.group[g].name);
        else
            cs_real(c, fit->agents.group[g].count[weekday][slot]);
    }
    for (size_t q = 0; q < fit->queues; q++) {
        const struct fit_queue *queue = &fit->queue[q];
        if (kind == TABLE_ARRIVALS && names)
            cs_field(c, queue->name);
        else if (kind == TABLE_ARRIVALS)
            rounded(c, queue->arrivals.fresh[weekday][slot], 4);
        for (int p = 0; p < PARTS && kind == TABLE_HANDLING; p++) {
            if (!fit_mean_by_slot(&queue->handling, (enum log_part)p))
                continue;
            if (names)
                cs_field(c, fit_part_column(text, queue, (enum log_part)p));
            else
                rounded(c, written_mean(&queue->handling.part[p], slot), 4);
        }
    }
}

static void put_schedule(struct csv *c, const oh_fit *fit, enum fit_table_kind kind)
{
    const struct fit_calendar *calendar = &fit->calendar;
    char text[FIT_WORDS];
    if (calendar->week)
        cs_field(c, "day");
    cs_field(c, "start");
    put_columns(c, fit, kind, true, 0, 0);
    cs_end_row(c);
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        const struct fit_opening *o = &calendar->opening[w];
        for (size_t s = o->first; o->open && s < o->end; s++) {
            if (calendar->week)
                cs_field(c, fit_weekday(w));
            cs_field(c, fit_clock(text, calendar_clock(calendar, s), false));
            put_columns(c, fit, kind, false, w, s);
            cs_end_row(c);
        }
    }
}

/* ---- values ---- */

static bool is_empirical(const struct fit_handling *h, int part)
{
    const struct fit_time *f = &h->part[part];
    return f->chosen.law.kind == LAW_EMPIRICAL && f->points > 0 &&
           fit_part_written(h, (enum log_part)part);
}

/* The value below which that share of the calls lies. */
static double value_at(const struct fit_time *f, double share)
{
    double total = 0, seen = 0;
    for (size_t i = 0; i < f->points; i++)
        total += f->point[i].ended;
    for (size_t i = 0; i < f->points; i++) {
        seen += f->point[i].ended;
        if (seen >= share * total)
            return f->point[i].t;
    }
    return f->point[f->points - 1].t;
}

static void put_times(struct csv *c, const oh_fit *fit)
{
    char name[FIT_WORDS];
    for (size_t q = 0; q < fit->queues; q++)
        for (int p = 0; p < PARTS; p++)
            if (is_empirical(&fit->queue[q].handling, p))
                cs_field(c, fit_part_column(name, &fit->queue[q], (enum log_part)p));
    cs_end_row(c);
    for (int k = 0; k <= QUANTILES; k++) {
        for (size_t q = 0; q < fit->queues; q++)
            for (int p = 0; p < PARTS; p++)
                if (is_empirical(&fit->queue[q].handling, p))
                    rounded(c, value_at(&fit->queue[q].handling.part[p], (double)k / QUANTILES), 5);
        cs_end_row(c);
    }
}

oh_status oh_fit_table(const oh_fit *fit, size_t i, oh_sink sink)
{
    enum fit_table_kind kind[TABLE_KINDS];
    struct csv c = cs_to(sink);
    if (i >= fit_tables_needed(fit, kind))
        return OH_ARGUMENT;
    if (kind[i] == TABLE_TIMES)
        put_times(&c, fit);
    else
        put_schedule(&c, fit, kind[i]);
    return emit_status(&c.emit);
}
