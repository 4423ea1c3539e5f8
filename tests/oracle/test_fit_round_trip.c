/* test_fit_round_trip.c - logs of known scenarios, fitted: do the intervals that `fit` states hold
 * the truth as often as they say?
 *
 * Each repetition is a log of several simulated days that the trace writer wrote and the reader
 * read.
 */
#include "../support/trip.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char plain[] = "onhold: 1\n"
                            "name: plain\n"
                            "time: {open: 08:00-12:00, interval: 30 min}\n"
                            "queues:\n"
                            "  support:\n"
                            "    arrivals: 100 per h\n"
                            "    handling: {lognormal: {mean: 200 s, cv: 1.2}}\n"
                            "    patience: {exponential: 150 s}\n"
                            "agents:\n"
                            "  desk: {count: 5, serves: [support]}\n";

static void intervals_hold_the_truth_as_often_as_they_say(void **state)
{
    (void)state;
    enum { TRIPS = 30, DAYS = 5 };
    struct trial trial = trial_text(plain);
    struct hits mean = {"handling mean", 200, 0, 0, 0}, patience = {"mean patience", 150, 0, 0, 0};
    struct hits half = {"survival at 60 s", exp(-60 / 150.0), 0, 0, 0};
    struct hits days = {"no busyness", 0, 0, 0, 0}, noise = {"no noise", 0, 0, 0, 0};
    int lognormal = 0, law = 0;
    for (uint32_t i = 0; i < TRIPS; i++) {
        struct trip trip = trip_make(&trial, 1 + i * DAYS, DAYS, NULL);
        const struct fit_time *t = &trip.fit->queue[0].handling.part[PART_HANDLING];
        const struct fit_patience *p = &trip.fit->queue[0].patience;
        size_t k = 0;
        while (k + 1 < p->points && p->t[k + 1] <= 60)
            k++;
        count_hit(&mean, t->mean - t->half_width, t->mean + t->half_width);
        count_hit(&patience, p->mean_low, p->mean_high);
        count_hit(&half, p->low[k], p->high[k]);
        const struct fit_arrivals *a = &trip.fit->queue[0].arrivals;
        count_hit(&days, a->busyness.low, a->busyness.high);
        count_hit(&noise, a->noise.low, a->noise.high);
        lognormal += t->chosen.law.kind == LAW_LOGNORMAL || t->chosen.law.kind == LAW_SHORT_CALLS;
        law += !p->by_steps && p->chosen.law.kind == LAW_EXPONENTIAL;
        assert_true(p->mean_exponential > 1.5 * p->naive_mean);
        assert_true(trip.fit->calendar.opening[0].open);
        assert_int_equal(trip.fit->calendar.opening[0].first, 16); /* 08:00 */
        assert_int_equal(trip.fit->calendar.opening[0].end, 24);   /* 12:00 */
        assert_int_equal(trip.fit->calendar.special, 0);
        for (size_t s = 16; s < 24; s++)
            assert_near(trip.fit->agents.group[0].count[0][s], 5, 0);
        trip_free(&trip);
    }
    expect_rate(&mean, 0.93); /* skewed: Student's t over some hundred calls is a little short */
    expect_rate(&patience, 0.95);
    expect_rate(&half, 0.95);
    expect_rate(&days, 0.975);
    expect_rate(&noise, 0.975);
    assert_that(lognormal >= 28, "the law of handling was found in %d of 30", lognormal);
    assert_that(law >= 18, "the law of patience was found in %d of 30", law);
    trial_free(&trial);
}

