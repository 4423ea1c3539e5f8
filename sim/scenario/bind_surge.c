/* bind_surge.c - what makes arrivals less regular than their rate: noise, rushes, groups.
 */
#include <math.h>
#include <string.h>

#include "binder.h"

enum { SURGES_MAX = 1000 };

static bool already(const double *at, size_t n, double x)
{
    for (size_t i = 0; i < n; i++)
        if (at[i] == x)
            return true;
    return false;
}

/* One rush is at the same time of day, so in openings that begin at different times it is as many
 * rushes as there are beginnings. Returns how many. */
static size_t lay_surge(struct binder *b, const struct node *node, struct spec_surge given,
                        struct spec_surge *out)
{
    double at[SPEC_DAYS];
    size_t n = 0;
    for (size_t k = 0; k < b->openings; k++) {
        double after = fmod(given.at - b->opening[k].opens + 2 * 86400, 86400);
        if (after >= opening_length(b, k))
            continue;
        if (!already(at, n, after)) {
            at[n] = after;
            out[n] = given;
            out[n++].at = after;
        }
        for (size_t i = 0; i < n; i++)
            if (at[i] == after)
                out[i].on[k] = true;
    }
    const struct node *clock = node_get(node, "at");
    if (n == 0 && b->openings > 0) {
        finding(b->diags, CODE_E215, clock->span, "%s is outside the opening", clock->text);
        finding_note(b->diags, b->spec->time.span, "the opening");
    }
    return n;
}

static void read_surges(struct binder *b, const struct node *list, struct spec_arrivals *out)
{
    static const char path[] = ARRIVALS ".surge.*";
    if (!want_list(b, list, key_of(ARRIVALS ".surge")->form))
        return;
    if (b->time_known && b->spec->time.mode == TIME_STEADY) {
        finding(b->diags, CODE_E216, list->key_span,
                "a rush has no meaning in steady state, where nothing changes with time");
        finding_note(b->diags, b->spec->time.span, "steady state is asked for here");
        return;
    }
    if (list->count > SURGES_MAX) {
        finding(b->diags, CODE_E218, list->span, "%zu rushes; at most %d are possible", list->count,
                SURGES_MAX);
        return;
    }
    struct spec_surge *surge = arena_array(b->arena, list->count * SPEC_DAYS + 1, sizeof *surge);
    if (!surge) {
        b->no_memory = true;
        return;
    }
    out->surge = surge;
    for (const struct node *item = list->first; item; item = item->next) {
        struct spec_surge given = {.factor = 1};
        size_t before = oh_diags_errors(b->diags);
        if (want_map(b, item, "{at: 11:00, for: 45 min, factor: 3}"))
            section_read(b, path, item, &given);
        if (!found_since(b, before) && !item->bad && b->time_known)
            out->surges += lay_surge(b, item, given, &surge[out->surges]);
    }
}

void extras_read(struct binder *b, const struct node *map, struct spec_arrivals *out)
{
    const struct node *smooth = node_get(map, "smooth"), *noise = node_get(map, "noise");
    const struct node *surge = node_get(map, "surge"), *batch = node_get(map, "batch");
    if (smooth)
        read_flag(b, key_of(ARRIVALS ".smooth"), smooth, &out->smooth);
    if (noise)
        read_spread(b, key_of(ARRIVALS ".noise"), noise, &out->noise);
    if (surge)
        read_surges(b, surge, out);
    if (batch)
        read_section(b, key_of(ARRIVALS ".batch"), batch, out);
}
