/* test_log_reading.c - call logs as phone systems write them, and as they arrive damaged. */
#include "../support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <onhold/fit.h>

#include "../../sim/data/log_book.h"

struct reading {
    oh_log *log;
    oh_diags *diags;
    oh_status status;
};

/* A mapping file on disk, since that is where it is read from. */
static const char *map_file(const char *text)
{
    static char name[] = "build/test_log_reading.yaml";
    FILE *out = fopen(name, "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
    return name;
}

static struct reading read_in_pieces(const char *text, size_t length, size_t piece,
                                     oh_log_options options)
{
    struct reading r = {.diags = oh_diags_new()};
    assert_non_null(r.diags);
    r.status = oh_log_new(&r.log, &options, r.diags);
    if (r.status == OH_OK)
        r.status = oh_log_begin(r.log, "log.csv", r.diags);
    for (size_t at = 0; r.status == OH_OK && at < length; at += piece)
        r.status = oh_log_take(r.log, text + at, at + piece < length ? piece : length - at);
    if (r.status == OH_OK)
        r.status = oh_log_end(r.log);
    if (r.status == OH_OK)
        r.status = oh_log_judge(r.log, r.diags);
    return r;
}

static struct reading read_text(const char *text, oh_log_options options)
{
    return read_in_pieces(text, strlen(text), strlen(text), options);
}

static void done(struct reading *r)
{
    oh_log_free(r->log);
    oh_diags_free(r->diags);
}

static uint64_t dropped(const oh_log *log, const char *id, uint64_t *line)
{
    for (size_t i = 0; i < oh_log_drops(log); i++) {
        oh_log_drop d = oh_log_drop_at(log, i);
        if (strcmp(d.id, id) == 0) {
            *line = d.line[0];
            return d.rows;
        }
    }
    return 0;
}

static void expect_drop(const char *text, const char *id, uint64_t line)
{
    struct reading r = read_text(text, (oh_log_options){.most_dropped = 0.99});
    uint64_t at = 0;
    if (r.status != OH_OK)
        show_findings(r.diags);
    assert_int_equal(r.status, OH_OK);
    assert_that(dropped(r.log, id, &at) == 1, "no row was dropped as %s", id);
    assert_int_equal(at, line);
    assert_int_equal(oh_log_used(r.log) + 1, oh_log_rows(r.log));
    done(&r);
}

static void expect_refused(const char *text, size_t length, const char *words)
{
    struct reading r = read_in_pieces(text, length, 7, (oh_log_options){0});
    assert_int_equal(r.status, OH_INVALID);
    assert_true(oh_diags_errors(r.diags) > 0);
    assert_that(strstr(oh_diags_at(r.diags, 0)->message, words) != NULL, "it says: %s",
                oh_diags_at(r.diags, 0)->message);
    done(&r);
}

static const char head[] = "arrived,wait,outcome,handling\n";
#define HEAD "arrived,wait,outcome,handling\n"
#define GOOD "2026-03-02T08:00:05,3,answered,100\n"

/* ---- rows ---- */

static void what_cannot_be_used_is_counted_by_reason_with_its_line(void **state)
{
    (void)state;
    expect_drop(HEAD GOOD ",3,answered,100\n", "no_time", 3);
    expect_drop(HEAD GOOD "yesterday,3,answered,100\n", "bad_time", 3);
    expect_drop(HEAD "3/4/2026 8:00,3,answered,100\n" GOOD, "ambiguous_date", 2);
    expect_drop(HEAD GOOD "2026-03-02T08:01,soon,answered,100\n", "bad_duration", 3);
    expect_drop(HEAD GOOD "2026-03-02T08:01,-5,answered,100\n", "negative_time", 3);
    expect_drop(HEAD GOOD "2026-03-02T08:01,5,answered,-100\n", "negative_time", 3);
    expect_drop(HEAD GOOD "2026-03-02T08:01,90000,answered,1\n", "too_long", 3);
    expect_drop(HEAD GOOD "2026-03-02T08:01,,answered,1\n", "no_wait", 3);
    expect_drop(HEAD GOOD "\n2026-03-02T08:01,5,,1\n", "no_outcome", 4);
    expect_drop(HEAD GOOD "2026-03-02T08:01,5,vanished,1\n", "unknown_outcome", 3);
    expect_drop(HEAD GOOD "2026-03-02T08:01,5\n", "too_few_cells", 3);
    expect_drop(HEAD GOOD "2026-03-02T08:01,5,answered,1,2\n", "too_many_cells", 3);
    expect_drop(HEAD GOOD "2026-03-02T08:01,5,answ", "too_few_cells", 3); /* cut off */
}

static void quotes_line_ends_and_separators_do_not_matter(void **state)
{
    (void)state;
    static const char *const logs[] = {
        HEAD GOOD,
        "\xEF\xBB\xBF" HEAD GOOD,
        "arrived;wait;outcome;handling\r\n2026-03-02T08:00:05;3,0;answered;100\r\n",
        "arrived\twait\toutcome\thandling\n2026-03-02T08:00:05\t3\tanswered\t100",
        ("\n\n\"outcome\",\"handling\",\"wait\",\"arrived\"\n\"answered\",\"0:01:40\",\"3\","
         "\"2026-03-02 08:00:05\"\n"),
        "arrived|wait|outcome|handling|\n2026-03-02T08:00:05|3|ANSWERED|100|\n",
    };
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++) {
        for (size_t piece = 1; piece < 40; piece += 19) {
            struct reading r = read_in_pieces(logs[i], strlen(logs[i]), piece, (oh_log_options){0});
            if (r.status != OH_OK)
                show_findings(r.diags);
            assert_int_equal(r.status, OH_OK);
            assert_int_equal(oh_log_used(r.log), 1);
            const struct log_page *page = log_book_page(r.log, r.log->first_day, 0);
            assert_non_null(page);
            assert_int_equal(page->cell[16].answered, 1);
            assert_near(page->cell[16].wait, 3, 0);
            assert_near(page->cell[16].handling, 100, 0);
            done(&r);
        }
    }
}

