/* test_laws.c - what must stay the same, or change in a known way, when a scenario is changed:
 * laws that hold for every scenario, tried on random ones through the public interface.
 */
#include "../support/played.h"
#include "../support/scenario_gen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCENARIOS = 60, REPLICATIONS = 4 };

static const oh_level levels[] = {OH_QUEUE, OH_AGENTS, OH_TOTAL};

/* The text is kept for messages. */
struct lot {
    struct text text;
    struct trial trial;
};

static struct lot lot_new(uint64_t seed, const struct taste *taste)
{
    struct lot lot = {0};
    scenario_random(&lot.text, seed, taste);
    lot.trial = trial_text(lot.text.at);
    return lot;
}

static struct lot lot_run(uint64_t seed, const struct taste *taste, const oh_run_options *options)
{
    struct lot lot = lot_new(seed, taste);
    trial_run(&lot.trial, options);
    return lot;
}

static void lot_free(struct lot *lot)
{
    trial_free(&lot->trial);
    text_free(&lot->text);
}

static const oh_run_options few = {.replications = REPLICATIONS, .jobs = 1};

/* ---- comparing two results, replication by replication ---- */

struct comparison {
    const struct lot *a, *b;
    double stretch;           /* of b's seconds */
    bool leave_money;         /* prices do not follow the stretch */
    size_t from_a, from_b, n; /* rows of a and b that are compared */
};

static void compare_column(const struct comparison *c, oh_level level, size_t thing_a,
                           size_t thing_b, long period, size_t column)
{
    const oh_result *a = c->a->trial.result, *b = c->b->trial.result;
    const oh_column *ca = oh_result_column(a, level, column);
    const char *unit = ca->metric->unit;
    double va[64], vb[64], factor = strcmp(unit, "s") == 0 ? c->stretch : 1;
    assert_ptr_equal(ca->metric, oh_result_column(b, level, column)->metric);
    bool has = oh_result_values(a, level, thing_a, period, column, va);
    assert_int_equal(has, oh_result_values(b, level, thing_b, period, column, vb));
    if (!has || (c->leave_money && strcmp(unit, "money") == 0))
        return;
    for (size_t r = 0; r < c->n; r++) {
        double x = va[c->from_a + r] * factor, y = vb[c->from_b + r];
        assert_that(x == y || (isnan(x) && isnan(y)),
                    "%s of %s in period %ld, row %d: %.17g and %.17g, in:\n%s\nand:\n%s", ca->id,
                    oh_result_name(a, level, thing_a), period, (int)r, x, y, c->a->text.at,
                    c->b->text.at);
    }
}

static void compare_thing(const struct comparison *c, oh_level level, size_t thing_a,
                          size_t thing_b)
{
    const oh_result *a = c->a->trial.result, *b = c->b->trial.result;
    assert_int_equal(oh_result_columns(a, level), oh_result_columns(b, level));
    assert_int_equal(oh_result_intervals(a), oh_result_intervals(b));
    for (long period = OH_WHOLE; period < (long)oh_result_intervals(a); period++)
        for (size_t column = 0; column < oh_result_columns(a, level); column++)
            compare_column(c, level, thing_a, thing_b, period, column);
}

static void compare_all(const struct comparison *c)
{
    for (size_t l = 0; l < 3; l++)
        for (size_t i = 0; i < oh_result_things(c->a->trial.result, levels[l]); i++)
            compare_thing(c, levels[l], i, i);
}

/* ---- laws of the numbers in one result ---- */

static void read_values(const oh_result *r, oh_level level, size_t thing, long period,
                        const char *id, double *values)
{
    long column = oh_result_column_find(r, level, id);
    assert_true(column >= 0);
    assert_true(oh_result_values(r, level, thing, period, (size_t)column, values));
}

enum { ARRIVALS, BLOCKED, OFFERED, ANSWERED, ABANDONED, CUT_OFF, LEFT_OVER, BALKED, COUNTS };
static const char *const count_id[COUNTS] = {"arrivals",  "blocked", "offered",   "answered",
                                             "abandoned", "cut_off", "left_over", "balked"};

