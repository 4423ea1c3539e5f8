/* test_fit_reports.c - reports of counts by interval, as phone systems export them: recognised by
 * their headings, and what they tell is found.
 *
 * The calls are those of a small simulator that shares nothing with the engine.
 */
#include "../support/small_center.h"
#include "../support/trip.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 12, PATIENCE = 240 };

static const double shape[] = {0.5, 0.8, 1, 1, 0.9, 0.6};

/* 24 calls in hand at most, 15 days from Monday 2 March 2026 on, weekends closed. */
static const struct small_center desk = {.lines = 1,
                                         .agents = 6,
                                         .days = 15,
                                         .hours = 6,
                                         .rate = {130},
                                         .shape = shape,
                                         .handling = {180},
                                         .patience = PATIENCE};

struct counts {
    double offered, answered, abandoned, within, asa, lost_wait, handling;
};

/* By line, day and half hour of arrival. */
static struct counts *count(const struct small_center *center, const struct center_calls *calls)
{
    struct counts *sums = calloc(center->lines * center->days * SLOTS, sizeof *sums);
    assert_non_null(sums);
    for (size_t i = 0; i < calls->n; i++) {
        const struct center_call *c = &calls->at[i];
        struct counts *s =
            &sums[(c->line * center->days + c->day) * SLOTS + (size_t)(c->arrived / 1800)];
        s->offered++;
        s->answered += c->answered;
        s->abandoned += !c->answered;
        s->within += c->answered && c->wait <= 20;
        *(c->answered ? &s->asa : &s->lost_wait) += c->wait;
        s->handling += c->handling;
    }
    return sums;
}

enum form { PLAIN, FEW, TITLES, SEMICOLONS, PARTS_OF_HANDLING, FORMS };

static const char *const heads[FORMS] = {
    "date,start,queue,offered,answered,abandoned,asa,abandon_wait,aht,service_level,agents\n",
    "start,queue,offered,answered,abandoned,asa,aht\n",
    "Date,Interval,Queue Name,Calls Offered,Calls Handled,Calls Abandoned,Abandon Rate,"
    "Avg Speed of Answer (sec),Average Time to Abandon,AHT (hh:mm:ss),Service Level %,"
    "Agents Staffed\n",
    "Interval Start;Skill;# Received;Answered Calls;Lost Calls;ASA;ATA;Average Handling Time "
    "(min);SL;Avg Staffed\n",
    "Day,Time,Split/Skill,ACD Calls,Aban Calls,Avg Speed Ans,Avg Aban Time,Avg Talk Time,"
    "Avg ACW Time,% Within Service Level,Avg Pos Staff\n"};

static const char *clock_text(char out[40], double seconds)
{
    long t = (long)floor(seconds + 0.5);
    snprintf(out, 40, "%ld:%02ld:%02ld", t / 3600, t / 60 % 60, t % 60);
    return out;
}

static double over(double sum, double n)
{
    return n > 0 ? sum / n : 0;
}

static void put_row(struct text *out, enum form form, size_t day, size_t slot, const char *queue,
                    const struct counts *c, int agents)
{
    char row[300], aht[40];
    int date = 2 + (int)(day / 5 * 7 + day % 5), hour = 8 + (int)slot / 2,
        minute = (int)slot % 2 * 30;
    double asa = over(c->asa, c->answered), ata = over(c->lost_wait, c->abandoned);
    double handling = over(c->handling, c->answered), level = over(c->within, c->offered);
    oh_sink sink = text_sink(out);
    switch (form) {
    case PLAIN:
        snprintf(row, sizeof row, "2026-03-%02d,%02d:%02d,%s,%g,%g,%g,%.6f,%.6f,%.6f,%.6f,%d\n",
                 date, hour, minute, queue, c->offered, c->answered, c->abandoned, asa, ata,
                 handling, level, agents);
        break;
    case FEW:
        snprintf(row, sizeof row, "2026-03-%02d %02d:%02d,%s,%g,%g,%g,%.6f,%.6f\n", date, hour,
                 minute, queue, c->offered, c->answered, c->abandoned, asa, handling);
        break;
    case TITLES:
        snprintf(row, sizeof row,
                 "%d-Mar-2026,%02d:%02d - %02d:%02d,%s,%g,%g,%g,%.1f%%,%.6f,%.6f,%s,%.4f%%,%d\n",
                 date, hour, minute, hour + (minute > 0), 30 - minute, queue, c->offered,
                 c->answered, c->abandoned, 100 * over(c->abandoned, c->offered), asa, ata,
                 clock_text(aht, handling), 100 * level, agents);
        break;
    case SEMICOLONS:
        snprintf(row, sizeof row, "%d.3.2026 %d:%02d;%s;%g;%g;%g;%d,%06d;%.6f;%.8f;%.6f;%d\n", date,
                 hour, minute, queue, c->offered, c->answered, c->abandoned, (int)asa,
                 (int)floor((asa - floor(asa)) * 1e6), ata, handling / 60, level, agents);
        break;
    default:
        snprintf(row, sizeof row, "2026-03-%02d,%d%02d,%s,%g,%g,%.6f,%.6f,%.6f,%.6f,%.4f,%d\n",
                 date, hour, minute, queue, c->answered, c->abandoned, asa, ata, 0.75 * handling,
                 0.25 * handling, 100 * level, agents);
    }
    assert_true(sink.write(sink.user, row, strlen(row)));
}

