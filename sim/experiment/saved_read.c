/* saved_read.c - a saved result, read again: the scenario is compiled, the counts are put back.
 *
 * The one idea: nothing that can be computed again is read. Names, periods, metrics and theory come
 * from the model, which comes from the scenario inside.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/read_file.h"
#include "../scenario/resolved.h"
#include "../scenario/scenario_tree.h"
#include "../stats/pack.h"
#include "saved.h"

static oh_status say(char message[256], oh_status status, const char *text)
{
    snprintf(message, 256, "%s", text);
    return status;
}

oh_saved *saved_new(void)
{
    oh_saved *saved = calloc(1, sizeof *saved);
    if (saved)
        arena_init(&saved->arena);
    return saved;
}

void oh_saved_free(oh_saved *saved)
{
    if (!saved)
        return;
    oh_result_free(saved->result);
    oh_model_free(saved->model);
    oh_scenario_free(saved->scenario);
    arena_free(&saved->arena);
    free(saved);
}

oh_status saved_compile(oh_saved *saved)
{
    struct arena arena;
    struct resolved *root = NULL;
    oh_diags *diags = oh_diags_new();
    if (!diags)
        return OH_NO_MEMORY;
    oh_status status = oh_model_compile(&saved->model, saved->scenario, diags);
    oh_diags_free(diags);
    arena_init(&arena);
    if (status == OH_OK)
        status = scenario_resolve(&root, saved->scenario, &arena);
    if (status == OH_OK)
        resolved_hash(root, saved->hash);
    arena_free(&arena);
    return status;
}

/* ---- parts of the file ---- */

/* Texts and how many; NULL if out of memory. */
static const char *const *unpack_texts(struct unpack *u, struct arena *arena, size_t *n)
{
    *n = unpack_count(u);
    const char **text = arena_array(arena, *n + 1, sizeof *text);
    for (size_t i = 0; i < *n && text; i++)
        text[i] = unpack_text(u, arena);
    return text;
}

static void unpack_context(struct unpack *u, oh_saved *saved)
{
    oh_write_context *c = &saved->context;
    struct arena *arena = &saved->arena;
    c->file = unpack_text(u, arena);
    c->variant = unpack_text(u, arena);
    c->sha256 = unpack_text(u, arena);
    c->settings = unpack_texts(u, arena, &c->settings_count);
    c->warnings = unpack_texts(u, arena, &c->warnings_count);
}

/* The tables behind the scenario's text; NULL if out of memory. */
static struct table_files *unpack_tables(struct unpack *u, struct arena *arena)
{
    struct table_files *tables = table_files_new();
    size_t n = unpack_count(u);
    for (size_t i = 0; i < n && tables && !u->failed; i++) {
        size_t length;
        const char *path = unpack_text(u, arena);
        const void *bytes = unpack_block(u, &length);
        if (path && table_files_add(tables, path, bytes, length))
            continue;
        table_files_free(tables);
        tables = NULL;
    }
    if (tables)
        table_files_seal(tables);
    return tables;
}

static oh_status unpack_scenario(struct unpack *u, oh_saved *saved)
{
    size_t length;
    const char *text = unpack_block(u, &length);
    struct table_files *tables = unpack_tables(u, &saved->arena);
    oh_diags *diags = oh_diags_new();
    oh_status status = OH_NO_MEMORY;
    if (tables && diags && !saved->arena.failed) {
        status = scenario_load_with(&saved->scenario, "saved", text, length, tables, diags);
        tables = NULL;
    }
    table_files_free(tables);
    oh_diags_free(diags);
    return status == OH_OK ? saved_compile(saved) : status;
}

static oh_run_info unpack_run(struct unpack *u, oh_saved *saved)
{
    oh_run_info info = {.replications = 0};
    uint64_t replications = unpack_whole(u), first = unpack_whole(u), seed = unpack_whole(u);
    info.confidence = unpack_real(u);
    info.stopped_by = unpack_text(u, &saved->arena);
    info.calls = unpack_whole(u);
    uint64_t count_at = unpack_whole(u);
    if (replications < 1 || first < 1 || replications > UINT32_MAX - first || seed > UINT32_MAX ||
        !(info.confidence > 0 && info.confidence < 1) || count_at > 1)
        u->failed = true;
    info.replications = (uint32_t)replications;
    info.first = (uint32_t)first;
    info.seed = (uint32_t)seed;
    info.count_at = count_at ? OH_AT_EXIT : OH_AT_ENTRY;
    return info;
}

