/* test_doc.c - YAML and JSON as a tree with places. */
#include "../support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/document.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static void assert_span(struct span span, unsigned line, unsigned column, unsigned end_line,
                        unsigned end_column)
{
    assert_int_equal(span.line, line);
    assert_int_equal(span.column, column);
    assert_int_equal(span.end_line, end_line);
    assert_int_equal(span.end_column, end_column);
}

static void every_node_knows_where_it_stands(void **state)
{
    (void)state;
    struct document d = document_sound("onhold: 1\n"
                                       "\xC3\xA4\xC3\xB6: \"\xE2\x82\xAC 5\"  # a comment\n"
                                       "queues:\n"
                                       "  support:\n"
                                       "    counts: [40,\n"
                                       "             62]\n"
                                       "  list:\n"
                                       "  - a\n"
                                       "  - b: 2\n"
                                       "empty:\n");
    const struct node *root = d.root;
    assert_int_equal(root->kind, NODE_MAP);
    assert_int_equal(root->count, 4);
    assert_span(root->span, 1, 1, 10, 7);
    assert_null(root->key);

    const struct node *onhold = node_get(root, "onhold");
    assert_string_equal(onhold->text, "1");
    assert_span(onhold->key_span, 1, 1, 1, 7);
    assert_span(onhold->span, 1, 9, 1, 10);
    assert_false(onhold->quoted);

    const struct node *accents = node_get(root, "\xC3\xA4\xC3\xB6");
    assert_string_equal(accents->text, "\xE2\x82\xAC 5");
    assert_span(accents->key_span, 2, 1, 2, 3);
    assert_span(accents->span, 2, 5, 2, 10);
    assert_true(accents->quoted);

    const struct node *queues = node_get(root, "queues");
    const struct node *counts = node_get(node_get(queues, "support"), "counts");
    assert_int_equal(counts->kind, NODE_LIST);
    assert_span(counts->span, 5, 13, 6, 17);
    assert_span(node_at(counts, 1)->span, 6, 14, 6, 16);
    assert_null(node_at(counts, 2));
    assert_null(node_get(counts, "x"));
    assert_null(node_at(queues, 0));
    assert_null(node_get(queues, "billing"));

    const struct node *list = node_get(queues, "list");
    assert_span(list->span, 8, 3, 9, 9);
    assert_string_equal(node_get(node_at(list, 1), "b")->text, "2");

    const struct node *empty = node_get(root, "empty");
    assert_true(node_is_null(empty));
    assert_span(empty->span, 10, 7, 10, 7);
    document_free(&d);
}

static void only_plain_nothing_is_null(void **state)
{
    (void)state;
    struct document d = document_sound("[null, ~, '', 'null', \"~\", Null, 0, nul, [], {}]");
    static const bool expected[] = {true,  true,  false, false, false,
                                    false, false, false, false, false};
    for (size_t i = 0; i < LENGTH(expected); i++)
        assert_int_equal(node_is_null(node_at(d.root, i)), expected[i]);
    document_free(&d);
}

static void texts_in_blocks_and_quotes_are_joined(void **state)
{
    (void)state;
    struct document d = document_sound("a: |\n  one\n  two\nb: >\n  one\n  two\nc: one\n  two\n"
                                       "d: 'it''s'\ne: \"a\\tb\\n\\u20ac\"\n");
    static const struct {
        const char *key, *text;
        bool quoted;
    } known[] = {{"a", "one\ntwo\n", true},
                 {"b", "one two\n", true},
                 {"c", "one two", false},
                 {"d", "it's", true},
                 {"e", "a\tb\n\xE2\x82\xAC", true}};
    for (size_t i = 0; i < LENGTH(known); i++) {
        assert_string_equal(node_get(d.root, known[i].key)->text, known[i].text);
        assert_int_equal(node_get(d.root, known[i].key)->quoted, known[i].quoted);
    }
    document_free(&d);
}

