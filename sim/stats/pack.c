/* pack.c - packing and unpacking. A reader believes nothing: every length is held against what is
 * left, and whatever does not fit stops it for good.
 */
#include "pack.h"

#include <math.h>
#include <string.h>

#include "../base/arena.h"

enum { SMALL = 240, REAL = 255 };

_Static_assert(sizeof(struct queue_cell) % sizeof(double) == 0, "a queue cell is all doubles");
_Static_assert(sizeof(struct group_cell) % sizeof(double) == 0, "a group cell is all doubles");

enum {
    QUEUE_FIELDS = sizeof(struct queue_cell) / sizeof(double),
    GROUP_FIELDS = sizeof(struct group_cell) / sizeof(double)
};

/* ---- packing ---- */

static void flush(struct pack *p)
{
    sha256_add(&p->sum, p->buffer, p->used);
    if (!p->failed && p->used > 0)
        p->failed = !p->sink.write(p->sink.user, (const char *)p->buffer, p->used);
    p->used = 0;
}

void pack_begin(struct pack *p, oh_sink sink)
{
    p->sink = sink;
    p->failed = false;
    p->used = 0;
    sha256_begin(&p->sum);
}

void pack_bytes(struct pack *p, const void *bytes, size_t length)
{
    const unsigned char *from = bytes;
    while (length > 0) {
        size_t n = PACK_BUFFER - p->used < length ? PACK_BUFFER - p->used : length;
        memcpy(p->buffer + p->used, from, n);
        p->used += n;
        from += n;
        length -= n;
        if (p->used == PACK_BUFFER)
            flush(p);
    }
}

static size_t low_bytes(uint64_t value, unsigned char *out)
{
    size_t n = 0;
    for (; value > 0; value >>= 8)
        out[n++] = (unsigned char)(value & 255);
    return n;
}

void pack_whole(struct pack *p, uint64_t value)
{
    unsigned char bytes[9] = {(unsigned char)value};
    if (value < SMALL) {
        pack_bytes(p, bytes, 1);
        return;
    }
    size_t n = low_bytes(value, bytes + 1);
    bytes[0] = (unsigned char)(SMALL - 1 + n);
    pack_bytes(p, bytes, n + 1);
}

void pack_real(struct pack *p, double value)
{
    unsigned char bytes[9] = {REAL};
    uint64_t bits;
    if (value >= 0 && value < 9007199254740992.0 && value == floor(value) && !signbit(value)) {
        pack_whole(p, (uint64_t)value);
        return;
    }
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; i++)
        bytes[1 + i] = (unsigned char)(bits >> (8 * i) & 255);
    pack_bytes(p, bytes, sizeof bytes);
}

void pack_block(struct pack *p, const void *bytes, size_t length)
{
    pack_whole(p, length);
    pack_bytes(p, bytes, length);
}

void pack_text(struct pack *p, const char *text)
{
    pack_block(p, text ? text : "", text ? strlen(text) : 0);
}

static void pack_reals(struct pack *p, const double *value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        pack_real(p, value[i]);
}

/* Used bins: how far from the one before, and the count. */
static void pack_histogram(struct pack *p, const struct histogram *h)
{
    size_t used = 0, last = 0;
    for (size_t b = 0; b < HIST_BINS; b++)
        used += h->bin[b] > 0;
    pack_whole(p, used);
    for (size_t b = 0; b < HIST_BINS; b++) {
        if (h->bin[b] == 0)
            continue;
        pack_whole(p, b - last);
        pack_whole(p, h->bin[b]);
        last = b;
    }
}

static size_t queue_cells(const struct panel_shape *s)
{
    return (s->queues + 1) * panel_periods(s);
}

static size_t group_cells(const struct panel_shape *s)
{
    return (s->groups + 1) * panel_periods(s);
}

void pack_panel(struct pack *p, const struct panel *panel)
{
    const struct panel_shape *s = &panel->shape;
    const struct histogram *const all[] = {panel->answered, panel->abandoned, panel->other};
    const size_t shape[] = {QUEUE_FIELDS, GROUP_FIELDS, s->queues,
                            s->groups,    s->intervals, s->days};
    for (size_t i = 0; i < sizeof shape / sizeof shape[0]; i++)
        pack_whole(p, shape[i]);
    for (size_t row = 0; row < panel->rows; row++) {
        struct tally t = panel_row(panel, row);
        pack_reals(p, (const double *)t.queue, queue_cells(s) * QUEUE_FIELDS);
        pack_reals(p, (const double *)t.group, group_cells(s) * GROUP_FIELDS);
    }
    for (int k = 0; k < 3; k++)
        for (size_t q = 0; q <= s->queues; q++)
            pack_histogram(p, &all[k][q]);
}

/* "0f" to 15. */
static unsigned nibble(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

static void sum_bytes(struct sha256 *sum, unsigned char bytes[PACK_SUM])
{
    char hex[65];
    sha256_hex(sum, hex);
    for (int i = 0; i < PACK_SUM; i++)
        bytes[i] = (unsigned char)(nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]));
}

