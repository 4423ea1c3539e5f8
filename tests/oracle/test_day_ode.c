/* test_day_ode.c - a day of changing volumes and staff against Kolmogorov's forward equations,
 * integrated by GSL: queue, abandonment, delay and staff of every half hour.
 *
 * State: k calls present, and e agents beyond the plan, who were busy when it fell and go as they
 * finish. Such agents are busy by definition, so e > 0 implies k >= plan + e. After closing nobody
 * enters and agents go once they are idle: again only the busy ones count.
 */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>

enum { STEPS = 8, MOST = 90, EXTRA = 7, STATES = EXTRA * (MOST + 1) };
/* Behind the states: integrals over the step. */
enum { WAITING = STATES, GONE, DELAYED, BALKED, BUSY, ON_DUTY, BEYOND, SIZE };

static const double calls[STEPS] = {40, 70, 95, 110, 60, 100, 80, 30};
static const int plan[STEPS] = {5, 7, 9, 12, 7, 9, 9, 6};
static const double step_length = 1800, handling = 180, patience = 150, balk = 0.1;

struct rates {
    double arrivals; /* per second */
    int plan;
    bool closed;
};

static size_t state_of(int e, int k)
{
    return (size_t)(e * (MOST + 1) + k);
}

static int forward(double t, const double p[], double dp[], void *user)
{
    (void)t;
    const struct rates *r = user;
    memset(dp, 0, SIZE * sizeof *dp);
    for (int e = 0; e < EXTRA; e++) {
        for (int k = 0; k <= MOST; k++) {
            double here = p[state_of(e, k)];
            if (here == 0)
                continue;
            int agents = r->plan + e, busy = k < agents ? k : agents, waiting = k - busy;
            double joins = k == MOST ? 0 : r->arrivals * (k < agents ? 1 : 1 - balk);
            double ends = busy / handling, gives_up = waiting / patience;
            dp[state_of(e, k)] -= here * (joins + ends + gives_up);
            if (k < MOST)
                dp[state_of(e, k + 1)] += here * joins;
            /* Who finishes beyond the plan goes and leaves the line as it is. */
            if (k > 0)
                dp[state_of(e > 0 ? e - 1 : 0, k - 1)] += here * ends;
            if (waiting > 0)
                dp[state_of(e, k - 1)] += here * gives_up;
            double late = k >= agents ? r->arrivals : 0;
            dp[WAITING] += here * waiting;
            dp[GONE] += here * (gives_up + balk * late);
            dp[DELAYED] += here * late;
            dp[BALKED] += here * balk * late;
            dp[BUSY] += here * busy;
            dp[ON_DUTY] += here * (r->closed ? busy : agents);
            dp[BEYOND] += here * (r->closed ? busy : e);
        }
    }
    return GSL_SUCCESS;
}

/* The plan changes from `from` to `to`: the idle go first, the busy stay beyond it. */
static void change_plan(double p[SIZE], int from, int to)
{
    double after[STATES] = {0};
    for (int e = 0; e < EXTRA; e++)
        for (int k = 0; k <= MOST; k++) {
            int agents = from + e, busy = k < agents ? k : agents;
            int beyond = busy > to ? busy - to : 0;
            assert_true(beyond < EXTRA || p[state_of(e, k)] < 1e-12);
            after[state_of(beyond < EXTRA ? beyond : EXTRA - 1, k)] += p[state_of(e, k)];
        }
    memcpy(p, after, sizeof after);
}

static void integrate(struct rates *rates, double seconds, double p[SIZE])
{
    gsl_odeiv2_system system = {forward, NULL, SIZE, rates};
    gsl_odeiv2_driver *driver =
        gsl_odeiv2_driver_alloc_y_new(&system, gsl_odeiv2_step_rk8pd, 0.5, 1e-10, 1e-9);
    assert_non_null(driver);
    double t = 0;
    memset(p + STATES, 0, (SIZE - STATES) * sizeof *p);
    assert_int_equal(gsl_odeiv2_driver_apply(driver, &t, seconds, p), GSL_SUCCESS);
    gsl_odeiv2_driver_free(driver);
}

