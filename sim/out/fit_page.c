/* fit_page.c - what a fit found, for people: what was read, when it is busy, how long calls take,
 * how patient callers are, who was there to answer.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "fit_group_words.h"
#include "fit_words.h"
#include "fit_writers.h"
#include "sheet.h"
#include "wording.h"

struct page_maker {
    struct arena arena;
    const oh_fit *fit;
    const oh_log *log;
    struct sheet sheet;
};

static void cell(struct page_maker *m, struct grid_row *row, size_t column, const char *text)
{
    if (row && text)
        row->cell[column].text = arena_strdup(&m->arena, text);
}

static void whole(struct page_maker *m, struct grid_row *row, size_t column, double x)
{
    char words[WORDS];
    cell(m, row, column, word_count(words, x));
}

static void seconds(struct page_maker *m, struct grid_row *row, size_t column, double x)
{
    char words[WORDS];
    cell(m, row, column, word_duration(words, x));
}

static void share(struct page_maker *m, struct grid_row *row, size_t column, double x)
{
    char words[WORDS];
    cell(m, row, column, word_share(words, x, NAN));
}

static void heads(struct page_section *s, const char *const *head, size_t n, size_t left)
{
    for (size_t i = 0; s && i < n; i++)
        grid_column(&s->grid, head[i], i >= left);
}

static struct grid_row *row_of(struct page_section *s)
{
    return s ? grid_row(&s->grid) : NULL;
}

static void note(struct page_maker *m, struct page_section *s, const char *text)
{
    if (s && text)
        sheet_note(&m->arena, &s->notes, text);
}

/* ---- rows ---- */

/* "3, 17", or "one.csv 3, 17; two.csv 5" where several logs were read. */
static const char *first_lines(struct page_maker *m, const oh_log_drop *d)
{
    const char *text = "";
    for (size_t k = 0; text && k < 3 && d->line[k] > 0; k++) {
        bool other = k == 0 || d->file[k] != d->file[k - 1];
        bool named = other && oh_log_files(m->log) > 1;
        text =
            arena_printf(&m->arena, "%s%s%s%s%llu", text,
                         k == 0  ? ""
                         : named ? "; "
                                 : ", ",
                         named ? d->file[k] : "", named ? " " : "", (unsigned long long)d->line[k]);
    }
    return text;
}

static void add_rows(struct page_maker *m)
{
    static const char *const head[] = {"rows not used", "why", "first in lines"};
    if (oh_log_drops(m->log) == 0)
        return;
    struct page_section *s = sheet_section(&m->sheet, &m->arena, "Rows that were not used");
    if (!s)
        return;
    grid_column(&s->grid, head[0], true);
    grid_column(&s->grid, head[1], false);
    grid_column(&s->grid, head[2], false);
    for (size_t i = 0; i < oh_log_drops(m->log); i++) {
        oh_log_drop d = oh_log_drop_at(m->log, i);
        struct grid_row *row = row_of(s);
        whole(m, row, 0, (double)d.rows);
        cell(m, row, 1, d.words);
        cell(m, row, 2, first_lines(m, &d));
    }
}

/* ---- days ---- */

static void list_days(struct page_maker *m, struct page_section *s, enum fit_day_kind kind,
                      const char *what)
{
    const struct fit_calendar *c = &m->fit->calendar;
    char date[FIT_WORDS];
    const char *text = NULL;
    size_t n = 0;
    for (size_t d = 0; d < c->days; d++) {
        if (c->day[d].kind != kind || (kind == DAY_CLOSED && c->day[d].calls == 0))
            continue;
        fit_date(date, c, c->day[d].day);
        if (n < 8)
            text = arena_printf(&m->arena, "%s%s%s", text ? text : what, n ? ", " : ": ", date);
        n++;
    }
    if (n > 8)
        text = arena_printf(&m->arena, "%s and %zu more", text, n - 8);
    note(m, s, text);
}

