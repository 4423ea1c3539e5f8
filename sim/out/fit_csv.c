/* fit_csv.c - what a fit found, long and tidy: a row a figure. What is not known is empty. */
#include <math.h>
#include <stdio.h>

#include "csv_text.h"
#include "fit_words.h"
#include "fit_writers.h"

struct rows {
    struct csv csv;
    const oh_fit *fit;
    const char *level, *name; /* of the rows that follow */
    const char *day;
    char start[FIT_WORDS], end[FIT_WORDS];
};

/* What is written of a figure; NaN and 0 calls are left empty. */
struct figure {
    const char *metric, *unit;
    double value, half_width, low, high;
    uint64_t n;
};

static void put_row(struct rows *r, const struct figure *f)
{
    struct csv *c = &r->csv;
    const char *place[] = {r->fit->source, r->level, r->name, r->day, r->start, r->end, f->metric};
    for (size_t i = 0; i < sizeof place / sizeof *place; i++)
        cs_field(c, place[i]);
    cs_real(c, f->value);
    cs_real(c, f->half_width);
    cs_field(c, f->unit);
    cs_real(c, f->low);
    cs_real(c, f->high);
    if (f->n > 0)
        cs_whole(c, f->n);
    else
        cs_field(c, NULL);
    cs_end_row(c);
}

static void put(struct rows *r, const char *metric, double value, const char *unit, uint64_t n)
{
    put_row(r, &(struct figure){metric, unit, value, NAN, NAN, NAN, n});
}

static void put_measured(struct rows *r, const char *metric, const struct measured *m,
                         const char *unit, uint64_t n)
{
    put_row(r, &(struct figure){metric, unit, m->value, NAN, m->low, m->high, n});
}

static void put_count(struct rows *r, const char *metric, uint64_t n)
{
    put(r, metric, (double)n, "calls", 0);
}

static void begin(struct rows *r, const char *level, const char *name)
{
    r->level = level;
    r->name = name;
    r->day = NULL;
    r->start[0] = r->end[0] = '\0';
}

/* ---- rows of the log, days ---- */

static void put_log(struct rows *r, const oh_log *log)
{
    begin(r, "rows", NULL);
    put(r, "read", (double)oh_log_rows(log), "rows", 0);
    put(r, "used", (double)oh_log_used(log), "rows", 0);
    begin(r, "dropped", NULL);
    for (size_t i = 0; i < oh_log_drops(log); i++) {
        oh_log_drop d = oh_log_drop_at(log, i);
        put(r, d.id, (double)d.rows, "rows", 0);
    }
}

static void put_days(struct rows *r)
{
    const struct fit_calendar *c = &r->fit->calendar;
    begin(r, "total", NULL);
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        const struct fit_opening *o = &c->opening[w];
        if (!o->open)
            continue;
        r->day = c->week ? fit_weekday(w) : NULL;
        fit_clock(r->start, calendar_clock(c, o->first), false);
        fit_clock(r->end, calendar_clock(c, o->end), true);
        put(r, "days", (double)o->days, "days", 0);
        put(r, "calls_a_day", o->calls, "calls", o->days);
        put(r, "calls_a_day_sd", o->sd, "calls", o->days);
    }
    begin(r, "total", NULL);
    put(r, "days_special", (double)c->special, "days", 0);
    put(r, "days_without_calls", (double)c->empty, "days", 0);
    put(r, "outside_opening", c->outside, "share", 0);
}

/* ---- queues ---- */

static void put_volume(struct rows *r, const struct fit_queue *q)
{
    const struct fit_arrivals *a = &q->arrivals;
    put_count(r, "offered", q->offered);
    put_count(r, "answered", q->answered);
    put_count(r, "abandoned", q->abandoned);
    put_count(r, "blocked", q->blocked);
    put(r, "abandon_rate", (double)q->abandoned / (double)q->offered, "share", q->offered);
    put(r, "service_level", q->service_level, "share", q->offered);
    put(r, "delayed", q->delayed, "share", q->offered);
    put(r, "asa", q->asa, "s", q->answered);
    put(r, "wait", q->wait, "s", q->offered);
    put(r, "wait_abandoned", q->wait_abandoned, "s", q->abandoned);
    put(r, "calls_a_day", a->per_day, "calls", r->fit->calendar.normal);
    put(r, "fresh", a->fresh_share, "share", 0);
    put_measured(r, "busyness", &a->busyness, "cv", 0);
    put_measured(r, "noise", &a->noise, "cv", 0);
}

static void put_time(struct rows *r, const char *part, const struct fit_time *f)
{
    char metric[FIT_WORDS];
    if (f->n == 0)
        return;
    put_row(r, &(struct figure){part, "s", f->mean, f->half_width, NAN, NAN, f->n});
    const struct {
        const char *of, *unit;
        double value;
    } more[] = {{"cv", "cv", f->sd / f->mean},
                {"p10", "s", f->p10},
                {"median", "s", f->median},
                {"p90", "s", f->p90},
                {"distance", "share", f->chosen.distance},
                {"by_interval_cv", "cv", f->slot_cv}};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        snprintf(metric, sizeof metric, "%s_%s", part, more[i].of);
        put(r, metric, more[i].value, more[i].unit, f->n);
    }
}

