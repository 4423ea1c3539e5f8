/* test_doc_faults.c - what is wrong with a document, in plain words and with its place. */
#include "../support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/document.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* The whole text of the findings. */
static void expect_findings(const char *text, const char *expected)
{
    struct document document = document_text(text);
    const char *printed = document.printed.at ? document.printed.at : "";
    if (strcmp(printed, expected) != 0)
        print_error("for: %s\n", text);
    assert_string_equal(printed, expected);
    document_free(&document);
}

struct fault {
    const char *text, *place, *message, *hint;
};

/* Only the first finding, and no source line. */
static void check_faults(const struct fault *fault, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct document d = document_text(fault[i].text);
        assert_that(oh_diags_errors(d.diags) > 0, "was read: %s", fault[i].text);
        const oh_diag *diag = oh_diags_at(d.diags, 0);
        char place[32], message[300];
        snprintf(place, sizeof place, "%u:%u", diag->line, diag->column);
        snprintf(message, sizeof message, "%s [%s]", diag->message, diag->code);
        if (strcmp(place, fault[i].place) || strcmp(message, fault[i].message) ||
            strcmp(diag->hint ? diag->hint : "", fault[i].hint))
            print_error("for:\n%s\n%s\n", fault[i].text, d.printed.at);
        assert_string_equal(place, fault[i].place);
        assert_string_equal(message, fault[i].message);
        assert_string_equal(diag->hint ? diag->hint : "", fault[i].hint);
        document_free(&d);
    }
}

static void usual_slips_are_named_with_their_place(void **state)
{
    (void)state;
    static const char tab[] = "a tab stands in the indentation [E105]";
    static const char spaces[] = "indent with spaces, two for each level";
    static const char column[] = "begin all keys of a map in the same column";
    static const char apart[] = "this line is not in line with the keys above it [E104]";
    static const char closed[] = "this quotation mark is never closed [E104]";
    static const char close[] =
        "put the same mark at the end of the text; inside '...' write '' for '";
    static const char ended[] = "nothing may follow here: the value has ended [E104]";
    const struct fault fault[] = {
        {"a:\n\tb: 1\n", "2:1", tab, spaces},
        {"a:\n  b: 1\n\tc: 2\n", "3:1", tab, spaces},
        {"a: 1\n  \tb: 2\n", "2:3", tab, spaces},
        {"a:\n- \tb\n", "2:3", "a tab stands where a space is needed [E105]",
         "replace it by spaces"},
        {"a: [1,\n  2\n\n", "2:4", "a comma or the closing ] is missing before this [E104]", ""},
        {"a: {", "1:5", "the text ends while a bracket is still open [E104]",
         "close every [ with ] and every { with }"},
        {"about: see this: that\n", "1:16",
         "a text with a colon and a space in it must be in quotes [E104]",
         "write about: \"see this: that\""},
        {"- x: y: z\n", "1:7", "a text with a colon and a space in it must be in quotes [E104]",
         "write - x: \"y: z\""},
        {"about: say \"a: b\"\n", "1:14",
         "a text with a colon and a space in it must be in quotes [E104]",
         "write about: 'say \"a: b\"'"},
        {"about: it's \"a: b\"\n", "1:15",
         "a text with a colon and a space in it must be in quotes [E104]",
         "write it in '...', and two ' for each ' in it"},
        {"a: 1\n  b: 2\n", "2:3",
         "this line is indented as if it belonged to the value above it [E104]",
         "begin it in the same column as the keys beside it"},
        {"a:1\nb: 2\n", "1:2", "a space is missing behind the colon [E104]", "write a: 1"},
        {"b: 2\nc:3\nd: 4\n", "2:2", "a space is missing behind the colon [E104]", "write c: 3"},
        {"b: 2\nname\nc: 3\n", "2:1", "a key needs a colon and a space behind it [E104]",
         "write it like \"count: 24\""},
        {"name\nb: 2\n", "1:1", "a key needs a colon and a space behind it [E104]",
         "write it like \"count: 24\""},
        {"a: 1\nb:\xC2\xA0"
         "2\nc: 3\n",
         "2:3", "this is a no-break space, which YAML does not take for a space [E104]",
         "delete it and type a space"},
        {"a:\n    b: 1\n  c: 2\n", "3:3", apart, column},
        {"  a: 1\nb: 2\n", "2:1", apart, column},
        {"a:\n  - 1\n  b: 2\n", "3:3",
         "this is neither an item of the list above nor in line with another key [E104]",
         "begin every item with \"- \", in one column"},
        {"a: - b\n", "1:4", "a list item cannot begin here [E104]",
         "put each \"- \" on a line of its own below the key, or write [a, b]; put a text that "
         "begins with \"- \" in quotes"},
        {"a: \"open\nb: 2\n", "1:4", closed, close},
        {"a: 'open\n", "1:4", closed, close},
        {"a: 'it's'\n", "1:8", ended,
         "put the whole text in one pair of quotes; inside '...' write '' for '"},
        {"a: [1] 3\n", "1:8", ended, "put the whole value in quotes if it is a text"},
        {"a: ]\n", "1:4", "this bracket was never opened [E104]",
         "if it belongs to a text, put the text in quotes"},
        {"a: [1,,2]\n", "1:7", "a value is missing before this [E104]",
         "if it belongs to a text, put the text in quotes"},
        {"a: [1, 2\nb: 3\n", "2:2", "a comma or the closing ] is missing before this [E104]", ""},
        {"{\n\t\"a\": 1,\n\t\"b\": {\"c\": 2 ]\n}", "3:15",
         "a comma or the closing } is missing before this [E104]", ""},
        {"a: | text\n  b\n", "1:6", "nothing may follow | or > on its line [E104]",
         "put the text in quotes, or on the next lines, indented"},
        {"csv: \"C:\\data\"\n", "1:9",
         "the backslash here makes no character that a text can hold [E104]",
         "write two backslashes for one, put the text in '...', or write the character itself"},
        {"{\"a\": \"\\ud83d\\ude00\"}", "1:10",
         "the backslash here makes no character that a text can hold [E104]",
         "write two backslashes for one, put the text in '...', or write the character itself"},
    };
    check_faults(fault, LENGTH(fault));
}