static void add_days(struct page_maker *m)
{
    static const char *const head[] = {"day", "days", "open", "calls a day", "varies by"};
    const struct fit_calendar *c = &m->fit->calendar;
    struct page_section *s = sheet_section(&m->sheet, &m->arena, "Days and hours");
    char words[WORDS], a[FIT_WORDS], b[FIT_WORDS];
    heads(s, head, 5, 1);
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        const struct fit_opening *o = &c->opening[w];
        if (!o->open)
            continue;
        struct grid_row *row = row_of(s);
        cell(m, row, 0, c->week ? word_day(words, fit_weekday(w)) : "every day");
        whole(m, row, 1, (double)o->days);
        cell(m, row, 2,
             arena_printf(&m->arena, "%s\xE2\x80\x93%s",
                          fit_clock(a, calendar_clock(c, o->first), false),
                          fit_clock(b, calendar_clock(c, o->end), true)));
        whole(m, row, 3, o->calls);
        share(m, row, 4, o->sd / o->calls);
    }
    list_days(m, s, DAY_SPECIAL, "set aside as special");
    list_days(m, s, DAY_EMPTY, "without a call");
    list_days(m, s, DAY_CLOSED, "closed, with a few calls");
    if (c->outside > 0.0005)
        note(m, s,
             arena_printf(&m->arena,
                          "%s of the calls came outside these hours; they are not in the "
                          "scenario",
                          word_share(words, c->outside, NAN)));
}

/* ---- calls ---- */

static void swing(struct page_maker *m, struct grid_row *row, size_t column,
                  const struct measured *x)
{
    char range[FIT_WORDS], words[WORDS];
    if (!isfinite(x->low))
        return;
    cell(m, row, column,
         arena_printf(&m->arena, "%s (%s)", word_share(words, x->value, NAN), fit_range(range, x)));
}

static void put_calls(struct page_maker *m, struct page_section *s, const struct fit_queue *q,
                      const char *name)
{
    struct grid_row *row = row_of(s);
    cell(m, row, 0, name);
    whole(m, row, 1, q->arrivals.per_day);
    share(m, row, 2, (double)q->abandoned / (double)q->offered);
    share(m, row, 3, q->service_level);
    seconds(m, row, 4, q->asa);
    seconds(m, row, 5, q->wait);
    swing(m, row, 6, &q->arrivals.busyness);
    swing(m, row, 7, &q->arrivals.noise);
}

static void add_calls(struct page_maker *m)
{
    char within[WORDS];
    word_duration(within, m->fit->within);
    const char *const head[] = {
        "queue", "calls a day", "hung up",    arena_printf(&m->arena, "answered in %s", within),
        "ASA",   "wait of all", "days swing", "intervals swing"};
    struct page_section *s = sheet_section(&m->sheet, &m->arena, "Calls");
    heads(s, head, 8, 1);
    for (size_t q = 0; q < m->fit->queues; q++)
        put_calls(m, s, &m->fit->queue[q], m->fit->queue[q].name);
    if (m->fit->queues > 1)
        put_calls(m, s, &m->fit->total, "total");
    note(m, s,
         "days swing: how much whole days differ from their weekday's mean beyond chance; "
         "intervals swing: the same of intervals, within the day; with 95 % intervals");
}

/* ---- handling ---- */

static void put_times(struct page_maker *m, struct page_section *s, const struct fit_time *f,
                      const char *name, const char *part)
{
    struct grid_row *row = row_of(s);
    char mean[WORDS], half[WORDS];
    cell(m, row, 0, arena_printf(&m->arena, "%s%s", name, part));
    whole(m, row, 1, (double)f->n);
    word_duration(mean, f->mean);
    cell(m, row, 2,
         isfinite(f->half_width)
             ? arena_printf(&m->arena, "%s \xC2\xB1 %s", mean, word_duration(half, f->half_width))
             : mean);
    seconds(m, row, 3, f->median);
    seconds(m, row, 4, f->p90);
    cell(m, row, 5, f->constant ? "always the same" : fit_law_words(f->chosen.law.kind));
    share(m, row, 6, f->constant ? NAN : f->chosen.distance);
    if (f->by_slot)
        share(m, row, 7, f->slot_cv);
}

