/* test_calculator.c - questions to the queueing formulas against sums written out, integrals by
 * GSL, the printed digits of METRICS, and each inverse against its own way forward. */
#include "../support/support.h"

#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define CALLS .arrivals = "100 per 30 min", .handling = "180 s"

static oh_calculation *ask(const oh_question *q)
{
    oh_calculation *c;
    char wrong[OH_CALCULATOR_WORDS];
    oh_status status = oh_calculate(&c, q, wrong);
    assert_that(status == OH_OK, "model %s: %s", q->model, wrong);
    return c;
}

/* The first line of the answer. */
static oh_answer answer(const oh_question *q)
{
    oh_calculation *c = ask(q);
    oh_answer a = *oh_calculation_line(c, 0);
    oh_calculation_free(c);
    return a;
}

/* ---- sums written out: load a, n agents, patience in handling times ---- */

static double naive_b(double a, int n)
{
    double term = 1, sum = 1;
    for (int k = 1; k <= n; k++)
        sum += term *= a / k;
    return term / sum;
}

struct naive {
    double delayed, abandoned, queue;
};

/* Birth and death, all states up to 2000 waiting; patience INFINITY is Erlang C. */
static struct naive naive_a(double a, int n, double patience)
{
    double term = 1, all = 1, waits = 0, queue = 0;
    for (int k = 1; k <= n; k++) {
        term *= a / k;
        all += term;
    }
    waits = term;
    for (int j = 1; j <= 2000; j++) {
        term *= a / (n + j / patience);
        all += term;
        waits += term;
        queue += j * term;
    }
    return (struct naive){waits / all, queue / all / patience / a, queue / all};
}

static void erlang_b_is_the_sum_written_out(void **state)
{
    (void)state;
    oh_question q = {.model = "b", .load = "12.5", .agents = "1..25"};
    oh_calculation *c = ask(&q);
    assert_int_equal(oh_calculation_lines(c), 25);
    for (int n = 1; n <= 25; n++) {
        const oh_answer *a = oh_calculation_line(c, (size_t)n - 1);
        assert_same(a->agents, (double)n);
        assert_close(a->blocked, naive_b(12.5, n), 1e-13);
        assert_close(a->figures.occupancy, 12.5 * (1 - naive_b(12.5, n)) / n, 1e-13);
    }
    oh_calculation_free(c);
}

static void erlang_c_gives_ten_digits_of_the_metrics(void **state)
{
    (void)state;
    static const double printed[][2] = {{0.6821182047, 0.3896138117},
                                        {0.4493882243, 0.6401580404},
                                        {0.2852704530, 0.7955947884},
                                        {0.1741319336, 0.8883500192}};
    oh_question q = {.model = "c", CALLS, .agents = "11..14", .within = "20 s"};
    oh_calculation *c = ask(&q);
    for (int i = 0; i < 4; i++) {
        const oh_answer *a = oh_calculation_line(c, (size_t)i);
        assert_near(a->figures.delayed, printed[i][0], 0.6e-10);
        assert_near(a->figures.service_level, printed[i][1], 0.6e-10);
        assert_close(a->figures.delayed, naive_a(10, 11 + i, INFINITY).delayed, 1e-12);
        assert_close(a->load, 10, 1e-14);
    }
    oh_calculation_free(c);
}

/* ---- M/M/n+G by GSL: Zeltyn and Mandelbaum's integrals, the inner one in closed form ---- */

struct any {
    double rate, drain;
    double (*stay)(double x);  /* share with patience above x */
    double (*until)(double x); /* its integral from 0 to x */
    int with_stay;
};

static double integrand(double x, void *user)
{
    const struct any *p = user;
    return exp(p->rate * p->until(x) - p->drain * x) * (p->with_stay ? p->stay(x) : 1);
}

static double integral(struct any *p, double from, double to, int with_stay)
{
    gsl_integration_workspace *w = gsl_integration_workspace_alloc(2000);
    double value, error;
    p->with_stay = with_stay;
    gsl_function f = {integrand, p};
    gsl_integration_qag(&f, from, to, 0, 1e-13, 2000, GSL_INTEG_GAUSS31, w, &value, &error);
    gsl_integration_workspace_free(w);
    return value;
}