/* The integrals of every half hour, and (last) of the time after closing. */
static void solve(double out[STEPS + 1][SIZE])
{
    static double p[SIZE];
    p[state_of(0, 0)] = 1;
    for (int i = 0; i <= STEPS; i++) {
        struct rates rates = {i < STEPS ? calls[i] / step_length : 0, plan[i < STEPS ? i : i - 1],
                              i == STEPS};
        if (i > 0 && i < STEPS)
            change_plan(p, plan[i - 1], plan[i]);
        integrate(&rates, i < STEPS ? step_length : 3600, p);
        memcpy(out[i], p, sizeof p);
    }
    double sum = 0;
    for (int s = 0; s < STATES; s++)
        sum += p[s];
    assert_close(sum, 1, 1e-7);
    assert_close(p[state_of(0, 0)], 1, 1e-6); /* an hour after closing everybody has left */
}

static struct trial simulate(oh_count_at count_at)
{
    char text[1024], *at = text;
    at += sprintf(at, "onhold: 1\nname: a day\ntime:\n  open: 08:00-12:00\n  interval: 30 min\n"
                      "queues:\n  line:\n    handling: {exponential: 180 s}\n    balk: 10%%\n"
                      "    patience: {exponential: 150 s}\n    arrivals: {per: 30 min, counts: [");
    for (int i = 0; i < STEPS; i++)
        at += sprintf(at, "%s%g", i ? ", " : "", calls[i]);
    at += sprintf(at, "]}\nagents:\n  desk:\n    serves: [line]\n"
                      "    count: {per: 30 min, counts: [");
    for (int i = 0; i < STEPS; i++)
        at += sprintf(at, "%s%d", i ? ", " : "", plan[i]);
    sprintf(at, "]}\n");
    struct trial trial = trial_text(text);
    trial_run(&trial, &(oh_run_options){.replications = 2000, .jobs = 2, .count_at = count_at});
    return trial;
}

static void expect_interval(const struct trial *trial, oh_level level, long interval,
                            const char *metric, double exact)
{
    oh_estimate e = trial_read(trial, level, NULL, interval, metric);
    if (fabs(e.value - exact) <= 1e-7 * exact) /* what is fixed has no error to measure by */
        return;
    expect_z(e.value, e.half_width, exact, 0.95, 2000);
}

static void every_half_hour_of_a_day_obeys_the_forward_equations(void **state)
{
    (void)state;
    static double exact[STEPS + 1][SIZE];
    solve(exact);
    struct trial trial = simulate(OH_AT_ENTRY);
    double total_calls = 0, gone = 0, busy = 0, beyond = 0, on_duty = 0, waiting = 0;
    for (int i = 0; i <= STEPS; i++) {
        const double *x = exact[i];
        gone += x[GONE];
        busy += x[BUSY];
        beyond += x[BEYOND];
        on_duty += x[ON_DUTY];
        waiting += x[WAITING];
        if (i == STEPS)
            break;
        total_calls += calls[i];
        expect_interval(&trial, OH_QUEUE, i, "offered", calls[i]);
        expect_interval(&trial, OH_QUEUE, i, "delayed", x[DELAYED] / calls[i]);
        expect_interval(&trial, OH_QUEUE, i, "balked", x[BALKED]);
        expect_interval(&trial, OH_QUEUE, i, "queue_length", x[WAITING] / step_length);
        expect_interval(&trial, OH_AGENTS, i, "busy", x[BUSY] / step_length);
        expect_interval(&trial, OH_AGENTS, i, "staffed", x[ON_DUTY] / step_length);
        expect_interval(&trial, OH_AGENTS, i, "occupancy", x[BUSY] / x[ON_DUTY]);
    }
    expect_interval(&trial, OH_QUEUE, OH_WHOLE, "abandoned", gone);
    expect_interval(&trial, OH_QUEUE, OH_WHOLE, "wait", waiting / total_calls);
    expect_interval(&trial, OH_QUEUE, OH_WHOLE, "abandon_rate", gone / total_calls);
    expect_interval(&trial, OH_AGENTS, OH_WHOLE, "occupancy", busy / on_duty);
    expect_interval(&trial, OH_AGENTS, OH_WHOLE, "overtime", beyond);
    trial_free(&trial);
}

static void calls_counted_where_they_end_abandon_as_the_equations_say(void **state)
{
    (void)state;
    static double exact[STEPS + 1][SIZE];
    solve(exact);
    struct trial trial = simulate(OH_AT_EXIT);
    for (int i = 0; i < STEPS; i++)
        expect_interval(&trial, OH_QUEUE, i, "abandoned", exact[i][GONE]);
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_half_hour_of_a_day_obeys_the_forward_equations),
        cmocka_unit_test(calls_counted_where_they_end_abandon_as_the_equations_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
