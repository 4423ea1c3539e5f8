/* fit_yaml.c - the fitted scenario as a file that a person reads and changes.
 *
 * Every value has a comment above it that says from how many calls it comes and how sure it is.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/utf8.h"
#include "fit_yaml.h"

static const char *count_words(char buffer[WORDS], double n)
{
    return word_fixed(buffer, n, 0);
}

/* ---- the head ---- */

static void put_days(struct fit_writing *w, enum fit_day_kind kind, const char *words)
{
    const struct fit_calendar *c = &w->fit->calendar;
    char date[FIT_WORDS];
    size_t n = 0;
    for (size_t d = 0; d < c->days; d++) {
        if (c->day[d].kind != kind || (kind == DAY_CLOSED && c->day[d].calls == 0))
            continue;
        if (n == 0)
            emit_words(&w->e, "# %s:", words);
        if (n++ < 12)
            emit_words(&w->e, "%s %s", n > 1 ? "," : "", fit_date(date, c, c->day[d].day));
    }
    if (n > 12)
        emit_words(&w->e, " and %zu more", n - 12);
    if (n > 0)
        emit_char(&w->e, '\n');
}

static void put_head(struct fit_writing *w)
{
    const oh_fit *fit = w->fit;
    const struct fit_calendar *c = &fit->calendar;
    char number[WORDS], from[FIT_WORDS], to[FIT_WORDS];
    emit_words(&w->e, "# Made by onhold fit from %s: %s calls, %s to %s.\n", fit->source,
               count_words(number, (double)fit->total.offered), fit_date(from, c, c->day[0].day),
               fit_date(to, c, c->day[c->days - 1].day));
    emit_text(&w->e,
              "# Every number is an estimate; comments say from how much, and how sure (95 % "
              "intervals).\n");
    put_days(w, DAY_SPECIAL, "Set aside, since their calls are far from what is usual");
    put_days(w, DAY_EMPTY, "Without a call (closed, or missing in the log)");
    for (size_t i = 0; i < fit->notes; i++)
        emit_words(&w->e, "# %s\n", fit->note[i]);
    emit_words(&w->e, "onhold: 1\nname: \"");
    for (const char *p = fit->name; *p; p++)
        if ((unsigned char)*p >= ' ' && *p != '"' && *p != '\\')
            emit_char(&w->e, *p);
    emit_text(&w->e, "\"\n");
}

const char *fit_file_name(char buffer[FILE_NAME_ROOM], const char *name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-./";
    bool quoted = name[strspn(name, plain)] != '\0';
    size_t n = 0;
    if (quoted)
        buffer[n++] = '"';
    for (; *name && n < FILE_NAME_ROOM - 4; name++) {
        if (*name == '"' || *name == '\\')
            buffer[n++] = '\\';
        buffer[n++] = *name;
    }
    if (quoted)
        buffer[n++] = '"';
    buffer[n] = '\0';
    return buffer;
}

const char *fit_table_name(char buffer[FILE_NAME_ROOM], const struct fit_writing *w,
                           const char *table)
{
    char name[FILE_NAME_ROOM / 2];
    snprintf(name, sizeof name, "%.4000s_%s.csv", w->stem, table);
    return fit_file_name(buffer, name);
}

const char *fit_minutes(char buffer[FIT_WORDS], const struct fit_writing *w)
{
    return fit_number(buffer, w->fit->calendar.step / 60, 6);
}

static void put_window(struct fit_writing *w, const struct fit_opening *o)
{
    char from[FIT_WORDS], to[FIT_WORDS];
    const struct fit_calendar *c = &w->fit->calendar;
    emit_words(&w->e, "%s-%s", fit_clock(from, calendar_clock(c, o->first), false),
               fit_clock(to, calendar_clock(c, o->end), true));
}