static double exponential_stay(double x)
{
    return exp(-x / 300);
}
static double exponential_until(double x)
{
    return -300 * expm1(-x / 300);
}

/* {40 s: 15%, 2 min: 40%}: constant hazard in each piece, the last going on. */
static double told_stay(double x)
{
    double first = -log(0.85) / 40, second = log(0.85 / 0.6) / 80;
    return x < 40 ? exp(-first * x) : 0.85 * exp(-second * (x - 40));
}
static double told_until(double x)
{
    double first = -log(0.85) / 40, second = log(0.85 / 0.6) / 80;
    if (x < 40)
        return -expm1(-first * x) / first;
    return 0.15 / first - 0.85 * expm1(-second * (x - 40)) / second;
}

/* Compares all figures of n agents within 20 s with the integrals. */
static void expect_integrals(const oh_answer *a, double (*stay)(double), double (*until)(double))
{
    struct any p = {100 / 1800.0, a->agents / 180, stay, until, 0};
    int n = (int)a->agents;
    double b = naive_b(10, n - 1), end = 4000;
    double all = integral(&p, 0, 20, 0) + integral(&p, 20, 40, 0) + integral(&p, 40, end, 0);
    double soon = integral(&p, 0, 20, 1),
           later = integral(&p, 20, 40, 1) + integral(&p, 40, end, 1);
    double total = 1 / b + p.rate * all;
    double served = (1 / b + p.rate * (soon + later)) / total;
    double in_time = (1 / b + p.rate * soon) / total;
    /* who hangs up within 20 s: those whose patience is shorter than both 20 s and their wait */
    double early =
        p.rate * (integral(&p, 0, 20, 0) - soon) / total +
        (1 - stay(20)) * p.rate * (integral(&p, 20, 40, 0) + integral(&p, 40, end, 0)) / total;
    assert_close(a->figures.delayed, p.rate * all / total, 1e-11);
    assert_close(a->figures.abandon_rate, 1 - served, 1e-10);
    assert_close(a->figures.service_level, in_time, 1e-11);
    assert_close(a->figures.service_level_answered, in_time / served, 1e-11);
    assert_close(a->figures.service_level_credit, in_time + early, 1e-11);
    assert_close(a->figures.service_level_net, in_time / (1 - early), 1e-11);
    assert_close(a->figures.occupancy, 10 * served / n, 1e-11);
}

static void erlang_a_agrees_with_sums_and_integrals(void **state)
{
    (void)state;
    oh_question q = {.model = "a", CALLS, .patience = "300 s", .agents = "8..16", .within = "20 s"};
    oh_calculation *c = ask(&q);
    assert_string_equal(oh_calculation_model(c), "a");
    for (size_t i = 0; i < oh_calculation_lines(c); i++) {
        const oh_answer *a = oh_calculation_line(c, i);
        struct naive naive = naive_a(10, (int)a->agents, 300 / 180.0);
        assert_close(a->figures.delayed, naive.delayed, 1e-12);
        assert_close(a->figures.abandon_rate, naive.abandoned, 1e-12);
        assert_close(a->figures.queue_length, naive.queue, 1e-12);
        assert_close(a->figures.wait, naive.queue * 18, 1e-12);
        expect_integrals(a, exponential_stay, exponential_until);
    }
    /* METRICS prints ...31 in the eighth digit; the sums say 0.8698063047. */
    assert_near(oh_calculation_line(c, 5)->figures.service_level_credit, 0.8698063047, 0.6e-10);
    oh_calculation_free(c);
}

static void patience_of_any_shape_agrees_with_integrals(void **state)
{
    (void)state;
    oh_question q = {.model = "a",
                     CALLS,
                     .patience = "{hung_up_by: {40 s: 15%, 2 min: 40%}}",
                     .agents = "8, 11, 13..14",
                     .within = "20 s"};
    oh_calculation *c = ask(&q);
    assert_string_equal(oh_calculation_model(c), "g");
    assert_int_equal(oh_calculation_lines(c), 4);
    for (size_t i = 0; i < 4; i++)
        expect_integrals(oh_calculation_line(c, i), told_stay, told_until);
    oh_calculation_free(c);
    /* One point is an exponential patience of mean -40 s / ln 0.85. */
    q.patience = "{hung_up_by: {40 s: 15%}}";
    oh_answer g = answer(&q), a;
    assert_int_equal(oh_erlang_a(100 / 1800.0, 180, -40 / log(0.85), 8, 20, &a.figures), OH_OK);
    assert_close(g.figures.service_level, a.figures.service_level, 1e-11);
    assert_close(g.figures.asa, a.figures.asa, 1e-11);
    q.patience = "never";
    oh_question erlang_c = {.model = "c", CALLS, .agents = "13", .within = "20 s"};
    q.agents = "13";
    assert_same(answer(&q).figures.service_level, answer(&erlang_c).figures.service_level);
}

