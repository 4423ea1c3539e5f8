/* fit_json.c - what a fit found, for programs. Keys in a fixed order; unknown figures are null. */
#include <math.h>
#include <string.h>

#include "fit_words.h"
#include "fit_writers.h"
#include "json_text.h"

static void put_measured(struct json *j, const char *key, const struct measured *m)
{
    js_open_map(j, key, JSON_FLAT);
    js_real(j, "value", m->value);
    js_real(j, "low", m->low);
    js_real(j, "high", m->high);
    js_close(j);
}

static void put_rows(struct json *j, const oh_log *log)
{
    js_open_map(j, "rows", JSON_LINES);
    js_whole(j, "read", oh_log_rows(log));
    js_whole(j, "used", oh_log_used(log));
    js_open_map(j, "dropped", JSON_FLAT);
    for (size_t i = 0; i < oh_log_drops(log); i++) {
        oh_log_drop d = oh_log_drop_at(log, i);
        js_whole(j, d.id, d.rows);
    }
    js_close(j);
    js_open_map(j, "first_lines", JSON_FLAT);
    for (size_t i = 0; i < oh_log_drops(log); i++) {
        oh_log_drop d = oh_log_drop_at(log, i);
        js_open_list(j, d.id, JSON_FLAT);
        for (size_t k = 0; k < 3 && d.line[k] > 0; k++)
            js_whole(j, NULL, d.line[k]);
        js_close(j);
    }
    js_close(j);
    if (oh_log_files(log) > 1) {
        js_open_map(j, "first_files", JSON_FLAT);
        for (size_t i = 0; i < oh_log_drops(log); i++) {
            oh_log_drop d = oh_log_drop_at(log, i);
            js_open_list(j, d.id, JSON_FLAT);
            for (size_t k = 0; k < 3 && d.line[k] > 0; k++)
                js_string(j, NULL, d.file[k]);
            js_close(j);
        }
        js_close(j);
    }
    js_close(j);
}

static void put_days(struct json *j, const struct fit_calendar *c, const char *key,
                     enum fit_day_kind kind)
{
    char date[FIT_WORDS];
    js_open_list(j, key, JSON_FLAT);
    for (size_t d = 0; d < c->days; d++)
        if (c->day[d].kind == kind && (kind != DAY_CLOSED || c->day[d].calls > 0))
            js_string(j, NULL, fit_date(date, c, c->day[d].day));
    js_close(j);
}

static void put_calendar(struct json *j, const oh_fit *fit)
{
    const struct fit_calendar *c = &fit->calendar;
    char text[FIT_WORDS];
    js_open_map(j, "calendar", JSON_LINES);
    js_string(j, "first", fit_date(text, c, c->day[0].day));
    js_string(j, "last", fit_date(text, c, c->day[c->days - 1].day));
    js_whole(j, "days", c->normal);
    put_days(j, c, "special", DAY_SPECIAL);
    put_days(j, c, "without_calls", DAY_EMPTY);
    put_days(j, c, "closed", DAY_CLOSED);
    js_real(j, "outside_opening", c->outside);
    js_open_map(j, "opening", JSON_LINES);
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        const struct fit_opening *o = &c->opening[w];
        if (!o->open)
            continue;
        js_open_map(j, c->week ? fit_weekday(w) : "day", JSON_FLAT);
        js_string(j, "from", fit_clock(text, calendar_clock(c, o->first), false));
        js_string(j, "to", fit_clock(text, calendar_clock(c, o->end), true));
        js_whole(j, "days", o->days);
        js_real(j, "calls", o->calls);
        js_real(j, "sd", o->sd);
        js_close(j);
    }
    js_close(j);
    js_close(j);
}

static void put_volume(struct json *j, const char *key, const struct fit_queue *q)
{
    const struct fit_arrivals *a = &q->arrivals;
    js_open_map(j, key, JSON_LINES);
    js_whole(j, "offered", q->offered);
    js_whole(j, "answered", q->answered);
    js_whole(j, "abandoned", q->abandoned);
    js_whole(j, "blocked", q->blocked);
    js_real(j, "abandon_rate", (double)q->abandoned / (double)q->offered);
    js_real(j, "service_level", q->service_level);
    js_real(j, "delayed", q->delayed);
    js_real(j, "wait", q->wait);
    js_real(j, "asa", q->asa);
    js_real(j, "wait_abandoned", q->wait_abandoned);
    js_real(j, "wait_delayed", q->delayed > 0 ? q->wait / q->delayed : NAN);
    js_real(j, "per_day", a->per_day);
    js_real(j, "fresh", a->fresh_share);
    put_measured(j, "busyness", &a->busyness);
    put_measured(j, "noise", &a->noise);
    js_real(j, "variance_over_mean", a->dispersion);
    js_close(j);
}

