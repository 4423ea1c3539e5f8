/* status.c - words for status codes, and the versions. */
#include <onhold/base.h>

#include <gsl/gsl_version.h>

const char *oh_status_text(oh_status status)
{
    switch (status) {
    case OH_OK:
        return "all is well";
    case OH_INVALID:
        return "the scenario or the data is wrong";
    case OH_ARGUMENT:
        return "the caller asked for something that makes no sense";
    case OH_NO_MEMORY:
        return "out of memory";
    case OH_IO:
        return "a file could not be read or written";
    case OH_LIMIT:
        return "a limit was reached";
    case OH_CANCELLED:
        return "stopped on request";
    case OH_BROKEN:
        return "a fault in onhold itself: please report it";
    }
    return "an unknown status";
}

const char *oh_version(void)
{
    return OH_VERSION;
}

const char *oh_gsl_version(void)
{
    return gsl_version;
}
