/* runner.c - many replications on many threads, the same bytes on any number of them.
 *
 * The one idea: threads take replication numbers from one counter and each writes only its own row
 * of the panel; what is pooled across rows (histograms) are whole numbers, whose sum does not
 * depend on the order. Since a number that was taken is always finished, what is complete when a
 * run is cancelled is a run of fewer replications.
 */
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../engine/engine.h"
#include "result.h"
#include "running.h"

enum { PROGRESS_MS = 50 };

struct crew {
    const oh_model *model;
    const oh_run_options *options;
    oh_result *result;
    uint32_t planned, first, seed;
    oh_precision goal;
    double deadline;    /* of the monotonic clock; INFINITY: none */
    uint32_t rows_each; /* rows of the panel that one play fills: the batches of a long run */
    atomic_uint next;   /* the next one to play */
    atomic_bool stop;   /* a replication failed */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* under the lock */
    uint32_t done, at_work;
    const char *stopped_by;
    struct running running;
    uint64_t calls;
    oh_status status; /* of the failed replication with the lowest number */
    uint32_t failed;
    char message[256];
};

struct histograms {
    struct histogram *answered, *abandoned, *other;
};

static bool histograms_make(struct histograms *h, size_t n)
{
    h->answered = histograms_new(n);
    h->abandoned = histograms_new(n);
    h->other = histograms_new(n);
    return h->answered && h->abandoned && h->other;
}

static void histograms_drop(struct histograms *h, size_t n)
{
    histograms_free(h->answered, n);
    histograms_free(h->abandoned, n);
    histograms_free(h->other, n);
}

/* One replication's histograms: the total is summed, then all are added. Of a single queue the
 * total stays empty, since it is the same. */
static void pour(struct histogram *into, struct histogram *from, size_t queues)
{
    for (size_t q = 0; q < queues && queues > 1; q++)
        hist_merge(&from[queues], &from[q]);
    for (size_t q = 0; q <= queues; q++)
        hist_merge(&into[q], queues == 1 ? &from[0] : &from[q]);
}

static void empty(struct histogram *h, size_t n)
{
    for (size_t q = 0; q < n; q++)
        hist_clear(&h[q]);
}

/* What is one thread's own. */
struct hand {
    struct replication *rep;
    struct tally *tally;    /* [rows of one play] */
    struct histograms own;  /* of one play: [rows][queues + 1] */
    struct histograms pool; /* of all plays of this thread: [queues + 1] */
};

static void close_row(struct crew *crew, struct hand *hand, size_t row)
{
    size_t queues = crew->model->queues, at = row * (queues + 1);
    struct histogram *from[] = {hand->own.answered + at, hand->own.abandoned + at,
                                hand->own.other + at};
    struct histogram *into[] = {hand->pool.answered, hand->pool.abandoned, hand->pool.other};
    for (int k = 0; k < 3; k++)
        pour(into[k], from[k], queues);
    tally_quantiles(&crew->model->shape, hand->tally[row], from[0], from[1], from[2]);
    for (int k = 0; k < 3; k++)
        empty(from[k], queues + 1);
}

/* Play number `k` fills rows_each rows of the panel. */
static oh_status play_rows_of(struct crew *crew, struct hand *hand, uint32_t k, uint64_t *calls,
                              char message[256])
{
    for (uint32_t i = 0; i < crew->rows_each; i++)
        hand->tally[i] = panel_row(&crew->result->panel, (size_t)k * crew->rows_each + i);
    struct play play = {
        .seed = crew->seed,
        .number = crew->first + k,
        .count_at = crew->options->count_at,
        .engine = crew->options->engine,
        .rows = crew->rows_each,
        .tally = hand->tally,
        .answered = hand->own.answered,
        .abandoned = hand->own.abandoned,
        .other = hand->own.other,
    };
    oh_status status = replication_play(hand->rep, &play, message);
    *calls = play.calls;
    for (uint32_t i = 0; status == OH_OK && i < crew->rows_each; i++)
        close_row(crew, hand, i);
    return status;
}