/* One line for each slot: what is expected of each queue, and the agents of each group. */
static void put_intervals(struct json *j, const oh_fit *fit)
{
    const struct fit_calendar *c = &fit->calendar;
    char text[FIT_WORDS];
    js_open_list(j, "intervals", JSON_LINES);
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        const struct fit_opening *o = &c->opening[w];
        for (size_t s = o->first; o->open && s < o->end; s++) {
            js_open_map(j, NULL, JSON_FLAT);
            js_string(j, "day", c->week ? fit_weekday(w) : NULL);
            js_string(j, "start", fit_clock(text, calendar_clock(c, s), false));
            js_open_map(j, "expected", JSON_FLAT);
            for (size_t q = 0; q < fit->queues; q++)
                js_real(j, fit->queue[q].name, fit->queue[q].arrivals.expected[w][s]);
            js_close(j);
            js_open_map(j, "fresh", JSON_FLAT);
            for (size_t q = 0; q < fit->queues; q++)
                js_real(j, fit->queue[q].name, fit->queue[q].arrivals.fresh[w][s]);
            js_close(j);
            js_close(j);
        }
    }
    js_close(j);
}

static void put_arrivals(struct json *j, const oh_fit *fit)
{
    js_open_map(j, "arrivals", JSON_LINES);
    put_measured(j, "busyness", &fit->busyness);
    js_open_map(j, "queues", JSON_LINES);
    for (size_t q = 0; q < fit->queues; q++)
        put_volume(j, fit->queue[q].name, &fit->queue[q]);
    js_close(j);
    put_volume(j, "total", &fit->total);
    put_intervals(j, fit);
    js_close(j);
}

static void put_law(struct json *j, const char *key, const struct tried *t)
{
    const struct law *law = &t->law;
    js_open_map(j, key, JSON_FLAT);
    js_string(j, "kind", law_name(law->kind));
    js_real(j, "aic", t->aic);
    js_real(j, "distance", t->distance);
    js_real(j, "mean", law_mean(law));
    js_real(j, "cv", law_cv(law));
    if (law->kind == LAW_WEIBULL || law->kind == LAW_GAMMA) {
        js_real(j, "shape", law->a);
        js_real(j, "scale", law->b);
    } else if (law->kind == LAW_LOGNORMAL || law->kind == LAW_SHORT_CALLS) {
        js_real(j, "log_mean", law->a);
        js_real(j, "log_sd", law->b);
    }
    if (law->kind == LAW_SHORT_CALLS) {
        js_real(j, "short_share", law->share);
        js_real(j, "short_mean", law->short_mean);
    }
    js_close(j);
}

/* The share shorter than ten seconds: calls that were none. */
static double shorter_than(const struct fit_time *f, double limit)
{
    double n = 0, below = 0;
    for (size_t i = 0; i < f->points; i++) {
        n += f->point[i].ended;
        below += f->point[i].t < limit ? f->point[i].ended : 0;
    }
    return n > 0 ? below / n : NAN;
}

static const char *kind_of(const struct fit_time *f)
{
    return f->n == 0 ? NULL : f->constant ? "constant" : law_name(f->chosen.law.kind);
}

static void put_time(struct json *j, const char *key, const struct fit_time *f)
{
    js_open_map(j, key, JSON_LINES);
    js_whole(j, "n", f->n);
    js_real(j, "mean", f->n > 0 ? f->mean : NAN);
    js_real(j, "half_width", f->half_width);
    js_real(j, "sd", f->sd);
    js_real(j, "cv", f->sd / f->mean);
    js_string(j, "kind", kind_of(f));
    js_real(j, "distance", f->chosen.distance);
    js_real(j, "p10", f->p10);
    js_real(j, "median", f->median);
    js_real(j, "p90", f->p90);
    js_real(j, "below_10s", shorter_than(f, 10));
    js_real(j, "zero", f->zero);
    js_real(j, "by_interval_cv", f->slot_cv);
    js_real(j, "by_interval_p", f->p_value);
    js_bool(j, "by_interval", f->by_slot);
    js_open_list(j, "tried", JSON_LINES);
    for (size_t i = 0; i < f->tried; i++)
        put_law(j, NULL, &f->try[i]);
    js_close(j);
    js_close(j);
}