static void files_that_are_no_tables_are_refused_in_words(void **state)
{
    (void)state;
    char open[400000];
    memset(open, 'x', sizeof open);
    memcpy(open, HEAD "2026-03-02,\"", sizeof HEAD + 11);
    expect_refused("", 0, "empty");
    expect_refused("\n\n", 2, "empty");
    expect_refused("\xFF\xFE"
                   "a\0b\0",
                   6, "UTF-16");
    expect_refused("PK\x03\x04 xl/workbook.xml\n", 20, "spreadsheet");
    expect_refused("\x1F\x8B\x08 gz\n", 7, "compressed");
    expect_refused("a\0b\0c\0\n", 8, "UTF-16");
    expect_refused("a\0b\n", 4, "not a text file");
    expect_refused("\0\0\0\0", 4, "not a text file");
    expect_refused("\x7F"
                   "ELF\x02\n",
                   6, "not a text file");
    expect_refused(HEAD GOOD "2026\0-03", sizeof HEAD GOOD + 7, "line 3: a byte of 0");
    expect_refused("arrived:wait:outcome\n", 21, "one column only");
    expect_refused("start_time,length\n1,2\n", 22, "no column for 'arrived'");
    expect_refused(head, sizeof head - 1, "no row");
    expect_refused(open, sizeof open, "line 2: a cell of more than 256 kB: a quote");
}

