/* test_out_report.c - the HTML page: its figures are JSON's, users' words stay words, it is small,
 * and pictures let through only what draws.
 */
#include "../support/support.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <onhold/report.h>
#include <onhold/staff.h>

#include "../../sim/out/html_svg.h"
#include "../../sim/out/html_text.h"

static const char day[] = "onhold: 1\n"
                          "name: A day\n"
                          "time: {open: 08:00-11:00, interval: 30 min}\n"
                          "queues:\n"
                          "  support:\n"
                          "    arrivals: {per: 30 min, counts: [30, 40, 50, 40, 30, 0]}\n"
                          "    handling: {exponential: 3 min}\n"
                          "    patience: {exponential: 2 min}\n"
                          "    target: [80% in 20 s, {abandon_rate: 5%}]\n"
                          "  sales:\n"
                          "    arrivals: 12 per h\n"
                          "    handling: {exponential: 4 min}\n"
                          "    patience: never\n"
                          "agents:\n"
                          "  desk: {count: 5, serves: [support, sales], cost: 24 per h}\n"
                          "  night: {count: 1, serves: [support]}\n";

static const oh_write_context context = {.file = "day.yaml", .variant = "", .sha256 = "00ff"};

static char *page_with(const struct trial *trial, const oh_write_context *with,
                       const oh_report *report)
{
    struct text text = {0};
    assert_int_equal(oh_report_html(trial->result, with, report, text_sink(&text)), OH_OK);
    return text.at;
}

static char *page_of(const struct trial *trial)
{
    static const oh_report nothing;
    return page_with(trial, &context, &nothing);
}

/* ---- figures ---- */

/* After the next `text`, which must be there. */
static const char *after(const char *at, const char *text)
{
    const char *found = strstr(at, text);
    assert_that(found != NULL, "no '%s' in %.200s", text, at);
    return found + strlen(text);
}

/* A row's figure must be what JSON holds: the same number, or undefined in both. */
static const char *check_key(const char *at, const json_t *metric, const char *what)
{
    const json_t *value = json_object_get(metric, "value");
    at = after(at, "data-k=\"");
    if (json_is_number(value))
        assert_same(strtod(at, NULL), json_number_value(value));
    else
        assert_that(*at == '"', "%s is undefined in JSON, not on the page", what);
    return at;
}

static void check_queue(const char *page, json_t *root, const char *name)
{
    static const char *const ids[] = {"offered", "answered", "abandoned", "abandon_rate"};
    char head[80];
    json_t *intervals = json_object_get(root, "intervals");
    snprintf(head, sizeof head, "<h3>Queue %s</h3>", name);
    const char *at = after(page, head);
    at = after(at, "<tbody>");
    assert_int_equal(json_array_size(intervals), 6);
    for (size_t i = 0; i < 6; i++) {
        json_t *interval = json_array_get(intervals, i);
        json_t *queue = json_object_get(json_object_get(interval, "queues"), name);
        at = after(at, "<tr><th scope=\"row\" data-k=\"");
        assert_int_equal(atoi(at), (int)i);
        at = after(at, ">");
        const char *start = json_string_value(json_object_get(interval, "start"));
        assert_memory_equal(at, start, strlen(start));
        for (size_t k = 0; k < sizeof ids / sizeof *ids; k++)
            at = check_key(at, json_object_get(queue, ids[k]), ids[k]);
        bool support = strcmp(name, "support") == 0;
        const char *measure = support ? "service_level" : "wait";
        at = check_key(at, json_object_get(queue, measure), measure);
        if (support && i < 5) /* nobody calls in the last */
            at = check_key(at, json_object_get(queue, "target_met"), "target_met");
        else if (support)
            at = after(at, "</td>");
    }
}

