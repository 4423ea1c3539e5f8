/* paper.c - a sink without allocations. */
#include "paper.h"

#include <string.h>

static bool write_on(void *user, const char *text, size_t length)
{
    struct paper *paper = user;
    if (length > sizeof paper->at - paper->length)
        return false;
    memcpy(paper->at + paper->length, text, length);
    paper->length += length;
    return true;
}

oh_sink paper_sink(struct paper *paper)
{
    return (oh_sink){write_on, paper};
}
