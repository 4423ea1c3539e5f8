/* erlang_inverse.c - agents, load or time for a target.
 *
 * The one idea: every figure that a target may be set on gets better with each agent, worse with
 * each call, and (a service level) better with a longer time limit. So a bracket that is widened
 * from the offered load outwards, and bisection inside it, find the edge, whatever the figure.
 */
#include <gsl/gsl_sf_erf.h>
#include <math.h>
#include <onhold/analytic.h>
#include <string.h>

/* Beyond this many agents nobody looks. */
#define MOST_AGENTS 1e7

/* ---- figures by name ---- */

static const struct figure_name {
    const char *metric;
    size_t offset;
    bool at_most;
} figure_names[] = {
    {"delayed", offsetof(oh_queue_figures, delayed), true},
    {"abandon_rate", offsetof(oh_queue_figures, abandon_rate), true},
    {"service_level", offsetof(oh_queue_figures, service_level), false},
    {"service_level_answered", offsetof(oh_queue_figures, service_level_answered), false},
    {"service_level_net", offsetof(oh_queue_figures, service_level_net), false},
    {"service_level_credit", offsetof(oh_queue_figures, service_level_credit), false},
    {"asa", offsetof(oh_queue_figures, asa), true},
    {"wait", offsetof(oh_queue_figures, wait), true},
    {"wait_abandoned", offsetof(oh_queue_figures, wait_abandoned), true},
    {"queue_length", offsetof(oh_queue_figures, queue_length), true},
    {"occupancy", offsetof(oh_queue_figures, occupancy), true},
};

static const struct figure_name *name_of(const char *metric)
{
    for (size_t i = 0; metric && i < sizeof figure_names / sizeof *figure_names; i++)
        if (strcmp(figure_names[i].metric, metric) == 0)
            return &figure_names[i];
    return NULL;
}

static double figure_at(const oh_queue_figures *figures, const struct figure_name *name)
{
    double value;
    memcpy(&value, (const char *)figures + name->offset, sizeof value);
    return value;
}

const double *oh_figure_find(const oh_queue_figures *figures, const char *metric)
{
    const struct figure_name *name = name_of(metric);
    return name ? (const double *)(const void *)((const char *)figures + name->offset) : NULL;
}

bool oh_figure_at_most(const char *metric)
{
    const struct figure_name *name = name_of(metric);
    return name && name->at_most;
}

bool oh_goal_holds(const oh_goal *goal, const oh_queue_figures *figures)
{
    const struct figure_name *name = name_of(goal->metric);
    if (!name)
        return false;
    double value = figure_at(figures, name);
    return name->at_most ? !(value > goal->level) : !(value < goal->level);
}

/* ---- a steady queue ---- */

oh_status oh_steady_figures(const oh_steady_queue *q, double agents, oh_queue_figures *out)
{
    if (q->survival)
        return oh_mmng(q->rate, q->handling, agents, q->threshold, 0, q->survival, q->user,
                       q->atoms, q->n_atoms, out);
    if (isinf(q->patience) && q->patience > 0)
        return oh_erlang_c(q->rate, q->handling, agents, q->threshold, out);
    return oh_erlang_a(q->rate, q->handling, q->patience, agents, q->threshold, out);
}

/* Does the goal hold? A failure goes to *status, and the answer is then false. */
static bool holds(const oh_steady_queue *q, const oh_goal *goal, double agents, oh_status *status)
{
    oh_queue_figures figures;
    oh_status found = oh_steady_figures(q, agents, &figures);
    if (found != OH_OK)
        *status = found;
    return found == OH_OK && oh_goal_holds(goal, &figures);
}

static bool sound_goal(const oh_goal *goal)
{
    return name_of(goal->metric) && !isnan(goal->level);
}

oh_status oh_erlang_agents(const oh_steady_queue *q, const oh_goal *goal, double *agents)
{
    oh_status status = OH_OK;
    double load = q->rate * q->handling;
    *agents = NAN;
    if (!sound_goal(goal))
        return OH_ARGUMENT;
    bool first = holds(q, goal, fmax(1, ceil(fmin(load, MOST_AGENTS))), &status);
    if (status != OH_OK)
        return status;
    if (q->rate == 0) {
        *agents = 0;
        return OH_OK;
    }
    /* (low, high]: the goal fails at low and holds at high */
    double low = fmax(1, ceil(fmin(load, MOST_AGENTS))), high = low, step = ceil(sqrt(load));
    for (; first && low > 0 && (low == high || holds(q, goal, low, &status)); step *= 2) {
        high = low;
        low = fmax(0, low - step);
    }
    for (; !first && (low == high || !holds(q, goal, high, &status)); step *= 2) {
        if (high >= MOST_AGENTS || status != OH_OK)
            return status != OH_OK ? status : OH_LIMIT;
        low = high;
        high = fmin(high + step, MOST_AGENTS);
    }
    while (status == OH_OK && high - low > 1) {
        double middle = floor((low + high) / 2);
        if (holds(q, goal, middle, &status))
            high = middle;
        else
            low = middle;
    }
    if (status == OH_OK)
        *agents = high;
    return status;
}

/* Halves [low, high], where `low` is on the side that is returned, until they are neighbours to
 * 1e-13. */
static bool apart(double a, double b)
{
    return fabs(a - b) > 1e-13 * fmax(fabs(a), fabs(b));
}

