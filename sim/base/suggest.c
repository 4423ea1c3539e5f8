/* suggest.c - the known name that an unknown word was probably meant to be.
 *
 * Edit distance with neighbours swapped (optimal string alignment; Damerau 1964), upper and lower
 * case and "-", "_" and space taken for the same. Near enough: one edit in three letters.
 */
#include <string.h>

#include "findings.h"

enum { LONGEST = 63 };

/* Folds what people mix up. Returns the length, or 0 if the word is too long or empty. */
static size_t fold(const char *word, char folded[LONGEST + 1])
{
    size_t length = strlen(word);
    if (length > LONGEST)
        return 0;
    for (size_t i = 0; i < length; i++) {
        char c = word[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        folded[i] = c == '-' || c == ' ' ? '_' : c;
    }
    return length;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    unsigned char rows[3][LONGEST + 1];
    unsigned char *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_length; j++)
        last[j] = (unsigned char)j;
    for (size_t i = 1; i <= a_length; i++) {
        row[0] = (unsigned char)i;
        for (size_t j = 1; j <= b_length; j++) {
            unsigned best = last[j - 1] + (a[i - 1] != b[j - 1] ? 1u : 0u);
            best = least(best, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = least(best, before[j - 2] + 1u);
            row[j] = (unsigned char)best;
        }
        unsigned char *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[b_length];
}

const char *suggest(const char *word, size_t n, const char *(*name)(const void *user, size_t i),
                    const void *user)
{
    char folded[LONGEST + 1], other[LONGEST + 1];
    size_t length = fold(word, folded);
    if (length == 0)
        return NULL;

    const char *nearest = NULL;
    unsigned best = (unsigned)(length < 3 ? 1 : length / 3) + 1;
    for (size_t i = 0; i < n; i++) {
        const char *candidate = name(user, i);
        size_t other_length = fold(candidate, other);
        if (other_length == 0)
            continue;
        unsigned edits = distance(folded, length, other, other_length);
        if (edits < best && edits < other_length) {
            best = edits;
            nearest = candidate;
        }
    }
    return nearest;
}
