/* test_out_text.c - the emitters under the writers: JSON and CSV text, figures in words, grids.
 */
#include "../support/support.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "../../sim/out/csv_text.h"
#include "../../sim/out/grid.h"
#include "../../sim/out/json_text.h"
#include "../../sim/out/wording.h"

/* ---- JSON ---- */

static void json_is_laid_out_in_lines_and_flat_inside(void **state)
{
    (void)state;
    struct text text = {0};
    struct json j = js_to(text_sink(&text));
    js_open_map(&j, NULL, JSON_LINES);
    js_string(&j, "name", "a");
    js_open_map(&j, "flat", JSON_FLAT);
    js_whole(&j, "n", 3);
    js_open_list(&j, "list", JSON_LINES);
    js_real(&j, NULL, 0.1);
    js_bool(&j, NULL, true);
    js_null(&j, NULL);
    js_close(&j);
    js_close(&j);
    js_open_list(&j, "empty", JSON_LINES);
    js_close(&j);
    js_close(&j);
    assert_int_equal(js_end(&j), OH_OK);
    assert_string_equal(text.at,
                        "{\n \"name\": \"a\",\n \"flat\": {\"n\": 3, \"list\": [0.1, true, "
                        "null]},\n \"empty\": []\n}\n");
    text_free(&text);
}

static void json_text_reads_back_as_it_was(void **state)
{
    (void)state;
    static const char odd[] = "quote \" backslash \\ tab \t line \n bell \a del \x7F é – 通話 😀";
    struct text text = {0};
    struct json j = js_to(text_sink(&text));
    js_open_map(&j, NULL, JSON_LINES);
    js_string(&j, odd, odd);
    js_close(&j);
    assert_int_equal(js_end(&j), OH_OK);
    json_t *root = json_loads(text.at, 0, NULL);
    assert_non_null(root);
    assert_string_equal(json_string_value(json_object_get(root, odd)), odd);
    json_decref(root);
    text_free(&text);
}

static void json_replaces_bytes_that_are_not_text(void **state)
{
    (void)state;
    struct text text = {0};
    struct json j = js_to(text_sink(&text));
    js_open_list(&j, NULL, JSON_FLAT);
    js_string(&j, NULL, "a\xFF\xC0\xAF\xED\xA0\x80z\xE2\x82");
    js_close(&j);
    assert_int_equal(js_end(&j), OH_OK);
    json_t *root = json_loads(text.at, 0, NULL);
    assert_non_null(root);
    const char *value = json_string_value(json_array_get(root, 0));
    assert_true(strncmp(value, "a\xEF\xBF\xBD", 4) == 0);
    assert_non_null(strchr(value, 'z'));
    json_decref(root);
    text_free(&text);
}

static void json_has_null_for_what_is_no_number(void **state)
{
    (void)state;
    struct text text = {0};
    struct json j = js_to(text_sink(&text));
    js_open_list(&j, NULL, JSON_FLAT);
    js_real(&j, NULL, NAN);
    js_real(&j, NULL, INFINITY);
    js_string(&j, NULL, NULL);
    js_close(&j);
    assert_int_equal(js_end(&j), OH_OK);
    assert_string_equal(text.at, "[null, null, null]\n");
    text_free(&text);
}

static void json_reals_read_back_equal(void **state)
{
    (void)state;
    static const double values[] = {0.1, 1.0 / 3, 1e-300, 123456789.125, 246.12515, -0.5, 5e-324};
    enum { N = sizeof values / sizeof *values };
    struct text text = {0};
    struct json j = js_to(text_sink(&text));
    js_open_list(&j, NULL, JSON_FLAT);
    for (size_t i = 0; i < N; i++)
        js_real(&j, NULL, values[i]);
    js_close(&j);
    assert_int_equal(js_end(&j), OH_OK);
    json_t *root = json_loads(text.at, 0, NULL);
    assert_non_null(root);
    for (size_t i = 0; i < N; i++)
        assert_same(json_number_value(json_array_get(root, i)), values[i]);
    json_decref(root);
    text_free(&text);
}

