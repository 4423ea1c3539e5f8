/* contacts.h - a customer's calls one after the other: from each call of a log to the next one of
 * the same customer on the same business day.
 *
 * A call is known by its number in the log, in order of time. Times are milliseconds of the
 * business day.
 */
#ifndef ONHOLD_SIM_CONTACTS_H
#define ONHOLD_SIM_CONTACTS_H

#include "fit_parts.h"

/* A customer's call in another queue so soon after the end of an answered one, or while it lasts,
 * is that call transferred (ms). */
#define TRANSFER_WITHIN 10000

#define NO_CALL UINT32_MAX

struct contacts {
    const oh_fit *fit;
    const oh_log *log;
    uint32_t *next; /* [calls of the log], NO_CALL: none */
    size_t n;       /* calls whose customer is known */
};

/* False if out of memory. */
bool contacts_gather(struct contacts *c, const oh_fit *fit, const oh_log *log);
void contacts_free(struct contacts *c);

/* Is its customer known, and is its queue one of the scenario's? */
bool contact_counts(const struct contacts *c, size_t i);
/* When the i-th call came and on which business day. */
double contact_start(const struct contacts *c, size_t i, long *day);
/* When the caller was gone: hung up, or finished talking. */
double contact_end(const struct contacts *c, size_t i);
/* Was the i-th call, an answered one, handed on to the next one's queue? */
bool contact_is_transferred(const struct contacts *c, size_t i);

#endif
