/* report_html.c - the report as a whole: what stands where.
 *
 * The answer first: what a director sees in five seconds is the verdict, then the day, the risk,
 * what could be changed, what it costs. Details and grounds follow for those who ask.
 */
#include <stdio.h>
#include <string.h>

#include "explain_page.h"
#include "html_page.h"
#include "html_text.h"
#include "lookup.h"
#include "report_parts.h"

/* Rows of what the scenario means, interval by interval. */
enum { EXPLAINED_ROWS = 400 };

struct layout {
    struct html_page html;
    struct report *report;
};

static const oh_report_picture *picture_of(const oh_report *given, const char *name)
{
    for (size_t i = 0; i < given->pictures_count; i++)
        if (strcmp(given->pictures[i].name, name) == 0 && given->pictures[i].wide)
            return &given->pictures[i];
    return NULL;
}

/* The picture with what it shows below it. Where there are no pictures at all the words stand
 * alone. */
static void put_picture(struct layout *l, const char *name, const char *title)
{
    const oh_report_picture *p = picture_of(l->report->given, name);
    bool alone = l->report->given->pictures_count == 0 && l->report->given->no_pictures;
    const char *says = p || alone ? report_words(l->report, name) : NULL;
    if (says)
        html_picture(&l->html, p, title, says);
}

/* ---- the answer ---- */

static void put_verdict(struct layout *l, const struct report_verdict *v)
{
    struct emit *e = &l->html.e;
    const char *tone = v->judged ? html_tone(page_tone(v->verdict)) : "none";
    emit_text(e, "<li class=\"");
    emit_text(e, tone);
    emit_text(e, "\">");
    html_element(e, "span", "mark", v->judged ? verdict_words(v->verdict) : "no target given");
    html_element(e, "span", "words", v->sentence ? v->sentence : "");
    if (v->often)
        html_element(e, "span", "words", v->often);
    html_lines(&l->html, &v->also, "also");
    emit_text(e, "</li>\n");
}

static void put_answer(struct layout *l)
{
    struct report *r = l->report;
    struct emit *e = &l->html.e;
    emit_text(e, "<header>\n");
    html_element(e, "h1", NULL, r->page.sheet.title);
    if (*r->page.sheet.question)
        html_element(e, "p", NULL, r->page.sheet.question);
    html_element(e, "p", "basis", r->page.sheet.basis);
    emit_text(e, "</header>\n<main>\n");
    if (r->page.sheet.stopped)
        html_element(e, "p", "unsure strong", r->page.sheet.stopped);
    if (r->page.sheet.headline)
        html_element(e, "p",
                     r->page.sheet.headline_tone == TONE_GOOD  ? "headline good"
                     : r->page.sheet.headline_tone == TONE_BAD ? "headline bad"
                                                               : "headline unsure",
                     r->page.sheet.headline);
    emit_text(e, "<ul class=\"verdicts\">\n");
    for (const struct report_verdict *v = r->verdicts; v; v = v->next)
        put_verdict(l, v);
    emit_text(e, "</ul>\n<dl class=\"figures\">\n");
    for (const struct report_figure *f = r->figures; f; f = f->next) {
        emit_text(e, "<div>");
        html_element(e, "dt", NULL, f->name);
        html_element(e, "dd", NULL, f->value);
        emit_text(e, "</div>\n");
    }
    emit_text(e, "</dl>\n");
}

static void put_day(struct layout *l)
{
    const char *n = l->report->page.info.replication;
    bool week = strcmp(n, "week") == 0;
    if (oh_result_intervals(l->report->page.result) == 0)
        return;
    html_heading(&l->html, week ? "The week in one picture" : "The day in one picture");
    put_picture(l, "day_profile", week ? "How does the week run?" : "How does the day run?");
    if (l->report->given->no_pictures)
        html_element(&l->html.e, "p", "unsure", l->report->given->no_pictures);
    html_detail(&l->html, &l->report->page.worst);
    emit_text(&l->html.e, "</section>\n");
}

/* Ten boxes, as many filled as days of ten meet the target. */
static void put_ten(struct layout *l)
{
    const oh_result *result = l->report->page.result;
    if (oh_result_things(result, OH_QUEUE) != 1)
        return;
    double met = figure_value(result, OH_QUEUE, 0, OH_WHOLE, "target_met");
    emit_text(&l->html.e, "<div class=\"ten\" aria-hidden=\"true\">");
    for (int i = 0; i < 10; i++)
        emit_text(&l->html.e, 10 * met >= i + 0.5 ? "<i class=\"on\"></i>" : "<i></i>");
    emit_text(&l->html.e, "</div>\n");
}

static void put_risk(struct layout *l)
{
    const char *week = strcmp(l->report->page.info.replication, "week") == 0 ? "weeks" : "days";
    char title[60];
    if (l->report->risk.grid.rows == 0)
        return;
    html_heading(&l->html, l->report->risk.title);
    put_ten(l);
    html_table(&l->html, &l->report->risk);
    snprintf(title, sizeof title, "How much do the %s differ?", week);
    put_picture(l, "service_level_days", title);
    emit_text(&l->html.e, "</section>\n");
}