static void every_interval_has_the_figures_of_json(void **state)
{
    (void)state;
    struct trial trial = trial_text(day);
    trial_run(&trial, &(oh_run_options){.replications = 20});
    struct text json = {0};
    assert_int_equal(oh_writer_find("json")->write(trial.result, &context, text_sink(&json)),
                     OH_OK);
    json_t *root = json_loads(json.at, 0, NULL);
    assert_non_null(root);
    char *page = page_of(&trial);
    check_queue(page, root, "support");
    check_queue(page, root, "sales");
    free(page);
    json_decref(root);
    text_free(&json);
    trial_free(&trial);
}

/* Words of the table's sections, cell by cell: they come from one description. */
static void the_page_says_what_the_table_says(void **state)
{
    (void)state;
    struct trial trial = trial_text(day);
    trial_run(&trial, &(oh_run_options){.replications = 20});
    struct text table = {0};
    assert_int_equal(oh_writer_find("table")->write(trial.result, &context, text_sink(&table)),
                     OH_OK);
    char *page = page_of(&trial);
    size_t cells = 0;
    for (char *line = strtok(table.at, "\n"); line; line = strtok(NULL, "\n")) {
        /* rows are indented by two; columns are two blanks or more apart */
        if (strncmp(line, "  ", 2) != 0 || strlen(line) > 110)
            continue;
        for (char *cell = line; *cell;) {
            cell += strspn(cell, " ");
            char *end = strstr(cell, "  ");
            size_t length = end ? (size_t)(end - cell) : strlen(cell);
            char kept = cell[length];
            cell[length] = '\0';
            if (*cell && !strpbrk(cell, "<>&;'")) {
                assert_that(strstr(page, cell) != NULL, "'%s' is not on the page", cell);
                cells++;
            }
            cell[length] = kept;
            cell += length;
        }
    }
    assert_that(cells > 80, "only %zu cells were seen", cells);
    free(page);
    text_free(&table);
    trial_free(&trial);
}

static void the_verdict_comes_before_everything_else(void **state)
{
    (void)state;
    struct trial trial = trial_text(day);
    trial_run(&trial, &(oh_run_options){.replications = 20});
    oh_estimate e = trial_read(&trial, OH_QUEUE, "support", OH_WHOLE, "service_level");
    assert_false(e.met);
    char sentence[200];
    snprintf(sentence, sizeof sentence, "support misses its target: %.1f %%", 100 * e.value);
    char *page = page_of(&trial);
    const char *verdict = after(page, sentence);
    assert_true(verdict < strstr(page, "<h2>"));
    assert_non_null(strstr(page, "sales has no target: 0.0 % of callers hang up"));
    assert_true(strstr(page, "<h1>A day</h1>") < verdict);
    /* with its second target */
    assert_non_null(strstr(page, "<p class=\"also\">missed: abandon rate is "));
    free(page);
    trial_free(&trial);
}

static void the_same_run_gives_the_same_bytes_on_any_number_of_threads(void **state)
{
    (void)state;
    char *page[2];
    for (unsigned i = 0; i < 2; i++) {
        struct trial trial = trial_text(day);
        trial_run(&trial, &(oh_run_options){.replications = 10, .jobs = 1 + 3 * i});
        page[i] = page_of(&trial);
        trial_free(&trial);
    }
    assert_string_equal(page[0], page[1]);
    free(page[0]);
    free(page[1]);
}

/* ---- one agent more or fewer ---- */

