/* test_chain_callback.c - call-backs against Markov chains: who is offered one, what rank it has,
 * when it is dialled, and what happens if nobody answers.
 */
#include "../support/chain.h"
#include "../support/support.h"

#include <math.h>

#define QUEUE(name, metric, exact)  expect_metric(&trial, OH_QUEUE, name, metric, exact)
#define AGENTS(name, metric, exact) expect_metric(&trial, OH_AGENTS, name, metric, exact)

static const double hour = 3600;

static struct trial played(struct trial trial)
{
    trial_run(&trial, &(oh_run_options){.replications = 40, .jobs = 2});
    return trial;
}

/* What every chain below gives: flows per second, numbers on average. */
struct figures {
    double arrivals, offers, accepted; /* flows */
    double delayed;                    /* flow of offered calls that must wait */
    double waiting, ringing;           /* live calls */
    double called_back;                /* pending, to be tried again, ringing */
    double busy;                       /* agents */
};

/* Of one queue `line` with live handling of 180 s. `length` in hours; patience in s. */
static void expect_figures(struct trial trial, const struct figures *f, double length,
                           double patience, int agents)
{
    double offered = f->arrivals - f->accepted, abandoned = f->waiting / patience;
    double seconds = length * hour;
    QUEUE("line", "callbacks_offered", f->offers * seconds);
    QUEUE("line", "callbacks_accepted", f->accepted * seconds);
    QUEUE("line", "offered", offered * seconds);
    QUEUE("line", "delayed", f->delayed / offered);
    QUEUE("line", "abandon_rate", abandoned / offered);
    QUEUE("line", "queue_length", f->waiting);
    QUEUE("line", "wait", (f->waiting + f->ringing) / offered);
    QUEUE("line", "in_system", f->waiting + f->ringing + (offered - abandoned) * 180);
    QUEUE("line", "callback_wait", f->called_back / f->accepted);
    QUEUE("line", "aht", 180);
    AGENTS("desk", "occupancy", f->busy / agents);
}

/* ---- last in line, with every way of offering and dialling ---- */

enum { BUSY, WAITING, PENDING };
struct last_rule {
    int agents, over; /* offered if more than `over` wait; -1: to all who must wait */
    double per_hour, patience, accept;
    int dial_when_free;
};

static void last_settle(int x[], const void *data)
{
    const struct last_rule *m = data;
    while (x[WAITING] > 0 && x[BUSY] < m->agents)
        x[WAITING]--, x[BUSY]++;
    while (x[PENDING] > 0 && m->agents - x[BUSY] >= m->dial_when_free)
        x[PENDING]--, x[BUSY]++;
}

static bool is_offered(const int x[], const struct last_rule *m)
{
    return x[BUSY] == m->agents && x[WAITING] > m->over;
}

static void last_moves(struct chain *chain, const int x[], const void *data)
{
    const struct last_rule *m = data;
    double rate = m->per_hour / hour, accept = is_offered(x, m) ? m->accept : 0;
    CHAIN_BY(chain, x, rate * (1 - accept), WAITING, +1);
    CHAIN_BY(chain, x, rate * accept, PENDING, +1);
    if (x[BUSY] > 0)
        CHAIN_BY(chain, x, x[BUSY] / 180.0, BUSY, -1);
    if (x[WAITING] > 0)
        CHAIN_BY(chain, x, x[WAITING] / m->patience, WAITING, -1);
}

