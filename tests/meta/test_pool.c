/* test_pool.c - the short ways of the engine give the bits of the long one: every cell and every
 * bin, on thousands of random scenarios.
 */
#include "../support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/engine/engine.h"
#include "../support/scenario_gen.h"

enum { SCENARIOS = 4000, REPLICATIONS = 2, MOST_ROWS = 8 };

/* ---- random pools ---- */

static void say(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(struct text *text, const char *format, ...)
{
    char part[512];
    va_list list;
    va_start(list, format);
    int n = vsnprintf(part, sizeof part, format, list);
    va_end(list);
    assert_true(n >= 0 && (size_t)n < sizeof part);
    oh_sink sink = text_sink(text);
    assert_true(sink.write(sink.user, part, (size_t)n));
}

/* Half of all durations are round, so that much happens at one instant. */
static void say_time(struct text *t, uint64_t *z, double mean)
{
    double low = mean / 2, high = 2 * mean;
    switch (random_int(z, 0, 7)) {
    case 0:
    case 1:
        say(t, "{constant: %d s}", 15 * random_int(z, 0, (int)(mean / 7)));
        break;
    case 2:
        say(t, "{lognormal: {mean: %g s, cv: 0.%d}}", mean, random_int(z, 1, 9));
        break;
    case 3:
        say(t, "{uniform: {from: %g s, to: %g s}}", low, high);
        break;
    case 4:
        say(t, "{mixture: [{share: 30%%, constant: 30 s}, {share: 70%%, exponential: %g s}]}",
            mean);
        break;
    case 5:
        say(t, "{gamma: {mean: %g s, cv: 1.7}}", mean);
        break;
    default:
        say(t, "{exponential: %g s}", mean);
    }
}

static void say_patience(struct text *t, uint64_t *z, bool may_never)
{
    switch (random_int(z, may_never ? 0 : 2, 6)) {
    case 0:
        say(t, "never");
        break;
    case 1:
        say(t, "{mixture: [{share: 20%%, constant: 0 s}, {share: 50%%, exponential: 2 min}, "
               "{share: 30%%, never: true}]}");
        break;
    case 2:
        say(t, "{hung_up_by: {40 s: 15%%, 2 min: 40%%}}");
        break;
    default:
        say_time(t, z, random_int(z, 0, 1) ? 100 : 600);
    }
}

static void say_arrivals(struct text *t, uint64_t *z, bool steady, int steps)
{
    int kind = random_int(z, 0, steady ? 1 : 4);
    int at = 0;
    switch (kind) {
    case 1:
        say(t, "{renewal: {constant: %d s}}", 15 * random_int(z, 1, 4));
        return;
    case 2:
        say(t, "{times: [0 s");
        for (int i = 0; i < 60 && at < steps * 1800 - 200; i++) {
            at += 15 * random_int(z, 0, 12);
            say(t, ", %d s", at);
        }
        say(t, "]}");
        return;
    case 3:
        say(t, "{per: 30 min, counts: [");
        for (int k = 0; k < steps; k++)
            say(t, "%s%d", k ? ", " : "", k == 0 || random_int(z, 0, 3) ? random_int(z, 1, 80) : 0);
        say(t, "]}");
        return;
    default:
        say(t, "%d per h", random_int(z, 4, 200));
    }
}

static void say_staff(struct text *t, uint64_t *z, bool steady, int steps, int most)
{
    if (steady || random_int(z, 0, 2) == 0) {
        say(t, "    count: %d\n", random_int(z, steady ? 1 : 0, most));
        return;
    }
    int early = random_int(z, 0, 1);
    say(t, "    count: {per: 15 min, from: \"%s\", counts: [", early ? "07:45" : "08:00");
    for (int k = -early; k < 2 * steps; k++)
        say(t, "%s%d", k > -early ? ", " : "", random_int(z, 0, most));
    say(t, "]}\n");
}

/* A window, a long run in batches, a day, or several. */
static void say_clock(struct text *t, uint64_t *z, bool steady, int steps)
{
    static const char *const days[] = {"mon-tue", "sun", "wed", "thu-fri"};
    if (steady && random_int(z, 0, 1)) {
        say(t, "time: {steady: {warm_up: 20 min, length: 1 h}}\n");
        return;
    }
    if (steady) {
        int batches = random_int(z, 2, MOST_ROWS);
        say(t, "time: {steady: {warm_up: 10 min, batches: %d, batch: 15 min}}\n", batches);
        return;
    }
    int days_of = random_int(z, 0, 11), hour = 8 + steps / 2, minute = steps % 2 * 30;
    if (days_of < 4)
        say(t, "time:\n  days: {%s: 08:00-%02d:%02d, sat: 08:00-%02d:%02d}\n", days[days_of], hour,
            minute, hour, minute);
    else
        say(t, "time:\n  open: 08:00-%02d:%02d\n", hour, minute);
    say(t, "  at_close: %s\n", random_int(z, 0, 2) ? "finish" : "hang_up");
}

static void random_pool(struct text *t, uint64_t seed)
{
    uint64_t s = seed * 7919, *z = &s;
    bool steady = random_int(z, 0, 3) == 0;
    int steps = random_int(z, 1, 5), most = random_int(z, 0, 3) ? 6 : 40;
    say(t, "onhold: 1\nname: pool %d\n", (int)seed);
    say_clock(t, z, steady, steps);
    say(t, "queues:\n  calls:\n    arrivals: ");
    say_arrivals(t, z, steady, steps);
    say(t, "\n    handling: ");
    if (random_int(z, 0, 20) == 0) { /* over night */
        say(t, "{uniform: {from: 20 h, to: 26 h}}");
    } else if (random_int(z, 0, 2) == 0) {
        say(t, "{exponential: %d s}", random_int(z, 20, 400));
    } else if (random_int(z, 0, 1)) {
        say(t, "{constant: %d s}", 15 * random_int(z, 1, 20));
    } else {
        say(t, "{talk: {exponential: %d s}, hold: ", random_int(z, 20, 200));
        say_time(t, z, 40);
        say(t, ", wrap_up: ");
        say_time(t, z, 60);
        say(t, "}");
    }
    say(t, "\n    patience: ");
    say_patience(t, z, !steady);
    say(t, "\n");
    if (random_int(z, 0, 2) == 0)
        say(t, "    ring: {constant: %d s}\n", random_int(z, 0, 20));
    if (random_int(z, 0, 2) == 0)
        say(t, "    capacity: %d\n", random_int(z, 0, 8));
    if (random_int(z, 0, 2) == 0)
        say(t, "    balk: %d%%\n", random_int(z, 1, 60));
    if (random_int(z, 0, 1))
        say(t, "    target: [80%% in %d s, {service_level_net: 90%% in 60 s}]\n",
            15 * random_int(z, 0, 3));
    if (random_int(z, 0, 1))
        say(t, "    short_abandon: 15 s\n    value: {answered: 20, within: 90 s}\n");
    say(t, "agents:\n  desk:\n");
    say_staff(t, z, steady, steps, most);
    say(t, "    serves: {calls: {speed: %s}}\n", random_int(z, 0, 2) ? "1" : "1.25");
}

/* ---- one replication by each engine ---- */

struct outcome_of_play {
    struct panel panel;
    struct histogram *answered, *abandoned, *other;
    uint64_t calls;
};

/* Which way through the engine. */
struct way {
    oh_engine engine;
    bool eager;   /* every patience is an event */
    bool told;    /* somebody wants each call's story */
    bool watched; /* every invariant is looked at after every event */
};

static const struct way general = {.engine = OH_ENGINE_GENERAL},
                        by_pool = {.engine = OH_ENGINE_POOL};

static void hear(void *user, const struct call_record *record)
{
    (void)record;
    ++*(uint64_t *)user;
}

static void look(void *user, const struct replication *rep)
{
    const char *wrong = replication_verify(rep);
    (void)user;
    assert_that(!wrong, "%s, at %.6f s", wrong, replication_now(rep));
}

static struct outcome_of_play play_by(const oh_model *m, struct replication *rep, struct way way,
                                      uint32_t number, oh_count_at count_at)
{
    uint64_t heard = 0;
    const struct probe probe = {
        .user = &heard, .call = way.told ? hear : NULL, .event = way.watched ? look : NULL};
    struct outcome_of_play o;
    size_t rows = m->batches ? m->batches : 1;
    struct tally tally[MOST_ROWS];
    char message[256] = "";
    assert_true(rows <= MOST_ROWS && panel_init(&o.panel, m->shape, rows));
    size_t each = m->queues + 1;
    o.answered = histograms_new(rows * each);
    o.abandoned = histograms_new(rows * each);
    o.other = histograms_new(rows * each);
    assert_true(o.answered && o.abandoned && o.other);
    for (size_t i = 0; i < rows; i++)
        tally[i] = panel_row(&o.panel, i);
    struct play play = {.seed = 5,
                        .number = number,
                        .count_at = count_at,
                        .engine = way.engine,
                        .eager = way.eager,
                        .probe = way.told || way.watched ? &probe : NULL,
                        .rows = rows,
                        .tally = tally,
                        .answered = o.answered,
                        .abandoned = o.abandoned,
                        .other = o.other};
    oh_status status = replication_play(rep, &play, message);
    assert_that(status == OH_OK, "%s", message);
    o.calls = play.calls;
    for (size_t i = 0; i < rows; i++)
        tally_quantiles(&m->shape, tally[i], o.answered + each * i, o.abandoned + each * i,
                        o.other + each * i);
    return o;
}

static void outcome_free(struct outcome_of_play *o, size_t histograms)
{
    histograms_free(o->answered, histograms);
    histograms_free(o->abandoned, histograms);
    histograms_free(o->other, histograms);
    panel_free(&o->panel);
}

static void same_doubles(const void *a, const void *b, size_t bytes, const char *what,
                         const char *text)
{
    const double *x = a, *y = b;
    for (size_t i = 0; i < bytes / sizeof *x; i++)
        assert_that(memcmp(&x[i], &y[i], sizeof *x) == 0,
                    "%s: number %d is %.17g one way and %.17g the other, in:\n%s", what, (int)i,
                    x[i], y[i], text);
}

static void same_histograms(const struct histogram *a, const struct histogram *b, size_t n,
                            const char *what, const char *text)
{
    for (size_t i = 0; i < n; i++)
        assert_that(a[i].count == b[i].count &&
                        memcmp(a[i].bin, b[i].bin, HIST_BINS * sizeof *a[i].bin) == 0,
                    "the histogram of %s differs in:\n%s", what, text);
}

/* Everything that two plays of one panel's shape have counted. */
static void compare(const oh_model *m, const struct outcome_of_play *a,
                    const struct outcome_of_play *b, const char *text)
{
    size_t rows = m->batches ? m->batches : 1, periods = panel_periods(&m->shape);
    char what[64];
    for (size_t i = 0; i < rows * (m->queues + 1) * periods; i++) {
        snprintf(what, sizeof what, "queue cell %d of %d periods", (int)i, (int)periods);
        same_doubles(&a->panel.queue[i], &b->panel.queue[i], sizeof *a->panel.queue, what, text);
    }
    for (size_t i = 0; i < rows * (m->groups + 1) * periods; i++) {
        snprintf(what, sizeof what, "group cell %d of %d periods", (int)i, (int)periods);
        same_doubles(&a->panel.group[i], &b->panel.group[i], sizeof *a->panel.group, what, text);
    }
    same_histograms(a->answered, b->answered, rows * (m->queues + 1), "answered", text);
    same_histograms(a->abandoned, b->abandoned, rows * (m->queues + 1), "abandoned", text);
    same_histograms(a->other, b->other, rows * (m->queues + 1), "cut off", text);
    assert_that(a->calls == b->calls, "%d calls and %d calls in:\n%s", (int)a->calls, (int)b->calls,
                text);
}

static uint64_t compare_engines(const oh_model *m, struct replication *rep, uint32_t number,
                                oh_count_at count_at, const char *text)
{
    size_t histograms = (m->batches ? m->batches : 1) * (m->queues + 1);
    struct outcome_of_play a = play_by(m, rep, general, number, count_at);
    struct outcome_of_play b = play_by(m, rep, by_pool, number, count_at);
    compare(m, &a, &b, text);
    outcome_free(&a, histograms);
    outcome_free(&b, histograms);
    return a.calls;
}

static void thousands_of_random_pools_have_the_bits_of_the_general_engine(void **state)
{
    (void)state;
    uint64_t calls = 0;
    for (uint64_t seed = 1; seed <= SCENARIOS; seed++) {
        struct text text = {0};
        random_pool(&text, seed);
        struct trial trial = trial_text(text.at);
        assert_that(!trial.model->no_pool, "no pool: %s, in:\n%s", trial.model->no_pool, text.at);
        struct replication *rep = replication_new(trial.model);
        assert_non_null(rep);
        for (uint32_t number = 1; number <= REPLICATIONS; number++)
            calls += compare_engines(trial.model, rep, number, seed % 3 ? OH_AT_ENTRY : OH_AT_EXIT,
                                     text.at);
        replication_free(rep);
        trial_free(&trial);
        text_free(&text);
    }
    assert_true(calls > 1000000);
}

static void compare_ways(const oh_model *one, struct way first_way, const oh_model *two,
                         struct way second_way, oh_count_at count_at, const char *text)
{
    struct replication *first = replication_new(one);
    struct replication *second = one == two ? first : replication_new(two);
    size_t histograms = (one->batches ? one->batches : 1) * (one->queues + 1);
    assert_true(first && second);
    struct outcome_of_play a = play_by(one, first, first_way, 1, count_at);
    struct outcome_of_play b = play_by(two, second, second_way, 1, count_at);
    compare(one, &a, &b, text);
    outcome_free(&a, histograms);
    outcome_free(&b, histograms);
    replication_free(first);
    if (second != first)
        replication_free(second);
}

/* A limit of the lines that is never reached changes nothing but the way through the engine. */
static void plain_calls_take_a_short_way_to_the_same_bits(void **state)
{
    (void)state;
    size_t short_ways = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        const struct taste plain = {0};
        struct text text = {0};
        scenario_random(&text, seed, &plain);
        struct trial one = trial_text(text.at);
        say(&text, "lines: 900000\n");
        struct trial two = trial_text(text.at);
        compare_ways(one.model, general, two.model, general, OH_AT_ENTRY, text.at);
        for (size_t q = 0; q < one.model->queues; q++) {
            short_ways += one.model->queue[q].quick;
            assert_false(two.model->queue[q].quick);
        }
        trial_free(&one);
        trial_free(&two);
        text_free(&text);
    }
    assert_true(short_ways > 200);
}

