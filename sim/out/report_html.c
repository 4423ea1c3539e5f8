/* report_html.c - the report as a whole: what stands where.
 *
 * The answer first: what a director sees in five seconds is the verdict, then the day, the risk,
 * what could be changed, what it costs. Details and grounds follow for those who ask.
 */
#include <stdio.h>
#include <string.h>

#include "../base/sha256.h"
#include "explain_page.h"
#include "html_style.h"
#include "html_svg.h"
#include "html_text.h"
#include "lookup.h"
#include "report_parts.h"

/* Bytes of pictures that a page holds; its other parts need some 500 kB at most. */
enum { PICTURE_BYTES = 1350000 };

/* Rows of what the scenario means, interval by interval. */
enum { EXPLAINED_ROWS = 400 };

struct layout {
    struct emit e;
    struct report *report;
    size_t pictured;   /* bytes of pictures so far */
    size_t left_out;   /* pictures that did not find room */
    unsigned headings; /* for ids */
};

/* ---- head ---- */

/* The script's hash for the policy that lets no other run: base64 of SHA-256 (CSP level 2). */
static void put_script_hash(struct emit *e)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char hex[65];
    unsigned bits = 0, held = 0;
    sha256_of(html_script, strlen(html_script), hex);
    emit_text(e, "'sha256-");
    for (const char *h = hex; *h; h++) {
        bits = bits << 4 | (unsigned)(*h <= '9' ? *h - '0' : *h - 'a' + 10);
        for (held += 4; held >= 6; held -= 6)
            emit_char(e, digits[bits >> (held - 6) & 63]);
    }
    emit_char(e, digits[bits << (6 - held) & 63]); /* 256 = 42 * 6 + 4 bits */
    emit_text(e, "='");
}

static void put_head(struct layout *l)
{
    struct emit *e = &l->e;
    emit_text(e, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                 "style-src 'unsafe-inline'; script-src ");
    put_script_hash(e);
    emit_text(e, "\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                 "<meta name=\"color-scheme\" content=\"light dark\">\n"
                 "<meta name=\"generator\" content=\"onhold ");
    html_text(e, oh_version());
    emit_text(e, "\">\n");
    html_element(e, "title", NULL, l->report->page.sheet.title);
    emit_text(e, "<style>\n");
    for (const char *const *part = html_style; *part; part++)
        emit_text(e, *part);
    emit_text(e, "</style>\n</head>\n<body>\n");
}

/* ---- parts ---- */

static void heading(struct layout *l, const char *title)
{
    emit_text(&l->e, "<section>\n");
    html_element(&l->e, "h2", NULL, title);
}

static void put_lines(struct layout *l, const struct page_lines *lines, const char *class)
{
    for (const struct page_line *line = lines->first; line; line = line->next)
        html_element(&l->e, "p", class, line->text);
}

static void put_list(struct layout *l, const struct page_lines *lines)
{
    if (!lines->first)
        return;
    emit_text(&l->e, "<ul>\n");
    for (const struct page_line *line = lines->first; line; line = line->next)
        html_element(&l->e, "li", NULL, line->text);
    emit_text(&l->e, "</ul>\n");
}

static void put_grid(struct layout *l, const struct page_section *s)
{
    if (s->grid.rows > 0)
        html_grid(&l->e, &s->grid, s->title, false);
    put_lines(l, &s->notes, "faint");
}

/* A section of the table under a heading of its own, if there is anything in it. */
static void put_detail(struct layout *l, const struct page_section *s)
{
    if (s->grid.rows == 0 && !s->notes.first)
        return;
    html_element(&l->e, "h3", NULL, s->title);
    put_grid(l, s);
}

/* ---- pictures ---- */

static bool count_bytes(void *user, const char *text, size_t length)
{
    (void)text;
    *(size_t *)user += length;
    return true;
}

static size_t length_of(const char *svg)
{
    size_t n = 0;
    struct emit e = emit_to((oh_sink){.write = count_bytes, .user = &n});
    html_svg(&e, svg, "", "", "");
    return n;
}

static const oh_report_picture *picture_of(const oh_report *given, const char *name)
{
    for (size_t i = 0; i < given->pictures_count; i++)
        if (strcmp(given->pictures[i].name, name) == 0 && given->pictures[i].wide)
            return &given->pictures[i];
    return NULL;
}

static void put_drawn(struct layout *l, const oh_report_picture *p, bool both)
{
    char prefix[80];
    snprintf(prefix, sizeof prefix, "%.60s-w-", p->name);
    html_svg(&l->e, p->wide, both ? "wide paired" : "wide", p->name, prefix);
    snprintf(prefix, sizeof prefix, "%.60s-n-", p->name);
    if (both)
        html_svg(&l->e, p->narrow, "narrow", p->name, prefix);
}

