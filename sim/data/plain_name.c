/* plain_name.c - a log's words as names of a scenario, and back. */
#include "plain_name.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST = 40 };

static bool letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static unsigned checksum(const char *word)
{
    uint32_t sum = 2166136261U;
    for (const char *p = word; *p; p++)
        sum = (sum ^ (unsigned char)*p) * 16777619U;
    return (unsigned)((sum >> 24) ^ (sum & 0xFFFFFFU)); /* folded to 24 bits */
}

void plain_name(char out[PLAIN_NAME], const char *word, const char *what, bool marked)
{
    size_t n = 0;
    bool any = false;
    for (const char *p = word; *p && n < LONGEST; p++) {
        bool plain = letter_or_digit(*p) || *p == '_' || *p == '-';
        any = any || letter_or_digit(*p);
        if (plain || (n > 0 && out[n - 1] != '_'))
            out[n++] = plain ? *p : '_';
    }
    if (!any)
        n = (size_t)snprintf(out, LONGEST, "%s", what);
    if (marked || !any)
        n += (size_t)snprintf(out + n, PLAIN_NAME - n, "_%06x", checksum(word));
    out[n] = '\0';
}

/* The next that counts: letters, digits and -. */
static const char *counting(const char *p)
{
    while (*p && !letter_or_digit(*p) && *p != '-')
        p++;
    return p;
}

static bool alike(const char *a, const char *b)
{
    a = counting(a);
    b = counting(b);
    while (*a && *a == *b) {
        a = counting(a + 1);
        b = counting(b + 1);
    }
    return *a == *b;
}

int plain_name_likeness(const char *name, const char *word)
{
    char made[PLAIN_NAME];
    if (strcmp(name, word) == 0)
        return 4;
    plain_name(made, word, "queue", true);
    if (strcmp(name, made) == 0)
        return 3;
    plain_name(made, word, "queue", false);
    if (strcmp(name, made) == 0)
        return 2;
    return *counting(word) && alike(name, word) ? 1 : 0;
}
