/* erlang.c - Erlang B, C and A.
 *
 * The idea to know: everything hangs on Erlang B's recursion, which never leaves (0, 1]. Sums over
 * callers ahead grow by ratios of neighbouring terms; where terms get large, all sums are scaled
 * down together, since only their quotients are asked for.
 */
#include <math.h>
#include <onhold/analytic.h>

#include "figures.h"

double oh_erlang_b(double load, double servers)
{
    if (!(load >= 0 && isfinite(load) && servers >= 0 && servers <= 1e9 &&
          servers == floor(servers)))
        return NAN;
    double b = 1;
    for (double k = 1; k <= servers; k++)
        b = load * b / (k + load * b);
    return b;
}

oh_status oh_erlang_c(double rate, double handling, double agents, double threshold,
                      oh_queue_figures *out)
{
    figures_nan(out);
    if (!figures_arguments(rate, handling, agents, threshold))
        return OH_ARGUMENT;
    double load = rate * handling;
    if (load >= agents) {
        figures_overloaded(out);
        return OH_OK;
    }
    double b = oh_erlang_b(load, agents);
    double drain = agents / handling - rate; /* n mu - lambda */
    struct figures f = {.served = 1};
    f.delayed = agents * b / (agents - load * (1 - b));
    f.served_in_time = 1 - f.delayed * exp(-drain * threshold);
    f.wait = f.wait_served = f.delayed / drain;
    figures_fill(&f, rate, handling, agents, out);
    return OH_OK;
}

/* I_x(c, j + 1) for j = 0, 1, ...: the sum over i <= j of (c)_i / i! x^c (1 - x)^i, all terms
 * positive. x^c may be far below the smallest double: value and sum are to be multiplied by
 * e^-small. */
struct beta_sum {
    double c, gap; /* gap = 1 - x */
    double term, sum, small;
};

static struct beta_sum beta_start(double c, double x_log)
{
    return (struct beta_sum){c, -expm1(x_log), 1, 1, -c * x_log};
}

static double beta_value(const struct beta_sum *s)
{
    return fmin(1, s->sum * exp(-s->small));
}

/* From j = i - 1 to j = i. */
static void beta_step(struct beta_sum *s, double i)
{
    s->term *= (s->c + i - 1) / i * s->gap;
    s->sum += s->term;
    if (s->sum > 1e200 && s->small > 0) {
        double less = fmin(s->small, 400);
        s->term *= exp(-less);
        s->sum *= exp(-less);
        s->small -= less;
    }
}

/* Sums over the states n + j seen on arrival, of weight w_j = pi(n + j) / pi(n). */
struct sums {
    double w;       /* of j at hand */
    double weights; /* of j >= 0 */
    double calls;   /* j w_j: waiting calls */
    double served, served_in_time, abandoned_in_time;
    double wait_served, wait_abandoned; /* times theta */
};

static void scale_sums(struct sums *s, double *below, double factor)
{
    s->w *= factor;
    s->weights *= factor;
    s->calls *= factor;
    s->served *= factor;
    s->served_in_time *= factor;
    s->abandoned_in_time *= factor;
    s->wait_served *= factor;
    s->wait_abandoned *= factor;
    *below *= factor;
}

/* Adds up from j = 0 until what is left is below 1e-14 of each sum: with r the next ratio (ratios
 * fall), the rest of the weights is at most w r / (1 - r), of the calls w (j r / (1 - r) +
 * r / (1 - r)^2); the other summands are at most j + 1 times as large as the weights. below: the
 * weight of all states with a free agent. */
static void add_up(struct sums *s, double *below, double rate, double drain, double theta,
                   double threshold)
{
    double c = drain / theta, x = exp(-theta * threshold);
    struct beta_sum in_time = beta_start(c + 1, -theta * threshold);
    struct beta_sum later = beta_start(c, -theta * threshold);
    double harmonic = 0, left_early = 0; /* sums of 1/(c+1+i) and (1+i)/(c+1+i), i <= j */
    *s = (struct sums){.w = 1};
    for (double j = 0;; j++) {
        if (j > 0) {
            beta_step(&in_time, j);
            beta_step(&later, j);
        }
        harmonic += 1 / (c + 1 + j);
        left_early += (1 + j) / (c + 1 + j);
        double served = c / (c + j + 1);
        double soon = served * (1 - beta_value(&in_time));
        s->weights += s->w;
        s->calls += s->w * j;
        s->served += s->w * served;
        s->served_in_time += s->w * soon;
        s->abandoned_in_time += s->w * fmax(0, 1 - soon - x * beta_value(&later));
        s->wait_served += s->w * served * harmonic;
        s->wait_abandoned += s->w * left_early / (c + j + 1);
        double r = rate / (drain + (j + 1) * theta);
        if (r < 1) {
            double rest = r / (1 - r);
            if (s->w * ((j + 1) * rest + rest / (1 - r)) <= 1e-14 * (s->weights + s->calls) &&
                s->w * rest <= 1e-14 * s->weights)
                return;
        }
        s->w *= r;
        if (s->w > 1e250)
            scale_sums(s, below, 1e-250);
    }
}

static double exponential_survival(double x, const void *mean)
{
    return exp(-x / *(const double *)mean);
}

oh_status oh_erlang_a(double rate, double handling, double patience, double agents,
                      double threshold, oh_queue_figures *out)
{
    figures_nan(out);
    if (!figures_arguments(rate, handling, agents, threshold) ||
        !(patience > 0 && isfinite(patience)))
        return OH_ARGUMENT;
    double theta = 1 / patience, drain = agents / handling;
    /* Callers ahead that matter: the queue's typical length and its spread. Where they are too
     * many to go through one by one, integrate over the wait instead. */
    double typical = fmax(0, (rate - drain) * patience) + 40 * sqrt(rate * patience);
    if (typical > 1e7)
        return oh_mmng(rate, handling, agents, threshold, 0, exponential_survival, &patience, NULL,
                       0, out);
    double load = rate * handling;
    double b = oh_erlang_b(load, agents - 1);
    if (rate == 0 || b == 0) {
        figures_idle(out);
        out->occupancy = load / agents;
        return OH_OK;
    }
    double below = agents / load / b; /* weight of 0 .. n - 1 in the system */
    struct sums s;
    add_up(&s, &below, rate, drain, theta, threshold);
    double all = below + s.weights;
    struct figures f = {.delayed = s.weights / all,
                        .served = (below + s.served) / all,
                        .served_in_time = (below + s.served_in_time) / all,
                        .abandoned_in_time = s.abandoned_in_time / all,
                        .wait_served = s.wait_served / all * patience,
                        .wait_abandoned = s.wait_abandoned / all * patience};
    f.wait = s.calls / all / rate;
    f.abandoned = theta * f.wait;
    figures_fill(&f, rate, handling, agents, out);
    return OH_OK;
}
