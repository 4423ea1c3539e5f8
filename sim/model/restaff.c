/* restaff.c - a model's twin with other agents.
 *
 * The one idea: what depends on how many agents there are is the plan, the numbering of agents and
 * the areas of heads; all else is constant and can be shared. A search over staffings so compiles a
 * candidate in microseconds.
 */
#include "restaff.h"

#include <math.h>
#include <onhold/staff.h>
#include <stdlib.h>
#include <string.h>

#include "compile.h"
#include "plan.h"

/* A schedule whose numbers live in the arena. */
static bool copy_schedule(struct arena *arena, struct spec_schedule *to,
                          const struct spec_schedule *from, size_t openings)
{
    *to = *from;
    if (from->day) {
        struct spec_schedule *day = arena_array(arena, openings, sizeof *day);
        for (size_t d = 0; day && d < openings; d++)
            if (!copy_schedule(arena, &day[d], &from->day[d], openings))
                return false;
        to->day = day;
        return day != NULL;
    }
    double *value = arena_array(arena, from->n, sizeof *value);
    for (size_t k = 0; value && k < from->n; k++)
        value[k] = from->value[k];
    to->value = value;
    return value != NULL;
}

static const struct spec_group *copy_rules(struct oh_model *m, const struct spec_group *from)
{
    struct spec_group *to = arena_copy(&m->arena, from, sizeof *from);
    if (!to || !copy_schedule(&m->arena, &to->count, &from->count, m->openings))
        return NULL;
    struct spec_shift *shift = arena_array(&m->arena, from->shifts, sizeof *shift);
    for (size_t i = 0; shift && i < from->shifts; i++)
        shift[i] = from->shift[i];
    to->shift = shift;
    return shift ? to : NULL;
}

static bool restaff(struct oh_model *m, const struct oh_model *base,
                    const struct spec_group *const *rules, bool *too_many)
{
    struct model_group *group =
        arena_copy(&m->arena, base->group, base->groups * sizeof *base->group);
    m->group = group;
    m->agents = 0;
    m->shift_lines = 0;
    for (size_t g = 0; group && g < m->groups; g++) {
        if (rules[g] && !(group[g].rules = copy_rules(m, rules[g])))
            return false;
        group[g].first_agent = m->agents;
        group[g].by_line = group[g].rules->shifts > 0;
        group[g].agents = plan_heads(m, group[g].rules);
        *too_many = *too_many || group[g].agents > SPEC_MAX_AGENTS - m->agents;
        if (*too_many || !plan_areas(m, &group[g]))
            return false;
        m->agents += group[g].agents;
    }
    if (!group || !plan_compile(m))
        return false;
    compile_ticks(m);
    m->no_pool = compile_pool(m);
    return true;
}

oh_status model_restaff(oh_model **out, const oh_model *base, const struct spec_group *const *rules)
{
    bool too_many = false;
    *out = NULL;
    struct oh_model *m = malloc(sizeof *m);
    if (!m)
        return OH_NO_MEMORY;
    *m = *base;
    arena_init(&m->arena);
    if (!restaff(m, base, rules, &too_many)) {
        oh_model_free(m);
        return too_many ? OH_ARGUMENT : OH_NO_MEMORY;
    }
    *out = m;
    return OH_OK;
}

bool model_number_agents_as(oh_model *m, const oh_model *like)
{
    struct model_group *group = arena_copy(&m->arena, m->group, m->groups * sizeof *m->group);
    for (size_t g = 0; group && g < m->groups; g++) {
        group[g].first_agent = like->group[g].first_agent;
        group[g].agents = like->group[g].agents;
    }
    if (!group)
        return false;
    m->group = group;
    m->agents = like->agents;
    m->line = like->line;
    return true;
}

/* ---- one agent more or fewer all day ---- */

static void shift_schedule(struct spec_schedule *s, int by, struct arena *scratch)
{
    double *value = arena_array(scratch, s->n, sizeof *value);
    for (size_t k = 0; value && k < s->n; k++)
        value[k] = fmax(0, s->value[k] + by);
    s->value = value;
}

static bool shift_counts(struct spec_group *g, size_t openings, int by, struct arena *scratch)
{
    if (!g->count.day) {
        shift_schedule(&g->count, by, scratch);
        return !scratch->failed;
    }
    struct spec_schedule *day = arena_copy(scratch, g->count.day, openings * sizeof *g->count.day);
    for (size_t d = 0; day && d < openings; d++)
        shift_schedule(&day[d], by, scratch);
    g->count.day = day;
    return !scratch->failed;
}

/* More: a line over the whole of every opening, without breaks. */
static bool add_line(struct spec_group *g, const oh_model *m, int by, struct arena *scratch)
{
    struct spec_shift *line = arena_array(scratch, g->shifts + m->openings, sizeof *line);
    if (!line)
        return false;
    memcpy(line, g->shift, g->shifts * sizeof *line);
    for (size_t d = 0; d < m->openings; d++) {
        struct spec_shift *l = &line[g->shifts++];
        *l = (struct spec_shift){.count = by, .from = 0, .to = m->opening[d].closes};
        l->to -= m->opening[d].opens;
        l->on[d] = true;
    }
    g->shift = line;
    return true;
}

/* Is the line worked on some day, and on none of them before that day's end? */
static bool follows(const struct spec_shift *line, const double end[SPEC_DAYS])
{
    bool any = false;
    for (size_t d = 0; d < SPEC_DAYS; d++) {
        if (line->on[d] && line->from < end[d])
            return false;
        any = any || line->on[d];
    }
    return any;
}

/* Fewer: from lines that follow one another, each the next to begin after the last one's end, so
 * that nowhere more than `fewer` are missing. */
static bool thin_lines(struct spec_group *g, double fewer, struct arena *scratch)
{
    struct spec_shift *line = arena_copy(scratch, g->shift, g->shifts * sizeof *line);
    double end[SPEC_DAYS];
    for (size_t d = 0; d < SPEC_DAYS; d++)
        end[d] = -INFINITY;
    for (bool found = line != NULL; found;) {
        struct spec_shift *next = NULL;
        for (size_t i = 0; i < g->shifts; i++)
            if (line[i].count > 0 && follows(&line[i], end) && (!next || line[i].from < next->from))
                next = &line[i];
        found = next != NULL;
        for (size_t d = 0; found && d < SPEC_DAYS; d++)
            if (next->on[d])
                end[d] = next->to;
        if (found)
            next->count = fmax(0, next->count - fewer);
    }
    g->shift = line;
    return line != NULL;
}

oh_status oh_model_staff_shifted(oh_model **out, const oh_model *base, size_t group, int by)
{
    struct arena scratch;
    *out = NULL;
    if (group >= base->groups)
        return OH_ARGUMENT;
    const struct spec_group **rules = calloc(base->groups, sizeof *rules);
    if (!rules)
        return OH_NO_MEMORY;
    arena_init(&scratch);
    struct spec_group changed = *base->group[group].rules;
    bool fine = changed.shifts == 0 ? shift_counts(&changed, base->openings, by, &scratch)
                : by >= 0           ? add_line(&changed, base, by, &scratch)
                                    : thin_lines(&changed, -(double)by, &scratch);
    rules[group] = &changed;
    oh_status status = fine ? model_restaff(out, base, rules) : OH_NO_MEMORY;
    arena_free(&scratch);
    free(rules);
    return status;
}
