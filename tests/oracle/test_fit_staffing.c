/* test_fit_staffing.c - the number on duty is known, and nobody logged it: is it found?
 *
 * Logs of simulated centers with shifts, breaks, absence, and with pauses between two contacts that
 * no log of calls tells.
 */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../../sim/data/fit_parts.h"

struct trip {
    oh_log *log;
    oh_fit *fit;
};

/* Days first .. first + days - 1 of a scenario as one log, fitted. */
static struct trip fit_days(const struct trial *trial, uint32_t first, uint32_t days)
{
    struct trip trip = {0};
    oh_diags *diags = oh_diags_new();
    oh_log_options options = {.opens = 8 * 3600.0};
    assert_int_equal(oh_log_new(&trip.log, &options, diags), OH_OK);
    for (uint32_t d = 0; d < days; d++) {
        struct text text = {0};
        assert_int_equal(oh_trace_csv(trial->model, &(oh_trace_options){1, first + d, 1, NULL},
                                      text_sink(&text), NULL, NULL),
                         OH_OK);
        assert_int_equal(oh_log_begin(trip.log, "trace.csv", diags), OH_OK);
        assert_int_equal(oh_log_take(trip.log, text.at, text.length), OH_OK);
        assert_int_equal(oh_log_end(trip.log), OH_OK);
        text_free(&text);
    }
    oh_status status = oh_log_judge(trip.log, diags);
    if (status == OH_OK)
        status = oh_fit_make(&trip.fit, trip.log, NULL, diags);
    if (status != OH_OK)
        show_findings(diags);
    assert_int_equal(status, OH_OK);
    oh_diags_free(diags);
    return trip;
}

static void trip_free(struct trip *trip)
{
    oh_fit_free(trip->fit);
    oh_log_free(trip->log);
}

/* A desk of six hours; `agents` is what stands in the braces of its group. */
static struct trial desk(const char *agents)
{
    char text[900];
    snprintf(text, sizeof text,
             "onhold: 1\n"
             "name: desk\n"
             "time: {open: 08:00-14:00, interval: 30 min}\n"
             "queues:\n"
             "  support:\n"
             "    arrivals: {per: 1 h, counts: [70, 110, 130, 130, 120, 90]}\n"
             "    handling: {lognormal: {mean: 200 s, cv: 1.1}}\n"
             "    patience: {exponential: 5 min}\n"
             "agents:\n"
             "  desk: {%s, serves: [support]}\n",
             agents);
    return trial_text(text);
}

/* Agent hours of a day as written. */
static double hours(const oh_fit *fit)
{
    double sum = 0;
    for (size_t s = 0; s < fit->calendar.slots; s++)
        sum += fit->agents.group[0].count[0][s] * fit->calendar.step / 3600;
    return sum;
}

static void pauses_between_contacts_are_found_and_the_heads_with_them(void **state)
{
    (void)state;
    enum { TRIPS = 16, DAYS = 5, HEADS = 8 };
    struct trial trial = desk("count: 8, not_ready: {share: 30%, for: {exponential: 90 s}}");
    int inside = 0, n = 0;
    double pause = 0, heads = 0;
    for (uint32_t i = 0; i < TRIPS; i++) {
        struct trip trip = fit_days(&trial, 1 + i * DAYS, DAYS);
        const struct fit_ready *r = &trip.fit->agents.group[0].ready;
        assert_true(r->write && r->by_law);
        n++;
        inside += r->low <= 0.3 && 0.3 <= r->high;
        pause += r->pause / TRIPS;
        heads += hours(trip.fit) / 6 / TRIPS;
        trip_free(&trip);
    }
    /* 95 %, at four standard errors */
    assert_that(inside >= 11, "%d of %d intervals hold the share", inside, n);
    assert_close(pause, 90, 0.04);
    assert_close(heads, HEADS, 0.02);
    trial_free(&trial);
}

static void pauses_of_no_known_law_are_written_as_they_were(void **state)
{
    (void)state;
    struct trial trial = desk("count: 9, not_ready: {share: 100%, for: {mixture: [{share: 60%, "
                              "constant: 4 s}, {share: 40%, uniform: {from: 40 s, to: 60 s}}]}}");
    struct trip trip = fit_days(&trial, 1, 30);
    const struct fit_ready *r = &trip.fit->agents.group[0].ready;
    assert_true(r->write);
    assert_false(r->by_law);
    assert_close(r->share, 1, 0.01);
    assert_close(r->pause, 0.6 * 4 + 0.4 * 50, 0.03);
    assert_near(r->value[6], 4, 0.01);
    assert_near(r->value[16], 50, 5);
    assert_close(hours(trip.fit) / 6, 9, 0.02);
    /* linear between the values, as the scenario reads them: the mean is that of the pauses */
    double mean = 0;
    for (size_t k = 0; k + 1 < READY_VALUES; k++)
        mean += (r->value[k] + r->value[k + 1]) / 2 / (READY_VALUES - 1);
    assert_close(mean, r->pause, 0.02);
    trip_free(&trip);
    trial_free(&trial);
}