/* A quote without its partner makes one cell of all that follows: those lines must not vanish. */
static void lines_that_an_open_quote_swallows_are_counted(void **state)
{
    (void)state;
    struct reading r = read_text(HEAD GOOD "\"" GOOD GOOD "2026-03-02T08:00:05,\"3\",answered,1\n",
                                 (oh_log_options){.most_dropped = 0.9});
    uint64_t line = 0;
    assert_int_equal(r.status, OH_OK);
    assert_int_equal(oh_log_rows(r.log), 4);
    assert_int_equal(oh_log_used(r.log), 1);
    assert_int_equal(dropped(r.log, "unpaired_quote", &line), 3);
    assert_int_equal(line, 3);
    done(&r);
    /* to the end of the file, with and without a last line end */
    for (size_t cut = 0; cut < 2; cut++) {
        const char text[] = HEAD GOOD GOOD "\"" GOOD "2026-03-03T08:00:05,3,answered,100\n";
        r = read_in_pieces(text, sizeof text - 1 - cut, 5, (oh_log_options){.most_dropped = 0.9});
        assert_int_equal(oh_log_rows(r.log), 4);
        assert_int_equal(dropped(r.log, "unpaired_quote", &line), 2);
        done(&r);
    }
    /* a note of several lines is none of that */
    r = read_text("arrived,wait,outcome,note\n2026-03-02T08:00:05,3,answered,\"said\nthat\"\n",
                  (oh_log_options){0});
    assert_int_equal(oh_log_rows(r.log), 1);
    assert_int_equal(oh_log_used(r.log), 1);
    done(&r);
}

static void two_columns_of_one_name_are_told(void **state)
{
    (void)state;
    struct reading r = read_text("arrived,wait,wait,outcome\n2026-03-02T08:00,3,70,answered\n",
                                 (oh_log_options){0});
    assert_int_equal(oh_log_notes(r.log), 1);
    assert_non_null(strstr(oh_log_note(r.log, 0), "two columns 'wait'"));
    assert_near(log_book_page(r.log, r.log->first_day, 0)->cell[16].wait, 3, 0);
    done(&r);
}

/* The call ends where the caller goes; the wrap-up that is logged beside it comes on top. */
static void handling_from_the_end_of_the_call_takes_its_wrap_up_along(void **state)
{
    (void)state;
    struct reading r =
        read_text("arrived,answered_at,ended_at,outcome,wrap_up\n"
                  "2026-03-02T08:00:00,2026-03-02T08:00:10,2026-03-02T08:01:40,answered,30\n",
                  (oh_log_options){0});
    assert_int_equal(r.status, OH_OK);
    assert_near(log_book_page(r.log, r.log->first_day, 0)->cell[16].handling, 120, 1e-9);
    done(&r);
}

static void too_many_faults_are_an_error_that_names_them(void **state)
{
    (void)state;
    const char *text = HEAD GOOD "x,3,answered,100\n";
    struct reading r = read_text(text, (oh_log_options){0});
    assert_int_equal(r.status, OH_INVALID);
    assert_non_null(strstr(oh_diags_at(r.diags, 0)->message, "1 of 2 rows"));
    assert_non_null(strstr(oh_diags_at(r.diags, 0)->hint, "line 3"));
    done(&r);
    r = read_text(text, (oh_log_options){.most_dropped = 0.5});
    assert_int_equal(r.status, OH_OK);
    done(&r);
}

static void calls_given_twice_are_found(void **state)
{
    (void)state;
    expect_drop("arrived,wait,outcome,handling,agent\n"
                "2026-03-02T08:00:05,3,answered,100,Ann\n2026-03-02T08:00:05,3,answered,100,Ann\n",
                "same_row", 3);
    expect_drop("id,arrived,wait,outcome,handling\n7,2026-03-02T08:00:05,3,answered,100\n"
                "7,2026-03-02T08:00:09,2,answered,90\n",
                "same_id", 3);
    /* two calls of one second may look alike; a log of copies does not */
    struct reading r = read_text(HEAD GOOD GOOD, (oh_log_options){0});
    assert_int_equal(r.status, OH_OK);
    assert_int_equal(oh_log_used(r.log), 2);
    done(&r);
    char copies[sizeof head + 100 * sizeof GOOD];
    strcpy(copies, head);
    for (int i = 0; i < 100; i++)
        strcat(copies, GOOD);
    r = read_text(copies, (oh_log_options){0});
    assert_int_equal(r.status, OH_INVALID);
    assert_non_null(strstr(oh_diags_at(r.diags, 0)->message, "99 of 100 rows are exact copies"));
    done(&r);
}

