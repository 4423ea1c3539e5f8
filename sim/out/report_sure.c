/* report_sure.c - how sure the figures are, and the command that plays them again. */
#include <math.h>
#include <string.h>

#include "lookup.h"
#include "report_parts.h"
#include "shell_line.h"

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

void report_repeat(struct report *r)
{
    const oh_write_context *context = r->page.context;
    struct arena *a = &r->page.arena;
    const char *line = shell_word(a, "onhold run", context->file);
    if (context->variant && *context->variant)
        line = shell_option(a, line, "--variant", context->variant);
    line = shell_experiment(a, line, context, &r->page.info);
    r->command = line ? arena_printf(a, "%s --report report.html", line) : "";
}
