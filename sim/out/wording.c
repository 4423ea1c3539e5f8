/* wording.c - figures in people's words. The one idea: as many digits as carry meaning, no more.
 */
#include "wording.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/units.h"
#include "../base/utf8.h"

static char *undefined(char *buffer)
{
    snprintf(buffer, WORDS, "%s", WORD_UNDEFINED);
    return buffer;
}

/* Whole number with commas between thousands. */
static void grouped(char *out, size_t size, uint64_t n)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, n);
    size_t at = 0;
    for (int i = 0; i < length && at + 2 < size; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

char *word_fixed(char *buffer, double value, int decimals)
{
    static const double power[] = {1, 10, 100, 1000, 10000};
    if (isnan(value))
        return undefined(buffer);
    if (!(fabs(value) < 1e14)) { /* far beyond what a call center counts */
        if (isinf(value))
            snprintf(buffer, WORDS, "%s", value > 0 ? "infinite" : "-infinite");
        else
            format_real(buffer, value);
        return buffer;
    }
    double scale = power[decimals];
    uint64_t all = (uint64_t)llround(fabs(value) * scale);
    uint64_t unit = (uint64_t)scale;
    char whole[40];
    grouped(whole, sizeof whole, all / unit);
    const char *sign = value < 0 && all > 0 ? "-" : "";
    if (decimals == 0)
        snprintf(buffer, WORDS, "%s%s", sign, whole);
    else
        snprintf(buffer, WORDS, "%s%s.%0*" PRIu64, sign, whole, decimals, all % unit);
    return buffer;
}

char *word_count(char *buffer, double value)
{
    bool whole = value == floor(value);
    return word_fixed(buffer, value, whole || fabs(value) >= 99.95 ? 0 : 1);
}

char *word_duration(char *buffer, double seconds)
{
    char number[WORDS];
    if (isnan(seconds))
        return undefined(buffer);
    if (!(seconds < 1e11)) {
        snprintf(buffer, WORDS, "endless");
        return buffer;
    }
    if (seconds < 59.5) {
        bool tiny = seconds > 0 && seconds < 0.05;
        bool whole = seconds >= 9.95 || fabs(seconds - round(seconds)) < 0.05;
        word_fixed(number, tiny ? 0.1 : seconds, whole && !tiny ? 0 : 1);
        snprintf(buffer, WORDS, "%s%.16s s", tiny ? "under " : "", number);
    } else if (seconds < 3599.5) {
        long s = lround(seconds);
        snprintf(buffer, WORDS, "%ld min %02ld s", s / 60, s % 60);
    } else if (seconds < 86400 - 30) {
        long m = lround(seconds / 60);
        snprintf(buffer, WORDS, "%ld h %02ld min", m / 60, m % 60);
    } else {
        long h = lround(seconds / 3600);
        snprintf(buffer, WORDS, "%ld d %02ld h", h / 24, h % 24);
    }
    return buffer;
}

/* Decimals that a half width in the same unit calls for. */
static int decimals_for(double half_width)
{
    return half_width > 0 && half_width < 0.05 ? 2 : 1;
}

char *word_share(char *buffer, double share, double half_width)
{
    char number[WORDS];
    if (isnan(share))
        return undefined(buffer);
    word_fixed(number, 100 * share, decimals_for(100 * half_width));
    snprintf(buffer, WORDS, "%.30s %%", number);
    return buffer;
}

char *word_round_share(char *buffer, double share)
{
    char digits[32];
    if (isnan(share))
        return undefined(buffer);
    /* 0.07 * 100 is not 7: round what only binary fractions add */
    snprintf(buffer, WORDS, "%s %%", format_real(digits, round(share * 1e8) / 1e6));
    return buffer;
}

/* A number of this unit, `decimals` more exactly than usual. */
static void figure(char *number, const char *unit, double value, double half_width, int decimals)
{
    char digits[WORDS];
    if (strcmp(unit, "share") == 0) {
        word_fixed(digits, 100 * value, decimals_for(100 * half_width) + decimals);
        snprintf(number, WORDS, "%.30s %%", digits);
    } else if (strcmp(unit, "s") != 0) {
        word_count(number, value);
    } else if (decimals > 0 && value < 3600) {
        double shown = round(value * pow(10, decimals)) / pow(10, decimals);
        int minutes = (int)(shown / 60);
        word_fixed(digits, shown - 60 * minutes, decimals);
        if (minutes > 0)
            snprintf(number, WORDS, "%d min %s%.30s s", minutes, digits[1] == '.' ? "0" : "",
                     digits);
        else
            snprintf(number, WORDS, "%.30s s", digits);
    } else {
        word_duration(number, value);
    }
}

/* "74.1 % ± 0.6" from "74.1 %" */
static char *with_error(char *buffer, const char *number, const char *unit, double value,
                        double half_width)
{
    char error[WORDS];
    if (isnan(half_width)) {
        snprintf(buffer, WORDS, "%.60s", number);
        return buffer;
    }
    if (strcmp(unit, "share") == 0)
        word_fixed(error, 100 * half_width, decimals_for(100 * half_width));
    else if (strcmp(unit, "s") == 0)
        word_duration(error, half_width);
    else
        word_fixed(error, half_width, fabs(value) >= 99.95 ? 0 : 1);
    snprintf(buffer, WORDS, "%.60s \xC2\xB1 %.60s", number, error);
    return buffer;
}

char *word_estimate(char *buffer, const char *unit, double value, double half_width)
{
    char number[WORDS];
    if (isnan(value))
        return undefined(buffer);
    figure(number, unit, value, half_width, 0);
    return with_error(buffer, number, unit, value, half_width);
}

char *word_measured(char *buffer, const char *unit, const oh_estimate *e, double half_width)
{
    enum { MORE = 2 };
    char number[WORDS], target[WORDS];
    if (isnan(e->value))
        return undefined(buffer);
    for (int decimals = 0; decimals <= MORE; decimals++) {
        figure(number, unit, e->value, half_width, decimals);
        figure(target, unit, e->target, half_width, decimals);
        if (isnan(e->target) || e->met || strcmp(number, target) != 0)
            break;
    }
    return with_error(buffer, number, unit, e->value, half_width);
}

enum verdict verdict_of(const oh_estimate *e)
{
    if (isnan(e->value))
        return VERDICT_UNDEFINED;
    if (isnan(e->half_width) ||
        (e->value - e->half_width < e->target && e->target < e->value + e->half_width))
        return VERDICT_OPEN;
    return e->met ? VERDICT_MET : VERDICT_MISSED;
}

const char *verdict_words(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_MET:
        return "met";
    case VERDICT_MISSED:
        return "missed";
    case VERDICT_OPEN:
        return "cannot tell yet";
    case VERDICT_UNDEFINED:
        break;
    }
    return "no value";
}

