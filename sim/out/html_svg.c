/* html_svg.c - reading gnuplot's SVG tag by tag, and letting through what draws.
 *
 * Texts in a picture come from users' files. gnuplot escapes them; should it ever not, what is not
 * on the lists below does not reach the page.
 */
#include "html_svg.h"

#include <stdio.h>
#include <string.h>

#include "html_text.h"

static const char *const elements[] = {"g",      "path",    "polygon", "polyline", "rect",
                                       "circle", "line",    "use",     "text",     "tspan",
                                       "defs",   "pattern", "filter",  "feFlood",  "feComposite"};

/* Fonts, classes and joints are left to the page's style sheet: they are the same everywhere. */
static const char *const attributes[] = {"d",
                                         "x",
                                         "y",
                                         "x1",
                                         "y1",
                                         "x2",
                                         "y2",
                                         "dx",
                                         "dy",
                                         "r",
                                         "cx",
                                         "cy",
                                         "width",
                                         "height",
                                         "points",
                                         "transform",
                                         "fill",
                                         "stroke",
                                         "stroke-width",
                                         "stroke-dasharray",
                                         "fill-opacity",
                                         "color",
                                         "font-size",
                                         "font-weight",
                                         "font-style",
                                         "text-anchor",
                                         "id",
                                         "href",
                                         "filter",
                                         "in",
                                         "in2",
                                         "operator",
                                         "result",
                                         "filterUnits",
                                         "flood-color",
                                         "flood-opacity",
                                         "patternUnits"};

struct tag {
    const char *name;
    size_t length;
    bool closing, empty; /* </g>, <path/> */
    const char *rest;    /* its attributes */
    const char *end;     /* after the > */
};

#define HAS(list, text, length) is_one_of(list, sizeof(list) / sizeof *(list), text, length)

static bool is_one_of(const char *const *list, size_t n, const char *text, size_t length)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(list[i]) == length && memcmp(list[i], text, length) == 0)
            return true;
    return false;
}

/* After the > of a tag that begins at `at`, or NULL: quotes may hold a >. */
static const char *tag_end(const char *at)
{
    for (char quote = 0; *at; at++) {
        if (quote)
            quote = *at == quote ? 0 : quote;
        else if (*at == '"' || *at == '\'')
            quote = *at;
        else if (*at == '>')
            return at + 1;
    }
    return NULL;
}

/* The tag at a '<'; false if there is no end. A comment and the like is one that stands alone. */
static bool read_tag(const char *at, struct tag *tag)
{
    const char *comment = strncmp(at, "<!--", 4) == 0 ? strstr(at + 4, "-->") : NULL;
    *tag = (struct tag){.end = comment ? comment + 3 : tag_end(at)};
    if (!tag->end)
        return false;
    tag->closing = at[1] == '/';
    tag->name = at + 1 + tag->closing;
    tag->length = strcspn(tag->name, " \t\r\n/>");
    tag->rest = tag->name + tag->length;
    tag->empty = tag->end[-2] == '/' || at[1] == '!' || at[1] == '?';
    return true;
}

static bool begins(const char *text, size_t length, const char *with)
{
    size_t n = strlen(with);
    return length >= n && memcmp(text, with, n) == 0;
}

static void put_value(struct emit *e, const char *name, size_t n, const char *value, size_t length,
                      const char *prefix)
{
    bool colour = begins(value, length, "rgb(");
    emit_char(e, ' ');
    emit_bytes(e, name, n);
    emit_text(e, "=\"");
    if (begins(name, n, "id"))
        emit_text(e, prefix);
    for (size_t i = 0; i < length; i++) {
        if (colour && value[i] == ' ')
            continue;
        char one[2] = {value[i], '\0'};
        if (value[i] == '#' && (begins(name, n, "href") || begins(name, n, "filter"))) {
            emit_char(e, '#');
            emit_text(e, prefix);
        } else if (value[i] == '&') {
            emit_char(e, '&'); /* a reference already */
        } else if ((unsigned char)value[i] < 0x80) {
            html_text(e, one);
        }
    }
    emit_char(e, '"');
}

static bool harmless(const char *name, size_t n, const char *value, size_t length)
{
    if (begins(name, n, "href"))
        return begins(value, length, "#");
    if (begins(name, n, "id"))
        return !begins(value, length, "gp_") && !begins(value, length, "gnuplot");
    const char *url = memchr(value, '(', length);
    return !url || begins(value, length, "url(#") || begins(value, length, "rgb(") ||
           begins(name, n, "transform");
}

/* What gnuplot says again and again of groups: the <svg> element says it once, and groups that
 * stand in no other inherit it. */
static const struct {
    const char *name, *value;
} usual[] = {{"fill", "none"},
             {"color", "black"},
             {"stroke", "currentColor"},
             {"stroke-width", "1.00"},
             {"font-size", "14.00"}};

static bool is_usual(const char *name, size_t n, const char *value, size_t length)
{
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (begins(name, n, usual[i].name) && strlen(usual[i].name) == n)
            return strlen(usual[i].value) == length && begins(value, length, usual[i].value);
    return false;
}

/* Is it one of those attributes, whatever its value? */
static bool is_inherited(const char *name, size_t n)
{
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (begins(name, n, usual[i].name) && strlen(usual[i].name) == n)
            return true;
    return false;
}

/* How deep in elements that hold others, and the depth of the first that is not as usual (0: none).
 * What is defined for use elsewhere inherits from there, so it is not as usual either. */
struct nest {
    unsigned depth, unusual;
};

static bool is_tag(const struct tag *tag, const char *name)
{
    return tag->length == strlen(name) && memcmp(tag->name, name, tag->length) == 0;
}

