/* reporting.c - what a page needs beside the result: pictures, and runs with other agents. */
#include "reporting.h"

#include <stdio.h>
#include <stdlib.h>

#include <onhold/compare.h>
#include <onhold/report.h>
#include <onhold/staff.h>

#include "interrupt.h"
#include "messages.h"
#include "output_file.h"
#include "page_pictures.h"
#include "progress_bar.h"

/* Groups that are tried with one more and one fewer. */
enum { GROUPS = 6, CHANGES = 2 * GROUPS };

struct changes {
    oh_report_change list[CHANGES];
    oh_result *result[CHANGES];
    oh_model *model[CHANGES];
    size_t n;
    const char *why_not; /* or not all: a sentence */
    bool interrupted, endless;
};

/* The same replications of another model. NULL: not played, for whatever reason; the page does
 * without. */
static oh_result *play_again(const struct settings *settings, const oh_result *base,
                             const oh_model *model, struct changes *c)
{
    struct progress_bar bar;
    oh_run_info info = oh_result_info(base);
    oh_run_options options = settings->run;
    oh_result *result = NULL;
    char message[256];

    options.replications = info.replications;
    options.goal = (oh_precision){.wanted = false};
    options.first = info.first;
    options.has_seed = true;
    options.seed = info.seed;
    options.confidence = info.confidence;
    options.count_at = info.count_at;
    options.cancel = interrupt_catch();
    progress_begin(&bar, !settings->no_progress && !settings->quiet);
    options.progress = progress_show;
    options.progress_user = &bar;
    oh_status status = oh_run(&result, model, &options, message);
    progress_end(&bar);
    c->interrupted = status == OH_CANCELLED;
    c->endless = c->endless || status == OH_LIMIT;
    if (status == OH_OK && oh_results_paired(base, result, message))
        return result;
    oh_result_free(result);
    return NULL;
}

static void try_change(const struct settings *settings, const oh_result *base, size_t group, int by,
                       struct changes *c)
{
    oh_model **model = &c->model[c->n];
    if (oh_model_staff_shifted(model, oh_result_model(base), group, by) == OH_OK)
        c->result[c->n] = play_again(settings, base, *model, c);
    if (c->result[c->n]) {
        c->list[c->n] = (oh_report_change){group, by, c->result[c->n]};
        c->n++;
        return;
    }
    oh_model_free(*model);
    *model = NULL;
    c->why_not = c->interrupted ? "Not all of these runs were played: the user stopped them."
                 : c->endless   ? "With one agent fewer, where that is not shown, the line would "
                                  "grow without end."
                                : "Some of these runs could not be played.";
}

static void try_changes(const struct settings *settings, const oh_result *base, struct changes *c)
{
    size_t groups = oh_result_things(base, OH_AGENTS);
    for (size_t g = 0; g < groups && g < GROUPS && !c->interrupted; g++) {
        try_change(settings, base, g, -1, c);
        if (!c->interrupted)
            try_change(settings, base, g, 1, c);
    }
    if (groups > GROUPS && !c->why_not)
        c->why_not =
            "The groups after the sixth were not tried; 'onhold compare' tells about them.";
}

static void free_changes(struct changes *c)
{
    for (size_t i = 0; i < c->n; i++) {
        oh_result_free(c->result[i]);
        oh_model_free(c->model[i]);
    }
}

bool report_write(const struct settings *settings, const char *name, const oh_result *result,
                  const oh_write_context *context)
{
    struct page_pictures pictures = {.n = 0};
    struct changes changes = {.n = 0};
    struct output_file out;
    oh_explanation *explanation = NULL;
    bool fine = false;

    if (oh_explain(&explanation, oh_result_model(result)) != OH_OK)
        say_error("%s", oh_status_text(OH_NO_MEMORY));
    else if (page_pictures_of_result(&pictures, result, context)) {
        try_changes(settings, result, &changes);
        oh_report report = {
            .pictures = pictures.list,
            .pictures_count = pictures.n,
            .no_pictures = pictures.why_not,
            .changes = changes.list,
            .changes_count = changes.n,
            .no_changes = changes.why_not,
            .explanation = explanation,
        };
        if (output_open(&out, name)) {
            oh_status status = oh_report_html(result, context, &report, output_sink(&out));
            fine = output_finish(&out, status);
        }
    }
    free_changes(&changes);
    page_pictures_free(&pictures);
    oh_explanation_free(explanation);
    if (fine && changes.interrupted)
        say("interrupted: the page lacks runs with other agents");
    return fine;
}