char *word_more(char *buffer, const oh_estimate *e, const oh_run_info *info)
{
    char number[WORDS];
    *buffer = '\0';
    if (verdict_of(e) != VERDICT_OPEN)
        return buffer;
    double n = info->replications, distance = fabs(e->value - e->target);
    double times = e->half_width / distance;
    double more = ceil(n * times * times - n);
    if (isnan(e->half_width)) {
        snprintf(buffer, WORDS, "needs more than one %s", info->replication);
    } else if (!(more < 1e6)) {
        snprintf(buffer, WORDS, "as near to the target as can be");
    } else {
        /* two digits: the distance itself is only an estimate */
        double step = more < 10 ? 1 : pow(10, floor(log10(more)) - 1);
        more = fmax(1, ceil(more / step) * step);
        snprintf(buffer, WORDS, "needs about %.40s more %.20s%s", word_fixed(number, more, 0),
                 info->replication, more == 1 ? "" : "s");
    }
    return buffer;
}

char *word_metric(char *buffer, const char *id)
{
    if (strcmp(id, "asa") == 0 || strcmp(id, "aht") == 0) {
        snprintf(buffer, WORDS, "%s", strcmp(id, "asa") == 0 ? "ASA" : "AHT");
        return buffer;
    }
    snprintf(buffer, WORDS, "%.60s", id);
    for (char *c = buffer; *c; c++)
        if (*c == '_')
            *c = ' ';
    return buffer;
}

