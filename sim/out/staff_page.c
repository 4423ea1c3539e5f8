/* staff_page.c - the answer of a staffing search for people.
 *
 * The order is that of a manager in a hurry: does it work and what does it take, more or less than
 * now; then each half hour with what it gives and what one agent fewer would give.
 */
#include <math.h>
#include <string.h>

#include "openings.h"
#include "page.h"
#include "staff_writers.h"

struct staff_page {
    struct arena arena;
    struct sheet sheet;
    const oh_staffing *f;
    const oh_result *result; /* NULL: too hopeless for one */
    const oh_model *model;
    oh_staff_info info;
    oh_run_info run;
    const char *currency;
    double length; /* hours of a replication */
};

static const char *text_of(struct staff_page *p, const char *words)
{
    return arena_strdup(&p->arena, words);
}

/* ---- words ---- */

/* "108.5 h", "+2.5 h"; in a steady state, which has no day, "14 agents", "+2". */
static const char *hours(struct staff_page *p, double h, bool sign)
{
    char words[WORDS];
    bool steady = p->info.intervals == 0;
    h /= steady ? p->length : 1;
    bool whole = fabs(h - round(h)) < 0.005, tenth = fabs(10 * h - round(10 * h)) < 0.05;
    word_fixed(words, fabs(h), whole ? 0 : tenth ? 1 : 2);
    return arena_printf(&p->arena, "%s%s%s",
                        !sign   ? ""
                        : h > 0 ? "+"
                                : "-",
                        words, !steady ? " h" : "");
}

static const char *heads(struct staff_page *p, double n)
{
    char words[WORDS];
    return text_of(p, word_fixed(words, n, fabs(n - round(n)) < 0.005 ? 0 : 1));
}

static struct grid_cell change(struct staff_page *p, double from, double to)
{
    double by = to - from;
    if (fabs(by) < 0.005)
        return (struct grid_cell){"", TONE_PLAIN};
    const char *n = heads(p, fabs(by));
    return (struct grid_cell){arena_printf(&p->arena, "%s%s", by > 0 ? "+" : "-", n ? n : ""),
                              by > 0 ? TONE_BAD : TONE_GOOD};
}

static const char *money(struct staff_page *p, double sum)
{
    char words[WORDS];
    return isnan(sum) ? NULL : text_of(p, word_sum(words, sum, NAN, p->currency));
}

/* " a day", " a week"; a steady state is all the time. */
static const char *each(struct staff_page *p)
{
    return p->info.intervals == 0 ? "" : arena_printf(&p->arena, " a %s", p->run.replication);
}

/* "support 87.5 % ± 0.9", "on 93 % of days"; the thing's name only where there are several. */
static const char *outcome(struct staff_page *p, const oh_staff_outcome *o, bool error, bool named)
{
    char words[WORDS], name[WORDS];
    const oh_column *column = o->column;
    bool days = strcmp(column->metric->id, "target_met") == 0;
    word_measured(words, column->metric->unit, &o->estimate, error ? o->estimate.half_width : NAN);
    bool many = named && (oh_model_things(p->model, OH_QUEUE) > 1 || o->level == OH_AGENTS);
    const char *thing = many ? oh_model_thing(p->model, o->level, o->thing) : "";
    bool plain = strcmp(column->metric->id, "service_level") == 0;
    return arena_printf(&p->arena, "%s%s%s%s%s%s%s", thing, *thing ? " " : "",
                        days || plain ? "" : word_metric(name, column->id),
                        days || plain ? "" : " ", days ? "on " : "", words,
                        days ? (strcmp(p->run.replication, "day") == 0 ? " of days" : " of weeks")
                             : "");
}

/* How far a value is from its target, for finding the nearest. */
static double margin(const oh_staff_outcome *o)
{
    const oh_estimate *e = &o->estimate;
    double scale = strcmp(o->column->metric->unit, "share") == 0 ? 1 : fmax(fabs(e->target), 1);
    double above = (e->value - e->target) / scale;
    return isnan(above) ? -1 : e->at_most ? -above : above;
}

/* ---- the targets ---- */

static bool seen_before(const struct staff_page *p, size_t i, const oh_staff_outcome *o)
{
    for (size_t k = 0; k < i; k++) {
        oh_staff_outcome other = oh_staffing_outcome(p->f, k);
        if (other.level == o->level && other.thing == o->thing && other.column == o->column)
            return true;
    }
    return false;
}