static void put_time(struct fit_writing *w)
{
    const struct fit_calendar *c = &w->fit->calendar;
    char outside[FIT_WORDS];
    bool any = false;
    emit_words(&w->e, "\ntime:\n  # from %zu day%s; %s of the calls came outside these hours\n",
               c->normal, c->normal == 1 ? "" : "s", fit_share(outside, c->outside));
    if (!c->week) {
        emit_text(&w->e, "  open: ");
        put_window(w, &c->opening[0]);
    } else {
        emit_text(&w->e, "  days: {");
        for (unsigned d = 0; d < WEEKDAYS; d++) {
            if (!c->opening[d].open)
                continue;
            emit_words(&w->e, "%s%s: ", any ? ", " : "", fit_weekday(d));
            put_window(w, &c->opening[d]);
            any = true;
        }
        emit_char(&w->e, '}');
    }
    emit_words(&w->e, "\n  interval: %s min\n", fit_minutes(outside, w));
}

static void put_busyness(struct fit_writing *w)
{
    const struct measured *b = &w->fit->busyness, *all = &w->fit->total.arrivals.busyness;
    char share[FIT_WORDS], range[FIT_WORDS];
    if (!(b->value > 0.005) || !(all->low > 0))
        return;
    emit_words(&w->e,
               "\n# How much busier or quieter whole days are than their weekday's mean, "
               "beyond chance (%s)\nbusyness: {cv: %s}\n",
               fit_range(range, all), fit_share(share, b->value));
}

/* ---- queues ---- */

static void put_arrivals(struct fit_writing *w, const struct fit_queue *q)
{
    const struct fit_arrivals *a = &q->arrivals;
    char number[WORDS], share[FIT_WORDS], range[FIT_WORDS], table[FILE_NAME_ROOM];
    const struct measured *common = &w->fit->busyness;
    emit_words(&w->e, "    # %s calls a day", word_count(number, a->per_day));
    if (a->fresh_share < 0.9995)
        emit_words(&w->e, ", %s of them no redials, returns or transfers: these are in the table",
                   fit_share(share, a->fresh_share));
    emit_words(&w->e, "\n    arrivals: {per: %s min, csv: %s, column: %s", fit_minutes(share, w),
               fit_table_name(table, w, "arrivals"), q->name);
    if (a->noise.low > 0)
        emit_words(&w->e, ", noise: %s}  # the interval's own swing: %s\n",
                   fit_share(share, a->noise.value), fit_range(range, &a->noise));
    else
        emit_text(&w->e, "}\n");
    if (w->fit->queues < 2 || !(a->busyness.low > fmax(common->value, 0)))
        return;
    double own =
        sqrt((1 + a->busyness.value * a->busyness.value) / (1 + common->value * common->value) - 1);
    emit_words(&w->e, "    busyness: {cv: %s}  # this queue's own, beside that of all\n",
               fit_share(share, own));
}

/* ---- patience ---- */

static void put_steps(struct fit_writing *w, const struct fit_patience *p)
{
    char share[FIT_WORDS], to[FIT_WORDS];
    double h = 0, before = -1;
    bool any = false;
    emit_text(&w->e, "    patience:\n      hung_up_by: {");
    for (size_t k = 0; k < p->steps; k++) {
        h += p->step[k].rate * (p->step[k].to - p->step[k].from);
        double hung_up = fmin(-expm1(-h), 0.9999);
        if (hung_up < before)
            continue;
        before = hung_up;
        emit_words(&w->e, "%s%s: %s", any ? ", " : "", fit_seconds(to, p->step[k].to),
                   fit_share(share, hung_up));
        any = true;
    }
    emit_text(&w->e, "}\n");
}

static void put_patience_law(struct fit_writing *w, const struct law *law)
{
    char a[FIT_WORDS], b[FIT_WORDS];
    emit_text(&w->e, "    patience: {");
    if (law->kind == LAW_EXPONENTIAL)
        emit_words(&w->e, "exponential: %s", fit_seconds(a, law->a));
    else if (law->kind == LAW_WEIBULL)
        emit_words(&w->e, "weibull: {shape: %s, mean: %s}", fit_number(a, law->a, 3),
                   fit_seconds(b, law_mean(law)));
    else
        emit_words(&w->e, "%s: {mean: %s, cv: %s}", law_name(law->kind),
                   fit_seconds(a, law_mean(law)), fit_number(b, law_cv(law), 3));
    emit_text(&w->e, "}\n");
}

