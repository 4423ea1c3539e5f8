/* test_base_findings.c - diagnostics: their text to the byte, their limits, and suggestions. */
#include "../support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/base/findings.h"
#include "../../sim/base/utf8.h"

static const char support_yaml[] = "onhold: 1\n"
                                   "queues:\n"
                                   "  support:\n"
                                   "    patience: 40 s\n"
                                   "\ttabbed:\tvalue\n"
                                   "    name: \xC3\x84rger \xE5\x9B\xBE x\n"
                                   "bell: \x07 here\n"
                                   "broken: \xFF here\r\n"
                                   "last: 1";

static struct span place(const struct source *source, unsigned line, unsigned column,
                         unsigned length)
{
    return (struct span){source, line, column, line, column + length};
}

struct fixture {
    struct arena arena;
    struct source *source;
    oh_diags *diags;
    struct text printed;
};

static struct fixture fixture_new(const char *name, const char *text, size_t length)
{
    struct fixture fixture = {.diags = oh_diags_new()};
    arena_init(&fixture.arena);
    fixture.source = source_new(&fixture.arena, name, text, length);
    assert_non_null(fixture.diags);
    assert_non_null(fixture.source);
    return fixture;
}

static struct fixture fixture_support(void)
{
    return fixture_new("support.yaml", support_yaml, sizeof support_yaml - 1);
}

/* The text of all findings, once everything that they were made from is gone. */
static const char *print(struct fixture *fixture, bool colour)
{
    arena_free(&fixture->arena);
    assert_int_equal(oh_diags_print(fixture->diags, colour, text_sink(&fixture->printed)), OH_OK);
    return fixture->printed.at ? fixture->printed.at : "";
}

static void fixture_free(struct fixture *fixture)
{
    arena_free(&fixture->arena);
    oh_diags_free(fixture->diags);
    text_free(&fixture->printed);
}

static void a_finding_shows_its_line_hint_and_notes(void **state)
{
    (void)state;
    struct fixture f = fixture_support();
    finding(f.diags, CODE_E203, place(f.source, 4, 15, 4), "a %s is needed", "distribution");
    finding_hint(f.diags, "write constant: %d s", 40);
    finding_note(f.diags, place(f.source, 3, 3, 7), "the queue begins here");
    assert_int_equal(oh_diags_count(f.diags), 1);
    const oh_diag *diag = oh_diags_at(f.diags, 0);
    assert_string_equal(print(&f, false),
                        "support.yaml:4:15: error: a distribution is needed [E203]\n"
                        " 4 |     patience: 40 s\n"
                        "   |               ^~~~\n"
                        "   = hint: write constant: 40 s\n"
                        "support.yaml:3:3: note: the queue begins here\n"
                        " 3 |   support:\n"
                        "   |   ^~~~~~~\n");
    assert_int_equal(diag->severity, OH_ERROR);
    assert_string_equal(diag->code, "E203");
    assert_string_equal(diag->file, "support.yaml");
    assert_int_equal(diag->line, 4);
    assert_int_equal(diag->column, 15);
    assert_string_equal(diag->message, "a distribution is needed");
    assert_string_equal(diag->hint, "write constant: 40 s");
    assert_null(oh_diags_at(f.diags, 1));
    fixture_free(&f);
}

