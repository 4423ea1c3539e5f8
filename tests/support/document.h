/* document.h - YAML and JSON read from memory, with what was found in it.
 */
#ifndef ONHOLD_TESTS_DOCUMENT_H
#define ONHOLD_TESTS_DOCUMENT_H

#include "support.h"

#include "../../sim/doc/node.h"

struct document {
    struct arena arena;
    struct source *source;
    oh_diags *diags;
    struct node *root;   /* NULL: the findings say why */
    struct text printed; /* the findings */
};

/* The test fails unless there is a tree or an error. Give it back with document_free. */
struct document document_read(const char *text, size_t length);
struct document document_text(const char *text);
/* The test fails with the findings unless there is a tree. */
struct document document_sound(const char *text);
void document_free(struct document *document);

#endif
