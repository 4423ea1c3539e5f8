/* fit_yaml_agents.c - the groups of a fitted scenario: who serves what and how fast, how many are
 * on duty, and when they are ready again, each with its evidence.
 */
#include <math.h>
#include <string.h>

#include "fit_yaml.h"

static const struct fit_speed *speed_of(const oh_fit *fit, const struct fit_group *g, size_t q)
{
    const struct fit_speed *s = g->speed ? &g->speed[fit->number[q]] : NULL;
    return s && s->written && g->serves[fit->number[q]] ? s : NULL;
}

static const struct fit_at_once *several_of(const oh_fit *fit, const struct fit_group *g, size_t q)
{
    const struct fit_at_once *a = g->at_once ? &g->at_once[fit->number[q]] : NULL;
    return a && a->most > 1 ? a : NULL;
}

static bool is_plain(const struct fit_writing *w, const struct fit_group *g)
{
    for (size_t q = 0; q < w->fit->queues; q++)
        if (speed_of(w->fit, g, q))
            return false;
    return !(g->several && w->fit->agents.named);
}

/* How fast they are, and how many they hold at once: said before the map that states it. */
static void put_skill_evidence(struct fit_writing *w, const struct fit_group *g, size_t q)
{
    const struct fit_speed *s = speed_of(w->fit, g, q);
    const struct fit_at_once *a = several_of(w->fit, g, q);
    char n[WORDS], low[FIT_WORDS], high[FIT_WORDS], share[FIT_WORDS];
    if (s)
        emit_words(&w->e, "    # %s: %s calls, %s to %s times as fast as all who take them\n",
                   w->fit->queue[q].name, word_fixed(n, (double)s->n, 0),
                   fit_number(low, s->value.low, 3), fit_number(high, s->value.high, 3));
    if (a)
        emit_words(&w->e, "    # %s of %s contacts of %s began beside another one; %s\n",
                   fit_share(share, (double)a->beside / (double)a->n),
                   word_fixed(n, (double)a->n, 0), w->fit->queue[q].name,
                   a->slows ? "\n    # pace: how fast each goes with 1, 2 ... in hand, against "
                              "the mean contact"
                            : "no slower for it beyond chance");
}

static void put_one_served(struct fit_writing *w, const struct fit_group *g, size_t q)
{
    char words[FIT_WORDS];
    const struct fit_at_once *a = several_of(w->fit, g, q);
    const struct fit_speed *speed = speed_of(w->fit, g, q);
    emit_text(&w->e, ": {");
    if (a) {
        emit_words(&w->e, "at_once: %s, pace: [", fit_number(words, a->most, 2));
        for (unsigned k = 0; k < a->most; k++)
            emit_words(&w->e, "%s%s", k ? ", " : "", fit_number(words, a->pace[k], 3));
        emit_text(&w->e, speed ? "], " : "]");
    }
    if (speed)
        emit_words(&w->e, "speed: %s", fit_number(words, speed->value.value, 3));
    emit_char(&w->e, '}');
}

static void put_serves(struct fit_writing *w, const struct fit_group *g)
{
    bool plain = is_plain(w, g), any = false;
    for (size_t q = 0; q < w->fit->queues; q++)
        put_skill_evidence(w, g, q);
    emit_text(&w->e, plain ? "    serves: [" : "    serves: {");
    for (size_t q = 0; q < w->fit->queues; q++) {
        if (!g->serves[w->fit->number[q]])
            continue;
        emit_words(&w->e, "%s%s", any ? ", " : "", w->fit->queue[q].name);
        if (!plain)
            put_one_served(w, g, q);
        any = true;
    }
    emit_text(&w->e, plain ? "]\n" : "}\n");
}

static bool serves_any(const oh_fit *fit, const struct fit_group *g)
{
    for (size_t q = 0; q < fit->queues; q++)
        if (g->serves[fit->number[q]])
            return true;
    return false;
}

/* What agents do between two contacts while somebody waits. */
static void put_ready(struct fit_writing *w, const struct fit_ready *r)
{
    char a[FIT_WORDS], b[FIT_WORDS], c[FIT_WORDS], n[WORDS];
    if (!r->write)
        return;
    emit_words(&w->e,
               "    # at the end of %s contacts somebody waited: after %s to %s of them the agent "
               "was not\n    # ready at once. Longer than 10 min counts as a break.\n"
               "    not_ready: {share: %s, for: {",
               word_fixed(n, (double)r->n, 0), fit_share(a, r->low), fit_share(b, r->high),
               fit_share(c, r->share));
    if (r->by_law && r->law.kind == LAW_EXPONENTIAL)
        emit_words(&w->e, "exponential: %s", fit_seconds(a, r->pause));
    else if (r->by_law && r->law.kind == LAW_WEIBULL)
        emit_words(&w->e, "weibull: {shape: %s, mean: %s}", fit_number(a, r->law.a, 3),
                   fit_seconds(b, r->pause));
    else if (r->by_law)
        emit_words(&w->e, "%s: {mean: %s, cv: %s}", law_name(r->law.kind), fit_seconds(a, r->pause),
                   fit_number(b, law_cv(&r->law), 3));
    for (size_t k = 0; k < READY_VALUES && !r->by_law; k++)
        emit_words(&w->e, "%s%s", k == 0 ? "empirical: {values: [" : ", ",
                   fit_seconds(a, r->value[k]));
    emit_text(&w->e, r->by_law ? "}}\n" : "]}}}\n");
}