static void json_too_deep_is_refused(void **state)
{
    (void)state;
    struct text text = {0};
    struct json j = js_to(text_sink(&text));
    for (int i = 0; i <= JSON_DEPTH; i++)
        js_open_list(&j, NULL, JSON_FLAT);
    assert_int_equal(js_end(&j), OH_IO);
    text_free(&text);
}

/* ---- CSV ---- */

static void csv_quotes_what_needs_it_and_nothing_else(void **state)
{
    (void)state;
    struct text text = {0};
    struct csv c = cs_to(text_sink(&text));
    cs_field(&c, "plain text");
    cs_field(&c, "a,b");
    cs_field(&c, "say \"hi\"");
    cs_field(&c, "two\nlines");
    cs_field(&c, "\"");
    cs_field(&c, "");
    cs_field(&c, NULL);
    cs_real(&c, 0.25);
    cs_real(&c, NAN);
    cs_whole(&c, 7);
    cs_end_row(&c);
    cs_field(&c, "next");
    cs_end_row(&c);
    assert_false(c.emit.failed);
    assert_string_equal(text.at, "plain text,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"\"\"\",,,"
                                 "0.25,,7\nnext\n");
    text_free(&text);
}

/* ---- words ---- */

static void durations_are_in_people_s_words(void **state)
{
    (void)state;
    static const struct {
        double seconds;
        const char *words;
    } cases[] = {{0, "0 s"},
                 {0.01, "under 0.1 s"},
                 {0.4, "0.4 s"},
                 {7, "7 s"},
                 {7.26, "7.3 s"},
                 {9.96, "10 s"},
                 {59.4, "59 s"},
                 {59.6, "1 min 00 s"},
                 {125, "2 min 05 s"},
                 {3599.4, "59 min 59 s"},
                 {3599.6, "1 h 00 min"},
                 {4800, "1 h 20 min"},
                 {86399, "1 d 00 h"},
                 {100800, "1 d 04 h"},
                 {INFINITY, "endless"},
                 {NAN, "\xE2\x80\x93"}};
    char words[WORDS];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(word_duration(words, cases[i].seconds), cases[i].words);
}

static void counts_have_the_digits_that_matter(void **state)
{
    (void)state;
    char words[WORDS];
    assert_string_equal(word_count(words, 3), "3");
    assert_string_equal(word_count(words, 3.25), "3.3");
    assert_string_equal(word_count(words, 99.9), "99.9");
    assert_string_equal(word_count(words, 99.96), "100");
    assert_string_equal(word_count(words, 1436.2), "1,436");
    assert_string_equal(word_count(words, 1234567), "1,234,567");
    assert_string_equal(word_fixed(words, -0.04, 1), "0.0");
    assert_string_equal(word_fixed(words, -1234.56, 1), "-1,234.6");
    assert_string_equal(word_fixed(words, 0.00012, 4), "0.0001");
    assert_string_equal(word_fixed(words, 1e300, 1), "1e300");
}

static void shares_show_more_digits_where_the_interval_is_narrow(void **state)
{
    (void)state;
    char words[WORDS];
    assert_string_equal(word_estimate(words, "share", 0.7412, 0.006), "74.1 % ± 0.6");
    assert_string_equal(word_estimate(words, "share", 0.74125, 0.0003), "74.13 % ± 0.03");
    assert_string_equal(word_estimate(words, "share", 0.7412, NAN), "74.1 %");
    assert_string_equal(word_estimate(words, "s", 125.2, 2.1), "2 min 05 s ± 2.1 s");
    assert_string_equal(word_estimate(words, "calls", 1436.2, 12.3), "1,436 ± 12");
    assert_string_equal(word_estimate(words, "share", NAN, NAN), "\xE2\x80\x93");

    oh_estimate e = {.value = 0.79968, .half_width = 0.006, .has_target = true, .target = 0.8};
    assert_string_equal(word_measured(words, "share", &e, e.half_width), "79.97 % ± 0.6");
    assert_string_equal(word_measured(words, "share", &e, NAN), "79.97 %");
    e.value = 0.799996;
    assert_string_equal(word_measured(words, "share", &e, NAN), "80.000 %");
    e = (oh_estimate){.value = 0.79968, .half_width = NAN, .target = NAN};
    assert_string_equal(word_measured(words, "share", &e, NAN), "80.0 %");
    e = (oh_estimate){.value = 0.80002, .has_target = true, .met = true, .target = 0.8};
    assert_string_equal(word_measured(words, "share", &e, NAN), "80.0 %");
    e = (oh_estimate){.value = 20.04, .has_target = true, .target = 20, .at_most = true};
    assert_string_equal(word_measured(words, "s", &e, 1.5), "20.04 s ± 1.5 s");
    e.value = 120.3;
    e.target = 120;
    assert_string_equal(word_measured(words, "s", &e, NAN), "2 min 00.3 s");
    assert_string_equal(word_round_share(words, 0.07), "7 %");
    assert_string_equal(word_round_share(words, 0.825), "82.5 %");
}