/* Does a group take these contacts besides others that cannot wait? Then those went first, or they
 * would have waited as long. */
static bool gives_way(const oh_fit *fit, const struct fit_queue *queue)
{
    uint32_t number = fit->number[queue - fit->queue];
    for (size_t g = 0; g < fit->agents.groups; g++)
        for (size_t q = 0; q < fit->queues; q++)
            if (fit->agents.group[g].serves[number] && !fit->queue[q].patience.deferrable &&
                fit->agents.group[g].serves[fit->number[q]])
                return true;
    return false;
}

static void put_patience(struct fit_writing *w, const struct fit_queue *q)
{
    const struct fit_patience *p = &q->patience;
    char n[WORDS], hung_up[WORDS], a[FIT_WORDS], b[FIT_WORDS], c[FIT_WORDS];
    if (p->deferrable) {
        emit_words(&w->e,
                   "    # %s had to wait, some for hours, and nobody left: it can wait, over night "
                   "too\n    patience: never\n    deferrable: true\n",
                   count_words(n, (double)p->n));
        if (q->priority == 0 && !q->in_turn && gives_way(w->fit, q))
            emit_text(&w->e, "    priority: 6  # calls that could not wait were taken first\n");
        return;
    }
    if (p->never) {
        emit_words(&w->e,
                   "    # %s had to wait and nobody hung up: how patient they are cannot be "
                   "told\n    patience: never\n",
                   count_words(n, (double)p->n));
        return;
    }
    if (!w->fit->intervals) {
        emit_words(&w->e,
                   "    # %s had to wait, %s of them hung up, the others count as patient up "
                   "to their answer.\n    # Mean of an exponential: %s (%s to %s);",
                   count_words(n, (double)p->n), count_words(hung_up, (double)p->hung_up),
                   fit_seconds(a, p->mean_exponential), fit_number(b, p->mean_low, 3),
                   fit_seconds(c, p->mean_high));
        emit_words(&w->e, " the mean wait of those who hung up, %s, would be %s times too short.\n",
                   fit_seconds(a, p->naive_mean),
                   fit_number(b, p->mean_exponential / p->naive_mean, 2));
        double distance = p->by_steps ? p->steps_distance : p->chosen.distance;
        if (isfinite(distance))
            emit_words(&w->e, "    # At most %s off what was seen (Kaplan-Meier).\n",
                       fit_share(a, distance));
        else
            emit_text(&w->e, "    # Too few to tell how near this is to what was seen.\n");
    } else {
        emit_words(&w->e, "    # total waiting / number who hung up (%s)%s\n",
                   count_words(hung_up, (double)p->hung_up),
                   w->fit->abandon_wait ? ""
                                        : "; their waits are taken to be those of the answered");
    }
    if (p->by_steps)
        put_steps(w, p);
    else
        put_patience_law(w, &p->chosen.law);
    if (p->balk_low > 0 && p->balk >= 0.001)
        emit_words(&w->e, "    balk: %s  # hung up at once when they had to wait (%s to %s)\n",
                   fit_share(a, p->balk), fit_share(b, p->balk_low), fit_share(c, p->balk_high));
}

/* ---- who calls again, who is handed on ---- */

static void put_share(struct fit_writing *w, const char *key, const struct measured *m)
{
    char share[FIT_WORDS];
    emit_words(&w->e, "%s: %s, ", key, fit_share(share, m->value));
}

