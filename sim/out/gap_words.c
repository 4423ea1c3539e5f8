/* gap_words.c - what accounts for the difference, the largest part first. */
#include "gap_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare_writers.h"

const char *gap_size(struct arena *arena, const char *unit, double size, double half_width)
{
    char words[WORDS];
    if (isnan(size))
        return WORD_UNDEFINED;
    difference_size(words, unit, fabs(size), half_width);
    size_t number = strcspn(words, " ");
    bool nothing = strcspn(words, "123456789") >= number; /* 0.0 has no sign */
    return arena_printf(arena, "%s%s", size < 0 && !nothing ? "\xE2\x88\x92" : "", words);
}

/* One line of the account. */
struct line {
    const char *what;
    double size, half_width;
};

static int by_size(const void *a, const void *b)
{
    double x = fabs(((const struct line *)a)->size), y = fabs(((const struct line *)b)->size);
    return x > y ? -1 : x < y;
}

static bool surely(const struct line *l)
{
    return fabs(l->size) > l->half_width;
}

/* Those that are surely there, the largest first; "" if none is. */
static const char *list_of(struct arena *arena, const char *unit, struct line *line, size_t n)
{
    const char *list = "";
    qsort(line, n, sizeof *line, by_size);
    for (size_t i = 0; i < n && list; i++)
        if (surely(&line[i])) {
            const char *size = gap_size(arena, unit, line[i].size, line[i].half_width);
            list =
                size ? arena_printf(arena, "%s%s%s %s", list, *list ? "; " : "", line[i].what, size)
                     : NULL;
        }
    return list;
}

const char *gap_note(struct arena *arena, const oh_gap_queue *q)
{
    char exact[WORDS], simulated[WORDS], metric[WORDS];
    if (q->why_not)
        return arena_printf(arena, "Erlang's formulas do not fit: %s.", q->why_not);
    if (!q->explained)
        return "There is no figure that the formulas and the simulation both have.";
    word_estimate(exact, q->unit, q->exact, NAN);
    word_estimate(simulated, q->unit, q->simulated, q->half_width);
    const char *head = arena_printf(arena, "%s says %s %s, the simulation %s.", q->model,
                                    word_metric(metric, q->metric), exact, simulated);
    struct line *line = arena_array(arena, q->parts + 2, sizeof *line);
    if (!head || !line)
        return NULL;
    size_t n = 0;
    for (size_t i = 0; i < q->parts; i++)
        line[n++] = (struct line){q->part[i].what, q->part[i].difference, q->part[i].half_width};
    line[n++] = (struct line){q->rest_what, q->rest, q->rest_half};
    if (q->parts > 1)
        line[n++] = (struct line){"what these do together beyond each alone", q->together,
                                  q->together_half};
    const char *list = list_of(arena, q->unit, line, n);
    if (!list)
        return NULL;
    if (!*list)
        return arena_printf(arena, "%s %s", head,
                            fabs(q->gap) > q->half_width
                                ? "What accounts for the difference cannot be told from chance "
                                  "yet: more replications would."
                                : "The difference may be chance, and nothing surely accounts for "
                                  "it.");
    const char *gap = gap_size(arena, q->unit, fabs(q->gap), NAN);
    return gap ? arena_printf(arena, "%s Of the %s: %s.", head, gap, list) : NULL;
}
