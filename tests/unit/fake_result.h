/* fake_result.h - a result made by hand, for tests of writers: every figure is what the test says.
 *
 * It defines the functions of <onhold/run.h> that read a result, in place of the library's. Include
 * it in one test program once. Figures that were not put are undefined (NaN).
 */
#ifndef ONHOLD_TESTS_FAKE_RESULT_H
#define ONHOLD_TESTS_FAKE_RESULT_H

#include "../support/support.h"

#include "../../sim/out/plot_model.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { FAKE_MOST = 4000, FAKE_THINGS = 64, FAKE_COLUMNS = 24, FAKE_DAYS = 40 };

struct fake_figure {
    oh_level level;
    size_t thing;
    long period;
    size_t column;
    oh_estimate estimate;
    size_t days;
    double day[FAKE_DAYS];
};

struct oh_model {
    const char *name, *about, *currency;
};

struct oh_result {
    oh_model model;
    oh_run_info info;
    size_t things[3], intervals, columns[3], figures;
    const char *name[3][FAKE_THINGS];
    oh_interval interval[48];
    size_t days;
    const char *weekday[7];
    oh_column column[3][FAKE_COLUMNS];
    struct fake_figure figure[FAKE_MOST];
    size_t bins;
    double edges[8];
    uint64_t answered[8], abandoned[8];
};

static oh_result fake;

static void fake_begin(const char *name, const char *const *queues, const char *const *groups)
{
    memset(&fake, 0, sizeof fake);
    fake.model = (oh_model){name, "", ""};
    fake.info = (oh_run_info){.replications = 200,
                              .first = 1,
                              .seed = 1,
                              .confidence = 0.95,
                              .replication = "day",
                              .stopped_by = "replications",
                              .calls = 1000};
    while (queues[fake.things[OH_QUEUE]]) {
        fake.name[OH_QUEUE][fake.things[OH_QUEUE]] = queues[fake.things[OH_QUEUE]];
        fake.things[OH_QUEUE]++;
    }
    while (groups[fake.things[OH_AGENTS]]) {
        fake.name[OH_AGENTS][fake.things[OH_AGENTS]] = groups[fake.things[OH_AGENTS]];
        fake.things[OH_AGENTS]++;
    }
    fake.things[OH_TOTAL] = 1;
    fake.name[OH_TOTAL][0] = "total";
}

static void fake_interval(const char *start, const char *end)
{
    oh_interval *at = &fake.interval[fake.intervals++];
    snprintf(at->start, sizeof at->start, "%s", start);
    snprintf(at->end, sizeof at->end, "%s", end);
}

/* The same on a weekday; the days come in the order of the week. */
static void fake_interval_on(const char *day, const char *start, const char *end)
{
    fake_interval(start, end);
    fake.interval[fake.intervals - 1].day = day;
    if (fake.days == 0 || strcmp(fake.weekday[fake.days - 1], day) != 0)
        fake.weekday[fake.days++] = day;
}

/* The last figure put, for the test to complete. */
static struct fake_figure *fake_put(oh_level level, size_t thing, long period, const char *id,
                                    double value, double half_width)
{
    size_t c = 0;
    while (c < fake.columns[level] && strcmp(fake.column[level][c].id, id) != 0)
        c++;
    if (c == fake.columns[level]) {
        oh_column *column = &fake.column[level][fake.columns[level]++];
        snprintf(column->id, sizeof column->id, "%s", id);
        column->metric = oh_metric_find(id);
        assert_non_null(column->metric);
    }
    assert_true(fake.figures < FAKE_MOST);
    struct fake_figure *f = &fake.figure[fake.figures++];
    *f = (struct fake_figure){.level = level, .thing = thing, .period = period, .column = c};
    f->estimate =
        (oh_estimate){.value = value, .half_width = half_width, .target = NAN, .within = NAN};
    return f;
}

static void fake_target(struct fake_figure *f, double target, double within, bool at_most)
{
    f->estimate.has_target = true;
    f->estimate.target = target;
    f->estimate.within = within;
    f->estimate.at_most = at_most;
    f->estimate.met = at_most ? f->estimate.value <= target : f->estimate.value >= target;
}

static const struct fake_figure *fake_find(oh_level level, size_t thing, long period, size_t column)
{
    for (size_t i = 0; i < fake.figures; i++) {
        const struct fake_figure *f = &fake.figure[i];
        if (f->level == level && f->thing == thing && f->period == period && f->column == column)
            return f;
    }
    return NULL;
}

