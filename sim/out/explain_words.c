/* explain_words.c - a queue's callers and rules in words. */
#include <math.h>
#include <string.h>

#include "../model/labels.h"
#include "explain_page.h"

bool explain_next_day(const oh_model *m, size_t opening, size_t next)
{
    return m->opening[next].weekday == m->opening[opening].weekday + 1;
}

const char *explain_days(struct arena *arena, const oh_model *m, size_t first, size_t last)
{
    char one[WORDS], other[WORDS];
    if (!m->week)
        return "";
    word_day(one, label_day(m, first));
    if (first == last)
        return arena_printf(arena, "%s ", one);
    return arena_printf(arena, "%s\xE2\x80\x93%s ", one, word_day(other, label_day(m, last)));
}

const char *explain_target(struct arena *arena, const struct model_target *target)
{
    char words[WORDS];
    const oh_estimate e = {.has_target = true,
                           .target = target->level,
                           .within = target->within,
                           .at_most = target->at_most};
    oh_column column = {.metric = &target->metric->public};
    strncpy(column.id, target->metric->public.id, sizeof column.id - 1);
    return arena_strdup(arena, word_target(words, &column, &e));
}

/* The time by which that share has hung up; INFINITY: never. */
static double hung_up_by(const struct dist *patience, double share)
{
    double low = 0, high = 1;
    while (dist_cdf(patience, high) < share) {
        low = high;
        high *= 2;
        if (high > 1e12)
            return INFINITY;
    }
    while (high - low > 1e-9 * high && high > 1e-3) {
        double middle = (low + high) / 2;
        if (dist_cdf(patience, middle) < share)
            low = middle;
        else
            high = middle;
    }
    return high;
}

const char *explain_patience(struct arena *arena, const struct model_queue *q)
{
    static const struct {
        double share;
        const char *words;
    } parts[] = {{0.1, "one in ten hangs up"}, {0.5, "half"}, {0.9, "nine in ten"}};
    char words[WORDS];
    double ever = dist_cdf(q->patience, 1e12);
    const char *text = "";
    if (!(ever > 0))
        return "nobody hangs up";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        double t = hung_up_by(q->patience, parts[i].share);
        if (isinf(t) || !text)
            break;
        text = arena_printf(arena, "%s%s%s within %s", text, *text ? ", " : "", parts[i].words,
                            word_duration(words, t));
    }
    if (ever < 1 - 1e-9 && text)
        text = arena_printf(arena, "%s%s%s never hang up", text, *text ? "; " : "",
                            word_share(words, 1 - ever, NAN));
    return text ? text : "";
}

/* ---- rules, each a clause ---- */

static const char *clause(struct arena *arena, const char *text, const char *more)
{
    return text && more ? arena_printf(arena, "%s%s%s", text, *text ? "; " : "", more) : NULL;
}

#define ADD(...) text = clause(arena, text, arena_printf(arena, __VA_ARGS__))

const char *explain_rules(struct arena *arena, const oh_model *m, const struct model_queue *q)
{
    const struct spec_queue *r = q->rules;
    const char *text = "";
    char words[WORDS];
    if (r->self_service)
        ADD("self-service first, about %s, resolves %s",
            arena_strdup(arena, word_duration(words, dist_mean(r->self_service))),
            word_round_share(words, r->self_service_resolves));
    if (m->lines != UINT32_MAX && !q->deferrable)
        ADD("busy tone beyond %s calls in the house", word_fixed(words, m->lines, 0));
    if (q->capacity != UINT64_MAX)
        ADD("busy tone when %s wait", word_fixed(words, (double)q->capacity, 0));
    if (q->balk > 0)
        ADD("%s of those who must wait hang up at once", word_round_share(words, q->balk));
    if (r->has_announce)
        ADD("an announcement after %s changes the patience left by a factor of %s",
            arena_strdup(arena, word_duration(words, r->announce_at)),
            word_fixed(words, r->announce_factor, 2));
    if (r->callback.given && r->callback.by_wait)
        ADD("a call-back is offered where the expected wait is above %s",
            word_duration(words, r->callback.over));
    else if (r->callback.given)
        ADD("a call-back is offered where more than %s wait",
            word_fixed(words, r->callback.over, 0));
    if (r->silent_share > 0)
        ADD("%s of those who hang up stay in the line unseen",
            word_round_share(words, r->silent_share));
    if (r->slower_when_late > 0)
        ADD("talk grows by %s of the wait", word_round_share(words, r->slower_when_late));
    if (r->backlog > 0)
        ADD("%s wait already at the first opening", word_fixed(words, r->backlog, 0));
    if (r->preempt)
        ADD("interrupts calls of lower priority");
    return text;
}