static void expect_last(const struct last_rule *m, const char *callback)
{
    struct chain *chain = chain_solve(&(struct chain_rules){.dim = 3,
                                                            .moves = last_moves,
                                                            .settle = last_settle,
                                                            .most = (int[]){0, 35, 140},
                                                            .data = m});
    struct figures f = {.arrivals = m->per_hour / hour};
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        double flow = chain_share(chain, i) * f.arrivals;
        bool offer = is_offered(x, m);
        f.offers += offer ? flow : 0;
        f.accepted += offer ? m->accept * flow : 0;
        if (x[BUSY] == m->agents)
            f.delayed += offer ? (1 - m->accept) * flow : flow;
    }
    f.waiting = chain_mean(chain, WAITING);
    f.called_back = chain_mean(chain, PENDING);
    f.busy = chain_mean(chain, BUSY);
    struct trial trial = played(trial_format(
        "onhold: 1\nname: call-backs\ntime:\n  steady: {warm_up: 10 h, length: 500 h}\nqueues:\n"
        "  line:\n    arrivals: %g per h\n    handling: {exponential: 3 min}\n"
        "    patience: {exponential: %g s}\n    callback: {%s, place: last}\n"
        "agents:\n  desk:\n    count: %d\n    serves: [line]\n",
        m->per_hour, m->patience, callback, m->agents));
    expect_figures(trial, &f, 500, m->patience, m->agents);
    assert_same(trial_value(&trial, OH_QUEUE, "line", "callbacks_done"),
                trial_value(&trial, OH_QUEUE, "line", "callbacks_accepted"));
    trial_free(&trial);
    chain_free(chain);
}

/* One ranked by the time of joining instead would wait less than half as long. */
static void call_backs_come_last(void **state)
{
    (void)state;
    expect_last(&(struct last_rule){3, -1, 48, 150, 0.5, 1},
                "offer: {wait_over: 0 s}, accept: 50%");
}

static void call_backs_are_offered_when_enough_wait(void **state)
{
    (void)state;
    expect_last(&(struct last_rule){3, 1, 55, 150, 0.6, 1},
                "offer: {waiting_over: 1}, accept: 60%");
}

/* (Calls ahead + 1) x 3 min / 3 agents > 2 min: from two ahead on, since one gives exactly two
 * minutes. */
static void call_backs_are_offered_when_the_wait_is_long(void **state)
{
    (void)state;
    expect_last(&(struct last_rule){3, 1, 52, 150, 0.7, 1},
                "offer: {wait_over: 2 min}, accept: 70%");
}

static void call_backs_are_dialled_when_enough_are_free(void **state)
{
    (void)state;
    expect_last(&(struct last_rule){4, -1, 50, 120, 0.5, 2},
                "offer: {wait_over: 0 s}, accept: 50%, dial_when_free: 2");
    expect_last(&(struct last_rule){5, 0, 55, 120, 0.5, 3},
                "offer: {waiting_over: 0}, accept: 50%, dial_when_free: 3");
}

/* ---- keeping the place ---- */

/* Nobody hangs up and all wait in one line, on the phone or not: Erlang C for both. */
static void keeping_the_place_is_one_line(void **state)
{
    (void)state;
    oh_queue_figures q;
    assert_int_equal(oh_erlang_c(48 / hour, 180, 3, 20, &q), OH_OK);
    struct trial trial = played(trial_text(
        "onhold: 1\nname: place\ntime:\n  steady: {warm_up: 10 h, length: 500 h}\nqueues:\n"
        "  line:\n    arrivals: 48 per h\n    handling: {exponential: 3 min}\n    patience: never\n"
        "    callback: {offer: {wait_over: 0 s}, accept: 40%, place: keep}\n"
        "agents:\n  desk:\n    count: 3\n    serves: [line]\n"));
    double live = 1 - 0.4 * q.delayed;
    QUEUE("line", "delayed", 0.6 * q.delayed / live);
    QUEUE("line", "wait", 0.6 * q.wait / live);
    QUEUE("line", "wait_delayed", q.wait / q.delayed);
    QUEUE("line", "callback_wait", q.wait / q.delayed);
    AGENTS("desk", "occupancy", q.occupancy);
    trial_free(&trial);
}

/* With hanging up the order counts. PLACES: bits from the head up, 1 on the phone, 0 a call-back,
 * and a 1 above the last. */
enum { PLACES = 1, PLACES_MOST = 15, KEEP_AGENTS = 2 };

