/* pages.c - a word to the system about large blocks of memory.
 */
#include "pages.h"

#include <stdint.h>
#include <sys/mman.h>

#if defined MADV_HUGEPAGE && defined MADV_POPULATE_WRITE

enum { PAGE = 4096, LARGE = 2 << 20, MOST_AT_ONCE = 32 << 20 };

static uintptr_t up(uintptr_t place, uintptr_t to)
{
    return (place + to - 1) / to * to;
}

void large_pages(void *memory, size_t bytes)
{
    uintptr_t begin = (uintptr_t)memory, end = begin + bytes;
    uintptr_t first = up(begin, LARGE), last = end / LARGE * LARGE;
    if (last > first)
        (void)madvise((void *)first, last - first, MADV_HUGEPAGE);
    /* A few megabytes at once, rather than each page when it is first touched. */
    first = up(begin, PAGE);
    last = end / PAGE * PAGE;
    if (last > first && bytes <= MOST_AT_ONCE)
        (void)madvise((void *)first, last - first, MADV_POPULATE_WRITE);
}

#else

void large_pages(void *memory, size_t bytes)
{
    (void)memory;
    (void)bytes;
}

#endif
