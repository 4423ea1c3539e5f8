/* rank.h - the order of what happens at the same instant (SCENARIO, section 8, rule 1).
 */
#ifndef ONHOLD_SIM_RANK_H
#define ONHOLD_SIM_RANK_H

enum rank {
    RANK_SHIFT_START,
    RANK_BREAK_END,
    RANK_READY,     /* the end of a pause after a contact */
    RANK_CALLBACK,  /* a call-back is due */
    RANK_SERVICE,   /* ring, service and wrap-up end; by order of assignment */
    RANK_OVERFLOW,  /* a further group may take a waiting contact; an announcement */
    RANK_PATIENCE,  /* by call number */
    RANK_ARRIVAL,   /* by queue, then number */
    RANK_SHIFT_END, /* and the start of a break */
    RANK_PERIOD,    /* interval boundary */
    RANK_CLOSE
};

#endif