static int standing(int places)
{
    int n = 0;
    for (; places > 1; places >>= 1)
        n++;
    return n;
}

static int on_the_phone(int places)
{
    int n = 0;
    for (; places > 1; places >>= 1)
        n += places & 1;
    return n;
}

static void keep_settle(int x[], const void *data)
{
    (void)data;
    while (x[PLACES] > 1 && x[BUSY] < KEEP_AGENTS) {
        x[PLACES] >>= 1;
        x[BUSY]++;
    }
    if (x[PLACES] == 1)
        x[PLACES] = 0;
}

static void keep_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    int places = x[PLACES] ? x[PLACES] : 1, n = standing(places), mark = 1 << n;
    if (x[BUSY] < KEEP_AGENTS) {
        CHAIN_BY(chain, x, 24 / hour, BUSY, +1);
    } else if (n < PLACES_MOST) {
        CHAIN_BY(chain, x, 0.5 * 24 / hour, PLACES, (places | 2 * mark) - x[PLACES]);
        CHAIN_BY(chain, x, 0.5 * 24 / hour, PLACES, places + mark - x[PLACES]);
    }
    if (x[BUSY] > 0)
        CHAIN_BY(chain, x, x[BUSY] / 180.0, BUSY, -1);
    for (int i = 0; i < n; i++) {
        int below = places & ((1 << i) - 1), above = places >> (i + 1) << i;
        if (places >> i & 1)
            CHAIN_BY(chain, x, 1 / 120.0, PLACES, (above | below) - x[PLACES]);
    }
}

static void a_kept_place_is_between_those_who_wait(void **state)
{
    (void)state;
    struct chain *chain =
        chain_solve(&(struct chain_rules){.dim = 2, .moves = keep_moves, .settle = keep_settle});
    struct figures f = {.arrivals = 24 / hour};
    double cut = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        double p = chain_share(chain, i);
        f.offers += x[BUSY] == KEEP_AGENTS ? p * f.arrivals : 0;
        f.waiting += p * on_the_phone(x[PLACES]);
        f.called_back += p * (standing(x[PLACES]) - on_the_phone(x[PLACES]));
        cut += standing(x[PLACES]) == PLACES_MOST ? p : 0;
    }
    assert_true(cut < 1e-6);
    f.accepted = f.delayed = 0.5 * f.offers;
    f.busy = chain_mean(chain, BUSY);
    struct trial trial = played(trial_text(
        "onhold: 1\nname: places\ntime:\n  steady: {warm_up: 10 h, length: 1000 h}\nqueues:\n"
        "  line:\n    arrivals: 24 per h\n    handling: {exponential: 3 min}\n"
        "    patience: {exponential: 2 min}\n"
        "    callback: {offer: {wait_over: 0 s}, accept: 50%, place: keep}\n"
        "agents:\n  desk:\n    count: 2\n    serves: [line]\n"));
    expect_figures(trial, &f, 1000, 120, KEEP_AGENTS);
    trial_free(&trial);
    chain_free(chain);
}

/* ---- nobody answers ---- */

/* Agents ring the waiting (RING) and those to be called back (DIAL), talk, or wait. Every dial
 * takes 20 s on average; three of ten are not answered and tried again after 5 min, on and on. */
enum { RING, DIAL, TALK, LIVE, DUE, LATER, DIAL_DIM };
enum { DIAL_AGENTS = 3 };
static void dial_settle(int x[], const void *data)
{
    (void)data;
    while (x[RING] + x[DIAL] + x[TALK] < DIAL_AGENTS && x[LIVE] + x[DUE] > 0) {
        bool live = x[LIVE] > 0;
        x[live ? LIVE : DUE]--;
        x[live ? RING : DIAL]++;
    }
}

