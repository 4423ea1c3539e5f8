/* explain_page.c - a scenario as a planner would present it: who calls, who serves what, when the
 * load meets the agents, what Erlang says, what to mind.
 */
#include "explain_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/units.h"
#include "../model/labels.h"

enum { MOST_GROUPS = 8 };

struct maker {
    struct sheet *sheet;
    struct arena *arena;
    const oh_explanation *e;
    const oh_model *model;
    bool told;              /* what is the same below every table */
    bool fewer, fewer_told; /* the column "at times" has been used, and its legend is there */
};

static void put(struct maker *k, struct grid_row *row, size_t column, const char *words)
{
    row->cell[column].text = words ? arena_strdup(k->arena, words) : NULL;
}

static const char *per(const oh_model *m)
{
    return m->steady ? "h" : m->week ? "week" : "day";
}

/* Seconds by which "per day" figures are counted. */
static double span(const oh_model *m)
{
    return m->steady ? 3600 : m->close;
}

/* ---- who calls ---- */

/* The busiest interval of a queue, by calls. */
static size_t busiest(const oh_model *m, size_t queue)
{
    size_t best = 0;
    double most = -1;
    for (size_t i = 0; i < m->shape.intervals; i++) {
        double a, b;
        explain_interval(m, i, &a, &b);
        double calls = explain_calls(m, queue, a, b);
        if (calls > most) {
            most = calls;
            best = i;
        }
    }
    return best;
}

static const char *interval_text(struct maker *k, size_t interval)
{
    char words[WORDS], opens[12];
    oh_interval label = label_interval(k->model, interval);
    double a, b;
    explain_interval(k->model, interval, &a, &b);
    label_moment(opens, k->model, k->model->opening[model_opening_at(k->model, a)].opens, false);
    return arena_strdup(k->arena, word_interval(words, &label, opens));
}

static void put_queue(struct maker *k, struct page_section *s, uint32_t i)
{
    const oh_model *m = k->model;
    const struct model_queue *q = &m->queue[i];
    struct grid_row *row = grid_row(&s->grid);
    char words[WORDS];
    if (!row)
        return;
    double calls = explain_calls(m, i, 0, span(m));
    row->cell[0] = (struct grid_cell){q->name, TONE_STRONG};
    put(k, row, 1, q->deferrable ? "can wait" : "live");
    put(k, row, 2, word_count(words, calls));
    if (!m->steady && calls > 0) {
        size_t top = busiest(m, i);
        double a, b;
        explain_interval(m, top, &a, &b);
        row->cell[3].text = arena_printf(k->arena, "%s: %s", interval_text(k, top),
                                         word_count(words, explain_calls(m, i, a, b)));
    }
    put(k, row, 4, format_duration(words, sizeof words, round(q->mean_handling)));
    put(k, row, 5, word_fixed(words, calls * q->mean_handling / 3600, 1));
    if (q->priority != 5)
        put(k, row, 6, word_fixed(words, q->priority, 0));
    const char *target = q->targets ? explain_target(k->arena, &q->target[0]) : WORD_UNDEFINED;
    row->cell[7].text = q->targets > 1 ? arena_printf(k->arena, "%s and more", target) : target;
}

static void who_calls(struct maker *k)
{
    const oh_model *m = k->model;
    struct page_section *s = sheet_section(k->sheet, k->arena, "Who calls");
    if (!s)
        return;
    grid_column(&s->grid, "queue", false);
    grid_column(&s->grid, "", false);
    grid_column(&s->grid, arena_printf(k->arena, "calls a %s", per(m)), true);
    grid_column(&s->grid, "busiest", true);
    grid_column(&s->grid, "mean handling", true);
    grid_column(&s->grid, arena_printf(k->arena, "hours of work"), true);
    grid_column(&s->grid, "priority", true);
    grid_column(&s->grid, "target", false);
    for (uint32_t q = 0; q < m->queues; q++)
        put_queue(k, s, q);
    for (size_t q = 0; q < m->queues; q++) {
        if (!m->queue[q].deferrable)
            sheet_note(k->arena, &s->notes,
                       arena_printf(k->arena, "%s, of callers who have to wait that long: %s",
                                    m->queue[q].name, explain_patience(k->arena, &m->queue[q])));
        const char *rules = explain_rules(k->arena, m, &m->queue[q]);
        if (rules && *rules)
            sheet_note(k->arena, &s->notes,
                       arena_printf(k->arena, "%s: %s", m->queue[q].name, rules));
    }
}

