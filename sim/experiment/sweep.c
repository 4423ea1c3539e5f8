/* sweep.c - reading the lists of a sweep, and the scenario at each point of the grid.
 *
 * All points are compiled before any is run: a value that makes no scenario is better known before
 * an hour of simulation than after it.
 */
#include "sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/findings.h"
#include "../model/model.h"
#include "../scenario/scenario_tree.h"

static const char option[] = "--vary";

/* ---- the lists ---- */

static struct source *option_source(oh_sweep *s, const char *text)
{
    struct source *source = arena_alloc(&s->arena, sizeof *source);
    const char *copy = arena_strdup(&s->arena, text);
    if (source && copy)
        *source = (struct source){option, copy, strlen(copy)};
    return copy ? source : NULL;
}

/* Says what is wrong with the text of a list, which begins at that column of the option. */
static oh_status refuse(oh_sweep *s, const char *text, size_t column, const struct problem *problem,
                        oh_diags *diags)
{
    struct source *source = option_source(s, text);
    if (!source || s->arena.failed)
        return OH_NO_MEMORY;
    unsigned from = (unsigned)column + 1, to = (unsigned)strlen(text) + 1;
    struct span at = {source, 1, from, 1, to > from ? to : from + 1};
    finding(diags, CODE_E203, at, "%s", problem->message);
    if (*problem->hint)
        finding_hint(diags, "%s", problem->hint);
    return findings_failed(diags) ? OH_NO_MEMORY : OH_INVALID;
}

static oh_status add_list(oh_sweep *s, const char *path, const char *text, const char *whole,
                          size_t column, oh_diags *diags)
{
    struct axis *axis = &s->axis[s->axes];
    struct problem problem;
    for (size_t i = 0; i < s->axes; i++)
        if (strcmp(s->axis[i].path, path) == 0) {
            problem = (struct problem){"", ""};
            snprintf(problem.message, sizeof problem.message, "'%.120s' is varied twice", path);
            return refuse(s, whole, 0, &problem, diags);
        }
    axis->path = arena_strdup(&s->arena, path);
    if (!axis->path)
        return OH_NO_MEMORY;
    if (!value_list_read(&axis->list, text, &s->arena, &problem))
        return *problem.message ? refuse(s, whole, column, &problem, diags) : OH_NO_MEMORY;
    if (s->points > OH_SWEEP_MOST / axis->list.n) {
        problem = (struct problem){"", "take fewer values or larger steps"};
        snprintf(problem.message, sizeof problem.message, "the grid has more than %d points",
                 (int)OH_SWEEP_MOST);
        return refuse(s, whole, column, &problem, diags);
    }
    s->points *= axis->list.n;
    s->axes++;
    return OH_OK;
}

static oh_status add_option(oh_sweep *s, const char *text, oh_diags *diags)
{
    const char *equals = strchr(text, '=');
    if (!equals || equals == text) {
        struct problem problem = {"this is not PATH=LIST", "like agents.desk.count=20..32"};
        return refuse(s, text, 0, &problem, diags);
    }
    const char *path = arena_strndup(&s->arena, text, (size_t)(equals - text));
    return path ? add_list(s, path, equals + 1, text, (size_t)(equals - text) + 1, diags)
                : OH_NO_MEMORY;
}

/* A list of the file: each item is one value, whatever commas it has. */
static oh_status add_node(oh_sweep *s, const struct node *node, oh_diags *diags)
{
    if (node->kind == NODE_SCALAR) {
        const char *whole = arena_printf(&s->arena, "%s=%s", node->key, node->text);
        return whole ? add_list(s, node->key, node->text, whole, strlen(node->key) + 1, diags)
                     : OH_NO_MEMORY;
    }
    struct axis *axis = &s->axis[s->axes];
    axis->path = arena_strdup(&s->arena, node->key);
    axis->list.at = arena_array(&s->arena, node->count + 1, sizeof *axis->list.at);
    for (const struct node *v = node->first; v && axis->list.at; v = v->next)
        axis->list.at[axis->list.n++] = node_one_line(&s->arena, v);
    if (s->arena.failed)
        return OH_NO_MEMORY;
    if (node->kind != NODE_LIST || axis->list.n == 0 || s->points > OH_SWEEP_MOST / axis->list.n) {
        finding(diags, CODE_E205, node->span,
                "a sweep needs a range or a list of values, and has "
                "at most %d points",
                (int)OH_SWEEP_MOST);
        return findings_failed(diags) ? OH_NO_MEMORY : OH_INVALID;
    }
    s->points *= axis->list.n;
    s->axes++;
    return OH_OK;
}

static oh_status read_own(oh_sweep *s, oh_diags *diags)
{
    const struct node *sweep = node_get(s->scenario->root, "sweep");
    if (!sweep || sweep->kind != NODE_MAP || sweep->count == 0)
        return OH_ARGUMENT;
    s->axis = arena_array(&s->arena, sweep->count, sizeof *s->axis);
    oh_status status = s->axis ? OH_OK : OH_NO_MEMORY;
    for (const struct node *c = sweep->first; c && status == OH_OK; c = c->next)
        status = add_node(s, c, diags);
    return status;
}

