/* quantity.c - the readers of units.h for hosts. */
#include <onhold/quantity.h>

#include <stdio.h>

#include "units.h"

typedef bool read_fn(const char *text, double *value, struct problem *problem);

static bool read_with(read_fn *read, const char *text, double *value, char wrong[256])
{
    struct problem problem = {"", ""};
    if (read(text, value, &problem))
        return true;
    snprintf(wrong, 256, "%.120s%s%.120s", problem.message, problem.hint[0] ? "; " : "",
             problem.hint);
    return false;
}

bool oh_read_duration(const char *text, double *seconds, char wrong[256])
{
    return read_with(unit_duration, text, seconds, wrong);
}

bool oh_read_share(const char *text, double *share, char wrong[256])
{
    return read_with(unit_share, text, share, wrong);
}

bool oh_read_time_of_day(const char *text, double *seconds, char wrong[256])
{
    return read_with(unit_time_of_day, text, seconds, wrong);
}