static void a_text_that_begins_with_a_sign_wants_quotes(void **state)
{
    (void)state;
    const struct fault fault[] = {
        {"a: *important*\n", "1:4", "a text that begins with * must be in quotes [E104]",
         "write \"*important*\""},
        {"a: & b\n", "1:4", "a text that begins with & must be in quotes [E104]", "write \"& b\""},
        {"a: %5\n", "1:4", "a text that begins with % must be in quotes [E104]", "write \"%5\""},
        {"- @me\n", "1:3", "a text that begins with @ must be in quotes [E104]", "write \"@me\""},
        {"a: `x`\n", "1:4", "a text that begins with ` must be in quotes [E104]", "write \"`x`\""},
        {"a: [x, @y]\n", "1:8", "a text that begins with @ must be in quotes [E104]",
         "write \"@y\""},
        {"a: ? b\n", "1:4", "a text that begins with ? must be in quotes [E104]", "write \"? b\""},
        {"{\n\t\"a\": @x\n}", "2:7", "a text that begins with @ must be in quotes [E104]",
         "write \"@x\""},
        {"%5: a\n", "1:1", "a line that begins with % must be in quotes [E104]", ""},
    };
    check_faults(fault, LENGTH(fault));
}

static void what_yaml_has_and_onhold_does_not_is_an_error(void **state)
{
    (void)state;
    static const char quote_tag[] = "if the ! belongs to a text, put the text in quotes";
    const struct fault fault[] = {
        {"a: *imp\n", "1:4", "aliases (*imp) are not used here [E106]",
         "if the * belongs to a text, put the text in quotes: \"*imp\""},
        {"a: &x 4\n", "1:4", "anchors (&x) are not used here [E106]",
         "if the & belongs to a text, put the text in quotes"},
        {"a: &x [4]\n", "1:4", "anchors (&x) are not used here [E106]",
         "if the & belongs to a text, put the text in quotes"},
        {"a: !!str 5\n", "1:4", "tags (!) are not used here [E106]", quote_tag},
        {"a: !x {}\n", "1:4", "tags (!) are not used here [E106]", quote_tag},
        {"a: !y!x 1\n", "1:4", "tags (!) are not used here [E106]", quote_tag},
        {"a: 1\n...\n%TAG ! x:\n---\nb: 2\n", "3:1", "tags (!) are not used here [E106]", ""},
        {"a: 1\n---\nb: 2\n", "2:1", "a second document begins here [E107]",
         "keep one scenario in a file, and \"---\" only above it"},
        {"? [a]\n: 1\n", "1:3", "a list cannot be a key [E112]",
         "a key is a word with a colon: \"count: 24\""},
        {"{{a: 1}: 2}\n", "1:2", "a map cannot be a key [E112]",
         "a key is a word with a colon: \"count: 24\""},
        {": 1\n", "1:1", "there is no key before the colon [E112]", ""},
        {"{: 1}\n", "1:2", "there is no key before the colon [E112]", ""},
        {"*a : 1\n", "1:1", "aliases (*a) are not used here [E106]",
         "if the * belongs to a text, put the text in quotes: \"*a\""},
        {"", "0:0", "the file is empty [E109]", "a scenario begins with \"onhold: 1\""},
        {"# nothing\n", "0:0", "the file is empty [E109]", "a scenario begins with \"onhold: 1\""},
        {"---\n", "0:0", "the file is empty [E109]", "a scenario begins with \"onhold: 1\""},
    };
    check_faults(fault, LENGTH(fault));
}

