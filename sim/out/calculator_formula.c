/* calculator_formula.c - the formulas with the numbers put in, so that an answer can be checked
 * with a pocket calculator or in a spreadsheet.
 */
#include <math.h>

#include "../base/units.h"
#include "calculator_page.h"

struct formulas {
    struct arena *arena;
    struct page_lines *lines;
    const oh_calculation *c;
    const oh_answer *a;
    double rate, handling, agents, load;
    double before; /* B of one agent fewer */
};

/* Ten digits that carry meaning. */
static const char *digits(struct formulas *f, double value)
{
    char text[32];
    if (!isfinite(value))
        return isnan(value) ? "undefined" : "infinite";
    if (value == 0)
        return "0";
    double scale = pow(10, 9 - floor(log10(fabs(value))));
    double rounded = isfinite(scale) && scale > 0 ? round(value * scale) / scale : value;
    const char *kept = arena_strdup(f->arena, format_real(text, rounded));
    return kept ? kept : "";
}

#define PUT(...) sheet_note(f->arena, f->lines, arena_printf(f->arena, __VA_ARGS__))

static void put_load(struct formulas *f)
{
    const oh_question *text = &f->c->text;
    if (text->arrivals)
        PUT("Load: a = \xCE\xBB h = %s \xC3\x97 %s = %s calls/s \xC3\x97 %s s = %s erlang.",
            text->arrivals, text->handling, digits(f, f->rate), digits(f, f->handling),
            digits(f, f->load));
    else
        PUT("Load: a = %s erlang.", digits(f, f->load));
}

static void put_b(struct formulas *f, const char *why)
{
    double b = oh_erlang_b(f->load, f->agents);
    const char *n = digits(f, f->agents), *a = digits(f, f->load);
    f->before = oh_erlang_b(f->load, f->agents - 1);
    PUT("%s: B(0) = 1, B(k) = a B(k-1) / (k + a B(k-1)) (Erlang 1917). B(%s) = %s \xC3\x97 %s / "
        "(%s + %s \xC3\x97 %s) = %s.",
        why, n, a, digits(f, f->before), n, a, digits(f, f->before), digits(f, b));
}

static void put_erlang_b(struct formulas *f)
{
    put_b(f, "Share that finds all agents busy");
    PUT("Occupancy: a (1 - B) / n = %s \xC3\x97 (1 - %s) / %s = %s.", digits(f, f->load),
        digits(f, f->a->blocked), digits(f, f->agents), digits(f, f->a->figures.occupancy));
}

static void put_erlang_c(struct formulas *f)
{
    const oh_queue_figures *q = &f->a->figures;
    const char *n = digits(f, f->agents), *a = digits(f, f->load);
    if (f->load >= f->agents) {
        PUT("%s erlang are not below %s agents: the line grows without end.", a, n);
        return;
    }
    put_b(f, "Erlang B, on the way");
    const char *b = digits(f, oh_erlang_b(f->load, f->agents));
    PUT("Delayed: C = n B / (n - a (1 - B)) = %s \xC3\x97 %s / (%s - %s \xC3\x97 (1 - %s)) = %s.",
        n, b, n, a, b, digits(f, q->delayed));
    if (!f->c->has_handling)
        return;
    double drain = f->agents / f->handling - f->rate;
    PUT("The line shrinks by n / h - \xCE\xBB = %s / %s s - %s/s = %s calls/s.", n,
        digits(f, f->handling), digits(f, f->rate), digits(f, drain));
    PUT("Mean wait: C / (n / h - \xCE\xBB) = %s / %s = %s s. Waiting: \xCE\xBB \xC3\x97 wait = %s "
        "calls.",
        digits(f, q->delayed), digits(f, drain), digits(f, q->wait), digits(f, q->queue_length));
    if (isfinite(f->a->within))
        PUT("Service level: 1 - C e^(-(n / h - \xCE\xBB) t) = 1 - %s \xC3\x97 e^(-%s \xC3\x97 %s) "
            "= "
            "%s.",
            digits(f, q->delayed), digits(f, drain), digits(f, f->a->within),
            digits(f, q->service_level));
}

