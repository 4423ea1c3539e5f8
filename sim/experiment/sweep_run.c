/* sweep_run.c - the points of a sweep on several threads, handed over in order.
 *
 * Threads take points by number. Whoever is a few points ahead of what was handed over waits, so
 * that only a few results are in memory. Where there are fewer points than threads each point gets
 * several. Neither changes a byte: a point's result does not depend on threads (runner.c).
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sweep.h"

enum { PROGRESS_MS = 50, AHEAD = 2 }; /* points a thread may be ahead */

struct slot {
    bool done;
    oh_model *model;
    oh_result *result;
    oh_status status;
    char message[256];
};

struct sweep_crew {
    const oh_sweep *sweep;
    oh_run_options options; /* of one point */
    atomic_bool halt;       /* stops the runs that are under way */
    uint64_t guess;         /* replications of a point that has not begun */
    size_t window;          /* slots: point p is in slot p % window */
    struct slot *slot;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* under the lock */
    size_t next, delivered, at_work;
    bool stop;
    uint64_t done, planned, calls; /* replications */
};

/* What one run tells of itself, added to what all have told. */
struct told {
    struct sweep_crew *crew;
    uint64_t done, planned, calls;
};

static void add_progress(struct told *told, uint64_t done, uint64_t planned, uint64_t calls)
{
    struct sweep_crew *crew = told->crew;
    pthread_mutex_lock(&crew->lock);
    crew->done += done - told->done;
    crew->planned += planned - told->planned;
    crew->calls += calls - told->calls;
    pthread_mutex_unlock(&crew->lock);
    told->done = done;
    told->planned = planned;
    told->calls = calls;
}

static void note_progress(void *user, const oh_progress *p)
{
    add_progress(user, p->done, p->planned, p->calls);
}

static void play_point(struct sweep_crew *crew, size_t point, struct slot *slot)
{
    oh_diags *diags = oh_diags_new();
    struct told told = {crew, 0, crew->guess, 0};
    oh_run_options options = crew->options;
    options.progress = note_progress;
    options.progress_user = &told;
    slot->status = diags ? oh_sweep_model(crew->sweep, point, &slot->model, diags) : OH_NO_MEMORY;
    if (slot->status == OH_OK)
        slot->status = oh_run(&slot->result, slot->model, &options, slot->message);
    if (slot->result) {
        oh_run_info info = oh_result_info(slot->result);
        add_progress(&told, info.replications, info.replications, info.calls);
    }
    oh_diags_free(diags);
}

static void *work(void *user)
{
    struct sweep_crew *crew = user;
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        while (!crew->stop && crew->next < crew->sweep->points &&
               crew->next >= crew->delivered + crew->window)
            pthread_cond_wait(&crew->changed, &crew->lock);
        if (crew->stop || crew->next >= crew->sweep->points)
            break;
        size_t point = crew->next++;
        struct slot *slot = &crew->slot[point % crew->window];
        *slot = (struct slot){.done = false};
        pthread_mutex_unlock(&crew->lock);
        play_point(crew, point, slot);
        pthread_mutex_lock(&crew->lock);
        slot->done = true;
        pthread_cond_broadcast(&crew->changed);
    }
    crew->at_work--;
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

static void slot_empty(struct slot *slot)
{
    oh_result_free(slot->result);
    oh_model_free(slot->model);
    *slot = (struct slot){.done = false};
}

static void tell(struct sweep_crew *crew, const oh_run_options *asked)
{
    oh_progress p = {crew->done, crew->planned, crew->calls, NULL, NULL, 0, 0};
    pthread_mutex_unlock(&crew->lock);
    asked->progress(asked->progress_user, &p);
    pthread_mutex_lock(&crew->lock);
}

