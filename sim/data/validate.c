/* validate.c - the log's days laid on the model's, and the runs that they are compared with. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../experiment/result.h"
#include "log_lines.h"
#include "plain_name.h"
#include "validate_parts.h"

#define SMALL 1.1 /* a small change: ten percent, or one agent */

/* ---- how to read a log for a model ---- */

static double common_step(double a, double b)
{
    while (b > 0.5) {
        double rest = fmod(a, b);
        a = b;
        b = rest;
    }
    return a;
}

double oh_validate_interval(const oh_model *model)
{
    double step = model->interval;
    for (size_t k = 0; k < model->openings && !model->steady; k++)
        step = common_step(step, fmod(model->opening[k].midnight_to_opens, LOG_DAY));
    return model->steady ? 0 : common_step(LOG_DAY, step);
}

double oh_validate_opens(const oh_model *model)
{
    return model->steady ? 0 : fmod(model->opening[0].midnight_to_opens, LOG_DAY);
}

double oh_validate_within(const oh_model *model)
{
    for (size_t q = 0; q < model->queues; q++)
        if (model->queue[q].limits > 0)
            return model->queue[q].limit[0];
    return 20;
}

/* ---- days ---- */

/* The model's opening that a recorded day is; openings if it has none. */
static size_t opening_of(const oh_model *model, const struct fit_calendar *c, long day)
{
    unsigned weekday = weekday_of_day(day);
    if (!model->week)
        return 0;
    if (!c->dated)
        weekday = (unsigned)(day % DAYS_OF_A_RUN + (long)model->opening[0].weekday) % WEEKDAYS;
    for (size_t k = 0; k < model->openings; k++)
        if (model->opening[k].weekday == weekday)
            return k;
    return model->openings;
}

static bool list_days(struct oh_validation *v, const oh_model *model)
{
    const struct fit_calendar *c = &v->calendar;
    v->day = arena_array(&v->arena, c->days, sizeof *v->day);
    if (!v->day)
        return false;
    for (size_t d = 0; d < c->days; d++) {
        size_t opening = opening_of(model, c, c->day[d].day);
        bool special = c->day[d].kind == DAY_SPECIAL;
        v->special += special;
        if (opening == model->openings || special || c->day[d].kind == DAY_EMPTY)
            continue;
        v->day[v->days++] = (struct val_day){c->day[d].day, opening, special};
    }
    return true;
}

static int ascending(const void *pa, const void *pb)
{
    uint64_t a = *(const uint64_t *)pa, b = *(const uint64_t *)pb;
    return a < b ? -1 : a > b;
}

/* How many days of each opening the log has before --from: a scenario that was fitted on them knows
 * its means only so well. Days with next to no calls are no days. */
static bool count_before(struct oh_validation *v, const oh_model *model, const oh_log *log)
{
    v->rests_on = arena_array(&v->arena, model->openings, sizeof *v->rests_on);
    uint64_t *calls = arena_array(&v->arena, log->befores + 1, sizeof *calls);
    if (!v->rests_on || !calls)
        return false;
    for (size_t i = 0; i < log->befores; i++)
        calls[i] = log->before[i].calls;
    if (log->befores > 0)
        qsort(calls, log->befores, sizeof *calls, ascending);
    uint64_t few = calls[log->befores / 2] / 20;
    for (size_t i = 0; i < log->befores; i++) {
        size_t k = opening_of(model, &v->calendar, log->before[i].day);
        if (k == model->openings || log->before[i].calls <= few)
            continue;
        v->rests_on[k]++;
        v->before++;
    }
    return true;
}