static void expect_conserved(double v[COUNTS][REPLICATIONS], size_t r)
{
    assert_same(v[ARRIVALS][r], v[BLOCKED][r] + v[OFFERED][r]);
    assert_same(v[OFFERED][r], v[ANSWERED][r] + v[ABANDONED][r] + v[CUT_OFF][r] + v[LEFT_OVER][r]);
    assert_true(v[BALKED][r] <= v[ABANDONED][r]);
}

static void calls_are_conserved_in_every_queue_interval_and_replication(void **state)
{
    (void)state;
    const struct taste anything = {0};
    for (uint64_t seed = 100; seed < 100 + SCENARIOS; seed++) {
        struct lot lot = lot_run(seed, &anything, &few);
        const oh_result *result = lot.trial.result;
        double total[COUNTS][REPLICATIONS], all[COUNTS][REPLICATIONS] = {{0}};
        for (size_t q = 0; q < oh_result_things(result, OH_QUEUE); q++) {
            double v[COUNTS][REPLICATIONS], sum[COUNTS][REPLICATIONS] = {{0}};
            long intervals = (long)oh_result_intervals(result);
            for (long period = intervals - 1; period >= OH_WHOLE; period--)
                for (size_t k = 0; k < COUNTS; k++) {
                    read_values(result, OH_QUEUE, q, period, count_id[k], v[k]);
                    for (size_t r = 0; r < REPLICATIONS; r++)
                        sum[k][r] += period == OH_WHOLE ? 0 : v[k][r];
                    for (size_t r = 0; k == COUNTS - 1 && r < REPLICATIONS; r++)
                        expect_conserved(v, r);
                }
            /* Everybody entered in some interval. */
            for (size_t k = 0; k < COUNTS; k++)
                for (size_t r = 0; r < REPLICATIONS; r++) {
                    if (intervals > 0)
                        assert_same(sum[k][r], v[k][r]);
                    all[k][r] += v[k][r];
                }
        }
        for (size_t k = 0; k < COUNTS; k++) {
            read_values(result, OH_TOTAL, 0, OH_WHOLE, count_id[k], total[k]);
            for (size_t r = 0; r < REPLICATIONS; r++)
                assert_same(total[k][r], all[k][r]);
        }
        lot_free(&lot);
    }
}

/* Little's law without a limit: on a day that is empty at the end, the area under the number
 * present is the sum of the times present. Calls come in the first hour of six, and nothing takes
 * longer than the rest of the day. */
static void little_holds_exactly_on_a_day_that_ends_empty(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int i = 0; i < 40; i++) {
        struct trial trial = trial_format(
            "onhold: 1\nname: little\ntime: {open: \"08:00-14:00\"}\nqueues:\n"
            "  a: {arrivals: {per: 30 min, counts: [%d, %d, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]},\n"
            "      handling: {uniform: {from: 10 s, to: 200 s}}, capacity: %d,\n"
            "      patience: {uniform: {from: 0 s, to: 300 s}}, balk: 10%%}\n"
            "  b: {arrivals: {per: 30 min, counts: [9, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]},\n"
            "      handling: {talk: {uniform: {from: 10 s, to: 99 s}}, wrap_up: {constant: 9 s}},\n"
            "      patience: {constant: 100 s}, priority: %d}\n"
            "agents:\n  desk: {count: %d, serves: [a, b]}\n",
            random_int(&seed, 0, 60), random_int(&seed, 0, 60), random_int(&seed, 0, 20),
            random_int(&seed, 1, 9), random_int(&seed, 1, 4));
        trial_run(&trial, &few);
        for (size_t q = 0; q < 2; q++) {
            double present[REPLICATIONS], time[REPLICATIONS], offered[REPLICATIONS];
            double waiting[REPLICATIONS], wait[REPLICATIONS];
            read_values(trial.result, OH_QUEUE, q, OH_WHOLE, "in_system", present);
            read_values(trial.result, OH_QUEUE, q, OH_WHOLE, "time_in_system", time);
            read_values(trial.result, OH_QUEUE, q, OH_WHOLE, "queue_length", waiting);
            read_values(trial.result, OH_QUEUE, q, OH_WHOLE, "wait", wait);
            read_values(trial.result, OH_QUEUE, q, OH_WHOLE, "offered", offered);
            for (size_t r = 0; r < REPLICATIONS; r++) {
                if (offered[r] == 0)
                    continue;
                assert_near(present[r] * 6 * 3600, time[r] * offered[r], 1e-6);
                assert_near(waiting[r] * 6 * 3600, wait[r] * offered[r], 1e-6);
            }
        }
        trial_free(&trial);
    }
}