static void no_pauses_are_seen_where_there_are_none(void **state)
{
    (void)state;
    static const struct {
        const char *agents;
        double hours, within;
    } cases[] = {
        {"count: 7", 42, 0.02},
        {"count: 8, shrinkage: 12%", 42, 0.02},
        {"count: 8, absence: 15%", 6 * 8 * 0.85, 0.03},
        {"shifts: [{count: 4, hours: 08:00-14:00, breaks: [{at: 10:30, for: 45 min}]}, "
         "{count: 5, hours: 09:00-13:00}]",
         24 - 3 + 20, 0.04},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial = desk(cases[i].agents);
        struct trip trip = fit_days(&trial, 1, 12);
        const struct fit_ready *r = &trip.fit->agents.group[0].ready;
        assert_that(!r->write, "%s: after %g of contacts a pause", cases[i].agents, r->share);
        assert_true(r->n > 500);
        const struct fit_spread *spread = &trip.fit->agents.group[0].spread;
        double there = spread->written ? 1 - spread->absence.value : 1;
        assert_close(hours(trip.fit) * there, cases[i].hours, cases[i].within);
        trip_free(&trip);
        trial_free(&trial);
    }
}

/* Ringing occupies the agent: it is no time without work. */
static void ringing_is_no_pause(void **state)
{
    (void)state;
    struct trial trial = trial_text("onhold: 1\n"
                                    "name: ringing\n"
                                    "time: {open: 08:00-12:00, interval: 30 min}\n"
                                    "queues:\n"
                                    "  support:\n"
                                    "    arrivals: 100 per h\n"
                                    "    handling: {exponential: 180 s}\n"
                                    "    patience: {exponential: 4 min}\n"
                                    "    ring: 20 s\n"
                                    "agents: {desk: {count: 6, serves: [support]}}\n");
    struct trip trip = fit_days(&trial, 1, 12);
    assert_false(trip.fit->agents.group[0].ready.write);
    assert_close(hours(trip.fit), 24, 0.01);
    trip_free(&trip);
    trial_free(&trial);
}

/* Agents who leave mail waiting, or help out late, are ready: they obey a rule. */
static void rules_of_routing_are_no_pauses(void **state)
{
    (void)state;
    struct trial trial = trial_text(
        "onhold: 1\n"
        "name: rules\n"
        "time: {open: 08:00-14:00, interval: 30 min}\n"
        "queues:\n"
        "  phone:\n"
        "    arrivals: 90 per h\n"
        "    handling: {exponential: 180 s}\n"
        "    patience: {exponential: 4 min}\n"
        "    prefers: [office, {group: late, after: 60 s}]\n"
        "  help:\n"
        "    arrivals: 30 per h\n"
        "    handling: {exponential: 180 s}\n"
        "    patience: {exponential: 4 min}\n"
        "  mail:\n"
        "    channel: email\n"
        "    arrivals: 12 per h\n"
        "    backlog: 30\n"
        "    handling: {exponential: 240 s}\n"
        "agents:\n"
        "  office: {count: 5, serves: {phone: {rank: 1}, mail: {rank: 2, keep_free: 1}}}\n"
        "  late: {count: 2, serves: [phone, help]}\n");
    struct trip trip = fit_days(&trial, 1, 12);
    for (size_t g = 0; g < 2; g++) {
        const struct fit_group *group = &trip.fit->agents.group[g];
        double heads = strcmp(group->name, "office") == 0 ? 5 : 2;
        assert_that(!group->ready.write, "%s: after %g of contacts a pause", group->name,
                    group->ready.share);
        for (size_t s = 17; s < 27; s++)
            assert_near(group->count[0][s], heads, 1);
    }
    trip_free(&trip);
    trial_free(&trial);
}

/* Chats of two desks: one holds three at once and slows down, the other holds two and does not. */
static void contacts_held_at_once_are_counted_with_their_pace(void **state)
{
    (void)state;
    struct trial trial =
        trial_text("onhold: 1\n"
                   "name: chats\n"
                   "time: {open: 08:00-16:00, interval: 30 min}\n"
                   "queues:\n"
                   "  chat:\n"
                   "    arrivals: 60 per h\n"
                   "    handling: {exponential: 8 min}\n"
                   "    patience: {exponential: 3 min}\n"
                   "  help:\n"
                   "    arrivals: 40 per h\n"
                   "    handling: {exponential: 8 min}\n"
                   "    patience: {exponential: 3 min}\n"
                   "  phone:\n"
                   "    arrivals: 40 per h\n"
                   "    handling: {exponential: 5 min}\n"
                   "    patience: {exponential: 3 min}\n"
                   "agents:\n"
                   "  slow: {count: 4, serves: {chat: {at_once: 3, pace: [1, 0.8, 0.6]}}}\n"
                   "  quick: {count: 3, serves: {help: {at_once: 2, pace: [1, 1]}}}\n"
                   "  calls: {count: 4, serves: [phone]}\n");
    struct trip trip = fit_days(&trial, 1, 12);
    for (size_t g = 0; g < 3; g++) {
        const struct fit_group *group = &trip.fit->agents.group[g];
        bool slow = strcmp(group->name, "slow") == 0, quick = strcmp(group->name, "quick") == 0;
        assert_int_equal(group->several, slow || quick);
        for (size_t s = 18; s < 30; s++)
            assert_near(group->count[0][s], quick ? 3 : 4, 0);
        for (size_t q = 0; q < 3; q++) {
            const struct fit_at_once *a = &group->at_once[q];
            if (a->n == 0)
                continue;
            assert_int_equal(a->most, slow ? 3 : quick ? 2 : 1);
            assert_int_equal(a->slows, slow);
            /* four standard errors: some hundred ends of a chat alone */
            if (slow)
                assert_close(a->pace[1] / a->pace[0], 0.8, 0.25);
            if (slow)
                assert_close(a->pace[2] / a->pace[1], 0.75, 0.15);
        }
    }
    trip_free(&trip);
    trial_free(&trial);
}

