/* require.h - conditions on results: "[queues.|agents.|total.]NAME.METRIC>=80%".
 */
#ifndef ONHOLD_SIM_REQUIRE_H
#define ONHOLD_SIM_REQUIRE_H

#include "settings.h"

enum relation { AT_LEAST, AT_MOST, ABOVE, BELOW, EQUAL };

struct requirement {
    const char *text; /* as given */
    oh_level level;
    size_t thing;
    char metric[48];
    enum relation relation;
    double bound; /* in the metric's unit; shares from 0 to 1 */
};

/* Is there a comparison in it? All that can be said without a model; false with the reason. */
bool require_compares(const char *text, char wrong[256]);
/* Reads the condition against the model's names; false with the reason in `wrong`. */
bool require_read(struct requirement *r, const char *text, const oh_model *model, char wrong[256]);

enum require_answer {
    REQUIRE_YES,
    REQUIRE_NO,
    REQUIRE_UNDEFINED, /* the metric has no value: counts as no */
    REQUIRE_ABSENT     /* this scenario does not measure it: a usage error */
};

/* Says on standard error what the result is; `quiet`: only what is not met. `where` tells which of
 * many runs it is, NULL if there is one. */
enum require_answer require_judge(const struct requirement *r, const oh_result *result,
                                  const char *where, bool quiet);

/* All conditions of the settings; NULL, with an error said and *code set, if one is wrong. */
struct requirement *require_read_all(const struct settings *settings, const oh_model *model,
                                     int *code);
/* The exit code that follows from all of them. */
int require_judge_all(const struct settings *settings, const struct requirement *list,
                      const oh_result *result);

#endif