/* ---- laws of two results ---- */

static void doubling_all_times_doubles_every_wait_exactly(void **state)
{
    (void)state;
    const struct taste plain = {.powers = true}, doubled = {.powers = true, .stretch = 2};
    for (uint64_t seed = 300; seed < 300 + SCENARIOS; seed++) {
        struct lot a = lot_run(seed, &plain, &few), b = lot_run(seed, &doubled, &few);
        struct comparison c = {&a, &b, 2, true, 0, 0, REPLICATIONS};
        compare_all(&c);
        lot_free(&a);
        lot_free(&b);
    }
}

static struct text json_of(const struct trial *trial)
{
    struct text text = {0};
    oh_write_context context = {.file = "test.yaml", .variant = "", .sha256 = ""};
    assert_int_equal(oh_writer_find("json")->write(trial->result, &context, text_sink(&text)),
                     OH_OK);
    assert_true(text.length > 100);
    return text;
}

static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    (void)state;
    const struct taste anything = {0};
    const oh_run_options eight = {.replications = 13, .jobs = 8};
    const oh_run_options one = {.replications = 13, .jobs = 1};
    for (uint64_t seed = 500; seed < 500 + SCENARIOS / 4; seed++) {
        struct lot a = lot_run(seed, &anything, &one), b = lot_run(seed, &anything, &eight);
        struct text ja = json_of(&a.trial), jb = json_of(&b.trial);
        assert_string_equal(ja.at, jb.at);
        text_free(&ja);
        text_free(&jb);
        lot_free(&a);
        lot_free(&b);
    }
}

static void a_queue_that_nobody_calls_changes_no_other_queue(void **state)
{
    (void)state;
    const struct taste plain = {0}, spare = {.spare_queue = true};
    for (uint64_t seed = 700; seed < 700 + SCENARIOS; seed++) {
        struct lot a = lot_run(seed, &plain, &few), b = lot_run(seed, &spare, &few);
        size_t queues = oh_result_things(a.trial.result, OH_QUEUE);
        struct comparison c = {&a, &b, 1, false, 0, 0, REPLICATIONS};
        assert_int_equal(oh_result_things(b.trial.result, OH_QUEUE), queues + 1);
        for (size_t q = 0; q < queues; q++)
            compare_thing(&c, OH_QUEUE, q, q);
        for (size_t g = 0; g < oh_result_things(a.trial.result, OH_AGENTS); g++)
            compare_thing(&c, OH_AGENTS, g, g);
        lot_free(&a);
        lot_free(&b);
    }
}

static void the_order_of_queues_in_the_file_decides_nothing_but_ties(void **state)
{
    (void)state;
    const struct taste plain = {.no_ties = true}, moved = {.no_ties = true, .rotate = 1};
    for (uint64_t seed = 900; seed < 900 + SCENARIOS; seed++) {
        struct lot a = lot_run(seed, &plain, &few), b = lot_run(seed, &moved, &few);
        size_t queues = oh_result_things(a.trial.result, OH_QUEUE);
        struct comparison c = {&a, &b, 1, false, 0, 0, REPLICATIONS};
        for (size_t q = 0; q < queues; q++)
            compare_thing(&c, OH_QUEUE, q, (q + queues - 1) % queues);
        for (size_t g = 0; g < oh_result_things(a.trial.result, OH_AGENTS); g++)
            compare_thing(&c, OH_AGENTS, g, g);
        lot_free(&a);
        lot_free(&b);
    }
}

static void a_run_in_two_parts_is_the_run_in_one(void **state)
{
    (void)state;
    const struct taste anything = {0};
    const oh_run_options all = {.replications = 7, .jobs = 1};
    const oh_run_options first = {.replications = 3, .jobs = 1};
    const oh_run_options rest = {.replications = 4, .first = 4, .jobs = 1};
    for (uint64_t seed = 1100; seed < 1100 + SCENARIOS / 2; seed++) {
        struct lot a = lot_run(seed, &anything, &all);
        struct lot b = lot_run(seed, &anything, &first), d = lot_run(seed, &anything, &rest);
        struct comparison before = {&a, &b, 1, false, 0, 0, 3};
        struct comparison after = {&a, &d, 1, false, 3, 0, 4};
        compare_all(&before);
        compare_all(&after);
        assert_int_equal(oh_result_info(a.trial.result).calls,
                         oh_result_info(b.trial.result).calls +
                             oh_result_info(d.trial.result).calls);
        lot_free(&a);
        lot_free(&b);
        lot_free(&d);
    }
}

