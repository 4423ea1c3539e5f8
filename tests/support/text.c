/* text.c - sinks for tests: one that keeps the text, one that runs full like a disk.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool keep(void *user, const char *bytes, size_t length)
{
    struct text *text = user;
    if (text->length + length + 1 > text->room) {
        size_t room = 2 * (text->length + length) + 1024;
        char *at = realloc(text->at, room);
        if (!at)
            return false;
        text->at = at;
        text->room = room;
    }
    memcpy(text->at + text->length, bytes, length);
    text->length += length;
    text->at[text->length] = '\0';
    return true;
}

oh_sink text_sink(struct text *text)
{
    return (oh_sink){keep, text};
}

void text_free(struct text *text)
{
    free(text->at);
    *text = (struct text){0};
}

static bool take_while_room(void *user, const char *bytes, size_t length)
{
    struct full_disk *disk = user;
    (void)bytes;
    if (length > disk->room) {
        disk->room = 0;
        disk->refused++;
        return false;
    }
    disk->room -= length;
    return true;
}

oh_sink full_disk_sink(struct full_disk *disk)
{
    return (oh_sink){take_while_room, disk};
}

char *read_whole(const char *file, size_t *length)
{
    FILE *in = fopen(file, "rb");
    if (!in)
        fail_with(__FILE__, __LINE__, "%s cannot be opened", file);
    struct text text = {0};
    char block[4096];
    size_t n;
    while ((n = fread(block, 1, sizeof block, in)) > 0)
        assert_true(keep(&text, block, n));
    fclose(in);
    assert_true(keep(&text, "", 0));
    if (length)
        *length = text.length;
    return text.at;
}