static void busy_days_and_restless_intervals_are_measured(void **state)
{
    (void)state;
    enum { TRIPS = 60, DAYS = 12 };
    struct trial trial = trial_text("onhold: 1\n"
                                    "name: swing\n"
                                    "time: {open: 08:00-11:00, interval: 30 min}\n"
                                    "busyness: {cv: 15%}\n"
                                    "queues:\n"
                                    "  support:\n"
                                    "    arrivals: {rate: 120 per h, noise: 25%}\n"
                                    "    handling: {constant: 20 s}\n"
                                    "    patience: never\n"
                                    "agents:\n"
                                    "  desk: {count: 3, serves: [support]}\n");
    struct hits days = {"busyness", 0.15, 0, 0, 0}, noise = {"noise", 0.25, 0, 0, 0};
    double sum = 0, restless = 0;
    for (uint32_t i = 0; i < TRIPS; i++) {
        struct trip trip = trip_make(&trial, 1 + i * DAYS, DAYS, NULL);
        const struct fit_arrivals *a = &trip.fit->queue[0].arrivals;
        count_hit(&days, a->busyness.low, a->busyness.high);
        count_hit(&noise, a->noise.low, a->noise.high);
        sum += a->busyness.value / TRIPS;
        restless += a->noise.value / TRIPS;
        trip_free(&trip);
    }
    expect_rate(&days, 0.95);
    expect_rate(&noise, 0.95);
    assert_near(sum, 0.15, 0.03);
    assert_near(restless, 0.25, 0.01);
    trial_free(&trial);
}

static void callers_who_try_again_are_followed(void **state)
{
    (void)state;
    enum { TRIPS = 12, DAYS = 6 };
    struct trial trial =
        trial_text("onhold: 1\n"
                   "name: again\n"
                   "time: {open: 08:00-14:00, interval: 30 min}\n"
                   "queues:\n"
                   "  support:\n"
                   "    arrivals: 100 per h\n"
                   "    handling: {exponential: 200 s}\n"
                   "    patience: {exponential: 100 s}\n"
                   "    redial: {after_abandon: 40%, delay: {exponential: 5 min}}\n"
                   "    unresolved: {share: 15%, delay: {exponential: 30 min}}\n"
                   "agents:\n"
                   "  desk: {count: 5, serves: [support]}\n");
    struct hits redial = {"redial", 0.4, 0, 0, 0}, back = {"unresolved", 0.15, 0, 0, 0};
    double delay = 0, later = 0, fresh = 0;
    for (uint32_t i = 0; i < TRIPS; i++) {
        struct trip trip = trip_make(&trial, 1 + i * DAYS, DAYS, NULL);
        const struct fit_redials *r = &trip.fit->queue[0].redials;
        const struct fit_follow *f = &r->after[ENDING_HUNG_UP], *u = &r->after[ENDING_ANSWERED];
        count_hit(&redial, f->share.low, f->share.high);
        count_hit(&back, u->share.low, u->share.high);
        assert_true(f->evidence == EVIDENCE_OWN && u->evidence == EVIDENCE_OWN);
        delay += f->delay.value / TRIPS;
        later += u->delay.value / TRIPS;
        const struct fit_arrivals *a = &trip.fit->queue[0].arrivals;
        fresh += a->per_day * a->fresh_share / TRIPS;
        trip_free(&trip);
    }
    expect_rate(&redial, 0.95);
    expect_rate(&back, 0.95);
    assert_close(delay, 300, 0.05);
    assert_close(later, 1800, 0.06);
    assert_close(fresh, 600, 0.02);
    trial_free(&trial);
}

/* Agents who are absent by chance: the mean number would make waits too short or too long, and the
 * fit says by how much it moved it. */
static void heads_are_not_tuned_where_waits_are_right(void **state)
{
    (void)state;
    struct trial steady = trial_text(plain);
    struct trip trip = trip_make(&steady, 1, 12, NULL);
    struct trial again = trip_written(trip.fit, "test_fit_round_trip");
    bool tuned = true;
    assert_int_equal(oh_fit_tune(trip.fit, again.scenario, trip.log, NULL, &tuned, NULL), OH_OK);
    assert_false(tuned);
    assert_near(trip.fit->agents.tuned, 1, 0);
    trial_free(&again);
    trip_free(&trip);
    trial_free(&steady);

    struct trial absent =
        trial_text("onhold: 1\n"
                   "name: absent\n"
                   "time: {open: 08:00-12:00, interval: 30 min}\n"
                   "queues:\n"
                   "  support:\n"
                   "    arrivals: 100 per h\n"
                   "    handling: {exponential: 200 s}\n"
                   "    patience: {exponential: 300 s}\n"
                   "agents:\n"
                   "  desk: {count: 8, absence: 25%, not_ready: {share: 30%, for: "
                   "{exponential: 2 min}}, serves: [support]}\n");
    /* absence is written, and no factor is needed */
    trip = trip_make(&absent, 1, 30, NULL);
    again = trip_written(trip.fit, "test_fit_round_trip");
    assert_int_equal(oh_fit_tune(trip.fit, again.scenario, trip.log, NULL, &tuned, NULL), OH_OK);
    assert_false(tuned);
    trial_run(&again, &(oh_run_options){.replications = 300});
    double wait = trial_value(&again, OH_QUEUE, "support", "wait");
    assert_close(wait, trip.fit->queue[0].wait, 0.25); /* 30 days of 8 heads, some absent */
    trial_free(&again);
    trip_free(&trip);
    trial_free(&absent);
}

