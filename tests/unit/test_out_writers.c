/* test_out_writers.c - the writers on a result made by hand: every byte is known.
 */
#include "fake_result.h"

#include <jansson.h>
#include <stdlib.h>

static const oh_write_context context = {.file = "a,b.yaml", .variant = "", .sha256 = "00ff"};

/* One queue that misses its target, one without any, one group; two half hours. */
static void make_day(void)
{
    static const char *const queues[] = {"support", "sales", NULL};
    static const char *const groups[] = {"desk", NULL};
    fake_begin("A \"small\" line", queues, groups);
    fake_interval("08:00", "08:30");
    fake_interval("08:30", "09:00");
    for (long period = OH_WHOLE; period < 2; period++) {
        fake_put(OH_QUEUE, 0, period, "offered", period < 0 ? 100 : 50, 2.5);
        fake_put(OH_QUEUE, 0, period, "answered", period < 0 ? 90 : 45, 2.5);
        fake_put(OH_QUEUE, 0, period, "abandoned", period < 0 ? 10 : 5, 0.5);
        struct fake_figure *f =
            fake_put(OH_QUEUE, 0, period, "service_level", period == 1 ? 0.5 : 0.741, 0.006);
        fake_target(f, 0.8, 20, false);
        f->days = 3;
        f->day[0] = 0.70;
        f->day[1] = 0.74;
        f->day[2] = 0.82;
        fake_put(OH_QUEUE, 0, period, "abandon_rate", 0.1, 0.01);
        fake_put(OH_QUEUE, 0, period, "asa", 21, 1);
        fake_put(OH_QUEUE, 0, period, "target_met", period < 0 ? 0.3 : 0.1, 0.1);
        fake_put(OH_QUEUE, 1, period, "offered", 0, 0);
        fake_put(OH_QUEUE, 1, period, "abandon_rate", NAN, NAN);
    }
    fake_put(OH_QUEUE, 0, OH_WHOLE, "aht", 245, 3);
    fake_put(OH_AGENTS, 0, OH_WHOLE, "staffed", 12, 0);
    fake_put(OH_AGENTS, 0, OH_WHOLE, "occupancy", 0.81, 0.002);
    fake_put(OH_TOTAL, 0, OH_WHOLE, "offered", 100, 2.5);
    fake.bins = 3;
    const double edges[] = {0, 0, 10, 40};
    memcpy(fake.edges, edges, sizeof edges);
    fake.answered[0] = 15000;
    fake.answered[1] = 2000;
    fake.answered[2] = 1000;
    fake.abandoned[2] = 2000;
}

static char *written(const char *name, const oh_write_context *with)
{
    struct text text = {0};
    assert_int_equal(oh_writer_find(name)->write(&fake, with, text_sink(&text)), OH_OK);
    return text.at;
}