static void files_that_are_not_text_are_told_apart(void **state)
{
    (void)state;
    const struct fault fault[] = {
        {"\xFF\xFEo", "0:0", "this file is UTF-16 text [E103]", "save it as UTF-8"},
        {"\xFE\xFFo", "0:0", "this file is UTF-16 text [E103]", "save it as UTF-8"},
        {"PK\x03\x04rest", "0:0", "this is a packed file (zip, Excel or the like), not text [E103]",
         ""},
        {"a: 1\nname: Caf\xE9 8\n", "2:10",
         "this byte (0xE9) is not part of any UTF-8 character [E103]", "save the file as UTF-8"},
        {"a: \x01\n", "1:4", "an invisible character (U+0001) stands here [E103]", "delete it"},
        {"\xC3\xA4: 1\r\nb: \x7F\n", "2:4", "an invisible character (U+007F) stands here [E103]",
         "delete it"},
        {"a: x\xE2\x80\xA8y\n", "1:5", "an unusual line break (U+2028) stands here [E103]",
         "delete it and press Enter, or put a space there"},
        {"a: \"\\0\"\n", "1:4", "an escape makes an invisible character (U+0000) here [E103]",
         "leave it out; for a backslash write two of them"},
        {"\"\\e[31m\": 1\n", "1:1", "an escape makes an invisible character (U+001B) here [E103]",
         "leave it out; for a backslash write two of them"},
    };
    check_faults(fault, LENGTH(fault));
    struct document d = document_read("a: 1\nb\0: 2", 10);
    assert_string_equal(oh_diags_at(d.diags, 0)->message,
                        "this is not a text file: it holds a zero byte");
    assert_int_equal(oh_diags_at(d.diags, 0)->line, 2);
    assert_int_equal(oh_diags_at(d.diags, 0)->column, 2);
    document_free(&d);
}

static void a_key_given_twice_points_at_both(void **state)
{
    (void)state;
    expect_findings("a: 1\nb: {x: 1, x: 2}\n\"a\": 3\na: 4\nx: 5\n",
                    "t.yaml:2:11: error: \"x\" is given twice [E108]\n"
                    " 2 | b: {x: 1, x: 2}\n"
                    "   |           ^\n"
                    "t.yaml:2:5: note: it is given here first\n"
                    " 2 | b: {x: 1, x: 2}\n"
                    "   |     ^\n"
                    "t.yaml:3:1: error: \"a\" is given twice [E108]\n"
                    " 3 | \"a\": 3\n"
                    "   | ^~~\n"
                    "t.yaml:1:1: note: it is given here first\n"
                    " 1 | a: 1\n"
                    "   | ^\n"
                    "t.yaml:4:1: error: \"a\" is given twice [E108]\n"
                    " 4 | a: 4\n"
                    "   | ^\n"
                    "t.yaml:1:1: note: it is given here first\n"
                    " 1 | a: 1\n"
                    "   | ^\n");
}

