/* fit_yaml.h - what the parts of a fitted scenario's file share.
 */
#ifndef ONHOLD_SIM_FIT_YAML_H
#define ONHOLD_SIM_FIT_YAML_H

#include "fit_words.h"
#include "wording.h"

struct fit_writing {
    struct emit e;
    const oh_fit *fit;
    const char *stem; /* of the tables' names */
};

/* Twice the longest path there may be. */
enum { FILE_NAME_ROOM = 8200 };

/* The name of a file as YAML: in quotes unless it is plain. Cut where it is longer than any path
 * may be. */
const char *fit_file_name(char buffer[FILE_NAME_ROOM], const char *name);
/* The same of the table of that kind beside the scenario: "line_staff.csv". */
const char *fit_table_name(char buffer[FILE_NAME_ROOM], const struct fit_writing *w,
                           const char *table);
/* The length of an interval in minutes. */
const char *fit_minutes(char buffer[FIT_WORDS], const struct fit_writing *w);

/* A queue's handling and ring. */
void fit_put_handling(struct fit_writing *w, const struct fit_queue *q);
void fit_put_agents(struct fit_writing *w);

#endif