static void json_is_exactly_as_documented(void **state)
{
    (void)state;
    static const char *const queues[] = {"support", NULL};
    static const char *const groups[] = {"desk", NULL};
    static const char *const settings[] = {"agents.desk.count=12"}, *const warnings[] = {"mind"};
    oh_write_context with = context;
    with.settings = settings;
    with.settings_count = 1;
    with.warnings = warnings;
    with.warnings_count = 1;
    fake_begin("Small", queues, groups);
    fake_interval("08:00", "08:30");
    struct fake_figure *f = fake_put(OH_QUEUE, 0, OH_WHOLE, "service_level", 0.8123, 0.0041);
    fake_target(f, 0.8, 20, false);
    f->days = 1;
    f->day[0] = 0.8123;
    fake_put(OH_QUEUE, 0, OH_WHOLE, "asa", NAN, NAN);
    fake_put(OH_AGENTS, 0, OH_WHOLE, "occupancy", 0.75, NAN);
    fake_put(OH_QUEUE, 0, 0, "asa", 2, 0.5);
    char *json = written("json", &with);
    assert_string_equal(
        json,
        "{\n"
        " \"onhold\": \"0.1.0\",\n"
        " \"format\": 1,\n"
        " \"scenario\": {\"name\": \"Small\", \"file\": \"a,b.yaml\", \"sha256\": \"00ff\", "
        "\"set\": [\"agents.desk.count=12\"]},\n"
        " \"experiment\": {\"replications\": 200, \"replication\": \"day\", \"first\": 1, "
        "\"seed\": 1, \"confidence\": 0.95, \"stopped_by\": \"replications\"},\n"
        " \"queues\": {\n"
        "  \"support\": {\n"
        "   \"service_level\": {\"value\": 0.8123, \"half_width\": 0.0041, \"unit\": \"share\", "
        "\"target\": 0.8, \"within\": 20, \"met\": true, \"spread\": {\"n\": 1, \"mean\": 0.8123, "
        "\"sd\": 0, \"p5\": 0.8123, \"p25\": 0.8123, \"p50\": 0.8123, \"p75\": 0.8123, \"p95\": "
        "0.8123, \"min\": 0.8123, \"max\": 0.8123}},\n"
        "   \"asa\": {\"value\": null, \"half_width\": null, \"unit\": \"s\"}\n"
        "  }\n"
        " },\n"
        " \"agents\": {\n"
        "  \"desk\": {\n"
        "   \"occupancy\": {\"value\": 0.75, \"half_width\": null, \"unit\": \"share\"}\n"
        "  }\n"
        " },\n"
        " \"total\": {},\n"
        " \"intervals\": [\n"
        "  {\n"
        "   \"day\": null,\n"
        "   \"start\": \"08:00\",\n"
        "   \"end\": \"08:30\",\n"
        "   \"queues\": {\n"
        "    \"support\": {\n"
        "     \"asa\": {\"value\": 2, \"half_width\": 0.5, \"unit\": \"s\"}\n"
        "    }\n"
        "   },\n"
        "   \"agents\": {\n"
        "    \"desk\": {}\n"
        "   }\n"
        "  }\n"
        " ],\n"
        " \"histograms\": {\n"
        "  \"support\": {\n"
        "   \"wait\": {\n"
        "    \"edges\": [],\n"
        "    \"answered\": [],\n"
        "    \"abandoned\": []\n"
        "   }\n"
        "  }\n"
        " },\n"
        " \"analytic\": {},\n"
        " \"warnings\": [\n"
        "  \"mind\"\n"
        " ]\n"
        "}\n");
    free(json);
}

static void json_reads_back_with_every_figure(void **state)
{
    (void)state;
    make_day();
    char *text = written("json", &context);
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    const char *name;
    double value;
    int replications;
    assert_int_equal(json_unpack(root, "{s:{s:s}, s:{s:i}, s:{s:{s:{s:F}}}}", "scenario", "name",
                                 &name, "experiment", "replications", &replications, "queues",
                                 "support", "service_level", "value", &value),
                     0);
    assert_string_equal(name, "A \"small\" line");
    assert_int_equal(replications, 200);
    assert_same(value, 0.741);
    assert_true(json_is_null(json_object_get(
        json_object_get(json_object_get(json_object_get(root, "queues"), "sales"), "abandon_rate"),
        "value")));
    assert_int_equal(json_array_size(json_object_get(root, "intervals")), 2);
    json_t *wait =
        json_object_get(json_object_get(json_object_get(root, "histograms"), "support"), "wait");
    assert_int_equal(json_array_size(json_object_get(wait, "edges")), 4);
    assert_int_equal(json_array_size(json_object_get(wait, "answered")), 3);
    json_decref(root);
    free(text);
}

static void csv_is_long_and_tidy(void **state)
{
    (void)state;
    make_day();
    char *csv = written("csv", &context);
    static const char head[] =
        "file,scenario,variant,level,name,day,start,end,metric,value,half_width,unit,sd,p5,p25,p50,"
        "p75,p95,min,max\n"
        "\"a,b.yaml\",\"A \"\"small\"\" line\",,queues,support,,,,offered,100,2.5,calls,,,,,,,,\n";
    assert_memory_equal(csv, head, sizeof head - 1);
    assert_non_null(strstr(csv,
                           "\"a,b.yaml\",\"A \"\"small\"\" line\",,queues,support,,08:30,09:00,"
                           "service_level,0.5,0.006,share,0,0.7,0.7,0.7,0.7,0.82,0.7,0.82\n"));
    assert_non_null(strstr(csv, ",,queues,sales,,,,abandon_rate,,,share,,,,,,,,\n"));
    assert_non_null(strstr(csv, ",,total,total,,,,offered,100,2.5,calls,,,,,,,,\n"));
    /* every row has all columns */
    for (char *line = strtok(csv, "\n"); line; line = strtok(NULL, "\n")) {
        int commas = 0;
        bool quoted = false;
        for (; *line; line++) {
            quoted = quoted != (*line == '"');
            commas += *line == ',' && !quoted;
        }
        assert_int_equal(commas, 19);
    }
    free(csv);
}

