/* json_text.c - the JSON emitter: commas, line breaks and escapes in one place. */
#include "json_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/utf8.h"

struct json js_to(oh_sink sink)
{
    struct json j;
    j.emit = emit_to(sink);
    j.emit.holds = true;
    j.depth = 0;
    return j;
}

static void escaped(struct emit *e, unsigned char c)
{
    static const char *const named[] = {
        ['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f",
        ['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\"};
    char code[8];
    if (c < sizeof named / sizeof *named && named[c]) {
        emit_text(e, named[c]);
    } else {
        snprintf(code, sizeof code, "\\u%04x", c);
        emit_text(e, code);
    }
}

/* So many bytes from here on stand for themselves: most texts are short and plain. */
static size_t plain_run(const char *text, size_t length)
{
    size_t n = 0;
    while (n < length && text[n] >= 0x20 && text[n] < 0x7F && text[n] != '"' && text[n] != '\\')
        n++;
    return n;
}

static void quoted(struct emit *e, const char *text)
{
    size_t length = strlen(text);
    emit_char(e, '"');
    for (uint32_t code; length > 0;) {
        size_t n = plain_run(text, length);
        if (n > 0) {
            emit_bytes(e, text, n);
            text += n;
            length -= n;
            continue;
        }
        n = utf8_read(text, length, &code);
        if (code == UTF8_INVALID)
            emit_text(e, "\xEF\xBF\xBD");
        else if (code < 0x20 || code == '"' || code == '\\' || code == 0x7F)
            escaped(e, (unsigned char)code);
        else
            emit_bytes(e, text, n);
        text += n;
        length -= n;
    }
    emit_char(e, '"');
}

static void new_line(struct json *j)
{
    emit_char(&j->emit, '\n');
    emit_times(&j->emit, ' ', j->depth);
}

/* What stands before a member: comma, line break and key. */
static void member(struct json *j, const char *key)
{
    if (j->depth > 0) {
        bool any = j->level[j->depth - 1].any;
        if (j->level[j->depth - 1].layout == JSON_LINES) {
            if (any)
                emit_char(&j->emit, ',');
            new_line(j);
        } else if (any) {
            emit_text(&j->emit, ", ");
        }
        j->level[j->depth - 1].any = true;
    }
    if (key) {
        quoted(&j->emit, key);
        emit_text(&j->emit, ": ");
    }
}

static void open_container(struct json *j, const char *key, char open, char close,
                           enum json_layout layout)
{
    member(j, key);
    emit_char(&j->emit, open);
    if (j->depth == JSON_DEPTH) { /* deeper than any document of ours: refuse to write nonsense */
        j->emit.failed = true;
        return;
    }
    if (j->depth > 0 && j->level[j->depth - 1].layout == JSON_FLAT)
        layout = JSON_FLAT;
    j->level[j->depth].close = close;
    j->level[j->depth].any = false;
    j->level[j->depth].layout = layout;
    j->depth++;
}

void js_open_map(struct json *j, const char *key, enum json_layout layout)
{
    open_container(j, key, '{', '}', layout);
}

void js_open_list(struct json *j, const char *key, enum json_layout layout)
{
    open_container(j, key, '[', ']', layout);
}

void js_close(struct json *j)
{
    if (j->depth == 0)
        return;
    j->depth--;
    if (j->level[j->depth].layout == JSON_LINES && j->level[j->depth].any)
        new_line(j);
    emit_char(&j->emit, j->level[j->depth].close);
}

void js_string(struct json *j, const char *key, const char *value)
{
    if (!value) {
        js_null(j, key);
        return;
    }
    member(j, key);
    quoted(&j->emit, value);
}

void js_real(struct json *j, const char *key, double value)
{
    if (!isfinite(value)) {
        js_null(j, key);
        return;
    }
    member(j, key);
    emit_real(&j->emit, value);
}

void js_whole(struct json *j, const char *key, uint64_t value)
{
    member(j, key);
    emit_whole(&j->emit, value);
}

void js_bool(struct json *j, const char *key, bool value)
{
    member(j, key);
    emit_text(&j->emit, value ? "true" : "false");
}

void js_null(struct json *j, const char *key)
{
    member(j, key);
    emit_text(&j->emit, "null");
}

oh_status js_flush(struct json *j)
{
    emit_flush(&j->emit);
    return emit_status(&j->emit);
}

oh_status js_end(struct json *j)
{
    emit_char(&j->emit, '\n');
    return js_flush(j);
}
