/* fit_group_words.c - what a log tells of agents that it does not name or time.
 */
#include "fit_group_words.h"

#include <math.h>

#include "wording.h"

const char *fit_group_words(struct arena *arena, const oh_fit *fit, const struct fit_group *group,
                            enum fit_group_note note)
{
    const struct fit_ready *r = &group->ready;
    const struct fit_spread *d = &group->spread;
    const char *name = fit->agents.groups > 1 ? group->name : "";
    const char *colon = fit->agents.groups > 1 ? ": " : "";
    char a[WORDS], b[WORDS], c[WORDS];
    switch (note) {
    case GROUP_READY:
        return r->write ? arena_printf(arena,
                                       "%s%safter %s of contacts the next one did not follow at "
                                       "once though somebody waited, but after %s: written as "
                                       "not_ready",
                                       name, colon, word_share(a, r->share, NAN),
                                       word_duration(b, r->pause))
                        : NULL;
    case GROUP_ALONE:
        return r->write && r->longer_alone
                   ? arena_printf(arena,
                                  "%s%swhere nobody waited at a contact's end the pause was "
                                  "longer: %s on the mean, against %s; a scenario has one law, so "
                                  "in truth more calls have to wait, and not as long",
                                  name, colon, word_duration(a, r->alone),
                                  word_duration(b, r->beside))
                   : NULL;
    case GROUP_ABSENCE:
        return d->written ? arena_printf(arena,
                                         "%s%sdays of one kind differ as if %s of the agents were "
                                         "absent (%s to %s): written as absence; the heads count "
                                         "the absent, too",
                                         name, colon, word_share(a, d->absence.value, NAN),
                                         word_share(b, d->absence.low, NAN),
                                         word_share(c, d->absence.high, NAN))
                          : NULL;
    case GROUP_FOLLOWS:
        return d->follows ? arena_printf(arena,
                                         "%s%sbusier days had more agents: with 10 %% more calls "
                                         "%s more (correlation %s); no table of heads tells that",
                                         name, colon, word_share(a, 0.1 * d->elasticity, NAN),
                                         word_fixed(b, d->correlation, 2))
                          : NULL;
    case GROUP_NOTES:
        break;
    }
    return NULL;
}
