/* emit.h - text into a sink, remembering failure.
 *
 * After the first write that the sink refuses nothing more is written, so a writer may emit freely
 * and look once, at the end. No number passes through printf's %f: the locale has no say.
 */
#ifndef ONHOLD_SIM_EMIT_H
#define ONHOLD_SIM_EMIT_H

#include <onhold/base.h>

enum { EMIT_ROOM = 1024 };

struct emit {
    oh_sink sink;
    bool failed;
    bool holds; /* text is gathered, and reaches the sink by emit_flush or when there is much */
    uint32_t held;
    char text[EMIT_ROOM];
};

static inline struct emit emit_to(oh_sink sink)
{
    struct emit e;
    e.sink = sink;
    e.failed = e.holds = false;
    e.held = 0;
    return e;
}

/* What is held, to the sink. */
void emit_flush(struct emit *e);

void emit_bytes(struct emit *e, const char *text, size_t length);
void emit_text(struct emit *e, const char *text);
void emit_char(struct emit *e, char c);
void emit_times(struct emit *e, char c, size_t times);
void emit_whole(struct emit *e, uint64_t value);
/* The shortest form that reads back equal; nothing at all for NaN and infinities. */
void emit_real(struct emit *e, double value);

/* OH_OK, or OH_IO if the sink refused. */
static inline oh_status emit_status(const struct emit *e)
{
    return e->failed ? OH_IO : OH_OK;
}

#endif