static void put_handling(struct page_maker *m, struct page_section *s, const struct fit_queue *q,
                         const char *name, bool all)
{
    const struct fit_handling *h = &q->handling;
    for (int p = 0; p < PARTS; p++) {
        const struct fit_time *f = &h->part[p];
        bool part = p != PART_HANDLING;
        if (f->n > 0 && (!part || (h->separate && f->points > 0 && !all)))
            put_times(m, s, f, name, fit_part_words((enum log_part)p));
    }
    if (q->ring.write)
        put_times(m, s, &q->ring.time, name, " ring");
}

static void add_handling(struct page_maker *m)
{
    static const char *const head[] = {"queue",         "calls", "mean",        "median",
                                       "9 of 10 below", "shape", "at most off", "over the day"};
    struct page_section *s = sheet_section(&m->sheet, &m->arena, "Handling");
    heads(s, head, 8, 1);
    for (size_t q = 0; q < m->fit->queues; q++)
        put_handling(m, s, &m->fit->queue[q], m->fit->queue[q].name, false);
    if (m->fit->queues > 1)
        put_handling(m, s, &m->fit->total, "total", true);
    note(m, s, "at most off: the largest difference between the shape and the shares seen");
    bool changes = false;
    for (size_t q = 0; q < m->fit->queues; q++)
        for (int p = 0; p < PARTS; p++)
            changes = changes || m->fit->queue[q].handling.part[p].by_slot;
    if (changes)
        note(m, s,
             "over the day: how much the mean changes with the time of day, where that is beyond "
             "chance and more than 3 %");
}

static void add_speeds(struct page_maker *m)
{
    static const char *const head[] = {"group", "queue", "calls", "times as fast", "95 % interval"};
    const struct fit_agents *a = &m->fit->agents;
    struct page_section *s = NULL;
    char words[WORDS], low[WORDS], high[WORDS];
    for (size_t q = 0; q < m->fit->queues; q++) {
        for (size_t g = 0; g < a->groups; g++) {
            const struct fit_speed *speed =
                a->group[g].speed ? &a->group[g].speed[m->fit->number[q]] : NULL;
            if (!speed || !speed->written)
                continue;
            if (!s) {
                s = sheet_section(&m->sheet, &m->arena, "Groups that are faster or slower");
                heads(s, head, 5, 2);
            }
            struct grid_row *row = row_of(s);
            cell(m, row, 0, a->group[g].name);
            cell(m, row, 1, m->fit->queue[q].name);
            whole(m, row, 2, (double)speed->n);
            cell(m, row, 3, word_fixed(words, speed->value.value, 2));
            cell(m, row, 4,
                 arena_printf(&m->arena, "%s to %s", word_fixed(low, speed->value.low, 2),
                              word_fixed(high, speed->value.high, 2)));
        }
    }
    note(m, s, "beside all who take the queue's calls; only where it is beyond chance and 3 %");
}

/* ---- patience ---- */

static void put_patience(struct page_maker *m, struct page_section *s, const struct fit_patience *p,
                         const char *name)
{
    static const double times[] = {20, 60, 180};
    struct grid_row *row = row_of(s);
    cell(m, row, 0, name);
    if (!m->fit->intervals)
        whole(m, row, 1, (double)p->n);
    whole(m, row, 2, (double)p->hung_up);
    for (size_t i = 0; i < 3; i++)
        if (times[i] <= p->longest || m->fit->intervals)
            share(m, row, 3 + i, m->fit->intervals ? 1 - patience_survival(p, times[i]) : NAN);
    for (size_t i = 0; i < 3 && p->points > 0; i++) {
        double surviving = 1;
        for (size_t k = 0; k < p->points && p->t[k] <= times[i]; k++)
            surviving = p->survival[k];
        if (times[i] <= p->longest)
            share(m, row, 3 + i, 1 - surviving);
    }
    if (isfinite(p->median))
        seconds(m, row, 6, p->median);
    else
        cell(m, row, 6, "longer than seen");
    seconds(m, row, 7, p->mean_exponential);
    seconds(m, row, 8, p->naive_mean);
}