static void broken_letters_in_names_do_no_harm(void **state)
{
    (void)state;
    struct reading r = read_text("arrived,wait,outcome,handling,queue\n"
                                 "2026-03-02T08:00:05,3,answered,100,B\xFCro\n"
                                 "2026-03-02T08:00:06,3,answered,100,B\xC3\xBCro\n",
                                 (oh_log_options){0});
    assert_int_equal(r.status, OH_OK);
    assert_int_equal(r.log->queue_name.count, 2);
    done(&r);
}

/* ---- mapping ---- */

static const char bank[] = "line\tid\twho\tdate\tmenu_end\tq_start\tq_time\toutcome\tser_time\n"
                           "A\t1\t7\t990113\t0:00:36\t0:00:36\t153\tHANG\t0\n"
                           "A\t2\t0\t990113\t7:41:26\t0:00:00\t0\tAGENT\t208\n"
                           "A\t3\t0\t990113\t7:50:00\t0:00:00\t0\tHANG\t0\n"
                           "A\t4\t0\t990113\t7:51:00\t7:51:00\t9\tPHANTOM\t0\n"
                           "A\t5\t9\t990113\t23:59:50\t24:00:10\t9\tAGENT\t60\n";

static void a_mapping_names_columns_outcomes_and_what_to_ignore(void **state)
{
    (void)state;
    struct reading r = read_text(
        bank, (oh_log_options){
                  .map = map_file("columns:\n  arrived: q_start\n  date: date\n  wait: q_time\n"
                                  "  outcome: {answered: AGENT, abandoned: HANG, ignore: PHANTOM}\n"
                                  "  handling: ser_time\n  customer: who\n"
                                  "missing: {customer: \"0\"}\n")});
    uint64_t line;
    if (r.status != OH_OK)
        show_findings(r.diags);
    assert_int_equal(r.status, OH_OK);
    assert_int_equal(oh_log_used(r.log), 3);
    assert_int_equal(dropped(r.log, "ignored", &line), 1);
    assert_int_equal(line, 5);
    assert_int_equal(dropped(r.log, "not_queued", &line), 1);
    long day = day_of_date(1999, 1, 13);
    /* answered at once: the time comes from the column before */
    assert_int_equal(log_book_page(r.log, day, 0)->cell[15].answered, 1);
    assert_int_equal(log_book_page(r.log, day, 0)->cell[0].abandoned, 1);
    assert_int_equal(log_book_page(r.log, day + 1, 0)->cell[0].answered, 1); /* 24:00:10 */
    assert_int_equal(r.log->named_customers, 2);
    assert_int_equal(oh_log_notes(r.log), 1);
    assert_non_null(strstr(oh_log_note(r.log, 0), "'menu_end'"));
    done(&r);
}

static void what_a_mapping_ignores_but_no_row_has_is_told(void **state)
{
    (void)state;
    struct reading r = read_text(
        HEAD GOOD "2026-03-02T08:09:05,3,abandoned,\n",
        (oh_log_options){.map = map_file("ignore: {outcome: [abandoned, phantom], wait: \"3\"}\n"),
                         .most_dropped = 0.9});
    uint64_t line;
    assert_int_equal(dropped(r.log, "ignored", &line), 2);
    done(&r);
    r = read_text(HEAD GOOD, (oh_log_options){.map = map_file("ignore: {outcome: phantom}\n")});
    assert_int_equal(r.status, OH_OK);
    assert_int_equal(oh_log_notes(r.log), 1);
    assert_non_null(strstr(oh_log_note(r.log, 0), "no row has 'phantom' in column 'outcome'"));
    done(&r);
}

static void expect_map_finding(const char *map, const char *code, unsigned line, unsigned column)
{
    struct reading r = read_text(bank, (oh_log_options){.map = map_file(map)});
    assert_int_equal(r.status, OH_INVALID);
    const oh_diag *d = oh_diags_at(r.diags, 0);
    assert_string_equal(d->code, code);
    assert_int_equal(d->line, line);
    assert_int_equal(d->column, column);
    done(&r);
}

