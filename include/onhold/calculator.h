/* calculator.h - Erlang B, C, A and M/M/n+G asked as people ask: with quantities as text, and for
 * whatever is not given.
 *
 *   oh_question q = {.model = "a", .arrivals = "100 per 30 min", .handling = "180 s",
 *                    .patience = "300 s", .agents = "14", .within = "20 s"};
 *   oh_calculation *answer;
 *   char wrong[OH_CALCULATOR_WORDS];
 *   if (oh_calculate(&answer, &q, wrong) == OH_OK) {
 *       oh_calculation_write(answer, "table", false, false, sink);
 *       oh_calculation_free(answer);
 *   }
 *
 * Texts are read as in a scenario file: rates "100 per 30 min" (per d: in 24 hours), durations
 * "180 s", shares "80%", loads in erlang. Formulas: analytic.h.
 */
#ifndef ONHOLD_CALCULATOR_H
#define ONHOLD_CALCULATOR_H

#include <onhold/analytic.h>

#define OH_CALCULATOR_WORDS 512

/* What is known; NULL: not given. */
typedef struct oh_question {
    const char *model;         /* "b", "c" or "a" */
    const char *arrivals;      /* "100 per 30 min" */
    const char *handling;      /* "180 s": the mean */
    const char *load;          /* "10": erlang, in place of arrivals */
    const char *patience;      /* a: "300 s", the mean; or "{hung_up_by: {40 s: 15%}}" */
    const char *agents;        /* "14", "10..16", "10..30..5", "10, 12, 20" */
    const char *within;        /* the time limit of the service levels */
    const char *target;        /* "80% in 20 s", "{abandon_rate: 5%}" */
    const char *blocked;       /* b: "1%" at most */
    const char *delayed;       /* c, a: "20%" at most */
    const char *share;         /* c, a: "80%": by what time are so many answered? */
    const char *short_abandon; /* c, a: "5 s": for the service levels without short abandons */
} oh_question;

/* One line of an answer: given or found. NaN: does not apply, or cannot be told from what was
 * given (waits need the handling time). */
typedef struct oh_answer {
    double agents;
    double load;                   /* erlang */
    double rate;                   /* calls per second */
    double blocked;                /* Erlang B */
    double within;                 /* the time limit, s */
    oh_queue_figures figures;      /* of the other models */
    double service_level_short;    /* (A_t + B_s) / O */
    double service_level_no_short; /* A_t / (O - B_s) */
} oh_answer;

typedef struct oh_calculation oh_calculation;

/* OH_ARGUMENT: something is missing, senseless or has no answer; `wrong` says what, in a sentence
 * that begins with the name of the field as an option ("--agents: ..."). The caller frees *out. */
oh_status oh_calculate(oh_calculation **out, const oh_question *question,
                       char wrong[OH_CALCULATOR_WORDS]);
void oh_calculation_free(oh_calculation *calculation);

size_t oh_calculation_lines(const oh_calculation *calculation);
const oh_answer *oh_calculation_line(const oh_calculation *calculation, size_t i);
/* "b", "c", "a" or, with a patience of any shape, "g". */
const char *oh_calculation_model(const oh_calculation *calculation);

/* As "table", "md", "json" or "csv". `explain`: with the formulas, the numbers of the first line
 * put in; OH_ARGUMENT in json and csv, which hold numbers only. */
oh_status oh_calculation_write(const oh_calculation *calculation, const char *format, bool explain,
                               bool colour, oh_sink sink);

#endif