static void put_handling(struct json *j, const char *key, const struct fit_handling *h,
                         const struct fit_ring *ring)
{
    static const char *const names[PARTS] = {"handling", "talk", "hold", "wrap_up"};
    const struct fit_time *f = &h->part[PART_HANDLING];
    js_open_map(j, key, JSON_LINES);
    js_whole(j, "n", f->n);
    js_real(j, "mean", f->n > 0 ? f->mean : NAN);
    js_real(j, "cv", f->sd / f->mean);
    js_string(j, "kind", kind_of(f));
    js_real(j, "by_interval_cv", f->slot_cv);
    js_real(j, "by_interval_p", f->p_value);
    js_bool(j, "by_interval", f->by_slot);
    for (int p = 0; p < PARTS; p++)
        if (h->part[p].n > 0 && (p == PART_HANDLING || h->separate))
            put_time(j, names[p], &h->part[p]);
    if (ring->write)
        put_time(j, "ring", &ring->time);
    js_close(j);
}

/* Kaplan-Meier at a round time. */
static void put_survival(struct json *j, const struct fit_patience *p, double t)
{
    struct measured s;
    double se;
    patience_seen(p, t, &s, &se);
    js_open_map(j, NULL, JSON_FLAT);
    js_real(j, "t", t);
    js_real(j, "value", s.value);
    js_real(j, "low", s.low);
    js_real(j, "high", s.high);
    js_real(j, "se", se);
    js_real(j, "fitted", patience_survival(p, t));
    js_close(j);
}

static void put_patience(struct json *j, const char *key, const struct fit_patience *p)
{
    static const double times[] = {5,   10,  15,  20,  30,  40,  50,  60,   75,   90,  120,
                                   150, 180, 240, 300, 420, 600, 900, 1200, 1800, 3600};
    struct measured mean = {p->mean_exponential, p->mean_low, p->mean_high};
    struct measured balk = {p->balk, p->balk_low, p->balk_high};
    js_open_map(j, key, JSON_LINES);
    js_whole(j, "n", p->n);
    js_whole(j, "hung_up", p->hung_up);
    js_real(j, "median", p->never ? NAN : p->median);
    put_measured(j, "exponential_mean", &mean);
    js_real(j, "naive_mean", p->naive_mean);
    js_real(j, "naive_is_too_short_by", p->mean_exponential / p->naive_mean);
    put_measured(j, "balk", &balk);
    js_string(j, "kind",
              p->never      ? "never"
              : p->by_steps ? "hung_up_by"
                            : law_name(p->chosen.law.kind));
    js_open_list(j, "survival", JSON_LINES);
    for (size_t i = 0; i < sizeof times / sizeof *times && times[i] <= p->longest; i++)
        put_survival(j, p, times[i]);
    js_close(j);
    js_open_list(j, "hazard", JSON_LINES);
    for (size_t k = 0; k < p->steps; k++) {
        js_open_map(j, NULL, JSON_FLAT);
        js_real(j, "from", p->step[k].from);
        js_real(j, "to", p->step[k].to);
        js_real(j, "per_s", p->step[k].rate);
        js_real(j, "hung_up", p->step[k].events);
        js_close(j);
    }
    js_close(j);
    js_open_list(j, "tried", JSON_LINES);
    for (size_t i = 0; i < p->tried; i++)
        put_law(j, NULL, &p->try[i]);
    js_close(j);
    js_close(j);
}

/* Pauses after contacts while somebody waited. */
static void put_ready(struct json *j, const struct fit_ready *r)
{
    js_open_map(j, "not_ready", JSON_FLAT);
    js_whole(j, "n", r->n);
    js_bool(j, "written", r->write);
    js_real(j, "share", r->share);
    js_real(j, "low", r->low);
    js_real(j, "high", r->high);
    js_real(j, "mean", r->pause);
    js_real(j, "where_somebody_waited", r->beside);
    js_real(j, "where_nobody_waited", r->alone);
    js_close(j);
}