static void the_table_gives_the_verdict_first(void **state)
{
    (void)state;
    make_day();
    char *table = written("table", &context);
    assert_string_equal(
        table,
        "A \"small\" line\n"
        "200 days simulated, seed 1; ± is the 95 % confidence interval\n"
        "\n"
        "Targets\n"
        "  support  80 % in 20 s:    missed, 74.1 % ± 0.6  met on 3 of 10 days\n"
        "  sales    no target given\n"
        "  service_level: service level (answered within t / offered)\n"
        "\n"
        "Calls, average day\n"
        "  queue    offered  answered  abandoned                 AHT   ASA  P90 wait  longest\n"
        "  support      100        90         10  10.0 %  4 min 05 s  21 s         –        –\n"
        "  sales          0         –          –       –           –     –         –        –\n"
        "  all          100         –          –       –           –     –         –        –\n"
        "  Waits are those of answered calls; 9 of 10 wait at most the P90 wait; longest: the mean "
        "of\n"
        "  the days' longest waits.\n"
        "\n"
        "Agents, average over time\n"
        "  group  scheduled  planned  staffed  busy     occupancy  overtime\n"
        "  desk           –        –     12.0     –  81.0 % ± 0.2         –\n"
        "\n"
        "Worst half hour of each queue, worst first\n"
        "  queue    when         how bad               offered  abandoned          target met\n"
        "  support  08:30–09:00  50.0 % ± 0.6 in 20 s       50          5  10.0 %  on 1 of 10 "
        "days\n");
    free(table);
}

static void many_queues_are_summed_up_in_one_line(void **state)
{
    (void)state;
    static char names[50][12];
    static const char *queues[51];
    static const char *const groups[] = {NULL};
    for (size_t q = 0; q < 50; q++) {
        snprintf(names[q], sizeof names[q], "queue_%02zu", q);
        queues[q] = names[q];
    }
    fake_begin("Fifty", queues, groups);
    for (size_t q = 0; q < 50; q++)
        fake_target(fake_put(OH_QUEUE, q, OH_WHOLE, "service_level",
                             q < 7    ? 0.7
                             : q < 12 ? 0.801
                                      : 0.9,
                             0.01),
                    0.8, 20, false);
    char *table = written("table", &context);
    assert_non_null(strstr(table, "38 of 50 targets met, 7 missed, 5 cannot be told yet\n"));
    free(table);
}

static void colour_is_only_used_when_asked(void **state)
{
    (void)state;
    make_day();
    oh_write_context with = context;
    char *plain = written("table", &with);
    assert_null(strchr(plain, '\033'));
    with.colour = true;
    char *painted = written("table", &with);
    assert_non_null(strstr(painted, "\033[1;31mmissed, 74.1 % ± 0.6\033[0m"));
    free(plain);
    free(painted);
    char *markdown = written("md", &with);
    assert_null(strchr(markdown, '\033'));
    assert_non_null(strstr(markdown, "| support | 80 % in 20 s: | missed, 74.1 % ± 0.6 |"));
    free(markdown);
}

static void plots_hold_percent_and_one_block_for_each_thing(void **state)
{
    (void)state;
    make_day();
    struct text text = {0};
    for (size_t i = 0; i < oh_plot_count(); i++) {
        size_t before = text.length;
        assert_int_equal(oh_plot_at(i)->write(&fake, &context, text_sink(&text)), OH_OK);
        assert_true(text.at[before] == '#');
    }
    /* of 20,000 calls 75 % are answered at once and 85 % within 10 s; 10 % hang up by 40 s */
    assert_non_null(strstr(text.at, "\n0 75 100 \n10 85 100 \n40 90 90 \n"));
    assert_non_null(strstr(text.at, "\"support\" \"80 % in 20 s: missed, 74.1 % ± 0.6\""));
    assert_null(strstr(text.at, "nan"));
    text_free(&text);
}

