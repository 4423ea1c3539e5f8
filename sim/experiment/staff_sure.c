/* staff_sure.c - how sure the answer is: other callers still, close calls, single days.
 *
 * The one idea: the confirming run had the last word on the plan, so it cannot be its judge as
 * well. Callers who had no word in it can.
 */
#include <math.h>
#include <stdlib.h>

#include "result.h"
#include "staffing.h"

static const uint32_t other_seed = 0x2c1b3c6d; /* neither the search's callers nor the last ones */

static bool counts(const struct staff_score *score, size_t rule)
{
    return !isnan(score->value[rule]) || score->margin[rule] < 0;
}

/* The same plan, others calling. */
static bool play_again(oh_staffing *f)
{
    struct staff *s = &f->search;
    struct staff_sample confirming = s->sample;
    s->sample.seed ^= other_seed;
    bool fine = staff_play(s, f->heads, &f->other, NULL);
    f->again = (oh_staff_again){.seed = s->sample.seed, .replications = s->sample.replications};
    s->sample = confirming;
    for (size_t i = 0; fine && i < s->rules; i++) {
        f->again.targets += counts(&f->other, i);
        f->again.missed += f->other.margin[i] < 0;
    }
    return fine;
}

static size_t close_calls(const struct staff *s, const struct staff_score *score)
{
    size_t n = 0;
    for (size_t i = 0; i < s->rules; i++)
        n += fabs(score->value[i] - s->rule[i].goal) < score->half[i];
    return n;
}

/* good[r]: all targets of this thing hold in replication r. */
static void and_this(const oh_result *r, oh_level level, size_t thing, double *value, double *good)
{
    long column = oh_result_column_find(r, level, "target_met");
    if (column < 0 || !oh_result_values(r, level, thing, OH_WHOLE, (size_t)column, value))
        return;
    for (size_t i = 0; i < r->info.replications; i++)
        if (!isnan(value[i]))
            good[i] = fmin(good[i], value[i]);
}

static bool find_good_days(oh_staffing *f)
{
    const struct staff *s = &f->search;
    const oh_result *r = f->kept.result;
    double *value = calloc(r->info.replications, sizeof *value);
    double *good = calloc(r->info.replications, sizeof *good);
    bool fine = value && good;
    for (size_t i = 0; fine && i < r->info.replications; i++)
        good[i] = 1;
    for (size_t q = 0; fine && q < s->model->queues; q++)
        if (s->model->queue[q].targets > 0)
            and_this(r, OH_QUEUE, q, value, good);
    for (size_t g = 0; fine && g < s->model->groups; g++)
        if (s->model->group[g].has_occupancy_target)
            and_this(r, OH_AGENTS, g, value, good);
    if (fine) {
        struct estimate e = summary_mean(good, r->info.replications, &r->student);
        f->info.good_days = e.value;
        f->info.good_days_half = e.half_width;
    }
    free(value);
    free(good);
    return fine;
}

bool staff_assure(oh_staffing *f)
{
    struct staff *s = &f->search;
    f->info.close = close_calls(s, &f->score);
    if (!f->info.met)
        return true;
    if (!s->model->steady && !find_good_days(f)) {
        s->status = OH_NO_MEMORY;
        return false;
    }
    return play_again(f);
}