static void what_is_wrong_with_a_mapping_is_shown_at_its_place(void **state)
{
    (void)state;
    expect_map_finding("colums: {}\n", "E201", 1, 1);
    expect_map_finding("columns:\n  arived: q_start\n", "E201", 2, 3);
    expect_map_finding("columns:\n  arrived: q_strat\n", "E207", 2, 12);
    expect_map_finding("columns:\n  outcome: {anwered: AGENT}\n", "E201", 2, 13);
    expect_map_finding("formats: {date: banana}\n", "E203", 1, 17);
    expect_map_finding("columns: 5\n", "E205", 1, 10);
    expect_map_finding("opens: noon\n", "E203", 1, 8);
    expect_map_finding("ignore: {typ: TT}\n", "E207", 1, 15);
}

static void a_log_in_seconds_has_days_by_replication(void **state)
{
    (void)state;
    struct reading r = read_text("replication,arrived,wait,outcome,talk,hold,wrap_up,ring\n"
                                 "1,10.5,2,answered,50,5,20,1\n2,3700,0,balked,0,0,0,0\n"
                                 "2,3700,0,blocked,0,0,0,0\n2,3701,9,callback,0,0,0,0\n",
                                 (oh_log_options){.opens = 8 * 3600});
    assert_int_equal(r.status, OH_OK);
    assert_false(r.log->dated);
    const struct log_cell *cell = &log_book_page(r.log, 1 * DAYS_OF_A_RUN, 0)->cell[16];
    assert_near(cell->handling, 75, 0);
    assert_int_equal(cell->answered, 1);
    cell = &log_book_page(r.log, 2 * DAYS_OF_A_RUN, 0)->cell[18];
    assert_int_equal(cell->arrivals, 3);
    assert_int_equal(cell->offered, 2);
    assert_int_equal(cell->abandoned, 1);
    assert_int_equal(r.log->queue[0].waits.censored, 2); /* ring taken off, and the call-back */
    done(&r);
}

static void from_and_until_part_a_log_without_overlap(void **state)
{
    (void)state;
    const char *text = HEAD "2026-03-01T08:00,3,answered,100\n2026-03-02T08:00,3,answered,100\n"
                            "2026-03-03T08:00,3,answered,100\n";
    struct reading r = read_text(text, (oh_log_options){.until = "2026-03-02"});
    assert_int_equal(oh_log_used(r.log), 1);
    done(&r);
    r = read_text(text, (oh_log_options){.from = "2026-03-02"});
    assert_int_equal(oh_log_used(r.log), 2);
    done(&r);
    r = read_text(text, (oh_log_options){.from = "soon"});
    assert_int_equal(r.status, OH_ARGUMENT);
    done(&r);
    r = read_text(text, (oh_log_options){.from = "2026-03-02", .until = "2026-03-02"});
    assert_int_equal(r.status, OH_ARGUMENT);
    assert_non_null(strstr(oh_diags_at(r.diags, 0)->message, "no day is left"));
    done(&r);
    r = read_text(text, (oh_log_options){.interval = 7 * 60});
    assert_int_equal(r.status, OH_ARGUMENT);
    done(&r);
}

static void counts_by_interval_are_read_as_well(void **state)
{
    (void)state;
    const char *text = "date,start,offered,answered,abandoned,asa,aht,agents\n"
                       "2026-03-02,08:00,40,36,4,20,0:03:00,5\n2026-03-02,08:30,50,48,2,10,170,6\n";
    struct reading r = read_text(text, (oh_log_options){0});
    if (r.status != OH_OK)
        show_findings(r.diags);
    assert_int_equal(r.status, OH_OK);
    const struct log_page *page = log_book_page(r.log, r.log->first_day, 0);
    assert_int_equal(page->cell[16].abandoned, 4);
    assert_near(page->cell[16].handling, 36 * 180, 1e-9);
    assert_near(page->cell[17].agents, 6, 0);
    done(&r);
}

