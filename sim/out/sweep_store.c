/* sweep_store.c - taking the figures of a point while its result is there. */
#include "sweep_store.h"

#include <math.h>
#include <string.h>

#include "lookup.h"

static const char *const figure_id[SWEEP_QUEUE_FIGURES] = {"", "abandon_rate", "asa", "block_rate"};
static const char *const total_id[SWEEP_TOTALS] = {"staffed", "occupancy", "cost", "profit"};

static const oh_estimate undefined = {
    .value = NAN, .half_width = NAN, .target = NAN, .within = NAN};

bool sweep_store_init(struct sweep_store *store, const oh_sweep *sweep, struct arena *arena)
{
    *store = (struct sweep_store){.sweep = sweep, .arena = arena};
    store->row = arena_array(arena, oh_sweep_points(sweep), sizeof *store->row);
    return store->row != NULL;
}

bool sweep_store_wish(struct sweep_store *store, oh_level level, const char *name, const char *id)
{
    struct sweep_wish *all = arena_array(store->arena, store->wishes + 1, sizeof *all);
    for (size_t i = 0; i < store->wishes; i++) {
        const struct sweep_wish *w = &store->wish[i];
        if (w->level == level && strcmp(w->name, name) == 0 && strcmp(w->id, id) == 0)
            return true;
        if (all)
            all[i] = *w;
    }
    if (!all)
        return false;
    all[store->wishes] = (struct sweep_wish){
        .level = level,
        .name = level == OH_TOTAL ? "" : arena_strdup(store->arena, name),
        .id = arena_strdup(store->arena, id),
        .column = {.id = ""},
    };
    store->wish = all;
    store->wishes++;
    return !store->arena->failed;
}

static bool is_judged(const oh_result *result, size_t queue)
{
    size_t column;
    return figure_main(result, queue, &column) != NULL;
}

/* Which queues and columns there are, from the first point that went well. */
static bool take_shape(struct sweep_store *store, const oh_result *result)
{
    store->queues = oh_result_things(result, OH_QUEUE);
    store->queue = arena_array(store->arena, store->queues + 1, sizeof *store->queue);
    store->info = oh_result_info(result);
    for (size_t q = 0; store->queue && q < store->queues; q++) {
        struct sweep_queue *to = &store->queue[q];
        size_t main;
        const oh_column *column = figure_main(result, q, &main);
        if (!column)
            column = figure_measure(result, q, &main);
        to->name = arena_strdup(store->arena, oh_result_name(result, OH_QUEUE, q));
        to->judged = is_judged(result, q);
        if (column)
            to->column[SWEEP_MAIN] = *column;
        for (size_t f = 1; f < SWEEP_QUEUE_FIGURES; f++) {
            long found = oh_result_column_find(result, OH_QUEUE, figure_id[f]);
            if (found >= 0)
                to->column[f] = *oh_result_column(result, OH_QUEUE, (size_t)found);
        }
    }
    store->any = true;
    return !store->arena->failed;
}

static double exact_value(const oh_queue_figures *f, const char *id)
{
    const struct {
        const char *id;
        double value;
    } list[] = {{"service_level", f->service_level},
                {"service_level_answered", f->service_level_answered},
                {"service_level_net", f->service_level_net},
                {"service_level_credit", f->service_level_credit},
                {"abandon_rate", f->abandon_rate},
                {"asa", f->asa},
                {"wait", f->wait},
                {"delayed", f->delayed},
                {"queue_length", f->queue_length},
                {"occupancy", f->occupancy}};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (strcmp(list[i].id, id) == 0)
            return isfinite(list[i].value) ? list[i].value : NAN;
    return NAN;
}

static struct sweep_exact exact_of(const oh_theory *t, const char *id)
{
    struct sweep_exact e = {NAN, NAN, NAN};
    if (t->has_erlang_b && strcmp(id, "block_rate") == 0)
        e.erlang_b = t->erlang_b;
    if (t->has_erlang_c)
        e.erlang_c = exact_value(&t->erlang_c, id);
    if (t->has_erlang_a)
        e.erlang_a = exact_value(&t->erlang_a, id);
    return e;
}