static void all_faults_up_to_a_syntax_error_are_told_at_once(void **state)
{
    (void)state;
    struct document d = document_text("a: &x 1\na: *x\nb: !t 2\n? [k]\n: 1\nc: 'open\n");
    static const char *const codes[] = {"E106", "E106", "E106", "E112", "E104"};
    assert_int_equal(oh_diags_count(d.diags), LENGTH(codes));
    for (size_t i = 0; i < LENGTH(codes); i++)
        assert_string_equal(oh_diags_at(d.diags, i)->code, codes[i]);
    document_free(&d);
}

static void what_is_sound_in_a_flawed_file_is_kept(void **state)
{
    (void)state;
    struct document d =
        document_text("a: 1\na: 2\nb: *x\nc: !t &y {d: 3, d: 4, e: 5}\n? [k]\n: 6\nf: 7\n");
    assert_int_equal(oh_diags_errors(d.diags), 6);
    assert_int_equal(d.root->count, 4);
    assert_string_equal(node_get(d.root, "a")->text, "1");
    assert_true(node_get(d.root, "b")->bad);
    assert_false(node_is_null(node_get(d.root, "b")));
    assert_int_equal(node_get(d.root, "c")->count, 2);
    assert_string_equal(node_get(node_get(d.root, "c"), "d")->text, "3");
    assert_string_equal(node_get(d.root, "f")->text, "7");
    assert_ptr_equal(d.root->last, node_get(d.root, "f"));
    document_free(&d);
    d = document_text("a: 1\n---\nb: 2\n");
    assert_int_equal(d.root->count, 1);
    document_free(&d);
    d = document_text(
        "a: 1\na: 2\nb: [1\n"); /* after a syntax error there is nothing to go on with */
    assert_null(d.root);
    document_free(&d);
}

static void a_comment_behind_an_unquoted_text_warns(void **state)
{
    (void)state;
    struct document d = document_sound("about: desk #2 of \xC3\xA4\n"
                                       "quoted: \"desk\" #2\n"
                                       "clean: desk#2\n"
                                       "long: desk\n  two  # three\n"
                                       "flow: {x: 1} # four\n"
                                       "number: 1\n");
    for (const struct node *node = d.root->first; node; node = node->next)
        node_warn_comment(node, d.diags);
    assert_int_equal(oh_diags_warnings(d.diags), 2);
    struct text printed = {0};
    assert_int_equal(oh_diags_print(d.diags, false, text_sink(&printed)), OH_OK);
    assert_string_equal(
        printed.at,
        "t.yaml:1:13: warning: from the # on this is a comment: the text is only \"desk\" [W101]\n"
        " 1 | about: desk #2 of \xC3\xA4\n"
        "   |             ^~~~~~~\n"
        "   = hint: if the # belongs to it, put the text in quotes: \"desk #2 of \xC3\xA4\"\n"
        "t.yaml:5:8: warning: from the # on this is a comment: the text is only \"desk two\" "
        "[W101]\n"
        " 5 |   two  # three\n"
        "   |        ^~~~~~~\n"
        "   = hint: if the # belongs to it, put the text in quotes: \"desk two  # three\"\n");
    text_free(&printed);
    document_free(&d);
}

/* ---- limits and damage ---- */

static char *repeated(const char *piece, size_t times, size_t *length)
{
    size_t size = strlen(piece);
    char *text = malloc(size * times + 1);
    assert_non_null(text);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * size, piece, size);
    text[size * times] = '\0';
    *length = size * times;
    return text;
}

