/* trip.c - from a scenario to a log, from the log to a fit, from the fit to a scenario. */
#include "trip.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void take_text(struct trip *trip, const char *text, size_t length, oh_diags *diags)
{
    assert_int_equal(oh_log_begin(trip->log, "log.csv", diags), OH_OK);
    assert_int_equal(oh_log_take(trip->log, text, length), OH_OK);
    assert_int_equal(oh_log_end(trip->log), OH_OK);
}

static void fit_log(struct trip *trip, const oh_fit_options *options, oh_diags *diags)
{
    oh_status status = oh_log_judge(trip->log, diags);
    if (status == OH_OK)
        status = oh_fit_make(&trip->fit, trip->log, options, diags);
    if (status != OH_OK)
        show_findings(diags);
    assert_int_equal(status, OH_OK);
    oh_diags_free(diags);
}

static oh_diags *begin(struct trip *trip)
{
    oh_diags *diags = oh_diags_new();
    oh_log_options options = {.opens = 8 * 3600.0};
    assert_int_equal(oh_log_new(&trip->log, &options, diags), OH_OK);
    return diags;
}

static void take_day(struct trip *trip, const struct trial *trial, uint32_t day, oh_diags *diags)
{
    struct text text = {0};
    assert_int_equal(oh_trace_csv(trial->model, &(oh_trace_options){1, day, 1, NULL},
                                  text_sink(&text), NULL, NULL),
                     OH_OK);
    take_text(trip, text.at, text.length, diags);
    text_free(&text);
}

struct trip trip_make(const struct trial *trial, uint32_t first, uint32_t days,
                      const oh_fit_options *options)
{
    struct trip trip = {0};
    oh_diags *diags = begin(&trip);
    for (uint32_t d = 0; d < days; d++)
        take_day(&trip, trial, first + d, diags);
    fit_log(&trip, options, diags);
    return trip;
}

struct trip trip_of_two(const struct trial *even, const struct trial *odd, uint32_t days)
{
    struct trip trip = {0};
    oh_diags *diags = begin(&trip);
    for (uint32_t d = 1; d <= days; d++)
        take_day(&trip, d % 2 ? odd : even, d, diags);
    fit_log(&trip, NULL, diags);
    return trip;
}

struct trip trip_of_text(const char *log)
{
    struct trip trip = {0};
    oh_diags *diags = begin(&trip);
    take_text(&trip, log, strlen(log), diags);
    fit_log(&trip, NULL, diags);
    return trip;
}

void trip_free(struct trip *trip)
{
    oh_fit_free(trip->fit);
    oh_log_free(trip->log);
}

void count_hit(struct hits *h, double low, double high)
{
    h->n++;
    h->inside += low <= h->truth && h->truth <= high;
    h->above += low > h->truth;
}

/* The largest k with P(X < k) <= 0.001 for X binomial: fewer hits are no chance. */
static int fewest_hits(int n, double rate)
{
    double p = 0;
    for (int k = 0; k <= n; k++) {
        p += exp(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0) + k * log(rate) +
                 (n - k) * log1p(-rate));
        if (p > 0.001)
            return k;
    }
    return n;
}

void expect_rate(const struct hits *h, double rate)
{
    assert_that(h->inside >= fewest_hits(h->n, rate),
                "%s: %d of %d intervals hold the truth (%d lie above it), not %g", h->name,
                h->inside, h->n, h->above, rate);
}

struct trial trip_written(const oh_fit *fit, const char *name_stem)
{
    char stem[80];
    snprintf(stem, sizeof stem, "build/%s", name_stem);
    for (size_t i = 0; i < oh_fit_tables(fit); i++) {
        char name[100];
        struct text text = {0};
        snprintf(name, sizeof name, "%s_%s.csv", stem, oh_fit_table_name(fit, i));
        assert_int_equal(oh_fit_table(fit, i, text_sink(&text)), OH_OK);
        FILE *out = fopen(name, "w");
        assert_non_null(out);
        assert_int_equal(fwrite(text.at, 1, text.length, out), text.length);
        fclose(out);
        text_free(&text);
    }
    struct text yaml = {0};
    assert_int_equal(oh_fit_scenario(fit, stem, text_sink(&yaml)), OH_OK);
    struct trial trial = trial_text(yaml.at);
    text_free(&yaml);
    return trial;
}