static void a_change_tells_both_figures_and_their_difference(void **state)
{
    (void)state;
    struct trial trial = trial_text(day);
    oh_run_options options = {.replications = 20};
    trial_run(&trial, &options);
    oh_model *more = NULL;
    oh_result *with = NULL;
    assert_int_equal(oh_model_staff_shifted(&more, trial.model, 0, 1), OH_OK);
    assert_int_equal(oh_run(&with, more, &options, NULL), OH_OK);
    oh_report_change change = {.group = 0, .by = 1, .result = with};
    char *page = page_with(&trial, &context, &(oh_report){.changes = &change, .changes_count = 1});

    long column = oh_result_column_find(with, OH_QUEUE, "service_level");
    oh_estimate now = trial_read(&trial, OH_QUEUE, "support", OH_WHOLE, "service_level"), then;
    assert_true(column >= 0 &&
                oh_result_estimate(with, OH_QUEUE, 0, OH_WHOLE, (size_t)column, &then));
    char cell[200];
    snprintf(cell, sizeof cell, "<td>%.1f %% \xE2\x86\x92 %.1f %%</td><td class=\"r\">+%.1f points",
             100 * now.value, 100 * then.value, 100 * (then.value - now.value));
    const char *row = after(page, "<th scope=\"row\">desk: one more</th>");
    assert_true(after(row, cell) > row);
    /* three hours of one agent */
    assert_non_null(strstr(row, "+72.00"));
    free(page);
    oh_result_free(with);
    oh_model_free(more);
    trial_free(&trial);
}

static void an_agent_who_changes_nothing_is_said_to(void **state)
{
    (void)state;
    struct trial trial = trial_text(day);
    trial_run(&trial, &(oh_run_options){.replications = 5});
    oh_report_change change = {.group = 1, .by = -1, .result = trial.result};
    char *page = page_with(&trial, &context, &(oh_report){.changes = &change, .changes_count = 1});
    assert_non_null(
        strstr(page, "<th scope=\"row\">night: one fewer</th><td>changes nothing</td>"));
    free(page);
    trial_free(&trial);
}

/* ---- users' words ---- */

static void text_cannot_become_markup(void **state)
{
    (void)state;
    struct text text = {0};
    struct emit e = emit_to(text_sink(&text));
    html_text(&e, "<a href='x'>\"&\" \x01\xFF\n\xC3\xA9</a>");
    assert_string_equal(text.at, "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot; "
                                 "\xEF\xBF\xBD\xEF\xBF\xBD\n\xC3\xA9&lt;/a&gt;");
    text_free(&text);
}

static void laid_out_paragraphs_keep_their_lines(void **state)
{
    (void)state;
    struct text text = {0};
    struct emit e = emit_to(text_sink(&text));
    html_paragraphs(&e, "One\nline.\n\n  a  table\n  b  <c>\n");
    assert_string_equal(text.at, "<p>One\nline.</p>\n"
                                 "<pre tabindex=\"0\">  a  table\n  b  &lt;c&gt;\n</pre>\n");
    text_free(&text);
}

static void a_scenario_named_script_is_harmless(void **state)
{
    (void)state;
    static const char evil[] = "<script>alert(1)</script>";
    static const char *const said[] = {evil};
    struct trial trial = trial_format("onhold: 1\nname: '%s'\nabout: |\n  %s\n\n  %s\n%s", evil,
                                      evil, evil, strstr(day, "time:"));
    trial_run(&trial, &(oh_run_options){.replications = 2});
    oh_write_context with = {.file = evil,
                             .variant = evil,
                             .sha256 = evil,
                             .settings = said,
                             .settings_count = 1,
                             .warnings = said,
                             .warnings_count = 1};
    oh_report report = {.no_pictures = evil, .no_changes = evil};
    char *page = page_with(&trial, &with, &report);
    size_t scripts = 0, words = 0;
    for (const char *at = page; (at = strstr(at, "<script")); at++)
        scripts++;
    for (const char *at = page; (at = strstr(at, "&lt;script&gt;alert(1)&lt;/script&gt;")); at++)
        words++;
    assert_int_equal(scripts, 1); /* the page's own */
    assert_true(words >= 8);
    free(page);
    trial_free(&trial);
}

