/* test_scenarios.c - every figure that a scenario's `about:` states is what the program gives.
 *
 * A claim is a figure as it stands in the text, and where it stands. The figures of the lessons are
 * also what theory says: the simulation must agree with it within 4 standard errors.
 */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct claim {
    const char *file, *setting; /* setting may be NULL */
    oh_level level;
    const char *metric;
    const char *line;   /* a piece of `about:` that has the figure in it */
    const char *figure; /* as printed there */
    double scale;       /* 100 for percent */
    double exact;       /* NaN: no theory */
};

#define ELEVEN   "agents.desk.count=11"
#define THIRTEEN "agents.desk.count=13"
#define FOURTEEN "agents.desk.count=14"
#define TEN      "agents.desk.count=10"

/* M/M/1 by hand: rho = 0.8, W = rho / (mu - lambda); the others are Erlang's. */
static const struct claim lessons[] = {
    {"01-one-agent", NULL, OH_QUEUE, "delayed", "must wait        0.8\n", "0.8", 1, 0.8},
    {"01-one-agent", NULL, OH_QUEUE, "wait", "mean wait                  960 s", "960", 1, 960},
    {"01-one-agent", NULL, OH_QUEUE, "queue_length", "on average  3.2\n", "3.2", 1, 3.2},
    {"01-one-agent", NULL, OH_QUEUE, "service_level", "within 20 s       0.2132", "0.2132", 1,
     0.21322289739717603},
    {"01-one-agent", NULL, OH_AGENTS, "occupancy", "busy                 0.8\n", "0.8", 1, 0.8},
    {"02-erlang-c", ELEVEN, OH_QUEUE, "delayed", "11       0.6821", "0.6821", 1, 0.6821182047},
    {"02-erlang-c", ELEVEN, OH_QUEUE, "service_level", "0.3896 ", "0.3896", 1, 0.3896138117},
    {"02-erlang-c", ELEVEN, OH_QUEUE, "asa", "122.8 s", "122.8", 1, 122.7812768},
    {"02-erlang-c", NULL, OH_QUEUE, "delayed", "12       0.4494", "0.4494", 1, 0.4493882243},
    {"02-erlang-c", NULL, OH_QUEUE, "service_level", "0.6402 ", "0.6402", 1, 0.6401580404},
    {"02-erlang-c", NULL, OH_QUEUE, "asa", "40.4 s", "40.4", 1, 40.4449402},
    {"02-erlang-c", THIRTEEN, OH_QUEUE, "delayed", "13       0.2853", "0.2853", 1, 0.2852704530},
    {"02-erlang-c", THIRTEEN, OH_QUEUE, "service_level", "0.7956 ", "0.7956", 1, 0.7955947884},
    {"02-erlang-c", THIRTEEN, OH_QUEUE, "asa", "17.1 s", "17.1", 1, 17.1162272},
    {"02-erlang-c", FOURTEEN, OH_QUEUE, "delayed", "14       0.1741", "0.1741", 1, 0.1741319336},
    {"02-erlang-c", FOURTEEN, OH_QUEUE, "service_level", "0.8884 ", "0.8884", 1, 0.8883500192},
    {"02-erlang-c", FOURTEEN, OH_QUEUE, "asa", "7.8 s", "7.8", 1, 7.8359370},
    {"03-patience", NULL, OH_QUEUE, "delayed", "must wait        0.1453", "0.1453", 1, 0.14526011},
    {"03-patience", NULL, OH_QUEUE, "service_level", "0.9168 of all offered", "0.9168", 1,
     0.91679209},
    {"03-patience", NULL, OH_QUEUE, "service_level_answered", "0.9298 of the", "0.9298", 1,
     0.92979409},
    {"03-patience", NULL, OH_QUEUE, "service_level_net", "0.9234 when", "0.9234", 1, 0.92340732},
    {"03-patience", NULL, OH_QUEUE, "service_level_credit", "0.9240 when", "0.9240", 1, 0.92395603},
    {"03-patience", NULL, OH_QUEUE, "abandon_rate", "hung up                    0.01398", "0.01398",
     1, 0.01398374},
    {"03-patience", NULL, OH_QUEUE, "wait", "4.195 s", "4.195", 1, 4.195123},
    {"03-patience", TEN, OH_QUEUE, "abandon_rate", "10.9 % hang up", "10.9", 100, 0.109438},
    {"03-patience", TEN, OH_QUEUE, "service_level", "0.5168 are answered", "0.5168", 1, 0.51681017},
};

#define LATE_LUNCH "agents.desk.count.column=late_lunch"
#define ONE_MORE   "agents.desk.count.column=one_more"
#define DOUBLED    "queues.support.patience={hung_up_by: {80 s: 15%}}"
#define PATIENCE   "queues.support.patience={mixture: [{share: 15%, constant: 40 s}, "
#define OR_NEVER   PATIENCE "{share: 85%, never: true}]}"
#define OR_LATER   PATIENCE "{share: 85%, exponential: 5 min}]}"