oh_status oh_erlang_rate(const oh_steady_queue *queue, const oh_goal *goal, double agents,
                         double *rate)
{
    oh_steady_queue q = *queue;
    oh_status status = OH_OK;
    *rate = NAN;
    if (!sound_goal(goal))
        return OH_ARGUMENT;
    double full = agents / q.handling, low = 0, high = full;
    q.rate = 0;
    bool idle = holds(&q, goal, agents, &status);
    if (status == OH_OK && !idle)
        *rate = 0;
    if (status != OH_OK || !idle)
        return status;
    while ((q.rate = high, holds(&q, goal, agents, &status))) {
        low = high;
        high *= 2;
        if (high > 1e6 * full) { /* so many callers that no rate makes a difference */
            *rate = INFINITY;
            return OH_OK;
        }
    }
    while (status == OH_OK && apart(low, high) && high > 1e-300) {
        q.rate = low + (high - low) / 2;
        if (holds(&q, goal, agents, &status))
            low = q.rate;
        else
            high = q.rate;
    }
    if (status == OH_OK)
        *rate = low;
    return status;
}

oh_status oh_erlang_time(const oh_steady_queue *queue, const oh_goal *goal, double agents,
                         double *threshold)
{
    oh_steady_queue q = *queue;
    oh_status status = OH_OK;
    const struct figure_name *name = name_of(goal->metric);
    *threshold = NAN;
    if (!sound_goal(goal) || strncmp(name->metric, "service_level", 13) != 0)
        return OH_ARGUMENT;
    q.threshold = 0;
    if (holds(&q, goal, agents, &status)) {
        *threshold = 0;
        return OH_OK;
    }
    double low = 0, high = q.handling / agents;
    while (status == OH_OK && (q.threshold = high, !holds(&q, goal, agents, &status))) {
        low = high;
        high *= 2;
        if (high > 1e9 * q.handling) {
            *threshold = status == OH_OK ? INFINITY : NAN;
            return status;
        }
    }
    while (status == OH_OK && apart(low, high)) {
        q.threshold = low + (high - low) / 2;
        if (holds(&q, goal, agents, &status))
            high = q.threshold;
        else
            low = q.threshold;
    }
    if (status == OH_OK)
        *threshold = high;
    return status;
}

/* ---- Erlang B, and Erlang C's load ---- */

double oh_erlang_b_servers(double load, double blocked)
{
    if (!(load >= 0 && isfinite(load) && blocked > 0 && blocked <= 1))
        return NAN;
    double b = 1, k = 0;
    while (b > blocked && k < 1e9) { /* the recursion passes every number on its way */
        k++;
        b = load * b / (k + load * b);
    }
    return k < 1e9 ? k : NAN;
}

/* The highest load below `most` whose share is at most `level`; share rises with the load. */
static double highest_load(double (*share)(double load, double servers), double servers,
                           double most, double level)
{
    double low = 0, high = fmin(most, fmax(1, servers));
    while (high < most && share(high, servers) <= level) {
        low = high;
        high *= 2;
    }
    while (apart(low, high)) {
        double middle = low + (high - low) / 2;
        if (share(middle, servers) <= level)
            low = middle;
        else
            high = middle;
        if (high < 1e-300)
            return 0;
    }
    return low;
}

double oh_erlang_b_load(double servers, double blocked)
{
    if (!(servers >= 0 && servers <= 1e9 && servers == floor(servers) && blocked >= 0 &&
          blocked < 1))
        return NAN;
    return highest_load(oh_erlang_b, servers, INFINITY, blocked);
}

static double erlang_c_delayed(double load, double agents)
{
    double b = oh_erlang_b(load, agents);
    return load < agents ? agents * b / (agents - load * (1 - b)) : 1;
}

double oh_erlang_c_load(double agents, double delayed)
{
    if (!(agents >= 1 && agents <= 1e9 && agents == floor(agents) && delayed >= 0 && delayed <= 1))
        return NAN;
    return delayed == 1 ? agents : highest_load(erlang_c_delayed, agents, agents, delayed);
}

/* ---- square-root staffing ---- */

/* phi(x) / (1 - Phi(x)); 0 where it is below the smallest double. */
static double hazard(double x)
{
    return x < -37 ? 0 : gsl_sf_hazard(x);
}

/* The share that waits with load + beta sqrt(load) agents of many. `ratio`: sqrt(handling /
 * patience), 0 for patience without end. */
static double delayed_share(double beta, double ratio)
{
    double arriving = hazard(-beta);
    if (ratio == 0)
        return beta <= 0 ? 1 : 1 / (1 + beta / arriving);
    return 1 / (1 + ratio * hazard(beta / ratio) / arriving);
}

double oh_square_root_beta(double delayed, double handling, double patience)
{
    if (!(delayed > 0 && delayed < 1 && handling > 0 && isfinite(handling) && patience > 0))
        return NAN;
    double ratio = sqrt(handling / patience), low = -36, high = 36;
    if (ratio == 0)
        low = 0;
    while (apart(low, high) && high - low > 1e-14) {
        double middle = low + (high - low) / 2;
        if (delayed_share(middle, ratio) > delayed)
            low = middle;
        else
            high = middle;
    }
    return high;
}

double oh_square_root_agents(double load, double beta)
{
    if (!(load >= 0 && isfinite(load) && isfinite(beta)))
        return NAN;
    return fmax(0, ceil(load + beta * sqrt(load)));
}
