/* json_text.h - JSON as a stream: keys in the order they are put, no tree in memory.
 *
 * Containers are laid out in lines (one member a line, indented by one space a level) or flat
 * (members after one another). Inside a flat one everything is flat. Reals take the shortest form
 * that reads back equal, NaN and infinities are null, text is UTF-8 (a broken byte becomes
 * U+FFFD). The prefix is js_, since jansson's names begin with json_.
 */
#ifndef ONHOLD_SIM_JSON_TEXT_H
#define ONHOLD_SIM_JSON_TEXT_H

#include "emit.h"

enum { JSON_DEPTH = 64 };

enum json_layout { JSON_LINES, JSON_FLAT };

struct json {
    struct emit emit;
    unsigned depth;
    struct {
        char close;
        bool any; /* it has a member already */
        enum json_layout layout;
    } level[JSON_DEPTH];
};

/* Text is gathered: it is in the sink after js_flush or js_end. */
struct json js_to(oh_sink sink);

/* `key` is NULL in a list and for the document itself. Every open needs its close. */
void js_open_map(struct json *j, const char *key, enum json_layout layout);
void js_open_list(struct json *j, const char *key, enum json_layout layout);
void js_close(struct json *j);

void js_string(struct json *j, const char *key, const char *value); /* NULL: null */
void js_real(struct json *j, const char *key, double value);
void js_whole(struct json *j, const char *key, uint64_t value);
void js_bool(struct json *j, const char *key, bool value);
void js_null(struct json *j, const char *key);

/* What was put so far, to the sink; OH_IO if it refused anything. */
oh_status js_flush(struct json *j);
/* Ends the document with a line feed; OH_IO if the sink refused anything. */
oh_status js_end(struct json *j);

#endif