static void the_command_is_one_that_a_shell_takes_as_written(void **state)
{
    (void)state;
    static const char *const set[] = {"queues.support.patience={exponential: 1 min}", "name=it's"};
    struct trial trial = trial_text(day);
    trial_run(&trial, &(oh_run_options){.replications = 3,
                                        .first = 7,
                                        .has_seed = true,
                                        .seed = 5,
                                        .confidence = 0.9,
                                        .count_at = OH_AT_EXIT});
    oh_write_context with = {.file = "my day.yaml",
                             .variant = "more",
                             .sha256 = "",
                             .settings = set,
                             .settings_count = 2};
    char *page = page_with(&trial, &with, &(oh_report){.no_changes = NULL});
    assert_non_null(
        strstr(page, "<code>onhold run &#39;my day.yaml&#39; --variant more --set "
                     "&#39;queues.support.patience={exponential: 1 min}&#39; --set "
                     "&#39;name=it&#39;\\&#39;&#39;s&#39; -n 3 --seed 5 --first 7 --confidence 90% "
                     "--count-at exit --report report.html</code>"));
    free(page);
    trial_free(&trial);
}

/* ---- pictures ---- */

static char *inlined(const char *svg)
{
    struct text text = {0};
    struct emit e = emit_to(text_sink(&text));
    html_svg(&e, svg, "wide", "wait", "w-");
    if (!text.at)
        text_sink(&text).write(&text, "", 0);
    return text.at;
}

#define SVG(inside)                                                                                \
    "<?xml version='1.0'?>\n<svg viewBox=\"0 0 900 300\" onload=\"x()\">" inside "</svg>"
#define HEAD                                                                                       \
    "<svg class=\"wide\" role=\"img\" viewBox=\"0 0 900 300\" width=\"900\" height=\"300\" "       \
    "aria-labelledby=\"wait-t\" aria-describedby=\"wait-d\" fill=\"none\" color=\"black\" "        \
    "stroke=\"currentColor\" stroke-width=\"1.00\" font-size=\"14.00\">"

static void a_picture_keeps_what_draws(void **state)
{
    (void)state;
    char *svg = inlined(SVG("\n<title>Gnuplot</title><desc>5.4</desc>\n<g id=\"gnuplot_canvas\">"
                            "<g fill=\"none\">\n</g><path stroke='rgb(  0, 114, 178)' d='M1,2 L3,4'"
                            " class=\"gridline\"/>\n<text> 80 %</text></g>"));
    assert_string_equal(svg, HEAD "<g><path stroke=\"rgb(0,114,178)\" d=\"M1,2 L3,4\"/>"
                                  "<text> 80 %</text></g></svg>\n");
    free(svg);
    svg = inlined(SVG("<defs><circle id='gpDot' r='1'/></defs><use xlink:href='#gpDot' "
                      "color='black'/><g style='filter:url(#gpDot)'>a</g>"));
    assert_string_equal(svg, HEAD "<defs><circle id=\"w-gpDot\" r=\"1\"/></defs>"
                                  "<use href=\"#w-gpDot\"/>"
                                  "<g filter=\"url(#w-gpDot)\">a</g></svg>\n");
    free(svg);
}

/* The first group is as usual; the second is not, so what is in it says all it has to. */
static void what_is_usual_is_said_once(void **state)
{
    (void)state;
    char *svg = inlined(SVG("<g fill=\"none\" color=\"black\" stroke=\"currentColor\">a</g>"
                            "<g fill=\"none\" color=\"blue\"><g fill=\"none\" color=\"black\">b"
                            "</g></g><g color=\"black\">c</g>"
                            "<defs><path id='p' stroke='currentColor'/></defs>"));
    assert_string_equal(svg,
                        HEAD "<g>a</g><g color=\"blue\"><g fill=\"none\" color=\"black\">b"
                             "</g></g><g>c</g>"
                             "<defs><path id=\"w-p\" stroke=\"currentColor\"/></defs></svg>\n");
    free(svg);
}

