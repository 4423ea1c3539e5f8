/* document.c - a document read for a test. */
#include "document.h"

#include <string.h>

struct document document_read(const char *text, size_t length)
{
    struct document document = {.diags = oh_diags_new()};
    assert_non_null(document.diags);
    arena_init(&document.arena);
    document.source = source_new(&document.arena, "t.yaml", text, length);
    assert_non_null(document.source);
    document.root = node_read(&document.arena, document.source,
                              "a scenario begins with \"onhold: 1\"", document.diags);
    assert_int_equal(oh_diags_print(document.diags, false, text_sink(&document.printed)), OH_OK);
    /* A tree or an error, never neither. */
    assert_true(document.root || oh_diags_errors(document.diags) > 0);
    return document;
}

struct document document_text(const char *text)
{
    return document_read(text, strlen(text));
}

struct document document_sound(const char *text)
{
    struct document document = document_text(text);
    assert_that(document.root != NULL, "%s", document.printed.at);
    return document;
}

void document_free(struct document *document)
{
    arena_free(&document->arena);
    oh_diags_free(document->diags);
    text_free(&document->printed);
}