/* Heads that are found a quarter too few come back by the mean wait. */
static void heads_that_are_wrong_are_tuned_to_the_mean_wait(void **state)
{
    (void)state;
    bool tuned = false;
    struct trial steady = trial_text(plain);
    struct trip trip = trip_make(&steady, 1, 12, NULL);
    struct fit_group *g = &trip.fit->agents.group[0];
    for (size_t s = 0; s < trip.fit->calendar.slots; s++)
        g->effective[0][s] *= 0.75;
    agents_write_counts(trip.fit);
    struct trial again = trip_written(trip.fit, "test_fit_round_trip");
    assert_int_equal(oh_fit_tune(trip.fit, again.scenario, trip.log, NULL, &tuned, NULL), OH_OK);
    assert_true(tuned);
    assert_close(trip.fit->agents.tuned, 1 / 0.75, 0.06);
    trial_free(&again);
    again = trip_written(trip.fit, "test_fit_round_trip");
    trial_run(&again, &(oh_run_options){.replications = 300});
    double wait = trial_value(&again, OH_QUEUE, "support", "wait");
    assert_close(wait, trip.fit->queue[0].wait, 0.25); /* whole heads */
    trial_free(&again);
    trip_free(&trip);
    trial_free(&steady);
}

/* What is written must run, and give what the log gave. */
static void the_scenario_that_is_written_tells_the_same_day(void **state)
{
    (void)state;
    struct trial trial = trial_text(
        "onhold: 1\n"
        "name: two\n"
        "time: {open: 08:00-12:00, interval: 30 min}\n"
        "queues:\n"
        "  sales:\n"
        "    arrivals: {per: 30 min, counts: [20, 40, 60, 50, 40, 30, 30, 20]}\n"
        "    handling: {talk: {gamma: {mean: 150 s, cv: 0.7}}, wrap_up: {exponential: 40 s}}\n"
        "    patience: {hung_up_by: {30 s: 5%, 34 s: 25%, 120 s: 45%}}\n"
        "    balk: 8%\n"
        "    ring: 3 s\n"
        "    target: 80% in 20 s\n"
        "  help:\n"
        "    arrivals: 30 per h\n"
        "    handling: {weibull: {shape: 1.6, mean: 4 min}}\n"
        "    patience: {exponential: 4 min}\n"
        "    target: 80% in 20 s\n"
        "agents:\n"
        "  front: {count: 7, serves: [sales]}\n"
        "  back: {count: 3, serves: [help, sales]}\n");
    trial_run(&trial, &(oh_run_options){.replications = 200});
    struct trip trip = trip_make(&trial, 1, 40, NULL);
    struct trial again = trip_written(trip.fit, "test_fit_round_trip");
    trial_run(&again, &(oh_run_options){.replications = 200});
    static const char *const metrics[] = {"abandon_rate", "service_level"};
    static const char *const queues[] = {"sales", "help"};
    for (size_t q = 0; q < 2; q++) {
        for (size_t m = 0; m < 2; m++) {
            double was = trial_value(&trial, OH_QUEUE, queues[q], metrics[m]);
            double is = trial_value(&again, OH_QUEUE, queues[q], metrics[m]);
            assert_near(is, was, 0.05);
        }
        assert_close(trial_value(&again, OH_QUEUE, queues[q], "aht"),
                     trial_value(&trial, OH_QUEUE, queues[q], "aht"), 0.03);
        assert_close(trial_value(&again, OH_QUEUE, queues[q], "offered"),
                     trial_value(&trial, OH_QUEUE, queues[q], "offered"), 0.03);
    }
    /* the peak at 30 s is there: about 20 points within 4 s */
    const struct fit_patience *p = &trip.fit->queue[0].patience;
    assert_near(patience_survival(p, 30) - patience_survival(p, 34), 0.20, 0.04);
    assert_true(p->balk_low < 0.08 && 0.08 < p->balk_high);
    trip_free(&trip);
    trial_free(&again);
    trial_free(&trial);
}