static struct text report(const struct small_center *center, uint64_t seed, enum form form,
                          const int *agents)
{
    static const char *const queues[] = {"sales", "help"};
    struct text out = {0};
    oh_sink sink = text_sink(&out);
    struct center_calls calls = center_play(center, seed);
    struct counts *sums = count(center, &calls);
    assert_true(sink.write(sink.user, heads[form], strlen(heads[form])));
    for (size_t d = 0; d < center->days; d++)
        for (size_t s = 0; s < SLOTS; s++)
            for (size_t l = 0; l < center->lines; l++)
                put_row(&out, form, d, s, queues[l], &sums[(l * center->days + d) * SLOTS + s],
                        agents[l]);
    if (form == TITLES) {
        const char *total = "Total,,,1000,900,100,,,,,,\n";
        assert_true(sink.write(sink.user, total, strlen(total)));
    }
    free(sums);
    center_free(&calls);
    return out;
}

static struct trip trip_of(const struct small_center *center, uint64_t seed, enum form form,
                           const int *agents)
{
    struct text text = report(center, seed, form, agents);
    struct trip trip = trip_of_text(text.at);
    text_free(&text);
    return trip;
}

static void what_a_report_tells_is_found(void **state)
{
    (void)state;
    enum { TRIPS = 20 };
    static const int agents[] = {6};
    double mean = 0, patience = 0, without = 0, by_theory = 0, volume[SLOTS] = {0};
    for (uint64_t i = 0; i < TRIPS; i++) {
        struct trip trip = trip_of(&desk, 1 + i, PLAIN, agents);
        const struct fit_queue *q = &trip.fit->queue[0];
        const struct fit_group *g = &trip.fit->agents.group[0];
        assert_string_equal(q->name, "sales");
        mean += q->handling.part[PART_HANDLING].mean / TRIPS;
        patience += q->patience.mean_exponential / TRIPS;
        assert_true(trip.fit->calendar.week && !trip.fit->calendar.opening[5].open);
        for (unsigned day = 0; day < 5; day++) {
            assert_int_equal(trip.fit->calendar.opening[day].first, 16);
            assert_int_equal(trip.fit->calendar.opening[day].end, 16 + SLOTS);
            for (size_t s = 0; s < SLOTS; s++) {
                volume[s] += q->arrivals.expected[day][16 + s] / (5 * TRIPS);
                assert_near(g->count[day][16 + s], 6, 0);
            }
        }
        trip_free(&trip);
        trip = trip_of(&desk, 1 + i, FEW, agents);
        g = &trip.fit->agents.group[0];
        without += trip.fit->queue[0].patience.mean_exponential / TRIPS;
        for (unsigned day = 0; day < 5; day++)
            for (size_t s = 4; s < 8; s++) /* where there is a line */
                by_theory += g->count[day][16 + s] / (20 * TRIPS);
        trip_free(&trip);
    }
    double calls = 0;
    for (size_t s = 0; s < SLOTS; s++) {
        double rate = 65 * shape[s / 2];
        assert_near(volume[s], rate, 4 * sqrt(rate / (15 * TRIPS)));
        calls += rate * 15 * TRIPS;
    }
    assert_near(mean, 180, 4 * 180 / sqrt(0.8 * calls));
    assert_close(patience, PATIENCE, 0.03);
    assert_close(without, PATIENCE, 0.10); /* the waits of those who hung up are guessed */
    assert_near(by_theory, 6, 0.35);
}

static void validate_says_yes_to_the_report_that_a_scenario_was_made_of(void **state)
{
    (void)state;
    enum { TRIPS = 6 };
    static const int agents[] = {6};
    int yes = 0;
    for (uint64_t i = 0; i < TRIPS; i++) {
        struct trip trip = trip_of(&desk, 50 + i, i % 2 ? FEW : TITLES, agents);
        struct trial written = trip_written(trip.fit, "test_fit_reports");
        oh_validation *v = NULL;
        oh_run_options run = {.replications = 60};
        assert_int_equal(oh_validate(&v, written.scenario, trip.log, &run, written.diags, NULL),
                         OH_OK);
        yes += oh_validation_ok(v);
        assert_true(oh_validation_inside(v) > 0.8);
        oh_validation_free(v);
        trial_free(&written);
        trip_free(&trip);
    }
    assert_that(yes >= TRIPS - 1, "yes to %d of %d", yes, TRIPS);
}

