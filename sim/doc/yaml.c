/* yaml.c - from libyaml's events to a tree of nodes with spans.
 *
 * The collections that are open stand on a stack of limited depth; an event adds a node to the
 * topmost. What onhold does not take (aliases, tags, keys given twice) is a finding, and reading
 * goes on; only a syntax error ends it.
 */
#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "node.h"
#include "text_check.h"
#include "yaml_words.h"

struct frame {
    struct node *node;
    /* In a map, between key and value: */
    bool has_key;
    const char *key; /* NULL: a key that had its finding already */
    struct span key_span;
};

struct builder {
    struct arena *arena;
    const struct source *source;
    oh_diags *diags;
    unsigned line, column; /* of the first character that libyaml sees */
    struct frame frame[NODE_DEPTH_MAX];
    size_t depth, nodes;
    struct node *root;
    bool wrong;   /* there was a finding */
    bool second;  /* a second document has begun: the first one is complete */
    bool stopped; /* a syntax error, a limit or no memory */
};

/* The collection for one more finding. */
static oh_diags *report(struct builder *builder)
{
    builder->wrong = true;
    return builder->diags;
}

static struct span span_of(const struct builder *builder, yaml_mark_t start, yaml_mark_t end)
{
    unsigned first = builder->column - 1;
    return (struct span){
        .source = builder->source,
        .line = builder->line + (unsigned)start.line,
        .column = (start.line == 0 ? first : 0) + (unsigned)start.column + 1,
        .end_line = builder->line + (unsigned)end.line,
        .end_column = (end.line == 0 ? first : 0) + (unsigned)end.column + 1,
    };
}

static void no_memory(struct builder *builder)
{
    builder->arena->failed = true;
    builder->stopped = true;
}

/* ---- keys given twice ---- */

struct seen {
    const struct node *node;
    size_t place;
};