static void carets_stand_under_what_a_terminal_shows(void **state)
{
    (void)state;
    struct fixture f = fixture_support();
    finding(f.diags, CODE_E201, place(f.source, 5, 2, 6), "tab");
    finding(f.diags, CODE_E201, place(f.source, 5, 10, 5), "tab inside");
    finding(f.diags, CODE_E201, place(f.source, 6, 17, 1), "wide");
    finding(f.diags, CODE_E201, place(f.source, 6, 19, 1), "behind wide");
    finding(f.diags, CODE_E201, place(f.source, 7, 9, 4), "control");
    finding(f.diags, CODE_E201, place(f.source, 8, 9, 1), "invalid");
    finding(f.diags, CODE_E201, place(f.source, 9, 9, 0), "behind the end");
    assert_string_equal(print(&f, false), "support.yaml:5:2: error: tab [E201]\n"
                                          " 5 |     tabbed: value\n"
                                          "   |     ^~~~~~\n"
                                          "support.yaml:5:10: error: tab inside [E201]\n"
                                          " 5 |     tabbed: value\n"
                                          "   |             ^~~~~\n"
                                          "support.yaml:6:17: error: wide [E201]\n"
                                          " 6 |     name: \xC3\x84rger \xE5\x9B\xBE x\n"
                                          "   |                 ^~\n"
                                          "support.yaml:6:19: error: behind wide [E201]\n"
                                          " 6 |     name: \xC3\x84rger \xE5\x9B\xBE x\n"
                                          "   |                    ^\n"
                                          "support.yaml:7:9: error: control [E201]\n"
                                          " 7 | bell: \xE2\x90\x87 here\n"
                                          "   |         ^~~~\n"
                                          "support.yaml:8:9: error: invalid [E201]\n"
                                          " 8 | broken: \xEF\xBF\xBD here\n"
                                          "   |         ^\n"
                                          "support.yaml:9:9: error: behind the end [E201]\n"
                                          " 9 | last: 1\n"
                                          "   |        ^\n");
    fixture_free(&f);
}

static void findings_without_a_place_have_no_excerpt(void **state)
{
    (void)state;
    struct fixture f = fixture_support();
    finding(f.diags, CODE_E202, (struct span){.source = f.source}, "whole file");
    finding_hint(f.diags, "one");
    finding_hint(f.diags, "two");
    finding(f.diags, CODE_W101, (struct span){.source = NULL}, "nowhere");
    finding(f.diags, CODE_E202, place(f.source, 99, 1, 1), "no such line");
    assert_int_equal(oh_diags_errors(f.diags), 2);
    assert_int_equal(oh_diags_warnings(f.diags), 1);
    assert_string_equal(oh_diags_at(f.diags, 1)->file, "");
    assert_int_equal(oh_diags_at(f.diags, 0)->line, 0);
    assert_string_equal(print(&f, false), "support.yaml: error: whole file [E202]\n"
                                          "  = hint: one; two\n"
                                          "warning: nowhere [W101]\n"
                                          "support.yaml:99:1: error: no such line [E202]\n");
    fixture_free(&f);
}

static void an_option_is_shown_without_line_numbers(void **state)
{
    (void)state;
    static const char option[] = "queues.support.patience=40";
    struct fixture f = fixture_new("--set", option, sizeof option - 1);
    struct source *file = source_new(&f.arena, "a.yaml", support_yaml, sizeof support_yaml - 1);
    finding(f.diags, CODE_E203, place(f.source, 1, 25, 2), "a duration needs a unit");
    finding_hint(f.diags, "write 40 s or 40 min");
    finding_note(f.diags, place(file, 4, 5, 8), "it stands here");
    assert_string_equal(print(&f, false), "--set: error: a duration needs a unit [E203]\n"
                                          "   | queues.support.patience=40\n"
                                          "   |                         ^~\n"
                                          "   = hint: write 40 s or 40 min\n"
                                          "a.yaml:4:5: note: it stands here\n"
                                          " 4 |     patience: 40 s\n"
                                          "   |     ^~~~~~~~\n");
    fixture_free(&f);
}

static void line_numbers_of_different_length_share_a_gutter(void **state)
{
    (void)state;
    static const char text[] = "a\n\n\n\n\n\n\n\n\n\n\xEF\xBB\xBFk: v\n";
    struct fixture f = fixture_new("x", text, sizeof text - 1);
    finding(f.diags, CODE_E108, (struct span){f.source, 1, 1, 3, 1}, "more lines");
    finding_note(f.diags, place(f.source, 11, 2, 1), "there");
    finding_note(f.diags, place(f.source, 2, 1, 1), "nothing");
    assert_string_equal(print(&f, false), "x:1:1: error: more lines [E108]\n"
                                          "  1 | a\n"
                                          "    | ^\n"
                                          "x:11:2: note: there\n"
                                          " 11 | \xEF\xBF\xBDk: v\n"
                                          "    |  ^\n"
                                          "x:2:1: note: nothing\n"
                                          "  2 |\n"
                                          "    | ^\n");
    fixture_free(&f);
}