static void bins_of_days_part_at_the_target(void **state)
{
    (void)state;
    make_day();
    struct text text = {0};
    const oh_writer *plot = NULL;
    for (size_t i = 0; i < oh_plot_count(); i++)
        if (strcmp(oh_plot_at(i)->name, "service_level_days") == 0)
            plot = oh_plot_at(i);
    assert_non_null(plot);
    assert_int_equal(plot->write(&fake, &context, text_sink(&text)), OH_OK);
    /* 70, 74 and 82 %: a third of the days each, the last one beyond the target */
    assert_non_null(strstr(text.at, "\n70 71 33.33"));
    assert_non_null(strstr(text.at, "\n74 75 33.33"));
    assert_non_null(strstr(text.at, "\n82 83 0 33.33"));
    text_free(&text);
    /* a day of exactly 80 % has met it */
    for (size_t i = 0; i < fake.figures; i++)
        if (fake.figure[i].days == 3)
            fake.figure[i].day[1] = 0.8;
    assert_int_equal(plot->write(&fake, &context, text_sink(&text)), OH_OK);
    assert_non_null(strstr(text.at, "\n80 81 0 33.33"));
    text_free(&text);
}

/* ---- weeks ---- */

/* Two nights, the first from ten to two; one queue that misses its target on the second. */
static void make_week(void)
{
    static const char *const queues[] = {"support", NULL};
    static const char *const groups[] = {"desk", NULL};
    fake_begin("Nights", queues, groups);
    fake.info.replication = "week";
    fake_interval_on("mon", "22:00", "24:00");
    fake_interval_on("mon", "00:00", "02:00");
    fake_interval_on("sat", "09:00", "11:00");
    for (long period = OH_DAY(1); period < 3; period++) {
        fake_put(OH_QUEUE, 0, period, "offered", 100, 2);
        fake_put(OH_QUEUE, 0, period, "answered", 90, 2);
        fake_put(OH_QUEUE, 0, period, "abandoned", 10, 0.5);
        fake_put(OH_QUEUE, 0, period, "abandon_rate", 0.1, 0.01);
        bool bad = period == OH_DAY(1) || period == 1;
        fake_target(fake_put(OH_QUEUE, 0, period, "service_level", bad ? 0.7 : 0.85, 0.006), 0.8,
                    20, false);
        fake_put(OH_TOTAL, 0, period, "staffed", 8, 0);
        fake_put(OH_TOTAL, 0, period, "occupancy", 0.75, 0);
    }
}

static void the_days_of_a_week_stand_beside_one_another(void **state)
{
    (void)state;
    make_week();
    char *table = written("table", &context);
    assert_non_null(strstr(
        table, "\nDays of the week\n"
               "  queue    day  offered  abandoned          80 % in 20 s          staffed  "
               "occupancy\n"
               "  support  Mon      100         10  10.0 %  85.0 % ± 0.6  met         8.0     "
               "75.0 %\n"
               "           Sat      100         10  10.0 %  70.0 % ± 0.6  missed      8.0     "
               "75.0 %\n"));
    assert_non_null(strstr(table, "\n  support  night of Mon, 00:00–02:00  70.0 % ± 0.6 in 20 s"));
    free(table);
}

static void many_queues_get_a_line_each_for_the_days(void **state)
{
    (void)state;
    static char names[50][12];
    static const char *queues[51];
    static const char *const groups[] = {NULL};
    for (size_t q = 0; q < 50; q++) {
        snprintf(names[q], sizeof names[q], "queue_%02zu", q);
        queues[q] = names[q];
    }
    fake_begin("Fifty", queues, groups);
    fake.info.replication = "week";
    fake_interval_on("mon", "08:00", "12:00");
    fake_interval_on("tue", "08:00", "12:00");
    for (size_t q = 0; q < 50; q++) {
        fake_put(OH_QUEUE, q, OH_WHOLE, "offered", q == 7 ? 900 : 20 + (double)q, 1);
        for (long period = OH_DAY(1); period < 2; period++)
            fake_target(fake_put(OH_QUEUE, q, period, "service_level",
                                 period == OH_DAY(0) ? 0.7 : 0.801, 0.01),
                        0.8, 20, false);
    }
    for (size_t d = 0; d < 2; d++)
        fake_put(OH_TOTAL, 0, OH_DAY(d), "offered", 1000 + (double)d, 2);
    char *table = written("table", &context);
    const char *days = strstr(table, "\nDays of the week, the 10 busiest queues\n");
    assert_non_null(days);
    size_t lines = 0;
    for (const char *c = days + 1; *c; c++)
        lines += *c == '\n';
    assert_int_equal(lines, 1 + 1 + 10 + 4 + 1);
    assert_non_null(strstr(days, "\n  queue_07           *70.0 %  ?80.1 %\n"));
    assert_non_null(strstr(days, "\n  all, offered         1,000    1,001\n"));
    assert_null(strstr(days, "queue_20  "));
    free(table);
}