/* What 200 days at seed 1 give. */
static const struct claim forty_seconds[] = {
    {"forty-seconds", NULL, OH_QUEUE, "service_level", "106 hours          78.2 %", "78.2", 100,
     NAN},
    {"forty-seconds", NULL, OH_QUEUE, "abandon_rate", "78.2 %       6.1 %", "6.1", 100, NAN},
    {"forty-seconds", NULL, OH_QUEUE, "target_met", "6.1 %      36 %\n", "36", 100, NAN},
    {"forty-seconds", NULL, OH_QUEUE, "service_level", "at that pace           78.2 %", "78.2", 100,
     NAN},
    {"forty-seconds", NULL, OH_QUEUE, "wait", "6.1 %      15 s\n", "15", 1, NAN},
    {"forty-seconds", LATE_LUNCH, OH_QUEUE, "service_level", "106 hours       82.4 %", "82.4", 100,
     NAN},
    {"forty-seconds", LATE_LUNCH, OH_QUEUE, "abandon_rate", "82.4 %       4.4 %", "4.4", 100, NAN},
    {"forty-seconds", LATE_LUNCH, OH_QUEUE, "target_met", "4.4 %      70 %\n", "70", 100, NAN},
    {"forty-seconds", ONE_MORE, OH_QUEUE, "service_level", "118 hours     89.7 %", "89.7", 100,
     NAN},
    {"forty-seconds", ONE_MORE, OH_QUEUE, "abandon_rate", "89.7 %       2.3 %", "2.3", 100, NAN},
    {"forty-seconds", ONE_MORE, OH_QUEUE, "target_met", "2.3 %     100 %\n", "100", 100, NAN},
    {"forty-seconds", DOUBLED, OH_QUEUE, "abandon_rate", "4.9 % hang up", "4.9", 100, NAN},
    {"forty-seconds", DOUBLED, OH_QUEUE, "service_level", "74.7 % are answered", "74.7", 100, NAN},
    {"forty-seconds", OR_NEVER, OH_QUEUE, "service_level", "others never              71.2 %",
     "71.2", 100, NAN},
    {"forty-seconds", OR_NEVER, OH_QUEUE, "abandon_rate", "71.2 %       3.6 %", "3.6", 100, NAN},
    {"forty-seconds", OR_NEVER, OH_QUEUE, "wait", "3.6 %      53 s\n", "53", 1, NAN},
    {"forty-seconds", OR_LATER, OH_QUEUE, "service_level", "on average   79.1 %", "79.1", 100, NAN},
    {"forty-seconds", OR_LATER, OH_QUEUE, "abandon_rate", "79.1 %       6.3 %", "6.3", 100, NAN},
    {"forty-seconds", OR_LATER, OH_QUEUE, "wait", "6.3 %      13 s\n", "13", 1, NAN},
};

static bool same_run(const struct claim *a, const struct claim *b)
{
    return strcmp(a->file, b->file) == 0 &&
           (a->setting && b->setting ? strcmp(a->setting, b->setting) == 0
                                     : a->setting == b->setting);
}

static struct trial run_claimed(const struct claim *claim)
{
    char file[128];
    const char *settings[] = {claim->setting, NULL};
    snprintf(file, sizeof file, "scenarios/%s.yaml", claim->file);
    struct trial trial = trial_file(file, settings);
    trial_run(&trial, NULL);
    return trial;
}

/* The text says it, and `value` rounds to what it says. */
static void expect_claim(const struct trial *trial, const struct claim *claim, double value)
{
    const char *where = claim->setting ? claim->setting : "as it is";
    assert_that(strstr(oh_model_about(trial->model), claim->line) != NULL,
                "%s.yaml does not say \"%s\"", claim->file, claim->line);
    assert_that(strstr(claim->line, claim->figure) != NULL, "\"%s\" is not in \"%s\"",
                claim->figure, claim->line);
    const char *point = strchr(claim->figure, '.');
    size_t decimals = point ? strlen(point + 1) : 0;
    double half_digit = 0.5 * pow(10, -(double)decimals);
    assert_that(fabs(claim->scale * value - atof(claim->figure)) <= half_digit * (1 + 1e-9),
                "%s (%s): %s is %.8g, but about: says %s", claim->file, where, claim->metric,
                claim->scale * value, claim->figure);
}

/* Where there is theory, the text says what theory says and the simulation agrees with it. */
static void expect_claims(const struct claim *claims, size_t n)
{
    struct trial trial = {0};
    for (size_t i = 0; i < n; i++) {
        const struct claim *claim = &claims[i];
        if (i == 0 || !same_run(claim, claim - 1)) {
            trial_free(&trial);
            trial = run_claimed(claim);
        }
        if (isnan(claim->exact)) {
            expect_claim(&trial, claim, trial_value(&trial, claim->level, NULL, claim->metric));
        } else {
            expect_claim(&trial, claim, claim->exact);
            expect_metric(&trial, claim->level, NULL, claim->metric, claim->exact);
        }
    }
    trial_free(&trial);
}

static void the_figures_of_the_lessons_are_exact_and_simulation_agrees(void **state)
{
    (void)state;
    expect_claims(lessons, sizeof lessons / sizeof lessons[0]);
}

static void the_figures_of_forty_seconds_are_what_200_days_give(void **state)
{
    (void)state;
    expect_claims(forty_seconds, sizeof forty_seconds / sizeof forty_seconds[0]);
}

static void at_noon_of_forty_seconds_22_percent_hang_up(void **state)
{
    (void)state;
    enum { NOON = 8 }; /* half hours after 08:00 */
    const struct claim claim = {"forty-seconds",
                                NULL,
                                OH_QUEUE,
                                "abandon_rate",
                                "from 12:00 to 12:30 22 % of",
                                "22",
                                100,
                                NAN};
    struct trial trial = run_claimed(&claim);
    assert_string_equal(oh_result_interval(trial.result, NOON).start, "12:00");
    expect_claim(&trial, &claim, trial_read(&trial, OH_QUEUE, NULL, NOON, claim.metric).value);
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_figures_of_the_lessons_are_exact_and_simulation_agrees),
        cmocka_unit_test(the_figures_of_forty_seconds_are_what_200_days_give),
        cmocka_unit_test(at_noon_of_forty_seconds_22_percent_hang_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