static void colours_are_used_if_asked(void **state)
{
    (void)state;
    struct fixture f = fixture_support();
    finding(f.diags, CODE_W101, place(f.source, 1, 1, 6), "warm");
    assert_string_equal(print(&f, true),
                        "\033[1msupport.yaml\033[0m\033[1m:\033[0m\033[1m1:1:\033[0m "
                        "\033[1;35mwarning:\033[0m \033[1mwarm\033[0m [W101]\n"
                        " 1 | onhold: 1\n"
                        "   | \033[1;35m^~~~~~\033[0m\n");
    fixture_free(&f);
}

static void a_long_line_is_cut_around_the_place(void **state)
{
    (void)state;
    enum { LONG = 3000 };
    char *text = malloc(LONG + 1);
    assert_non_null(text);
    for (size_t i = 0; i < LONG; i++)
        text[i] = (char)('a' + i % 26);
    text[LONG] = '\0';
    struct fixture f = fixture_new("long", text, LONG);
    static const unsigned columns[] = {1, 41, 42, 90, 1500, 2990, 3001};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        finding(f.diags, CODE_E104, place(f.source, 1, columns[i], 5), "here");
    const char *line = print(&f, false);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        line = strchr(line, '\n') + 1;
        const char *carets = strchr(line, '\n') + 1, *next = strchr(carets, '\n') + 1;
        assert_true(carets - line <= 5 + 1 + 100);
        const char *under = line + (strchr(carets, '^') - carets);
        if (columns[i] <= LONG)
            assert_int_equal(*under, 'a' + (columns[i] - 1) % 26);
        else
            assert_int_equal(*under, '\n');
        assert_int_equal(strncmp(line, columns[i] > 41 ? " 1 | ..." : " 1 | abc", 8), 0);
        if (columns[i] < 2900)
            assert_int_equal(strncmp(carets - 4, "...", 3), 0);
        line = next;
    }
    free(text);
    fixture_free(&f);
}

static void a_line_of_combining_marks_or_controls_stays_bounded(void **state)
{
    (void)state;
    char text[6001];
    for (size_t i = 0; i < 6000; i += 2)
        memcpy(text + i, "\xCC\x81", 2);
    struct fixture f = fixture_new("marks", text, 6000);
    memset(text, 1, 3000);
    struct source *controls = source_new(&f.arena, "controls", text, 3000);
    finding(f.diags, CODE_E104, place(f.source, 1, 2000, 900), "marks");
    finding(f.diags, CODE_E104, place(controls, 1, 2000, 900), "controls");
    assert_true(strlen(print(&f, false)) < 4000);
    fixture_free(&f);
}

static void words_are_cut_and_controls_in_them_made_visible(void **state)
{
    (void)state;
    static const char evil[] = "\033[31mred\x7F\xE2\x80\xAE";
    struct fixture f = fixture_new(evil, "x", 1);
    char *huge = malloc(100001);
    assert_non_null(huge);
    memset(huge, 'y', 100000);
    huge[100000] = '\0';
    finding(f.diags, CODE_E201, place(f.source, 1, 1, 1), "unknown key \"%s\"", evil);
    finding_hint(f.diags, "%s", huge);
    const oh_diag *diag = oh_diags_at(f.diags, 0);
    assert_string_equal(diag->message,
                        "unknown key \"\xE2\x90\x9B[31mred\xE2\x90\xA1\xEF\xBF\xBD\"");
    assert_true(strlen(diag->hint) <= 500);
    assert_string_equal(diag->hint + strlen(diag->hint) - 4, "y...");
    assert_null(strchr(print(&f, false), '\033'));
    free(huge);
    fixture_free(&f);
}