static void dial_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    bool busy = x[RING] + x[DIAL] + x[TALK] == DIAL_AGENTS;
    CHAIN_BY(chain, x, 40 / hour * (busy ? 0.6 : 1), LIVE, +1);
    CHAIN_BY(chain, x, 40 / hour * (busy ? 0.4 : 0), DUE, +1);
    if (x[RING] > 0)
        CHAIN_BY(chain, x, x[RING] / 20.0, RING, -1, TALK, +1);
    if (x[DIAL] > 0) {
        CHAIN_BY(chain, x, 0.7 * x[DIAL] / 20.0, DIAL, -1, TALK, +1);
        CHAIN_BY(chain, x, 0.3 * x[DIAL] / 20.0, DIAL, -1, LATER, +1);
    }
    if (x[TALK] > 0)
        CHAIN_BY(chain, x, x[TALK] / 180.0, TALK, -1);
    if (x[LIVE] > 0)
        CHAIN_BY(chain, x, x[LIVE] / 120.0, LIVE, -1);
    if (x[LATER] > 0)
        CHAIN_BY(chain, x, x[LATER] / 300.0, LATER, -1, DUE, +1);
}

static void who_does_not_answer_is_dialled_again(void **state)
{
    (void)state;
    struct chain *chain = chain_solve(&(struct chain_rules){.dim = DIAL_DIM,
                                                            .moves = dial_moves,
                                                            .settle = dial_settle,
                                                            .most = (int[]){0, 0, 0, 18, 35, 10}});
    struct figures f = {.arrivals = 40 / hour};
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        if (x[RING] + x[DIAL] + x[TALK] == DIAL_AGENTS)
            f.offers += chain_share(chain, i) * f.arrivals;
    }
    f.accepted = 0.4 * f.offers;
    f.delayed = 0.6 * f.offers;
    f.waiting = chain_mean(chain, LIVE);
    f.ringing = chain_mean(chain, RING);
    f.called_back = chain_mean(chain, DIAL) + chain_mean(chain, DUE) + chain_mean(chain, LATER);
    f.busy = f.ringing + chain_mean(chain, DIAL) + chain_mean(chain, TALK);
    struct trial trial = played(trial_text(
        "onhold: 1\nname: dials\ntime:\n  steady: {warm_up: 10 h, length: 500 h}\nqueues:\n"
        "  line:\n    arrivals: 40 per h\n    handling: {exponential: 3 min}\n"
        "    patience: {exponential: 2 min}\n    ring: {exponential: 20 s}\n"
        "    callback: {offer: {wait_over: 0 s}, accept: 40%, place: last, answers: 70%,\n"
        "               retry: {exponential: 5 min}, attempts: 50}\n"
        "agents:\n  desk:\n    count: 3\n    serves: [line]\n"));
    expect_figures(trial, &f, 500, 120, DIAL_AGENTS);
    trial_free(&trial);
    chain_free(chain);
}

/* Two dials at most: 1 - 0.3^2 of those who asked are reached, whatever the order. */
static void dials_are_limited(void **state)
{
    (void)state;
    struct trial trial = played(trial_text(
        "onhold: 1\nname: limit\ntime:\n  steady: {warm_up: 10 h, length: 500 h}\nqueues:\n"
        "  line:\n    arrivals: 40 per h\n    handling: {exponential: 3 min}\n"
        "    patience: {exponential: 2 min}\n"
        "    callback: {offer: {wait_over: 0 s}, accept: 60%, place: last, answers: 70%,\n"
        "               retry: 5 min, attempts: 2}\n"
        "agents:\n  desk:\n    count: 3\n    serves: [line]\n"));
    double accepted = 40 * trial_value(&trial, OH_QUEUE, "line", "callbacks_accepted");
    double done = 40 * trial_value(&trial, OH_QUEUE, "line", "callbacks_done");
    assert_true(accepted > 100000);
    assert_near(done / accepted, 0.91, 4 * sqrt(0.91 * 0.09 / accepted));
    trial_free(&trial);
}

/* ---- last means behind the live calls of every queue the agent serves ---- */