static const char *period_words(struct staff_page *p, long period)
{
    char words[WORDS];
    struct opening list[OPENINGS];
    if (period >= 0) {
        oh_interval at = oh_result_interval(p->result, (size_t)period);
        size_t n = openings_of(p->result, list), d = 0;
        while (d + 1 < n && list[d + 1].first <= (size_t)period)
            d++;
        oh_interval first = oh_result_interval(p->result, list[d].first);
        return text_of(p, word_interval(words, &at, first.start));
    }
    if (period < OH_WHOLE)
        return text_of(p, word_day(words, oh_result_day(p->result, (size_t)(OH_DAY(0) - period))));
    return arena_printf(&p->arena, "the whole %s", p->run.replication);
}

/* One row a target: the period in which it is nearest to being missed. */
static void put_targets(struct staff_page *p)
{
    struct page_section *section = sheet_section(&p->sheet, &p->arena, "Targets");
    if (!section)
        return;
    for (size_t c = 0; c < 4; c++)
        grid_column(&section->grid, "", false);
    size_t n = oh_staffing_outcomes(p->f);
    for (size_t i = 0; i < n; i++) {
        oh_staff_outcome o = oh_staffing_outcome(p->f, i), worst = o;
        char words[WORDS], share[WORDS];
        size_t periods = 0, met = 0;
        if (seen_before(p, i, &o))
            continue;
        for (size_t k = i; k < n; k++) {
            oh_staff_outcome other = oh_staffing_outcome(p->f, k);
            if (other.level != o.level || other.thing != o.thing || other.column != o.column)
                continue;
            periods++;
            met += other.estimate.met;
            if (margin(&other) < margin(&worst))
                worst = other;
        }
        struct grid_row *row = grid_row(&section->grid);
        if (!row)
            return;
        bool days = strcmp(o.column->metric->id, "target_met") == 0;
        row->cell[0] = (struct grid_cell){oh_model_thing(p->model, o.level, o.thing), TONE_STRONG};
        row->cell[1].text =
            days ? arena_printf(&p->arena, "all targets on %s of %ss:",
                                word_round_share(share, o.estimate.target), p->run.replication)
                 : arena_printf(&p->arena, "%s:", word_target(words, o.column, &o.estimate));
        row->cell[2].tone = met == periods ? TONE_GOOD : TONE_BAD;
        row->cell[2].text = periods == 1     ? (met ? "met" : "missed")
                            : met == periods ? arena_printf(&p->arena, "met in all %zu", periods)
                                             : arena_printf(&p->arena, "missed in %zu of %zu",
                                                            periods - met, periods);
        const char *value = outcome(p, &worst, true, false), *when = period_words(p, worst.period);
        row->cell[3].text = periods == 1 ? value
                                         : arena_printf(&p->arena, "nearest %s: %s",
                                                        when ? when : "", value ? value : "");
    }
}

/* ---- the groups ---- */

