/* fuzz_log.c - damaged call logs: read in pieces, judged, fitted and written as a scenario.
 */
#include <gsl/gsl_errno.h>
#include <stdlib.h>

#include <onhold/fit.h>

#include "../../sim/data/log_map.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An assertion that stays in release builds. */
static void must(bool condition)
{
    if (!condition)
        abort();
}

static bool count(void *user, const char *text, size_t length)
{
    size_t *bytes = user;
    must(text || length == 0);
    *bytes += length;
    return true;
}

/* Every row is used or dropped for a reason. */
static void rows_add_up(const oh_log *log)
{
    uint64_t rows = oh_log_used(log);
    for (size_t i = 0; i < oh_log_drops(log); i++)
        rows += oh_log_drop_at(log, i).rows;
    must(rows == oh_log_rows(log));
}

static void write_all(const oh_fit *fit, const oh_log *log)
{
    size_t bytes = 0;
    oh_sink sink = {.write = count, .user = &bytes};
    must(oh_fit_scenario(fit, "fuzz", sink) == OH_OK);
    for (size_t i = 0; i < oh_fit_tables(fit); i++)
        must(oh_fit_table(fit, i, sink) == OH_OK);
    for (size_t i = 0; i < oh_fit_plots(); i++)
        must(oh_fit_plot(fit, i, sink) == OH_OK);
    must(oh_fit_write(fit, log, "json", false, sink) == OH_OK);
    must(oh_fit_write(fit, log, "table", false, sink) == OH_OK);
    must(bytes > 0);
}

static void read_log(const char *text, size_t size, size_t piece)
{
    oh_diags *diags = oh_diags_new();
    oh_log *log = NULL;
    oh_fit *fit = NULL;
    oh_log_options options = {.most_dropped = 1};
    if (diags && oh_log_new(&log, &options, diags) == OH_OK) {
        oh_status status = oh_log_begin(log, "fuzz.csv", diags);
        for (size_t at = 0; status == OH_OK && at < size; at += piece)
            status = oh_log_take(log, text + at, at + piece < size ? piece : size - at);
        if (status == OH_OK)
            status = oh_log_end(log);
        if (status == OH_OK)
            rows_add_up(log);
        if (status == OH_OK && oh_log_judge(log, diags) == OH_OK &&
            oh_fit_make(&fit, log, NULL, diags) == OH_OK)
            write_all(fit, log);
    }
    oh_fit_free(fit);
    oh_log_free(log);
    oh_diags_free(diags);
}

/* The same bytes as a mapping file. */
static void read_map(const char *text, size_t size)
{
    struct arena arena;
    struct log_map map;
    oh_diags *diags = oh_diags_new();
    arena_init(&arena);
    const struct source *source = source_new(&arena, "map.yaml", text, size);
    if (diags && source && log_map_parse(&map, &arena, source, diags))
        must(log_map_outcome(&map, "no such word") == OUTCOME_UNKNOWN);
    arena_free(&arena);
    oh_diags_free(diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gsl_set_error_handler_off(); /* as the program does */
    read_log((const char *)data, size, size ? size : 1);
    read_log((const char *)data, size, 5);
    read_map((const char *)data, size);
    return 0;
}
