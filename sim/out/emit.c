/* emit.c - the few ways in which writers put text. */
#include "emit.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/units.h"

static void put(struct emit *e, const char *text, size_t length)
{
    if (!e->failed && length > 0 && !e->sink.write(e->sink.user, text, length))
        e->failed = true;
}

void emit_flush(struct emit *e)
{
    put(e, e->text, e->held);
    e->held = 0;
}

void emit_bytes(struct emit *e, const char *text, size_t length)
{
    if (!e->holds) {
        put(e, text, length);
        return;
    }
    if (length > EMIT_ROOM - e->held)
        emit_flush(e);
    if (length > EMIT_ROOM) {
        put(e, text, length);
        return;
    }
    memcpy(e->text + e->held, text, length);
    e->held += (uint32_t)length;
}

void emit_text(struct emit *e, const char *text)
{
    emit_bytes(e, text, strlen(text));
}

void emit_char(struct emit *e, char c)
{
    emit_bytes(e, &c, 1);
}

void emit_times(struct emit *e, char c, size_t times)
{
    char run[64];
    memset(run, c, sizeof run);
    for (size_t part; times > 0 && !e->failed; times -= part) {
        part = times < sizeof run ? times : sizeof run;
        emit_bytes(e, run, part);
    }
}

void emit_whole(struct emit *e, uint64_t value)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%" PRIu64, value);
    emit_bytes(e, digits, (size_t)n);
}

void emit_real(struct emit *e, double value)
{
    char digits[32];
    if (isfinite(value))
        emit_text(e, format_real(digits, value));
}