/* Both are free at 70 s, the slow one first in order of assignment; the fast one has the lower
 * number, so he takes the call at 100 s. */
static void of_two_who_are_free_at_one_instant_the_lower_number_is_taken(void **state)
{
    (void)state;
    static const char text[] =
        "onhold: 1\nname: tie\ntime: {open: 08:00-09:00}\nqueues:\n"
        "  calls: {arrivals: {times: [0 s, 10 s, 40 s, 100 s]}, handling: {constant: 60 s},\n"
        "    patience: {constant: 60 s}}\n"
        "agents:\n  fast: {count: 1, serves: {calls: {speed: 2}}}\n"
        "  slow: {count: 1, serves: [calls]}\n";
    static const struct way ways[] = {{.engine = OH_ENGINE_GENERAL},
                                      {.engine = OH_ENGINE_GENERAL, .told = true}};
    struct trial trial = trial_text(text);
    struct replication *rep = replication_new(trial.model);
    assert_non_null(rep);
    assert_true(trial.model->queue[0].quick);
    for (size_t i = 0; i < 2; i++) {
        struct outcome_of_play o = play_by(trial.model, rep, ways[i], 1, OH_AT_ENTRY);
        struct tally whole = panel_row(&o.panel, 0);
        double handling = 0;
        for (size_t p = 0; p < trial.model->shape.intervals; p++)
            handling += whole.queue[p].handling;
        assert_same(handling, 30.0 + 60.0 + 30.0 + 30.0);
        outcome_free(&o, 2);
    }
    replication_free(rep);
    trial_free(&trial);
}