/* How days of one kind differ. */
static void put_spread(struct json *j, const struct fit_group *g)
{
    js_open_map(j, "days", JSON_FLAT);
    js_real(j, "absence", g->spread.absence.value);
    js_real(j, "low", g->spread.absence.low);
    js_real(j, "high", g->spread.absence.high);
    js_bool(j, "written", g->spread.written);
    js_real(j, "correlation_with_calls", g->spread.correlation);
    js_real(j, "elasticity", g->spread.elasticity);
    js_real(j, "weekdays_p_value", g->weekdays_p);
    js_close(j);
}

static void put_speeds(struct json *j, const oh_fit *fit, const struct fit_group *g)
{
    js_open_map(j, "speed", JSON_LINES);
    for (size_t q = 0; q < fit->queues; q++) {
        const struct fit_speed *s = g->speed ? &g->speed[fit->number[q]] : NULL;
        if (!s || s->n == 0)
            continue;
        js_open_map(j, fit->queue[q].name, JSON_FLAT);
        js_whole(j, "n", s->n);
        js_real(j, "value", s->value.value);
        js_real(j, "low", s->value.low);
        js_real(j, "high", s->value.high);
        js_bool(j, "written", s->written);
        js_close(j);
    }
    js_close(j);
}

static void put_group(struct json *j, const oh_fit *fit, const struct fit_group *g)
{
    const struct fit_calendar *c = &fit->calendar;
    char text[FIT_WORDS];
    js_open_map(j, g->name, JSON_LINES);
    put_speeds(j, fit, g);
    js_real(j, "effective_over_seen", g->ratio);
    put_ready(j, &g->ready);
    put_spread(j, g);
    js_open_list(j, "intervals", JSON_LINES);
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        const struct fit_opening *o = &c->opening[w];
        for (size_t s = o->first; o->open && s < o->end; s++) {
            js_open_map(j, NULL, JSON_FLAT);
            js_string(j, "day", c->week ? fit_weekday(w) : NULL);
            js_string(j, "start", fit_clock(text, calendar_clock(c, s), false));
            js_real(j, "count", g->count[w][s]);
            js_real(j, "seen", g->seen[w][s]);
            js_real(j, "names", g->distinct[w][s]);
            js_real(j, "effective", g->effective[w][s]);
            js_real(j, "half_width", 1.96 * g->error[w][s]);
            js_close(j);
        }
    }
    js_close(j);
    js_close(j);
}

static const char *evidence_word(enum fit_evidence evidence)
{
    static const char *const words[] = {"none", "own", "own_share", "all_queues"};
    return words[evidence];
}

static void put_follow(struct json *j, const oh_fit *fit, const char *key,
                       const struct fit_follow *f, bool all)
{
    js_open_map(j, key, JSON_LINES);
    js_whole(j, "n", f->n);
    js_whole(j, "followed", f->followed);
    put_measured(j, "share", &f->share);
    put_measured(j, "delay", &f->delay);
    js_real(j, "chance_per_h", 3600 * f->chance);
    js_string(j, "evidence", evidence_word(f->evidence));
    if (!all) {
        js_string(j, "to", isfinite(f->to_share) ? fit->queue[f->to].name : NULL);
        js_real(j, "to_share", f->to_share);
    }
    js_close(j);
}

static void put_redials(struct json *j, const oh_fit *fit, const char *key,
                        const struct fit_redials *r, bool all)
{
    js_open_map(j, key, JSON_LINES);
    put_follow(j, fit, "after_abandon", &r->after[ENDING_HUNG_UP], all);
    put_measured(j, "first", &r->first);
    put_measured(j, "again", &r->again);
    js_bool(j, "again_differs", r->again_differs);
    put_follow(j, fit, "after_block", &r->after[ENDING_BLOCKED], all);
    put_follow(j, fit, "unresolved", &r->after[ENDING_ANSWERED], all);
    js_close(j);
}