static void add_patience(struct page_maker *m)
{
    static const char *const head[] = {"queue",    "had to wait", "hung up", "by 20 s",   "by 60 s",
                                       "by 3 min", "median",      "mean",    "naive mean"};
    struct page_section *s =
        sheet_section(&m->sheet, &m->arena, "Patience of those who had to wait");
    const struct fit_patience *p = &m->fit->total.patience;
    char words[FIT_WORDS];
    heads(s, head, 9, 1);
    for (size_t q = 0; q < m->fit->queues; q++)
        put_patience(m, s, &m->fit->queue[q].patience, m->fit->queue[q].name);
    if (m->fit->queues > 1)
        put_patience(m, s, p, "total");
    note(m, s,
         m->fit->intervals ? "taken as exponential: total waiting / number who hung up"
                           : "shares by Kaplan-Meier; mean: of an exponential, total waiting / "
                             "number who hung up");
    if (isfinite(p->naive_mean))
        note(m, s,
             arena_printf(&m->arena,
                          "the naive mean counts only those who hung up; it is %s times too short, "
                          "since the patient ones were answered",
                          fit_number(words, p->mean_exponential / p->naive_mean, 2)));
}

/* ---- agents ---- */

static void note_agents(struct page_maker *m, struct page_section *s)
{
    bool pauses = false;
    for (size_t g = 0; g < m->fit->agents.groups; g++) {
        const struct fit_group *group = &m->fit->agents.group[g];
        pauses = pauses || group->ready.write;
        for (int k = 0; k < GROUP_NOTES; k++)
            note(m, s, fit_group_words(&m->arena, m->fit, group, (enum fit_group_note)k));
    }
    if (!m->fit->intervals && pauses)
        note(m, s, "effective: agents between their contacts while somebody waits");
    else if (!m->fit->intervals)
        note(m, s, "effective: busy agents while somebody waits, the number that waits depend on");
}

static void add_agents(struct page_maker *m)
{
    bool several = false;
    static const char *const head[] = {"hour",      "group",    "seen at work",
                                       "effective", "\xC2\xB1", "written"};
    const struct fit_calendar *c = &m->fit->calendar;
    struct page_section *s = sheet_section(&m->sheet, &m->arena, "Agents on duty");
    size_t hour = (size_t)fmax(3600 / c->step, 1);
    heads(s, head, 6, 2);
    for (size_t from = 0; from < c->slots; from += hour) {
        for (size_t g = 0; g < m->fit->agents.groups; g++) {
            const struct fit_group *group = &m->fit->agents.group[g];
            double seen = 0, effective = 0, weight = 0, error = 0, known = 0, count = 0;
            char clock[FIT_WORDS], words[WORDS];
            for (unsigned w = 0; w < WEEKDAYS; w++) {
                const struct fit_opening *o = &c->opening[w];
                for (size_t i = from; i < from + hour && i < c->slots; i++) {
                    if (!o->open || i < o->first || i >= o->end)
                        continue;
                    double n = (double)o->days;
                    weight += n;
                    seen += n * group->seen[w][i];
                    count += n * group->count[w][i];
                    if (isnan(group->effective[w][i]))
                        continue;
                    known += n;
                    effective += n * group->effective[w][i];
                    error += n * n * group->error[w][i] * group->error[w][i];
                }
            }
            if (!(weight > 0))
                continue;
            struct grid_row *row = row_of(s);
            cell(m, row, 0, fit_clock(clock, calendar_clock(c, from), false));
            cell(m, row, 1, m->fit->agents.groups > 1 ? group->name : NULL);
            if (m->fit->agents.people > 0)
                cell(m, row, 2, word_fixed(words, seen / weight, 1));
            if (known > 0)
                cell(m, row, 3, word_fixed(words, effective / known, 1));
            if (known > 0 && error > 0)
                cell(m, row, 4, word_fixed(words, 1.96 * sqrt(error) / known, 1));
            cell(m, row, 5, word_fixed(words, count / weight, 1));
        }
    }
    note_agents(m, s);
    if (m->fit->agents.tuned != 1) {
        char factor[FIT_WORDS];
        note(m, s,
             arena_printf(&m->arena,
                          "written: effective times %s, with which the simulated mean wait is the "
                          "log's",
                          fit_number(factor, m->fit->agents.tuned, 3)));
    }
    for (size_t g = 0; g < m->fit->agents.groups; g++)
        several = several || m->fit->agents.group[g].several;
    if (several)
        note(m, s, "agents held several contacts at once: written as at_once and pace");
    else if (m->fit->agents.overlaps > 0)
        note(m, s,
             arena_printf(&m->arena, "%llu calls began before the same agent's last one had ended",
                          (unsigned long long)m->fit->agents.overlaps));
}