static void json_is_read_with_tabs_and_slashes(void **state)
{
    (void)state;
    struct document d =
        document_sound("{\n\t\"onhold\":1,\"about\":\"a\\/b\",\t\"list\" : [1,\n\t\t2],\n"
                       "\t\"map\": {\"k\":\"v\"}\r\n}\n");
    assert_string_equal(node_get(d.root, "onhold")->text, "1");
    assert_string_equal(node_get(d.root, "about")->text, "a/b");
    assert_int_equal(node_get(d.root, "list")->count, 2);
    assert_span(node_get(d.root, "map")->span, 4, 9, 4, 18);
    document_free(&d);
}

static void marks_crlf_and_document_starts_do_no_harm(void **state)
{
    (void)state;
    struct document d = document_sound("\xEF\xBB\xBF%YAML 1.1\r\n---\r\na: 1\r\nb: 2\r\n...\r\n");
    assert_int_equal(d.root->count, 2);
    assert_span(node_get(d.root, "b")->span, 4, 4, 4, 5);
    document_free(&d);
    d = document_sound("\xEF\xBB\xBFonhold: 1");
    assert_span(d.root->first->span, 1, 9, 1, 10);
    assert_string_equal(d.root->first->key, "onhold");
    document_free(&d);
}

static void a_copy_is_deep_and_keeps_its_places(void **state)
{
    (void)state;
    struct document d = document_sound("a:\n  - x: 1\n    y: [2, 3]\n  - z\nb: 4\n");
    struct arena arena;
    arena_init(&arena);
    struct node *copy = node_copy(&arena, node_get(d.root, "a"));
    assert_non_null(copy);
    assert_null(copy->next);
    assert_string_equal(copy->key, "a");
    assert_int_equal(copy->count, 2);
    assert_ptr_equal(copy->last, node_at(copy, 1));
    const struct node *y = node_get(node_at(copy, 0), "y");
    assert_string_equal(node_at(y, 1)->text, "3");
    assert_span(y->span, 3, 8, 3, 14);
    assert_true(y != node_get(node_at(node_get(d.root, "a"), 0), "y"));
    arena_free(&arena);
    document_free(&d);
}

static void the_value_of_an_option_is_read_in_its_place(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    oh_diags *diags = oh_diags_new();
    static const char text[] = "q.\xC3\xA4=[1, {a: 2}]";
    struct source *source = source_new(&arena, "--set", text, sizeof text - 1);
    struct node *node = node_read_value(&arena, source, 5, diags);
    assert_non_null(node);
    assert_span(node->span, 1, 5, 1, 16);
    assert_span(node_get(node_at(node, 1), "a")->span, 1, 13, 1, 14);

    source = source_new(&arena, "--set", "q=", 2);
    assert_null(node_read_value(&arena, source, 2, diags));
    source = source_new(&arena, "--set", "q={a: 1", 7);
    assert_null(node_read_value(&arena, source, 2, diags));
    source = source_new(&arena, "--set", "q=null", 6);
    assert_true(node_is_null(node_read_value(&arena, source, 2, diags)));
    struct text printed = {0};
    assert_int_equal(oh_diags_print(diags, false, text_sink(&printed)), OH_OK);
    assert_string_equal(printed.at,
                        "--set: error: there is no value here [E109]\n"
                        "  | q=\n"
                        "  |   ^\n"
                        "  = hint: write null to remove what the path names\n"
                        "--set: error: a comma or the closing } is missing before this [E104]\n"
                        "  | q={a: 1\n"
                        "  |        ^\n"
                        "--set: note: the map begins here\n"
                        "  | q={a: 1\n"
                        "  |   ^\n");
    text_free(&printed);
    oh_diags_free(diags);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_node_knows_where_it_stands),
        cmocka_unit_test(only_plain_nothing_is_null),
        cmocka_unit_test(texts_in_blocks_and_quotes_are_joined),
        cmocka_unit_test(json_is_read_with_tabs_and_slashes),
        cmocka_unit_test(marks_crlf_and_document_starts_do_no_harm),
        cmocka_unit_test(a_copy_is_deep_and_keeps_its_places),
        cmocka_unit_test(the_value_of_an_option_is_read_in_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
