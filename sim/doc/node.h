/* node.h - a YAML (or JSON) document as a tree of nodes that know where they stand.
 *
 * Only structure: scalars are text, their meaning is the scenario layer's. Anchors, aliases, tags,
 * a second document and duplicate keys are findings here.
 */
#ifndef ONHOLD_SIM_NODE_H
#define ONHOLD_SIM_NODE_H

#include "../base/arena.h"
#include "../base/findings.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    struct span span;     /* of the value */
    struct span key_span; /* of the key, if this is a map's value */
    const char *key;      /* if this is a map's value */
    const char *text;     /* scalar: NUL-terminated UTF-8 */
    bool quoted;          /* scalar: in quotes or a block, so never null */
    bool bad;             /* what stands there had its finding; nothing is known of it */
    size_t count;         /* children */
    struct node *first, *last, *next; /* children in file order; next sibling */
};

/* Limits of a document. Who grafts trees together keeps to the depth (node_copy recurses). */
enum { NODE_DEPTH_MAX = 64, NODE_COUNT_MAX = 1000000 };

/* Reads one document. NULL after a syntax error or a limit (or no memory: arena->failed). Other
 * findings leave a tree: of keys given twice the first is kept, what an alias stands for is bad.
 * The source must outlive the tree. `begins` is the hint for an empty text:
 * "a scenario begins with ...". */
struct node *node_read(struct arena *arena, const struct source *source, const char *begins,
                       oh_diags *diags);

/* Reads the text from byte `offset` on as one value: what follows the first "=" of a --set option
 * whose whole text is the source. Spans count from the beginning of the source. Nothing there is
 * an error (null removes). */
struct node *node_read_value(struct arena *arena, const struct source *source, size_t offset,
                             oh_diags *diags);

/* Warns (W101) if a comment follows on the line of this unquoted scalar: "about: desk #2" reads
 * as "desk". For texts such as name and about, where the "#" was probably meant. */
void node_warn_comment(const struct node *node, oh_diags *diags);

/* The map's value under that key, or NULL. */
struct node *node_get(const struct node *map, const char *key);
/* The list's element, or NULL. */
struct node *node_at(const struct node *list, size_t index);
/* A deep copy that keeps spans. */
struct node *node_copy(struct arena *arena, const struct node *node);
/* True for a plain scalar null, ~ or nothing. */
bool node_is_null(const struct node *node);

#endif
