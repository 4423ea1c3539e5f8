/* nudge.c - changes on the typed scenario: whatever the file looks like, this is where a number of
 * calls or heads is a number.
 */
#include "nudge.h"

#include <math.h>

/* ---- volume ---- */

static const double *times(const double *value, size_t n, double factor, struct arena *arena)
{
    double *copy = value ? arena_array(arena, n, sizeof *copy) : NULL;
    for (size_t i = 0; copy && i < n; i++)
        copy[i] = value[i] * factor;
    return copy;
}

static struct spec_schedule schedule_times(const struct spec_schedule *from, double factor,
                                           size_t openings, struct arena *arena)
{
    struct spec_schedule s = *from;
    s.value = times(from->value, from->n, factor, arena);
    if (!from->day)
        return s;
    struct spec_schedule *day = arena_array(arena, openings, sizeof *day);
    for (size_t k = 0; day && k < openings; k++) {
        day[k] = from->day[k];
        day[k].value = times(from->day[k].value, from->day[k].n, factor, arena);
    }
    s.day = day;
    return s;
}

static const struct spec_arrivals *arrivals_times(const struct spec_arrivals *from, double factor,
                                                  size_t openings, struct arena *arena)
{
    struct spec_arrivals *a = from ? arena_copy(arena, from, sizeof *from) : NULL;
    if (!a)
        return NULL;
    a->rate *= factor;
    a->rate_by_day = times(from->rate_by_day, openings, factor, arena);
    a->counts = schedule_times(&from->counts, factor, openings, arena);
    return a;
}

static void more_calls(struct spec *spec, double factor, struct arena *arena)
{
    size_t openings = spec->time.openings;
    spec->demand = arrivals_times(spec->demand, factor, openings, arena);
    for (size_t q = 0; q < spec->queues; q++)
        spec->queue[q].arrivals = arrivals_times(spec->queue[q].arrivals, factor, openings, arena);
}

/* ---- handling and patience ---- */

static void longer_calls(struct spec *spec, double factor)
{
    for (size_t g = 0; g < spec->groups; g++)
        for (size_t i = 0; i < spec->group[g].n_serves; i++)
            spec->group[g].serves[i].speed /= factor;
}

static bool less_patience(struct spec *spec, double hazard, struct arena *arena)
{
    for (size_t q = 0; q < spec->queues; q++) {
        const char *wrong;
        struct dist *part[2];
        const struct dist *own = spec->queue[q].patience;
        struct dist *copy = own ? arena_copy(arena, own, sizeof *own) : NULL;
        part[0] = copy;
        part[1] = dist_exponential(arena, 1 / hazard);
        struct dist *both = copy && part[1] ? dist_first_of(arena, 2, part, &wrong) : NULL;
        if (own && !both)
            return false;
        if (own && !spec->queue[q].deferrable)
            spec->queue[q].patience = both;
    }
    return true;
}

/* ---- heads ---- */

static double most_heads(const struct spec_schedule *s, size_t openings)
{
    double most = 0;
    for (size_t i = 0; i < s->n; i++)
        most = fmax(most, s->value[i]);
    for (size_t k = 0; s->day && k < openings; k++)
        most = fmax(most, most_heads(&s->day[k], 0));
    return most;
}

static void add_heads(const double **value, size_t n, double heads, struct arena *arena)
{
    double *copy = *value ? arena_array(arena, n, sizeof *copy) : NULL;
    for (size_t i = 0; copy && i < n; i++)
        copy[i] = heads > 0 || (*value)[i] >= 2 ? fmax((*value)[i] + heads, 1) : (*value)[i];
    *value = copy;
}

static void more_heads(struct spec *spec, double heads, struct arena *arena)
{
    size_t openings = spec->time.openings;
    struct spec_group *largest = NULL;
    struct spec_shift *shift = NULL;
    double most = -1;
    for (size_t g = 0; g < spec->groups; g++) {
        struct spec_group *group = &spec->group[g];
        double n = most_heads(&group->count, openings);
        for (size_t i = 0; i < group->shifts; i++)
            n = fmax(n, group->shift[i].count);
        if (n > most) {
            most = n;
            largest = group;
        }
    }
    if (!largest || (heads < 0 && most < 2))
        return;
    if (largest->shifts > 0) {
        shift = arena_copy(arena, largest->shift, largest->shifts * sizeof *shift);
        bool done = false;
        for (size_t i = 0; shift && i < largest->shifts && !done; i++) {
            done = shift[i].count >= most;
            shift[i].count += done ? heads : 0;
        }
        largest->shift = shift;
        return;
    }
    add_heads(&largest->count.value, largest->count.n, heads, arena);
    if (!largest->count.day)
        return;
    struct spec_schedule *day =
        arena_copy(arena, largest->count.day, openings * sizeof *largest->count.day);
    for (size_t k = 0; day && k < openings; k++)
        add_heads(&day[k].value, day[k].n, heads, arena);
    largest->count.day = day;
}

/* What rounding takes from one step it gives to the next. */
static void times_heads(const double **value, size_t n, double factor, struct arena *arena)
{
    double *copy = *value ? arena_array(arena, n, sizeof *copy) : NULL, carry = 0;
    for (size_t i = 0; copy && i < n; i++) {
        double x = (*value)[i] * factor;
        copy[i] = fmax(floor(x + carry + 0.5), (*value)[i] > 0 ? 1 : 0);
        carry = fmax(fmin(carry + x - copy[i], 0.5), -0.5);
    }
    *value = copy;
}

static void scale_heads(struct spec *spec, double factor, struct arena *arena)
{
    size_t openings = spec->time.openings;
    for (size_t g = 0; g < spec->groups; g++) {
        struct spec_schedule *count = &spec->group[g].count;
        times_heads(&count->value, count->n, factor, arena);
        if (!count->day)
            continue;
        struct spec_schedule *day = arena_copy(arena, count->day, openings * sizeof *day);
        for (size_t k = 0; day && k < openings; k++)
            times_heads(&day[k].value, day[k].n, factor, arena);
        count->day = day;
    }
}

bool nudge_spec(struct spec *spec, const struct nudge *nudge, struct arena *arena)
{
    if (nudge->volume > 0)
        more_calls(spec, nudge->volume, arena);
    if (nudge->handling > 0)
        longer_calls(spec, nudge->handling);
    if (nudge->heads != 0)
        more_heads(spec, nudge->heads, arena);
    if (nudge->staffing > 0)
        scale_heads(spec, nudge->staffing, arena);
    bool good = !(nudge->hazard > 0) || less_patience(spec, nudge->hazard, arena);
    return good && !arena->failed;
}