/* "# 1,680 hung up; 44 % to 49 % of them called again for it, ..." */
static void put_follow_evidence(struct fit_writing *w, const struct fit_follow *f, const char *what,
                                const char *why)
{
    char n[WORDS], range[FIT_WORDS], low[FIT_WORDS], high[FIT_WORDS];
    emit_words(&w->e, "    # %s %s; %s of them %s", count_words(n, (double)f->n), what,
               fit_range(range, &f->share), why);
    if (isfinite(f->delay.low) && isfinite(f->delay.high))
        emit_words(&w->e, ", after %s to %s on average", fit_delay(low, f->delay.low),
                   fit_delay(high, f->delay.high));
    emit_text(&w->e,
              f->evidence == EVIDENCE_POOLED  ? "\n    # (of all queues together: too few here)\n"
              : f->evidence == EVIDENCE_SHARE ? "\n    # (how soon: of all queues together)\n"
                                              : "\n");
}

/* Where they call, if it is another queue. */
static void put_way(struct fit_writing *w, const struct fit_queue *q, const struct fit_follow *f)
{
    const struct fit_queue *to = &w->fit->queue[f->to];
    if (to != q)
        emit_words(&w->e, ", to: %s", to->name);
}

static void put_way_comment(struct fit_writing *w, const struct fit_follow *f)
{
    char share[FIT_WORDS];
    if (f->to_share < 0.9)
        emit_words(&w->e, "  # %s of them call that queue", fit_share(share, f->to_share));
    emit_char(&w->e, '\n');
}

static void put_redials(struct fit_writing *w, const struct fit_queue *q)
{
    const struct fit_redials *r = &q->redials;
    const struct fit_follow *hung_up = &r->after[ENDING_HUNG_UP];
    const struct fit_follow *blocked = &r->after[ENDING_BLOCKED];
    const struct fit_follow *tells = hung_up->evidence != EVIDENCE_NONE ? hung_up : blocked;
    char delay[FIT_WORDS];
    if (tells->evidence == EVIDENCE_NONE)
        return;
    if (hung_up->evidence != EVIDENCE_NONE)
        put_follow_evidence(w, hung_up, "hung up", "called again for it");
    if (blocked->evidence != EVIDENCE_NONE)
        put_follow_evidence(w, blocked, "got a busy tone", "called again for it");
    emit_text(&w->e, "    redial: {");
    if (hung_up->evidence != EVIDENCE_NONE)
        put_share(w, "after_abandon", r->again_differs ? &r->first : &hung_up->share);
    if (blocked->evidence != EVIDENCE_NONE)
        put_share(w, "after_block", &blocked->share);
    if (r->again_differs)
        put_share(w, "again", &r->again);
    emit_words(&w->e, "delay: {exponential: %s}", fit_delay(delay, tells->delay.value));
    put_way(w, q, tells);
    emit_char(&w->e, '}');
    put_way_comment(w, tells);
}

static void put_returns(struct fit_writing *w, const struct fit_queue *q)
{
    const struct fit_follow *f = &q->redials.after[ENDING_ANSWERED];
    char delay[FIT_WORDS];
    if (f->evidence == EVIDENCE_NONE)
        return;
    put_follow_evidence(w, f, "answered", "called again that day");
    emit_text(&w->e, "    # (beyond calls by chance; customers who often call look the same)\n");
    emit_text(&w->e, "    unresolved: {");
    put_share(w, "share", &f->share);
    emit_words(&w->e, "delay: {exponential: %s}", fit_delay(delay, f->delay.value));
    put_way(w, q, f);
    emit_char(&w->e, '}');
    put_way_comment(w, f);
}

static void put_transfers(struct fit_writing *w, const struct fit_queue *q)
{
    const struct fit_transfers *t = &q->transfers;
    char n[WORDS], k[WORDS], share[FIT_WORDS], range[FIT_WORDS];
    bool any = false;
    for (size_t i = 0; i < t->count; i++) {
        const struct fit_transfer *to = &t->to[i];
        if (!to->written)
            continue;
        if (!any)
            emit_words(&w->e,
                       "    # %s answered; the same caller came into another queue right then\n"
                       "    transfer:\n",
                       count_words(n, (double)t->answered));
        emit_words(&w->e, "      - {to: %s, share: %s}  # %s calls: %s\n",
                   w->fit->queue[to->to].name, fit_share(share, to->share.value),
                   count_words(k, (double)to->n), fit_range(range, &to->share));
        if (to->differs)
            emit_words(
                &w->e,
                "        # there they take %s to %s times as long as other calls; all of "
                "them together are\n        # that queue's handling. A handling of their own "
                "can be stated here\n",
                fit_number(share, to->longer.low, 3), fit_number(range, to->longer.high, 3));
        any = true;
    }
}