static void a_picture_loses_what_does_more_than_draw(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "<script>x()</script>",
        "<script>x()<b></script>",
        "<foreignObject><p>x()</p></foreignObject>",
        "<image href='http://x()'/>",
        "<style>@import 'x()'</style>",
        "<a href='javascript:x()'></a>",
        "<!-- x() -->",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char whole[300];
        snprintf(whole, sizeof whole, SVG("<path d='M0,0'/>%s<path d='M1,1'/>"), bad[i]);
        char *svg = inlined(whole);
        assert_string_equal(svg, HEAD "<path d=\"M0,0\"/><path d=\"M1,1\"/></svg>\n");
        free(svg);
    }
    char *svg = inlined(SVG("<path onclick='x()' d='M0,0' fill='url(http://x)'/>"
                            "<use href='http://x#y'/><path d='a\"b<c>d'/>"));
    assert_string_equal(svg,
                        HEAD "<path d=\"M0,0\"/><use/><path d=\"a&quot;b&lt;c&gt;d\"/></svg>\n");
    free(svg);
}

static void a_damaged_picture_does_not_run_over(void **state)
{
    (void)state;
    static const char whole[] = SVG("<g fill=\"none\"><path d='M0,0 L1,1' stroke=\"black\"/><text>a"
                                    "</text><script>x()</script></g>");
    for (size_t length = 0; length < sizeof whole; length++) {
        char *cut = malloc(length + 1);
        assert_non_null(cut);
        memcpy(cut, whole, length);
        cut[length] = '\0';
        char *svg = inlined(cut);
        assert_null(strstr(svg, "x()"));
        free(svg);
        free(cut);
    }
}

static void pictures_stand_with_their_words(void **state)
{
    (void)state;
    struct trial trial = trial_text(day);
    trial_run(&trial, &(oh_run_options){.replications = 20});
    oh_report_picture list[16];
    size_t n = oh_plot_count();
    assert_true(n > 0 && n < 16);
    for (size_t i = 0; i < n; i++)
        list[i] = (oh_report_picture){oh_plot_at(i)->name, SVG("<path d='M0,0'/>"),
                                      SVG("<path d='M1,1'/>")};
    char *page = page_with(&trial, &context, &(oh_report){.pictures = list, .pictures_count = n});
    for (size_t i = 0; i < n; i++) {
        char text[400];
        /* its heading is what the plot itself asks */
        struct text data = {0};
        assert_int_equal(oh_plot_at(i)->write(trial.result, &context, text_sink(&data)), OH_OK);
        const char *title = after(after(data.at, "what a replication is\n"), "\"");
        snprintf(text, sizeof text, "<figure>\n<h3 id=\"%s-t\">%.*s</h3>", list[i].name,
                 (int)strcspn(title, "\""), title);
        const char *figure = after(page, text);
        snprintf(text, sizeof text, "<figcaption id=\"%s-d\">", list[i].name);
        const char *words = after(figure, text);
        assert_true(strcspn(words, "0123456789") < strcspn(words, "<"));
        text_free(&data);
    }
    free(page);
    trial_free(&trial);
}

/* ---- size ---- */

