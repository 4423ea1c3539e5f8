/* saved_merge.c - parts of one run, joined.
 *
 * The one idea: a result is rows in the order of replications and histograms of whole numbers. Rows
 * put after one another and counts added are what one run of all of them would have left.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../scenario/scenario_tree.h"
#include "saved.h"

/* The parts by replication, and what is told if two do not fit. */
struct joining {
    oh_saved *const *part;
    size_t *order;
    size_t n, rows;
    size_t wrong[2];
    char *message; /* [256] */
};

static const oh_run_info *info_at(const struct joining *j, size_t i)
{
    return &j->part[j->order[i]]->result->info;
}

static uint64_t last_of(const oh_run_info *info)
{
    return (uint64_t)info->first + info->replications - 1;
}

static oh_status refuse(struct joining *j, size_t a, size_t b, const char *why)
{
    j->wrong[0] = a;
    j->wrong[1] = b;
    snprintf(j->message, 256, "%s", why);
    return OH_ARGUMENT;
}

/* Few parts, nearly in order mostly: insertion. */
static void sort_parts(struct joining *j)
{
    for (size_t i = 0; i < j->n; i++) {
        size_t k = i;
        for (; k > 0 && info_at(j, k - 1)->first > j->part[i]->result->info.first; k--)
            j->order[k] = j->order[k - 1];
        j->order[k] = i;
    }
}

/* Everything but the numbers of the replications. */
static oh_status check_alike(struct joining *j)
{
    const oh_saved *a = j->part[0];
    const oh_run_info *x = &a->result->info;
    char why[256];
    for (size_t i = 1; i < j->n; i++) {
        const oh_saved *b = j->part[i];
        const oh_run_info *y = &b->result->info;
        if (strcmp(a->version, b->version) != 0) {
            snprintf(why, sizeof why, "played by onhold %.40s and by onhold %.40s", a->version,
                     b->version);
            return refuse(j, 0, i, why);
        }
        if (strcmp(a->hash, b->hash) != 0)
            return refuse(j, 0, i, "they are of different scenarios");
        if (x->seed != y->seed) {
            snprintf(why, sizeof why, "they have different seeds: %u and %u", (unsigned)x->seed,
                     (unsigned)y->seed);
            return refuse(j, 0, i, why);
        }
        if (x->count_at != y->count_at)
            return refuse(j, 0, i, "one counts calls where they enter, the other where they leave");
        if (x->confidence != y->confidence)
            return refuse(j, 0, i, "their intervals are of different confidence");
        if (a->model->batches)
            return refuse(j, 0, i, "each is one long run in batches, of which there is only one");
    }
    return OH_OK;
}

/* One after the other, none twice and none missing. */
static oh_status check_numbers(struct joining *j)
{
    char why[256];
    for (size_t i = 0; i < j->n; i++) {
        const oh_run_info *info = info_at(j, i);
        j->rows += info->replications;
        if (i == 0)
            continue;
        const oh_run_info *before = info_at(j, i - 1);
        uint64_t next = last_of(before) + 1;
        if (info->first == next)
            continue;
        if (info->first < next)
            snprintf(why, sizeof why, "replications %u to %llu and %u to %llu overlap",
                     (unsigned)before->first, (unsigned long long)last_of(before),
                     (unsigned)info->first, (unsigned long long)last_of(info));
        else
            snprintf(why, sizeof why, "replications %llu to %u are in no part",
                     (unsigned long long)next, (unsigned)(info->first - 1));
        return refuse(j, j->order[i - 1], j->order[i], why);
    }
    return OH_OK;
}

static const char *copy_text(oh_saved *out, const char *text)
{
    return arena_strdup(&out->arena, text);
}

static const char *const *copy_texts(oh_saved *out, const char *const *text, size_t n)
{
    const char **copy = arena_array(&out->arena, n + 1, sizeof *copy);
    for (size_t i = 0; i < n && copy; i++)
        copy[i] = copy_text(out, text[i]);
    return copy;
}

/* All but the result, from one of the parts. */
static oh_status copy_part(oh_saved *out, const oh_saved *from)
{
    const oh_write_context *c = &from->context;
    out->version = copy_text(out, from->version);
    out->context = (oh_write_context){
        .file = copy_text(out, c->file),
        .variant = copy_text(out, c->variant),
        .sha256 = copy_text(out, c->sha256),
        .settings = copy_texts(out, c->settings, c->settings_count),
        .settings_count = c->settings_count,
        .warnings = copy_texts(out, c->warnings, c->warnings_count),
        .warnings_count = c->warnings_count,
    };
    oh_status status = oh_scenario_clone(&out->scenario, from->scenario);
    if (status == OH_OK)
        status = saved_compile(out);
    return out->arena.failed ? OH_NO_MEMORY : status;
}

static void add_histograms(struct panel *into, const struct panel *from)
{
    for (size_t q = 0; q <= from->shape.queues; q++) {
        hist_merge(&into->answered[q], &from->answered[q]);
        hist_merge(&into->abandoned[q], &from->abandoned[q]);
        hist_merge(&into->other[q], &from->other[q]);
    }
}

static oh_status join(oh_saved *out, const struct joining *j)
{
    oh_status status = copy_part(out, j->part[j->order[0]]);
    if (status == OH_OK)
        status = result_new(&out->result, out->model, j->rows);
    if (status != OH_OK)
        return status;
    oh_run_info info = *info_at(j, 0);
    struct panel *panel = &out->result->panel;
    size_t row = 0, periods = panel_periods(&panel->shape);
    size_t queues = (panel->shape.queues + 1) * periods,
           groups = (panel->shape.groups + 1) * periods;
    info.calls = 0;
    info.stopped_by = j->n == 1 ? copy_text(out, info.stopped_by) : "replications";
    for (size_t i = 0; i < j->n; i++) {
        const oh_result *part = j->part[j->order[i]]->result;
        struct tally to = panel_row(panel, row), from = panel_row(&part->panel, 0);
        memcpy(to.queue, from.queue, part->panel.rows * queues * sizeof *to.queue);
        memcpy(to.group, from.group, part->panel.rows * groups * sizeof *to.group);
        add_histograms(panel, &part->panel);
        info.calls += part->info.calls;
        row += part->panel.rows;
    }
    out->result->info = info;
    result_finish(out->result, j->rows);
    return out->arena.failed ? OH_NO_MEMORY : OH_OK;
}

oh_status oh_saved_merge(oh_saved **out, oh_saved *const *parts, size_t n, size_t wrong[2],
                         char message[256])
{
    struct joining j = {.part = parts, .n = n, .message = message};
    *out = NULL;
    message[0] = '\0';
    if (n == 0)
        return refuse(&j, 0, 0, "there is nothing to join");
    j.order = calloc(n, sizeof *j.order);
    oh_saved *joined = saved_new();
    oh_status status = j.order && joined ? OH_OK : OH_NO_MEMORY;
    if (status == OH_OK)
        status = check_alike(&j);
    if (status == OH_OK) {
        sort_parts(&j);
        status = check_numbers(&j);
    }
    if (status == OH_OK)
        status = join(joined, &j);
    free(j.order);
    if (status == OH_OK) {
        *out = joined;
        return OH_OK;
    }
    oh_saved_free(joined);
    if (wrong)
        memcpy(wrong, j.wrong, sizeof j.wrong);
    if (status != OH_ARGUMENT)
        snprintf(message, 256, "%s", oh_status_text(status));
    return status;
}
