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
        assert_int_equal(oh_trace_csv(trial->model, 1, first + d, text_sink(&text), NULL), OH_OK);
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
        assert_close(hours(trip.fit), cases[i].hours, cases[i].within);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pauses_between_contacts_are_found_and_the_heads_with_them),
        cmocka_unit_test(pauses_of_no_known_law_are_written_as_they_were),
        cmocka_unit_test(no_pauses_are_seen_where_there_are_none),
        cmocka_unit_test(ringing_is_no_pause),
        cmocka_unit_test(rules_of_routing_are_no_pauses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
