/* units.h - quantities as people write them: "40 s", "15%", "120 per h", "08:30", "80% in 20 s".
 *
 * Each reader takes the text and writes the value in seconds, per second or shares. On failure it
 * returns false, leaves the value as it was and fills a problem: one sentence and a hint, for a
 * finding at the value. Texts may have blanks around them. The user's locale never matters; what
 * is read is finite. All but unit_number refuse negative numbers.
 */
#ifndef ONHOLD_SIM_UNITS_H
#define ONHOLD_SIM_UNITS_H

#include <stdbool.h>
#include <stddef.h>

/* What a value of the scenario file is (SCENARIO, section 1). */
enum value_kind {
    VALUE_TEXT,        /* a word, a name or free text; what nothing else is said of */
    VALUE_DURATION,    /* seconds >= 0 */
    VALUE_RATE,        /* per second; `rate_day` tells what "per d" means */
    VALUE_SHARE,       /* 0 to 1 */
    VALUE_FACTOR,      /* >= 0, may exceed 1, "120%" */
    VALUE_COUNT,       /* whole number >= 0 */
    VALUE_NUMBER,      /* any finite number */
    VALUE_MONEY,       /* "24" */
    VALUE_MONEY_RATE,  /* "24 per h": money per second */
    VALUE_TIME_OF_DAY, /* "08:30": seconds since midnight, 0 to 86400 */
    VALUE_WINDOW,      /* "08:00-20:00" */
    VALUE_TARGET,      /* "80% in 20 s" */
    VALUE_FLAG,        /* "true" or "false" */
    VALUE_FILE         /* the name of a file */
};

struct problem {
    char message[200]; /* "a duration needs a unit" */
    char hint[200];    /* "write 40 s, 4 min or 4m30s"; "" if none */
};

bool unit_duration(const char *text, double *seconds, struct problem *problem);
/* rate_day: the seconds that "per d" stands for (the opening's length, or 86400). */
bool unit_rate(const char *text, double rate_day, double *per_second, struct problem *problem);
bool unit_share(const char *text, double *share, struct problem *problem);
bool unit_factor(const char *text, double *factor, struct problem *problem);
/* A whole number from 0 to max. */
bool unit_count(const char *text, double max, double *count, struct problem *problem);
bool unit_number(const char *text, double *number, struct problem *problem);
bool unit_money(const char *text, double *money, struct problem *problem);
bool unit_money_rate(const char *text, double *per_second, struct problem *problem);
bool unit_time_of_day(const char *text, double *seconds, struct problem *problem);
/* to > from always: a window that crosses midnight ends past 86400. */
bool unit_window(const char *text, double *from, double *to, struct problem *problem);
/* "80% in 20 s" or "5%" or "30 s": has_level / has_within say which parts stand there. */
struct unit_target {
    bool has_level, has_within;
    double level, within;
};
bool unit_target(const char *text, struct unit_target *target, struct problem *problem);

/* The other way, for people: "40 s", "4 min 30 s", "1 h 20 min"; "08:30". At most `size` bytes
 * with the NUL; returns buffer. */
char *format_duration(char *buffer, size_t size, double seconds);
char *format_time_of_day(char *buffer, size_t size, double seconds_since_midnight);
/* The shortest decimal form that reads back equal, '.' whatever the locale; NaN and infinities
 * are the caller's business. buffer holds 32 bytes. */
char *format_real(char buffer[32], double value);

#endif