static void put_groups(struct staff_page *p)
{
    const char *title =
        arena_printf(&p->arena, "Agents%s%s", p->info.intervals ? "," : "", each(p));
    struct page_section *section = sheet_section(&p->sheet, &p->arena, title);
    bool shrinks = false;
    if (!section)
        return;
    struct grid *g = &section->grid;
    grid_column(g, "group", false);
    grid_column(g, "on duty", true);
    grid_column(g, "now", true);
    grid_column(g, "change", true);
    grid_column(g, "scheduled", true);
    grid_column(g, "now", true);
    grid_column(g, "pay", true);
    grid_column(g, "now", true);
    for (size_t i = 0; i < oh_model_things(p->model, OH_AGENTS); i++)
        shrinks = shrinks || fabs(oh_staffing_group(p->f, i).scheduled_hours -
                                  oh_staffing_group(p->f, i).hours) > 0.005;
    for (size_t i = 0; i < oh_model_things(p->model, OH_AGENTS); i++) {
        oh_staff_group group = oh_staffing_group(p->f, i);
        struct grid_row *row = grid_row(g);
        if (!row)
            return;
        row->cell[0] = (struct grid_cell){group.name, TONE_STRONG};
        row->cell[1].text = hours(p, group.hours, false);
        row->cell[2].text = hours(p, group.now, false);
        double by = group.hours - group.now;
        if (fabs(by) >= 0.005)
            row->cell[3] = (struct grid_cell){hours(p, by, true), by > 0 ? TONE_BAD : TONE_GOOD};
        row->cell[4].text = shrinks ? hours(p, group.scheduled_hours, false) : NULL;
        row->cell[5].text = shrinks ? hours(p, group.scheduled_now, false) : NULL;
        row->cell[6].text = money(p, group.money);
        row->cell[7].text = money(p, group.money_now);
        if (!group.chosen)
            sheet_note(&p->arena, &section->notes,
                       arena_printf(&p->arena, "%s is left as it is: no target depends on it.",
                                    group.name));
    }
    if (shrinks)
        sheet_note(&p->arena, &section->notes,
                   "Scheduled are so many that, after shrinkage, enough are on duty.");
    for (size_t q = 0; q < oh_model_things(p->model, OH_QUEUE); q++)
        if (!oh_staffing_has_target(p->f, q))
            sheet_note(&p->arena, &section->notes,
                       arena_printf(&p->arena, "%s has no target: its callers get what is left.",
                                    oh_model_thing(p->model, OH_QUEUE, q)));
}

/* ---- the plan, interval by interval ---- */

/* The outcome that is nearest to being missed, of those that the group has a part in. */
static bool nearest(const struct staff_page *p, size_t group, size_t interval, bool steady,
                    oh_staff_outcome *out)
{
    bool found = false;
    for (size_t i = 0; i < oh_staffing_outcomes(p->f); i++) {
        oh_staff_outcome o = oh_staffing_outcome(p->f, i);
        bool mine =
            o.level == OH_AGENTS ? o.thing == group : oh_staffing_serves(p->f, group, o.thing);
        if (!mine || (!steady && o.period != (long)interval))
            continue;
        if (!found || margin(&o) < margin(out))
            *out = o;
        found = true;
    }
    return found;
}

static bool fewer_of(const struct staff_page *p, size_t group, size_t item, bool line,
                     oh_staff_fewer *out)
{
    for (size_t i = 0; i < oh_staffing_fewer_count(p->f); i++) {
        *out = oh_staffing_fewer(p->f, i);
        bool this = line ? out->line == item
                         : out->line == SIZE_MAX &&
                               (out->interval == (long)item || out->interval == OH_WHOLE);
        if (out->group == group && this)
            return true;
    }
    return false;
}

static struct grid_cell fewer_cell(struct staff_page *p, size_t group, size_t item, bool line)
{
    oh_staff_fewer fewer;
    if (!fewer_of(p, group, item, line, &fewer))
        return (struct grid_cell){NULL, TONE_PLAIN};
    const char *words = outcome(p, &fewer.worst, false, true);
    if (!fewer.kept)
        return (struct grid_cell){words, TONE_PLAIN};
    return (struct grid_cell){
        arena_printf(&p->arena, "%s (kept: the least asked for)", words ? words : ""), TONE_FAINT};
}

static const char *outcome_head(struct staff_page *p, size_t group)
{
    char words[WORDS];
    const char *head = NULL;
    for (size_t i = 0; i < oh_staffing_outcomes(p->f); i++) {
        oh_staff_outcome o = oh_staffing_outcome(p->f, i);
        if (o.level == OH_AGENTS || !oh_staffing_serves(p->f, group, o.thing))
            continue;
        const char *target = word_target(words, o.column, &o.estimate);
        if (p->info.days > 0 || (head && strcmp(head, target) != 0))
            return "nearest target";
        head = head ? head : text_of(p, target);
    }
    return head ? head : "target";
}

static void group_head(struct staff_page *p, struct grid *g, size_t group, const char *first,
                       bool lines)
{
    oh_staff_group info = oh_staffing_group(p->f, group);
    bool whole_shifts = info.lines > 0;
    grid_column(g, first, false);
    grid_column(g, lines ? "heads" : whole_shifts ? "on duty" : "needed", true);
    grid_column(g, !whole_shifts && info.shrinkage > 0 ? "scheduled" : "", true);
    grid_column(g, "now", true);
    grid_column(g, "change", true);
    grid_column(g, lines ? "" : outcome_head(p, group), true);
    grid_column(g, p->info.met && lines == whole_shifts ? "with one fewer" : "", true);
}