static void a_page_of_much_stays_below_two_megabytes(void **state)
{
    (void)state;
    struct text scenario = {0};
    oh_sink sink = text_sink(&scenario);
    static const char head[] = "onhold: 1\nname: Much\ntime: {days: {mon-sun: 00:00-24:00}, "
                               "interval: 15 min}\nqueues:\n";
    sink.write(sink.user, head, strlen(head));
    for (int q = 0; q < 30; q++) {
        char line[200];
        int n = snprintf(line, sizeof line,
                         "  queue_with_a_long_name_%02d: {arrivals: 1 per h, handling: "
                         "{exponential: 4 min}, patience: {exponential: 2 min}, target: 80%% in 20 "
                         "s}\n",
                         q);
        sink.write(sink.user, line, (size_t)n);
    }
    static const char tail[] = "agents:\n  desk: {count: 4, serves: [";
    sink.write(sink.user, tail, strlen(tail));
    for (int q = 0; q < 30; q++) {
        char line[60];
        int n = snprintf(line, sizeof line, "%squeue_with_a_long_name_%02d", q ? ", " : "", q);
        sink.write(sink.user, line, (size_t)n);
    }
    sink.write(sink.user, "]}\n", 3);
    struct trial trial = trial_text(scenario.at);
    trial_run(&trial, &(oh_run_options){.replications = 2});

    /* pictures of 600 kB each: one finds room, wide and narrow, and one does not */
    static const char piece[] = "<path d='M0,0 L1,1'/>";
    size_t pieces = 600000 / strlen("<path d=\"M0,0 L1,1\"/>");
    struct text svg = {0};
    oh_sink out = text_sink(&svg);
    out.write(out.user, SVG(""), strlen(SVG("")) - 6);
    for (size_t i = 0; i < pieces; i++)
        out.write(out.user, piece, strlen(piece));
    out.write(out.user, "</svg>", 6);
    oh_report_picture list[2] = {{"day_profile", svg.at, svg.at}, {"staffing", svg.at, svg.at}};
    oh_explanation *explanation = NULL;
    assert_int_equal(oh_explain(&explanation, trial.model), OH_OK);
    char *page =
        page_with(&trial, &context,
                  &(oh_report){.pictures = list, .pictures_count = 2, .explanation = explanation});
    assert_that(strlen(page) > 1400000 && strlen(page) < 2000000, "%zu bytes", strlen(page));
    assert_non_null(strstr(page, "more tables are left out"));
    assert_non_null(strstr(page, "Some pictures are left out"));
    oh_explanation_free(explanation);
    free(page);
    text_free(&svg);
    text_free(&scenario);
    trial_free(&trial);
}

static void a_long_run_speaks_of_no_days(void **state)
{
    (void)state;
    struct trial trial = trial_text(
        "onhold: 1\nname: Steady\ntime: {steady: {warm_up: 1 h, length: 4 h}}\nqueues:\n"
        "  support: {arrivals: 60 per h, handling: {exponential: 3 min}, patience: "
        "{exponential: 2 min}, target: 80% in 20 s}\nagents:\n  desk: {count: 4, serves: "
        "[support]}\n");
    trial_run(&trial, &(oh_run_options){.replications = 5});
    char *page = page_of(&trial);
    assert_null(strstr(page, "The risk"));
    assert_null(strstr(page, "in one picture"));
    assert_null(strstr(page, "Interval by interval"));
    assert_null(strstr(page, "of 10 runs."));
    assert_non_null(strstr(page, "Exact theory beside the simulation"));
    free(page);
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_interval_has_the_figures_of_json),
        cmocka_unit_test(the_page_says_what_the_table_says),
        cmocka_unit_test(the_verdict_comes_before_everything_else),
        cmocka_unit_test(the_same_run_gives_the_same_bytes_on_any_number_of_threads),
        cmocka_unit_test(a_change_tells_both_figures_and_their_difference),
        cmocka_unit_test(an_agent_who_changes_nothing_is_said_to),
        cmocka_unit_test(text_cannot_become_markup),
        cmocka_unit_test(laid_out_paragraphs_keep_their_lines),
        cmocka_unit_test(a_scenario_named_script_is_harmless),
        cmocka_unit_test(the_command_is_one_that_a_shell_takes_as_written),
        cmocka_unit_test(a_picture_keeps_what_draws),
        cmocka_unit_test(what_is_usual_is_said_once),
        cmocka_unit_test(a_picture_loses_what_does_more_than_draw),
        cmocka_unit_test(a_damaged_picture_does_not_run_over),
        cmocka_unit_test(pictures_stand_with_their_words),
        cmocka_unit_test(a_page_of_much_stays_below_two_megabytes),
        cmocka_unit_test(a_long_run_speaks_of_no_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
