/* resolved_hash.c - a name for what a scenario means.
 *
 * The one idea: each value is hashed with its kind and its length or count before it, so that no
 * two trees give the same bytes; numbers by value, not by spelling; tables by content, not by name.
 */
#include <stdio.h>
#include <string.h>

#include "../base/sha256.h"
#include "../base/units.h"
#include "resolved.h"

static void add_text(struct sha256 *hash, char kind, const char *text)
{
    char head[32];
    int n = snprintf(head, sizeof head, "%c%zu:", kind, strlen(text));
    sha256_add(hash, head, (size_t)n);
    sha256_add(hash, text, strlen(text));
}

static void add_value(struct sha256 *hash, const struct resolved *value)
{
    char text[48];
    const struct resolved *v = value->plain ? value->plain : value;
    if (value->key)
        add_text(hash, 'k', value->number_key ? value->number_key : value->key);
    switch (v->kind) {
    case RESOLVED_MAP:
    case RESOLVED_LIST:
        snprintf(text, sizeof text, "%zu", v->count);
        add_text(hash, v->kind == RESOLVED_MAP ? 'm' : 'l', text);
        for (const struct resolved *c = v->first; c; c = c->next)
            add_value(hash, c);
        break;
    case RESOLVED_NUMBER:
    case RESOLVED_FLAG:
        add_text(hash, v->kind == RESOLVED_NUMBER ? 'n' : 'b', format_real(text, v->number));
        break;
    case RESOLVED_TEXT:
        add_text(hash, 't', v->text);
        break;
    case RESOLVED_FILE:
        add_text(hash, 'f', v->file ? v->file->sha256 : "");
        break;
    }
}

void resolved_hash(const struct resolved *root, char hash[65])
{
    struct sha256 sum;
    sha256_begin(&sum);
    add_value(&sum, root);
    sha256_hex(&sum, hash);
}
