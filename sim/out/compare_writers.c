/* compare_writers.c - the list of comparisons' writers. */
#include "compare_writers.h"

#include <string.h>

static const struct {
    const char *format;
    oh_compare_write_fn *write;
} writers[] = {
    {"table", write_compare_table},
    {"csv", write_compare_csv},
    {"json", write_compare_json},
    {"md", write_compare_markdown},
};

oh_compare_write_fn *oh_compare_writer_find(const char *format)
{
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
        if (strcmp(writers[i].format, format) == 0)
            return writers[i].write;
    return NULL;
}