/* Scheduled, of whom some are absent. */
static void put_absence(struct fit_writing *w, const struct fit_group *g)
{
    const struct measured *a = &g->spread.absence;
    char share[FIT_WORDS], low[FIT_WORDS], high[FIT_WORDS];
    if (!g->spread.written || w->fit->staff)
        return;
    emit_words(&w->e, "    absence: %s  # %s to %s, from how far days of one kind differ\n",
               fit_share(share, a->value), fit_share(low, a->low), fit_share(high, a->high));
}

/* Whether weekdays differ, and whether busy days have more agents. */
static void put_days(struct fit_writing *w, const struct fit_group *g)
{
    char a[FIT_WORDS], b[FIT_WORDS];
    bool several = false;
    for (unsigned d = 0; d < WEEKDAYS; d++)
        several = several || g->same[d] != d;
    if (several && w->fit->calendar.week)
        emit_words(&w->e,
                   "    # weekdays of the same hours differ no more than by chance (p = %s): "
                   "their days are taken together\n",
                   fit_number(a, g->weekdays_p, 2));
    if (g->spread.follows)
        emit_words(&w->e,
                   "    # busier days had more agents (correlation %s): 10%% more calls went with "
                   "%s more agents. The table cannot\n    # tell that; days of the scenario have "
                   "as many agents whatever the calls.\n",
                   fit_number(a, g->spread.correlation, 2),
                   fit_share(b, 0.1 * g->spread.elasticity));
    if (g->ready.write && g->ready.longer_alone)
        emit_words(&w->e,
                   "    # After a contact at whose end nobody waited agents took longer: %s "
                   "on the mean, against %s.\n    # A scenario has one law; more calls than it "
                   "tells have to wait, and not as long.\n",
                   fit_seconds(a, g->ready.alone), fit_seconds(b, g->ready.beside));
}

void fit_put_agents(struct fit_writing *w)
{
    const struct fit_agents *a = &w->fit->agents;
    char ratio[FIT_WORDS], table[FILE_NAME_ROOM];
    emit_text(&w->e, "\nagents:\n");
    for (size_t g = 0; g < a->groups; g++) {
        const struct fit_group *group = &a->group[g];
        if (!serves_any(w->fit, group))
            continue;
        emit_words(&w->e, "  %s:\n", group->name);
        if (w->fit->staff) {
            emit_text(&w->e, "    count: {csv: ");
            emit_text(&w->e,
                      fit_file_name(table, w->fit->staff)); /* may be longer than words are */
            emit_words(&w->e, ", column: %s}\n",
                       a->groups == 1 ? w->fit->staff_column : group->name);
        } else {
            if (group->ready.write || group->several)
                emit_words(&w->e,
                           "    # agents between their first and last contacts, breaks left out, "
                           "while somebody waits:\n    # %s of those seen at any time. "
                           "%zu names.\n",
                           fit_share(ratio, group->ratio), group->people);
            else if (!w->fit->intervals && a->people > 0)
                emit_words(&w->e,
                           "    # busy agents while somebody waits: the number really on "
                           "duty, %s of those seen at work;\n    # where nobody waited, that "
                           "share of those seen. %zu names.\n",
                           fit_share(ratio, group->ratio), group->people);
            else if (!w->fit->intervals)
                emit_text(&w->e, "    # busy agents while somebody waits; the log names nobody\n");
            if (a->tuned != 1)
                emit_words(&w->e,
                           "    # These times %s, with which the simulated mean wait is the log's: "
                           "the number on duty\n    # changes with the day and within the interval "
                           "in a way that no table of heads says.\n",
                           fit_number(ratio, a->tuned, 3));
            put_days(w, group);
            emit_words(&w->e, "    count: {per: %s min, csv: %s, column: %s}\n",
                       fit_minutes(ratio, w), fit_table_name(table, w, "staff"), group->name);
            put_absence(w, group);
        }
        put_serves(w, group);
        put_ready(w, &group->ready);
    }
}