static oh_estimate estimate(double value, double half_width, double target, bool at_most)
{
    return (oh_estimate){.value = value,
                         .half_width = half_width,
                         .has_target = true,
                         .target = target,
                         .within = 20,
                         .at_most = at_most,
                         .met = at_most ? value <= target : value >= target};
}

static void a_verdict_is_open_while_the_interval_straddles_the_target(void **state)
{
    (void)state;
    oh_estimate met = estimate(0.82, 0.01, 0.8, false), missed = estimate(0.74, 0.01, 0.8, false);
    oh_estimate open = estimate(0.805, 0.01, 0.8, false), low = estimate(0.04, 0.005, 0.05, true);
    oh_estimate high = estimate(0.06, 0.005, 0.05, true), one_day = estimate(0.74, NAN, 0.8, false);
    oh_estimate exact = estimate(0.8, 0, 0.8, false), none = estimate(NAN, NAN, 0.8, false);
    assert_int_equal(verdict_of(&met), VERDICT_MET);
    assert_int_equal(verdict_of(&missed), VERDICT_MISSED);
    assert_int_equal(verdict_of(&open), VERDICT_OPEN);
    assert_int_equal(verdict_of(&low), VERDICT_MET);
    assert_int_equal(verdict_of(&high), VERDICT_MISSED);
    assert_int_equal(verdict_of(&one_day), VERDICT_OPEN);
    assert_int_equal(verdict_of(&exact), VERDICT_MET);
    assert_int_equal(verdict_of(&none), VERDICT_UNDEFINED);
    oh_estimate touching = estimate(0.75, 0.25, 0.5, false);
    assert_int_equal(verdict_of(&touching), VERDICT_MET);
}

static void how_often_is_told_in_days_of_ten(void **state)
{
    (void)state;
    char words[WORDS];
    assert_string_equal(word_frequency(words, 0.31, "day"), "on 3 of 10 days");
    assert_string_equal(word_frequency(words, 1, "day"), "on every day");
    assert_string_equal(word_frequency(words, 0.99, "day"), "on almost every day");
    assert_string_equal(word_frequency(words, 0.95, "day"), "on almost every day");
    assert_string_equal(word_frequency(words, 0.02, "day"), "on hardly any day");
    assert_string_equal(word_frequency(words, 0, "run"), "in no run");
    assert_string_equal(word_frequency(words, 0.5, "run"), "in 5 of 10 runs");
}

static void an_interval_past_midnight_belongs_to_the_night_of_its_opening(void **state)
{
    (void)state;
    char words[WORDS];
    oh_interval plain = {"11:30", "12:00", NULL}, monday = {"11:30", "12:00", "mon"};
    oh_interval night = {"00:30", "01:00", "fri"}, evening = {"22:00", "22:30", "fri"};
    assert_string_equal(word_interval(words, &plain, "08:00"), "11:30–12:00");
    assert_string_equal(word_interval(words, &monday, "08:00"), "Mon 11:30–12:00");
    assert_string_equal(word_interval(words, &evening, "22:00"), "Fri 22:00–22:30");
    assert_string_equal(word_interval(words, &night, "22:00"), "night of Fri, 00:30–01:00");
}

static void money_is_whole_from_a_hundred_on(void **state)
{
    (void)state;
    char words[WORDS];
    assert_string_equal(word_sum(words, 18537.6, 121.4, "EUR"), "18,538 ± 121 EUR");
    assert_string_equal(word_sum(words, 4.054, 0.061, "EUR"), "4.05 ± 0.06 EUR");
    assert_string_equal(word_sum(words, 2.25, 0.004, ""), "2.25");
    assert_string_equal(word_sum(words, 99.999, NAN, ""), "100");
    assert_string_equal(word_sum(words, -1204, 3, "GBP"), "-1,204 ± 3 GBP");
    assert_string_equal(word_sum(words, NAN, NAN, "EUR"), "– EUR");
}