static void put_change(struct layout *l)
{
    if (l->report->change.grid.rows == 0 && !l->report->given->no_changes)
        return;
    html_heading(&l->html, l->report->change.title);
    html_table(&l->html, &l->report->change);
    if (l->report->given->no_changes)
        html_element(&l->html.e, "p", "faint", l->report->given->no_changes);
    emit_text(&l->html.e, "</section>\n");
}

static void put_money(struct layout *l)
{
    if (l->report->page.money.grid.rows == 0)
        return;
    html_heading(&l->html, "What does it cost?");
    html_table(&l->html, &l->report->page.money);
    emit_text(&l->html.e, "</section>\n");
}

/* ---- details and grounds ---- */

static void put_details(struct layout *l)
{
    struct page *page = &l->report->page;
    bool steady = oh_result_intervals(page->result) == 0;
    html_heading(&l->html, "Details");
    html_detail(&l->html, &page->targets);
    html_detail(&l->html, &page->calls);
    html_detail(&l->html, &page->beside);
    html_detail(&l->html, &page->agents);
    html_detail(&l->html, &page->days);
    html_detail(&l->html, &page->theory);
    if (steady && l->report->given->no_pictures)
        html_element(&l->html.e, "p", "unsure", l->report->given->no_pictures);
    put_picture(l, "wait_distribution", "How long do callers wait?");
    put_picture(l, "abandonment_curve", "How long are callers patient?");
    put_picture(l, "queue_over_day", "How many are waiting?");
    put_picture(l, "staffing", "Who is there, and how busy?");
    if (oh_result_things(page->result, OH_QUEUE) > 1)
        put_picture(l, "channel_mix", "What is the work made of?");
    if (l->html.left_out > 0)
        html_element(
            &l->html.e, "p", "faint",
            "Some pictures are left out, so that the page stays small; --plots draws all.");
    emit_text(&l->html.e, "</section>\n");
}

static void put_intervals(struct layout *l)
{
    struct report *r = l->report;
    if (!r->intervals.first)
        return;
    html_heading(&l->html, "Interval by interval");
    emit_text(&l->html.e, "<p class=\"faint\">A click on a column's head sorts by it.</p>\n");
    for (const struct page_section *s = r->intervals.first; s; s = s->next) {
        html_element(&l->html.e, "h3", NULL, s->title);
        html_grid(&l->html.e, &s->grid, s->title, true);
    }
    if (r->left_out)
        html_element(&l->html.e, "p", "faint", r->left_out);
    emit_text(&l->html.e, "</section>\n");
}

static void put_explanation(struct layout *l)
{
    size_t rows = 0, left_out = 0;
    for (const struct page_section *s = l->report->assumed.first; s; s = s->next) {
        rows += s->grid.rows;
        if (rows <= EXPLAINED_ROWS)
            html_detail(&l->html, s);
        else
            left_out++;
    }
    if (left_out > 0)
        html_element(&l->html.e, "p", "faint",
                     "More tables are left out, so that the page stays small; 'onhold explain' has "
                     "them.");
}

static void put_assumptions(struct layout *l)
{
    const char *about = l->report->page.sheet.about;
    bool more = about[strlen(l->report->page.sheet.question)] != '\0';
    if (!l->report->assumed.first && !more)
        return;
    html_heading(&l->html, "What was assumed, and what a planner would say");
    put_explanation(l);
    if (more) {
        html_element(&l->html.e, "h3", NULL, "What the scenario says about itself");
        html_paragraphs(&l->html.e, about);
    }
    emit_text(&l->html.e, "</section>\n");
}

static void put_grounds(struct layout *l)
{
    struct report *r = l->report;
    const oh_write_context *context = r->page.context;
    put_assumptions(l);
    html_heading(&l->html, "How sure are we?");
    html_list(&l->html, &r->sure);
    html_warnings(&l->html, context->warnings, context->warnings_count);
    emit_text(&l->html.e, "</section>\n");
    html_repeat(&l->html, r->command, &r->page.info);
    html_file(&l->html, context);
}

static void lay_out(struct layout *l)
{
    html_begin(&l->html, l->report->page.sheet.title);
    put_answer(l);
    put_day(l);
    put_risk(l);
    put_change(l);
    put_money(l);
    put_details(l);
    put_intervals(l);
    put_grounds(l);
    html_end(&l->html);
}

oh_status oh_report_html(const oh_result *result, const oh_write_context *context,
                         const oh_report *given, oh_sink sink)
{
    struct report report = {.given = given};
    oh_status status = page_make(&report.page, result, context);
    if (status == OH_OK) {
        grid_init(&report.risk.grid, &report.page.arena);
        grid_init(&report.change.grid, &report.page.arena);
        report_verdicts(&report);
        report_figures(&report);
        report_risk(&report);
        report_change(&report);
        report_intervals(&report);
        report_sure(&report);
        report_repeat(&report);
        if (given->explanation)
            explain_page(&report.assumed, &report.page.arena, given->explanation, context);
        struct layout l = {.html = {.e = emit_to(sink)}, .report = &report};
        /* words of pictures are made while the page is written, so memory is looked at twice */
        if (!report.page.arena.failed)
            lay_out(&l);
        status = report.page.arena.failed ? OH_NO_MEMORY : emit_status(&l.html.e);
    }
    page_free(&report.page);
    return status;
}