static bool list_places(struct oh_validation *v, const oh_model *model)
{
    v->places = model->shape.intervals;
    v->openings = model->openings;
    v->interval = model->interval;
    v->week = model->week;
    v->first = arena_array(&v->arena, v->openings + 1, sizeof *v->first);
    v->starts = arena_array(&v->arena, v->places, sizeof *v->starts);
    v->clock = arena_array(&v->arena, v->places, sizeof *v->clock);
    v->ends = arena_array(&v->arena, v->places, sizeof *v->ends);
    if (!v->first || !v->starts || !v->clock || !v->ends)
        return false;
    v->first[v->openings] = v->places;
    for (size_t k = 0; k < v->openings; k++) {
        const struct model_opening *o = &model->opening[k];
        v->first[k] = o->first_period;
        for (size_t i = 0; i < o->periods; i++)
            v->starts[o->first_period + i] =
                fmod(o->midnight_to_opens, LOG_DAY) + (double)i * model->interval;
    }
    return true;
}

/* ---- things ---- */

/* The log's lines that the scenario's name means: one, or all classes of a queue. */
static size_t log_queues_of(const oh_log *log, const char *name, uint32_t *out)
{
    int best = 0;
    size_t n = 0;
    for (uint32_t i = 0; i < log->queue_name.count; i++) {
        int as_line = plain_name_likeness(name, log->queue_name.name[i]);
        int as_queue = plain_name_likeness(name, log_line_queue(log, i));
        int likeness = as_line > as_queue ? as_line : as_queue;
        if (likeness > best)
            n = 0;
        best = likeness > best ? likeness : best;
        if (likeness > 0 && likeness == best &&
            (n == 0 || strcmp(log_line_queue(log, out[0]), log_line_queue(log, i)) == 0))
            out[n++] = i;
    }
    return n;
}

static bool add_thing(struct oh_validation *v, const oh_log *log, const char *name, oh_level level,
                      size_t thing)
{
    struct val_thing *t = &v->thing[v->things++];
    *t = (struct val_thing){.name = arena_strdup(&v->arena, name), .level = level, .thing = thing};
    t->queue = arena_array(&v->arena, log->queue_name.count, sizeof *t->queue);
    return t->name && t->queue;
}

/* A line may be meant by two names of the scenario. */
static void add_to_total(struct val_thing *total, uint32_t line)
{
    for (size_t i = 0; i < total->queues; i++)
        if (total->queue[i] == line)
            return;
    total->queue[total->queues++] = line;
}

/* Thing 0 is all calls; then each queue that both sides name, if there are several. */
static bool match_queues(struct oh_validation *v, const oh_model *model, const oh_log *log,
                         oh_diags *diags)
{
    size_t named = log->kind_name.count, matched = 0;
    bool one = model->queues == 1 && named == 1;
    uint32_t line[LOG_QUEUES];
    v->thing = arena_array(&v->arena, model->queues + 1, sizeof *v->thing);
    if (!v->thing || !add_thing(v, log, "total", OH_TOTAL, 0))
        return false;
    for (size_t q = 0; q < model->queues; q++) {
        size_t lines =
            log_queues_of(log, one ? log->kind_name.name[0] : model->queue[q].name, line);
        if (lines == 0)
            continue;
        matched++;
        if (!add_thing(v, log, model->queue[q].name, OH_QUEUE, q))
            return false;
        struct val_thing *t = &v->thing[v->things - 1];
        for (size_t i = 0; i < lines; i++) {
            t->queue[t->queues++] = line[i];
            add_to_total(&v->thing[0], line[i]);
        }
    }
    v->partial = matched > 0 && matched < model->queues;
    if (matched == 0 && named == 1) { /* a log without queues: all of the scenario's together */
        for (uint32_t i = 0; i < log->queue_name.count; i++)
            v->thing[0].queue[v->thing[0].queues++] = i;
        return true;
    }
    if (matched == 0)
        finding(diags, CODE_E207, (struct span){0},
                "the log and the scenario have no queue in common: the log has '%s'%s",
                log->kind_name.name[0], named > 1 ? " and others" : "");
    return matched > 0;
}

/* Of a queue with another time limit, or of several with different ones, the log's count says
 * nothing about the scenario's. */
