/* played.c - the engine's probe as a list of records, with an optional look after every event.
 */
#include "played.h"

#include <stdlib.h>
#include <string.h>

struct watch {
    struct played *played;
    const char *what;
};

static void keep(void *user, const struct call_record *record)
{
    struct played *p = ((struct watch *)user)->played;
    if (p->records == p->room) {
        p->room = 2 * p->room + 64;
        p->record = realloc(p->record, p->room * sizeof *p->record);
        assert_non_null(p->record);
    }
    p->record[p->records++] = *record;
}

static void look(void *user, const struct replication *rep)
{
    const struct watch *watch = user;
    const char *wrong = replication_verify(rep);
    watch->played->events++;
    if (wrong)
        fail_with(__FILE__, __LINE__, "%s, at %.6f s, in:\n%s", wrong, replication_now(rep),
                  watch->what);
}

static int by_entry(const void *pa, const void *pb)
{
    const struct call_record *a = pa, *b = pb;
    return (a->call > b->call) - (a->call < b->call);
}

struct played play_one(const oh_model *model, uint32_t seed, uint32_t number, bool verify,
                       const char *what)
{
    struct played p = {.model = model, .verify = verify};
    struct watch watch = {&p, what};
    struct probe probe = {&watch, keep, verify ? look : NULL};
    char message[256] = "";
    struct replication *rep = replication_new(model);
    assert_non_null(rep);
    assert_true(panel_init(&p.panel, model->shape, 1));
    const struct tally row = panel_row(&p.panel, 0);
    struct play play = {
        .seed = seed,
        .number = number,
        .rows = 1,
        .tally = &row,
        .answered = p.panel.answered,
        .abandoned = p.panel.abandoned,
        .other = p.panel.other,
        .probe = &probe,
    };
    oh_status status = replication_play(rep, &play, message);
    replication_free(rep);
    if (status != OH_OK)
        fail_with(__FILE__, __LINE__, "%s: %s, in:\n%s", oh_status_text(status), message, what);
    p.calls = play.calls;
    if (p.records > 0)
        qsort(p.record, p.records, sizeof *p.record, by_entry);
    return p;
}

void played_free(struct played *p)
{
    panel_free(&p->panel);
    free(p->record);
    memset(p, 0, sizeof *p);
}

const struct queue_cell *played_queue(const struct played *p, size_t queue, size_t period)
{
    return &panel_row(&p->panel, 0).queue[queue * panel_periods(&p->panel.shape) + period];
}

const struct group_cell *played_group(const struct played *p, size_t group, size_t period)
{
    return &panel_row(&p->panel, 0).group[group * panel_periods(&p->panel.shape) + period];
}