/* ---- customers ---- */

static void put_follow(struct page_maker *m, struct page_section *s, const char *queue,
                       const char *after, const struct fit_follow *f)
{
    static const char *const told[] = {"not written", "its own calls", "share: its own",
                                       "all queues"};
    char range[FIT_WORDS], a[WORDS], b[WORDS];
    if (f->n == 0)
        return;
    struct grid_row *row = row_of(s);
    cell(m, row, 0, queue);
    cell(m, row, 1, after);
    whole(m, row, 2, (double)f->n);
    whole(m, row, 3, (double)f->followed);
    share(m, row, 4, f->share.value);
    if (isfinite(f->share.low))
        cell(m, row, 5, fit_range(range, &f->share));
    seconds(m, row, 6, f->delay.value);
    if (isfinite(f->delay.low) && isfinite(f->delay.high))
        cell(m, row, 7,
             arena_printf(&m->arena, "%s to %s", word_duration(a, f->delay.low),
                          word_duration(b, f->delay.high)));
    cell(m, row, 8, told[f->evidence]);
}

static void put_redials(struct page_maker *m, struct page_section *s, const char *name,
                        const struct fit_redials *r)
{
    static const char *const after[ENDINGS] = {"hanging up", "a busy tone", "an answer"};
    for (int e = 0; e < ENDINGS; e++)
        put_follow(m, s, name, after[e], &r->after[e]);
}

static void add_redials(struct page_maker *m)
{
    static const char *const head[] = {"queue",
                                       "after",
                                       "calls",
                                       "another came",
                                       "for its sake",
                                       "95 % interval",
                                       "after, on average",
                                       "95 % interval",
                                       "told by"};
    const oh_fit *fit = m->fit;
    if (!fit->customers.known)
        return;
    struct page_section *s = sheet_section(&m->sheet, &m->arena, "Customers who call again");
    heads(s, head, 8, 2);
    if (s)
        grid_column(&s->grid, head[8], false);
    for (size_t q = 0; q < fit->queues; q++)
        put_redials(m, s, fit->queue[q].name, &fit->queue[q].redials);
    if (fit->queues > 1)
        put_redials(m, s, "total", &fit->total.redials);
    note(m, s,
         "for its sake: beside those who would have called by chance; waited for until the window "
         "ends, after an answer until the day's closing");
}

