/* fit_words.c - rounding for readers: three digits tell what an estimate knows. */
#include "fit_words.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/units.h"

void emit_words(struct emit *e, const char *format, ...)
{
    char text[1024];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    emit_text(e, text);
}

char *fit_number(char buffer[FIT_WORDS], double value, int digits)
{
    if (!isfinite(value))
        return strcpy(buffer, "?");
    if (value != 0) {
        /* rounded to so many digits: a power of ten in one direction only, so 0.15 stays 0.15 */
        int power = digits - 1 - (int)floor(log10(fabs(value)));
        double scale = pow(10, abs(power));
        value = power >= 0 ? round(value * scale) / scale : round(value / scale) * scale;
    }
    return format_real(buffer, value);
}

char *fit_seconds(char buffer[FIT_WORDS], double seconds)
{
    fit_number(buffer, seconds, seconds >= 1000 ? 4 : 3);
    return strcat(buffer, " s");
}

char *fit_delay(char buffer[FIT_WORDS], double seconds)
{
    if (seconds < 300)
        return fit_seconds(buffer, seconds);
    bool hours = seconds >= 3 * 3600;
    fit_number(buffer, seconds / (hours ? 3600 : 60), 3);
    return strcat(buffer, hours ? " h" : " min");
}

char *fit_share(char buffer[FIT_WORDS], double share)
{
    fit_number(buffer, 100 * share, 3);
    return strcat(buffer, "%");
}

char *fit_range(char buffer[FIT_WORDS], const struct measured *m)
{
    char low[FIT_WORDS], high[FIT_WORDS];
    fit_number(low, 100 * m->low, 2);
    fit_number(high, 100 * m->high, 2);
    snprintf(buffer, FIT_WORDS, "%.20s %% to %.20s %%", low, high);
    return buffer;
}

char *fit_clock(char buffer[FIT_WORDS], double second, bool end)
{
    long minutes = (long)(second / 60 + 0.5) % 1440;
    if (end && minutes == 0)
        minutes = 1440;
    snprintf(buffer, FIT_WORDS, "%02ld:%02ld", minutes / 60, minutes % 60);
    return buffer;
}

char *fit_date(char buffer[FIT_WORDS], const struct fit_calendar *c, long day)
{
    struct date d = date_of_day(day);
    if (c->dated)
        snprintf(buffer, FIT_WORDS, "%04d-%02d-%02d", d.year, d.month, d.day);
    else
        snprintf(buffer, FIT_WORDS, "day %ld", day >= DAYS_OF_A_RUN ? day / DAYS_OF_A_RUN : day);
    return buffer;
}

const char *fit_weekday(unsigned weekday)
{
    static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    return names[weekday % WEEKDAYS];
}

const char *fit_law_words(enum law_kind kind)
{
    static const char *const words[LAW_KINDS] = {"exponential",
                                                 "Weibull",
                                                 "gamma",
                                                 "lognormal",
                                                 "short calls and lognormal",
                                                 "as seen (no law is near enough)"};
    return words[kind];
}

bool fit_part_written(const struct fit_handling *h, enum log_part part)
{
    return h->part[part].n > 0 && (part == PART_HANDLING) != h->separate &&
           (!h->separate || h->part[part].points > 0);
}

bool fit_mean_by_slot(const struct fit_handling *h, enum log_part part)
{
    const struct fit_time *f = &h->part[part];
    return f->by_slot && fit_part_written(h, part) && f->chosen.law.kind != LAW_EMPIRICAL;
}

char *fit_part_column(char buffer[FIT_WORDS], const struct fit_queue *q, enum log_part part)
{
    static const char *const names[PARTS] = {"", "_talk", "_hold", "_wrap_up"};
    snprintf(buffer, FIT_WORDS, "%.48s%s", q->name, names[part]);
    return buffer;
}

const char *fit_part_words(enum log_part part)
{
    static const char *const words[PARTS] = {"", " talk", " hold", " wrap-up"};
    return words[part];
}

static bool needs(const oh_fit *fit, enum fit_table_kind kind)
{
    if (kind == TABLE_ARRIVALS)
        return true;
    if (kind == TABLE_STAFF)
        return fit->agents.known && !fit->staff;
    for (size_t q = 0; q < fit->queues; q++) {
        const struct fit_handling *h = &fit->queue[q].handling;
        for (int p = 0; p < PARTS; p++) {
            if (kind == TABLE_HANDLING && fit_mean_by_slot(h, (enum log_part)p))
                return true;
            if (kind == TABLE_TIMES && h->part[p].chosen.law.kind == LAW_EMPIRICAL &&
                h->part[p].points > 0 && fit_part_written(h, (enum log_part)p))
                return true;
        }
    }
    return false;
}

size_t fit_tables_needed(const oh_fit *fit, enum fit_table_kind kind[TABLE_KINDS])
{
    size_t n = 0;
    for (int k = 0; k < TABLE_KINDS; k++)
        if (needs(fit, (enum fit_table_kind)k))
            kind[n++] = (enum fit_table_kind)k;
    return n;
}

const char *fit_table_word(enum fit_table_kind kind)
{
    static const char *const words[TABLE_KINDS] = {"arrivals", "staff", "handling", "times"};
    return words[kind];
}
