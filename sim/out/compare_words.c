/* compare_words.c - differences in plain words. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare_writers.h"

enum leaning difference_leaning(const oh_metric *metric)
{
    static const char *const more[] = {"answer_rate", "caller_answer_rate", "value", "profit",
                                       "target_met"};
    static const char *const less[] = {
        "abandon_rate",      "abandon_rate_long", "block_rate", "abandoned",     "blocked",
        "cut_off",           "left_over",         "dropped",    "asa",           "excess_wait",
        "delayed",           "queue_length",      "queue_max",  "callback_wait", "cost",
        "cost_per_answered", "overtime"};
    if (strncmp(metric->id, "service_level", 13) == 0)
        return LEANS_MORE;
    if (strncmp(metric->id, "wait", 4) == 0)
        return LEANS_LESS;
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (strcmp(metric->id, more[i]) == 0)
            return LEANS_MORE;
    for (size_t i = 0; i < sizeof less / sizeof *less; i++)
        if (strcmp(metric->id, less[i]) == 0)
            return LEANS_LESS;
    return LEANS_NOT;
}

int difference_news(const oh_metric *metric, const oh_difference *d)
{
    enum leaning leaning = difference_leaning(metric);
    if (d->verdict == OH_NO_DIFFERENCE || leaning == LEANS_NOT)
        return 0;
    return (d->verdict == OH_HIGHER) == (leaning == LEANS_MORE) ? 1 : -1;
}

/* Decimals that show the first digit of the error, or of the size where there is none. */
static int decimals_of(double size, double half_width)
{
    double shown = half_width > 0 ? half_width : size;
    int decimals = size >= 1000 ? 0 : 1;
    while (decimals < 4 && shown > 0 && shown * pow(10, decimals) < 0.5)
        decimals++;
    return decimals;
}

static const char *unit_words(const char *unit)
{
    return strcmp(unit, "share") == 0 ? "points" : strcmp(unit, "money") == 0 ? "" : unit;
}

char *difference_size(char *buffer, const char *unit, double size, double half_width)
{
    char number[WORDS], error[WORDS] = "";
    bool seconds = strcmp(unit, "s") == 0;
    double scale = strcmp(unit, "share") == 0 ? 100 : 1;
    if (half_width < 1e-9 * size)
        half_width = NAN; /* what is planned is known exactly, but for rounding */
    if (seconds && size >= 100) {
        word_duration(number, size);
        if (half_width > 0)
            word_duration(error, half_width);
        unit = "";
    } else {
        int decimals = decimals_of(scale * size, scale * half_width);
        word_fixed(number, scale * size, decimals);
        if (half_width > 0)
            word_fixed(error, scale * half_width, decimals);
    }
    const char *word = unit_words(unit);
    snprintf(buffer, WORDS, "%.50s%s%.50s%s%.20s", number, *error ? " \xC2\xB1 " : "", error,
             *word ? " " : "", word);
    return buffer;
}

/* What any difference is less than: the far end of the interval, rounded up. */
static char *bound_words(char *buffer, const char *unit, const oh_difference *d)
{
    double bound = fabs(d->difference) + d->half_width;
    double scale = strcmp(unit, "share") == 0 ? 100 : 1;
    if (strcmp(unit, "s") == 0 && bound >= 100)
        return difference_size(buffer, unit, ceil(bound), NAN);
    double step = pow(10, -decimals_of(scale * bound, NAN));
    return difference_size(buffer, unit, ceil(scale * bound / step - 1e-9) * step / scale, NAN);
}

static const char *relation_of(const oh_metric *metric, const oh_difference *d)
{
    int news = difference_news(metric, d);
    return news > 0 ? "better" : news < 0 ? "worse" : d->verdict == OH_HIGHER ? "higher" : "lower";
}

char *difference_words(char *buffer, const oh_metric *metric, const oh_difference *d,
                       const char *base, const char *value)
{
    char size[WORDS];
    if (!d->in_base || !d->in_value)
        snprintf(buffer, WORDS, "only in %.100s", d->in_base ? base : value);
    else if (isnan(d->difference))
        snprintf(buffer, WORDS, "no value");
    else if (d->verdict != OH_NO_DIFFERENCE)
        snprintf(buffer, WORDS, "%s by %.120s", relation_of(metric, d),
                 difference_size(size, metric->unit, fabs(d->difference), d->half_width));
    else if (isnan(d->half_width) && d->difference != 0)
        snprintf(buffer, WORDS, "cannot tell: one replication has no interval");
    else if (!(d->half_width > 1e-9 * fabs(d->base))) /* equal but for rounding */
        snprintf(buffer, WORDS, "the same");
    else
        snprintf(buffer, WORDS, "no difference seen; less than %.100s",
                 bound_words(size, metric->unit, d));
    return buffer;
}