static void find_levels(struct oh_validation *v, const oh_model *model, const oh_log *log)
{
    bool all = log->has_levels;
    for (size_t i = 1; i < v->things; i++) {
        const struct model_queue *q = &model->queue[v->thing[i].thing];
        v->thing[i].levels =
            log->has_levels && q->limits > 0 && fabs(q->limit[0] - v->within) < 1e-6;
    }
    for (size_t q = 0; q < model->queues; q++)
        all = all &&
              (model->queue[q].limits == 0 || fabs(model->queue[q].limit[0] - v->within) < 1e-6);
    v->thing[0].levels = all;
}

static void count_unmatched(struct oh_validation *v, const oh_log *log)
{
    for (size_t p = 0; p < log->pages; p++) {
        bool ours = false;
        for (size_t i = 0; i < v->thing[0].queues; i++)
            ours = ours || log->page[p].queue == v->thing[0].queue[i];
        for (size_t s = 0; s < log->intervals; s++)
            *(ours ? &v->calls : &v->unmatched) += log->page[p].cell[s].offered;
    }
}

/* ---- recorded sums ---- */

static void add_cell(struct val_sums *to, const struct log_cell *cell)
{
    to->offered += cell->offered;
    to->answered += cell->answered;
    to->abandoned += cell->abandoned;
    to->within += cell->within;
    to->wait += cell->wait;
    to->wait_answered += cell->wait_answered;
    to->handling += cell->handling;
    to->handled += cell->handled;
}

static void record_place(struct oh_validation *v, const oh_log *log, const struct val_thing *t,
                         size_t d, size_t place)
{
    size_t parts = (size_t)(v->interval / log->interval + 0.5);
    for (size_t i = 0; i < parts; i++) {
        double second = v->starts[place] + ((double)i + 0.5) * log->interval;
        long day = v->day[d].day + (long)floor(second / LOG_DAY);
        size_t slot = (size_t)(fmod(second, LOG_DAY) / log->interval);
        for (size_t q = 0; q < t->queues; q++) {
            const struct log_page *page = log_book_page(log, day, t->queue[q]);
            if (page)
                add_cell(&t->actual[d * v->places + place], &page->cell[slot]);
        }
    }
}

static bool record(struct oh_validation *v, const oh_log *log)
{
    double inside = 0;
    for (size_t i = 0; i < v->things; i++) {
        struct val_thing *t = &v->thing[i];
        t->actual = arena_array(&v->arena, v->days * v->places + 1, sizeof *t->actual);
        if (!t->actual)
            return false;
        for (size_t d = 0; d < v->days; d++) {
            size_t k = v->day[d].opening;
            for (size_t p = v->first[k]; p < v->first[k + 1]; p++) {
                record_place(v, log, t, d, p);
                inside += i == 0 ? t->actual[d * v->places + p].offered : 0;
            }
        }
    }
    v->outside = v->calls > 0 ? 1 - inside / v->calls : 0;
    return true;
}

/* ---- simulated sums ---- */

/* One figure's values of all replications at a place. */
static void read_column(const oh_result *result, const struct val_thing *t, size_t place,
                        const char *id, double *values, size_t n)
{
    long column = oh_result_column_find(result, t->level, id);
    if (column < 0 ||
        !oh_result_values(result, t->level, t->thing, (long)place, (size_t)column, values))
        for (size_t r = 0; r < n; r++)
            values[r] = NAN;
}

static double or_zero(double x)
{
    return isfinite(x) ? x : 0;
}

static struct val_sums *read_played(struct oh_validation *v, const oh_result *result,
                                    const struct val_thing *t)
{
    size_t n = v->replications;
    struct val_sums *out = arena_array(&v->arena, n * v->places + 1, sizeof *out);
    double *values = malloc((n + 1) * sizeof *values);
    static const char *const ids[] = {"offered", "answered",      "abandoned", "wait",
                                      "asa",     "service_level", "aht"};
    for (size_t p = 0; out && values && p < v->places; p++) {
        for (size_t c = 0; c < sizeof ids / sizeof *ids; c++) {
            read_column(result, t, p, ids[c], values, n);
            for (size_t r = 0; r < n; r++) {
                struct val_sums *s = &out[r * v->places + p];
                double x = or_zero(values[r]);
                switch (c) {
                case 0:
                    s->offered = x;
                    break;
                case 1:
                    s->answered = s->handled = x;
                    break;
                case 2:
                    s->abandoned = x;
                    break;
                case 3:
                    s->wait = x * s->offered;
                    break;
                case 4:
                    s->wait_answered = x * s->answered;
                    break;
                case 5: /* without a target there is no such figure on either side */
                    s->within = isfinite(values[r]) ? x * s->offered : 0;
                    break;
                default:
                    s->handling = x * s->answered;
                }
            }
        }
    }
    free(values);
    return values ? out : NULL;
}