static void report(struct crew *crew, uint32_t row, oh_status status, uint64_t calls,
                   const char *message)
{
    pthread_mutex_lock(&crew->lock);
    crew->done += status == OH_OK;
    crew->calls += calls;
    for (uint32_t i = 0; status == OH_OK && i < crew->rows_each; i++)
        running_add(&crew->running, crew->model,
                    panel_row(&crew->result->panel, (size_t)row * crew->rows_each + i));
    if (status != OH_OK && row < crew->failed) {
        crew->failed = row;
        crew->status = status;
        if (status == OH_BROKEN)
            snprintf(crew->message, sizeof crew->message, "in replication %u: %s",
                     crew->first + row, message);
        else
            snprintf(crew->message, sizeof crew->message, "%s", message);
        atomic_store(&crew->stop, true);
    }
    pthread_mutex_unlock(&crew->lock);
}

static double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* The first replication is always played, however short the time. */
static bool out_of_time(struct crew *crew)
{
    return crew->deadline < INFINITY && atomic_load(&crew->next) > 0 &&
           clock_seconds() > crew->deadline;
}

static bool cancelled(const struct crew *crew)
{
    return crew->options->cancel && atomic_load(crew->options->cancel);
}

static void play_all(struct crew *crew, struct hand *hand)
{
    while (!atomic_load(&crew->stop) && !cancelled(crew) && !out_of_time(crew)) {
        char message[256] = "";
        uint64_t calls = 0;
        uint32_t k = atomic_fetch_add(&crew->next, 1);
        if (k >= crew->planned)
            break;
        oh_status status = play_rows_of(crew, hand, k, &calls, message);
        report(crew, k, status, calls, message);
        if (status != OH_OK)
            break;
    }
}

static bool hand_init(struct hand *hand, const struct crew *crew)
{
    size_t n = crew->model->queues + 1;
    hand->rep = replication_new(crew->model);
    hand->tally = calloc(crew->rows_each, sizeof *hand->tally);
    return hand->rep && hand->tally && histograms_make(&hand->own, n * crew->rows_each) &&
           histograms_make(&hand->pool, n);
}

static void hand_free(struct hand *hand, const struct crew *crew)
{
    size_t n = crew->model->queues + 1;
    histograms_drop(&hand->own, n * crew->rows_each);
    histograms_drop(&hand->pool, n);
    replication_free(hand->rep);
    free(hand->tally);
}

static void *work(void *user)
{
    struct crew *crew = user;
    struct panel *panel = &crew->result->panel;
    struct hand hand = {0};
    bool ready = hand_init(&hand, crew);
    if (ready)
        play_all(crew, &hand);
    else
        report(crew, 0, OH_NO_MEMORY, 0, "");
    pthread_mutex_lock(&crew->lock);
    for (size_t q = 0; ready && q <= crew->model->queues; q++) {
        hist_merge(&panel->answered[q], &hand.pool.answered[q]);
        hist_merge(&panel->abandoned[q], &hand.pool.abandoned[q]);
        hist_merge(&panel->other[q], &hand.pool.other[q]);
    }
    crew->at_work--;
    pthread_cond_signal(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
    hand_free(&hand, crew);
    return NULL;
}

static oh_progress progress_of(const struct crew *crew)
{
    double confidence = crew->result->info.confidence;
    struct estimate e = running_estimate(&crew->running, confidence);
    return (oh_progress){crew->done,
                         crew->planned,
                         crew->calls,
                         crew->model->queues ? crew->model->queue[crew->running.queue].name : "",
                         crew->running.metric->public.id,
                         e.value,
                         e.half_width};
}

/* Waits for the workers, telling how far they are. */
static void watch(struct crew *crew)
{
    const oh_run_options *o = crew->options;
    pthread_mutex_lock(&crew->lock);
    while (crew->at_work > 0) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += PROGRESS_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_cond_timedwait(&crew->changed, &crew->lock, &until);
        if (o->progress) {
            oh_progress p = progress_of(crew);
            pthread_mutex_unlock(&crew->lock);
            o->progress(o->progress_user, &p);
            pthread_mutex_lock(&crew->lock);
        }
    }
    pthread_mutex_unlock(&crew->lock);
}

static unsigned cores(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? (unsigned)CPU_COUNT(&set) : 1;
}