static void short_abandons_are_taken_out_or_counted(void **state)
{
    (void)state;
    oh_question q = {.model = "a",
                     CALLS,
                     .patience = "300 s",
                     .agents = "12",
                     .within = "20 s",
                     .short_abandon = "5 s"};
    oh_answer a = answer(&q);
    q.short_abandon = NULL;
    q.within = "5 s";
    oh_answer five = answer(&q);
    double gone = five.figures.service_level_credit - five.figures.service_level;
    assert_true(gone > 0.001);
    assert_close(a.service_level_short, a.figures.service_level + gone, 1e-12);
    assert_close(a.service_level_no_short, a.figures.service_level / (1 - gone), 1e-12);
    assert_undefined(five.service_level_short);
}

static void figures_may_be_told_at_another_limit_than_the_target_has(void **state)
{
    (void)state;
    oh_question q = {
        .model = "a", CALLS, .patience = "300 s", .target = "80% in 20 s", .within = "5 s"};
    oh_answer a = answer(&q);
    oh_question plain = {.model = "a", CALLS, .patience = "300 s", .agents = "13", .within = "5 s"};
    assert_same(a.agents, 13.0);
    assert_same(a.within, 5.0);
    assert_same(a.figures.service_level, answer(&plain).figures.service_level);
}

/* ---- the other way round: what is found holds, a little worse does not ---- */

static void the_fewest_agents_keep_the_target_and_one_fewer_does_not(void **state)
{
    (void)state;
    oh_question of[] = {
        {.model = "a", CALLS, .patience = "300 s", .target = "80% in 20 s"},
        {.model = "a", CALLS, .patience = "300 s", .target = "{service_level_net: 90% in 10 s}"},
        {.model = "a",
         CALLS,
         .patience = "{hung_up_by: {40 s: 15%, 2 min: 40%}}",
         .target = "{abandon_rate: 3%}"},
        {.model = "c", CALLS, .target = "{asa: 10 s}"},
        {.model = "c", .load = "10", .delayed = "20%"},
        {.model = "b", .load = "10", .blocked = "1%"}};
    static const double expected[] = {13, 15, 13, 14, 14, 18};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        assert_same(answer(&of[i]).agents, expected[i]);
    /* the same, from the forward formulas */
    assert_true(naive_b(10, 18) <= 0.01 && naive_b(10, 17) > 0.01);
    assert_true(naive_a(10, 14, INFINITY).delayed <= 0.2 &&
                naive_a(10, 13, INFINITY).delayed > 0.2);
}

static void the_load_found_is_on_the_edge(void **state)
{
    (void)state;
    for (int n = 1; n <= 30; n += 7) {
        char agents[16];
        snprintf(agents, sizeof agents, "%d", n);
        oh_question b = {.model = "b", .agents = agents, .blocked = "1%"};
        assert_close(naive_b(answer(&b).load, n), 0.01, 1e-10);
        oh_question c = {.model = "c", .agents = agents, .delayed = "20%"};
        assert_close(naive_a(answer(&c).load, n, INFINITY).delayed, 0.2, 1e-9);
        oh_question a = {.model = "a",
                         .handling = "180 s",
                         .patience = "300 s",
                         .agents = agents,
                         .target = "{abandon_rate: 5%}"};
        oh_answer found = answer(&a);
        assert_close(naive_a(found.load, n, 300 / 180.0).abandoned, 0.05, 1e-10);
        assert_close(found.rate * 180, found.load, 1e-14);
    }
}