static void interval_row(struct staff_page *p, struct grid *g, size_t group, size_t k,
                         const char *when)
{
    oh_staff_heads h = oh_staffing_heads(p->f, group, k);
    oh_staff_group info = oh_staffing_group(p->f, group);
    bool shrinks = info.shrinkage > 0 && info.lines == 0;
    struct grid_row *row = grid_row(g);
    oh_staff_outcome o;
    if (!row)
        return;
    row->cell[0].text = when;
    row->cell[1] = (struct grid_cell){heads(p, h.required), TONE_STRONG};
    row->cell[2].text = shrinks ? heads(p, h.scheduled) : NULL;
    row->cell[3].text = heads(p, shrinks ? h.scheduled_now : h.required_now);
    row->cell[4] =
        change(p, shrinks ? h.scheduled_now : h.required_now, shrinks ? h.scheduled : h.required);
    if (nearest(p, group, k, p->info.intervals == 0, &o))
        row->cell[5] =
            (struct grid_cell){outcome(p, &o, true, true), o.estimate.met ? TONE_PLAIN : TONE_BAD};
    row->cell[6] = fewer_cell(p, group, k, false);
}

static const char *days_of(struct staff_page *p, const oh_staff_line *line)
{
    const char *days = "";
    size_t n = oh_result_days(p->result), worked = 0;
    for (size_t d = 0; d < n; d++) {
        char words[WORDS];
        if (!line->on[d])
            continue;
        worked++;
        days = arena_printf(&p->arena, "%s%s%s", days ? days : "", days && *days ? ", " : "",
                            word_day(words, oh_result_day(p->result, d)));
    }
    return worked == n || !days ? "" : arena_printf(&p->arena, " %s", days);
}

static void line_row(struct staff_page *p, struct grid *g, size_t group, size_t i)
{
    oh_staff_line line = oh_staffing_line(p->f, group, i);
    struct grid_row *row = grid_row(g);
    if (!row)
        return;
    const char *days = days_of(p, &line);
    row->cell[0].text =
        arena_printf(&p->arena, "%s\xE2\x80\x93%s%s", line.start, line.end, days ? days : "");
    row->cell[1] = (struct grid_cell){heads(p, line.heads), TONE_STRONG};
    row->cell[3].text = heads(p, line.now);
    row->cell[4] = change(p, line.now, line.heads);
    row->cell[6] = fewer_cell(p, group, i, true);
}

/* The intervals of an opening: of count groups all about them, of shifts what they add up to. */
static void put_opening(struct staff_page *p, size_t group, const struct opening *o,
                        const char *title)
{
    struct page_section *section = sheet_section(&p->sheet, &p->arena, title);
    if (!section)
        return;
    group_head(p, &section->grid, group, "when", false);
    for (size_t k = o->first; k < o->first + o->intervals; k++) {
        oh_interval at = oh_result_interval(p->result, k);
        interval_row(p, &section->grid, group, k,
                     arena_printf(&p->arena, "%s\xE2\x80\x93%s", at.start, at.end));
    }
}

static void put_group(struct staff_page *p, size_t group)
{
    struct opening list[OPENINGS];
    oh_staff_group info = oh_staffing_group(p->f, group);
    size_t n = openings_of(p->result, list);
    const char *title = info.name;
    if (info.lines) {
        struct page_section *section = sheet_section(
            &p->sheet, &p->arena, arena_printf(&p->arena, "%s, heads by shift", info.name));
        if (section) {
            group_head(p, &section->grid, group, "shift", true);
            for (size_t i = 0; i < info.lines; i++)
                line_row(p, &section->grid, group, i);
        }
        title = arena_printf(&p->arena, "%s, on duty (breaks taken off)", info.name);
    }
    if (n == 0) {
        struct page_section *section = sheet_section(&p->sheet, &p->arena, title);
        if (section) {
            group_head(p, &section->grid, group, "", false);
            interval_row(p, &section->grid, group, 0, "all the time");
        }
    }
    for (size_t d = 0; d < n; d++) {
        char day[WORDS];
        put_opening(p, group, &list[d],
                    list[d].day ? arena_printf(&p->arena, "%s, %s", title ? title : "",
                                               word_day(day, list[d].day))
                                : title);
    }
}