/* ---- laws of single calls ---- */

static struct trial with(const char *text, const char *path, const char *value)
{
    struct trial t = {.diags = oh_diags_new()};
    assert_non_null(t.diags);
    bool done =
        oh_scenario_load_text(&t.scenario, "test.yaml", text, strlen(text), t.diags) == OH_OK &&
        (!path || oh_scenario_set(t.scenario, path, value, t.diags) == OH_OK) &&
        oh_model_compile(&t.model, t.scenario, t.diags) == OH_OK;
    if (!done) {
        show_findings(t.diags);
        fail_with(__FILE__, __LINE__, "%s=%s does not go with:\n%s", path, value, text);
    }
    return t;
}

static void patience_changes_nothing_about_who_arrives_when(void **state)
{
    (void)state;
    const struct taste anything = {.day = true};
    for (uint64_t seed = 1300; seed < 1300 + SCENARIOS; seed++) {
        struct text text = {0};
        scenario_random(&text, seed, &anything);
        struct trial a = with(text.at, NULL, NULL);
        struct trial b = with(text.at, "queues.q0.patience", "{exponential: 30 min}");
        struct played pa = play_one(a.model, 1, 1, false, text.at);
        struct played pb = play_one(b.model, 1, 1, false, text.at);
        assert_int_equal(pa.records, pb.records);
        for (size_t i = 0; i < pa.records; i++) {
            assert_int_equal(pa.record[i].queue, pb.record[i].queue);
            assert_int_equal(pa.record[i].draw, pb.record[i].draw);
            assert_same(pa.record[i].arrived, pb.record[i].arrived);
            if (pa.record[i].queue != 0)
                assert_same(pa.record[i].patience, pb.record[i].patience);
        }
        played_free(&pa);
        played_free(&pb);
        trial_free(&a);
        trial_free(&b);
        text_free(&text);
    }
}

static const char *const busy_line =
    "onhold: 1\nname: line\ntime: {open: \"08:00-12:00\"}\nqueues:\n"
    "  a: {arrivals: {per: 30 min, counts: [9, 30, 50, 60, 50, 40, 20, 10]},\n"
    "      handling: {talk: {lognormal: {mean: 3 min, cv: 1}}, wrap_up: {gamma: {mean: 40 s,\n"
    "      cv: 0.7}}}, ring: {exponential: 3 s}, patience: never}\n"
    "agents:\n  desk: {count: 8, serves: [a]}\n";

static void the_nth_caller_brings_the_same_work_when_demand_is_scaled(void **state)
{
    (void)state;
    struct trial a = with(busy_line, NULL, NULL);
    struct trial b = with(busy_line, "queues.a.arrivals.scale", "1.3");
    struct played pa = play_one(a.model, 1, 1, false, busy_line);
    struct played pb = play_one(b.model, 1, 1, false, busy_line);
    assert_true(pa.records > 150 && pb.records > pa.records);
    for (size_t i = 0; i < pa.records; i++) {
        const struct call_record *x = &pa.record[i], *y = &pb.record[i];
        assert_int_equal(x->draw, i);
        assert_int_equal(y->draw, i);
        assert_same(x->talk, y->talk);
        assert_same(x->wrap_up, y->wrap_up);
        assert_same(x->ring, y->ring);
        assert_true(y->arrived < x->arrived);
    }
    played_free(&pa);
    played_free(&pb);
    trial_free(&a);
    trial_free(&b);
}

static void one_more_agent_makes_nobody_wait_longer(void **state)
{
    (void)state;
    for (int n = 3; n < 12; n++) {
        char fewer[16], more[8];
        snprintf(fewer, sizeof fewer, "%d", n);
        snprintf(more, sizeof more, "%d", n + 1);
        struct trial a = with(busy_line, "agents.desk.count", fewer);
        struct trial b = with(busy_line, "agents.desk.count", more);
        struct played pa = play_one(a.model, 1, 1, false, busy_line);
        struct played pb = play_one(b.model, 1, 1, false, busy_line);
        assert_int_equal(pa.records, pb.records);
        for (size_t i = 0; i < pa.records; i++)
            assert_true(pb.record[i].wait <= pa.record[i].wait + 1e-9);
        played_free(&pa);
        played_free(&pb);
        trial_free(&a);
        trial_free(&b);
    }
}

