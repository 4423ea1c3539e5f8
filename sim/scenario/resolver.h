/* resolver.h - what the makers of a resolved tree share (resolved.c, resolved_values.c).
 */
#ifndef ONHOLD_SIM_RESOLVER_H
#define ONHOLD_SIM_RESOLVER_H

#include "binder.h"
#include "resolved.h"

struct resolver {
    struct arena *arena;
    oh_scenario *scenario;
    const struct node *root;
    const char *thing; /* the queue or group whose keys are being resolved */
    size_t openings;   /* 0 in steady state */
    unsigned weekday[SPEC_DAYS];
    double length[SPEC_DAYS]; /* of each opening, s */
    bool on[SPEC_DAYS];       /* the openings that the value is for */
    bool unreadable;          /* a table has gone */
};

struct resolved *resolved_new(struct resolver *r, enum resolved_kind kind, const struct node *node);
/* NULL children, of which memory was short, are left out. */
void resolved_append(struct resolved *parent, struct resolved *child);
/* A map's value of which nothing was written. */
struct resolved *resolved_number(struct resolver *r, const char *key, double number);

/* Whatever stands at that path of the key table. */
struct resolved *resolve_value(struct resolver *r, const char *path, const struct key_row *row,
                               const struct node *node);
/* A scalar of that kind. */
struct resolved *resolve_scalar(struct resolver *r, enum value_kind kind, const struct node *node);
struct resolved *resolve_distribution(struct resolver *r, const struct node *node);
struct resolved *resolve_target(struct resolver *r, const struct node *node);

#endif
