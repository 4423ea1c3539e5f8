/* invtable.c - building inverse tables by Newton's method, and looking up in them.
 *
 * The idea to know: the cell of u is the exponent and the first four bits of the mantissa of
 * min(u, 1 - u), read off its bits, and the place within a piece is the rest of the mantissa. So
 * both tails are as finely cut, relative to their depth, as the middle.
 */
#include "invtable.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "detmath.h"

enum {
    CELL_BITS = 4, /* of the mantissa */
    MAX_SPLIT = 7, /* pieces of a cell: at most 2^7 */
    BEFORE_CELL = 52 - CELL_BITS,
    FIRST_CELL = (1023 - 53) << CELL_BITS
};
static const double tolerance = 1e-11;

/* The inverse at one point, as the table holds it: x or log x, by q = min(u, 1 - u). */
struct node {
    double y; /* log x */
    double value, first, second;
};

struct builder {
    const struct invtable_law *law;
    bool of_log;
    double (*piece)[6]; /* malloc'ed, growing */
    size_t pieces, room;
};

/* Solves log tail(y) = log q from the guess y: Newton steps, halving where they leave what is
 * known to hold the solution. */
static double solve(const struct invtable_law *law, double q, bool upper, double y)
{
    double target = det_log(q), low = -INFINITY, high = INFINITY;
    for (int i = 0; i < 200; i++) {
        struct invtable_point at = law->at(law->p, y, upper);
        double excess = upper ? target - at.log_tail : at.log_tail - target;
        if (excess > 0)
            high = y;
        else
            low = y;
        double step = -excess / at.rate;
        double next = y + fmax(-4, fmin(4, step));
        bool inside = next >= low && next <= high;
        y = inside ? next : low + (high - low) / 2;
        if (inside && fabs(step) < 1e-9)
            break;
    }
    return y;
}

static struct node node_at(const struct builder *b, double q, bool upper, double guess)
{
    struct node node;
    double y = node.y = solve(b->law, q, upper, guess);
    struct invtable_point at = b->law->at(b->law->p, y, upper);
    double dy = (upper ? -1 : 1) / (q * at.rate); /* by q */
    double d2y = -at.slope * dy * dy;
    if (b->of_log) {
        node.value = y;
        node.first = dy;
        node.second = d2y;
    } else {
        node.value = det_exp(y);
        node.first = node.value * dy;
        node.second = node.value * (dy * dy + d2y);
    }
    return node;
}

static void hermite(const struct node *a, const struct node *b, double width, double c[6])
{
    double rise = b->value - a->value;
    double da = width * a->first, db = width * b->first;
    double ea = width * width * a->second, eb = width * width * b->second;
    c[0] = a->value;
    c[1] = da;
    c[2] = ea / 2;
    c[3] = 10 * rise - 6 * da - 4 * db - 1.5 * ea + 0.5 * eb;
    c[4] = -15 * rise + 8 * da + 7 * db + 1.5 * ea - eb;
    c[5] = 6 * rise - 3 * da - 3 * db - 0.5 * ea + 0.5 * eb;
}

static inline double quintic(const double c[6], double t)
{
    return ((((c[5] * t + c[4]) * t + c[3]) * t + c[2]) * t + c[1]) * t + c[0];
}

static bool add_piece(struct builder *b, const double c[6])
{
    if (b->pieces == b->room) {
        size_t room = b->room ? 2 * b->room : 4096;
        double(*piece)[6] = realloc(b->piece, room * sizeof *piece);
        if (!piece)
            return false;
        b->piece = piece;
        b->room = room;
    }
    memcpy(b->piece[b->pieces++], c, 6 * sizeof *c);
    return true;
}

/* True if the quintics between every other node agree with the nodes they skip. */
static bool fine_enough(const struct builder *b, const struct node *node, size_t pieces,
                        double width)
{
    for (size_t i = 0; i < pieces; i++) {
        double c[6];
        hermite(&node[2 * i], &node[2 * i + 2], width, c);
        double exact = node[2 * i + 1].value;
        double size = b->of_log ? 1 : fabs(exact);
        if (fabs(quintic(c, 0.5) - exact) > tolerance * size)
            return false;
    }
    return true;
}

