/* call_log.c - playing one replication again for those who tell about it.
 *
 * The one idea: calls end in any order but are told in the order in which they entered, so the
 * records are kept and sorted by number.
 */
#include "call_log.h"

#include <math.h>
#include <stdlib.h>

void call_log_keep(void *user, const struct call_record *record)
{
    struct call_log *log = user;
    if (log->failed || record->arrived > log->last)
        return;
    if (log->count == log->room) {
        size_t room = log->room ? 2 * log->room : 1024;
        struct call_record *larger = realloc(log->record, room * sizeof *larger);
        if (!larger) {
            log->failed = true;
            return;
        }
        log->record = larger;
        log->room = room;
    }
    log->record[log->count++] = *record;
}

static int by_number(const void *pa, const void *pb)
{
    const struct call_record *a = pa, *b = pb;
    return a->call < b->call ? -1 : a->call > b->call;
}

/* A long run in batches fills one tally a batch. */
static oh_status play_into(struct play *play, const oh_model *model, const struct panel *panel,
                           struct tally *tally, char *message)
{
    size_t sets = play->rows * (model->queues + 1);
    struct histogram *h = histograms_new(3 * sets);
    struct replication *rep = replication_new(model);
    oh_status status = OH_NO_MEMORY;
    if (h && rep) {
        for (size_t i = 0; i < play->rows; i++)
            tally[i] = panel_row(panel, i);
        play->tally = tally;
        play->answered = h;
        play->abandoned = h + sets;
        play->other = h + 2 * sets;
        status = replication_play(rep, play, message);
    }
    replication_free(rep);
    histograms_free(h, 3 * sets);
    return status;
}

oh_status replay(const oh_model *model, uint32_t seed, uint32_t replication,
                 const struct probe *probe, struct call_log *log, char *message)
{
    struct play play = {.seed = seed,
                        .number = replication,
                        .rows = model->batches ? model->batches : 1,
                        .probe = probe};
    struct panel panel;
    /* A steady run goes on, uncounted, until the last of those it counts has left. After the
     * closing of a day those who are passed on still enter. */
    log->last = model->steady ? model->close : INFINITY;
    if (!panel_init(&panel, model->shape, play.rows))
        return OH_NO_MEMORY;
    struct tally *tally = calloc(play.rows, sizeof *tally);
    oh_status status = OH_NO_MEMORY;
    if (tally)
        status = play_into(&play, model, &panel, tally, message);
    free(tally);
    panel_free(&panel);
    if (status == OH_OK && log->failed)
        status = OH_NO_MEMORY;
    if (status == OH_OK && log->count > 0)
        qsort(log->record, log->count, sizeof *log->record, by_number);
    return status;
}
