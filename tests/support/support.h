/* support.h - what every test program shares: comparisons of numbers, scenarios from text, sinks.
 *
 * cmocka 1.1.5 compares floats only, so numbers are compared here, in double. A test fails with
 * both values and the place. Include this first: it brings cmocka and the headers cmocka needs.
 */
#ifndef ONHOLD_TESTS_SUPPORT_H
#define ONHOLD_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <onhold/onhold.h>

/* ---- numbers ---- */

/* |actual - expected| <= relative * |expected|. Two equal infinities are close; NaN never is. */
#define assert_close(actual, expected, relative)                                                   \
    check_close((actual), (expected), (relative), #actual, __FILE__, __LINE__)

/* |actual - expected| <= absolute. */
#define assert_near(actual, expected, absolute)                                                    \
    check_near((actual), (expected), (absolute), #actual, __FILE__, __LINE__)

/* The same bits, so 0.0 is not -0.0; NaN equals NaN. */
#define assert_same(actual, expected) check_same((actual), (expected), #actual, __FILE__, __LINE__)

/* NaN: how the library says that a figure is undefined. */
#define assert_undefined(actual) check_undefined((actual), #actual, __FILE__, __LINE__)

/* Fails, with words in the manner of printf, unless the condition holds. */
#define assert_that(condition, ...)                                                                \
    do {                                                                                           \
        if (!(condition))                                                                          \
            fail_with(__FILE__, __LINE__, __VA_ARGS__);                                            \
    } while (0)

/* Ends the test, which is neither passed nor failed: what it needs is not here. */
#define leave_out(why)                                                                             \
    do {                                                                                           \
        puts("skipped: " why);                                                                     \
        skip();                                                                                    \
    } while (0)

/* Is an estimate from simulation what theory says? half_width is that of a confidence interval
 * with Student's t over `replications`; the standard error is taken back from it and
 * |value - exact| must be below 4 of them. A half width of 0 asks for equality to 1e-9. */
#define expect_z(value, half_width, exact, confidence, replications)                               \
    check_z((value), (half_width), (exact), (confidence), (replications), #value, __FILE__,        \
            __LINE__)

void check_close(double actual, double expected, double relative, const char *text,
                 const char *file, int line);
void check_near(double actual, double expected, double absolute, const char *text, const char *file,
                int line);
void check_same(double actual, double expected, const char *text, const char *file, int line);
void check_undefined(double actual, const char *text, const char *file, int line);
void check_z(double value, double half_width, double exact, double confidence, double replications,
             const char *text, const char *file, int line);
void fail_with(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4), noreturn));

/* ---- a scenario, compiled and run through the public interface ---- */

/* Everything one scenario needs; give it back with trial_free. */
struct trial {
    oh_diags *diags;
    oh_scenario *scenario;
    oh_model *model;
    oh_result *result; /* NULL until trial_run */
};

/* Loads and compiles; the test fails with the diagnostics printed if the scenario has an error. */
struct trial trial_text(const char *text);
/* The same with the text made in the manner of printf. */
struct trial trial_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A file, with "PATH=VALUE" settings up to a NULL (settings itself may be NULL). */
struct trial trial_file(const char *file, const char *const *settings);
/* Runs (options may be NULL) and keeps the result; the test fails unless the status is OH_OK. */
void trial_run(struct trial *trial, const oh_run_options *options);
void trial_free(struct trial *trial);

/* One estimate. name: queue or group, NULL for the first; period: OH_WHOLE or an interval. The
 * test fails if there is no such thing or metric. */
oh_estimate trial_read(const struct trial *trial, oh_level level, const char *name, long period,
                       const char *metric);
/* Of the whole period. */
double trial_value(const struct trial *trial, oh_level level, const char *name, const char *metric);
/* |z| < 4 between a whole-period estimate and theory. */
#define expect_metric(trial, level, name, metric, exact)                                           \
    check_metric((trial), (level), (name), (metric), (exact), __FILE__, __LINE__)
void check_metric(const struct trial *trial, oh_level level, const char *name, const char *metric,
                  double exact, const char *file, int line);

/* The scenario must not compile, and one finding must have that code ("E203"). */
#define expect_finding(text, code) check_finding((text), (code), __FILE__, __LINE__)
void check_finding(const char *text, const char *code, const char *file, int line);

/* Prints the findings to stderr. */
void show_findings(const oh_diags *diags);

/* ---- text ---- */

/* A growing text that a sink writes to; NUL-terminated. Zero it first, free it last. */
struct text {
    char *at;
    size_t length, room;
};
oh_sink text_sink(struct text *text);
void text_free(struct text *text);

/* A sink that takes `room` bytes and then fails, as a full disk does. */
struct full_disk {
    size_t room;
    size_t refused; /* times it had to refuse */
};
oh_sink full_disk_sink(struct full_disk *disk);

/* Reads a whole file, NUL-terminated; the test fails if it cannot. free() it. */
char *read_whole(const char *file, size_t *length);

#endif