/* All calls: the total, or the sum of the queues where the log has not all of them. */
static struct val_sums *read_all_calls(struct oh_validation *v, const oh_result *result)
{
    if (!v->partial)
        return read_played(v, result, &v->thing[0]);
    struct val_sums *all = arena_array(&v->arena, v->replications * v->places + 1, sizeof *all);
    for (size_t t = 1; all && t < v->things; t++) {
        const struct val_sums *one = read_played(v, result, &v->thing[t]);
        if (!one)
            return NULL;
        for (size_t i = 0; i < v->replications * v->places; i++)
            val_add(&all[i], &one[i]);
    }
    return all;
}

static oh_status play(oh_result **out, const oh_model *model, const oh_run_options *options,
                      uint32_t n, char message[256])
{
    oh_run_options o = *options;
    o.replications = n;
    oh_status status = oh_run(out, model, &o, message);
    /* an end by the scenario's own limits would leave fewer replications than are compared */
    if (status == OH_OK && oh_result_info(*out).replications < n)
        status = OH_LIMIT;
    return status;
}

struct val_sums *val_play(struct oh_validation *v, oh_scenario *scenario, const struct nudge *nudge,
                          const oh_run_options *options, oh_status *status, char message[256])
{
    oh_model *model = NULL;
    oh_result *result = NULL;
    struct val_sums *sums = NULL;
    oh_diags *unheard = oh_diags_new();
    *status = unheard ? model_compile_nudged(&model, scenario, nudge, unheard) : OH_NO_MEMORY;
    if (*status == OH_OK)
        *status = play(&result, model, options, (uint32_t)v->replications, message);
    if (*status == OH_OK && !(sums = read_all_calls(v, result)))
        *status = OH_NO_MEMORY;
    oh_result_free(result);
    oh_model_free(model);
    oh_diags_free(unheard);
    return sums;
}

/* Plays the scenario with one small change and keeps the sums of all calls. */
static oh_status play_change(struct oh_validation *v, oh_scenario *scenario,
                             const struct nudge *nudge, enum val_cause cause,
                             const oh_run_options *options, char message[256])
{
    oh_status status;
    v->nudged[cause] = val_play(v, scenario, nudge, options, &status, message);
    /* a change that cannot be made explains nothing */
    return status == OH_INVALID || status == OH_LIMIT ? OH_OK : status;
}

static double planned_heads(const oh_result *result)
{
    double sum = 0;
    long column = oh_result_column_find(result, OH_AGENTS, "staffed");
    for (size_t g = 0; column >= 0 && g < oh_result_things(result, OH_AGENTS); g++) {
        oh_estimate e;
        if (oh_result_estimate(result, OH_AGENTS, g, OH_WHOLE, (size_t)column, &e))
            sum += e.value;
    }
    return sum;
}

