/* pages.c - a word to the system about large blocks of memory.
 */
#include "pages.h"

#include <stdint.h>
#include <sys/mman.h>

void large_pages(void *memory, size_t bytes)
{
#ifdef MADV_HUGEPAGE
    enum { LARGE = 2 << 20 };
    uintptr_t begin = (uintptr_t)memory, end = begin + bytes;
    begin = (begin + LARGE - 1) / LARGE * LARGE;
    end = end / LARGE * LARGE;
    if (end > begin)
        (void)madvise((void *)begin, end - begin, MADV_HUGEPAGE);
#else
    (void)memory;
    (void)bytes;
#endif
}