static void the_time_found_is_the_one_by_which_so_many_are_answered(void **state)
{
    (void)state;
    oh_question c = {.model = "c", CALLS, .agents = "12", .share = "80%"};
    double delayed = naive_a(10, 12, INFINITY).delayed;
    assert_close(answer(&c).within, log(delayed / 0.2) / (2 / 180.0), 1e-10);
    oh_question a = {.model = "a", CALLS, .patience = "300 s", .agents = "12", .share = "80%"};
    oh_answer found = answer(&a);
    oh_queue_figures f;
    assert_int_equal(oh_erlang_a(100 / 1800.0, 180, 300, 12, found.within, &f), OH_OK);
    assert_close(f.service_level, 0.8, 1e-11);
    a.agents = "14"; /* 85 % do not wait at all */
    assert_same(answer(&a).within, 0.0);
    a.agents = "8"; /* 23 % hang up */
    assert_same(answer(&a).within, INFINITY);
}

static void without_a_handling_time_shares_are_known_and_waits_are_not(void **state)
{
    (void)state;
    oh_question q = {.model = "c", .load = "10", .agents = "12"};
    oh_answer a = answer(&q);
    assert_close(a.figures.delayed, 0.4493882243, 1e-10);
    assert_close(a.figures.queue_length, naive_a(10, 12, INFINITY).queue, 1e-12);
    assert_undefined(a.figures.wait);
    assert_undefined(a.figures.service_level);
    assert_undefined(a.rate);
}

static void a_hundred_thousand_agents_are_no_trouble(void **state)
{
    (void)state;
    oh_question b = {.model = "b", .load = "100000", .agents = "100000"};
    /* 1/B(n, n) = sqrt(pi n / 2) + 2/3 + sqrt(pi / 2 n) / 12 + ... (Jagerman 1974) */
    assert_close(1 / answer(&b).blocked, sqrt(M_PI * 50000) + 2.0 / 3 + sqrt(M_PI / 200000) / 12,
                 1e-8);
    oh_question a = {.model = "a",
                     .load = "100000",
                     .handling = "180 s",
                     .patience = "180 s",
                     .agents = "100000",
                     .within = "20 s"};
    /* patience like handling: all are "served" at the same rate, so the number in the system is
     * Poisson; P(N >= n) = 1/2 + 1/(3 sqrt(2 pi n)) + ... */
    oh_answer found = answer(&a);
    assert_close(found.figures.delayed, 0.5 + 1.0 / 3 / sqrt(2 * M_PI * 1e5), 1e-6);
    assert_close(found.figures.queue_length, sqrt(1e5 / 2 / M_PI), 1e-5);
    a.agents = NULL;
    a.target = "80% in 20 s";
    oh_answer fewest = answer(&a);
    assert_true(fewest.figures.service_level >= 0.8 && fewest.agents < 100000);
}

/* ---- what cannot be answered gets words ---- */

