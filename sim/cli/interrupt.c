/* interrupt.c - signals raise a flag that the run looks at. */
#include "interrupt.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

static atomic_bool raised;

static void on_signal(int number)
{
    (void)number;
    atomic_store(&raised, true);
}

/* What whoever started the program had ignored (nohup, a script's background job) stays ignored. */
static void catch_one(int number)
{
    struct sigaction action = {0}, before;
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler == SIG_IGN)
        return;
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = (int)(SA_RESETHAND | SA_RESTART); /* the second one kills */
    sigaction(number, &action, NULL);
}

atomic_bool *interrupt_catch(void)
{
    catch_one(SIGINT);
    catch_one(SIGTERM);
    return &raised;
}

bool interrupt_came(void)
{
    return atomic_load(&raised);
}