/* ---- what cannot be had ---- */

static void put_misses(struct staff_page *p)
{
    enum { SHOWN = 12 };
    struct page_section *section = sheet_section(&p->sheet, &p->arena, "Missed");
    size_t missed = 0;
    if (!section)
        return;
    grid_column(&section->grid, "queue", false);
    grid_column(&section->grid, "when", false);
    grid_column(&section->grid, "target", false);
    grid_column(&section->grid, "this gives", true);
    for (size_t i = 0; i < oh_staffing_outcomes(p->f); i++) {
        oh_staff_outcome o = oh_staffing_outcome(p->f, i);
        char words[WORDS], share[WORDS];
        if (o.estimate.met || ++missed > SHOWN)
            continue;
        struct grid_row *row = grid_row(&section->grid);
        if (!row)
            return;
        row->cell[0] = (struct grid_cell){oh_model_thing(p->model, o.level, o.thing), TONE_STRONG};
        row->cell[1].text = period_words(p, o.period);
        row->cell[2].text = p->info.days > 0
                                ? arena_printf(&p->arena, "on %s of days",
                                               word_round_share(share, o.estimate.target))
                                : text_of(p, word_target(words, o.column, &o.estimate));
        row->cell[3] = (struct grid_cell){outcome(p, &o, true, false), TONE_BAD};
    }
    if (missed > SHOWN)
        sheet_note(&p->arena, &section->notes,
                   arena_printf(&p->arena, "and %zu more", missed - SHOWN));
}

/* ---- the head ---- */

static const char *more_or_less(struct staff_page *p, double now, double then)
{
    if (fabs(then - now) < 0.005)
        return "as many as now";
    return arena_printf(&p->arena, "%s %s than now", hours(p, fabs(then - now), false),
                        then > now ? "more" : "less");
}