/* A comment ends at a line's end, and a file of YAML is UTF-8 all through. */
static bool may_stand_in_a_comment(const char *words)
{
    size_t left = strlen(words);
    uint32_t code;
    for (size_t n; left > 0; words += n, left -= n) {
        n = utf8_read(words, left, &code);
        bool break_or_mark =
            code == 0x2028 || code == 0x2029 || code == 0xFEFF || code == 0xFFFE || code == 0xFFFF;
        if (utf8_is_control(code) || break_or_mark)
            return false;
    }
    return true;
}

static bool goes_before(const struct fit_queue *q, size_t other)
{
    for (size_t i = 0; i < q->befores; i++)
        if (q->before[i].other == other)
            return true;
    return false;
}

static void put_priority(struct fit_writing *w, const struct fit_queue *q)
{
    size_t any = 0;
    char n[WORDS], low[FIT_WORDS], high[FIT_WORDS];
    for (size_t i = 0; i < q->befores; i++)
        emit_words(&w->e,
                   "    # before %s: of %s calls here that came later than a waiting one of %s,\n"
                   "    # %s to %s went first\n",
                   w->fit->queue[q->before[i].other].name, count_words(n, q->before[i].n),
                   w->fit->queue[q->before[i].other].name, fit_share(low, q->before[i].share.low),
                   fit_share(high, q->before[i].share.high));
    if (q->priority == 0)
        return;
    emit_words(&w->e, "    priority: %d", q->priority);
    for (size_t a = 0; a < w->fit->queues; a++)
        if (goes_before(&w->fit->queue[a], (size_t)(q - w->fit->queue)))
            emit_words(&w->e, "%s%s", any++ ? ", " : "  # after ", w->fit->queue[a].name);
    if (any == 0 && q->befores == 0)
        emit_text(&w->e, "  # no rule: so most choices come out as they did");
    emit_char(&w->e, '\n');
}

static void put_queue(struct fit_writing *w, const struct fit_queue *q)
{
    char level[FIT_WORDS], within[FIT_WORDS];
    emit_words(&w->e, "  %s:\n", q->name);
    if (strcmp(q->name, q->words) != 0 && may_stand_in_a_comment(q->words)) {
        emit_text(&w->e, "    # in the log: ");
        emit_text(&w->e, q->words);
        emit_text(&w->e, "\n");
    }
    put_arrivals(w, q);
    fit_put_handling(w, q);
    put_patience(w, q);
    put_priority(w, q);
    put_redials(w, q);
    put_returns(w, q);
    put_transfers(w, q);
    if (q->patience.deferrable)
        emit_text(&w->e, "    target: 80% in 24 h  # to be set");
    else
        emit_words(&w->e, "    target: 80%% in %s  # to be set",
                   fit_seconds(within, w->fit->within));
    if (isfinite(q->service_level) && !q->patience.deferrable)
        emit_words(&w->e, "; the log reached %s", fit_share(level, q->service_level));
    emit_char(&w->e, '\n');
}

oh_status oh_fit_scenario(const oh_fit *fit, const char *stem, oh_sink sink)
{
    struct fit_writing w = {.e = emit_to(sink), .fit = fit, .stem = stem};
    put_head(&w);
    put_time(&w);
    put_busyness(&w);
    emit_text(&w.e, "\nqueues:\n");
    for (size_t q = 0; q < fit->queues; q++)
        put_queue(&w, &fit->queue[q]);
    fit_put_agents(&w);
    return emit_status(&w.e);
}