/* Two groups take sales, the slow one in the afternoon only; both are as fast as each other at
 * help. Speeds are those of each queue, and a mean that changes only because others work is no
 * change. */
static void groups_have_their_speed_at_each_queue(void **state)
{
    (void)state;
    enum { TRIPS = 20, DAYS = 8 };
    struct trial trial = trial_text(
        "onhold: 1\n"
        "name: speeds\n"
        "time: {open: 08:00-12:00, interval: 30 min}\n"
        "queues:\n"
        "  sales: {arrivals: 150 per h, handling: {exponential: 60 s}, patience: never}\n"
        "  help: {arrivals: 100 per h, handling: {exponential: 60 s}, patience: never}\n"
        "agents:\n"
        "  quick: {count: 3, serves: [sales, help]}\n"
        "  slow:\n"
        "    count: {per: 2 h, counts: [0, 4]}\n"
        "    serves: {sales: {speed: 0.7}, help: {}}\n");
    double ratio = 0;
    int even = 0, steady = 0;
    for (uint32_t i = 0; i < TRIPS; i++) {
        struct trip trip = trip_make(&trial, 1 + i * DAYS, DAYS, NULL);
        const oh_fit *fit = trip.fit;
        size_t slow = strcmp(fit->agents.group[0].name, "slow") == 0 ? 0 : 1;
        size_t sales = strcmp(fit->queue[0].name, "sales") == 0 ? 0 : 1;
        const struct fit_speed *of[] = {fit->agents.group[slow].speed,
                                        fit->agents.group[!slow].speed};
        uint32_t at = fit->number[sales], other = fit->number[!sales];
        assert_true(of[0][at].written && of[1][at].written);
        assert_true(of[0][at].value.high < 1 && of[1][at].value.low > 1);
        ratio += of[0][at].value.value / of[1][at].value.value / TRIPS;
        even += !of[0][other].written;
        steady += !fit->queue[sales].handling.part[PART_HANDLING].by_slot;
        if (i == 0) {
            struct trial again = trip_written(fit, "test_fit_round_trip");
            trial_free(&again);
        }
        trip_free(&trip);
    }
    assert_close(ratio, 0.7, 0.02);
    assert_that(even >= 19, "help has speeds in %d of 20", 20 - even);
    assert_that(steady >= 19, "sales changes over the day in %d of 20", 20 - steady);
    trial_free(&trial);
}

/* One queue's days swing, the other's do not: the file says so in words that can be read again. */
static void the_swing_of_one_queue_alone_is_written_as_its_own(void **state)
{
    (void)state;
    struct trial trial =
        trial_text("onhold: 1\n"
                   "name: swing of one\n"
                   "time: {open: 08:00-11:00, interval: 30 min}\n"
                   "queues:\n"
                   "  calm: {arrivals: 200 per h, handling: {exponential: 20 s}, patience: never}\n"
                   "  wild:\n"
                   "    arrivals: 60 per h\n"
                   "    busyness: {cv: 50%}\n"
                   "    handling: {exponential: 20 s}\n"
                   "    patience: never\n"
                   "agents:\n"
                   "  desk: {count: 5, serves: [calm, wild]}\n");
    struct trip trip = trip_make(&trial, 1, 40, NULL);
    struct text yaml = {0};
    assert_int_equal(oh_fit_scenario(trip.fit, "swing", text_sink(&yaml)), OH_OK);
    assert_that(strstr(yaml.at, "    busyness: {cv: "), "no busyness of the queue in\n%s", yaml.at);
    struct trial again = trip_written(trip.fit, "test_fit_round_trip");
    assert_true(trip.fit->queue[1].arrivals.busyness.low < 0.5);
    assert_true(trip.fit->queue[1].arrivals.busyness.high > 0.5);
    assert_true(trip.fit->queue[0].arrivals.busyness.low < 0.05);
    trial_free(&again);
    text_free(&yaml);
    trip_free(&trip);
    trial_free(&trial);
}

