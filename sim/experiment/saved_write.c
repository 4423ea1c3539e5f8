/* saved_write.c - a result into a file that stands for itself. */
#include <string.h>

#include "../base/bytes.h"
#include "../scenario/resolved.h"
#include "../scenario/scenario_tree.h"
#include "../stats/pack.h"
#include "saved.h"

/* ---- parts of the file ---- */

static void pack_texts(struct pack *p, const char *const *text, size_t n)
{
    pack_whole(p, n);
    for (size_t i = 0; i < n; i++)
        pack_text(p, text[i]);
}

static void pack_context(struct pack *p, const oh_write_context *context)
{
    pack_text(p, context->file);
    pack_text(p, context->variant);
    pack_text(p, context->sha256);
    pack_texts(p, context->settings, context->settings_count);
    pack_texts(p, context->warnings, context->warnings_count);
}

static void pack_tables(struct pack *p, const struct table_file *const *file, size_t n)
{
    pack_whole(p, n);
    for (size_t i = 0; i < n; i++) {
        pack_text(p, file[i]->path);
        pack_block(p, file[i]->source->text, file[i]->source->length);
    }
}

/* The tables that the tree names, each once, in order; file has room for them all. */
static void find_tables(const struct resolved *value, const struct table_file **file, size_t *n)
{
    if (value->kind == RESOLVED_FILE && value->file) {
        size_t i = 0;
        while (i < *n && file[i] != value->file)
            i++;
        if (i == *n)
            file[(*n)++] = value->file;
    }
    for (const struct resolved *c = value->first; c; c = c->next)
        find_tables(c, file, n);
}

static void pack_run(struct pack *p, const oh_run_info *info)
{
    pack_whole(p, info->replications);
    pack_whole(p, info->first);
    pack_whole(p, info->seed);
    pack_real(p, info->confidence);
    pack_text(p, info->stopped_by);
    pack_whole(p, info->calls);
    pack_whole(p, info->count_at == OH_AT_EXIT);
}

/* ---- the whole ---- */

static oh_status write_all(const oh_result *result, const struct resolved *root,
                           const struct table_file *const *file, size_t files,
                           const oh_write_context *context, const char *version, oh_sink sink)
{
    struct bytes text = {0};
    struct pack p;
    oh_status status = resolved_print(root, bytes_sink(&text));
    if (status == OH_OK) {
        pack_begin(&p, sink);
        pack_bytes(&p, SAVED_MAGIC, strlen(SAVED_MAGIC));
        pack_whole(&p, SAVED_FORMAT);
        pack_text(&p, version);
        pack_context(&p, context);
        pack_block(&p, text.at, text.length);
        pack_tables(&p, file, files);
        pack_run(&p, &result->info);
        pack_panel(&p, &result->panel);
        status = pack_end(&p);
    }
    if (text.failed)
        status = OH_NO_MEMORY;
    bytes_free(&text);
    return status;
}

static oh_status save(const oh_result *result, oh_scenario *scenario,
                      const oh_write_context *context, const char *version, oh_sink sink)
{
    struct arena arena;
    struct resolved *root = NULL;
    size_t files = 0;
    arena_init(&arena);
    oh_status status = scenario_resolve(&root, scenario, &arena);
    if (status == OH_OK) {
        size_t most = table_files_count(scenario->tables);
        const struct table_file **file = arena_array(&arena, most + 1, sizeof *file);
        status = OH_NO_MEMORY;
        if (file) {
            find_tables(root, file, &files);
            status = write_all(result, root, file, files, context, version, sink);
        }
    }
    arena_free(&arena);
    return status;
}

oh_status oh_result_save(const oh_result *result, oh_scenario *scenario,
                         const oh_write_context *context, oh_sink sink)
{
    return save(result, scenario, context, OH_VERSION, sink);
}

oh_status oh_saved_write(oh_saved *saved, oh_sink sink)
{
    return save(saved->result, saved->scenario, &saved->context, saved->version, sink);
}
