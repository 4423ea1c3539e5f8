/* played.c - the engine's probe as a list of records, with an optional look after every event.
 */
#include "played.h"

#include <stdlib.h>
#include <string.h>

struct watch {
    struct played *played;
    const char *what;
    played_event *event; /* may be NULL */
    void *user;
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
    const char *wrong = watch->played->verify ? replication_verify(rep) : NULL;
    watch->played->events++;
    if (wrong)
        fail_with(__FILE__, __LINE__, "%s, at %.6f s, in:\n%s", wrong, replication_now(rep),
                  watch->what);
    if (watch->event)
        watch->event(watch->user, rep);
}

static int by_entry(const void *pa, const void *pb)
{
    const struct call_record *a = pa, *b = pb;
    return (a->call > b->call) - (a->call < b->call);
}

/* Fills a row of the panel for each batch of a long run. */
static void play_rows(struct played *p, uint32_t seed, uint32_t number, const struct probe *probe,
                      const char *what)
{
    size_t rows = p->panel.capacity, histograms = rows * (p->panel.shape.queues + 1);
    struct tally *tally = calloc(rows, sizeof *tally);
    struct histogram *answered = histograms_new(histograms);
    struct histogram *abandoned = histograms_new(histograms), *other = histograms_new(histograms);
    struct replication *rep = replication_new(p->model);
    assert_true(tally && answered && abandoned && other && rep);
    for (size_t i = 0; i < rows; i++)
        tally[i] = panel_row(&p->panel, i);
    struct play play = {
        .seed = seed,
        .number = number,
        .rows = rows,
        .tally = tally,
        .answered = answered,
        .abandoned = abandoned,
        .other = other,
        .probe = probe,
    };
    char message[256] = "";
    oh_status status = replication_play(rep, &play, message);
    replication_free(rep);
    if (status != OH_OK)
        fail_with(__FILE__, __LINE__, "%s: %s, in:\n%s", oh_status_text(status), message, what);
    p->calls = play.calls;
    histograms_free(answered, histograms);
    histograms_free(abandoned, histograms);
    histograms_free(other, histograms);
    free(tally);
}

struct played play_watched(const oh_model *model, uint32_t seed, uint32_t number, bool verify,
                           played_event *event, void *user, const char *what)
{
    struct played p = {.model = model, .verify = verify};
    struct watch watch = {&p, what, event, user};
    struct probe probe = {&watch, keep, verify || event ? look : NULL};
    assert_true(panel_init(&p.panel, model->shape, model->batches ? model->batches : 1));
    play_rows(&p, seed, number, &probe, what);
    if (p.records > 0)
        qsort(p.record, p.records, sizeof *p.record, by_entry);
    return p;
}

struct played play_one(const oh_model *model, uint32_t seed, uint32_t number, bool verify,
                       const char *what)
{
    return play_watched(model, seed, number, verify, NULL, NULL, what);
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
