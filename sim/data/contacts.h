/* contacts.h - the calls of a log in order of their customers, so that each stands before the next
 * one of the same customer.
 *
 * Times are milliseconds of the business day, as in a log.
 */
#ifndef ONHOLD_SIM_CONTACTS_H
#define ONHOLD_SIM_CONTACTS_H

#include "fit_parts.h"

/* A customer's call in another queue so soon after the end of an answered one, or while it lasts,
 * is that call transferred (ms). */
#define TRANSFER_WITHIN 10000

struct contact {
    uint64_t customer;
    int32_t day;    /* business day */
    uint32_t start; /* ms */
    uint32_t call;  /* of the log */
};

struct contacts {
    const oh_log *log;
    struct contact *at;
    size_t n;
};

/* Those whose customer is known. False if out of memory. */
bool contacts_gather(struct contacts *c, const oh_fit *fit, const oh_log *log);
void contacts_free(struct contacts *c);

/* The next call of the same customer on the same day, or NULL. */
const struct contact *contact_next(const struct contacts *c, size_t i);
/* When the caller was gone, ms: hung up, or finished talking. */
double contact_end(const struct contacts *c, size_t i);
/* Was the i-th call, an answered one, handed on to the next one's queue? */
bool contact_is_transferred(const struct contacts *c, size_t i);

#endif
