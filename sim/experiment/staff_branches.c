/* staff_branches.c - threads that play replications with all their branches.
 *
 * The one idea: as in runner.c, threads take replications by number and each writes only rows of
 * its own, so that what comes out does not depend on how many there are.
 */
#include "staff_branches.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "../engine/branch.h"
#include "../model/restaff.h"

struct crew {
    struct staff *s;
    struct staff_branches *b;
    size_t rows;
    atomic_size_t next;
    atomic_bool stop;
    atomic_ullong calls, trunks; /* entered in all, and with everybody there */
    pthread_mutex_t lock;        /* of: */
    oh_status status;            /* OH_LIMIT: of the plan */
};

/* What is one thread's own. */
struct hand {
    struct trunk *trunk;
    struct tally tally;
    struct histogram *waits; /* [3][queues + 1], not looked at */
    struct other_cell *spare;
};

static size_t cells_of(const struct panel_shape *shape, size_t things)
{
    return things * panel_periods(shape);
}

static bool hand_init(struct hand *hand, const struct staff_branches *b)
{
    const struct panel_shape *shape = &b->base->panel.shape;
    size_t queues = cells_of(shape, shape->queues + 1), groups = cells_of(shape, shape->groups + 1);
    hand->trunk = trunk_new(b->plan);
    hand->tally.queue = calloc(queues, sizeof *hand->tally.queue);
    hand->tally.group = calloc(groups, sizeof *hand->tally.group);
    hand->waits = histograms_new(3 * (shape->queues + 1));
    hand->spare = malloc((queues + groups) * sizeof *hand->spare);
    return hand->trunk && hand->tally.queue && hand->tally.group && hand->waits && hand->spare;
}

static void hand_free(struct hand *hand, const struct staff_branches *b)
{
    trunk_free(hand->trunk);
    free(hand->tally.queue);
    free(hand->tally.group);
    histograms_free(hand->waits, 3 * (b->base->panel.shape.queues + 1));
    free(hand->spare);
}

static void stop(struct crew *crew, oh_status status)
{
    pthread_mutex_lock(&crew->lock);
    /* what is no bug of the world's is told only if nothing else happened */
    if (crew->status == OH_OK || crew->status == OH_LIMIT)
        crew->status = status;
    pthread_mutex_unlock(&crew->lock);
    atomic_store(&crew->stop, true);
}

static void empty(struct hand *hand, const struct panel_shape *shape)
{
    memset(hand->tally.queue, 0, cells_of(shape, shape->queues + 1) * sizeof *hand->tally.queue);
    memset(hand->tally.group, 0, cells_of(shape, shape->groups + 1) * sizeof *hand->tally.group);
}

/* The cells in which the two days differ. */
static bool differences(struct hand *hand, const struct panel_shape *shape, struct tally base,
                        struct other_row *out)
{
    size_t n = 0;
    for (size_t i = 0; i < cells_of(shape, shape->queues); i++)
        if (memcmp(&hand->tally.queue[i], &base.queue[i], sizeof *base.queue) != 0)
            hand->spare[n++] =
                (struct other_cell){.at = i, .cell = {.queue = hand->tally.queue[i]}};
    for (size_t i = 0; i < cells_of(shape, shape->groups); i++)
        if (memcmp(&hand->tally.group[i], &base.group[i], sizeof *base.group) != 0)
            hand->spare[n++] = (struct other_cell){
                .at = i, .of_group = true, .cell = {.group = hand->tally.group[i]}};
    out->cell = malloc((n + 1) * sizeof *out->cell);
    if (!out->cell)
        return false;
    memcpy(out->cell, hand->spare, n * sizeof *out->cell);
    out->n = n;
    return true;
}

static struct play play_of(const struct crew *crew, struct hand *hand, size_t row)
{
    const struct staff *s = crew->s;
    size_t queues = s->model->queues + 1;
    for (size_t i = 0; i < 3 * queues; i++)
        hist_clear(&hand->waits[i]);
    return (struct play){.seed = s->sample.seed,
                         .number = crew->b->base->info.first + (uint32_t)row,
                         .count_at = s->options->run.count_at,
                         .engine = OH_ENGINE_GENERAL,
                         .rows = 1,
                         .tally = &hand->tally,
                         .answered = hand->waits,
                         .abandoned = hand->waits + queues,
                         .other = hand->waits + 2 * queues};
}

static oh_status play_row(struct crew *crew, struct hand *hand, size_t row)
{
    struct staff_branches *b = crew->b;
    const struct panel_shape *shape = &b->base->panel.shape;
    struct tally base = panel_row(&b->base->panel, row);
    struct play play = play_of(crew, hand, row);
    char message[256];
    play.tally = &base;
    oh_status status = trunk_play(hand->trunk, &play, message);
    uint64_t trunk = play.calls, calls = trunk;
    play.tally = &hand->tally;
    for (size_t i = 0; status == OH_OK && i < b->n; i++) {
        const struct staff_unit *unit = &crew->s->unit[b->unit[i]];
        empty(hand, shape);
        status = trunk_branch(hand->trunk, b->model[i], unit->first, &play, message);
        calls += play.calls;
        if (status == OH_OK && !differences(hand, shape, base, &b->row[i * crew->rows + row]))
            status = OH_NO_MEMORY;
        if (status == OH_LIMIT) {
            pthread_mutex_lock(&crew->lock);
            b->failed[i] = true;
            pthread_mutex_unlock(&crew->lock);
            status = OH_OK;
        }
    }
    atomic_fetch_add(&crew->calls, calls);
    atomic_fetch_add(&crew->trunks, trunk);
    return status;
}