static void errors_past_the_limit_are_one_line(void **state)
{
    (void)state;
    struct fixture f = fixture_support();
    for (int i = 0; i < 100; i++) {
        finding(f.diags, CODE_E201, place(f.source, 1, 1, 1), "error %d", i);
        finding_note(f.diags, place(f.source, 1, 1, 1), "note");
        finding_hint(f.diags, "hint %d", i);
        finding(f.diags, CODE_W101, place(f.source, 1, 1, 1), "warning %d", i);
    }
    assert_int_equal(oh_diags_errors(f.diags), OH_DIAGS_MAX + 1);
    assert_int_equal(oh_diags_warnings(f.diags), OH_DIAGS_MAX + 1);
    assert_int_equal(oh_diags_count(f.diags), 2 * (OH_DIAGS_MAX + 1));
    const oh_diag *last = oh_diags_at(f.diags, 2 * OH_DIAGS_MAX);
    assert_string_equal(last->code, "E100");
    assert_string_equal(last->file, "support.yaml");
    assert_string_equal(last->message, "too many errors: the others are not shown");
    assert_null(last->hint);
    assert_string_equal(oh_diags_at(f.diags, 2 * OH_DIAGS_MAX + 1)->code, "W100");
    assert_non_null(strstr(print(&f, false),
                           "support.yaml: error: too many errors: the others are not shown [E100]\n"
                           "support.yaml: warning: too many warnings: the others are not shown "
                           "[W100]\n"));
    fixture_free(&f);
}

static void notes_past_the_eighth_are_dropped(void **state)
{
    (void)state;
    struct fixture f = fixture_support();
    finding(f.diags, CODE_E201, place(f.source, 1, 1, 1), "error");
    for (int i = 1; i <= 10; i++)
        finding_note(f.diags, place(f.source, 1, 1, 1), "number %d", i);
    const char *text = print(&f, false);
    assert_non_null(strstr(text, "number 8\n"));
    assert_null(strstr(text, "number 9\n"));
    fixture_free(&f);
}

static void a_full_disk_is_told_while_printing(void **state)
{
    (void)state;
    struct fixture f = fixture_support();
    finding(f.diags, CODE_E203, place(f.source, 4, 15, 4), "wrong");
    for (size_t room = 0; room < 80; room += 7) {
        struct full_disk disk = {.room = room};
        assert_int_equal(oh_diags_print(f.diags, false, full_disk_sink(&disk)), OH_IO);
        assert_int_equal(disk.refused, 1);
    }
    fixture_free(&f);
    oh_diags_free(NULL);
}

static void hints_and_notes_without_a_finding_are_ignored(void **state)
{
    (void)state;
    struct fixture f = fixture_support();
    finding_hint(f.diags, "lost");
    finding_note(f.diags, place(f.source, 1, 1, 1), "lost");
    assert_int_equal(oh_diags_count(f.diags), 0);
    assert_string_equal(print(&f, false), "");
    assert_false(findings_failed(f.diags));
    fixture_free(&f);
}

static void every_code_is_listed_once_with_a_title(void **state)
{
    (void)state;
    assert_true(oh_code_count() > 20);
    for (size_t i = 0; i < oh_code_count(); i++) {
        oh_entry entry = oh_code_at(i);
        assert_int_equal(strlen(entry.name), 4);
        assert_string_equal(entry.form, entry.name[0] == 'E' ? "error" : "warning");
        assert_true(entry.about[0] != '\0');
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(entry.name, oh_code_at(j).name);
    }
    assert_string_equal(oh_code_at(oh_code_count()).name, "");
}

static void lines_are_found_whatever_ends_them(void **state)
{
    (void)state;
    static const char text[] = "\xEF\xBB\xBF"
                               "one\r\ntwo\rthree\n\nfive";
    static const char *const lines[] = {"one", "two", "three", "", "five"};
    struct fixture f = fixture_new("x", text, sizeof text - 1);
    const char *start;
    size_t length;
    for (unsigned i = 0; i < 5; i++) {
        assert_true(source_line(f.source, i + 1, &start, &length));
        assert_int_equal(length, strlen(lines[i]));
        assert_memory_equal(start, lines[i], length);
    }
    assert_false(source_line(f.source, 0, &start, &length));
    assert_false(source_line(f.source, 6, &start, &length));
    fixture_free(&f);
}