static int by_key_and_place(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    int order = strcmp(x->node->key, y->node->key);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

static int by_place(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

/* One that came before with the same key. */
struct twice {
    struct seen again; /* first, so that by_place sorts these too */
    const struct node *first;
};

/* Of each key only the first value is kept. `twice` is in order of the file. */
static void keep_first(struct node *map, const struct twice *twice, size_t found)
{
    struct node *last = NULL;
    size_t k = 0;
    for (struct node *child = map->first; child; child = child->next) {
        if (k < found && child == twice[k].again.node) {
            k++;
            last->next = child->next; /* the first of all is never one too many */
            map->count--;
        } else {
            last = child;
        }
    }
    map->last = last;
}

/* Sorting keeps this quick for maps of any size. */
static void check_twice(struct builder *builder, struct node *map)
{
    if (map->count < 2)
        return;
    struct seen *seen = malloc(map->count * sizeof *seen);
    struct twice *twice = malloc(map->count * sizeof *twice);
    if (!seen || !twice) {
        no_memory(builder);
        goto out;
    }
    size_t n = 0, found = 0;
    for (const struct node *child = map->first; child; child = child->next, n++)
        seen[n] = (struct seen){child, n};
    qsort(seen, n, sizeof *seen, by_key_and_place);
    const struct node *first = seen[0].node;
    for (size_t i = 1; i < n; i++) {
        if (strcmp(seen[i].node->key, first->key) == 0)
            twice[found++] = (struct twice){seen[i], first};
        else
            first = seen[i].node;
    }
    qsort(twice, found, sizeof *twice, by_place);
    for (size_t i = 0; i < found; i++) {
        finding(report(builder), CODE_E108, twice[i].again.node->key_span, "\"%s\" is given twice",
                twice[i].first->key);
        finding_note(builder->diags, twice[i].first->key_span, "it is given here first");
    }
    if (found > 0)
        keep_first(map, twice, found);
out:
    free(seen);
    free(twice);
}

/* ---- building ---- */

/* Adds a child to the topmost collection, or makes it the root. */
static void place(struct builder *builder, struct node *node)
{
    if (builder->depth == 0) {
        builder->root = node;
        return;
    }
    struct frame *top = &builder->frame[builder->depth - 1];
    struct node *parent = top->node;
    if (parent->kind == NODE_MAP) {
        top->has_key = false;
        if (!top->key)
            return;
        node->key = top->key;
        node->key_span = top->key_span;
    }
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    parent->count++;
}

static bool expects_key(const struct builder *builder)
{
    if (builder->depth == 0)
        return false;
    const struct frame *top = &builder->frame[builder->depth - 1];
    return top->node->kind == NODE_MAP && !top->has_key;
}

static void take_key(struct builder *builder, const char *key, struct span span)
{
    struct frame *top = &builder->frame[builder->depth - 1];
    top->has_key = true;
    top->key = key;
    top->key_span = span;
}

/* NULL, and stopped, past the limit or if out of memory. */
static struct node *node_new(struct builder *builder, enum node_kind kind, struct span span)
{
    if (++builder->nodes > NODE_COUNT_MAX) {
        finding(report(builder), CODE_E102, span, "the file holds more than %d values",
                NODE_COUNT_MAX);
        finding_hint(builder->diags, "long lists of numbers belong in a CSV file");
        builder->stopped = true;
        return NULL;
    }
    struct node *node = arena_alloc(builder->arena, sizeof *node);
    if (!node) {
        no_memory(builder);
        return NULL;
    }
    node->kind = kind;
    node->span = span;
    return node;
}

static void check_anchor_and_tag(struct builder *builder, struct span span, const char *anchor,
                                 const char *tag)
{
    struct span mark = span;
    mark.end_line = 0;
    if (anchor) {
        finding(report(builder), CODE_E106, mark, "anchors (&%s) are not used here", anchor);
        finding_hint(builder->diags, "if the & belongs to a text, put the text in quotes");
    }
    if (tag) {
        finding(report(builder), CODE_E106, mark, "tags (!) are not used here");
        finding_hint(builder->diags, "if the ! belongs to a text, put the text in quotes");
    }
}

static const char *word(const yaml_char_t *text)
{
    return (const char *)text;
}

static void take_scalar(struct builder *builder, const yaml_event_t *event)
{
    struct span span = span_of(builder, event->start_mark, event->end_mark);
    const char *text = word(event->data.scalar.value);
    size_t length = event->data.scalar.length;
    check_anchor_and_tag(builder, span, word(event->data.scalar.anchor),
                         word(event->data.scalar.tag));
    if (!text_check_scalar(span, text, length, builder->diags))
        builder->wrong = true;

    bool key = expects_key(builder);
    if (key && length == 0) {
        finding(report(builder), CODE_E112, span, "there is no key before the colon");
        take_key(builder, NULL, span);
        return;
    }
    char *copy = arena_strndup(builder->arena, text, length);
    if (!copy) {
        no_memory(builder);
        return;
    }
    if (key) {
        take_key(builder, copy, span);
        return;
    }
    struct node *node = node_new(builder, NODE_SCALAR, span);
    if (!node)
        return;
    node->text = copy;
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    place(builder, node);
}

/* What an alias would stand for is not known: a bad value takes its place. */
static void take_alias(struct builder *builder, const yaml_event_t *event)
{
    struct span span = span_of(builder, event->start_mark, event->end_mark);
    const char *name = word(event->data.alias.anchor);
    finding(report(builder), CODE_E106, span, "aliases (*%s) are not used here", name);
    finding_hint(builder->diags, "if the * belongs to a text, put the text in quotes: \"*%s\"",
                 name);
    if (expects_key(builder)) {
        take_key(builder, NULL, span);
        return;
    }
    struct node *node = node_new(builder, NODE_SCALAR, span);
    if (!node)
        return;
    node->text = "";
    node->bad = true;
    place(builder, node);
}

static void open_collection(struct builder *builder, const yaml_event_t *event, enum node_kind kind)
{
    struct span span = span_of(builder, event->start_mark, event->end_mark);
    bool map = kind == NODE_MAP, key = expects_key(builder);
    check_anchor_and_tag(
        builder, span,
        word(map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor),
        word(map ? event->data.mapping_start.tag : event->data.sequence_start.tag));
    if (key) {
        finding(report(builder), CODE_E112, span, "a %s cannot be a key", map ? "map" : "list");
        finding_hint(builder->diags, "a key is a word with a colon: \"count: 24\"");
    }
    if (builder->depth == NODE_DEPTH_MAX) {
        finding(report(builder), CODE_E110, span, "more than %d levels inside each other",
                NODE_DEPTH_MAX);
        builder->stopped = true;
        return;
    }
    struct node *node = node_new(builder, kind, span);
    if (!node)
        return;
    if (key)
        take_key(builder, NULL, span);
    else
        place(builder, node);
    builder->frame[builder->depth++] = (struct frame){.node = node};
}

static void close_collection(struct builder *builder, const yaml_event_t *event)
{
    struct node *node = builder->frame[--builder->depth].node;
    struct span end = span_of(builder, event->start_mark, event->end_mark);
    /* The end event of an indented collection stands where the next thing begins. */
    if (event->end_mark.index == event->start_mark.index && node->last)
        end = node->last->span;
    node->span.end_line = end.end_line;
    node->span.end_column = end.end_column;
    if (node->kind == NODE_MAP)
        check_twice(builder, node);
}

static void open_document(struct builder *builder, const yaml_event_t *event)
{
    if (!builder->root)
        return;
    struct span span = span_of(builder, event->start_mark, event->end_mark);
    finding(report(builder), CODE_E107, span, "a second document begins here");
    finding_hint(builder->diags, "keep one scenario in a file, and \"---\" only above it");
    builder->second = true;
}

/* ---- reading ---- */

/* libyaml compares every %TAG line with all before it, which for a file full of them takes hours;
 * tags are not used anyway. */
static bool check_directives(struct builder *builder)
{
    struct span at = {.source = builder->source, .line = 1, .column = 1};
    const char *line = builder->source->text, *end = line + builder->source->length;
    for (; line < end; at.line++) {
        if (end - line >= 4 && memcmp(line, "%TAG", 4) == 0) {
            finding(report(builder), CODE_E106, at, "tags (!) are not used here");
            return false;
        }
        while (line < end && *line != '\n' && *line != '\r')
            line++;
        line += end - line >= 2 && line[0] == '\r' && line[1] == '\n' ? 2 : 1;
    }
    return true;
}

/* libyaml places the end of the text on a line of its own: rather behind the last thing written. */
static struct span move_to_text(struct span span)
{
    const char *line;
    size_t length;
    for (; span.line > 1; span.line--) {
        bool there = source_line(span.source, span.line, &line, &length);
        while (there && length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t'))
            length--;
        if (there && length > 0)
            break;
        span.column = 0;
    }
    if (span.column > 0 || !source_line(span.source, span.line, &line, &length))
        return span;
    span.column = 1;
    for (size_t i = 0; i < length; i++)
        span.column += ((unsigned char)line[i] & 0xC0) != 0x80;
    span.end_line = 0;
    return span;
}

static void syntax_error(struct builder *builder, const yaml_parser_t *parser)
{
    builder->stopped = true;
    /* In some places libyaml runs out of memory and does not say so. */
    if (parser->error == YAML_MEMORY_ERROR || !parser->problem) {
        builder->arena->failed = true;
        return;
    }
    struct complaint complaint = {
        .problem = parser->problem,
        .context = parser->context ? parser->context : "",
        .at = move_to_text(span_of(builder, parser->problem_mark, parser->problem_mark)),
    };
    if (parser->context && parser->error != YAML_READER_ERROR)
        complaint.begun = span_of(builder, parser->context_mark, parser->context_mark);
    yaml_complain(&complaint, report(builder));
}

/* Takes events to the end of the stream. */
static void take_events(struct builder *builder, yaml_parser_t *parser)
{
    bool ended = false;
    while (!ended && !builder->stopped && !builder->second) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            syntax_error(builder, parser);
            return;
        }
        switch (event.type) {
        case YAML_DOCUMENT_START_EVENT:
            open_document(builder, &event);
            break;
        case YAML_SCALAR_EVENT:
            take_scalar(builder, &event);
            break;
        case YAML_ALIAS_EVENT:
            take_alias(builder, &event);
            break;
        case YAML_SEQUENCE_START_EVENT:
            open_collection(builder, &event, NODE_LIST);
            break;
        case YAML_MAPPING_START_EVENT:
            open_collection(builder, &event, NODE_MAP);
            break;
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            close_collection(builder, &event);
            break;
        case YAML_STREAM_END_EVENT:
            ended = true;
            break;
        case YAML_NO_EVENT:
        case YAML_STREAM_START_EVENT:
        case YAML_DOCUMENT_END_EVENT:
            break;
        }
        yaml_event_delete(&event);
    }
}

static bool is_nothing(const struct node *root)
{
    return !root || (root->kind == NODE_SCALAR && !root->quoted && root->text[0] == '\0');
}

/* Reads the source from byte `offset` on, where builder->line and column are. */
static void read_document(struct builder *builder, size_t offset)
{
    const struct source *source = builder->source;
    yaml_parser_t parser;
    if (!check_directives(builder)) {
        builder->stopped = true;
        return;
    }
    if (!yaml_parser_initialize(&parser)) {
        no_memory(builder);
        return;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)source->text + offset,
                                 source->length - offset);
    take_events(builder, &parser);
    yaml_parser_delete(&parser);
}