static size_t quick_queues(const oh_model *m)
{
    size_t n = 0;
    for (size_t q = 0; q < m->queues; q++)
        n += m->queue[q].quick && m->queue[q].capacity == UINT64_MAX;
    return n;
}

/* Patience without events, calls that are counted when they begin; and neither. */
static void who_gives_up_is_found_late_and_counted_to_the_same_bits(void **state)
{
    (void)state;
    static const struct way others[] = {
        {.engine = OH_ENGINE_GENERAL, .eager = true},
        {.engine = OH_ENGINE_GENERAL, .told = true},
        {.engine = OH_ENGINE_GENERAL, .watched = true},
    };
    size_t lazy = 0;
    for (uint64_t seed = 1; seed <= SCENARIOS / 4; seed++) {
        const struct taste plain = {0};
        struct text text = {0};
        bool everything = seed % 4 == 0;
        if (everything)
            scenario_everything(&text, seed);
        else
            scenario_random(&text, seed, &plain);
        struct trial trial = trial_text(text.at);
        oh_count_at count_at = seed % 3 ? OH_AT_ENTRY : OH_AT_EXIT;
        size_t queues = quick_queues(trial.model);
        lazy += queues;
        if (queues > 0)
            compare_ways(trial.model, general, trial.model, others[seed / 4 % 3], count_at,
                         text.at);
        trial_free(&trial);
        text_free(&text);
    }
    assert_true(lazy > SCENARIOS / 8);
}