static oh_status unpack_result(struct unpack *u, oh_saved *saved)
{
    oh_run_info info = unpack_run(u, saved);
    if (saved->model->batches && info.replications != saved->model->batches)
        u->failed = true;
    if (u->failed || !unpack_shape(u, &saved->model->shape) ||
        !unpack_rows_fit(u, &saved->model->shape, info.replications))
        return OH_INVALID;
    oh_status status = result_new(&saved->result, saved->model, info.replications);
    if (status != OH_OK)
        return status;
    info.replication = saved->result->info.replication;
    saved->result->info = info;
    unpack_panel(u, &saved->result->panel, info.replications);
    result_finish(saved->result, info.replications);
    return u->failed || u->at != u->end ? OH_INVALID : OH_OK;
}

/* ---- the whole ---- */

static oh_status read_all(struct unpack *u, oh_saved *saved)
{
    saved->version = unpack_text(u, &saved->arena);
    unpack_context(u, saved);
    oh_status status = u->failed ? OH_INVALID : unpack_scenario(u, saved);
    if (status == OH_OK)
        status = unpack_result(u, saved);
    return saved->arena.failed ? OH_NO_MEMORY : status;
}

oh_status oh_saved_read(oh_saved **out, const void *bytes, size_t length, char message[256])
{
    size_t magic = strlen(SAVED_MAGIC);
    struct unpack u;
    *out = NULL;
    if (length < magic || memcmp(bytes, SAVED_MAGIC, magic) != 0)
        return say(message, OH_INVALID, "this is no saved result (onhold run --save makes one)");
    bool whole = unpack_begin(&u, bytes, length);
    const unsigned char *format = (const unsigned char *)bytes + magic;
    if (length > magic && *format > SAVED_FORMAT) {
        snprintf(message, 256, "saved by a newer onhold (format %u; onhold %s reads %d)", *format,
                 OH_VERSION, SAVED_FORMAT);
        return OH_INVALID;
    }
    if (!whole || u.end - u.at < (ptrdiff_t)magic + 1)
        return say(message, OH_INVALID, "the file is cut off or damaged: its checksum is wrong");
    u.at += magic + 1;
    oh_saved *saved = saved_new();
    if (!saved)
        return say(message, OH_NO_MEMORY, oh_status_text(OH_NO_MEMORY));
    oh_status status = read_all(&u, saved);
    if (status == OH_OK) {
        *out = saved;
        return OH_OK;
    }
    oh_saved_free(saved);
    if (status == OH_INVALID)
        return say(message, OH_INVALID, "what is saved here is not understood by this onhold");
    return say(message, status, oh_status_text(status));
}

oh_status oh_saved_load(oh_saved **out, const char *file, char message[256])
{
    struct arena arena;
    struct source *source = NULL;
    struct problem problem = {"", ""};
    *out = NULL;
    arena_init(&arena);
    enum read_outcome outcome = read_file(&arena, file, SAVED_LIMIT, &source);
    int error = errno;
    oh_status status = outcome == READ_OK          ? OH_OK
                       : outcome == READ_NO_MEMORY ? OH_NO_MEMORY
                                                   : OH_IO;
    if (status == OH_OK) {
        status = oh_saved_read(out, source->text, source->length, message);
    } else {
        read_problem(outcome, SAVED_LIMIT, error, &problem);
        say(message, status, outcome == READ_NO_MEMORY ? oh_status_text(status) : problem.message);
    }
    arena_free(&arena);
    return status;
}

bool oh_saved_looks_like(const char *file)
{
    char head[sizeof SAVED_MAGIC] = "";
    FILE *stream = strcmp(file, "-") == 0 ? NULL : fopen(file, "rb");
    if (!stream)
        return false;
    size_t n = fread(head, 1, strlen(SAVED_MAGIC), stream);
    fclose(stream);
    return n == strlen(SAVED_MAGIC) && memcmp(head, SAVED_MAGIC, n) == 0;
}

const oh_result *oh_saved_result(const oh_saved *saved)
{
    return saved->result;
}

const oh_write_context *oh_saved_context(const oh_saved *saved)
{
    return &saved->context;
}

oh_scenario *oh_saved_scenario(oh_saved *saved)
{
    return saved->scenario;
}

const char *oh_saved_hash(const oh_saved *saved)
{
    return saved->hash;
}

const char *oh_saved_version(const oh_saved *saved)
{
    return saved->version;
}
