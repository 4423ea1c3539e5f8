/* html_page.c - the frame of a page, and what pages are made of. */
#include "html_page.h"

#include <stdio.h>
#include <string.h>

#include "../base/sha256.h"
#include "html_style.h"
#include "html_svg.h"
#include "html_text.h"

/* Bytes of pictures that a page holds; its other parts need some 500 kB at most. */
enum { PICTURE_BYTES = 1350000 };

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

void html_begin(struct html_page *p, const char *title)
{
    struct emit *e = &p->e;
    emit_text(e, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                 "style-src 'unsafe-inline'; script-src ");
    put_script_hash(e);
    emit_text(e, "\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                 "<meta name=\"color-scheme\" content=\"light dark\">\n"
                 "<meta name=\"generator\" content=\"onhold ");
    html_text(e, oh_version());
    emit_text(e, "\">\n");
    html_element(e, "title", NULL, title);
    emit_text(e, "<style>\n");
    for (const char *const *part = html_style; *part; part++)
        emit_text(e, *part);
    emit_text(e, "</style>\n</head>\n<body>\n");
}

/* ---- parts ---- */

void html_heading(struct html_page *p, const char *title)
{
    emit_text(&p->e, "<section>\n");
    html_element(&p->e, "h2", NULL, title);
}

void html_lines(struct html_page *p, const struct page_lines *lines, const char *class)
{
    for (const struct page_line *line = lines->first; line; line = line->next)
        html_element(&p->e, "p", class, line->text);
}

void html_list(struct html_page *p, const struct page_lines *lines)
{
    if (!lines->first)
        return;
    emit_text(&p->e, "<ul>\n");
    for (const struct page_line *line = lines->first; line; line = line->next)
        html_element(&p->e, "li", NULL, line->text);
    emit_text(&p->e, "</ul>\n");
}

void html_table(struct html_page *p, const struct page_section *s)
{
    if (s->grid.rows > 0)
        html_grid(&p->e, &s->grid, s->title, false);
    html_lines(p, &s->notes, "faint");
}

/* A section of the table under a heading of its own, if there is anything in it. */
void html_detail(struct html_page *p, const struct page_section *s)
{
    if (s->grid.rows == 0 && !s->notes.first)
        return;
    html_element(&p->e, "h3", NULL, s->title);
    html_table(p, s);
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

static void put_drawn(struct html_page *page, const oh_report_picture *p, bool both)
{
    char prefix[80];
    snprintf(prefix, sizeof prefix, "%.60s-w-", p->name);
    html_svg(&page->e, p->wide, both ? "wide paired" : "wide", p->name, prefix);
    snprintf(prefix, sizeof prefix, "%.60s-n-", p->name);
    if (both)
        html_svg(&page->e, p->narrow, "narrow", p->name, prefix);
}

void html_picture(struct html_page *page, const oh_report_picture *p, const char *title,
                  const char *says)
{
    struct emit *e = &page->e;
    if (!p) {
        html_element(e, "h3", NULL, title);
        html_element(e, "p", NULL, says);
        return;
    }
    size_t wide = length_of(p->wide), narrow = p->narrow ? length_of(p->narrow) : 0;
    if (wide == 0)
        return;
    if (page->pictured + wide > PICTURE_BYTES) {
        page->left_out++;
        return;
    }
    bool both = narrow > 0 && page->pictured + wide + narrow <= PICTURE_BYTES;
    page->pictured += wide + (both ? narrow : 0);
    emit_text(e, "<figure>\n<h3 id=\"");
    emit_text(e, p->name);
    emit_text(e, "-t\">");
    html_text(e, title);
    emit_text(e, "</h3>\n");
    put_drawn(page, p, both);
    emit_text(e, "<figcaption id=\"");
    emit_text(e, p->name);
    emit_text(e, "-d\">");
    html_text(e, says);
    emit_text(e, "</figcaption>\n</figure>\n");
}

/* ---- the end ---- */

void html_warnings(struct html_page *p, const char *const *warnings, size_t n)
{
    if (n == 0)
        return;
    html_element(&p->e, "h3", NULL, "Warnings");
    emit_text(&p->e, "<ul>\n");
    for (size_t i = 0; i < n; i++)
        html_element(&p->e, "li", NULL, warnings[i]);
    emit_text(&p->e, "</ul>\n");
}

void html_repeat(struct html_page *p, const char *command, const oh_run_info *info)
{
    char line[400];
    html_heading(p, "The same again");
    emit_text(&p->e, "<pre tabindex=\"0\"><code>");
    html_text(&p->e, command);
    emit_text(&p->e, "</code></pre>\n</section>\n</main>\n<footer>\n");
    snprintf(line, sizeof line, "onhold %.20s with GSL %.20s; seed %u, %u %s%s, from number %u.",
             oh_version(), oh_gsl_version(), (unsigned)info->seed, (unsigned)info->replications,
             info->replication, info->replications == 1 ? "" : "s", (unsigned)info->first);
    html_element(&p->e, "p", NULL, line);
}

void html_file(struct html_page *p, const oh_write_context *context)
{
    emit_text(&p->e, "<p>Scenario file ");
    html_text(&p->e, context->file);
    emit_text(&p->e, ", SHA-256 <code>");
    html_text(&p->e, context->sha256);
    emit_text(&p->e, "</code></p>\n");
}

void html_end(struct html_page *p)
{
    emit_text(&p->e, "</footer>\n<script>");
    emit_text(&p->e, html_script);
    emit_text(&p->e, "</script>\n</body>\n</html>\n");
}