/* Starts up to `jobs` threads; fewer do if the system gives fewer. */
static void employ(struct crew *crew, unsigned jobs)
{
    pthread_t *thread = calloc(jobs, sizeof *thread);
    unsigned started = 0;
    crew->at_work = jobs;
    while (thread && started < jobs && pthread_create(&thread[started], NULL, work, crew) == 0)
        started++;
    pthread_mutex_lock(&crew->lock);
    crew->at_work -= jobs - started;
    crew->at_work += started == 0;
    pthread_mutex_unlock(&crew->lock);
    unsigned played = started > 0 ? started : 1;
    if (crew->result->info.threads < played)
        crew->result->info.threads = played;
    if (started == 0)
        work(crew);
    watch(crew);
    for (unsigned i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    free(thread);
}

/* A replication failed: what came before it is a run of its own. */
static oh_status keep_before(oh_result **out, const struct crew *crew)
{
    oh_run_options fewer = *crew->options;
    fewer.replications = crew->failed;
    fewer.goal.wanted = false;
    fewer.progress = NULL;
    if (crew->failed == 0 || crew->status != OH_LIMIT || crew->model->batches)
        return crew->status;
    oh_status status = oh_run(out, crew->model, &fewer, NULL);
    if (*out)
        (*out)->info.stopped_by = "limit";
    return status == OH_OK ? OH_LIMIT : status;
}

static oh_status conclude(oh_result **out, struct crew *crew, char message[256])
{
    oh_result *result = crew->result;
    if (crew->failed != UINT32_MAX) {
        oh_result_free(result);
        if (message)
            memcpy(message, crew->message, sizeof crew->message);
        return keep_before(out, crew);
    }
    if (crew->done == 0) {
        oh_result_free(result);
        return OH_CANCELLED;
    }
    bool early = crew->done < crew->planned, cut = early && cancelled(crew);
    result->info.calls = crew->calls;
    result->info.stopped_by = cut ? "cancelled" : early ? "time" : crew->stopped_by;
    result_finish(result, (size_t)crew->done * crew->rows_each);
    *out = result;
    return cut ? OH_CANCELLED : OH_OK;
}

/* ---- until the answer is sure enough ---- */

/* The half width of the figure that shall be precise, over the rows that are complete. Rows are
 * read in order, so that the decision is the same on any number of threads. */
static double half_width_so_far(struct crew *crew)
{
    const oh_precision *goal = &crew->goal;
    oh_estimate now = {.half_width = NAN};
    result_finish(crew->result, crew->done);
    long column = oh_result_column_find(crew->result, goal->level, goal->metric);
    if (column >= 0)
        oh_result_estimate(crew->result, goal->level, goal->thing, OH_WHOLE, (size_t)column, &now);
    return now.half_width;
}

/* How many replications the next stage goes to; as many as now: it is enough. The half width falls
 * with the square root of their number; a little more is taken, so that few stages are needed
 * (Law 2015, section 9.4.1, sequential procedure with a first batch). */
static uint32_t next_stage(struct crew *crew)
{
    const oh_experiment *e = &crew->model->experiment;
    double n = crew->done, half = half_width_so_far(crew), wished = crew->goal.half_width;
    if (half <= wished) {
        crew->stopped_by = "precision";
        return crew->done;
    }
    double wanted = isnan(half) ? 2 * n : 1.05 * n * (half / wished) * (half / wished);
    wanted = fmin(fmax(wanted, n + 10), 4 * n);
    wanted = fmin(wanted, UINT32_MAX - crew->first); /* there are no more numbers */
    return (uint32_t)ceil(fmin(wanted, fmax(e->most_replications, n)));
}

/* Adds replications until the precision is reached, or time, patience or at_most is at an end. */
static oh_status run_to_precision(struct crew *crew, unsigned jobs)
{
    for (;;) {
        if (crew->failed != UINT32_MAX || crew->done < crew->planned)
            return OH_OK;
        uint32_t next = next_stage(crew);
        if (next <= crew->done)
            return OH_OK;
        if (!result_extend(crew->result, next))
            return OH_NO_MEMORY;
        atomic_store(&crew->next, crew->done);
        crew->planned = next;
        employ(crew, jobs);
    }
}

/* What the options ask for, or the model where they leave it to it. */
static oh_precision goal_of(const oh_model *model, const oh_run_options *options)
{
    const oh_experiment *e = &model->experiment;
    oh_precision goal = options->goal;
    if (goal.wanted || options->replications || !e->has_precision)
        return goal;
    goal = (oh_precision){true, OH_QUEUE, e->precision_queue, "", e->precision};
    snprintf(goal.metric, sizeof goal.metric, "%s", e->precision_metric);
    return goal;
}

/* Is there such a figure, and may it be waited for? */
static bool goal_is_sound(const oh_model *model, const oh_precision *goal, char message[256])
{
    size_t things = oh_model_things(model, goal->level);
    if (goal->wanted && model->batches) {
        if (message)
            snprintf(message, 256, "a run in batches has its precision from their number");
        return false;
    }
    return !goal->wanted || (goal->thing < things && goal->half_width > 0);
}

static bool has_limit(const oh_model *model, const oh_precision *goal)
{
    for (size_t q = 0; goal->level == OH_TOTAL && q < model->queues; q++)
        if (model->queue[q].limits > 0)
            return true;
    return goal->level == OH_QUEUE && model->queue[goal->thing].limits > 0;
}

/* Has the figure ever a value? Else the run would go on to its end for nothing. */
static bool goal_has_value(const struct oh_result *result, const oh_precision *goal,
                           char message[256])
{
    long column = oh_result_column_find(result, goal->level, goal->metric);
    const struct metric_row *row = metric_row_find(goal->metric);
    bool needs_limit = row && (row->applies & NEEDS_LIMIT);
    if (column >= 0 && (!needs_limit || has_limit(result->model, goal)))
        return true;
    if (message && needs_limit)
        snprintf(message, 256, "%s has no value without a time limit, like target: 80%% in 20 s",
                 goal->metric);
    else if (message)
        snprintf(message, 256, "this scenario has no %s", goal->metric);
    return false;
}

oh_status oh_run(oh_result **out, const oh_model *model, const oh_run_options *options,
                 char message[256])
{
    const oh_experiment *e = &model->experiment;
    struct crew crew = {
        .model = model,
        .options = options,
        .planned = options->replications ? options->replications : e->replications,
        .first = options->first ? options->first : 1,
        .seed = options->has_seed ? options->seed : e->seed,
        .rows_each = model->batches ? (uint32_t)model->batches : 1,
        .failed = UINT32_MAX,
        .stopped_by = "replications",
        .deadline = options->replications && !options->goal.wanted
                        ? INFINITY
                        : clock_seconds() + e->most_seconds,
    };
    *out = NULL;
    if (message)
        message[0] = '\0';
    crew.goal = goal_of(model, options);
    crew.running = running_of(model, &crew.goal);
    if (!goal_is_sound(model, &crew.goal, message))
        return OH_ARGUMENT;
    if (options->confidence < 0 || options->confidence >= 1)
        return OH_ARGUMENT;
    if (crew.first > UINT32_MAX - crew.planned) {
        if (message)
            snprintf(message, 256,
                     "%u replications from number %u on are too many: the last number is %u",
                     (unsigned)crew.planned, (unsigned)crew.first, (unsigned)UINT32_MAX - 1);
        return OH_ARGUMENT;
    }
    if (options->engine == OH_ENGINE_POOL && model->no_pool) {
        if (message)
            snprintf(message, 256, "the pool engine cannot play this scenario: %s", model->no_pool);
        return OH_ARGUMENT;
    }
    if (model->batches) {
        /* One long run: its batches take the place of replications. */
        if (options->replications && options->replications != model->batches) {
            if (message)
                snprintf(message, 256, "this scenario is one long run in %zu batches, not %u",
                         model->batches, (unsigned)options->replications);
            return OH_ARGUMENT;
        }
        crew.planned = 1;
    }
    oh_status status = result_new(&crew.result, model, (size_t)crew.planned * crew.rows_each);
    if (status != OH_OK)
        return status;
    if (crew.goal.wanted && !goal_has_value(crew.result, &crew.goal, message)) {
        oh_result_free(crew.result);
        return OH_ARGUMENT;
    }
    crew.result->info.first = crew.first;
    crew.result->info.seed = crew.seed;
    crew.result->info.count_at = options->count_at;
    if (options->confidence > 0)
        crew.result->info.confidence = options->confidence;
    unsigned jobs = options->jobs ? options->jobs : cores();
    pthread_mutex_init(&crew.lock, NULL);
    pthread_cond_init(&crew.changed, NULL);
    employ(&crew, jobs < crew.planned ? jobs : crew.planned);
    if (crew.goal.wanted)
        status = run_to_precision(&crew, jobs);
    pthread_cond_destroy(&crew.changed);
    pthread_mutex_destroy(&crew.lock);
    if (status != OH_OK) {
        oh_result_free(crew.result);
        return status;
    }
    return conclude(out, &crew, message);
}
