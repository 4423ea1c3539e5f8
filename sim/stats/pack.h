/* pack.h - numbers, texts and panels as bytes that are the same on every machine, and back.
 *
 * Most of what is counted is a small whole number, often 0, so a number is one byte up to 239; a
 * byte 239 + k and the whole number in k bytes, lowest first (k from 1 to 8, as few as possible);
 * or the byte 255 and the eight bytes of a double. What was packed is followed by its SHA-256.
 */
#ifndef ONHOLD_SIM_PACK_H
#define ONHOLD_SIM_PACK_H

#include <onhold/base.h>

#include "../base/arena.h"
#include "../base/sha256.h"
#include "panel.h"

enum { PACK_BUFFER = 4096, PACK_SUM = 32 };

struct pack {
    oh_sink sink;
    struct sha256 sum;
    bool failed; /* the sink refused */
    size_t used;
    unsigned char buffer[PACK_BUFFER];
};

void pack_begin(struct pack *p, oh_sink sink);
void pack_bytes(struct pack *p, const void *bytes, size_t length);
void pack_whole(struct pack *p, uint64_t value);
void pack_real(struct pack *p, double value);
/* Length and bytes; NULL is "". */
void pack_text(struct pack *p, const char *text);
void pack_block(struct pack *p, const void *bytes, size_t length);
/* The complete rows and the histograms; the shape goes before them. */
void pack_panel(struct pack *p, const struct panel *panel);
/* The sum. OH_IO if the sink ever refused. */
oh_status pack_end(struct pack *p);

/* After the first thing that is not there or not right `failed` is set, numbers are 0 and texts "".
 */
struct unpack {
    const unsigned char *at, *end;
    bool failed;
};

/* The bytes without their sum. False: the sum is another one. */
bool unpack_begin(struct unpack *u, const void *bytes, size_t length);
uint64_t unpack_whole(struct unpack *u);
double unpack_real(struct unpack *u);
/* A count of things of which each takes at least one byte: never more than bytes are left. */
size_t unpack_count(struct unpack *u);
/* Where a block stands, and its length. */
const void *unpack_block(struct unpack *u, size_t *length);
/* A text without NULs inside; copied into the arena. NULL only if out of memory. */
const char *unpack_text(struct unpack *u, struct arena *arena);
/* The shape that goes before a panel. False (and failed): it is another one. */
bool unpack_shape(struct unpack *u, const struct panel_shape *shape);
/* Can so many rows of that shape be there? Looks before memory is taken for them. */
bool unpack_rows_fit(const struct unpack *u, const struct panel_shape *shape, size_t rows);
/* Fills the first `rows` rows and the histograms of an empty panel that has room for them. */
void unpack_panel(struct unpack *u, struct panel *panel, size_t rows);

#endif