static void any_number_of_lines_of_one_call_takes_bounded_memory(void **state)
{
    (void)state;
    struct reading r = {.diags = oh_diags_new()};
    oh_log_options options = {.most_dropped = 1};
    assert_int_equal(oh_log_new(&r.log, &options, r.diags), OH_OK);
    assert_int_equal(oh_log_begin(r.log, "log.csv", r.diags), OH_OK);
    static const char line[] = "2026-03-02T08:00:05,3,answered,100,Ann\n";
    static const char first[] = "arrived,wait,outcome,handling,agent\n";
    assert_int_equal(oh_log_take(r.log, first, sizeof first - 1), OH_OK);
    for (int i = 0; i < 300000; i++)
        assert_int_equal(oh_log_take(r.log, line, sizeof line - 1), OH_OK);
    assert_int_equal(oh_log_end(r.log), OH_OK);
    assert_int_equal(oh_log_rows(r.log), 300000);
    assert_int_equal(oh_log_used(r.log), 1);
    assert_int_equal(r.log->seen.young.used, 1);
    done(&r);
}

static void a_tally_of_many_values_gets_coarser_and_keeps_the_counts(void **state)
{
    (void)state;
    struct time_tally t = {0};
    double sum = 0;
    for (int i = 0; i < 200000; i++) {
        double x = 0.001 * i * (1 + 0.1 * (i % 7));
        sum += x;
        assert_true(tally_add(&t, x, i % 3 > 0));
    }
    assert_true(t.used <= TALLY_VALUES);
    assert_int_equal(t.ended + t.censored, 200000);
    struct time_point *p = malloc(t.used * sizeof *p);
    size_t n = tally_points(&t, p);
    double again = 0, count = 0;
    for (size_t i = 0; i < n; i++) {
        assert_true(i == 0 || p[i].t > p[i - 1].t);
        again += p[i].t * (p[i].ended + p[i].censored);
        count += p[i].ended + p[i].censored;
    }
    assert_near(count, 200000, 0);
    assert_close(again, sum, 1e-3);
    free(p);
    tally_free(&t);
}

/* ---- what can be read in two ways ---- */

static void expect_note(const char *text, const char *words)
{
    struct reading r = read_text(text, (oh_log_options){0});
    bool told = false;
    assert_int_equal(r.status, OH_OK);
    for (size_t i = 0; i < oh_log_notes(r.log); i++)
        told = told || strstr(oh_log_note(r.log, i), words);
    assert_that(told, "nothing says: %s", words);
    done(&r);
}

static void files_that_were_joined_have_their_header_again(void **state)
{
    (void)state;
    expect_drop(HEAD GOOD HEAD "2026-03-02T08:01:05,3,answered,100\n", "header", 3);
}

static void a_call_that_ends_weeks_later_is_no_long_call(void **state)
{
    (void)state;
    expect_drop("arrived,answered_at,ended_at,outcome\n"
                "2026-03-02T08:00:00,2026-03-02T08:00:10,2026-03-02T08:03:00,answered\n"
                "2026-03-02T08:01:00,2026-03-02T08:01:10,2026-05-02T08:03:00,answered\n",
                "too_long", 3);
}

/* Handling times of 40 calls; every `each`-th is that text, the others whole seconds. */
static void many(struct text *t, const char *head_line, const char *grouped, unsigned each)
{
    char row[100];
    oh_sink sink = text_sink(t);
    assert_true(sink.write(sink.user, head_line, strlen(head_line)));
    for (unsigned i = 0; i < 40; i++) {
        snprintf(row, sizeof row, "2026-03-02T08:%02u:00;3;answered;%u%s\n", i, 100 + i,
                 i % each == 0 ? grouped : "");
        assert_true(sink.write(sink.user, row, strlen(row)));
    }
}

static void a_comma_of_thousands_is_not_taken_for_a_fraction(void **state)
{
    (void)state;
    static const char head_line[] = "arrived;wait;outcome;handling\n";
    struct text thousands = {0}, fractions = {0}, shorter = {0};
    many(&thousands, head_line, ",037", 5);
    expect_refused(thousands.at, thousands.length, "8 durations such as '100,037' beside 32");
    many(&fractions, head_line, ",037", 1); /* all of them to the millisecond */
    many(&shorter, head_line, ",25", 5);
    const struct text *fine[] = {&fractions, &shorter};
    for (size_t i = 0; i < 2; i++) {
        struct reading r = read_text(fine[i]->at, (oh_log_options){0});
        assert_int_equal(r.status, OH_OK);
        done(&r);
    }
    text_free(&thousands);
    text_free(&fractions);
    text_free(&shorter);
}