static void put_headline(struct staff_page *p)
{
    struct sheet *sheet = &p->sheet;
    const oh_staff_info *i = &p->info;
    if (!i->met) {
        sheet->headline_tone = TONE_BAD;
        sheet->headline = i->limited
                              ? "No staffing within the limits meets all targets. Below is what as "
                                "many agents as allowed give."
                              : "No number of agents meets all targets: something else than staff "
                                "stands in the way. Below is what a great many agents give.";
        return;
    }
    const char *pay = isnan(i->money) ? NULL : money(p, i->money);
    sheet->headline_tone = TONE_GOOD;
    sheet->headline =
        arena_printf(&p->arena, "All targets are met with %s%s on duty%s, %s%s%s.",
                     hours(p, i->hours, false), p->info.intervals ? "" : " agents", each(p),
                     more_or_less(p, i->now, i->hours), pay ? "; pay " : "", pay ? pay : "");
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

/* What callers say who had no word in the plan, and where chance decides. */
static void put_chance(struct staff_page *p, struct page_section *section)
{
    const oh_staff_info *i = &p->info;
    oh_staff_again again = oh_staffing_again(p->f);
    char share[WORDS], n[WORDS];
    size_t all = oh_staffing_outcomes(p->f);
    if (i->close > 0)
        sheet_note(&p->arena, &section->notes,
                   arena_printf(&p->arena,
                                "Close calls: %zu of the %zu target%s %s within the \xC2\xB1 of "
                                "being missed; there chance decides.",
                                i->close, all, plural(all), i->close == 1 ? "is" : "are"));
    const char *met =
        again.missed == 0
            ? "every target is met again"
            : arena_printf(&p->arena, "%zu of the %zu targets %s missed", again.missed,
                           again.targets, again.missed == 1 ? "is" : "are");
    sheet_note(&p->arena, &section->notes,
               arena_printf(&p->arena,
                            "With yet other callers, who had no part in the plan, %s (%s %s%s).",
                            met, word_fixed(n, again.replications, 0), p->run.replication,
                            plural(again.replications)));
    if (!isnan(i->good_days_half) && i->days == 0)
        sheet_note(&p->arena, &section->notes,
                   arena_printf(&p->arena,
                                "Single %ss differ: over the whole %s the targets hold on %s of "
                                "the %ss (--days asks for a share of them).",
                                p->run.replication, p->run.replication,
                                word_estimate(share, "share", i->good_days, NAN),
                                p->run.replication));
}

/* How the plan was found and how sure it is. */
static void put_proof(struct staff_page *p)
{
    struct page_section *section = sheet_section(&p->sheet, &p->arena, "How sure this is");
    if (!section || !p->info.met)
        return;
    char n[WORDS];
    grid_column(&section->grid, "", false);
    sheet_note(&p->arena, &section->notes,
               p->info.spare > 0
                   ? "The figures are those of a run with other callers than the search's. In it "
                     "every target is met; the last column shows what one agent fewer would give."
                   : "The figures are those of a run with other callers than the search's. In it "
                     "every target is met, and whoever is taken away, a target is missed: the last "
                     "column shows which and by how much.");
    if (p->info.spare > 0)
        sheet_note(&p->arena, &section->notes,
                   arena_printf(&p->arena,
                                "The search was cut short: the plan works, but it is not the "
                                "least. In %zu place%s one agent could still go without a miss.",
                                p->info.spare, plural(p->info.spare)));
    put_chance(p, section);
    sheet_note(&p->arena, &section->notes,
               arena_printf(&p->arena, "%s staffings were simulated; what was made least is %s.",
                            word_fixed(n, (double)p->info.runs, 0),
                            p->info.by_money ? "pay" : "the hours on duty"));
}

static void put_head(struct staff_page *p, const oh_write_context *context)
{
    struct arena *a = &p->arena;
    char confidence[WORDS], n[WORDS], share[WORDS];
    p->sheet.title = oh_model_name(p->model);
    if (context->variant && *context->variant)
        p->sheet.title = arena_printf(a, "%s, variant %s", p->sheet.title, context->variant);
    p->sheet.about = p->sheet.question = "How many agents does it take?";
    const char *often =
        p->info.days > 0 ? arena_printf(a, " on %s of the %ss",
                                        word_round_share(share, p->info.days), p->run.replication)
                         : "";
    const char *what =
        arena_printf(a, "targets hold%s %s", often ? often : "",
                     p->info.intervals == 0           ? "in the steady state"
                     : p->info.per == OH_PER_INTERVAL ? "in every interval with calls"
                                                      : "over the day");
    p->sheet.basis = what;
    if (p->result)
        p->sheet.basis = arena_printf(
            a, "%s; %s %s%s simulated, seed %u; \xC2\xB1 is the %s confidence interval",
            what ? what : "", word_fixed(n, p->run.replications, 0), p->run.replication,
            plural(p->run.replications), (unsigned)p->run.seed,
            word_round_share(confidence, p->run.confidence));
    p->sheet.warnings = context->warnings;
    p->sheet.warnings_count = context->warnings_count;
}

oh_status staff_write_page(const oh_staffing *f, const oh_write_context *context, bool markdown,
                           oh_sink sink)
{
    struct emit e = emit_to(sink);
    struct staff_page p = {.f = f,
                           .result = oh_staffing_result(f),
                           .model = oh_staffing_model(f),
                           .info = oh_staffing_info(f)};
    arena_init(&p.arena);
    p.currency = oh_model_currency(p.model);
    p.run = (oh_run_info){.replication = "day"};
    p.length = oh_staffing_length(f);
    if (p.result)
        p.run = oh_result_info(p.result);
    put_head(&p, context);
    put_headline(&p);
    if (p.result) {
        if (p.info.met)
            put_targets(&p);
        else
            put_misses(&p);
        if (p.info.met || p.info.limited)
            put_groups(&p);
        for (size_t g = 0; p.info.met && g < oh_model_things(p.model, OH_AGENTS); g++)
            if (oh_staffing_group(f, g).chosen)
                staff_put_week(&p.sheet, &p.arena, f, g);
        for (size_t g = 0; p.info.met && g < oh_model_things(p.model, OH_AGENTS); g++)
            if (oh_staffing_group(f, g).chosen)
                put_group(&p, g);
        put_proof(&p);
    }
    if (!p.arena.failed && markdown)
        sheet_markdown(&p.sheet, &e);
    else if (!p.arena.failed)
        sheet_table(&p.sheet, &e, context->colour);
    oh_status status = p.arena.failed ? OH_NO_MEMORY : emit_status(&e);
    arena_free(&p.arena);
    return status;
}
