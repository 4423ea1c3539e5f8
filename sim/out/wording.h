/* wording.h - figures in people's words: "2 min 05 s", "74.1 %", "1,436", "on 3 of 10 days".
 *
 * Every function returns `buffer`, which holds WORDS bytes. NaN is an en dash. No locale is asked.
 */
#ifndef ONHOLD_SIM_WORDING_H
#define ONHOLD_SIM_WORDING_H

#include <onhold/run.h>

enum { WORDS = 160 };

#define WORD_UNDEFINED "\xE2\x80\x93"

/* `decimals` (0 to 4) digits after the point, thousands set off by commas. */
char *word_fixed(char *buffer, double value, int decimals);
/* A mean count: one decimal below 100, none above and for whole numbers. */
char *word_count(char *buffer, double value);
/* Seconds: "7 s", "0.4 s", "2 min 05 s", "1 h 20 min", "2 d 04 h". */
char *word_duration(char *buffer, double seconds);
/* A share: "74.1 %"; two decimals if half_width is below 0.05 points (NaN: unknown). */
char *word_share(char *buffer, double share, double half_width);
/* A share as a target is written: "80 %", "82.5 %". */
char *word_round_share(char *buffer, double share);
/* Value with its half width, by unit: "74.1 % ± 0.6", "21 s ± 2 s", "12.3 ± 0.4". */
char *word_estimate(char *buffer, const char *unit, double value, double half_width);
/* The same of an estimate that may have a target: a target that is missed by little is not rounded
 * to one that is met, "79.97 %" rather than "80.0 %". half_width: NaN leaves it out. */
char *word_measured(char *buffer, const char *unit, const oh_estimate *e, double half_width);

/* What a target's estimate says. */
enum verdict {
    VERDICT_MET,
    VERDICT_MISSED,
    VERDICT_OPEN,     /* the interval straddles the target, or there is none: cannot tell yet */
    VERDICT_UNDEFINED /* the metric has no value */
};
enum verdict verdict_of(const oh_estimate *e);
const char *
verdict_words(enum verdict verdict); /* "met", "missed", "cannot tell yet", "no value" */

/* What it takes to tell on which side of the target an open verdict lies: "needs about 1,200 more
 * days"; "" if the verdict is not open. The half width falls with the square root of their number.
 */
char *word_more(char *buffer, const oh_estimate *e, const oh_run_info *info);

/* A metric's name as people say it: "abandon rate", "ASA". */
char *word_metric(char *buffer, const char *id);

/* The target: "80 % in 20 s", "abandon rate at most 5 %", "service level net 80 % in 20 s". */
char *word_target(char *buffer, const oh_column *column, const oh_estimate *e);

/* How often: "on 3 of 10 days", "on every day", "in 3 of 10 runs". `replication` is "day", "week"
 * or "run". */
char *word_frequency(char *buffer, double share, const char *replication);

/* A weekday: "Mon" for "mon". */
char *word_day(char *buffer, const char *day);
/* When an interval is: "11:30-12:00", "Mon 11:30-12:00", past midnight "night of Mon, 00:30-01:00";
 * `opens` is the start of its opening's first interval. */
char *word_interval(char *buffer, const oh_interval *at, const char *opens);

/* Money: "18,538", below 100 "4.05". */
char *word_money(char *buffer, double money);
/* "18,538 ± 121 EUR"; the currency may be "". */
char *word_sum(char *buffer, double money, double half_width, const char *currency);

/* Columns of a terminal, not bytes. */
size_t word_width(const char *text);

#endif
