/* calculator.h - a question to the queueing formulas, understood: what is known, what is sought.
 */
#ifndef ONHOLD_SIM_CALCULATOR_H
#define ONHOLD_SIM_CALCULATOR_H

#include <onhold/calculator.h>

#include "../base/arena.h"
#include "model.h"

enum { CALCULATOR_LINES = 10000 };
#define CALCULATOR_AGENTS 1e7

enum formula { FORMULA_B, FORMULA_C, FORMULA_A, FORMULA_G };

/* What is not given and so asked for. */
enum sought { SOUGHT_FIGURES, SOUGHT_AGENTS, SOUGHT_LOAD, SOUGHT_TIME };

struct oh_calculation {
    struct arena arena;
    oh_model *shape; /* holds a patience of any shape, or NULL */
    enum formula formula;
    enum sought sought;
    /* The threshold is the goal's, the rate that of the line at hand. handling is 1 s unless
     * has_handling: loads and shares do not depend on it. */
    oh_steady_queue queue;
    bool has_load, has_handling;
    double load;          /* NaN unless has_load */
    double within;        /* the time limit of the figures told; NaN: none */
    double share;         /* SOUGHT_TIME */
    double short_abandon; /* NaN: none */
    bool has_goal;        /* blocked, delayed or a target */
    oh_goal goal;         /* metric "blocked" for Erlang B */
    oh_question text;     /* the question as it was put, for the explanation; copies */
    size_t lines;
    oh_answer *line;
};

/* Understands the question; the lines have their agents where these were given. */
oh_status calculator_read(oh_calculation *c, const oh_question *question,
                          char wrong[OH_CALCULATOR_WORDS]);

#endif
