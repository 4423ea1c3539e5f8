/* csv_text.c - the CSV emitter. */
#include "csv_text.h"

#include <string.h>

struct csv cs_to(oh_sink sink)
{
    return (struct csv){.emit = emit_to(sink), .started = false};
}

static void separate(struct csv *c)
{
    if (c->started)
        emit_char(&c->emit, ',');
    c->started = true;
}

void cs_field(struct csv *c, const char *text)
{
    separate(c);
    if (!text)
        return;
    if (!strpbrk(text, ",\"\r\n")) {
        emit_text(&c->emit, text);
        return;
    }
    emit_char(&c->emit, '"');
    for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
        emit_bytes(&c->emit, text, (size_t)(quote - text));
        emit_text(&c->emit, "\"\"");
    }
    emit_text(&c->emit, text);
    emit_char(&c->emit, '"');
}

void cs_real(struct csv *c, double value)
{
    separate(c);
    emit_real(&c->emit, value);
}

void cs_whole(struct csv *c, uint64_t value)
{
    separate(c);
    emit_whole(&c->emit, value);
}

void cs_end_row(struct csv *c)
{
    emit_char(&c->emit, '\n');
    c->started = false;
}