static bool holds_others(const struct tag *tag)
{
    return is_tag(tag, "g") || is_tag(tag, "defs");
}

static void leave(struct nest *nest)
{
    if (nest->unusual == nest->depth)
        nest->unusual = 0;
    nest->depth -= nest->depth > 0;
}

struct attribute {
    const char *name, *value;
    size_t n, length;
};

/* The attribute at *at, which moves on; false after the last. */
static bool read_attribute(const char **at, const char *end, struct attribute *a)
{
    static const char blanks[] = " \t\r\n/";
    const char *from = *at + strspn(*at, blanks);
    *a = (struct attribute){.name = from, .n = strcspn(from, "=> \t\r\n")};
    from += a->n + strspn(from + a->n, blanks);
    if (from >= end - 1 || *from != '=')
        return false;
    from += 1 + strspn(from + 1, blanks);
    if (*from != '"' && *from != '\'')
        return false;
    a->value = from + 1;
    const char *close = strchr(a->value, *from);
    if (!close || close >= end)
        return false;
    a->length = (size_t)(close - a->value);
    *at = close + 1;
    if (begins(a->name, a->n, "xlink:")) { /* HTML knows it by its plain name */
        a->name += strlen("xlink:");
        a->n -= strlen("xlink:");
    }
    /* as gnuplot writes the ground of a label */
    if (begins(a->name, a->n, "style") && begins(a->value, a->length, "filter:url(#"))
        *a = (struct attribute){"filter", a->value + 7, 6, a->length - 7};
    return true;
}

static void put_attributes(struct emit *e, const struct tag *tag, const char *prefix,
                           struct nest *nest)
{
    struct attribute a;
    bool holds = holds_others(tag) && !tag->empty, clean = nest->unusual == 0;
    nest->depth += holds;
    for (const char *at = tag->rest; read_attribute(&at, tag->end, &a);) {
        if ((clean && is_usual(a.name, a.n, a.value, a.length)) || !HAS(attributes, a.name, a.n) ||
            !harmless(a.name, a.n, a.value, a.length))
            continue;
        put_value(e, a.name, a.n, a.value, a.length, prefix);
        if (holds && clean && is_inherited(a.name, a.n))
            nest->unusual = nest->depth;
    }
    if (clean && is_tag(tag, "defs"))
        nest->unusual = nest->depth;
}

/* Where reading goes on after an element that is left out with all that is in it. */
static const char *skip_element(const struct tag *tag)
{
    const char *at = tag->end;
    struct tag next;
    while (!tag->empty && (at = strchr(at, '<')) && read_tag(at, &next)) {
        if (next.closing && next.length == tag->length &&
            memcmp(next.name, tag->name, tag->length) == 0)
            return next.end;
        at = next.end;
    }
    return tag->empty ? tag->end : at;
}

/* gnuplot opens many groups that stay empty. */
static const char *skip_empty_group(const struct tag *tag)
{
    const char *at = tag->end + strspn(tag->end, " \t\r\n");
    bool group = is_tag(tag, "g") && !tag->closing;
    return group && strncmp(at, "</g>", 4) == 0 ? at + 4 : NULL;
}

/* Texts are escaped by gnuplot. Blanks between elements draw nothing. */
static void put_words(struct emit *e, const char *from, const char *to)
{
    if (from + strspn(from, " \t\r\n") < to)
        emit_bytes(e, from, (size_t)(to - from));
}

static void put_inside(struct emit *e, const char *at, const char *prefix)
{
    struct tag tag;
    struct nest nest = {0};
    for (const char *from = at; (at = strchr(from, '<')) && read_tag(at, &tag);) {
        const char *empty = skip_empty_group(&tag);
        put_words(e, from, at);
        if (tag.closing && is_tag(&tag, "svg"))
            return;
        if (empty) {
            from = empty;
        } else if (!HAS(elements, tag.name, tag.length) ||
                   (nest.unusual == 0 && is_tag(&tag, "rect"))) { /* its ground is the page's */
            from = tag.closing ? tag.end : skip_element(&tag);
            if (!from)
                return;
        } else {
            emit_text(e, tag.closing ? "</" : "<");
            emit_bytes(e, tag.name, tag.length);
            if (!tag.closing)
                put_attributes(e, &tag, prefix, &nest);
            else if (holds_others(&tag))
                leave(&nest);
            emit_text(e, tag.empty ? "/>" : ">");
            from = tag.end;
        }
    }
}

void html_svg(struct emit *e, const char *svg, const char *class, const char *name,
              const char *prefix)
{
    const char *at = strstr(svg, "<svg"), *box;
    struct tag tag;
    unsigned width = 0, height = 0;
    if (!at || !read_tag(at, &tag))
        return;
    box = strstr(at, "viewBox=\"0 0 ");
    if (!box || box > tag.end || sscanf(box, "viewBox=\"0 0 %u %u", &width, &height) != 2)
        return;
    char sizes[120];
    snprintf(sizes, sizeof sizes, "viewBox=\"0 0 %u %u\" width=\"%u\" height=\"%u\"", width, height,
             width, height);
    emit_text(e, "<svg class=\"");
    emit_text(e, class);
    emit_text(e, "\" role=\"img\" ");
    emit_text(e, sizes);
    emit_text(e, " aria-labelledby=\"");
    emit_text(e, name);
    emit_text(e, "-t\" aria-describedby=\"");
    emit_text(e, name);
    emit_text(e, "-d\"");
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        put_value(e, usual[i].name, strlen(usual[i].name), usual[i].value, strlen(usual[i].value),
                  "");
    emit_char(e, '>');
    put_inside(e, tag.end, prefix);
    emit_text(e, "</svg>\n");
}