static void a_group_cut_in_two_serves_the_same_calls_at_the_same_time(void **state)
{
    (void)state;
    struct trial a = with(busy_line, NULL, NULL);
    struct trial b = with(busy_line, "agents.desk.count", "3");
    assert_int_equal(
        oh_scenario_set(b.scenario, "agents.other", "{count: 5, serves: [a]}", b.diags), OH_OK);
    oh_model_free(b.model);
    assert_int_equal(oh_model_compile(&b.model, b.scenario, b.diags), OH_OK);
    struct played pa = play_one(a.model, 1, 1, false, busy_line);
    struct played pb = play_one(b.model, 1, 1, false, busy_line);
    assert_int_equal(pa.records, pb.records);
    for (size_t i = 0; i < pa.records; i++) {
        assert_same(pa.record[i].wait, pb.record[i].wait);
        assert_same(pa.record[i].ended, pb.record[i].ended);
    }
    played_free(&pa);
    played_free(&pb);
    trial_free(&a);
    trial_free(&b);
}

/* ---- who takes whom ---- */

static const char *const three_groups =
    "onhold: 1\nname: groups\ntime: {open: \"08:00-12:00\"}\nqueues:\n"
    "  a: {arrivals: 100 per h, handling: {exponential: 3 min}, patience: {exponential: 2 min}}\n"
    "  b: {arrivals: 60 per h, handling: {talk: {exponential: 2 min}, wrap_up: {exponential: 1 "
    "min}},"
    "\n      patience: never}\n"
    "agents:\n  one: {count: 4, serves: [a]}\n  two: {count: 3, serves: [a, b]}\n"
    "  three: {count: 5, serves: [b, a]}\n";

/* Where everybody is on duty all day, who was idle since when follows from the stories alone. */
static void the_agent_who_was_idle_longest_gets_the_call(void **state)
{
    (void)state;
    enum { GROUPS = 3, MOST = 5 };
    const int heads[GROUPS] = {4, 3, 5};
    const bool serves[2][GROUPS] = {{true, true, true}, {false, true, true}};
    struct trial t = trial_text(three_groups);
    for (uint32_t number = 1; number <= 5; number++) {
        struct played p = play_one(t.model, 1, number, false, three_groups);
        double free_at[GROUPS][MOST] = {{0}};
        size_t at_once = 0;
        /* In order of assignment, which for those served at once is the order of entry. */
        for (size_t i = 0; i < p.records; i++) {
            const struct call_record *r = &p.record[i];
            if (r->agent < 0 || r->wait > 0)
                continue;
            double best = INFINITY, own;
            for (size_t g = 0; g < GROUPS; g++)
                for (int a = 0; a < heads[g]; a++) {
                    double since = 0;
                    for (size_t k = 0; k < p.records; k++) {
                        const struct call_record *o = &p.record[k];
                        double start = o->arrived + o->wait;
                        if (o->group == (long)g && o->agent == a + 1 && k != i &&
                            start <= r->arrived && o->ended + o->wrap_up > since)
                            since = o->ended + o->wrap_up;
                    }
                    free_at[g][a] = since;
                    if (serves[r->queue][g] && since <= r->arrived && since < best)
                        best = since;
                }
            own = free_at[r->group][r->agent - 1];
            assert_near(own, best, 1e-6);
            /* All idle since opening: the first in the file. */
            for (long g = 0; own == 0 && g <= r->group; g++)
                for (int a = 0; a < (g < r->group ? heads[g] : r->agent - 1); a++)
                    assert_true(!serves[r->queue][g] || free_at[g][a] > 0);
            at_once++;
        }
        assert_true(at_once > 100);
        played_free(&p);
    }
    trial_free(&t);
}

