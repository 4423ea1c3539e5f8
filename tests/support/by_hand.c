/* by_hand.c - reads the stories and figures that people wrote, and holds the engine against them.
 */
#include "by_hand.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_LINE = 200 };

struct place {
    const char *file;
    int line;
};

struct trial by_hand_trial(const char *scenario)
{
    return trial_format("onhold: 1\nname: by hand\n%s", scenario);
}

static void agent_name(const struct played *p, const struct call_record *r, char out[64])
{
    if (r->agent < 0)
        snprintf(out, 64, "-");
    else
        snprintf(out, 64, "%s/%ld", p->model->group[r->group].name, r->agent);
}

/* What happened, in the form in which it should have been written. */
static struct text told(const struct played *p)
{
    struct text text = {0};
    oh_sink sink = text_sink(&text);
    for (size_t i = 0; i < p->records; i++) {
        const struct call_record *r = &p->record[i];
        char line[LONGEST_LINE + 64], agent[64];
        agent_name(p, r, agent);
        int n = snprintf(line, sizeof line,
                         "%s %.9g %.9g %s %s %.9g  talk %.9g hold %.9g wrap_up %.9g\n",
                         p->model->queue[r->queue].name, r->arrived, r->wait, r->outcome, agent,
                         r->ended, r->talk, r->hold, r->wrap_up);
        assert_true(n > 0 && (size_t)n < sizeof line);
        assert_true(sink.write(sink.user, line, (size_t)n));
    }
    return text;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-7;
}

/* "talk 30 ring 3": false if one of them is not so. */
static bool extras_hold(const struct call_record *r, const char *extras, struct place at)
{
    char name[32];
    double value;
    int used;
    for (; sscanf(extras, " %31s %lf%n", name, &value, &used) == 2; extras += used) {
        double is = strcmp(name, "talk") == 0      ? r->talk
                    : strcmp(name, "hold") == 0    ? r->hold
                    : strcmp(name, "wrap_up") == 0 ? r->wrap_up
                    : strcmp(name, "ring") == 0    ? r->ring
                    : strcmp(name, "visit") == 0   ? (double)r->visit
                    : strcmp(name, "caller") == 0  ? (double)r->caller
                                                   : NAN;
        if (isnan(is))
            fail_with(at.file, at.line, "a story knows no '%s'", name);
        if (!near(is, value))
            return false;
    }
    return true;
}

static bool line_holds(const struct played *p, const struct call_record *r, const char *line,
                       struct place at)
{
    char queue[32], outcome[32], agent[64], got[64];
    double entered, wait, left;
    int used = 0;
    if (sscanf(line, "%31s %lf %lf %31s %63s %lf%n", queue, &entered, &wait, outcome, agent, &left,
               &used) != 6)
        fail_with(at.file, at.line, "not a line of a story: %s", line);
    agent_name(p, r, got);
    return strcmp(queue, p->model->queue[r->queue].name) == 0 && near(entered, r->arrived) &&
           near(wait, r->wait) && strcmp(outcome, r->outcome) == 0 &&
           (strcmp(agent, "?") == 0 || strcmp(agent, got) == 0) && near(left, r->ended) &&
           extras_hold(r, line + used, at);
}

/* Copies the next line that is not empty; NULL after the last. */
static const char *next_line(const char *text, char line[LONGEST_LINE])
{
    while (*text == '\n' || *text == ' ')
        text++;
    size_t n = strcspn(text, "\n");
    assert_true(n < LONGEST_LINE);
    memcpy(line, text, n);
    line[n] = 0;
    return n ? text + n : NULL;
}

void check_story(const char *scenario, const char *story, const char *file, int line_number)
{
    struct place at = {file, line_number};
    struct trial trial = by_hand_trial(scenario);
    struct played p = play_one(trial.model, 1, 1, true, scenario);
    struct text is = told(&p);
    char line[LONGEST_LINE];
    size_t i = 0;
    for (const char *rest = story; (rest = next_line(rest, line)); i++)
        if (i >= p.records || !line_holds(&p, &p.record[i], line, at))
            fail_with(file, line_number, "it is not so: '%s' in:\n%s\nwhat happened:\n%s", line,
                      scenario, is.at ? is.at : "nothing");
    if (i != p.records)
        fail_with(file, line_number, "more calls than expected in:\n%s\nwhat happened:\n%s",
                  scenario, is.at ? is.at : "nothing");
    text_free(&is);
    played_free(&p);
    trial_free(&trial);
}

static bool has_thing(const oh_result *result, oh_level level, const char *name)
{
    for (size_t i = 0; i < oh_result_things(result, level); i++)
        if (strcmp(oh_result_name(result, level, i), name) == 0)
            return true;
    return false;
}

static void check_figure(const struct trial *trial, const char *line, const char *scenario,
                         struct place at)
{
    char name[64], metric[64], text[32];
    long period = OH_WHOLE;
    if (sscanf(line, "%63s %63s %31s", name, metric, text) != 3)
        fail_with(at.file, at.line, "not a line of figures: %s", line);
    char *bracket = strchr(name, '[');
    if (bracket) {
        period = strtol(bracket + 1, NULL, 10);
        *bracket = 0;
    }
    bool total = strcmp(name, "total") == 0;
    oh_level level = total                                      ? OH_TOTAL
                     : has_thing(trial->result, OH_QUEUE, name) ? OH_QUEUE
                                                                : OH_AGENTS;
    double is = trial_read(trial, level, total ? NULL : name, period, metric).value;
    double want = strcmp(text, "-") == 0 ? NAN : strtod(text, NULL);
    if (isnan(want) ? !isnan(is) : !(fabs(is - want) <= 1e-9 * (1 + fabs(want))))
        fail_with(at.file, at.line, "it is not so: '%s'; it is %.12g in:\n%s", line, is, scenario);
}

void check_figures(const char *scenario, const char *figures, const oh_run_options *options,
                   const char *file, int line_number)
{
    struct place at = {file, line_number};
    struct trial trial = by_hand_trial(scenario);
    oh_run_options once = {.replications = 1, .jobs = 1};
    char line[LONGEST_LINE];
    trial_run(&trial, options ? options : &once);
    for (const char *rest = figures; (rest = next_line(rest, line));)
        check_figure(&trial, line, scenario, at);
    trial_free(&trial);
}
