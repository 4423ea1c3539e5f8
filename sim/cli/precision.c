/* precision.c - reading the goal, and telling when it was not reached. */
#include "precision.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "messages.h"
#include "require.h"

bool precision_has_form(const struct settings *settings, char wrong[256])
{
    if (!settings->precision || strchr(settings->precision, '='))
        return true;
    snprintf(wrong, 256, "'%.60s' is not NAME.METRIC=HALF, like support.service_level=0.5%%",
             settings->precision);
    return false;
}

bool precision_read(oh_run_options *options, const struct settings *settings, const oh_model *model,
                    char wrong[256])
{
    struct requirement goal;
    if (!settings->precision)
        return true;
    /* NAME.METRIC=BOUND is a condition's form */
    if (!precision_has_form(settings, wrong) ||
        !require_read(&goal, settings->precision, model, wrong))
        return false;
    const oh_metric *metric = oh_metric_find(goal.metric);
    if (goal.relation != EQUAL)
        snprintf(wrong, 256, "'%.60s': write = between the figure and its half width",
                 settings->precision);
    else if (!(goal.bound > 0))
        snprintf(wrong, 256, "a half width of 0 is never reached");
    else if (metric && metric->kind == OH_CONSTANT)
        snprintf(wrong, 256, "%s is known exactly: it has no interval", goal.metric);
    else {
        options->goal = (oh_precision){
            .wanted = true, .level = goal.level, .thing = goal.thing, .half_width = goal.bound};
        snprintf(options->goal.metric, sizeof options->goal.metric, "%s", goal.metric);
        return true;
    }
    return false;
}

/* The goal that a run had: the option's, or the file's. */
static bool goal_of(oh_precision *goal, const struct settings *settings, const oh_model *model)
{
    const oh_experiment *own = oh_model_experiment(model);
    oh_run_options options = {.replications = 0};
    char wrong[256];
    if (!precision_read(&options, settings, model, wrong))
        return false;
    *goal = options.goal;
    if (!goal->wanted && own->has_precision && !settings->run.replications) {
        *goal = (oh_precision){true, OH_QUEUE, own->precision_queue, "", own->precision};
        snprintf(goal->metric, sizeof goal->metric, "%s", own->precision_metric);
    }
    return goal->wanted;
}

void precision_say(const struct settings *settings, const oh_result *result)
{
    oh_precision goal;
    oh_estimate e;
    if (!goal_of(&goal, settings, oh_result_model(result)))
        return;
    long column = oh_result_column_find(result, goal.level, goal.metric);
    if (column < 0 ||
        !oh_result_estimate(result, goal.level, goal.thing, OH_WHOLE, (size_t)column, &e) ||
        e.half_width <= goal.half_width)
        return;
    if (isnan(e.half_width)) {
        say("%s has no half width: there was too little to measure", goal.metric);
        return;
    }
    const char *unit = oh_result_column(result, goal.level, (size_t)column)->metric->unit;
    double scale = strcmp(unit, "share") == 0 ? 100 : 1;
    say("%s is known to \xC2\xB1 %.3g%s, not yet to the \xC2\xB1 %.3g%s asked for: raise "
        "experiment.at_most",
        goal.metric, scale * e.half_width, scale == 100 ? " points" : "", scale * goal.half_width,
        scale == 100 ? " points" : "");
}
