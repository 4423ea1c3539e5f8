/* fit_yaml_handling.c - how long calls take in a fitted scenario, and how long they ring before.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "fit_yaml.h"

/* Shares of a mixture, which must sum to 1: hundredths of a percent. */
static char *part_share(char buffer[FIT_WORDS], double share)
{
    fit_number(buffer, 100 * share, 6);
    return strcat(buffer, "%");
}

/* The distribution of one part of handling, without its braces. */
static void put_law(struct fit_writing *w, const struct fit_time *f, const char *column,
                    const char *mean)
{
    const struct law *law = &f->chosen.law;
    char a[FIT_WORDS], b[FIT_WORDS], c[FIT_WORDS], d[FIT_WORDS], table[FILE_NAME_ROOM];
    double rest;
    switch (law->kind) {
    case LAW_EXPONENTIAL:
        if (strncmp(mean, "{", 1) == 0)
            emit_words(&w->e, "gamma: {mean: %s, cv: 1}", mean);
        else
            emit_words(&w->e, "exponential: %s", mean);
        break;
    case LAW_WEIBULL:
        emit_words(&w->e, "weibull: {shape: %s, mean: %s}", fit_number(a, law->a, 3), mean);
        break;
    case LAW_GAMMA:
    case LAW_LOGNORMAL:
        emit_words(&w->e, "%s: {mean: %s, cv: %s}", law_name(law->kind), mean,
                   fit_number(a, law_cv(law), 3));
        break;
    case LAW_SHORT_CALLS:
        rest = 1 - round(law->share * 1e4) / 1e4;
        emit_words(&w->e, "mixture: [{share: %s, exponential: %s}, {share: %s, lognormal: {mean: ",
                   part_share(a, 1 - rest), fit_seconds(b, law->short_mean), part_share(c, rest));
        if (strncmp(mean, "{", 1) == 0)
            emit_text(&w->e, mean);
        else
            emit_text(&w->e, fit_seconds(d, exp(law->a + law->b * law->b / 2)));
        emit_words(&w->e, ", cv: %s}}]", fit_number(d, sqrt(expm1(law->b * law->b)), 3));
        break;
    case LAW_EMPIRICAL:
        emit_words(&w->e, "empirical: {csv: %s, column: %s}", fit_table_name(table, w, "times"),
                   column);
        break;
    case LAW_KINDS:
        break;
    }
}

static void put_evidence(struct fit_writing *w, const struct fit_time *f, const char *what)
{
    char number[WORDS], mean[FIT_WORDS], half[FIT_WORDS], off[FIT_WORDS];
    emit_words(&w->e, "    # %s of %s calls: mean %s", what, word_fixed(number, (double)f->n, 0),
               fit_seconds(mean, f->mean));
    if (isfinite(f->half_width))
        emit_words(&w->e, " \xC2\xB1 %s, median %s", fit_seconds(half, f->half_width),
                   fit_number(off, f->median, 3));
    emit_words(&w->e, "; %s", fit_law_words(f->chosen.law.kind));
    if (isfinite(f->chosen.distance) && f->tried > 0)
        emit_words(&w->e, ", at most %s off at any length", fit_share(off, f->chosen.distance));
    emit_char(&w->e, '\n');
}

/* "185 s", or the table by time of day. */
static void written_mean(char mean[400], struct fit_writing *w, const struct fit_queue *q, int part)
{
    const struct fit_time *f = &q->handling.part[part];
    char minute[FIT_WORDS], table[FILE_NAME_ROOM], column[FIT_WORDS];
    if (fit_mean_by_slot(&q->handling, (enum log_part)part))
        snprintf(mean, 400, "{per: %s min, csv: %s, column: %.48s, unit: s}",
                 fit_minutes(minute, w), fit_table_name(table, w, "handling"),
                 fit_part_column(column, q, (enum log_part)part));
    else
        fit_seconds(mean, f->mean / (1 - f->zero));
}

