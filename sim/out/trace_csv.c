/* trace_csv.c - replications call by call, as a call log that `fit` reads. */
#include <stdlib.h>

#include <onhold/write.h>

#include "call_log.h"
#include "csv_text.h"

static const char *const header[] = {
    "replication", "call",    "caller", "attempt", "queue", "arrived", "patience", "wait",
    "ring",        "outcome", "group",  "agent",   "talk",  "hold",    "wrap_up",  "ended"};

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

static oh_status put_header(oh_sink sink)
{
    struct csv csv = cs_to(sink);
    for (size_t i = 0; i < sizeof header / sizeof *header; i++)
        cs_field(&csv, header[i]);
    cs_end_row(&csv);
    return csv.emit.failed ? OH_IO : OH_OK;
}

static oh_status put_replication(const oh_model *model, uint32_t seed, uint32_t replication,
                                 oh_sink sink, char *message)
{
    struct call_log log = {0};
    const struct probe probe = {.user = &log, .call = call_log_keep};
    oh_status status = replay(model, seed, replication, &probe, &log, message);
    if (status == OH_OK) {
        struct csv csv = cs_to(sink);
        for (size_t i = 0; i < log.count && !csv.emit.failed; i++)
            put_call(&csv, model, replication, &log.record[i]);
        if (csv.emit.failed)
            status = OH_IO;
    }
    free(log.record);
    return status;
}

oh_status oh_trace_csv(const oh_model *model, const oh_trace_options *options, oh_sink sink,
                       uint32_t *done, char message[256])
{
    char spare[256];
    uint32_t n = 0;
    char *told = message ? message : spare;
    told[0] = '\0';
    if (options->first < 1 || options->replications < 1 ||
        options->replications - 1 > UINT32_MAX - 1 - options->first)
        return OH_ARGUMENT;
    oh_status status = put_header(sink);
    for (; status == OH_OK && n < options->replications; n++) {
        if (options->cancel && atomic_load(options->cancel)) {
            status = OH_CANCELLED;
            break;
        }
        status = put_replication(model, options->seed, options->first + n, sink, told);
        if (status != OH_OK)
            break;
    }
    if (done)
        *done = n;
    return status;
}