static bool cancelled(const struct crew *crew)
{
    const atomic_bool *cancel = crew->s->options->run.cancel;
    return cancel && atomic_load(cancel);
}

static void *work(void *user)
{
    struct crew *crew = user;
    struct hand hand = {0};
    oh_status status = hand_init(&hand, crew->b) ? OH_OK : OH_NO_MEMORY;
    while (status == OH_OK && !atomic_load(&crew->stop)) {
        size_t row = atomic_fetch_add(&crew->next, 1);
        if (row >= crew->rows)
            break;
        status = cancelled(crew) ? OH_CANCELLED : play_row(crew, &hand, row);
    }
    if (status != OH_OK)
        stop(crew, status);
    hand_free(&hand, crew->b);
    return NULL;
}

static void employ(struct crew *crew)
{
    cpu_set_t set;
    size_t jobs = crew->s->options->run.jobs, started = 0;
    if (jobs == 0)
        jobs = sched_getaffinity(0, sizeof set, &set) == 0 ? (size_t)CPU_COUNT(&set) : 1;
    jobs = jobs < crew->rows ? jobs : crew->rows;
    pthread_t *thread = calloc(jobs, sizeof *thread);
    /* this thread works as well, so that there is always one */
    while (thread && started + 1 < jobs && pthread_create(&thread[started], NULL, work, crew) == 0)
        started++;
    work(crew);
    for (size_t i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    free(thread);
}

static bool models_init(struct staff *s, const double *heads, struct staff_branches *b)
{
    double *changed = calloc(s->units, sizeof *changed);
    bool fine = changed != NULL;
    b->plan = staff_model(s, heads);
    fine = fine && b->plan;
    for (size_t i = 0; fine && i < b->n; i++) {
        memcpy(changed, heads, s->units * sizeof *changed);
        changed[b->unit[i]]--;
        b->model[i] = staff_model(s, changed);
        fine = b->model[i] && model_number_agents_as(b->model[i], b->plan);
    }
    free(changed);
    return fine;
}

static bool branches_init(struct staff *s, const double *heads, struct staff_branches *b)
{
    size_t rows = s->sample.replications;
    b->model = calloc(b->n + 1, sizeof(oh_model *));
    b->failed = calloc(b->n + 1, sizeof *b->failed);
    b->row = calloc(b->n * rows + 1, sizeof *b->row);
    bool fine = b->model && b->failed && b->row && models_init(s, heads, b) &&
                result_new(&b->base, s->model, rows) == OH_OK;
    if (!fine) {
        s->status = s->status == OH_OK ? OH_NO_MEMORY : s->status;
        return false;
    }
    b->base->info.first = s->sample.first ? s->sample.first : 1;
    b->base->info.seed = s->sample.seed;
    b->base->info.count_at = s->options->run.count_at;
    if (s->options->run.confidence > 0)
        b->base->info.confidence = s->options->run.confidence;
    result_finish(b->base, rows);
    return true;
}

bool staff_branches(struct staff *s, const double *heads, const size_t *unit, size_t n,
                    struct staff_branches *out, bool *possible)
{
    *out = (struct staff_branches){.n = n, .unit = unit};
    *possible = true;
    if (!branches_init(s, heads, out)) {
        staff_branches_free(out);
        return false;
    }
    struct crew crew = {.s = s, .b = out, .rows = s->sample.replications};
    pthread_mutex_init(&crew.lock, NULL);
    employ(&crew);
    pthread_mutex_destroy(&crew.lock);
    s->calls += atomic_load(&crew.calls);
    s->runs += atomic_load(&crew.calls) / (atomic_load(&crew.trunks) + 1) + 1;
    if (crew.status == OH_LIMIT)
        *possible = false;
    else
        s->status = crew.status;
    if (s->status != OH_OK)
        staff_branches_free(out);
    return s->status == OH_OK;
}

void staff_branches_free(struct staff_branches *b)
{
    size_t rows = b->base ? b->base->panel.rows : 0;
    for (size_t i = 0; b->row && i < b->n * rows; i++)
        free(b->row[i].cell);
    for (size_t i = 0; b->model && i < b->n; i++)
        oh_model_free(b->model[i]);
    oh_result_free(b->base);
    oh_model_free(b->plan);
    free(b->model);
    free(b->failed);
    free(b->row);
    *b = (struct staff_branches){0};
}

void staff_branches_lay(struct staff_branches *b, size_t i)
{
    size_t rows = b->base->panel.rows;
    for (size_t row = 0; row < rows; row++) {
        struct tally t = panel_row(&b->base->panel, row);
        struct other_row *other = &b->row[i * rows + row];
        for (size_t k = 0; k < other->n; k++) {
            struct other_cell *c = &other->cell[k], now = *c;
            if (c->of_group) {
                c->cell.group = t.group[c->at];
                t.group[c->at] = now.cell.group;
            } else {
                c->cell.queue = t.queue[c->at];
                t.queue[c->at] = now.cell.queue;
            }
        }
    }
    b->base->reading->filled = false;
}