static size_t thing_named(const oh_result *result, oh_level level, const char *name)
{
    size_t n = oh_result_things(result, level), i = 0;
    while (i < n && level != OH_TOTAL && strcmp(oh_result_name(result, level, i), name) != 0)
        i++;
    return i;
}

static void take_queue(const struct sweep_store *store, const oh_result *result, size_t queue,
                       struct sweep_row *row)
{
    const struct sweep_queue *of = &store->queue[queue];
    size_t thing = thing_named(result, OH_QUEUE, of->name);
    bool there = thing < oh_result_things(result, OH_QUEUE);
    oh_theory theory = {.has_erlang_c = false};
    if (there && !oh_result_theory(result, thing, &theory))
        theory = (oh_theory){.has_erlang_c = false};
    for (size_t f = 0; f < SWEEP_QUEUE_FIGURES; f++) {
        row->queue[queue][f] = undefined;
        if (there && *of->column[f].id)
            figure(result, OH_QUEUE, thing, OH_WHOLE, of->column[f].id, &row->queue[queue][f]);
        row->exact[queue][f] = exact_of(&theory, of->column[f].id);
    }
    row->occupancy[queue] = exact_of(&theory, "occupancy");
}

static void take_wish(const oh_result *result, struct sweep_wish *wish, oh_estimate *estimate,
                      struct sweep_exact *exact)
{
    size_t thing = thing_named(result, wish->level, wish->name);
    long column = oh_result_column_find(result, wish->level, wish->id);
    oh_theory theory = {.has_erlang_c = false};
    *estimate = undefined;
    if (thing < oh_result_things(result, wish->level) && column >= 0) {
        wish->column = *oh_result_column(result, wish->level, (size_t)column);
        figure(result, wish->level, thing, OH_WHOLE, wish->id, estimate);
        if (wish->level != OH_QUEUE || !oh_result_theory(result, thing, &theory))
            theory = (oh_theory){.has_erlang_c = false};
    }
    *exact = exact_of(&theory, wish->id);
}

bool sweep_store_add(struct sweep_store *store, const oh_result *result, const char *message)
{
    struct sweep_row *row = &store->row[store->rows++];
    for (size_t t = 0; t < SWEEP_TOTALS; t++)
        row->total[t] = undefined;
    if (!result) {
        row->message = arena_strdup(store->arena, message);
        return row->message != NULL;
    }
    if (!store->any && !take_shape(store, result))
        return false;
    row->replications = oh_result_info(result).replications;
    row->queue = arena_array(store->arena, store->queues + 1, sizeof *row->queue);
    row->exact = arena_array(store->arena, store->queues + 1, sizeof *row->exact);
    row->occupancy = arena_array(store->arena, store->queues + 1, sizeof *row->occupancy);
    row->wish = arena_array(store->arena, store->wishes + 1, sizeof *row->wish);
    row->exact_wish = arena_array(store->arena, store->wishes + 1, sizeof *row->exact_wish);
    if (!row->queue || !row->exact || !row->occupancy || !row->wish || !row->exact_wish)
        return false;
    for (size_t i = 0; i < store->wishes; i++)
        take_wish(result, &store->wish[i], &row->wish[i], &row->exact_wish[i]);
    for (size_t q = 0; q < store->queues; q++)
        take_queue(store, result, q, row);
    for (size_t t = 0; t < SWEEP_TOTALS; t++)
        figure(result, OH_TOTAL, 0, OH_WHOLE, total_id[t], &row->total[t]);
    return true;
}

bool sweep_store_has_total(const struct sweep_store *store, enum sweep_total total)
{
    for (size_t i = 0; i < store->rows; i++)
        if (!store->row[i].message && !isnan(store->row[i].total[total].value))
            return true;
    return false;
}

bool sweep_store_has(const struct sweep_store *store, size_t queue, enum sweep_figure figure)
{
    for (size_t i = 0; i < store->rows; i++)
        if (!store->row[i].message && store->row[i].queue[queue][figure].value > 0)
            return true;
    return false;
}