static void put_handling(struct rows *r, const struct fit_handling *h)
{
    static const char *const names[PARTS] = {"handling", "talk", "hold", "wrap_up"};
    for (int p = 0; p < PARTS; p++)
        if (p == PART_HANDLING || h->separate)
            put_time(r, names[p], &h->part[p]);
}

static void put_patience(struct rows *r, const struct fit_patience *p)
{
    static const double times[] = {20, 60, 180};
    struct measured mean = {p->mean_exponential, p->mean_low, p->mean_high};
    struct measured balk = {p->balk, p->balk_low, p->balk_high};
    char metric[FIT_WORDS];
    put_measured(r, "patience_mean", &mean, "s", p->n);
    put(r, "patience_naive_mean", p->naive_mean, "s", p->hung_up);
    put(r, "patience_median", p->never ? NAN : p->median, "s", p->n);
    put_measured(r, "balk", &balk, "share", p->n);
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        struct measured s;
        double se;
        patience_seen(p, times[i], &s, &se);
        snprintf(metric, sizeof metric, "still_waiting_%gs", times[i]);
        put_measured(r, metric, &s, "share", p->n);
    }
}

static void put_follow(struct rows *r, const char *metric, const struct fit_follow *f)
{
    char delay[FIT_WORDS];
    if (f->n == 0)
        return;
    put_measured(r, metric, &f->share, "share", f->n);
    snprintf(delay, sizeof delay, "%s_delay", metric);
    put_measured(r, delay, &f->delay, "s", f->followed);
}

static void put_customers(struct rows *r, const struct fit_queue *q)
{
    put_follow(r, "redial_after_abandon", &q->redials.after[ENDING_HUNG_UP]);
    put_follow(r, "redial_after_block", &q->redials.after[ENDING_BLOCKED]);
    put_follow(r, "unresolved", &q->redials.after[ENDING_ANSWERED]);
    for (size_t i = 0; i < q->transfers.count; i++) {
        const struct fit_transfer *t = &q->transfers.to[i];
        char metric[FIT_WORDS + 16];
        snprintf(metric, sizeof metric, "transfer_to_%.60s", r->fit->queue[t->to].name);
        put_measured(r, metric, &t->share, "share", q->transfers.answered);
    }
    for (size_t i = 0; i < q->befores; i++) {
        const struct fit_before *before = &q->before[i];
        char metric[80];
        snprintf(metric, sizeof metric, "before_%.60s", r->fit->queue[before->other].name);
        put_measured(r, metric, &before->share, "share", (uint64_t)before->n);
    }
}

static void put_queue(struct rows *r, const struct fit_queue *q, const char *level,
                      const char *name)
{
    begin(r, level, name);
    put_volume(r, q);
    put_handling(r, &q->handling);
    if (q->ring.write)
        put_time(r, "ring", &q->ring.time);
    put_patience(r, &q->patience);
    if (r->fit->customers.known)
        put_customers(r, q);
}

/* ---- intervals ---- */

static void put_slot(struct rows *r, unsigned weekday, size_t slot)
{
    const oh_fit *fit = r->fit;
    for (size_t q = 0; q < fit->queues; q++) {
        const struct fit_arrivals *a = &fit->queue[q].arrivals;
        r->level = "queue";
        r->name = fit->queue[q].name;
        put(r, "expected", a->expected[weekday][slot], "calls",
            fit->calendar.opening[weekday].days);
        put(r, "expected_fresh", a->fresh[weekday][slot], "calls",
            fit->calendar.opening[weekday].days);
    }
    for (size_t g = 0; g < fit->agents.groups; g++) {
        const struct fit_group *group = &fit->agents.group[g];
        double half = 1.96 * group->error[weekday][slot];
        r->level = "agents";
        r->name = group->name;
        put(r, "seen", group->seen[weekday][slot], "agents", 0);
        put_row(r, &(struct figure){"effective", "agents", group->effective[weekday][slot], half,
                                    NAN, NAN, 0});
        put(r, "count", group->count[weekday][slot], "agents", 0);
    }
}

static void put_intervals(struct rows *r)
{
    const struct fit_calendar *c = &r->fit->calendar;
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        const struct fit_opening *o = &c->opening[w];
        for (size_t s = o->first; o->open && s < o->end; s++) {
            r->day = c->week ? fit_weekday(w) : NULL;
            fit_clock(r->start, calendar_clock(c, s), false);
            fit_clock(r->end, calendar_clock(c, s + 1), true);
            put_slot(r, w, s);
        }
    }
}

oh_status write_fit_csv(const oh_fit *fit, const oh_log *log, oh_sink sink)
{
    static const char *const columns[] = {"file", "level",  "name",  "day",        "start",
                                          "end",  "metric", "value", "half_width", "unit",
                                          "low",  "high",   "n"};
    struct rows r = {.csv = cs_to(sink), .fit = fit};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        cs_field(&r.csv, columns[i]);
    cs_end_row(&r.csv);
    put_log(&r, log);
    put_days(&r);
    for (size_t q = 0; q < fit->queues; q++)
        put_queue(&r, &fit->queue[q], "queue", fit->queue[q].name);
    put_queue(&r, &fit->total, "total", NULL);
    put_intervals(&r);
    return emit_status(&r.csv.emit);
}