/* A call in fifty begins before the agent's last one has ended: a fault, and no way of working. */
static void a_few_overlaps_are_damage(void **state)
{
    (void)state;
    oh_log *log = NULL;
    oh_fit *fit = NULL;
    oh_diags *diags = oh_diags_new();
    oh_log_options options = {.opens = 8 * 3600.0};
    assert_int_equal(oh_log_new(&log, &options, diags), OH_OK);
    assert_int_equal(oh_log_begin(log, "log.csv", diags), OH_OK);
    const char *header = "arrived,wait,outcome,handling,agent\n";
    assert_int_equal(oh_log_take(log, header, strlen(header)), OH_OK);
    for (int i = 0; i < 2000; i++) {
        char row[100];
        int handling = i % 50 == 0 ? 400 : 60; /* seven agents in turn, a call each 210 s */
        snprintf(row, sizeof row, "%d,0,answered,%d,agent%d\n", i % 700 * 30 + i / 700 * 86400,
                 handling, i % 7);
        assert_int_equal(oh_log_take(log, row, strlen(row)), OH_OK);
    }
    assert_int_equal(oh_log_end(log), OH_OK);
    assert_int_equal(oh_log_judge(log, diags), OH_OK);
    assert_int_equal(oh_fit_make(&fit, log, NULL, diags), OH_OK);
    assert_false(fit->agents.group[0].several);
    assert_true(fit->agents.overlaps >= 38 && fit->agents.overlaps <= 41);
    oh_fit_free(fit);
    oh_log_free(log);
    oh_diags_free(diags);
}

/* Mail waits for hours and nobody leaves; calls do not. */
static void contacts_that_wait_for_hours_are_deferrable(void **state)
{
    (void)state;
    struct trial trial =
        trial_text("onhold: 1\n"
                   "name: office\n"
                   "time: {days: {mon-fri: 08:00-16:00}, interval: 30 min}\n"
                   "queues:\n"
                   "  phone:\n"
                   "    arrivals: 40 per h\n"
                   "    handling: {exponential: 240 s}\n"
                   "    patience: {exponential: 3 min}\n"
                   "    target: 80% in 20 s\n"
                   "  mail:\n"
                   "    channel: email\n"
                   "    arrivals: 16 per h\n"
                   "    backlog: 60\n"
                   "    handling: {exponential: 6 min}\n"
                   "agents: {office: {count: 5, serves: {phone: {rank: 1}, mail: {rank: 2}}}}\n");
    struct trip trip = fit_days(&trial, 1, 2);
    struct text yaml = {0};
    assert_int_equal(trip.fit->queues, 2);
    for (size_t q = 0; q < 2; q++) {
        const struct fit_queue *queue = &trip.fit->queue[q];
        assert_int_equal(queue->patience.deferrable, strcmp(queue->name, "mail") == 0);
    }
    assert_int_equal(oh_fit_scenario(trip.fit, "x", text_sink(&yaml)), OH_OK);
    const char *mail = strstr(yaml.at, "  mail:");
    assert_non_null(mail);
    assert_non_null(strstr(mail, "    deferrable: true\n"));
    assert_non_null(strstr(mail, "    priority: 6"));
    assert_ptr_equal(strstr(yaml.at, "deferrable"), strstr(mail, "deferrable"));
    text_free(&yaml);
    trip_free(&trip);
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pauses_between_contacts_are_found_and_the_heads_with_them),
        cmocka_unit_test(pauses_of_no_known_law_are_written_as_they_were),
        cmocka_unit_test(no_pauses_are_seen_where_there_are_none),
        cmocka_unit_test(ringing_is_no_pause),
        cmocka_unit_test(rules_of_routing_are_no_pauses),
        cmocka_unit_test(contacts_held_at_once_are_counted_with_their_pace),
        cmocka_unit_test(a_few_overlaps_are_damage),
        cmocka_unit_test(contacts_that_wait_for_hours_are_deferrable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
