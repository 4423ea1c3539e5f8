/* messages.h - what the program says on standard error: errors, warnings, notes.
 */
#ifndef ONHOLD_SIM_MESSAGES_H
#define ONHOLD_SIM_MESSAGES_H

#include <stdbool.h>
#include <stdio.h>

#include <onhold/base.h>

/* True if the stream is a terminal that wants colour (NO_COLOR, TERM=dumb). */
bool colour_on(FILE *stream);

void say_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void say_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Without a heading. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "onhold run: MESSAGE", and where help is found. Returns EXIT_USAGE. */
int say_usage(const char *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

oh_sink stderr_sink(void);

/* A file's name as messages and results tell it: "-" is "<stdin>". */
const char *file_shown(const char *file);

/* A word as a shell takes it for itself: plain, or in single quotes. */
void say_quoted(const char *word);

#endif