static void put_transfers(struct json *j, const oh_fit *fit)
{
    js_open_list(j, "transfers", JSON_LINES);
    for (size_t q = 0; q < fit->queues; q++) {
        const struct fit_transfers *t = &fit->queue[q].transfers;
        for (size_t i = 0; i < t->count; i++) {
            js_open_map(j, NULL, JSON_FLAT);
            js_string(j, "from", fit->queue[q].name);
            js_string(j, "to", fit->queue[t->to[i].to].name);
            js_whole(j, "answered", t->answered);
            js_whole(j, "n", t->to[i].n);
            put_measured(j, "share", &t->to[i].share);
            js_bool(j, "written", t->to[i].written);
            js_close(j);
        }
    }
    js_close(j);
}

static void put_priorities(struct json *j, const oh_fit *fit)
{
    js_open_list(j, "priorities", JSON_LINES);
    for (size_t q = 0; q < fit->queues; q++) {
        for (size_t i = 0; i < fit->queue[q].befores; i++) {
            const struct fit_before *before = &fit->queue[q].before[i];
            js_open_map(j, NULL, JSON_FLAT);
            js_string(j, "queue", fit->queue[q].name);
            js_string(j, "before", fit->queue[before->other].name);
            js_whole(j, "n", (uint64_t)before->n);
            put_measured(j, "share", &before->share);
            js_close(j);
        }
    }
    js_close(j);
}

static void put_customers(struct json *j, const oh_fit *fit)
{
    js_open_map(j, "redials", JSON_LINES);
    js_bool(j, "known", fit->customers.known);
    if (fit->customers.known) {
        js_whole(j, "named_calls", fit->customers.named);
        js_real(j, "window", fit->customers.window);
        const struct fit_redials *r = &fit->total.redials;
        put_measured(j, "after_abandon",
                     r->again_differs ? &r->first : &r->after[ENDING_HUNG_UP].share);
        put_measured(j, "again", &r->again);
        put_measured(j, "after_block", &r->after[ENDING_BLOCKED].share);
        js_real(j, "delay", r->after[ENDING_HUNG_UP].delay.value);
        put_measured(j, "unresolved", &r->after[ENDING_ANSWERED].share);
        js_real(j, "unresolved_delay", r->after[ENDING_ANSWERED].delay.value);
        put_redials(j, fit, "total", r, true);
        js_open_map(j, "queues", JSON_LINES);
        for (size_t q = 0; q < fit->queues; q++)
            put_redials(j, fit, fit->queue[q].name, &fit->queue[q].redials, false);
        js_close(j);
    }
    js_close(j);
    put_transfers(j, fit);
    put_priorities(j, fit);
}

static void put_notes(struct json *j, const oh_fit *fit, const oh_log *log)
{
    js_open_list(j, "notes", JSON_LINES);
    for (size_t i = 0; i < oh_log_notes(log); i++)
        js_string(j, NULL, oh_log_note(log, i));
    for (size_t i = 0; i < fit->notes; i++)
        js_string(j, NULL, fit->note[i]);
    js_close(j);
}

oh_status write_fit_json(const oh_fit *fit, const oh_log *log, oh_sink sink)
{
    struct json j = js_to(sink);
    js_open_map(&j, NULL, JSON_LINES);
    js_string(&j, "onhold", OH_VERSION);
    js_whole(&j, "format", 1);
    js_string(&j, "log", fit->source);
    put_rows(&j, log);
    put_calendar(&j, fit);
    put_arrivals(&j, fit);
    js_open_map(&j, "handling", JSON_LINES);
    for (size_t q = 0; q < fit->queues; q++)
        put_handling(&j, fit->queue[q].name, &fit->queue[q].handling, &fit->queue[q].ring);
    js_close(&j);
    js_open_map(&j, "patience", JSON_LINES);
    for (size_t q = 0; q < fit->queues; q++)
        put_patience(&j, fit->queue[q].name, &fit->queue[q].patience);
    js_close(&j);
    js_open_map(&j, "total", JSON_LINES);
    put_handling(&j, "handling", &fit->total.handling, &fit->total.ring);
    put_patience(&j, "patience", &fit->total.patience);
    js_close(&j);
    js_real(&j, "agents_tuned_by", fit->agents.tuned);
    js_whole(&j, "agents_on_two_calls", fit->agents.overlaps);
    js_open_map(&j, "agents", JSON_LINES);
    for (size_t g = 0; g < fit->agents.groups; g++)
        put_group(&j, fit, &fit->agents.group[g]);
    js_close(&j);
    put_customers(&j, fit);
    put_notes(&j, fit, log);
    js_close(&j);
    return js_end(&j);
}
