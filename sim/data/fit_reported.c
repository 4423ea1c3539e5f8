/* fit_reported.c - how many agents there were, where the log is a report of counts by interval: as
 * many as it says, or as many as Erlang A needs for the waits that it tells.
 */
#include <math.h>

#include <onhold/analytic.h>

#include "fit_parts.h"

/* The whole number of agents for which Erlang A comes nearest to the waits seen. */
static double by_theory(const oh_fit *fit, const struct fit_queue *of, double calls, double wait)
{
    double aht = of->handling.part[PART_HANDLING].mean;
    double patience = of->patience.never ? 1e6 : of->patience.mean_exponential;
    double best = INFINITY, agents = NAN;
    oh_queue_figures f;
    for (double n = 1; n < 5000; n++) {
        if (oh_erlang_a(calls / fit->calendar.step, aht, patience, n, fit->within, &f) != OH_OK)
            break;
        double far = fabs(log((f.wait + 1) / (wait + 1)));
        if (far < best) {
            best = far;
            agents = n;
        }
        if (f.wait < wait)
            break;
    }
    return agents;
}

struct slot_sums {
    double agents, told, days, calls, wait; /* told: days on which it names a number */
};

static struct slot_sums slot_of(const oh_fit *fit, const oh_log *log, const struct fit_group *g,
                                unsigned weekday, size_t slot)
{
    const struct fit_calendar *c = &fit->calendar;
    struct slot_sums sums = {0};
    for (size_t d = 0; d < c->days; d++) {
        if (c->day[d].weekday != weekday || c->day[d].kind != DAY_NORMAL)
            continue;
        double here = 0;
        for (size_t q = 0; q < fit->queues; q++) {
            const struct log_cell *cell =
                calendar_cell(c, log, c->day[d].day, slot, fit->number[q]);
            if (!cell || !g->serves[fit->number[q]])
                continue;
            here = fmax(here, cell->agents);
            sums.calls += cell->offered;
            sums.wait += cell->wait;
        }
        sums.agents += here;
        sums.told += here > 0;
        sums.days++;
    }
    return sums;
}

/* What a group's calls are like: those of its only queue, or of all. */
static const struct fit_queue *calls_of(const oh_fit *fit, const struct fit_group *g)
{
    const struct fit_queue *only = NULL;
    size_t n = 0;
    for (size_t q = 0; q < fit->queues; q++) {
        if (!g->serves[fit->number[q]])
            continue;
        only = &fit->queue[q];
        n++;
    }
    return n == 1 && only->handling.part[PART_HANDLING].n > 0 ? only : &fit->total;
}

static bool reported(oh_fit *fit, const oh_log *log, struct fit_group *g)
{
    const struct fit_calendar *c = &fit->calendar;
    bool given = false;
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        const struct fit_opening *o = &c->opening[w];
        for (size_t s = o->first; o->open && s < o->end; s++) {
            struct slot_sums sums = slot_of(fit, log, g, w, s);
            if (!(sums.days > 0))
                continue;
            given = given || sums.agents > 0;
            double n = sums.agents > 0  ? sums.agents / sums.told
                       : sums.calls > 0 ? by_theory(fit, calls_of(fit, g), sums.calls / sums.days,
                                                    sums.wait / sums.calls)
                                        : 0;
            g->effective[w][s] = n;
            g->count[w][s] = floor(n + 0.5);
        }
    }
    return given;
}

void fit_reported_agents(oh_fit *fit, const oh_log *log)
{
    bool given = false;
    for (size_t g = 0; g < fit->agents.groups; g++)
        given = reported(fit, log, &fit->agents.group[g]) || given;
    fit_note(fit, given ? "agents: as the rows of the log say"
                        : "agents: as many as Erlang A needs for the waits of each interval, since "
                          "the log does not tell");
    fit->agents.known = true;
}
