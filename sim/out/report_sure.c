/* report_sure.c - how sure the figures are, and the command that plays them again. */
#include <math.h>
#include <string.h>

#include "lookup.h"
#include "report_parts.h"

static const char *plural(struct report *r)
{
    const char *n = r->page.info.replication;
    if (r->page.info.replications == 1)
        return n;
    return arena_printf(&r->page.arena, "%ss", n);
}

/* So many replications that the interval of a target that cannot be told yet would just not reach
 * it: half widths shrink with the square root of their number. */
static void more_needed(struct report *r)
{
    const oh_result *result = r->page.result;
    double most = 0, n = r->page.info.replications;
    for (size_t q = 0; q < oh_result_things(result, OH_QUEUE); q++) {
        for (size_t c = 0; c < oh_result_columns(result, OH_QUEUE); c++) {
            oh_estimate e;
            if (!oh_result_estimate(result, OH_QUEUE, q, OH_WHOLE, c, &e) || !e.has_target ||
                verdict_of(&e) != VERDICT_OPEN || isnan(e.half_width))
                continue;
            double gap = fabs(e.value - e.target);
            most = fmax(most, gap > 0 ? n * (e.half_width / gap) * (e.half_width / gap) : INFINITY);
        }
    }
    char words[WORDS];
    double factor = pow(10, floor(log10(most)));
    if (most > 0 && most <= 1e6)
        page_note(&r->page, (&r->sure),
                  arena_printf(&r->page.arena,
                               "Where it cannot be told yet whether a target is met, some %s %ss "
                               "(-n) should be enough.",
                               word_fixed(words, ceil(most / factor) * factor, 0),
                               r->page.info.replication));
    else if (most > 0)
        page_note(
            &r->page, &r->sure,
            "Where it cannot be told yet whether a target is met, the figure lies so near the "
            "target that no number of days will tell: call it even.");
}

void report_sure(struct report *r)
{
    const oh_run_info *info = &r->page.info;
    char n[WORDS], share[WORDS], calls[WORDS];
    struct arena *a = &r->page.arena;
    word_fixed(n, info->replications, 0);
    word_fixed(calls, (double)info->calls, 0);
    page_note(&r->page, &r->sure,
              arena_printf(a,
                           "%s %s with %s calls in all were simulated one by one, each with "
                           "other random callers.",
                           n, plural(r), calls));
    if (r->page.sheet.stopped)
        page_note(&r->page, &r->sure, arena_printf(a, "The run was %s.", r->page.sheet.stopped));
    if (info->replications > 1)
        page_note(&r->page, &r->sure,
                  arena_printf(a,
                               "\xC2\xB1 is the %s confidence interval: what chance alone makes of "
                               "the average. Four times as many %ss halve it.",
                               word_round_share(share, info->confidence), info->replication));
    else
        page_note(&r->page, &r->sure,
                  arena_printf(a, "One %s tells nothing about how %ss differ: simulate more (-n).",
                               info->replication, info->replication));
    more_needed(r);
    page_note(&r->page, &r->sure,
              "The intervals say nothing about whether the assumptions hold. If calls, handling "
              "times or patience turn out otherwise, so do the figures.");
}

/* ---- the command ---- */

/* One word more, as a shell takes it. */
static const char *with_word(struct arena *a, const char *line, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "/._-=:,%+@";
    if (!line)
        return NULL;
    if (*word && strspn(word, plain) == strlen(word))
        return arena_printf(a, "%s %s", line, word);
    line = arena_printf(a, "%s '", line);
    for (const char *end; line && (end = strchr(word, '\'')); word = end + 1)
        line = arena_printf(a, "%s%.*s'\\''", line, (int)(end - word), word);
    return line ? arena_printf(a, "%s%s'", line, word) : NULL;
}

static const char *with_option(struct arena *a, const char *line, const char *name,
                               const char *value)
{
    return with_word(a, line ? arena_printf(a, "%s %s", line, name) : NULL, value);
}

void report_repeat(struct report *r)
{
    const oh_write_context *context = r->page.context;
    const oh_run_info *info = &r->page.info;
    struct arena *a = &r->page.arena;
    char confidence[WORDS];
    const char *line = with_word(a, "onhold run", context->file);
    if (context->variant && *context->variant)
        line = with_option(a, line, "--variant", context->variant);
    for (size_t i = 0; i < context->settings_count; i++)
        line = with_option(a, line, "--set", context->settings[i]);
    line = line ? arena_printf(a, "%s -n %u --seed %u", line, (unsigned)info->replications,
                               (unsigned)info->seed)
                : NULL;
    if (line && info->first != 1)
        line = arena_printf(a, "%s --first %u", line, (unsigned)info->first);
    if (line && info->confidence != 0.95) {
        word_round_share(confidence, info->confidence);
        confidence[strcspn(confidence, " ")] = '\0';
        line = arena_printf(a, "%s --confidence %s%%", line, confidence);
    }
    if (line && info->count_at == OH_AT_EXIT)
        line = arena_printf(a, "%s --count-at exit", line);
    r->command = line ? arena_printf(a, "%s --report report.html", line) : "";
}