static void put_part(struct fit_writing *w, const struct fit_queue *q, int part)
{
    static const char *const names[PARTS] = {"handling", "talk", "hold", "wrap_up"};
    const struct fit_time *f = &q->handling.part[part];
    char mean[400], share[FIT_WORDS], rest[FIT_WORDS], column[FIT_WORDS];
    double zero = round(f->zero * 1e4) / 1e4;
    written_mean(mean, w, q, part);
    emit_words(&w->e, "%s%s: {", part == PART_HANDLING ? "    " : "      ", names[part]);
    if (zero > 0)
        emit_words(&w->e, "mixture: [{share: %s, constant: 0 s}, {share: %s, ",
                   part_share(share, zero), part_share(rest, 1 - zero));
    put_law(w, f, fit_part_column(column, q, (enum log_part)part), mean);
    emit_text(&w->e, zero > 0 ? "}]}\n" : "}\n");
}

/* Values at even shares, scaled so that straight lines between them have the mean that was seen. */
static void put_values(struct fit_writing *w, const struct fit_time *f)
{
    enum { VALUES = 21 };
    double value[VALUES], seen = 0, mean = 0;
    char t[FIT_WORDS];
    for (size_t k = 0, i = 0; k < VALUES; k++) {
        double share = (double)k / (VALUES - 1) * (double)f->n * (1 - f->zero);
        while (i + 1 < f->points && seen + f->point[i].ended < share)
            seen += f->point[i++].ended;
        value[k] = f->point[i].t;
        mean += value[k] * (k == 0 || k == VALUES - 1 ? 0.5 : 1) / (VALUES - 1);
    }
    emit_text(&w->e, "empirical: {values: [");
    for (size_t k = 0; k < VALUES; k++)
        emit_words(&w->e, "%s%s", k ? ", " : "",
                   fit_seconds(t, value[k] * f->mean / (1 - f->zero) / mean));
    emit_text(&w->e, "]}");
}

static void put_ring(struct fit_writing *w, const struct fit_queue *q)
{
    const struct fit_time *f = &q->ring.time;
    char number[WORDS], a[FIT_WORDS], b[FIT_WORDS], c[FIT_WORDS];
    double zero = round(f->zero * 1e4) / 1e4;
    if (!q->ring.write)
        return;
    emit_words(&w->e,
               "    # from the choice of an agent to his answer, %s calls: mean %s \xC2\xB1 %s\n"
               "    ring: ",
               word_fixed(number, (double)f->n, 0), fit_seconds(a, f->mean),
               fit_seconds(b, f->half_width));
    if (f->constant) {
        emit_words(&w->e, "%s\n", fit_seconds(a, f->mean));
        return;
    }
    if (zero > 0)
        emit_words(&w->e, "{mixture: [{share: %s, constant: 0 s}, {share: %s, ",
                   part_share(a, zero), part_share(b, 1 - zero));
    else
        emit_text(&w->e, "{");
    if (f->chosen.law.kind == LAW_EMPIRICAL)
        put_values(w, f);
    else
        put_law(w, f, "", fit_seconds(c, f->mean / (1 - f->zero)));
    emit_text(&w->e, zero > 0 ? "}]}\n" : "}\n");
}

void fit_put_handling(struct fit_writing *w, const struct fit_queue *q)
{
    static const char *const what[PARTS] = {"Handling", "Talk", "Hold", "Wrap-up"};
    const struct fit_handling *h = &q->handling;
    const struct fit_time *all = &w->fit->total.handling.part[PART_HANDLING];
    char share[FIT_WORDS], cv[FIT_WORDS];
    if (h->part[PART_HANDLING].n == 0) {
        emit_words(&w->e,
                   "    # nobody was answered here: as long as all calls\n"
                   "    handling: {lognormal: {mean: %s, cv: %s}}\n",
                   fit_seconds(share, all->mean),
                   fit_number(cv, all->sd > 0 ? all->sd / all->mean : 1, 3));
        return;
    }
    for (int p = 0; p < PARTS; p++) {
        if (!fit_part_written(h, (enum log_part)p))
            continue;
        put_evidence(w, &h->part[p], what[p]);
        if (h->part[p].by_slot)
            emit_words(&w->e, "    # its mean changes over the day by %s%s\n",
                       fit_share(share, h->part[p].slot_cv),
                       fit_mean_by_slot(h, (enum log_part)p) ? "" : ", which this form cannot say");
    }
    if (h->separate)
        emit_text(&w->e, "    handling:\n");
    for (int p = 0; p < PARTS; p++)
        if (fit_part_written(h, (enum log_part)p))
            put_part(w, q, p);
    put_ring(w, q);
}