char *word_target(char *buffer, const oh_column *column, const oh_estimate *e)
{
    char level[WORDS], within[WORDS], digits[32], name[WORDS];
    const char *bound = e->at_most ? "at most " : "";

    if (strcmp(column->metric->unit, "share") == 0)
        word_round_share(level, e->target);
    else if (strcmp(column->metric->unit, "s") == 0)
        format_duration(level, sizeof level, e->target);
    else
        snprintf(level, sizeof level, "%s", format_real(digits, e->target));
    if (!isnan(e->within)) {
        format_duration(within, sizeof within, e->within);
        if (strcmp(column->metric->id, "service_level") == 0)
            name[0] = '\0';
        else
            word_metric(name, column->metric->id);
        snprintf(buffer, WORDS, "%.60s%s%s%.40s in %.40s", name, *name ? " " : "", bound, level,
                 within);
    } else {
        word_metric(name, column->id);
        snprintf(buffer, WORDS, "%.60s %s%.40s", name, e->at_most ? "at most " : "at least ",
                 level);
    }
    return buffer;
}

char *word_frequency(char *buffer, double share, const char *replication)
{
    const char *on = strcmp(replication, "day") == 0 ? "on" : "in";
    if (isnan(share))
        return undefined(buffer);
    if (share <= 0)
        snprintf(buffer, WORDS, "%s no %s", on, replication);
    else if (share >= 1)
        snprintf(buffer, WORDS, "%s every %s", on, replication);
    else if (share < 0.05)
        snprintf(buffer, WORDS, "%s hardly any %s", on, replication);
    else if (share >= 0.95)
        snprintf(buffer, WORDS, "%s almost every %s", on, replication);
    else
        snprintf(buffer, WORDS, "%s %ld of 10 %ss", on, lround(10 * share), replication);
    return buffer;
}

char *word_day(char *buffer, const char *day)
{
    snprintf(buffer, WORDS, "%.60s", day);
    if (*buffer >= 'a' && *buffer <= 'z')
        *buffer = (char)(*buffer - 'a' + 'A');
    return buffer;
}

char *word_interval(char *buffer, const oh_interval *at, const char *opens)
{
    char day[WORDS] = "";
    bool night = at->day && strcmp(at->start, opens) < 0;
    if (at->day)
        word_day(day, at->day);
    snprintf(buffer, WORDS, "%s%.60s%s%s\xE2\x80\x93%s", night ? "night of " : "", day,
             night     ? ", "
             : at->day ? " "
                       : "",
             at->start, at->end);
    return buffer;
}

char *word_money(char *buffer, double money)
{
    return word_fixed(buffer, money, fabs(money) < 99.995 ? 2 : 0);
}

char *word_sum(char *buffer, double money, double half_width, const char *currency)
{
    char sum[WORDS], error[WORDS] = "";
    word_money(sum, money);
    int decimals = fabs(money) < 99.995 ? 2 : 0;
    if (half_width >= (decimals ? 0.005 : 0.5)) /* what rounds to nothing says nothing */
        word_fixed(error, half_width, decimals);
    snprintf(buffer, WORDS, "%.50s%s%.50s%s%.30s", sum, *error ? " \xC2\xB1 " : "", error,
             *currency ? " " : "", currency);
    return buffer;
}

size_t word_width(const char *text)
{
    size_t columns = 0, length = strlen(text);
    for (uint32_t code; length > 0;) {
        size_t n = utf8_read(text, length, &code);
        columns += utf8_is_control(code) ? 1 : utf8_width(code);
        text += n;
        length -= n;
    }
    return columns;
}
