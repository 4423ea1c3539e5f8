/* allocations.c - malloc, calloc and realloc that can be told to fail.
 *
 * The linker's --wrap sends the calls of our own objects to __wrap_malloc. Shared libraries still
 * call malloc by its own name, so that name is defined here as well, unless a sanitizer has
 * already taken it. The counter is atomic: the runner's threads allocate too.
 */
#include "allocations.h"

#include <stdatomic.h>

static atomic_ulong asked;
static atomic_ulong fail_at; /* 0: never */
static atomic_bool go_on;    /* all after it fail as well */
static atomic_bool refused;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

/* Should this allocation fail? */
static bool refuse(void)
{
    unsigned long k = atomic_load(&fail_at);
    unsigned long me = atomic_fetch_add(&asked, 1) + 1;
    if (k == 0 || me < k || (me > k && !atomic_load(&go_on)))
        return false;
    atomic_store(&refused, true);
    return true;
}

static void arm(unsigned long k, bool all_after)
{
    atomic_store(&refused, false);
    atomic_store(&go_on, all_after);
    atomic_store(&asked, 0);
    atomic_store(&fail_at, k);
}

void allocations_arm(unsigned long k)
{
    arm(k, false);
}

void allocations_arm_from(unsigned long k)
{
    arm(k, true);
}

unsigned long allocations_disarm(void)
{
    atomic_store(&fail_at, 0);
    return atomic_load(&asked);
}

unsigned long allocations_count(void)
{
    return atomic_load(&asked);
}

bool allocations_failed(void)
{
    return atomic_load(&refused);
}

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define SANITIZED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

#ifdef SANITIZED

void *__wrap_malloc(size_t size)
{
    return refuse() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return refuse() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return refuse() ? NULL : __real_realloc(old, size);
}

#else

/* glibc's own, under the names it keeps for replacements like this one. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *old, size_t size);

void *malloc(size_t size)
{
    return refuse() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return refuse() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return refuse() ? NULL : __libc_realloc(old, size);
}

void *__wrap_malloc(size_t size)
{
    return refuse() ? NULL : __libc_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return refuse() ? NULL : __libc_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return refuse() ? NULL : __libc_realloc(old, size);
}

#endif
