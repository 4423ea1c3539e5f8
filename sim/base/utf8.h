/* utf8.h - characters of UTF-8 text, valid or not.
 */
#ifndef ONHOLD_SIM_UTF8_H
#define ONHOLD_SIM_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_INVALID UINT32_MAX

/* The character at the beginning of `text`: its number in *code and its bytes as the result (1 to
 * 4; at least 1 unless length is 0). Overlong forms, surrogates, numbers past U+10FFFF and cut
 * sequences are one byte of UTF8_INVALID. */
size_t utf8_read(const char *text, size_t length, uint32_t *code);

/* Writes a character (at most U+10FFFF) as 1 to 4 bytes and returns how many. */
size_t utf8_write(char bytes[4], uint32_t code);

/* Columns of a terminal that the character fills: 0 (combining), 1 or 2 (wide East Asian, emoji).
 * A rough table after Unicode 15, East Asian Width; it serves to place a caret, not more. */
unsigned utf8_width(uint32_t code);

/* True for what must not reach a terminal as it is: control characters (tab and line breaks
 * too), marks that turn the direction of text, and UTF8_INVALID. */
bool utf8_is_control(uint32_t code);

/* Copies text as it may be shown to people, at most size - 1 bytes (size at least 8): control
 * characters become visible signs, and what is too long ends in "...". Returns the length. */
size_t utf8_show(char *buffer, size_t size, const char *text, size_t length);

#endif