/* One cell, q from `from` to from + width: doubles the pieces until they are fine enough. *guess
 * is log x at the cell's upper end, and becomes that at its lower end. */
static bool build_cell(struct builder *b, double from, double width, bool upper, double *guess,
                       uint32_t *cell)
{
    struct node node[2 * (1 << MAX_SPLIT) + 1];
    node[2] = node_at(b, from + width, upper, *guess);
    node[1] = node_at(b, from + width / 2, upper, node[2].y);
    node[0] = node_at(b, from, upper, node[1].y);
    *guess = node[0].y;
    unsigned split = 0;
    size_t pieces = 1;
    while (split < MAX_SPLIT && !fine_enough(b, node, pieces, width / (double)pieces)) {
        split++;
        pieces *= 2;
        for (size_t i = 2 * pieces; i > 0; i -= 2)
            node[i] = node[i / 2];
        for (size_t i = 1; i < 2 * pieces; i += 2)
            node[i] =
                node_at(b, from + width * (double)i / (double)(2 * pieces), upper, node[i + 1].y);
    }
    *cell = (uint32_t)b->pieces << 8 | split;
    for (size_t i = 0; i < pieces; i++) {
        double c[6];
        hermite(&node[2 * i], &node[2 * i + 2], width / (double)pieces, c);
        if (!add_piece(b, c))
            return false;
    }
    return true;
}

static bool build_half(struct builder *b, bool upper, uint32_t *cell)
{
    struct node median = node_at(b, 0.5, upper, b->law->guess);
    double c[6] = {median.value, 0, 0, 0, 0, 0};
    double guess = median.y;
    cell[INVTABLE_CELLS - 1] = (uint32_t)b->pieces << 8;
    if (!add_piece(b, c))
        return false;
    for (int i = INVTABLE_CELLS - 2; i >= 0; i--) {
        double octave = ldexp(1, (i >> CELL_BITS) - 53);
        double width = ldexp(octave, -CELL_BITS);
        double from = octave + width * (i & ((1 << CELL_BITS) - 1));
        if (!build_cell(b, from, width, upper, &guess, &cell[i]))
            return false;
    }
    return true;
}

const struct invtable *invtable_make(struct arena *arena, const struct invtable_law *law,
                                     bool of_log)
{
    struct builder b = {.law = law, .of_log = of_log};
    struct invtable *table = arena_alloc(arena, sizeof *table);
    if (!table)
        return NULL;
    table->of_log = of_log;
    if (build_half(&b, false, table->cell[0]) && build_half(&b, true, table->cell[1]))
        table->piece = arena_copy(arena, b.piece, b.pieces * sizeof *b.piece);
    else
        arena->failed = true;
    free(b.piece);
    return table->piece ? table : NULL;
}

static inline double look_up(const struct invtable *table, double u)
{
    bool upper = u > 0.5;
    double q = upper ? 1 - u : u;
    q = q < 0x1p-53 ? 0x1p-53 : q;
    uint64_t bits;
    memcpy(&bits, &q, sizeof bits);
    uint32_t cell = table->cell[upper][(bits >> BEFORE_CELL) - FIRST_CELL];
    unsigned split = cell & 0xFF;
    uint64_t rest = bits << (12 + CELL_BITS); /* the mantissa behind the cell's bits, at the top */
    uint64_t piece = (cell >> 8) + (rest >> 1 >> (63 - split));
    bits = rest << split >> 12 | 0x3FF0000000000000u;
    double t;
    memcpy(&t, &bits, sizeof t);
    return quintic(table->piece[piece], t - 1);
}

double invtable_at(const struct invtable *table, double scale, double u)
{
    double value = look_up(table, u);
    return scale * (table->of_log ? det_exp(value) : value);
}

void invtable_fill(const struct invtable *table, double scale, const double *u, double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] = look_up(table, u[i]);
    if (table->of_log)
        det_exp_n(x, x, n);
    for (size_t i = 0; i < n; i++)
        x[i] *= scale;
}