/* The data of one plot. */
static char *plotted(const char *name)
{
    struct text text = {0};
    for (size_t i = 0; i < oh_plot_count(); i++)
        if (strcmp(oh_plot_at(i)->name, name) == 0)
            assert_int_equal(oh_plot_at(i)->write(&fake, &context, text_sink(&text)), OH_OK);
    assert_non_null(text.at);
    return text.at;
}

static void the_openings_of_a_week_lie_side_by_side_with_a_gap(void **state)
{
    (void)state;
    make_week();
    char *data = plotted("day_profile");
    /* six hours of opening: a gap of 2.2 % of them is 475.2 s */
    assert_non_null(strstr(data, "\"How does the week run?\""));
    assert_non_null(strstr(data, "\n0 22075.2 0 \n"));
    assert_non_null(strstr(data, "\n7200 \"00:00\" \n"));
    assert_non_null(strstr(data, "\n14875.2 \"09:00\" \n"));
    assert_non_null(strstr(data, "\n7200 \"Mon\" 14637.6 \n"));
    assert_non_null(strstr(data, "\n18475.2 \"Sat\" -1 \n"));
    assert_non_null(strstr(data, "\n0 7200 3600 100 "));
    assert_non_null(strstr(data, "\n7200 14400 10800 100 "));
    assert_non_null(strstr(data, "\n\n14875.2 22075.2 18475.2 100 "));
    free(data);
    data = plotted("staffing");
    assert_non_null(strstr(data, "\n14400 14400 "));
    assert_non_null(strstr(data, "\n22075.2 22075.2 "));
    free(data);
}

static void days_without_a_night_between_have_no_gap(void **state)
{
    (void)state;
    static const char *const queues[] = {"support", NULL};
    static const char *const groups[] = {"desk", NULL};
    fake_begin("Round the clock", queues, groups);
    fake.info.replication = "week";
    fake_interval_on("mon", "00:00", "12:00");
    fake_interval_on("mon", "12:00", "24:00");
    fake_interval_on("tue", "00:00", "12:00");
    fake_interval_on("tue", "12:00", "24:00");
    for (long i = 0; i < 4; i++)
        fake_put(OH_QUEUE, 0, i, "offered", 100, 1);
    char *data = plotted("day_profile");
    assert_non_null(strstr(data, "\n0 172800 0 \n"));
    assert_non_null(strstr(data, "\n43200 \"Mon\" 86400 \n"));
    assert_non_null(strstr(data, "NaN \n86400 129600 108000 100 "));
    free(data);
}

/* ---- what happens beside calls ---- */

static void only_what_happens_is_told(void **state)
{
    (void)state;
    make_day();
    fake_put(OH_QUEUE, 0, OH_WHOLE, "arrivals", 120, 1);
    fake_put(OH_QUEUE, 0, OH_WHOLE, "blocked", 12.25, 1);
    fake_put(OH_QUEUE, 0, OH_WHOLE, "redials", 0, 0);
    fake_put(OH_QUEUE, 0, OH_WHOLE, "caller_answer_rate", 0.92, 0.01);
    char *table = written("table", &context);
    assert_non_null(strstr(table, "\nWhat else happened, average day\n"
                                  "                       support\n"
                                  "  found the line busy     12.3\n"
                                  "\n"));
    assert_null(strstr(table, "Money"));
    free(table);
}