/* ---- who serves what ---- */

static const char *skill_text(struct maker *k, const struct model_group *g,
                              const struct model_skill *s)
{
    char words[WORDS];
    const char *text =
        g->rules->pick_by_rank ? arena_printf(k->arena, "rank %u", (unsigned)s->class_ + 1) : "yes";
    if (text && s->room < g->room)
        text = arena_printf(k->arena, "%s, %u at once", text, (unsigned)(g->room / s->room));
    if (text && s->speed != 1)
        text = arena_printf(k->arena, "%s, speed %s", text, word_round_share(words, s->speed));
    if (text && s->after > 0)
        text = arena_printf(k->arena, "%s, after %s", text, word_duration(words, s->after));
    if (text && s->keep_free)
        text = arena_printf(k->arena, "%s, keeps %u free", text, (unsigned)s->keep_free);
    return text;
}

static void who_serves_wide(struct maker *k, struct page_section *s)
{
    const oh_model *m = k->model;
    grid_column(&s->grid, "group", false);
    grid_column(&s->grid, "queue", false);
    grid_column(&s->grid, "", false);
    for (size_t g = 0; g < m->groups; g++)
        for (size_t i = 0; i < m->group[g].skills; i++) {
            struct grid_row *row = grid_row(&s->grid);
            if (!row)
                return;
            if (i == 0)
                row->cell[0] = (struct grid_cell){m->group[g].name, TONE_STRONG};
            row->cell[1].text = m->queue[m->group[g].skill[i].queue].name;
            row->cell[2].text = skill_text(k, &m->group[g], &m->group[g].skill[i]);
        }
}

static void who_serves(struct maker *k)
{
    const oh_model *m = k->model;
    struct page_section *s = sheet_section(k->sheet, k->arena, "Who serves what");
    if (!s)
        return;
    if (m->groups > MOST_GROUPS) {
        who_serves_wide(k, s);
        return;
    }
    grid_column(&s->grid, "queue", false);
    for (size_t g = 0; g < m->groups; g++)
        grid_column(&s->grid, m->group[g].name, false);
    for (uint32_t q = 0; q < m->queues; q++) {
        struct grid_row *row = grid_row(&s->grid);
        if (!row)
            return;
        row->cell[0] = (struct grid_cell){m->queue[q].name, TONE_STRONG};
        for (size_t g = 0; g < m->groups; g++) {
            row->cell[g + 1].text = WORD_UNDEFINED;
            for (size_t i = 0; i < m->group[g].skills; i++)
                if (m->group[g].skill[i].queue == q)
                    row->cell[g + 1].text = skill_text(k, &m->group[g], &m->group[g].skill[i]);
        }
    }
}

/* ---- agents ---- */

