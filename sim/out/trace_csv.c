/* trace_csv.c - one replication call by call, as a call log that `fit` reads.
 *
 * The one idea: the replication is played again with a probe. Calls end in any order but are told
 * in the order in which they entered, so the records are kept and sorted by number.
 */
#include <stdio.h>
#include <stdlib.h>

#include <onhold/write.h>

#include "../engine/engine.h"
#include "csv_text.h"

static const char *const header[] = {
    "replication", "call",    "caller", "attempt", "queue", "arrived", "patience", "wait",
    "ring",        "outcome", "group",  "agent",   "talk",  "hold",    "wrap_up",  "ended"};

struct log {
    struct call_record *record;
    size_t count, room;
    double last; /* calls that entered later are not told: the end of the window */
    bool failed;
};

static void keep_call(void *user, const struct call_record *record)
{
    struct log *log = user;
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

static void put_call(struct csv *c, const oh_model *model, uint32_t replication,
                     const struct call_record *r)
{
    cs_whole(c, replication);
    cs_whole(c, r->call);
    cs_whole(c, r->caller);
    cs_whole(c, r->attempt);
    cs_field(c, model->queue[r->queue].name);
    cs_real(c, r->arrived);
    cs_real(c, r->patience); /* never: empty */
    cs_real(c, r->wait);
    cs_real(c, r->ring);
    cs_field(c, r->outcome);
    cs_field(c, r->group >= 0 ? model->group[r->group].name : "");
    if (r->agent >= 0)
        cs_whole(c, (uint64_t)r->agent);
    else
        cs_field(c, "");
    cs_real(c, r->talk);
    cs_real(c, r->hold);
    cs_real(c, r->wrap_up);
    cs_real(c, r->ended);
    cs_end_row(c);
}

static oh_status put_log(struct log *log, const oh_model *model, uint32_t replication, oh_sink sink)
{
    struct csv csv = cs_to(sink);
    for (size_t i = 0; i < sizeof header / sizeof *header; i++)
        cs_field(&csv, header[i]);
    cs_end_row(&csv);
    if (log->count > 0)
        qsort(log->record, log->count, sizeof *log->record, by_number);
    for (size_t i = 0; i < log->count && !csv.emit.failed; i++)
        put_call(&csv, model, replication, &log->record[i]);
    return csv.emit.failed ? OH_IO : OH_OK;
}

/* A long run in batches fills one tally a batch. */
static oh_status play_into(struct log *log, struct play *play, const oh_model *model,
                           const struct panel *panel, struct tally *tally, char message[256])
{
    size_t sets = play->rows * (model->queues + 1);
    const struct probe probe = {.user = log, .call = keep_call};
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
        play->probe = &probe;
        status = replication_play(rep, play, message);
    }
    replication_free(rep);
    histograms_free(h, 3 * sets);
    return status == OH_OK && log->failed ? OH_NO_MEMORY : status;
}

oh_status oh_trace_csv(const oh_model *model, uint32_t seed, uint32_t replication, oh_sink sink,
                       char message[256])
{
    struct log log = {.last = model->close};
    struct play play = {
        .seed = seed, .number = replication, .rows = model->batches ? model->batches : 1};
    struct panel panel;
    char spare[256];
    if (message)
        message[0] = '\0';
    if (!panel_init(&panel, model->shape, play.rows))
        return OH_NO_MEMORY;
    struct tally *tally = calloc(play.rows, sizeof *tally);
    oh_status status = OH_NO_MEMORY;
    if (tally)
        status = play_into(&log, &play, model, &panel, tally, message ? message : spare);
    if (status == OH_OK)
        status = put_log(&log, model, replication, sink);
    free(tally);
    panel_free(&panel);
    free(log.record);
    return status;
}