static const char *name_at(const void *user, size_t i)
{
    return ((const char *const *)user)[i];
}

static const char *nearest(const char *word)
{
    static const char *const names[] = {"patience", "priority", "handling", "hang_up",
                                        "arrivals", "at_close", "or",       "name"};
    return suggest(word, sizeof names / sizeof *names, name_at, names);
}

static void a_near_name_is_suggested_and_a_far_one_is_not(void **state)
{
    (void)state;
    assert_string_equal(nearest("patiance"), "patience");
    assert_string_equal(nearest("Patience"), "patience");
    assert_string_equal(nearest("pateince"), "patience");
    assert_string_equal(nearest("at-close"), "at_close");
    assert_string_equal(nearest("at close"), "at_close");
    assert_string_equal(nearest("hangup"), "hang_up");
    assert_string_equal(nearest("arrival"), "arrivals");
    assert_string_equal(nearest("nmae"), "name");
    assert_null(nearest("x"));
    assert_null(nearest("ab"));
    assert_null(nearest(""));
    assert_null(nearest("surge"));
    assert_null(nearest("naming")); /* three edits from name: too many for six letters */
    assert_null(nearest("this is a word that is much too long to be the name of anything at all"));
}

static void damaged_utf8_is_read_byte_by_byte(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length, used;
        uint32_t code;
    } known[] = {
        {"a", 1, 1, 'a'},
        {"\xC3\x84", 2, 2, 0xC4},
        {"\xE2\x82\xAC", 3, 3, 0x20AC},
        {"\xF0\x9F\x98\x80", 4, 4, 0x1F600},
        {"\xC3", 1, 1, UTF8_INVALID},             /* cut */
        {"\xE2\x82", 2, 1, UTF8_INVALID},         /* cut */
        {"\xC0\x80", 2, 1, UTF8_INVALID},         /* overlong NUL */
        {"\xE0\x80\x80", 3, 1, UTF8_INVALID},     /* overlong */
        {"\xED\xA0\x80", 3, 1, UTF8_INVALID},     /* surrogate */
        {"\xF4\x90\x80\x80", 4, 1, UTF8_INVALID}, /* past U+10FFFF */
        {"\x80", 1, 1, UTF8_INVALID},
        {"\xFF", 1, 1, UTF8_INVALID},
        {"", 0, 0, UTF8_INVALID},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint32_t code;
        assert_int_equal(utf8_read(known[i].bytes, known[i].length, &code), known[i].used);
        assert_int_equal(code, known[i].code);
        char bytes[4];
        if (code != UTF8_INVALID) {
            assert_int_equal(utf8_write(bytes, code), known[i].length);
            assert_memory_equal(bytes, known[i].bytes, known[i].length);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_shows_its_line_hint_and_notes),
        cmocka_unit_test(carets_stand_under_what_a_terminal_shows),
        cmocka_unit_test(findings_without_a_place_have_no_excerpt),
        cmocka_unit_test(an_option_is_shown_without_line_numbers),
        cmocka_unit_test(line_numbers_of_different_length_share_a_gutter),
        cmocka_unit_test(colours_are_used_if_asked),
        cmocka_unit_test(a_long_line_is_cut_around_the_place),
        cmocka_unit_test(a_line_of_combining_marks_or_controls_stays_bounded),
        cmocka_unit_test(words_are_cut_and_controls_in_them_made_visible),
        cmocka_unit_test(errors_past_the_limit_are_one_line),
        cmocka_unit_test(notes_past_the_eighth_are_dropped),
        cmocka_unit_test(a_full_disk_is_told_while_printing),
        cmocka_unit_test(hints_and_notes_without_a_finding_are_ignored),
        cmocka_unit_test(every_code_is_listed_once_with_a_title),
        cmocka_unit_test(lines_are_found_whatever_ends_them),
        cmocka_unit_test(a_near_name_is_suggested_and_a_far_one_is_not),
        cmocka_unit_test(damaged_utf8_is_read_byte_by_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