static void bad_questions_get_words(void **state)
{
    (void)state;
    const struct {
        oh_question q;
        const char *words;
    } bad[] = {
        {{.model = "d"}, "no model 'd'"},
        {{.model = NULL}, "no model"},
        {{.model = "b"}, "how many agents"},
        {{.model = "b", .agents = "3"}, "how many calls"},
        {{.model = "b", .load = "x", .agents = "3"}, "--load: \"x\""},
        {{.model = "b", .load = "-1", .agents = "3"}, "--load"},
        {{.model = "b", CALLS, .load = "10", .agents = "3"}, "leave one of them out"},
        {{.model = "b", .arrivals = "5/h", .agents = "3"}, "need --handling"},
        {{.model = "b", .arrivals = "5", .handling = "3 s", .agents = "3"}, "a rate needs a time"},
        {{.model = "b", .arrivals = "5/h", .handling = "3", .agents = "3"}, "needs a unit"},
        {{.model = "b", .load = "10", .agents = "0"}, "--agents"},
        {{.model = "b", .load = "10", .agents = "3.5"}, "--agents"},
        {{.model = "b", .load = "10", .agents = "16..10"}, "--agents"},
        {{.model = "b", .load = "10", .agents = "1..10001"}, "more than 10000 lines"},
        {{.model = "b", .load = "10", .agents = "5,"}, "--agents"},
        {{.model = "b", .load = "10", .agents = "99999999"}, "--agents"},
        {{.model = "b", .load = "10", .blocked = "5"}, "--blocked"},
        {{.model = "b", .load = "10", .blocked = "0"}, "--blocked"},
        {{.model = "b", .load = "10", .blocked = "1%", .agents = "3"}, "leave out the one"},
        {{.model = "b", .load = "10", .within = "20 s", .agents = "3"}, "nobody waits"},
        {{.model = "c", .load = "10", .patience = "20 s", .agents = "3"}, "nobody hangs up"},
        {{.model = "c", .load = "10", .blocked = "1%"}, "--blocked does not go"},
        {{.model = "c", .load = "10", .within = "20 s", .agents = "12"}, "need --handling"},
        {{.model = "a", CALLS, .agents = "12"}, "needs --patience"},
        {{.model = "a", CALLS, .agents = "12", .patience = "0 s"}, "Erlang B"},
        {{.model = "a", CALLS, .agents = "12", .patience = "{hang: 3}"}, "--patience: there is no"},
        {{.model = "a", CALLS, .agents = "12", .patience = "{hung_up_by: {40 s: 15%}"},
         "closing }"},
        {{.model = "a", CALLS, .patience = "5 min", .target = "80%"}, "--target"},
        {{.model = "a", CALLS, .patience = "5 min", .target = "{cost: 5}"}, "'cost'"},
        {{.model = "a", CALLS, .patience = "5 min", .target = "80% in 20 s", .delayed = "3%"},
         "two targets"},
        {{.model = "a", CALLS, .patience = "5 min", .share = "80%"}, "--share asks"},
        {{.model = "a",
          .load = "0",
          .handling = "3 s",
          .patience = "5 min",
          .target = "80% in 20 s"},
         "nobody calls"},
        {{.model = "c", .load = "1e9", .delayed = "5%"}, "beyond"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        oh_calculation *c;
        char wrong[OH_CALCULATOR_WORDS];
        oh_status status = oh_calculate(&c, &bad[i].q, wrong);
        assert_that(status == OH_ARGUMENT && strstr(wrong, bad[i].words),
                    "question %zu ends with %s: %s", i, oh_status_text(status), wrong);
        assert_null(c);
    }
}

static void writers_tell_of_a_full_disk_and_refuse_what_they_do_not_know(void **state)
{
    (void)state;
    static const char *const formats[] = {"table", "md", "json", "csv"};
    oh_question q = {.model = "a", CALLS, .patience = "300 s", .agents = "10..12"};
    oh_calculation *c = ask(&q);
    for (size_t i = 0; i < 4; i++) {
        struct text text = {0};
        assert_int_equal(oh_calculation_write(c, formats[i], false, false, text_sink(&text)),
                         OH_OK);
        for (size_t room = 0; room < text.length; room += 7) {
            struct full_disk disk = {.room = room};
            assert_int_equal(
                oh_calculation_write(c, formats[i], false, false, full_disk_sink(&disk)), OH_IO);
        }
        text_free(&text);
    }
    struct text text = {0};
    assert_int_equal(oh_calculation_write(c, "xml", false, false, text_sink(&text)), OH_ARGUMENT);
    assert_int_equal(oh_calculation_write(c, "csv", true, false, text_sink(&text)), OH_ARGUMENT);
    text_free(&text);
    oh_calculation_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(erlang_b_is_the_sum_written_out),
        cmocka_unit_test(erlang_c_gives_ten_digits_of_the_metrics),
        cmocka_unit_test(erlang_a_agrees_with_sums_and_integrals),
        cmocka_unit_test(patience_of_any_shape_agrees_with_integrals),
        cmocka_unit_test(short_abandons_are_taken_out_or_counted),
        cmocka_unit_test(figures_may_be_told_at_another_limit_than_the_target_has),
        cmocka_unit_test(the_fewest_agents_keep_the_target_and_one_fewer_does_not),
        cmocka_unit_test(the_load_found_is_on_the_edge),
        cmocka_unit_test(the_time_found_is_the_one_by_which_so_many_are_answered),
        cmocka_unit_test(without_a_handling_time_shares_are_known_and_waits_are_not),
        cmocka_unit_test(a_hundred_thousand_agents_are_no_trouble),
        cmocka_unit_test(bad_questions_get_words),
        cmocka_unit_test(writers_tell_of_a_full_disk_and_refuse_what_they_do_not_know),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
