/* base.h - status codes, version and the sink that every writer writes to.
 *
 * The library has no globals, prints nothing, reads no environment, never exits and installs no
 * signal handler. Whoever calls it decides where text goes and what a failure means.
 */
#ifndef ONHOLD_BASE_H
#define ONHOLD_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OH_VERSION "0.1.0"

/* What a call that can fail returns. Anything but OH_OK must be looked at. */
typedef enum oh_status {
    OH_OK = 0,
    OH_INVALID,   /* the scenario or data is wrong; the diagnostics say where and why */
    OH_ARGUMENT,  /* the caller passed something senseless (unknown name, zero replications) */
    OH_NO_MEMORY, /* an allocation failed */
    OH_IO,        /* a file could not be opened, read or written; errno tells why */
    OH_LIMIT,     /* a documented limit was hit; results so far are kept */
    OH_CANCELLED, /* the caller's cancel flag was raised; results so far are kept */
    OH_BROKEN     /* an invariant of onhold itself failed: a bug, with a message to report */
} oh_status;

/* A short sentence without a full stop, never NULL. */
const char *oh_status_text(oh_status status);

/* Receives text. Returns false if it could not take it (disk full, closed pipe); the writer then
 * stops and returns OH_IO. */
typedef bool oh_sink_fn(void *user, const char *text, size_t length);

typedef struct oh_sink {
    oh_sink_fn *write;
    void *user;
} oh_sink;

/* The library's version, "0.1.0", and that of the GSL it runs with. */
const char *oh_version(void);
const char *oh_gsl_version(void);

#endif