static void put_group(struct maker *k, struct page_section *s, size_t i)
{
    const oh_model *m = k->model;
    const struct model_group *g = &m->group[i];
    struct grid_row *row = grid_row(&s->grid);
    char words[WORDS];
    double scheduled = 0, planned = 0, most = 0;
    if (!row)
        return;
    size_t periods = m->shape.intervals + (m->steady ? 0 : 1); /* OUTSIDE too */
    for (size_t p = 0; p < periods; p++) {
        scheduled += g->scheduled_area[p];
        planned += g->planned_area[p];
        double a, b;
        if (p < m->shape.intervals) {
            explain_interval(m, p, &a, &b);
            most = fmax(most, g->planned_area[p] / (b - a));
        }
    }
    double hours = 3600 * (m->steady ? (m->close - m->warm_up) / 3600 : 1);
    row->cell[0] = (struct grid_cell){g->name, TONE_STRONG};
    put(k, row, 1, word_count(words, most));
    put(k, row, 2, word_fixed(words, scheduled / hours, 1));
    put(k, row, 3, word_fixed(words, planned / hours, 1));
    if (g->rules->has_cost)
        put(k, row, 4,
            word_sum(words, scheduled * g->cost_per_second * 3600 / hours, NAN, m->currency));
}

static void who_works(struct maker *k)
{
    const oh_model *m = k->model;
    struct page_section *s = sheet_section(k->sheet, k->arena, "Agents");
    if (!s)
        return;
    grid_column(&s->grid, "group", false);
    grid_column(&s->grid, "most on duty", true);
    grid_column(&s->grid, arena_printf(k->arena, "hours scheduled a %s", per(m)), true);
    grid_column(&s->grid, "on duty by plan", true);
    grid_column(&s->grid, arena_printf(k->arena, "cost a %s", per(m)), true);
    for (size_t g = 0; g < m->groups; g++)
        put_group(k, s, g);
}

/* ---- load and Erlang's opinion ---- */

static void put_share(struct maker *k, struct grid_row *row, size_t column, bool known,
                      double share)
{
    char words[WORDS];
    put(k, row, column, known ? word_share(words, share, NAN) : WORD_UNDEFINED);
}

/* Intervals first .. last of openings that are alike: one row. */
static void put_outlook(struct maker *k, struct page_section *s, const struct pool *p,
                        const char *when, double hours, const oh_outlook *o)
{
    struct grid_row *row = grid_row(&s->grid);
    char words[WORDS];
    if (!row)
        return;
    row->cell[0].text = when;
    put(k, row, 1, word_count(words, round(o->calls / hours * 1e6) / 1e6));
    put(k, row, 2, word_fixed(words, o->load, 1));
    put(k, row, 3, word_count(words, o->agents));
    if (o->least < o->agents - 1e-9) {
        put(k, row, 4, word_count(words, o->least));
        k->fewer = true;
    }
    put(k, row, 5,
        o->capacity > 0 ? word_share(words, o->load / o->capacity, NAN) : WORD_UNDEFINED);
    if (o->load > 0 && o->load >= o->capacity)
        row->cell[5].tone = TONE_BAD;
    if (p->several_at_once)
        return;
    bool limit = !isnan(p->within);
    put_share(k, row, 6, o->has_c, limit ? o->erlang_c.service_level : o->erlang_c.delayed);
    if (isfinite(p->patience)) {
        put_share(k, row, 7, o->has_a, limit ? o->erlang_a.service_level : o->erlang_a.delayed);
        put_share(k, row, 8, o->has_a, o->erlang_a.abandon_rate);
    }
    if (p->has_goal) {
        bool lacking = o->required > floor(o->agents + 1e-9);
        put(k, row, 9, isnan(o->required) ? WORD_UNDEFINED : word_fixed(words, o->required, 0));
        row->cell[9].tone = lacking ? TONE_BAD : TONE_PLAIN;
    }
}

static bool alike(const oh_outlook *a, const oh_outlook *b)
{
    return fabs(a->calls - b->calls) < 1e-9 && fabs(a->load - b->load) < 1e-9 &&
           fabs(a->agents - b->agents) < 1e-9 && a->least == b->least &&
           fabs(a->capacity - b->capacity) < 1e-9;
}