#define COUNTS "start,offered,answered,abandoned,asa,aht\n"
static void counts_that_contradict_each_other_are_told(void **state)
{
    (void)state;
    static const char more[] = COUNTS "2026-03-02T08:00,30,50,2,5,100\n"
                                      "2026-03-02T08:30,30,50,2,5,100\n";
    expect_refused(more, sizeof more - 1, "104 calls were answered or abandoned, but only 60");
    expect_note(COUNTS "2026-03-02T08:00,30,30,2,5,100\n2026-03-02T08:30,32,29,1,5,100\n",
                "than offered in 1 of the rows");
    expect_note(COUNTS "2026-03-02T08:00,30,28,2,5,100\n2026-03-02T08:00,31,29,2,5,100\n",
                "an earlier row told, in 1 of the rows");
    expect_drop(COUNTS "2026-03-02T08:00,30,28,2,5,100\n2026-03-02T08:30,1e30,29,2,5,100\n",
                "bad_count", 3);
    expect_drop(COUNTS "2026-03-02T08:00,30,28,2,5,100\n2026-03-02T08:30,31,29,2,1e9,100\n",
                "too_long", 3);
}

static void times_without_dates_that_go_back_are_told(void **state)
{
    (void)state;
    expect_note(HEAD "08:00:00,3,answered,100\n18:00:00,3,answered,100\n08:00:07,1,answered,90\n",
                "go back by hours (1 of them)");
}

static void a_fit_stops_when_asked(void **state)
{
    (void)state;
    struct text t = {0};
    atomic_bool stop = false;
    oh_fit *fit = NULL;
    many(&t, "arrived;wait;outcome;handling\n", "", 1);
    struct reading r = read_text(t.at, (oh_log_options){.cancel = &stop});
    assert_int_equal(oh_fit_make(&fit, r.log, NULL, r.diags), OH_OK);
    oh_fit_free(fit);
    stop = true;
    assert_int_equal(oh_fit_make(&fit, r.log, NULL, r.diags), OH_CANCELLED);
    assert_null(fit);
    done(&r);
    text_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_used_is_counted_by_reason_with_its_line),
        cmocka_unit_test(quotes_line_ends_and_separators_do_not_matter),
        cmocka_unit_test(files_that_are_no_tables_are_refused_in_words),
        cmocka_unit_test(lines_that_an_open_quote_swallows_are_counted),
        cmocka_unit_test(two_columns_of_one_name_are_told),
        cmocka_unit_test(handling_from_the_end_of_the_call_takes_its_wrap_up_along),
        cmocka_unit_test(too_many_faults_are_an_error_that_names_them),
        cmocka_unit_test(calls_given_twice_are_found),
        cmocka_unit_test(broken_letters_in_names_do_no_harm),
        cmocka_unit_test(a_mapping_names_columns_outcomes_and_what_to_ignore),
        cmocka_unit_test(what_a_mapping_ignores_but_no_row_has_is_told),
        cmocka_unit_test(what_is_wrong_with_a_mapping_is_shown_at_its_place),
        cmocka_unit_test(a_log_in_seconds_has_days_by_replication),
        cmocka_unit_test(from_and_until_part_a_log_without_overlap),
        cmocka_unit_test(counts_by_interval_are_read_as_well),
        cmocka_unit_test(any_number_of_lines_of_one_call_takes_bounded_memory),
        cmocka_unit_test(a_tally_of_many_values_gets_coarser_and_keeps_the_counts),
        cmocka_unit_test(files_that_were_joined_have_their_header_again),
        cmocka_unit_test(a_call_that_ends_weeks_later_is_no_long_call),
        cmocka_unit_test(a_comma_of_thousands_is_not_taken_for_a_fraction),
        cmocka_unit_test(counts_that_contradict_each_other_are_told),
        cmocka_unit_test(times_without_dates_that_go_back_are_told),
        cmocka_unit_test(a_fit_stops_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