/* Talk gets longer towards noon, wrap-up is skipped after some calls and else always alike: each
 * part has its own law, its own distance and its own day. */
static void talk_and_wrap_up_are_fitted_each(void **state)
{
    (void)state;
    enum { TRIPS = 8, DAYS = 12, SLOTS = 8 };
    static const double mean[SLOTS] = {100, 120, 140, 160, 180, 200, 220, 240};
    struct trial trial = trial_text("onhold: 1\n"
                                    "name: parts\n"
                                    "time: {open: 08:00-12:00, interval: 30 min}\n"
                                    "queues:\n"
                                    "  support:\n"
                                    "    arrivals: 160 per h\n"
                                    "    handling:\n"
                                    "      talk: {gamma: {mean: {per: 30 min, counts: [100 s, 120 "
                                    "s, 140 s, 160 s, 180 s, 200 s, "
                                    "220 s, 240 s]}, cv: 0.6}}\n"
                                    "      wrap_up: {mixture: [{share: 25%, constant: 0 s}, "
                                    "{share: 75%, lognormal: {mean: 40 s, "
                                    "cv: 0.5}}]}\n"
                                    "    patience: never\n"
                                    "agents:\n"
                                    "  desk: {count: 20, serves: [support]}\n");
    struct hits talk = {"mean talk", 170, 0, 0, 0}, wrap = {"mean wrap-up", 30, 0, 0, 0};
    double seen[SLOTS] = {0};
    for (uint32_t i = 0; i < TRIPS; i++) {
        struct trip trip = trip_make(&trial, 1 + i * DAYS, DAYS, NULL);
        const struct fit_handling *h = &trip.fit->queue[0].handling;
        const struct fit_time *t = &h->part[PART_TALK], *w = &h->part[PART_WRAP_UP];
        assert_true(h->separate && t->by_slot && !w->by_slot);
        count_hit(&talk, t->mean - t->half_width, t->mean + t->half_width);
        count_hit(&wrap, w->mean - w->half_width, w->mean + w->half_width);
        assert_near(w->zero, 0.25, 0.03);
        assert_int_equal(w->chosen.law.kind, LAW_LOGNORMAL);
        assert_true(t->chosen.distance < 0.03 && w->chosen.distance < 0.03);
        for (size_t s = 0; s < SLOTS; s++)
            seen[s] += t->slot_mean[16 + s] / TRIPS;
        if (i == 0) {
            struct trial again = trip_written(trip.fit, "test_fit_round_trip");
            trial_run(&again, &(oh_run_options){.replications = 60});
            trial_run(&trial, &(oh_run_options){.replications = 60});
            for (int s = 0; s < SLOTS; s += 7)
                assert_close(trial_read(&again, OH_QUEUE, NULL, s, "aht").value,
                             trial_read(&trial, OH_QUEUE, NULL, s, "aht").value, 0.06);
            trial_free(&again);
        }
        trip_free(&trip);
    }
    expect_rate(&talk, 0.95);
    expect_rate(&wrap, 0.95);
    for (size_t s = 0; s < SLOTS; s++)
        assert_close(seen[s], mean[s], 0.04);
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_say),
        cmocka_unit_test(busy_days_and_restless_intervals_are_measured),
        cmocka_unit_test(callers_who_try_again_are_followed),
        cmocka_unit_test(heads_are_not_tuned_where_waits_are_right),
        cmocka_unit_test(heads_that_are_wrong_are_tuned_to_the_mean_wait),
        cmocka_unit_test(the_scenario_that_is_written_tells_the_same_day),
        cmocka_unit_test(talk_and_wrap_up_are_fitted_each),
        cmocka_unit_test(groups_have_their_speed_at_each_queue),
        cmocka_unit_test(the_swing_of_one_queue_alone_is_written_as_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
