/* yaml_words.c - libyaml's syntax errors in plain words.
 *
 * What libyaml noticed is seldom what the writer did: it says "mapping values are not allowed in
 * this context" for a colon inside a text. So the line is looked at again for the usual slips
 * (tabs, unquoted signs, a missing space), and only then is libyaml's complaint translated.
 */
#include "yaml_words.h"

#include <string.h>

enum {
    SHOWN = 60,    /* bytes of the user's text that a hint repeats */
    KEY_MAX = 1024 /* characters that libyaml looks ahead for the colon */
};

/* A line with the place in it that the complaint is about. */
struct spot {
    const char *line, *end; /* the line; not NULL */
    const char *at;         /* line <= at <= end */
};

static struct spot spot_of(struct span span)
{
    struct spot spot = {"", "", ""};
    size_t length;
    if (!span.source || !source_line(span.source, span.line, &spot.line, &length)) {
        spot.at = spot.end = spot.line;
        return spot;
    }
    spot.end = spot.line + length;
    spot.at = spot.line;
    for (unsigned column = 1; column < span.column && spot.at < spot.end; column++) {
        spot.at++;
        while (spot.at < spot.end && ((unsigned char)*spot.at & 0xC0) == 0x80)
            spot.at++;
    }
    return spot;
}

/* The span of `count` characters at a place in the line of `near`. */
static struct span span_at(struct span near, const struct spot *spot, const char *at,
                           unsigned count)
{
    unsigned column = 1;
    for (const char *byte = spot->line; byte < at; byte++)
        column += ((unsigned char)*byte & 0xC0) != 0x80;
    return (struct span){near.source, near.line, column, near.line, column + count};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static const char *skip(const char *at, const char *end)
{
    while (at < end && is_blank(*at))
        at++;
    return at;
}

/* Behind a quoted text that begins at `at`, or the end of the line. */
static const char *skip_quoted(const char *at, const char *end)
{
    char quote = *at++;
    while (at < end && *at != quote)
        at += *at == '\\' && quote == '"' && at + 1 < end ? 2 : 1;
    return at < end ? at + 1 : end;
}

/* The first colon that separates a key from a value, or NULL. */
static const char *find_colon(const char *at, const char *end)
{
    if (at < end && (*at == '"' || *at == '\''))
        at = skip_quoted(at, end);
    for (; at < end; at++)
        if (*at == ':' && (at + 1 == end || is_blank(at[1])))
            return at;
    return NULL;
}

/* Where the line's own value begins: behind "- " and "key: ". */
static const char *find_value(const char *line, const char *end)
{
    const char *at = skip(line, end);
    while (at + 1 < end && *at == '-' && is_blank(at[1]))
        at = skip(at + 1, end);
    const char *colon = find_colon(at, end);
    return colon ? skip(colon + 1, end) : at;
}

static int shown_length(const char *at, const char *end)
{
    while (end > at && is_blank(end[-1]))
        end--;
    return (int)(end - at < SHOWN ? end - at : SHOWN);
}

/* Shows the text in the quotes that suit it, behind what stands before it on the line. */
static void hint_quotes(oh_diags *diags, const char *before, const char *at, const char *end)
{
    int length = shown_length(at, end), kept = (int)(at - before < SHOWN ? at - before : SHOWN);
    bool single = memchr(at, '\'', (size_t)length) != NULL;
    bool other = memchr(at, '"', (size_t)length) || memchr(at, '\\', (size_t)length);
    if (single && other)
        finding_hint(diags, "write it in '...', and two ' for each ' in it");
    else if (other)
        finding_hint(diags, "write %.*s'%.*s'", kept, before, length, at);
    else
        finding_hint(diags, "write %.*s\"%.*s\"", kept, before, length, at);
}

/* ---- slips that the line itself shows ---- */

/* A sign that cannot begin anything in YAML stands at the spot. */
static bool is_sign_at(const struct spot *spot)
{
    return spot->at < spot->end && *spot->at && strchr("@`%", *spot->at);
}

static bool tab_slip(const struct complaint *complaint, const struct spot *spot, oh_diags *diags)
{
    /* Inside [ ] and { }, as in JSON, tabs are allowed. */
    if (strstr(complaint->context, "flow") || strstr(complaint->context, "quoted") ||
        is_sign_at(spot))
        return false;
    const char *text = skip(spot->line, spot->end);
    if (spot->at > text && spot->at < spot->end && *spot->at == '\t') {
        finding(diags, CODE_E105, complaint->at, "a tab stands where a space is needed");
        finding_hint(diags, "replace it by spaces");
        return true;
    }
    const char *tab = memchr(spot->line, '\t', (size_t)(text - spot->line));
    if (!tab || spot->at < tab)
        return false;
    finding(diags, CODE_E105, span_at(complaint->at, spot, tab, 1),
            "a tab stands in the indentation");
    finding_hint(diags, "indent with spaces, two for each level");
    return true;
}

/* Where an unquoted text ends: at a comma or bracket, if it stands in [ ] or { }. */
static const char *find_end(const char *line, const char *value, const char *end)
{
    const char *at = value;
    if (memchr(line, '[', (size_t)(value - line)) || memchr(line, '{', (size_t)(value - line)))
        while (at < end && !strchr(",]}", *at))
            at++;
    return at > value ? at : end;
}

/* A value or list item that begins with a sign that means something to YAML. */
static bool sign_slip(struct span near, const struct spot *spot, oh_diags *diags)
{
    const char *value = find_value(spot->line, spot->end);
    if (is_sign_at(spot))
        value = spot->at;
    if (value == spot->end || !strchr("*&%@`?", *value) || spot->at < value)
        return false;
    finding(diags, CODE_E104, span_at(near, spot, value, 1),
            "a text that begins with %c must be in quotes", *value);
    hint_quotes(diags, value, value, find_end(spot->line, value, spot->end));
    return true;
}

/* A space that is none: pasted from a web page or a word processor. */
static bool blank_slip(struct span near, const struct spot *spot, oh_diags *diags)
{
    for (const char *at = spot->line; at + 1 < spot->end; at++) {
        if (memcmp(at, "\xC2\xA0", 2) != 0)
            continue;
        finding(diags, CODE_E104, span_at(near, spot, at, 1),
                "this is a no-break space, which YAML does not take for a space");
        finding_hint(diags, "delete it and type a space");
        return true;
    }
    return false;
}

/* A line without "key: ", where one is needed. */
static void colon_slip(struct span near, const struct spot *spot, oh_diags *diags)
{
    const char *text = skip(spot->line, spot->end);
    int length = shown_length(text, spot->end);
    if (blank_slip(near, spot, diags))
        return;
    const char *colon = length > 0 ? memchr(text, ':', (size_t)length) : NULL;
    if (colon && colon > text) {
        finding(diags, CODE_E104, span_at(near, spot, colon, 1),
                "a space is missing behind the colon");
        finding_hint(diags, "write %.*s: %.*s", (int)(colon - text), text,
                     (int)(text + length - colon - 1), colon + 1);
        return;
    }
    struct span whole = span_at(near, spot, text, 1);
    whole.end_line = near.line + 1;
    finding(diags, CODE_E104, whole, "a key needs a colon and a space behind it");
    finding_hint(diags, "write it like \"count: 24\"");
}

/* ---- libyaml's complaints ---- */

/* "mapping values are not allowed in this context": a colon where no key can be. */
static void tell_colon(const struct complaint *complaint, oh_diags *diags)
{
    struct spot spot = spot_of(complaint->at);
    const char *value = find_value(spot.line, spot.end);
    const char *text = skip(spot.line, spot.end);
    if (value > text && spot.at > value) {
        finding(diags, CODE_E104, complaint->at,
                "a text with a colon and a space in it must be in quotes");
        hint_quotes(diags, text, value, spot.end);
        return;
    }

    if (spot.at - text > KEY_MAX) {
        finding(diags, CODE_E104, span_at(complaint->at, &spot, text, 1),
                "a key may have at most %d characters", KEY_MAX);
        return;
    }

    /* The line goes on with the value above: that line lacks its colon, or this one is indented
     * too far. */
    struct span above = complaint->at;
    struct spot before = {"", "", ""};
    while (above.line > 1 && skip(before.line, before.end) == before.end) {
        above.line--;
        before = spot_of(above);
    }
    const char *before_text = skip(before.line, before.end);
    if (before_text < before.end && !find_colon(before_text, before.end) && *before_text != '-' &&
        before_text - before.line == text - spot.line) {
        colon_slip(above, &before, diags);
        return;
    }
    if (blank_slip(complaint->at, &spot, diags))
        return;
    finding(diags, CODE_E104, span_at(complaint->at, &spot, text, 1),
            "this line is indented as if it belonged to the value above it");
    finding_hint(diags, "begin it in the same column as the keys beside it");
}

/* "could not find expected ':'": a line that is no key. */
static void tell_no_colon(const struct complaint *complaint, oh_diags *diags)
{
    struct span near = complaint->begun.source ? complaint->begun : complaint->at;
    struct spot spot = spot_of(near);
    colon_slip(near, &spot, diags);
}

static void tell_quote(const struct complaint *complaint, oh_diags *diags)
{
    finding(diags, CODE_E104, complaint->begun.source ? complaint->begun : complaint->at,
            "this quotation mark is never closed");
    finding_hint(diags, "put the same mark at the end of the text; inside '...' write '' for '");
}

static void tell_escape(const struct complaint *complaint, oh_diags *diags)
{
    finding(diags, CODE_E104, complaint->at,
            "the backslash here makes no character that a text can hold");
    finding_hint(diags, "write two backslashes for one, put the text in '...', or write the "
                        "character itself");
}

static void tell_bracket(const struct complaint *complaint, oh_diags *diags)
{
    bool list = strstr(complaint->context, "sequence") != NULL;
    finding(diags, CODE_E104, complaint->at, "a comma or the closing %c is missing before this",
            list ? ']' : '}');
    finding_note(diags, complaint->begun, "the %s begins here", list ? "list" : "map");
}

static void tell_value(const struct complaint *complaint, oh_diags *diags)
{
    struct spot spot = spot_of(complaint->at);
    char c = spot.at < spot.end ? *spot.at : '\0';
    if (c == ':') {
        finding(diags, CODE_E112, complaint->at, "there is no key before the colon");
        return;
    }
    if (c == '\0' && strstr(complaint->context, "flow")) {
        finding(diags, CODE_E104, complaint->at, "the text ends while a bracket is still open");
        finding_hint(diags, "close every [ with ] and every { with }");
        return;
    }
    if (c == ']' || c == '}')
        finding(diags, CODE_E104, complaint->at, "this bracket was never opened");
    else
        finding(diags, CODE_E104, complaint->at, "a value is missing before this");
    finding_hint(diags, "if it belongs to a text, put the text in quotes");
}

/* "did not find expected key" and its like: text behind a value that has ended, or a line that
 * begins in a column of its own. */
static void tell_place(const struct complaint *complaint, oh_diags *diags)
{
    struct spot spot = spot_of(complaint->at);
    const char *text = skip(spot.line, spot.end), *before = spot.at;
    while (before > text && is_blank(before[-1]))
        before--;
    if (before > text) {
        bool quoted = before[-1] == '"' || before[-1] == '\'';
        const char *value = find_value(spot.line, before);
        finding(diags, CODE_E104, complaint->at, "nothing may follow here: the value has ended");
        if (quoted)
            finding_hint(diags, "put the whole text in one pair of quotes; inside '...' write '' "
                                "for '");
        else if (value < before)
            finding_hint(diags, "put the whole value in quotes if it is a text");
        return;
    }
    if (blank_slip(complaint->at, &spot, diags))
        return;
    if (spot.at < spot.end && strchr(":]}", *spot.at)) {
        tell_value(complaint, diags);
        return;
    }
    bool list = strstr(complaint->context, "collection") != NULL;
    finding(diags, CODE_E104, complaint->at,
            list ? "this is neither an item of the list above nor in line with another key"
                 : "this line is not in line with the keys above it");
    finding_hint(diags, list ? "begin every item with \"- \", in one column"
                             : "begin all keys of a map in the same column");
    if (complaint->begun.source)
        finding_note(diags, complaint->begun, "the %s begins here", list ? "list" : "map");
}

static void tell_item(const struct complaint *complaint, oh_diags *diags)
{
    finding(diags, CODE_E104, complaint->at, "a list item cannot begin here");
    finding_hint(diags, "put each \"- \" on a line of its own below the key, or write [a, b]; put "
                        "a text that begins with \"- \" in quotes");
}

static void tell_block(const struct complaint *complaint, oh_diags *diags)
{
    finding(diags, CODE_E104, complaint->at, "nothing may follow | or > on its line");
    finding_hint(diags, "put the text in quotes, or on the next lines, indented");
}

static void tell_tag(const struct complaint *complaint, oh_diags *diags)
{
    finding(diags, CODE_E106, complaint->begun.source ? complaint->begun : complaint->at,
            "tags (!) are not used here");
    finding_hint(diags, "if the ! belongs to a text, put the text in quotes");
}

static void tell_percent(const struct complaint *complaint, oh_diags *diags)
{
    finding(diags, CODE_E104, complaint->begun.source ? complaint->begun : complaint->at,
            "a line that begins with %% must be in quotes");
}

static void tell_question(const struct complaint *complaint, oh_diags *diags)
{
    finding(diags, CODE_E104, complaint->at, "a text that begins with ? must be in quotes");
}

static void tell_as_it_is(const struct complaint *complaint, oh_diags *diags)
{
    finding(diags, CODE_E104, complaint->at, "YAML does not understand this: %s%s%s",
            complaint->context, complaint->context[0] ? ", " : "", complaint->problem);
}

/* The first rule whose words both occur is taken; "" occurs in everything. */
static const struct rule {
    const char *context, *problem;
    void (*tell)(const struct complaint *complaint, oh_diags *diags);
} rules[] = {
    {"directive", "", tell_percent},
    {"tag", "", tell_tag},
    {"", "tag handle", tell_tag},
    {"block scalar", "", tell_block},
    {"quoted scalar", "unexpected", tell_quote},
    {"quoted scalar", "", tell_escape},
    {"", "mapping values are not allowed", tell_colon},
    {"", "mapping keys are not allowed", tell_question},
    {"", "block sequence entries are not allowed", tell_item},
    {"", "could not find expected ':'", tell_no_colon},
    {"flow", "',' or", tell_bracket},
    {"", "node content", tell_value},
    {"", "did not find expected key", tell_place},
    {"", "expected '-' indicator", tell_place},
    {"", "expected <document start>", tell_place},
    {"", "", tell_as_it_is},
};

void yaml_complain(const struct complaint *complaint, oh_diags *diags)
{
    struct spot spot = spot_of(complaint->at), begun = spot_of(complaint->begun);
    bool name = strstr(complaint->context, "alias") || strstr(complaint->context, "anchor");
    bool quoted = strstr(complaint->context, "quoted") != NULL;
    if (tab_slip(complaint, &spot, diags))
        return;
    if (name && sign_slip(complaint->begun, &begun, diags))
        return;
    if (!quoted && sign_slip(complaint->at, &spot, diags))
        return;

    const struct rule *rule = rules;
    while (!strstr(complaint->context, rule->context) || !strstr(complaint->problem, rule->problem))
        rule++;
    rule->tell(complaint, diags);
}