/* ---- grids ---- */

static void columns_align_by_characters_and_empty_ones_vanish(void **state)
{
    (void)state;
    struct text text = {0};
    struct emit e = emit_to(text_sink(&text));
    struct arena arena;
    struct grid g;
    arena_init(&arena);
    grid_init(&g, &arena);
    grid_column(&g, "name", false);
    grid_column(&g, "nothing", false);
    grid_column(&g, "value", true);
    struct grid_row *row = grid_row(&g);
    row->cell[0].text = "é–x";
    row->cell[2].text = "1";
    row = grid_row(&g);
    row->cell[0].text = "longer";
    row->cell[2].text = "1,000";
    grid_draw(&g, &e, false);
    assert_string_equal(text.at, "  name    value\n  é–x         1\n  longer  1,000\n");
    text_free(&text);
    text = (struct text){0};
    e = emit_to(text_sink(&text));
    row->cell[0].text = "a|b_c";
    grid_markdown(&g, &e);
    assert_string_equal(text.at,
                        "| name | value |\n|---|---:|\n| é–x | 1 |\n| a\\|b\\_c | 1,000 |\n");
    text_free(&text);
    arena_free(&arena);
}

static void a_name_cannot_command_the_terminal(void **state)
{
    (void)state;
    struct text text = {0};
    struct emit e = emit_to(text_sink(&text));
    tone_text(&e, true, TONE_BAD, "a\033[2Jb");
    assert_string_equal(text.at, "\033[1;31ma?[2Jb\033[0m");
    text_free(&text);
}

static void an_open_verdict_says_how_many_more_days_it_takes(void **state)
{
    (void)state;
    char words[WORDS];
    oh_run_info info = {.replications = 200, .replication = "day"};
    oh_estimate e = {
        .value = 0.79, .half_width = 0.02, .has_target = true, .target = 0.8, .within = 20};
    /* half the half width takes four times the days */
    assert_string_equal(word_more(words, &e, &info), "needs about 600 more days");
    e.half_width = 0.0137;
    assert_string_equal(word_more(words, &e, &info), "needs about 180 more days");
    e.half_width = 0.01001;
    assert_string_equal(word_more(words, &e, &info), "needs about 1 more day");
    e.half_width = 0.009;
    assert_string_equal(word_more(words, &e, &info), "");
    e.half_width = 0.02;
    e.value = 0.80000001;
    assert_string_equal(word_more(words, &e, &info), "as near to the target as can be");
    e.value = 0.79;
    e.half_width = NAN;
    info.replications = 1;
    assert_string_equal(word_more(words, &e, &info), "needs more than one day");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_laid_out_in_lines_and_flat_inside),
        cmocka_unit_test(json_text_reads_back_as_it_was),
        cmocka_unit_test(json_replaces_bytes_that_are_not_text),
        cmocka_unit_test(json_has_null_for_what_is_no_number),
        cmocka_unit_test(json_reals_read_back_equal),
        cmocka_unit_test(json_too_deep_is_refused),
        cmocka_unit_test(csv_quotes_what_needs_it_and_nothing_else),
        cmocka_unit_test(durations_are_in_people_s_words),
        cmocka_unit_test(counts_have_the_digits_that_matter),
        cmocka_unit_test(shares_show_more_digits_where_the_interval_is_narrow),
        cmocka_unit_test(a_verdict_is_open_while_the_interval_straddles_the_target),
        cmocka_unit_test(how_often_is_told_in_days_of_ten),
        cmocka_unit_test(an_interval_past_midnight_belongs_to_the_night_of_its_opening),
        cmocka_unit_test(money_is_whole_from_a_hundred_on),
        cmocka_unit_test(columns_align_by_characters_and_empty_ones_vanish),
        cmocka_unit_test(a_name_cannot_command_the_terminal),
        cmocka_unit_test(an_open_verdict_says_how_many_more_days_it_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