static void a_freed_agent_beats_impatience_and_nobody_overtakes_at_one_instant(void **state)
{
    (void)state;
    const char *text = "onhold: 1\nname: ties\ntime: {open: \"08:00-09:00\"}\nqueues:\n"
                       "  a: {arrivals: {times: [0 s, 0 s, 40 s]}, handling: {constant: 40 s},\n"
                       "      patience: {constant: 40 s}}\n"
                       "agents: {desk: {count: 1, serves: [a]}}\n";
    const double wait[] = {0, 40, 40};
    struct trial t = trial_text(text);
    struct played p = play_one(t.model, 1, 1, true, text);
    assert_int_equal(p.records, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(p.record[i].outcome, "answered");
        assert_same(p.record[i].wait, wait[i]);
    }
    played_free(&p);
    trial_free(&t);
}

static void calls_of_one_instant_enter_in_the_order_of_queues_in_the_file(void **state)
{
    (void)state;
    const char *text = "onhold: 1\nname: ties\ntime: {open: \"08:00-09:00\"}\nqueues:\n"
                       "  c: {arrivals: {times: [10 s, 60 s]}, handling: {constant: 20 s},\n"
                       "      patience: never}\n"
                       "  b: {arrivals: {times: [10 s, 60 s]}, handling: {constant: 20 s},\n"
                       "      patience: never}\n"
                       "  a: {arrivals: {times: [10 s, 60 s]}, handling: {constant: 20 s},\n"
                       "      patience: never}\n"
                       "agents: {desk: {count: 1, serves: [a, b, c]}}\n";
    struct trial t = trial_text(text);
    struct played p = play_one(t.model, 1, 1, true, text);
    assert_int_equal(p.records, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(p.record[i].queue, i % 3);
        assert_same(p.record[i].wait, 20.0 * (double)(i % 3) + (i >= 3 ? 10 : 0));
    }
    played_free(&p);
    trial_free(&t);
}

static void settings_give_what_the_file_with_those_values_gives(void **state)
{
    (void)state;
    const char *form = "onhold: 1\nname: line\ntime:\n  open: 08:00-10:00\nqueues:\n"
                       "  a:\n    arrivals: %s\n    handling: {exponential: %s}\n"
                       "    patience: {hung_up_by: {40 s: 15%%}}\n    target: 80%% in 20 s\n"
                       "agents:\n  desk:\n    count: %d\n    serves: [a]\n";
    struct trial file = trial_format(form, "{rate: 120 per h, scale: 0.5}", "2 min", 3);
    struct trial set = trial_format(form, "120 per h", "5 min", 9);
    const char *const setting[][2] = {{"queues.a.arrivals.scale", "0.5"},
                                      {"queues.a.handling", "{exponential: 2 min}"},
                                      {"agents.desk.count", "3"}};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(oh_scenario_set(set.scenario, setting[i][0], setting[i][1], set.diags),
                         OH_OK);
    oh_model_free(set.model);
    assert_int_equal(oh_model_compile(&set.model, set.scenario, set.diags), OH_OK);
    trial_run(&file, &few);
    trial_run(&set, &few);
    struct text a = json_of(&file), b = json_of(&set);
    assert_string_equal(a.at, b.at);
    text_free(&a);
    text_free(&b);
    trial_free(&file);
    trial_free(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_are_conserved_in_every_queue_interval_and_replication),
        cmocka_unit_test(little_holds_exactly_on_a_day_that_ends_empty),
        cmocka_unit_test(doubling_all_times_doubles_every_wait_exactly),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
        cmocka_unit_test(a_queue_that_nobody_calls_changes_no_other_queue),
        cmocka_unit_test(the_order_of_queues_in_the_file_decides_nothing_but_ties),
        cmocka_unit_test(a_run_in_two_parts_is_the_run_in_one),
        cmocka_unit_test(patience_changes_nothing_about_who_arrives_when),
        cmocka_unit_test(the_nth_caller_brings_the_same_work_when_demand_is_scaled),
        cmocka_unit_test(one_more_agent_makes_nobody_wait_longer),
        cmocka_unit_test(a_group_cut_in_two_serves_the_same_calls_at_the_same_time),
        cmocka_unit_test(the_agent_who_was_idle_longest_gets_the_call),
        cmocka_unit_test(a_freed_agent_beats_impatience_and_nobody_overtakes_at_one_instant),
        cmocka_unit_test(calls_of_one_instant_enter_in_the_order_of_queues_in_the_file),
        cmocka_unit_test(settings_give_what_the_file_with_those_values_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