static void expect_first_code(const char *piece, size_t times, const char *code)
{
    size_t length;
    char *text = repeated(piece, times, &length);
    struct document d = document_read(text, length);
    assert_string_equal(oh_diags_at(d.diags, 0)->code, code);
    document_free(&d);
    free(text);
}

static void deep_nesting_and_endless_lists_are_refused(void **state)
{
    (void)state;
    size_t length;
    char *text = repeated("- ", NODE_DEPTH_MAX, &length);
    struct document d = document_read(text, length);
    assert_non_null(d.root);
    document_free(&d);
    free(text);
    expect_first_code("- ", NODE_DEPTH_MAX + 1, "E110");
    expect_first_code("[", 200000, "E110");
    expect_first_code("{a: ", 200000, "E110");
    expect_first_code("- \n", NODE_COUNT_MAX + 1, "E102");
}

static void many_keys_are_compared_quickly(void **state)
{
    (void)state;
    enum { KEYS = 200000 };
    char *text = malloc(KEYS * 12 + 20), *at = text;
    assert_non_null(text);
    for (int i = 0; i < KEYS; i++)
        at += sprintf(at, "k%d: 1\n", i);
    struct document d = document_read(text, (size_t)(at - text));
    assert_non_null(d.root);
    assert_int_equal(d.root->count, KEYS);
    document_free(&d);
    at += sprintf(at, "k77: 2\n");
    d = document_read(text, (size_t)(at - text));
    assert_int_equal(oh_diags_count(d.diags), 1);
    assert_string_equal(oh_diags_at(d.diags, 0)->message, "\"k77\" is given twice");
    assert_int_equal(oh_diags_at(d.diags, 0)->line, KEYS + 1);
    document_free(&d);
    expect_first_code("a: 1\n", KEYS, "E108");
    free(text);
}

/* Damage of real text and of pure noise: a tree or a finding comes back (document_read checks
 * that), and under the sanitizers no byte is touched that should not be. */
static void random_damage_never_crashes(void **state)
{
    (void)state;
    static const char sample[] =
        "onhold: 1\nname: \"a b\" # c\nqueues:\n  support:\n    arrivals: {per: 30 min, counts: "
        "[1, 2]}\n    patience: {hung_up_by: {40 s: 15%}}\n    about: |\n      text\n  - x\n"
        "a: &b *c !d 'e' \"f\\n\\u20ac\"\n? g\n: h\n---\n...\n%TAG\t@`";
    static const char signs[] = ":-[]{},&*!|>'\"%@`#?~ \n\t\r\\ax1\xC3\xA4\xEF\xBB\xBF";
    uint32_t seed = 2463534242u; /* xorshift32 (Marsaglia 2003) */
    char text[sizeof sample + 64];
    for (int i = 0; i < 6000; i++) {
        size_t length = i % 2 ? sizeof sample - 1 : 40;
        memcpy(text, sample, sizeof sample);
        for (size_t k = 0; k < (i % 2 ? 6u : length); k++) {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            size_t where = i % 2 ? seed % length : k;
            text[where] = seed & 0x1000000 ? signs[(seed >> 8) % (sizeof signs - 1)]
                          : i % 3          ? sample[(seed >> 8) % (sizeof sample - 1)]
                                           : (char)(seed >> 8);
        }
        struct document d = document_read(text, length);
        document_free(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_slips_are_named_with_their_place),
        cmocka_unit_test(a_text_that_begins_with_a_sign_wants_quotes),
        cmocka_unit_test(what_yaml_has_and_onhold_does_not_is_an_error),
        cmocka_unit_test(files_that_are_not_text_are_told_apart),
        cmocka_unit_test(a_key_given_twice_points_at_both),
        cmocka_unit_test(all_faults_up_to_a_syntax_error_are_told_at_once),
        cmocka_unit_test(what_is_sound_in_a_flawed_file_is_kept),
        cmocka_unit_test(a_comment_behind_an_unquoted_text_warns),
        cmocka_unit_test(deep_nesting_and_endless_lists_are_refused),
        cmocka_unit_test(many_keys_are_compared_quickly),
        cmocka_unit_test(random_damage_never_crashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
