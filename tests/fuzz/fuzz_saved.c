/* fuzz_saved.c - damaged saved results whose checksum is right: read, and if they are understood
 * everything is written of them.
 */
#include <stdlib.h>
#include <string.h>

#include "../../sim/experiment/saved.h"
#include "../../sim/stats/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct room {
    unsigned char *at;
    size_t used, size;
};

static bool put(void *user, const char *text, size_t length)
{
    struct room *room = user;
    if (length > room->size - room->used)
        abort();
    memcpy(room->at + room->used, text, length);
    room->used += length;
    return true;
}

static bool forget(void *user, const char *text, size_t length)
{
    (void)user, (void)text, (void)length;
    return true;
}

static void look_at(oh_saved *saved)
{
    const oh_sink sink = {forget, NULL};
    const oh_result *result = oh_saved_result(saved);
    const oh_write_context *context = oh_saved_context(saved);
    oh_saved *joined = NULL;
    char message[256];
    for (size_t i = 0; i < oh_writer_count(); i++)
        oh_writer_at(i)->write(result, context, sink);
    for (size_t i = 0; i < oh_plot_count(); i++)
        oh_plot_at(i)->write(result, context, sink);
    oh_saved_write(saved, sink);
    if (oh_saved_merge(&joined, &saved, 1, NULL, message) == OH_OK)
        oh_saved_write(joined, sink);
    oh_saved_free(joined);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct room room = {malloc(size + PACK_SUM), 0, size + PACK_SUM};
    size_t body = size > PACK_SUM ? size - PACK_SUM : size;
    char message[256];
    oh_saved *saved = NULL;
    struct pack p;
    if (!room.at)
        return 0;
    oh_saved_read(&saved, data, size, message);
    oh_saved_free(saved);
    pack_begin(&p, (oh_sink){put, &room});
    pack_bytes(&p, data, body);
    if (pack_end(&p) == OH_OK && oh_saved_read(&saved, room.at, room.used, message) == OH_OK)
        look_at(saved);
    oh_saved_free(saved);
    free(room.at);
    return 0;
}
