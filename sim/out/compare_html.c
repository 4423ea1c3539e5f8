/* compare_html.c - a comparison as a page for a manager: by each thing that counts who is best, the
 * differences in one picture, then what each variant changes, and on what grounds.
 */
#include <stdio.h>
#include <string.h>

#include "compare_page.h"
#include "html_page.h"
#include "html_text.h"
#include "shell_line.h"

/* ---- the answer ---- */

static void put_best(struct html_page *h, struct compare_page *p, const oh_best *best)
{
    char words[WORDS];
    bool told = best->surely >= p->info.confidence;
    emit_text(&h->e, told ? "<li class=\"good\">" : "<li class=\"unsure\">");
    html_element(&h->e, "span", "mark", criterion_words(words, p->comparison, best));
    const char *says = compare_best_words(p, best);
    html_element(&h->e, "span", "words", says ? says : "");
    emit_text(&h->e, "</li>\n");
}

static void put_answer(struct html_page *h, struct compare_page *p)
{
    emit_text(&h->e, "<header>\n");
    html_element(&h->e, "h1", NULL, p->sheet.title);
    if (*p->sheet.question)
        html_element(&h->e, "p", NULL, p->sheet.question);
    html_element(&h->e, "p", "basis", p->sheet.basis);
    emit_text(&h->e, "</header>\n<main>\n");
    if (p->sheet.stopped)
        html_element(&h->e, "p", "unsure strong", p->sheet.stopped);
    emit_text(&h->e, "<ul class=\"verdicts\">\n");
    for (size_t k = 0; k < p->criteria; k++)
        put_best(h, p, &p->best[k]);
    emit_text(&h->e, "</ul>\n");
}

/* ---- the picture ---- */

/* What it shows, for those who cannot see it. */
static const char *picture_words(struct compare_page *p)
{
    const oh_comparison *c = p->comparison;
    const char *all = "";
    char what[WORDS], words[WORDS];
    for (size_t k = 0; k < p->criteria; k++) {
        const oh_best *best = &p->best[k];
        const oh_metric *metric = oh_comparison_column(c, best->level, best->column)->metric;
        criterion_words(what, c, best);
        for (size_t i = 1; i < oh_comparison_count(c); i++) {
            oh_difference d;
            if (!oh_comparison_read(c, i, best->level, best->thing, OH_WHOLE, best->column, &d))
                continue;
            difference_words(words, metric, &d, oh_comparison_name(c, 0), oh_comparison_name(c, i));
            all = arena_printf(&p->arena, "%s%s%s, %s: %s.", all ? all : "", all && *all ? " " : "",
                               what, oh_comparison_name(c, i), words);
        }
    }
    return all;
}

static void put_picture(struct html_page *h, struct compare_page *p, const oh_compare_report *given)
{
    const char *says = picture_words(p);
    if (!says || !*says)
        return;
    html_heading(h, "What does each variant change?");
    html_picture(h, given->picture.wide ? &given->picture : NULL,
                 "How far from the base, with the interval of each difference", says);
    if (given->no_picture)
        html_element(&h->e, "p", "unsure", given->no_picture);
    emit_text(&h->e, "</section>\n");
}

/* ---- the tables ---- */

/* The sections of the criteria under one heading, those of the variants under another. */
static void put_tables(struct html_page *h, const struct compare_page *p)
{
    size_t k = 0;
    for (const struct page_section *s = p->sheet.first; s; s = s->next, k++) {
        if (k == 0 && p->criteria > 0)
            html_heading(h, "Who is best?");
        if (k == p->criteria) {
            if (k > 0)
                emit_text(&h->e, "</section>\n");
            html_heading(h, "Details");
        }
        html_detail(h, s);
    }
    emit_text(&h->e, "</section>\n");
}

/* ---- the grounds ---- */

static bool one_file(const struct compare_page *p)
{
    for (size_t i = 1; i < oh_comparison_count(p->comparison); i++)
        if (strcmp(p->context[i].file, p->context[0].file) != 0)
            return false;
    return *p->context[1].variant != '\0';
}

/* What the base was given is what all were given. */
static const char *command(struct compare_page *p)
{
    size_t n = oh_comparison_count(p->comparison);
    const char *line = shell_word(&p->arena, "onhold compare", p->context[0].file);
    for (size_t i = 1; i < n && !one_file(p); i++)
        line = shell_word(&p->arena, line, p->context[i].file);
    if (one_file(p) && n == 2)
        line = shell_option(&p->arena, line, "--variant", p->context[1].variant);
    line = shell_experiment(&p->arena, line, &p->context[0], &p->info);
    return line ? arena_printf(&p->arena, "%s --report report.html", line) : NULL;
}

static void put_grounds(struct html_page *h, struct compare_page *p)
{
    const char *about = p->sheet.about, *again = command(p);
    html_heading(h, "How sure are we?");
    html_element(&h->e, "p", NULL,
                 "All were played with the same callers, so a difference is much surer than the "
                 "figures themselves; \xC2\xB1 is its interval: what chance alone makes of it. The "
                 "intervals say nothing about whether the assumptions hold.");
    html_warnings(h, p->sheet.warnings, p->sheet.warnings_count);
    if (about[strlen(p->sheet.question)] != '\0') {
        html_element(&h->e, "h3", NULL, "What the scenario says about itself");
        html_paragraphs(&h->e, about);
    }
    emit_text(&h->e, "</section>\n");
    html_repeat(h, again ? again : "", &p->info);
    for (size_t i = 0; i < (one_file(p) ? 1 : oh_comparison_count(p->comparison)); i++)
        html_file(h, &p->context[i]);
}

oh_status oh_compare_html(const oh_comparison *comparison, const oh_write_context *context,
                          const oh_compare_report *given, oh_sink sink)
{
    struct compare_page page;
    struct html_page html = {.e = emit_to(sink)};
    oh_status status = compare_page_make(&page, comparison, context);
    if (status == OH_OK) {
        html_begin(&html, page.sheet.title);
        put_answer(&html, &page);
        put_picture(&html, &page, given);
        put_tables(&html, &page);
        put_grounds(&html, &page);
        html_end(&html);
        /* words are made while the page is written */
        status = page.arena.failed ? OH_NO_MEMORY : emit_status(&html.e);
    }
    arena_free(&page.arena);
    return status;
}