/* The same counts under other headings, in other orders and units, are the same scenario. */
static void reports_are_known_by_their_headings(void **state)
{
    (void)state;
    struct small_center center = desk;
    static const int agents[] = {4, 3};
    center.lines = 2;
    center.rate[0] = 60;
    center.rate[1] = 40;
    center.handling[1] = 120;
    center.agents = 7;
    for (size_t a = 0; a < 7; a++)
        center.serves[a] = a < 4 ? 1 : 2;
    struct trip plain = trip_of(&center, 9, PLAIN, agents);
    for (enum form form = TITLES; form < FORMS; form++) {
        struct trip trip = trip_of(&center, 9, form, agents);
        assert_int_equal(trip.fit->queues, 2);
        assert_int_equal(oh_log_used(trip.log), 15 * SLOTS * 2);
        for (size_t q = 0; q < 2; q++) {
            const struct fit_queue *a = &plain.fit->queue[q], *b = &trip.fit->queue[q];
            assert_string_equal(a->name, b->name);
            assert_int_equal(a->offered, b->offered);
            assert_int_equal(a->answered, b->answered);
            assert_close(b->asa, a->asa, 1e-5);
            assert_close(b->wait, a->wait, 1e-5);
            assert_near(b->service_level, a->service_level, 1e-3);
            assert_close(b->handling.part[PART_HANDLING].mean, a->handling.part[PART_HANDLING].mean,
                         1e-3);
            assert_close(b->patience.mean_exponential, a->patience.mean_exponential, 1e-5);
            for (size_t s = 0; s < SLOTS; s++)
                assert_near(b->arrivals.expected[2][16 + s], a->arrivals.expected[2][16 + s], 1e-9);
        }
        /* each queue has the agents that its rows name */
        assert_int_equal(trip.fit->agents.groups, 2);
        for (size_t g = 0; g < 2; g++) {
            const struct fit_group *group = &trip.fit->agents.group[g];
            assert_near(group->count[0][20], strcmp(group->name, "sales") == 0 ? 4 : 3, 0);
        }
        assert_non_null(strstr(oh_log_note(trip.log, 0), "counts by interval: '"));
        trip_free(&trip);
    }
    struct trial written = trip_written(plain.fit, "test_fit_reports");
    trial_run(&written, &(oh_run_options){.replications = 40});
    for (size_t q = 0; q < 2; q++)
        assert_close(trial_value(&written, OH_QUEUE, plain.fit->queue[q].name, "wait"),
                     plain.fit->queue[q].wait, 0.25);
    trial_free(&written);
    trip_free(&plain);
}

/* Every row names the same agents: they are one pool. */
static void the_same_agents_in_all_rows_are_one_pool(void **state)
{
    (void)state;
    struct small_center center = desk;
    static const int agents[] = {6, 6};
    center.lines = 2;
    center.rate[0] = 60;
    center.rate[1] = 40;
    center.handling[1] = 120;
    struct trip trip = trip_of(&center, 10, TITLES, agents);
    assert_int_equal(trip.fit->agents.groups, 1);
    assert_near(trip.fit->agents.group[0].count[0][20], 6, 0);
    trip_free(&trip);
}

static void thousands_have_marks(void **state)
{
    (void)state;
    static const char *const logs[] = {
        "date,start,Calls,answered,abandoned,asa,aht\n"
        "2026-03-02,8,\"1,040\",\"1,000\",40,5,60\n2026-03-02,830,998,990,8,5,60\n"
        "2026-03-02,0900,1000,1000,0,5,60\n2026-03-02,9:30,912,912,0,5,60\n",
        "date;start;Calls;answered;abandoned;asa;aht\n"
        "2026-03-02;8;1.040;1 000;40;5;60\n2026-03-02;830;998;990;8;5;60\n"
        "2026-03-02;0900;1000,0;1000.00;0;5;60\n2026-03-02;9:30;912;912;0;5;60\n"};
    for (size_t k = 0; k < 2; k++) {
        struct trip trip = trip_of_text(logs[k]);
        assert_int_equal(trip.fit->queue[0].answered, 1000 + 990 + 1000 + 912);
        assert_int_equal(trip.fit->queue[0].abandoned, 48);
        assert_int_equal(trip.fit->calendar.opening[0].first, 16);
        assert_int_equal(trip.fit->calendar.opening[0].end, 20);
        trip_free(&trip);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_report_tells_is_found),
        cmocka_unit_test(validate_says_yes_to_the_report_that_a_scenario_was_made_of),
        cmocka_unit_test(reports_are_known_by_their_headings),
        cmocka_unit_test(the_same_agents_in_all_rows_are_one_pool),
        cmocka_unit_test(thousands_have_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