static void the_pool_engine_refuses_what_it_cannot_do(void **state)
{
    (void)state;
    struct trial trial = trial_text("onhold: 1\nname: two queues\ntime: {open: 08:00-09:00}\n"
                                    "queues:\n"
                                    "  a: {arrivals: 5 per h, handling: {constant: 1 min},"
                                    " patience: never}\n"
                                    "  b: {arrivals: 5 per h, handling: {constant: 1 min},"
                                    " patience: never}\n"
                                    "agents: {desk: {count: 2, serves: [a, b]}}\n");
    oh_run_options options = {.replications = 1, .engine = OH_ENGINE_POOL};
    oh_result *result = NULL;
    char message[256];
    assert_int_equal(oh_run(&result, trial.model, &options, message), OH_ARGUMENT);
    assert_null(result);
    assert_non_null(strstr(message, "more than one queue"));
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thousands_of_random_pools_have_the_bits_of_the_general_engine),
        cmocka_unit_test(plain_calls_take_a_short_way_to_the_same_bits),
        cmocka_unit_test(of_two_who_are_free_at_one_instant_the_lower_number_is_taken),
        cmocka_unit_test(who_gives_up_is_found_late_and_counted_to_the_same_bits),
        cmocka_unit_test(the_pool_engine_refuses_what_it_cannot_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