/* Weights of the states: free agents together, and all callers waiting. */
static void put_weights(struct formulas *f, const char *waiting)
{
    put_b(f, "Erlang B, on the way");
    double free_agents = f->agents / f->load / f->before, delayed = f->a->figures.delayed;
    PUT("Against a weight of 1 for \"all %s agents busy, nobody waiting\", the states with a free "
        "agent weigh n / (a B(n-1)) = %s / (%s \xC3\x97 %s) = %s, and %s = %s.",
        digits(f, f->agents), digits(f, f->agents), digits(f, f->load), digits(f, f->before),
        digits(f, free_agents), waiting, digits(f, free_agents * delayed / (1 - delayed)));
    PUT("Delayed: the share of the latter, %s.", digits(f, delayed));
}

static void put_erlang_a(struct formulas *f)
{
    const oh_queue_figures *q = &f->a->figures;
    double theta = 1 / f->c->queue.patience;
    PUT("Patience: each caller who waits hangs up at the rate \xCE\xB8 = 1 / %s s = %s/s.",
        digits(f, f->c->queue.patience), digits(f, theta));
    put_weights(f, "those with j = 0, 1, 2, ... callers waiting, each \xCE\xBB / (n / h + j "
                   "\xCE\xB8) times the one before, weigh together");
    PUT("Mean wait of all: mean number waiting / \xCE\xBB = %s / %s = %s s. Abandoned: \xCE\xB8 "
        "\xC3\x97 wait = %s \xC3\x97 %s = %s.",
        digits(f, q->queue_length), digits(f, f->rate), digits(f, q->wait), digits(f, theta),
        digits(f, q->wait), digits(f, q->abandon_rate));
    if (isfinite(f->a->within))
        PUT("Service level: with c = n / (h \xCE\xB8) = %s and x = e^(-\xCE\xB8 t) = %s, who finds "
            "j "
            "callers waiting is answered within t with the probability c / (c + j + 1) (1 - I(x; c "
            "+ "
            "1, j + 1)), I the incomplete beta function. Over all states: %s.",
            digits(f, f->agents / f->handling / theta), digits(f, exp(-theta * f->a->within)),
            digits(f, q->service_level));
}

static void put_any_patience(struct formulas *f)
{
    const oh_queue_figures *q = &f->a->figures;
    PUT("Patience: G(x) is the share of callers who would wait longer than x, H(x) its integral up "
        "to x.");
    put_b(f, "Erlang B, on the way");
    double j = q->delayed / (1 - q->delayed) / f->rate / f->before;
    PUT("J = \xE2\x88\xAB e^(\xCE\xBB H(x) - n x / h) dx = %s s (Zeltyn and Mandelbaum 2005). "
        "Delayed: \xCE\xBB J / (1 / B(n-1) + \xCE\xBB J) = %s.",
        digits(f, j), digits(f, q->delayed));
    PUT("Answered, waits and hung up are the same integral with G(x), x G(x), H(x) and 1 - G(x) "
        "under it: abandoned %s, mean wait of all %s s.",
        digits(f, q->abandon_rate), digits(f, q->wait));
}

void calculator_formulas(struct sheet *sheet, struct arena *arena, const oh_calculation *c,
                         const oh_answer *a)
{
    struct page_section *section = sheet_section(sheet, arena, "Formulas, with the numbers put in");
    if (!section)
        return;
    struct formulas formulas = {.arena = arena,
                                .lines = &section->notes,
                                .c = c,
                                .a = a,
                                .rate = a->load / c->queue.handling,
                                .handling = c->queue.handling,
                                .agents = a->agents,
                                .load = a->load};
    struct formulas *f = &formulas;
    put_load(f);
    bool nobody_waits = !(oh_erlang_b(a->load, a->agents - 1) > 0);
    if (c->formula == FORMULA_B)
        put_erlang_b(f);
    else if (nobody_waits)
        PUT("So few callers for so many agents: nobody waits.");
    else if (c->formula == FORMULA_C || isinf(a->figures.wait) || isinf(c->queue.patience))
        put_erlang_c(f);
    else if (c->formula == FORMULA_A)
        put_erlang_a(f);
    else
        put_any_patience(f);
    if (c->lines > 1)
        PUT("These are the numbers of the first line, with %s agents.", digits(f, a->agents));
}
