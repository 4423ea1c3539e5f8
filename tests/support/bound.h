/* bound.h - a scenario's text read into a spec, and what is found in it.
 */
#ifndef ONHOLD_TESTS_BOUND_H
#define ONHOLD_TESTS_BOUND_H

#include "support.h"

#include "../../sim/scenario/bind.h"

/* A scenario bound; give it back with bound_free. */
struct bound {
    oh_diags *diags;
    oh_scenario *scenario;
    struct arena arena;
    struct spec *spec;
    oh_status status;
};

struct bound bind_text(const char *text);
/* The same; the test fails unless all is well. */
struct bound good_text(const char *text);
void bound_free(struct bound *b);

/* Parts of short scenarios. */
#define HEAD     "onhold: 1\nname: Test\n"
#define DAY      HEAD "time: {open: 08:00-20:00}\n"
#define WEEK     HEAD "time: {days: {mon-fri: 08:00-20:00, sat: 09:00-13:00}}\n"
#define STEADY   HEAD "time: {steady: {warm_up: 2 h, length: 20 h}}\n"
#define AGENTS   "agents: {desk: {count: 3, serves: [a]}}\n"
#define QUEUE(x) "queues: {a: {handling: {exponential: 4 min}, patience: never, " x "}}\n"

/* Expects one error, of that code, at the place in that line where `there` stands, with those words
 * in its message. */
void expect_one(const char *text, const char *code, unsigned line, const char *there,
                const char *words);
/* The same for one warning and no error. */
void expect_warning(const char *text, const char *code, unsigned line, const char *there,
                    const char *words);

#endif