static oh_status play_all(struct oh_validation *v, oh_scenario *scenario, const oh_model *model,
                          const oh_run_options *options, char message[256])
{
    oh_result *result = NULL;
    oh_status status = play(&result, model, options, (uint32_t)v->replications, message);
    for (size_t i = 0; i < v->things && status == OH_OK; i++) {
        struct val_thing *t = &v->thing[i];
        t->played = i == 0 ? read_all_calls(v, result) : read_played(v, result, t);
        if (!t->played)
            status = OH_NO_MEMORY;
    }
    v->heads = status == OH_OK ? planned_heads(result) : NAN;
    oh_result_free(result);
    if (status != OH_OK)
        return status;
    double hung_up = 0, waited = 0;
    for (size_t i = 0; i < v->replications * v->places; i++) {
        hung_up += v->thing[0].played[i].abandoned;
        waited += v->thing[0].played[i].wait;
    }
    const struct nudge changes[VAL_CAUSES] = {
        [CAUSE_VOLUME] = {.volume = SMALL},
        [CAUSE_HANDLING] = {.handling = SMALL},
        [CAUSE_PATIENCE] = {.hazard = (SMALL - 1) * (waited > 0 ? hung_up / waited : 0)},
        [CAUSE_FEWER] = {.heads = -1},
        [CAUSE_MORE] = {.heads = 1},
    };
    for (int c = 0; c < VAL_CAUSES && status == OH_OK; c++)
        status = play_change(v, scenario, &changes[c], (enum val_cause)c, options, message);
    return status;
}

/* ---- the whole ---- */

static bool name_places(struct oh_validation *v)
{
    for (size_t p = 0; p < v->places; p++) {
        long from = (long)(v->starts[p] / 60 + 0.5) % 1440;
        long to = (long)((v->starts[p] + v->interval) / 60 + 0.5) % 1440;
        v->clock[p] = arena_printf(&v->arena, "%02ld:%02ld", from / 60, from % 60);
        v->ends[p] = arena_printf(&v->arena, "%02ld:%02ld", to ? to / 60 : 24, to % 60);
        if (!v->clock[p] || !v->ends[p])
            return false;
    }
    return true;
}

static oh_status align(struct oh_validation *v, const oh_model *model, const oh_log *log,
                       oh_diags *diags)
{
    if (model->steady) {
        finding(diags, CODE_E219, (struct span){0},
                "a scenario in steady state has no intervals to compare with a log");
        return OH_INVALID;
    }
    v->within = log->within;
    v->name = arena_strdup(&v->arena, model->name);
    if (!v->name || !calendar_make(&v->calendar, &v->arena, log) || !list_places(v, model) ||
        !name_places(v) || !list_days(v, model) || !count_before(v, model, log))
        return OH_NO_MEMORY;
    if (!match_queues(v, model, log, diags))
        return v->arena.failed ? OH_NO_MEMORY : OH_INVALID;
    find_levels(v, model, log);
    count_unmatched(v, log);
    if (!record(v, log))
        return OH_NO_MEMORY;
    if (v->days == 0 || v->outside > 0.999) {
        finding(diags, CODE_E219, (struct span){0},
                "no call of the log falls into the opening hours of the scenario");
        return OH_INVALID;
    }
    return OH_OK;
}

oh_status oh_validate(oh_validation **out, oh_scenario *scenario, const oh_log *log,
                      const oh_run_options *options, oh_diags *diags, char message[256])
{
    static const oh_run_options none;
    char spare[256] = "";
    oh_model *model = NULL;
    *out = NULL;
    oh_validation *v = calloc(1, sizeof *v);
    if (!v)
        return OH_NO_MEMORY;
    arena_init(&v->arena);
    v->likeliest = v->second = -1;
    options = options ? options : &none;
    oh_status status = oh_model_compile(&model, scenario, diags);
    if (status == OH_OK) {
        v->replications = options->replications ? options->replications
                                                : oh_model_experiment(model)->replications;
        status = align(v, model, log, diags);
    }
    if (status == OH_OK)
        status = play_all(v, scenario, model, options, message ? message : spare);
    if (status == OH_OK && !val_bands(v))
        status = OH_NO_MEMORY;
    oh_model_free(model);
    if (status != OH_OK) {
        oh_validation_free(v);
        return status;
    }
    val_judge(v);
    *out = v;
    return OH_OK;
}

void oh_validation_free(oh_validation *validation)
{
    if (!validation)
        return;
    arena_free(&validation->arena);
    free(validation);
}

bool oh_validation_ok(const oh_validation *validation)
{
    return validation->ok;
}

const char *oh_validation_verdict(const oh_validation *validation)
{
    return validation->verdict;
}

double oh_validation_inside(const oh_validation *validation)
{
    return validation->inside;
}
