/* fit_words.h - figures of a fit as a scenario file and its comments write them.
 */
#ifndef ONHOLD_SIM_FIT_WORDS_H
#define ONHOLD_SIM_FIT_WORDS_H

#include "../data/fit_parts.h"
#include "emit.h"

/* Text in the manner of printf, the numbers of which are made by the functions below. */
void emit_words(struct emit *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

enum { FIT_WORDS = 64 };
/* `digits` significant digits: "185", "0.923". */
char *fit_number(char buffer[FIT_WORDS], double value, int digits);
/* "185 s". */
char *fit_seconds(char buffer[FIT_WORDS], double seconds);
/* "185 s", "23.5 min": what nobody measures in seconds. */
char *fit_delay(char buffer[FIT_WORDS], double seconds);
/* "12.3%". */
char *fit_share(char buffer[FIT_WORDS], double share);
/* "12 % to 20 %". */
char *fit_range(char buffer[FIT_WORDS], const struct measured *m);
/* "08:00"; the midnight at an end is 24:00. */
char *fit_clock(char buffer[FIT_WORDS], double second, bool end);
/* "1999-01-31", or the number of a day. */
char *fit_date(char buffer[FIT_WORDS], const struct fit_calendar *c, long day);

const char *fit_weekday(unsigned weekday); /* "mon" */
/* "lognormal", "short calls and lognormal". */
const char *fit_law_words(enum law_kind kind);

/* The tables beside the scenario, those that it needs. */
enum fit_table_kind { TABLE_ARRIVALS, TABLE_STAFF, TABLE_HANDLING, TABLE_TIMES, TABLE_KINDS };
size_t fit_tables_needed(const oh_fit *fit, enum fit_table_kind kind[TABLE_KINDS]);
const char *fit_table_word(enum fit_table_kind kind);
/* Is this part what the scenario states: talk, hold and wrap-up each, or handling as a whole? */
bool fit_part_written(const struct fit_handling *h, enum log_part part);
/* Is its mean written by time of day? */
bool fit_mean_by_slot(const struct fit_handling *h, enum log_part part);
/* "support", "support_wrap_up": the column of a table. */
char *fit_part_column(char buffer[FIT_WORDS], const struct fit_queue *q, enum log_part part);
/* "", " talk", " hold", " wrap-up" */
const char *fit_part_words(enum log_part part);

#endif