/* The picture with its words: the title for its name, what it shows below it. Where there are no
 * pictures at all the words stand alone. */
static void put_picture(struct layout *l, const char *name, const char *title)
{
    const oh_report_picture *p = picture_of(l->report->given, name);
    bool alone = l->report->given->pictures_count == 0 && l->report->given->no_pictures;
    const char *says = p || alone ? report_words(l->report, name) : NULL;
    if (says && !p) {
        html_element(&l->e, "h3", NULL, title);
        html_element(&l->e, "p", NULL, says);
    }
    if (!says || !p)
        return;
    size_t wide = length_of(p->wide), narrow = p->narrow ? length_of(p->narrow) : 0;
    if (wide == 0)
        return;
    if (l->pictured + wide > PICTURE_BYTES) {
        l->left_out++;
        return;
    }
    bool both = narrow > 0 && l->pictured + wide + narrow <= PICTURE_BYTES;
    l->pictured += wide + (both ? narrow : 0);
    struct emit *e = &l->e;
    emit_text(e, "<figure>\n<h3 id=\"");
    emit_text(e, name);
    emit_text(e, "-t\">");
    html_text(e, title);
    emit_text(e, "</h3>\n");
    put_drawn(l, p, both);
    emit_text(e, "<figcaption id=\"");
    emit_text(e, name);
    emit_text(e, "-d\">");
    html_text(e, says);
    emit_text(e, "</figcaption>\n</figure>\n");
}

/* ---- the answer ---- */

static void put_verdict(struct layout *l, const struct report_verdict *v)
{
    struct emit *e = &l->e;
    const char *tone = v->judged ? html_tone(page_tone(v->verdict)) : "none";
    emit_text(e, "<li class=\"");
    emit_text(e, tone);
    emit_text(e, "\">");
    html_element(e, "span", "mark", v->judged ? verdict_words(v->verdict) : "no target given");
    html_element(e, "span", "words", v->sentence ? v->sentence : "");
    if (v->often)
        html_element(e, "span", "words", v->often);
    put_lines(l, &v->also, "also");
    emit_text(e, "</li>\n");
}

static void put_answer(struct layout *l)
{
    struct report *r = l->report;
    struct emit *e = &l->e;
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
    heading(l, week ? "The week in one picture" : "The day in one picture");
    put_picture(l, "day_profile", week ? "How does the week run?" : "How does the day run?");
    if (l->report->given->no_pictures)
        html_element(&l->e, "p", "unsure", l->report->given->no_pictures);
    put_detail(l, &l->report->page.worst);
    emit_text(&l->e, "</section>\n");
}

/* Ten boxes, as many filled as days of ten meet the target. */
static void put_ten(struct layout *l)
{
    const oh_result *result = l->report->page.result;
    if (oh_result_things(result, OH_QUEUE) != 1)
        return;
    double met = figure_value(result, OH_QUEUE, 0, OH_WHOLE, "target_met");
    emit_text(&l->e, "<div class=\"ten\" aria-hidden=\"true\">");
    for (int i = 0; i < 10; i++)
        emit_text(&l->e, 10 * met >= i + 0.5 ? "<i class=\"on\"></i>" : "<i></i>");
    emit_text(&l->e, "</div>\n");
}

static void put_risk(struct layout *l)
{
    const char *week = strcmp(l->report->page.info.replication, "week") == 0 ? "weeks" : "days";
    char title[60];
    if (l->report->risk.grid.rows == 0)
        return;
    heading(l, l->report->risk.title);
    put_ten(l);
    put_grid(l, &l->report->risk);
    snprintf(title, sizeof title, "How much do the %s differ?", week);
    put_picture(l, "service_level_days", title);
    emit_text(&l->e, "</section>\n");
}

static void put_change(struct layout *l)
{
    if (l->report->change.grid.rows == 0 && !l->report->given->no_changes)
        return;
    heading(l, l->report->change.title);
    put_grid(l, &l->report->change);
    if (l->report->given->no_changes)
        html_element(&l->e, "p", "faint", l->report->given->no_changes);
    emit_text(&l->e, "</section>\n");
}

static void put_money(struct layout *l)
{
    if (l->report->page.money.grid.rows == 0)
        return;
    heading(l, "What does it cost?");
    put_grid(l, &l->report->page.money);
    emit_text(&l->e, "</section>\n");
}

/* ---- details and grounds ---- */