oh_status pack_end(struct pack *p)
{
    unsigned char bytes[PACK_SUM];
    flush(p);
    sum_bytes(&p->sum, bytes);
    if (!p->failed)
        p->failed = !p->sink.write(p->sink.user, (const char *)bytes, sizeof bytes);
    return p->failed ? OH_IO : OH_OK;
}

/* ---- unpacking ---- */

bool unpack_begin(struct unpack *u, const void *bytes, size_t length)
{
    unsigned char sum[PACK_SUM];
    struct sha256 hash;
    const unsigned char *at = bytes;
    *u = (struct unpack){at, at, true};
    if (length < PACK_SUM)
        return false;
    sha256_begin(&hash);
    sha256_add(&hash, at, length - PACK_SUM);
    sum_bytes(&hash, sum);
    if (memcmp(sum, at + length - PACK_SUM, PACK_SUM) != 0)
        return false;
    *u = (struct unpack){at, at + length - PACK_SUM, false};
    return true;
}

static size_t left(const struct unpack *u)
{
    return u->failed ? 0 : (size_t)(u->end - u->at);
}

static unsigned first_byte(struct unpack *u)
{
    if (left(u) > 0)
        return *u->at++;
    u->failed = true;
    return 0;
}

/* n bytes, lowest first. */
static uint64_t low_number(struct unpack *u, size_t n)
{
    uint64_t value = 0;
    if (left(u) < n) {
        u->failed = true;
        return 0;
    }
    for (size_t i = 0; i < n; i++)
        value |= (uint64_t)u->at[i] << (8 * i);
    u->at += n;
    return value;
}

static uint64_t whole_after(struct unpack *u, unsigned head)
{
    if (head < SMALL)
        return head;
    if (head >= SMALL + 8) {
        u->failed = true;
        return 0;
    }
    return low_number(u, head - SMALL + 1);
}

uint64_t unpack_whole(struct unpack *u)
{
    return whole_after(u, first_byte(u));
}

double unpack_real(struct unpack *u)
{
    double value;
    unsigned head = first_byte(u);
    if (head != REAL)
        return (double)whole_after(u, head);
    uint64_t bits = low_number(u, 8);
    memcpy(&value, &bits, sizeof value);
    return value;
}

size_t unpack_count(struct unpack *u)
{
    uint64_t n = unpack_whole(u);
    if (n <= left(u))
        return (size_t)n;
    u->failed = true;
    return 0;
}

const void *unpack_block(struct unpack *u, size_t *length)
{
    *length = unpack_count(u);
    const void *block = u->at;
    u->at += *length;
    return block;
}

const char *unpack_text(struct unpack *u, struct arena *arena)
{
    size_t length;
    const char *text = unpack_block(u, &length);
    if (length > 0 && memchr(text, '\0', length)) {
        u->failed = true;
        length = 0;
    }
    return arena_strndup(arena, text, length);
}

bool unpack_shape(struct unpack *u, const struct panel_shape *s)
{
    const size_t shape[] = {QUEUE_FIELDS, GROUP_FIELDS, s->queues,
                            s->groups,    s->intervals, s->days};
    for (size_t i = 0; i < sizeof shape / sizeof shape[0]; i++)
        u->failed = unpack_whole(u) != shape[i] || u->failed;
    return !u->failed;
}

bool unpack_rows_fit(const struct unpack *u, const struct panel_shape *s, size_t rows)
{
    size_t row = queue_cells(s) * QUEUE_FIELDS + group_cells(s) * GROUP_FIELDS;
    return rows <= left(u) / row;
}

/* What was counted is a number; only quantiles may be undefined. */
static void unpack_reals(struct unpack *u, double *value, size_t n)
{
    for (size_t i = 0; i < n && !u->failed; i++) {
        value[i] = unpack_real(u);
        if (isinf(value[i]))
            u->failed = true;
    }
}

static void unpack_histogram(struct unpack *u, struct histogram *h)
{
    size_t used = unpack_count(u), b = 0;
    for (size_t i = 0; i < used && !u->failed; i++) {
        uint64_t step = unpack_whole(u), n = unpack_whole(u);
        if (step >= HIST_BINS - b || n == 0 || n > UINT64_MAX / 4 - h->count ||
            (i > 0 && step == 0)) {
            u->failed = true;
            return;
        }
        b += (size_t)step;
        h->bin[b] = n;
        h->block[b >> HIST_BLOCK_BITS] += n;
        h->count += n;
    }
}

void unpack_panel(struct unpack *u, struct panel *panel, size_t rows)
{
    const struct panel_shape *s = &panel->shape;
    struct histogram *const all[] = {panel->answered, panel->abandoned, panel->other};
    for (size_t row = 0; row < rows && !u->failed; row++) {
        struct tally t = panel_row(panel, row);
        unpack_reals(u, (double *)t.queue, queue_cells(s) * QUEUE_FIELDS);
        unpack_reals(u, (double *)t.group, group_cells(s) * GROUP_FIELDS);
    }
    for (int k = 0; k < 3; k++)
        for (size_t q = 0; q <= s->queues && !u->failed; q++)
            unpack_histogram(u, &all[k][q]);
}