enum { ON_A, ON_B, LIVE_A, LIVE_B, DUE_A, TWO_DIM };
static void two_settle(int x[], const void *data)
{
    (void)data;
    while (x[ON_A] + x[ON_B] < 3 && x[LIVE_A] + x[LIVE_B] + x[DUE_A] > 0) {
        int from = x[LIVE_A] > 0 ? LIVE_A : x[LIVE_B] > 0 ? LIVE_B : DUE_A;
        x[from]--;
        x[from == LIVE_B ? ON_B : ON_A]++;
    }
}

static void two_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    bool busy = x[ON_A] + x[ON_B] == 3;
    CHAIN_BY(chain, x, 25 / hour * (busy ? 0.4 : 1), LIVE_A, +1);
    CHAIN_BY(chain, x, 25 / hour * (busy ? 0.6 : 0), DUE_A, +1);
    CHAIN_BY(chain, x, 20 / hour, LIVE_B, +1);
    if (x[ON_A] > 0)
        CHAIN_BY(chain, x, x[ON_A] / 180.0, ON_A, -1);
    if (x[ON_B] > 0)
        CHAIN_BY(chain, x, x[ON_B] / 240.0, ON_B, -1);
    if (x[LIVE_A] > 0)
        CHAIN_BY(chain, x, x[LIVE_A] / 120.0, LIVE_A, -1);
    if (x[LIVE_B] > 0)
        CHAIN_BY(chain, x, x[LIVE_B] / 100.0, LIVE_B, -1);
}

static void last_is_behind_other_queues_too(void **state)
{
    (void)state;
    struct chain *chain = chain_solve(&(struct chain_rules){.dim = TWO_DIM,
                                                            .moves = two_moves,
                                                            .settle = two_settle,
                                                            .most = (int[]){0, 0, 18, 18, 60}});
    double busy = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        busy += x[ON_A] + x[ON_B] == 3 ? chain_share(chain, i) : 0;
    }
    double accepted = 25 / hour * 0.6 * busy;
    struct trial trial = played(trial_text(
        "onhold: 1\nname: both\ntime:\n  steady: {warm_up: 10 h, length: 500 h}\nqueues:\n"
        "  a:\n    arrivals: 25 per h\n    handling: {exponential: 3 min}\n"
        "    patience: {exponential: 2 min}\n"
        "    callback: {offer: {wait_over: 0 s}, accept: 60%, place: last}\n"
        "  b:\n    arrivals: 20 per h\n    handling: {exponential: 4 min}\n"
        "    patience: {exponential: 100 s}\n"
        "agents:\n  desk:\n    count: 3\n    serves: {a: {rank: 1}, b: {rank: 2}}\n"));
    QUEUE("a", "callbacks_accepted", accepted * 500 * hour);
    QUEUE("a", "callback_wait", chain_mean(chain, DUE_A) / accepted);
    QUEUE("a", "abandon_rate", chain_mean(chain, LIVE_A) / 120 / (25 / hour - accepted));
    QUEUE("b", "delayed", busy);
    QUEUE("b", "wait", chain_mean(chain, LIVE_B) / (20 / hour));
    AGENTS("desk", "occupancy", (chain_mean(chain, ON_A) + chain_mean(chain, ON_B)) / 3);
    trial_free(&trial);
    chain_free(chain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(call_backs_come_last),
        cmocka_unit_test(call_backs_are_offered_when_enough_wait),
        cmocka_unit_test(call_backs_are_offered_when_the_wait_is_long),
        cmocka_unit_test(call_backs_are_dialled_when_enough_are_free),
        cmocka_unit_test(keeping_the_place_is_one_line),
        cmocka_unit_test(a_kept_place_is_between_those_who_wait),
        cmocka_unit_test(who_does_not_answer_is_dialled_again),
        cmocka_unit_test(dials_are_limited),
        cmocka_unit_test(last_is_behind_other_queues_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
