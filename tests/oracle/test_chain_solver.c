/* test_chain_solver.c - the solver of Markov chains that other tests trust, against models with an
 * answer of their own.
 */
#include "../support/chain.h"
#include "../support/support.h"

#include <math.h>

struct erlang_a {
    double rate, handling, patience;
    int agents, capacity; /* capacity < 0: no limit */
};

static void one_queue(struct chain *chain, const int x[], const void *data)
{
    const struct erlang_a *m = data;
    int busy = x[0] < m->agents ? x[0] : m->agents;
    if (m->capacity < 0 || x[0] < m->agents + m->capacity)
        CHAIN_BY(chain, x, m->rate, 0, +1);
    if (x[0] > 0)
        CHAIN_BY(chain, x, busy / m->handling + (x[0] - busy) / m->patience, 0, -1);
}

static void a_birth_and_death_chain_is_erlang_a(void **state)
{
    (void)state;
    struct erlang_a m = {100 / 1800.0, 180, 300, 12, -1};
    struct chain_rules rules = {.dim = 1, .moves = one_queue, .most = (int[]){60}, .data = &m};
    struct chain *chain = chain_solve(&rules);
    oh_queue_figures q;
    assert_int_equal(oh_erlang_a(m.rate, m.handling, m.patience, m.agents, 20, &q), OH_OK);
    double delayed = 0, waiting = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        int k = chain_state(chain, i)[0];
        delayed += k >= m.agents ? chain_share(chain, i) : 0;
        waiting += k > m.agents ? chain_share(chain, i) * (k - m.agents) : 0;
    }
    assert_close(delayed, q.delayed, 1e-10);
    assert_close(waiting, q.queue_length, 1e-10);
    assert_close(waiting / m.patience / m.rate, q.abandon_rate, 1e-10);
    chain_free(chain);
}

static void no_room_to_wait_is_erlang_b(void **state)
{
    (void)state;
    struct erlang_a m = {100 / 1800.0, 180, 1, 12, 0};
    struct chain *chain =
        chain_solve(&(struct chain_rules){.dim = 1, .moves = one_queue, .data = &m});
    assert_int_equal(chain_states(chain), 13);
    assert_close(chain_share(chain, 12), oh_erlang_b(10, 12), 1e-12);
    assert_close(chain_mean(chain, 0), 10 * (1 - oh_erlang_b(10, 12)), 1e-12);
    chain_free(chain);
}

/* Two queues in a row (Jackson 1957): independent, each geometric. */
static void tandem(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    CHAIN_BY(chain, x, 0.5, 0, +1);
    if (x[0] > 0)
        CHAIN_BY(chain, x, 1, 0, -1, 1, +1);
    if (x[1] > 0)
        CHAIN_BY(chain, x, 1.25, 1, -1);
}

static void both_methods_give_the_product_form_of_a_tandem(void **state)
{
    (void)state;
    struct chain_rules rules = {.dim = 2, .moves = tandem, .most = (int[]){25, 20}};
    struct chain *chain = chain_solve(&rules);
    for (int method = 0; method < 2; method++) {
        if (method == 0)
            chain_solve_by_elimination(chain);
        else
            chain_solve_by_sweeps(chain);
        assert_true(chain_residual(chain) < 1e-13);
        for (size_t i = 0; i < chain_states(chain); i++) {
            const int *x = chain_state(chain, i);
            assert_near(chain_share(chain, i), pow(0.5, x[0] + 1) * 0.6 * pow(0.4, x[1]), 1e-7);
        }
        assert_close(chain_mean(chain, 0), 1, 1e-5);
        assert_close(chain_mean(chain, 1), 2 / 3.0, 1e-5);
    }
    chain_free(chain);
}

/* One agent takes from the longer of two lines at once: settling after each change. */
static void two_lines(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    CHAIN_BY(chain, x, 0.2, 1, +1);
    CHAIN_BY(chain, x, 0.3, 2, +1);
    if (x[0] > 0)
        CHAIN_BY(chain, x, 1, 0, -1);
}

static void take_longer(int x[], const void *data)
{
    (void)data;
    int line = x[2] > x[1] ? 2 : 1;
    if (x[0] == 0 && x[line] > 0) {
        x[0] = 1;
        x[line]--;
    }
}

static void what_settles_at_once_takes_no_time(void **state)
{
    (void)state;
    struct chain_rules rules = {
        .dim = 3, .moves = two_lines, .settle = take_longer, .most = (int[]){0, 30, 30}};
    struct chain *chain = chain_solve(&rules);
    assert_close(chain_mean(chain, 0), 0.5, 1e-6);
    assert_close(chain_mean(chain, 1) + chain_mean(chain, 2), 0.5, 1e-5);
    chain_free(chain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_birth_and_death_chain_is_erlang_a),
        cmocka_unit_test(no_room_to_wait_is_erlang_b),
        cmocka_unit_test(both_methods_give_the_product_form_of_a_tandem),
        cmocka_unit_test(what_settles_at_once_takes_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