/* ---- the library's functions ---- */

const char *oh_model_name(const oh_model *model)
{
    return model->name;
}

const char *oh_model_about(const oh_model *model)
{
    return model->about;
}

const char *oh_model_currency(const oh_model *model)
{
    return model->currency;
}

oh_run_info oh_result_info(const oh_result *result)
{
    return result->info;
}

const oh_model *oh_result_model(const oh_result *result)
{
    return &result->model;
}

size_t oh_result_things(const oh_result *result, oh_level level)
{
    return result->things[level];
}

const char *oh_result_name(const oh_result *result, oh_level level, size_t thing)
{
    return result->name[level][thing];
}

size_t oh_result_intervals(const oh_result *result)
{
    return result->intervals;
}

oh_interval oh_result_interval(const oh_result *result, size_t interval)
{
    return result->interval[interval];
}

size_t oh_result_days(const oh_result *result)
{
    return result->days;
}

const char *oh_result_day(const oh_result *result, size_t day)
{
    return result->weekday[day];
}

bool oh_result_theory(const oh_result *result, size_t queue, oh_theory *out)
{
    (void)result, (void)queue, (void)out;
    return false;
}

/* A made-up model was given nothing. */
bool plot_patience(const oh_result *result, size_t queue, double seconds, double *share)
{
    (void)result, (void)queue, (void)seconds, (void)share;
    return false;
}

const double *plot_needed(const oh_result *result, size_t group, struct arena *arena)
{
    (void)result, (void)group, (void)arena;
    return NULL;
}

size_t oh_result_columns(const oh_result *result, oh_level level)
{
    return result->columns[level];
}

const oh_column *oh_result_column(const oh_result *result, oh_level level, size_t column)
{
    return &result->column[level][column];
}

long oh_result_column_find(const oh_result *result, oh_level level, const char *id)
{
    for (size_t c = 0; c < result->columns[level]; c++)
        if (strcmp(result->column[level][c].id, id) == 0)
            return (long)c;
    return -1;
}

bool oh_result_estimate(const oh_result *result, oh_level level, size_t thing, long period,
                        size_t column, oh_estimate *out)
{
    (void)result;
    const struct fake_figure *f = fake_find(level, thing, period, column);
    if (f)
        *out = f->estimate;
    return f != NULL;
}

bool oh_result_spread(const oh_result *result, oh_level level, size_t thing, long period,
                      size_t column, oh_spread *out)
{
    (void)result;
    const struct fake_figure *f = fake_find(level, thing, period, column);
    if (!f || f->days == 0)
        return false;
    *out = (oh_spread){(uint32_t)f->days, f->day[0],          0,         f->day[0],
                       f->day[0],         f->day[0],          f->day[0], f->day[f->days - 1],
                       f->day[0],         f->day[f->days - 1]};
    return true;
}

bool oh_result_values(const oh_result *result, oh_level level, size_t thing, long period,
                      size_t column, double *values)
{
    const struct fake_figure *f = fake_find(level, thing, period, column);
    for (size_t r = 0; r < result->info.replications; r++)
        values[r] = f && r < f->days ? f->day[r] : NAN;
    return f != NULL;
}

size_t oh_result_histogram(const oh_result *result, size_t queue, size_t max_bins, double *edges,
                           uint64_t *answered, uint64_t *abandoned)
{
    (void)queue;
    assert_true(result->bins <= max_bins);
    memcpy(edges, result->edges, (result->bins + 1) * sizeof *edges);
    memcpy(answered, result->answered, result->bins * sizeof *answered);
    memcpy(abandoned, result->abandoned, result->bins * sizeof *abandoned);
    return result->bins;
}

/* There is no comparison with Erlang's formulas. */
const oh_gap_queue *oh_gap_queue_at(const oh_gap *gap, size_t queue)
{
    static const oh_gap_queue none = {.why_not = "it is made up"};
    (void)gap, (void)queue;
    return &none;
}

size_t oh_gap_intervals(const oh_gap *gap)
{
    (void)gap;
    return 0;
}

const oh_gap_interval *oh_gap_interval_at(const oh_gap *gap, size_t queue, size_t interval)
{
    (void)gap, (void)queue, (void)interval;
    return NULL;
}

#endif
