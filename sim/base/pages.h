/* pages.h - memory of many megabytes in large pages, where the system has them.
 */
#ifndef ONHOLD_SIM_PAGES_H
#define ONHOLD_SIM_PAGES_H

#include <stddef.h>

/* All of this memory will be used: it may come in large pages, which are touched, and looked up,
 * sooner. Less than a few megabytes stay as they are. A wish: nothing fails. */
void large_pages(void *memory, size_t bytes);

#endif