/* Do two openings have the same hours and the same outlook? */
static bool alike_days(const oh_model *m, const struct pool *p, size_t a, size_t b)
{
    const struct model_opening *x = &m->opening[a], *y = &m->opening[b];
    if (x->midnight_to_opens != y->midnight_to_opens || x->periods != y->periods)
        return false;
    for (size_t i = 0; i < x->periods; i++)
        if (!alike(&p->outlook[x->first_period + i], &p->outlook[y->first_period + i]))
            return false;
    return true;
}

/* The rows of one opening; days that are alike and intervals that are alike are told once. */
static void put_opening(struct maker *k, struct page_section *s, const struct pool *p,
                        size_t first_day, size_t last_day)
{
    const oh_model *m = k->model;
    const struct model_opening *o = &m->opening[first_day];
    const char *days = explain_days(k->arena, m, first_day, last_day);
    for (size_t i = o->first_period, next; i < o->first_period + o->periods; i = next) {
        char begin[12], end[12];
        for (next = i + 1; next < o->first_period + o->periods; next++)
            if (!alike(&p->outlook[i], &p->outlook[next]))
                break;
        double from = o->opens + m->interval * (double)(i - o->first_period);
        label_moment(begin, m, from, false);
        label_moment(end, m, from + m->interval * (double)(next - i), true);
        put_outlook(k, s, p,
                    arena_printf(k->arena, "%s%s\xE2\x80\x93%s", days ? days : "", begin, end),
                    m->interval / 3600, &p->outlook[i]);
    }
}

static void put_outlooks(struct maker *k, struct page_section *s, const struct pool *p)
{
    const oh_model *m = k->model;
    if (m->steady) {
        put_outlook(k, s, p, "all the time", (m->close - m->warm_up) / 3600, p->outlook);
        return;
    }
    for (size_t d = 0, next; d < m->openings; d = next) {
        next = d + 1;
        while (next < m->openings && explain_next_day(m, next - 1, next) &&
               alike_days(m, p, d, next))
            next++;
        put_opening(k, s, p, d, next - 1);
    }
}

static void explain_columns(struct maker *k, struct page_section *s, const struct pool *p)
{
    char limit[WORDS];
    const char *what = "delayed";
    if (!isnan(p->within))
        what = arena_printf(k->arena, "in %s", format_duration(limit, sizeof limit, p->within));
    grid_column(&s->grid, "", false);
    grid_column(&s->grid, "calls a h", true);
    grid_column(&s->grid, "load", true);
    grid_column(&s->grid, "agents", true);
    grid_column(&s->grid, "at times", true);
    grid_column(&s->grid, "busy", true);
    grid_column(&s->grid, arena_printf(k->arena, "Erlang C %s", what), true);
    grid_column(&s->grid, arena_printf(k->arena, "Erlang A %s", what), true);
    grid_column(&s->grid, "hang up", true);
    grid_column(&s->grid, "needed", true);
}

static size_t live_queues(const oh_model *m, const struct pool *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->queues; i++)
        n += !m->queue[p->queue[i]].deferrable && m->queue[p->queue[i]].expected > 0;
    return n;
}

static void pool_notes(struct maker *k, struct page_section *s, const struct pool *p)
{
    char words[WORDS];
    const oh_model *m = k->model;
    if (!k->told)
        sheet_note(k->arena, &s->notes,
                   "load: erlang, the agents that these calls keep busy; busy: load by what the "
                   "agents on duty can carry");
    if (k->fewer && !k->fewer_told)
        sheet_note(k->arena, &s->notes, "at times: the fewest agents in that time");
    k->fewer_told = k->fewer;
    bool told = k->told;
    k->told = true;
    if (p->several_at_once) {
        sheet_note(k->arena, &s->notes,
                   "Erlang's formulas do not know agents who hold several contacts at once: run "
                   "the scenario");
        return;
    }
    if (live_queues(m, p) > 1)
        sheet_note(k->arena, &s->notes,
                   "to Erlang all these calls are one line with the mean handling time, and every "
                   "agent takes all of them");
    if (isfinite(p->patience))
        sheet_note(k->arena, &s->notes,
                   arena_printf(k->arena,
                                "Erlang C: nobody hangs up; Erlang A and \"hang up\": patience "
                                "exponential with the mean of %s",
                                word_duration(words, p->patience)));
    if (p->has_goal) {
        const struct model_queue *q = &m->queue[p->judge];
        sheet_note(k->arena, &s->notes,
                   arena_printf(k->arena, "needed: the fewest agents for %s by Erlang %s",
                                explain_target(k->arena, &q->target[0]),
                                isfinite(p->patience) ? "A" : "C"));
    }
    if (!m->steady && !told)
        sheet_note(k->arena, &s->notes,
                   "Erlang takes each interval as if it lasted for ever; lines that one interval "
                   "hands on to the next are seen by onhold run");
}