/* The tree, unless reading stopped. `nothing` tells what is wrong if there is no value. */
static struct node *finish(struct builder *builder, struct span at, const char *nothing,
                           const char *hint)
{
    bool empty = is_nothing(builder->root);
    if (!builder->stopped && !builder->wrong && empty) {
        finding(report(builder), CODE_E109, at, "%s", nothing);
        finding_hint(builder->diags, "%s", hint);
    }
    bool none = builder->stopped || builder->arena->failed || (builder->wrong && empty);
    return none ? NULL : builder->root;
}

struct node *node_read(struct arena *arena, const struct source *source, const char *begins,
                       oh_diags *diags)
{
    struct builder builder = {
        .arena = arena, .source = source, .diags = diags, .line = 1, .column = 1};
    if (!text_check(source, diags))
        return NULL;
    bool mark = source->length >= 3 && memcmp(source->text, "\xEF\xBB\xBF", 3) == 0;
    read_document(&builder, mark ? 3 : 0);
    return finish(&builder, (struct span){.source = source}, "the file is empty", begins);
}

struct node *node_read_value(struct arena *arena, const struct source *source, size_t offset,
                             oh_diags *diags)
{
    struct builder builder = {
        .arena = arena, .source = source, .diags = diags, .line = 1, .column = 1};
    if (!text_check(source, diags))
        return NULL;
    for (size_t i = 0; i < offset; i++) {
        if (source->text[i] == '\n') {
            builder.line++;
            builder.column = 1;
        } else if (((unsigned char)source->text[i] & 0xC0) != 0x80) {
            builder.column++;
        }
    }
    read_document(&builder, offset);
    return finish(&builder, (struct span){source, builder.line, builder.column, 0, 0},
                  "there is no value here", "write null to remove what the path names");
}