static void callers_are_told_from_calls_where_they_differ(void **state)
{
    (void)state;
    make_day();
    fake_put(OH_QUEUE, 0, OH_WHOLE, "redials", 84, 1);
    fake_put(OH_QUEUE, 1, OH_WHOLE, "callbacks_accepted", 20, 1);
    fake_put(OH_QUEUE, 1, OH_WHOLE, "callbacks_done", 18, 1);
    fake_put(OH_QUEUE, 1, OH_WHOLE, "callback_wait", 750, 1);
    fake_put(OH_TOTAL, 0, OH_WHOLE, "redials", 84, 1);
    fake_put(OH_TOTAL, 0, OH_WHOLE, "caller_answer_rate", 0.92, 0.01);
    fake_put(OH_QUEUE, 0, OH_WHOLE, "caller_answer_rate", 0.95, 0.01);
    char *table = written("table", &context);
    assert_non_null(strstr(
        table, "\n                                               support        sales   all\n"
               "  tried again after hanging up or a busy line       84                 84\n"
               "  accepted a call-back                                           20\n"
               "  reached by a call-back                                         18\n"
               "  time from asking to the call-back                     12 min 30 s\n"
               "  of 100 callers, answered in the end             95.0               92.0\n"));
    free(table);
}

static void money_is_told_with_its_currency(void **state)
{
    (void)state;
    make_day();
    fake.model.currency = "EUR";
    fake_put(OH_TOTAL, 0, OH_WHOLE, "cost", 18537.6, 121);
    fake_put(OH_TOTAL, 0, OH_WHOLE, "value", 20000, 100);
    fake_put(OH_TOTAL, 0, OH_WHOLE, "profit", -18537.6, 121);
    char *table = written("table", &context);
    assert_non_null(strstr(table, "\nMoney, average day\n"
                                  "  cost  18,538 ± 121 EUR\n"
                                  "\n"));
    free(table);
    fake_put(OH_QUEUE, 0, OH_WHOLE, "value", 20000, 100);
    fake_put(OH_QUEUE, 0, OH_WHOLE, "cost", 537.6, 10);
    fake_put(OH_AGENTS, 0, OH_WHOLE, "cost", 18000, 0);
    table = written("table", &context);
    assert_non_null(strstr(table, "\n    of agents                    18,000 EUR\n"
                                  "    of lost and waiting callers  538 EUR\n"
                                  "  value of answered calls        20,000 ± 100 EUR\n"
                                  "  profit                         -18,538 ± 121 EUR\n"));
    free(table);
}

static void the_mix_is_stacked_with_the_rest_on_top(void **state)
{
    (void)state;
    static const char *const queues[] = {"a", "b", "c", "d", "e", "f", NULL};
    static const char *const groups[] = {NULL};
    fake_begin("Mix", queues, groups);
    fake_interval("08:00", "09:00");
    for (long period = OH_WHOLE; period < 1; period++) {
        for (size_t q = 0; q < 6; q++) {
            fake_put(OH_QUEUE, q, period, "offered", q < 2 ? 5 : 10, 0);
            fake_put(OH_QUEUE, q, period, "load", q == 2 ? 3 : 1, NAN);
        }
        fake_put(OH_TOTAL, 0, period, "offered", 50, 0);
        fake_put(OH_TOTAL, 0, period, "load", 8, NAN);
    }
    char *data = plotted("channel_mix");
    assert_non_null(strstr(data, "\n5 \"contacts per hour\""));
    assert_non_null(strstr(data, "\"c\" \"c 20.0 %\" \"c 37.5 %\" \n"));
    assert_non_null(strstr(data, "\"others\" \"others 20.0 %\" \"others 25.0 %\" \n"));
    assert_non_null(strstr(data, "\n28800 32400 10 20 30 40 50 3 4 5 6 8 \n"));
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_exactly_as_documented),
        cmocka_unit_test(json_reads_back_with_every_figure),
        cmocka_unit_test(csv_is_long_and_tidy),
        cmocka_unit_test(the_table_gives_the_verdict_first),
        cmocka_unit_test(many_queues_are_summed_up_in_one_line),
        cmocka_unit_test(colour_is_only_used_when_asked),
        cmocka_unit_test(plots_hold_percent_and_one_block_for_each_thing),
        cmocka_unit_test(bins_of_days_part_at_the_target),
        cmocka_unit_test(the_days_of_a_week_stand_beside_one_another),
        cmocka_unit_test(many_queues_get_a_line_each_for_the_days),
        cmocka_unit_test(the_openings_of_a_week_lie_side_by_side_with_a_gap),
        cmocka_unit_test(days_without_a_night_between_have_no_gap),
        cmocka_unit_test(only_what_happens_is_told),
        cmocka_unit_test(callers_are_told_from_calls_where_they_differ),
        cmocka_unit_test(money_is_told_with_its_currency),
        cmocka_unit_test(the_mix_is_stacked_with_the_rest_on_top),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