static void look_at_pool(struct maker *k, const struct pool *p)
{
    if (!p->live || p->groups == 0) /* a remark says that nobody serves it */
        return;
    struct page_section *s =
        sheet_section(k->sheet, k->arena, arena_printf(k->arena, "Load and agents: %s", p->name));
    if (!s)
        return;
    explain_columns(k, s, p);
    put_outlooks(k, s, p);
    pool_notes(k, s, p);
}

/* ---- the sheet ---- */

static const char *clock_text(struct maker *k)
{
    const oh_model *m = k->model;
    char words[WORDS], begin[12], end[12];
    const char *text = "";
    if (m->steady)
        return arena_printf(
            k->arena,
            "Steady state: the same calls and agents all the time, %s "
            "counted%s",
            arena_strdup(k->arena, format_duration(words, sizeof words, m->close - m->warm_up)),
            m->batches ? " in batches" : "");
    for (size_t d = 0, next; d < m->openings && text; d = next) {
        const struct model_opening *o = &m->opening[d];
        double length = o->closes - o->opens;
        for (next = d + 1; next < m->openings; next++)
            if (!explain_next_day(m, next - 1, next) ||
                m->opening[next].midnight_to_opens != o->midnight_to_opens ||
                m->opening[next].closes - m->opening[next].opens != length)
                break;
        label_moment(begin, m, o->opens, false);
        double of_day = fmod(o->midnight_to_opens + length, 86400);
        label_clock(end, of_day > 0 ? of_day : 86400);
        const char *days = explain_days(k->arena, m, d, next - 1);
        text = arena_printf(k->arena, "%s%s%s%s\xE2\x80\x93%s", text, d ? ", " : "",
                            days ? days : "", begin, end);
    }
    return arena_printf(k->arena, "Open %s; intervals of %s", text ? text : "",
                        format_duration(words, sizeof words, m->interval));
}

void explain_page(struct sheet *sheet, struct arena *arena, const oh_explanation *e,
                  const oh_write_context *context)
{
    struct maker k = {.sheet = sheet, .arena = arena, .e = e, .model = e->model};
    const oh_model *m = e->model;
    const char *name = m->name;
    if (context->variant && *context->variant)
        name = arena_printf(arena, "%s, variant %s", m->name, context->variant);
    *sheet = (struct sheet){.title = name ? name : "",
                            .about = m->about,
                            .question = sheet_question(arena, m->about),
                            .warnings = context->warnings,
                            .warnings_count = context->warnings_count};
    sheet->basis = clock_text(&k);
    if (!sheet->question)
        sheet->question = "";
    if (!sheet->basis)
        sheet->basis = "";
    struct page_section *s = sheet_section(sheet, arena, "To mind");
    for (size_t i = 0; s && i < e->remarks; i++)
        sheet_note(arena, &s->notes, oh_explanation_remark(e, i));
    who_calls(&k);
    who_serves(&k);
    who_works(&k);
    for (size_t i = 0; i < e->pools; i++)
        look_at_pool(&k, &e->pool[i]);
}