static void add_transfers(struct page_maker *m)
{
    static const char *const head[] = {"from",      "to",    "answered",
                                       "handed on", "share", "95 % interval"};
    const oh_fit *fit = m->fit;
    struct page_section *s = NULL;
    char range[FIT_WORDS];
    bool few = false;
    for (size_t q = 0; q < fit->queues; q++) {
        const struct fit_transfers *t = &fit->queue[q].transfers;
        for (size_t i = 0; i < t->count; i++) {
            if (!s) {
                s = sheet_section(&m->sheet, &m->arena, "Calls handed on");
                heads(s, head, 6, 2);
            }
            struct grid_row *row = row_of(s);
            cell(m, row, 0, fit->queue[q].name);
            cell(m, row, 1, fit->queue[t->to[i].to].name);
            whole(m, row, 2, (double)t->answered);
            whole(m, row, 3, (double)t->to[i].n);
            share(m, row, 4, t->to[i].share.value);
            cell(m, row, 5, fit_range(range, &t->to[i].share));
            few = few || !t->to[i].written;
        }
    }
    note(m, s,
         "handed on: the same customer is in another queue while the answered call lasts or within "
         "10 s after it");
    if (few)
        note(m, s, "fewer than 20, or hardly any of the calls: not in the scenario");
}

static void add_priorities(struct page_maker *m)
{
    static const char *const head[] = {"queue", "before", "choices", "went first", "95 % interval"};
    const oh_fit *fit = m->fit;
    struct page_section *s = NULL;
    char range[FIT_WORDS];
    for (size_t q = 0; q < fit->queues; q++) {
        for (size_t i = 0; i < fit->queue[q].befores; i++) {
            const struct fit_before *before = &fit->queue[q].before[i];
            if (!s) {
                s = sheet_section(&m->sheet, &m->arena, "Who goes first");
                heads(s, head, 5, 2);
            }
            struct grid_row *row = row_of(s);
            cell(m, row, 0, fit->queue[q].name);
            cell(m, row, 1, fit->queue[before->other].name);
            whole(m, row, 2, before->n);
            share(m, row, 3, before->share.value);
            cell(m, row, 4, fit_range(range, &before->share));
        }
    }
    note(m, s,
         "choices: an agent took a call while one of the other queue waited, and the one of this "
         "queue had come later; in turn, it never goes first");
}

oh_status write_fit_page(const oh_fit *fit, const oh_log *log, bool markdown, bool colour,
                         oh_sink sink)
{
    struct page_maker m = {.fit = fit, .log = log};
    struct emit e = emit_to(sink);
    char read[WORDS], used[WORDS];
    const char *warnings[LOG_NOTES + FIT_NOTES];
    arena_init(&m.arena);
    m.sheet = (struct sheet){.title = fit->source, .about = "", .question = ""};
    size_t days = 0;
    for (size_t d = 0; d < fit->calendar.days; d++)
        days += fit->calendar.day[d].calls > 0;
    m.sheet.basis =
        arena_printf(&m.arena, "%s rows read, %s used, %zu day%s with calls",
                     word_fixed(read, (double)oh_log_rows(log), 0),
                     word_fixed(used, (double)oh_log_used(log), 0), days, days == 1 ? "" : "s");
    add_rows(&m);
    add_days(&m);
    add_calls(&m);
    add_handling(&m);
    add_speeds(&m);
    add_patience(&m);
    add_agents(&m);
    add_redials(&m);
    add_transfers(&m);
    add_priorities(&m);
    for (size_t i = 0; i < oh_log_notes(log); i++)
        warnings[m.sheet.warnings_count++] = oh_log_note(log, i);
    for (size_t i = 0; i < fit->notes; i++)
        warnings[m.sheet.warnings_count++] = fit->note[i];
    m.sheet.warnings = warnings;
    bool good = !m.arena.failed && m.sheet.basis;
    if (good && markdown)
        sheet_markdown(&m.sheet, &e);
    else if (good)
        sheet_table(&m.sheet, &e, colour);
    arena_free(&m.arena);
    return good ? emit_status(&e) : OH_NO_MEMORY;
}

oh_status oh_fit_write(const oh_fit *fit, const oh_log *log, const char *format, bool colour,
                       oh_sink sink)
{
    if (strcmp(format, "json") == 0)
        return write_fit_json(fit, log, sink);
    if (strcmp(format, "csv") == 0)
        return write_fit_csv(fit, log, sink);
    return write_fit_page(fit, log, strcmp(format, "md") == 0, colour, sink);
}