static oh_status read_options(oh_sweep *s, const char *const *vary, size_t n, oh_diags *diags)
{
    oh_status worst = OH_OK;
    s->axis = arena_array(&s->arena, n, sizeof *s->axis);
    if (!s->axis)
        return OH_NO_MEMORY;
    for (size_t i = 0; i < n && worst != OH_NO_MEMORY; i++) {
        oh_status status = add_option(s, vary[i], diags);
        worst = status != OH_OK ? status : worst;
    }
    return worst;
}

/* ---- the points ---- */

size_t oh_sweep_paths(const oh_sweep *sweep)
{
    return sweep->axes;
}

const char *oh_sweep_path(const oh_sweep *sweep, size_t path)
{
    return sweep->axis[path].path;
}

size_t oh_sweep_points(const oh_sweep *sweep)
{
    return sweep->points;
}

const char *oh_sweep_value(const oh_sweep *sweep, size_t point, size_t path)
{
    for (size_t k = sweep->axes - 1; k > path; k--)
        point /= sweep->axis[k].list.n;
    return sweep->axis[path].list.at[point % sweep->axis[path].list.n];
}

void sweep_point_words(const oh_sweep *sweep, size_t point, char *words, size_t size)
{
    size_t used = 0;
    words[0] = '\0';
    for (size_t k = 0; k < sweep->axes && used < size; k++) {
        int more = snprintf(words + used, size - used, "%s%s=%s", k ? ", " : "",
                            sweep->axis[k].path, oh_sweep_value(sweep, point, k));
        used += more > 0 ? (size_t)more : 0;
    }
}

oh_status oh_sweep_scenario(const oh_sweep *sweep, size_t point, oh_scenario **out, oh_diags *diags)
{
    oh_status status = oh_scenario_clone(out, sweep->scenario);
    for (size_t k = 0; k < sweep->axes && status == OH_OK; k++)
        status = scenario_set_as(*out, option, sweep->axis[k].path, oh_sweep_value(sweep, point, k),
                                 diags);
    if (status != OH_OK) {
        oh_scenario_free(*out);
        *out = NULL;
    }
    return status;
}

oh_status oh_sweep_model(const oh_sweep *sweep, size_t point, oh_model **out, oh_diags *diags)
{
    oh_scenario *scenario = NULL;
    *out = NULL;
    oh_status status = oh_sweep_scenario(sweep, point, &scenario, diags);
    if (status == OH_OK)
        status = oh_model_compile(out, scenario, diags);
    oh_scenario_free(scenario);
    return status;
}

/* What the points have in common, from the first. */
static bool take_facts(oh_sweep *s, const oh_model *model)
{
    s->name = arena_strdup(&s->arena, oh_model_name(model));
    s->about = arena_strdup(&s->arena, oh_model_about(model));
    s->currency = arena_strdup(&s->arena, oh_model_currency(model));
    s->replications = model->experiment.replications;
    s->long_run = model->batches > 0;
    return !s->arena.failed;
}

/* Compiles every point; warnings of those that are well are not told. */
static oh_status try_points(oh_sweep *s, oh_diags *diags, char failed[256])
{
    for (size_t i = 0; i < s->points; i++) {
        oh_diags *unheard = oh_diags_new();
        oh_model *model = NULL;
        oh_status status = unheard ? oh_sweep_model(s, i, &model, unheard) : OH_NO_MEMORY;
        if (status == OH_OK && i == 0 && !take_facts(s, model))
            status = OH_NO_MEMORY;
        oh_model_free(model);
        oh_diags_free(unheard);
        if (status == OH_OK)
            continue;
        sweep_point_words(s, i, failed, 256);
        if (status == OH_INVALID)
            status = oh_sweep_model(s, i, &model, diags); /* again, to be heard */
        oh_model_free(model);
        return status;
    }
    return OH_OK;
}

oh_status oh_sweep_new(oh_sweep **out, const oh_scenario *scenario, const char *const *vary,
                       size_t n, oh_diags *diags, char failed[256])
{
    char unread[256];
    *out = NULL;
    if (!failed)
        failed = unread;
    failed[0] = '\0';
    oh_sweep *s = calloc(1, sizeof *s);
    if (!s)
        return OH_NO_MEMORY;
    arena_init(&s->arena);
    s->points = 1;
    oh_status status = oh_scenario_clone(&s->scenario, scenario);
    if (status == OH_OK)
        status = n > 0 ? read_options(s, vary, n, diags) : read_own(s, diags);
    if (status == OH_OK)
        status = try_points(s, diags, failed);
    if (status != OH_OK) {
        oh_sweep_free(s);
        return status;
    }
    *out = s;
    return OH_OK;
}

void oh_sweep_free(oh_sweep *sweep)
{
    if (!sweep)
        return;
    oh_scenario_free(sweep->scenario);
    arena_free(&sweep->arena);
    free(sweep);
}