/* Waits until the next point is done; NULL if it never will be. Called under the lock. */
static struct slot *wait_for(struct sweep_crew *crew, const oh_run_options *asked)
{
    struct slot *slot = &crew->slot[crew->delivered % crew->window];
    while (!(crew->next > crew->delivered && slot->done)) {
        struct timespec until;
        if (crew->at_work == 0)
            return NULL;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += PROGRESS_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_cond_timedwait(&crew->changed, &crew->lock, &until);
        if (asked->cancel && atomic_load(asked->cancel))
            atomic_store(&crew->halt, true);
        if (asked->progress)
            tell(crew, asked);
    }
    return slot;
}

/* Hands over one point; the status with which the sweep goes on or ends. */
static oh_status hand_over(struct sweep_crew *crew, struct slot *slot, oh_sweep_point_fn *point,
                           void *user, char message[256])
{
    oh_status status = slot->status;
    if (status == OH_OK || status == OH_LIMIT) {
        oh_status taken = point(user, crew->delivered, status == OH_OK ? slot->result : NULL,
                                *slot->message ? slot->message : oh_status_text(status));
        status = taken != OH_OK ? taken : status;
    } else if (message && status != OH_CANCELLED) {
        snprintf(message, 256, "%s", *slot->message ? slot->message : oh_status_text(status));
    }
    slot_empty(slot);
    return status;
}

/* All points in order until one ends the sweep. Called under the lock. */
static oh_status deliver(struct sweep_crew *crew, const oh_run_options *asked,
                         oh_sweep_point_fn *point, void *user, char message[256])
{
    oh_status worst = OH_OK;
    while (crew->delivered < crew->sweep->points) {
        struct slot *slot = wait_for(crew, asked);
        if (!slot)
            return OH_NO_MEMORY;
        pthread_mutex_unlock(&crew->lock);
        oh_status status = hand_over(crew, slot, point, user, message);
        pthread_mutex_lock(&crew->lock);
        crew->delivered++;
        pthread_cond_broadcast(&crew->changed);
        if (status != OH_OK && status != OH_LIMIT)
            return status;
        worst = status != OH_OK ? status : worst;
    }
    return worst;
}

static unsigned cores(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? (unsigned)CPU_COUNT(&set) : 1;
}

/* Threads start, points are handed over, threads end. */
static oh_status run_crew(struct sweep_crew *crew, size_t threads, const oh_run_options *asked,
                          oh_sweep_point_fn *point, void *user, char message[256])
{
    pthread_t *thread = calloc(threads, sizeof *thread);
    size_t started = 0;
    if (!thread)
        return OH_NO_MEMORY;
    pthread_mutex_lock(&crew->lock);
    while (started < threads && pthread_create(&thread[started], NULL, work, crew) == 0)
        started++;
    crew->at_work = started;
    oh_status status = started > 0 ? deliver(crew, asked, point, user, message) : OH_NO_MEMORY;
    crew->stop = true;
    atomic_store(&crew->halt, true);
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
    for (size_t i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    free(thread);
    return status;
}

oh_status oh_sweep_run(const oh_sweep *sweep, const oh_run_options *options,
                       oh_sweep_point_fn *point, void *user, char message[256])
{
    size_t jobs = options->jobs ? options->jobs : cores();
    size_t threads = jobs < sweep->points ? jobs : sweep->points;
    struct sweep_crew crew = {.sweep = sweep, .options = *options, .window = threads * AHEAD};
    crew.options.jobs = (unsigned)((jobs + threads - 1) / threads);
    crew.options.cancel = &crew.halt;
    crew.guess = sweep->long_run         ? 1
                 : options->replications ? options->replications
                                         : sweep->replications;
    crew.planned = crew.guess * sweep->points;
    crew.slot = calloc(crew.window, sizeof *crew.slot);
    if (message)
        message[0] = '\0';
    if (!crew.slot)
        return OH_NO_MEMORY;
    pthread_mutex_init(&crew.lock, NULL);
    pthread_cond_init(&crew.changed, NULL);
    oh_status status = run_crew(&crew, threads, options, point, user, message);
    for (size_t i = 0; i < crew.window; i++)
        slot_empty(&crew.slot[i]);
    pthread_cond_destroy(&crew.changed);
    pthread_mutex_destroy(&crew.lock);
    free(crew.slot);
    return status;
}