static void put_details(struct layout *l)
{
    struct page *page = &l->report->page;
    bool steady = oh_result_intervals(page->result) == 0;
    heading(l, "Details");
    put_detail(l, &page->targets);
    put_detail(l, &page->calls);
    put_detail(l, &page->beside);
    put_detail(l, &page->agents);
    put_detail(l, &page->days);
    put_detail(l, &page->theory);
    if (steady && l->report->given->no_pictures)
        html_element(&l->e, "p", "unsure", l->report->given->no_pictures);
    put_picture(l, "wait_distribution", "How long do callers wait?");
    put_picture(l, "abandonment_curve", "How long are callers patient?");
    put_picture(l, "queue_over_day", "How many are waiting?");
    put_picture(l, "staffing", "Who is there, and how busy?");
    if (oh_result_things(page->result, OH_QUEUE) > 1)
        put_picture(l, "channel_mix", "What is the work made of?");
    if (l->left_out > 0)
        html_element(
            &l->e, "p", "faint",
            "Some pictures are left out, so that the page stays small; --plots draws all.");
    emit_text(&l->e, "</section>\n");
}

static void put_intervals(struct layout *l)
{
    struct report *r = l->report;
    if (!r->intervals.first)
        return;
    heading(l, "Interval by interval");
    emit_text(&l->e, "<p class=\"faint\">A click on a column's head sorts by it.</p>\n");
    for (const struct page_section *s = r->intervals.first; s; s = s->next) {
        html_element(&l->e, "h3", NULL, s->title);
        html_grid(&l->e, &s->grid, s->title, true);
    }
    if (r->left_out)
        html_element(&l->e, "p", "faint", r->left_out);
    emit_text(&l->e, "</section>\n");
}

static void put_explanation(struct layout *l)
{
    size_t rows = 0, left_out = 0;
    for (const struct page_section *s = l->report->assumed.first; s; s = s->next) {
        rows += s->grid.rows;
        if (rows <= EXPLAINED_ROWS)
            put_detail(l, s);
        else
            left_out++;
    }
    if (left_out > 0)
        html_element(&l->e, "p", "faint",
                     "More tables are left out, so that the page stays small; 'onhold explain' has "
                     "them.");
}

static void put_assumptions(struct layout *l)
{
    const char *about = l->report->page.sheet.about;
    bool more = about[strlen(l->report->page.sheet.question)] != '\0';
    if (!l->report->assumed.first && !more)
        return;
    heading(l, "What was assumed, and what a planner would say");
    put_explanation(l);
    if (more) {
        html_element(&l->e, "h3", NULL, "What the scenario says about itself");
        html_paragraphs(&l->e, about);
    }
    emit_text(&l->e, "</section>\n");
}

static void put_grounds(struct layout *l)
{
    struct report *r = l->report;
    const oh_write_context *context = r->page.context;
    put_assumptions(l);
    heading(l, "How sure are we?");
    put_list(l, &r->sure);
    if (context->warnings_count > 0) {
        html_element(&l->e, "h3", NULL, "Warnings");
        emit_text(&l->e, "<ul>\n");
        for (size_t i = 0; i < context->warnings_count; i++)
            html_element(&l->e, "li", NULL, context->warnings[i]);
        emit_text(&l->e, "</ul>\n");
    }
    emit_text(&l->e, "</section>\n");
    heading(l, "The same again");
    emit_text(&l->e, "<pre tabindex=\"0\"><code>");
    html_text(&l->e, r->command);
    emit_text(&l->e, "</code></pre>\n</section>\n</main>\n<footer>\n");
    char line[400];
    snprintf(line, sizeof line, "onhold %.20s with GSL %.20s; seed %u, %u %s%s, from number %u.",
             oh_version(), oh_gsl_version(), (unsigned)r->page.info.seed,
             (unsigned)r->page.info.replications, r->page.info.replication,
             r->page.info.replications == 1 ? "" : "s", (unsigned)r->page.info.first);
    html_element(&l->e, "p", NULL, line);
    emit_text(&l->e, "<p>Scenario file ");
    html_text(&l->e, context->file);
    emit_text(&l->e, ", SHA-256 <code>");
    html_text(&l->e, context->sha256);
    emit_text(&l->e, "</code></p>\n</footer>\n");
}

static void lay_out(struct layout *l)
{
    put_head(l);
    put_answer(l);
    put_day(l);
    put_risk(l);
    put_change(l);
    put_money(l);
    put_details(l);
    put_intervals(l);
    put_grounds(l);
    emit_text(&l->e, "<script>");
    emit_text(&l->e, html_script);
    emit_text(&l->e, "</script>\n</body>\n</html>\n");
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
        struct layout l = {.e = emit_to(sink), .report = &report};
        /* words of pictures are made while the page is written, so memory is looked at twice */
        if (!report.page.arena.failed)
            lay_out(&l);
        status = report.page.arena.failed ? OH_NO_MEMORY : emit_status(&l.e);
    }
    page_free(&report.page);
    return status;
}
