/* options.c - every option of every command: one row each, and how its value is read. */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "nearest.h"
#include "settings.h"

bool texts_add(struct texts *texts, const char *text)
{
    const char **more = realloc(texts->at, (texts->n + 1) * sizeof *more);
    if (!more)
        return false;
    texts->at = more;
    texts->at[texts->n++] = text;
    return true;
}

void texts_free(struct texts *texts)
{
    free(texts->at);
    *texts = (struct texts){0};
}

static bool add(struct texts *texts, const char *value, char wrong[256])
{
    if (texts_add(texts, value))
        return true;
    snprintf(wrong, 256, "out of memory");
    return false;
}

const char *format_name(const struct settings *settings)
{
    const char *dot = settings->output ? strrchr(settings->output, '.') : NULL;
    if (settings->format)
        return settings->format;
    for (size_t i = 0; dot && i < oh_writer_count(); i++)
        if (strcasecmp(oh_writer_at(i)->extension, dot) == 0)
            return oh_writer_at(i)->name;
    return "table";
}

/* A whole number from `least` to 2^32 - 1. */
static bool whole(const char *value, uint32_t least, uint32_t *out, char wrong[256])
{
    char *end = NULL;
    errno = 0;
    unsigned long long n = isdigit((unsigned char)*value) ? strtoull(value, &end, 10) : 0;
    if (!end || *end != '\0' || errno == ERANGE || n > UINT32_MAX || n < least) {
        snprintf(wrong, 256, "\"%.60s\" is not a whole number from %u to %u", value,
                 (unsigned)least, (unsigned)UINT32_MAX);
        return false;
    }
    *out = (uint32_t)n;
    return true;
}

static bool take_set(struct settings *s, const char *value, char wrong[256])
{
    const char *equals = strchr(value, '=');
    if (!equals || equals == value) {
        snprintf(wrong, 256, "\"%.100s\" is not PATH=VALUE, like agents.desk.count=26", value);
        return false;
    }
    return add(&s->set, value, wrong);
}

static bool take_only(struct settings *s, const char *value, char wrong[256])
{
    return add(&s->only, value, wrong);
}

static bool take_require(struct settings *s, const char *value, char wrong[256])
{
    return add(&s->require, value, wrong);
}

static bool take_vary(struct settings *s, const char *value, char wrong[256])
{
    return add(&s->vary, value, wrong);
}

static bool take_variant(struct settings *s, const char *value, char wrong[256])
{
    (void)wrong;
    s->variant = value;
    return true;
}

static bool take_precision(struct settings *s, const char *value, char wrong[256])
{
    (void)wrong;
    s->precision = value;
    return true;
}

static bool take_replications(struct settings *s, const char *value, char wrong[256])
{
    return whole(value, 1, &s->run.replications, wrong);
}

static bool take_replication(struct settings *s, const char *value, char wrong[256])
{
    return whole(value, 1, &s->replication, wrong);
}

static bool take_first(struct settings *s, const char *value, char wrong[256])
{
    return whole(value, 1, &s->run.first, wrong);
}

static bool take_seed(struct settings *s, const char *value, char wrong[256])
{
    s->run.has_seed = true;
    return whole(value, 0, &s->run.seed, wrong);
}

static bool take_jobs(struct settings *s, const char *value, char wrong[256])
{
    uint32_t n = 0;
    if (!whole(value, 1, &n, wrong))
        return false;
    s->run.jobs = n < 4096 ? n : 4096;
    return true;
}

static bool take_confidence(struct settings *s, const char *value, char wrong[256])
{
    char *end = NULL;
    double share = strtod(value, &end);
    while (*end == ' ')
        end++;
    bool percent = *end == '%';
    if (end == value || end[percent] != '\0' || !isfinite(share) ||
        !(percent ? share > 0 && share < 100 : share > 0 && share < 1)) {
        snprintf(wrong, 256, "\"%.60s\" is not a share between 0 and 1, like 95%% or 0.95", value);
        return false;
    }
    s->run.confidence = percent ? share / 100 : share;
    return true;
}

static bool take_days(struct settings *s, const char *value, char wrong[256])
{
    char *end = NULL;
    double share = strtod(value, &end);
    while (*end == ' ')
        end++;
    bool percent = *end == '%';
    if (percent)
        share /= 100;
    if (end == value || end[percent] != '\0' || !(share > 0 && share <= 1) ||
        (!percent && share == 1)) {
        snprintf(wrong, 256, "\"%.60s\" is not a share of days, like 90%% or 0.9", value);
        return false;
    }
    s->days = share;
    return true;
}

/* "30", or "desk=30" for one group. */
static bool take_limit(struct texts *texts, const char *value, char wrong[256])
{
    const char *equals = strrchr(value, '=');
    uint32_t n;
    if (equals == value || !whole(equals ? equals + 1 : value, 0, &n, wrong)) {
        snprintf(wrong, 256, "\"%.60s\" is not a number of agents, like 30, or desk=30 for a group",
                 value);
        return false;
    }
    return add(texts, value, wrong);
}

static bool take_least(struct settings *s, const char *value, char wrong[256])
{
    return take_limit(&s->least, value, wrong);
}

static bool take_most(struct settings *s, const char *value, char wrong[256])
{
    return take_limit(&s->most, value, wrong);
}

/* One of a few words, with a suggestion for a near miss. */
static bool choice(const char *value, const char *const *words, size_t n, size_t *out,
                   char wrong[256])
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(words[i], value) == 0) {
            *out = i;
            return true;
        }
    }
    const char *near = nearest_word(value, words, n);
    int used = snprintf(wrong, 256, "\"%.60s\" is not known; ", value);
    if (near) {
        snprintf(wrong + used, 256 - (size_t)used, "did you mean %s?", near);
        return false;
    }
    used += snprintf(wrong + used, 256 - (size_t)used, "one of");
    for (size_t i = 0; i < n && used < 200; i++)
        used += snprintf(wrong + used, 256 - (size_t)used, "%s %s", i ? "," : "", words[i]);
    return false;
}

static const char *const engine_words[] = {"auto", "general", "pool", NULL};
static const char *const count_at_words[] = {"entry", "exit", NULL};
static const char *const format_words[] = {"table", "csv", "json", "md", NULL};
static const char *const plot_format_words[] = {"svg", "png", "pdf", "term", NULL};

static bool take_engine(struct settings *s, const char *value, char wrong[256])
{
    static const oh_engine engines[] = {OH_ENGINE_AUTO, OH_ENGINE_GENERAL, OH_ENGINE_POOL};
    size_t i;
    if (!choice(value, engine_words, 3, &i, wrong))
        return false;
    s->run.engine = engines[i];
    return true;
}

static bool take_count_at(struct settings *s, const char *value, char wrong[256])
{
    static const oh_count_at ends[] = {OH_AT_ENTRY, OH_AT_EXIT};
    size_t i;
    if (!choice(value, count_at_words, 2, &i, wrong))
        return false;
    s->run.count_at = ends[i];
    return true;
}

static bool take_per(struct settings *s, const char *value, char wrong[256])
{
    static const char *const words[] = {"interval", "day"};
    size_t i;
    if (!choice(value, words, 2, &i, wrong))
        return false;
    s->per_day = i == 1;
    return true;
}

static bool take_format(struct settings *s, const char *value, char wrong[256])
{
    size_t i;
    if (!choice(value, format_words, 4, &i, wrong))
        return false;
    s->format = format_words[i];
    return true;
}

static bool take_plot_format(struct settings *s, const char *value, char wrong[256])
{
    size_t i;
    if (!choice(value, plot_format_words, 4, &i, wrong))
        return false;
    s->plot_format = plot_format_words[i];
    return true;
}

static bool take_name(const char **out, const char *value, char wrong[256])
{
    if (!*value) {
        snprintf(wrong, 256, "the name is empty");
        return false;
    }
    *out = value;
    return true;
}

static bool take_output(struct settings *s, const char *value, char wrong[256])
{
    return take_name(&s->output, value, wrong);
}

static bool take_save(struct settings *s, const char *value, char wrong[256])
{
    return take_name(&s->save, value, wrong);
}

static bool take_database(struct settings *s, const char *value, char wrong[256])
{
    return take_name(&s->database, value, wrong);
}

static bool take_resume(struct settings *s, const char *value, char wrong[256])
{
    (void)value, (void)wrong;
    s->resume = true;
    return true;
}

static bool take_trace(struct settings *s, const char *value, char wrong[256])
{
    (void)value, (void)wrong;
    s->trace = true;
    return true;
}

static bool take_plan(struct settings *s, const char *value, char wrong[256])
{
    return take_name(&s->plan, value, wrong);
}

static bool take_plots(struct settings *s, const char *value, char wrong[256])
{
    return take_name(&s->plots, value, wrong);
}

static bool take_report(struct settings *s, const char *value, char wrong[256])
{
    return take_name(&s->report, value, wrong);
}

static bool take_quiet(struct settings *s, const char *value, char wrong[256])
{
    (void)value, (void)wrong;
    s->quiet = true;
    return true;
}

static bool take_list(struct settings *s, const char *value, char wrong[256])
{
    (void)value, (void)wrong;
    s->list = true;
    return true;
}

static bool take_story(struct settings *s, const char *value, char wrong[256])
{
    (void)value, (void)wrong;
    s->story = true;
    return true;
}

static bool take_step(struct settings *s, const char *value, char wrong[256])
{
    (void)value, (void)wrong;
    s->step = true;
    return true;
}

static bool take_resolved(struct settings *s, const char *value, char wrong[256])
{
    (void)value, (void)wrong;
    s->resolved = true;
    return true;
}

static bool take_explain(struct settings *s, const char *value, char wrong[256])
{
    (void)value, (void)wrong;
    s->explain = true;
    return true;
}

/* The calculator reads its quantities itself. */
#define QUESTION(field)                                                                            \
    static bool take_question_##field(struct settings *s, const char *value, char wrong[256])      \
    {                                                                                              \
        (void)wrong;                                                                               \
        s->question.field = value;                                                                 \
        return true;                                                                               \
    }
QUESTION(arrivals)
QUESTION(handling)
QUESTION(load)
QUESTION(patience)
QUESTION(agents)
QUESTION(within)
QUESTION(target)
QUESTION(blocked)
QUESTION(delayed)
QUESTION(share)
QUESTION(short_abandon)

/* What a log is; read where it is opened. */
#define LOG(field)                                                                                 \
    static bool take_log_##field(struct settings *s, const char *value, char wrong[256])           \
    {                                                                                              \
        return take_name(&s->log.field, value, wrong);                                             \
    }
LOG(map)
LOG(queue_by)
LOG(interval)
LOG(from)
LOG(until)
LOG(opens)
LOG(most_dropped)
LOG(window)
LOG(staff)
LOG(name)

static bool take_verbose(struct settings *s, const char *value, char wrong[256])
{
    (void)value, (void)wrong;
    s->verbose = true;
    return true;
}

static bool take_against_erlang(struct settings *s, const char *value, char wrong[256])
{
    (void)value, (void)wrong;
    s->against_erlang = true;
    return true;
}

static bool take_no_progress(struct settings *s, const char *value, char wrong[256])
{
    (void)value, (void)wrong;
    s->no_progress = true;
    return true;
}

enum {
    RUNS = COMMAND_RUN | COMMAND_REPORT | COMMAND_COMPARE | COMMAND_SWEEP |
           COMMAND_BATCH, /* many replications */
    PLAY = RUNS | COMMAND_TRACE,
    ALL = PLAY | COMMAND_CHECK | COMMAND_EXPLAIN,
    DATABASE = COMMAND_RUN | COMMAND_BATCH | COMMAND_MERGE | COMMAND_COMPARE | COMMAND_SWEEP,
    DRAW = COMMAND_RUN | COMMAND_MERGE | COMMAND_PLOT | COMMAND_COMPARE | COMMAND_SWEEP
};

enum { LOGS = COMMAND_FIT | COMMAND_VALIDATE };

static const struct option_row rows[] = {
    {"set", 0, "PATH=VALUE", "change one value of the scenario (repeatable)",
     ALL | COMMAND_VALIDATE | COMMAND_STAFF, take_set},
    {"variant", 0, "NAME", "apply a variant of the file first",
     ALL | COMMAND_VALIDATE | COMMAND_STAFF, take_variant},
    {"vary", 0, "PATH=LIST", "values to go through, like agents.desk.count=20..32 (repeatable)",
     COMMAND_SWEEP, take_vary},
    {"replications", 'n', "N", "how many days to simulate", PLAY | COMMAND_VALIDATE | COMMAND_STAFF,
     take_replications},
    {"precision", 0, "FIGURE=HALF",
     "go on until it is that sure, like support.service_level=0.5%; -n is the first batch", RUNS,
     take_precision},
    {"first", 0, "N", "number of the first replication (default 1)", PLAY | COMMAND_VALIDATE,
     take_first},
    {"replication", 0, "N", "which replication to write (default 1)", COMMAND_TRACE,
     take_replication},
    {"seed", 0, "N", "another seed gives other random days",
     PLAY | COMMAND_VALIDATE | COMMAND_STAFF, take_seed},
    {"jobs", 'j', "N", "threads to use (default: all cores)",
     RUNS | COMMAND_VALIDATE | COMMAND_STAFF, take_jobs},
    {"confidence", 0, "SHARE", "of the intervals, like 99% (default 95%)", RUNS | COMMAND_STAFF,
     take_confidence},
    {"per", 0, "WHAT",
     "targets hold in every interval with calls: interval (default), or over the day: day",
     COMMAND_STAFF, take_per},
    {"days", 0, "SHARE", "targets hold on that share of days, like 90% (default: in the mean)",
     COMMAND_STAFF, take_days},
    {"least", 0, "N", "agents on duty at any time, like 2, or desk=2 for a group (repeatable)",
     COMMAND_STAFF, take_least},
    {"most", 0, "N", "agents on duty at any time, like 30, or desk=30 for a group (repeatable)",
     COMMAND_STAFF, take_most},
    {"plan", 0, "FILE", "write the plan as a CSV table that a scenario can read", COMMAND_STAFF,
     take_plan},
    {"require", 0, "CONDITION",
     "end with exit code 4 unless it holds, like 'support.service_level>=80%' (repeatable)",
     COMMAND_RUN | COMMAND_COMPARE | COMMAND_SWEEP | COMMAND_MERGE | COMMAND_BATCH, take_require},
    {"arrivals", 0, "RATE", "calls that come, like '100 per 30 min'", COMMAND_ERLANG,
     take_question_arrivals},
    {"handling", 0, "TIME", "mean handling time, like '180 s'", COMMAND_ERLANG,
     take_question_handling},
    {"load", 0, "ERLANG", "in place of arrivals: calls in hand on average, like 10", COMMAND_ERLANG,
     take_question_load},
    {"patience", 0, "TIME",
     "a: mean patience, like '5 min', or its shape, like '{hung_up_by: {40 s: 15%}}'",
     COMMAND_ERLANG, take_question_patience},
    {"agents", 0, "N", "how many, like 14, 10..16, 10..30..5 or 10,12", COMMAND_ERLANG,
     take_question_agents},
    {"within", 0, "TIME", "time limit of the service levels, like '20 s'",
     COMMAND_ERLANG | COMMAND_FIT, take_question_within},
    {"target", 0, "TARGET", "c, a: like '80% in 20 s', '{abandon_rate: 5%}' or '{asa: 30 s}'",
     COMMAND_ERLANG, take_question_target},
    {"blocked", 0, "SHARE", "b: at most so many find all agents busy, like 1%", COMMAND_ERLANG,
     take_question_blocked},
    {"delayed", 0, "SHARE", "c, a: at most so many have to wait, like 20%", COMMAND_ERLANG,
     take_question_delayed},
    {"share", 0, "SHARE", "c, a: by what time are so many answered? like 80%", COMMAND_ERLANG,
     take_question_share},
    {"short-abandon", 0, "TIME",
     "c, a: service levels, too, that do not count who hangs up so soon", COMMAND_ERLANG,
     take_question_short_abandon},
    {"explain", 0, NULL, "show the formulas with the numbers put in", COMMAND_ERLANG, take_explain},
    {"list", 0, NULL, "name the templates", COMMAND_NEW, take_list},
    {"story", 0, NULL, "tell the day in words, with a picture of agents and line", COMMAND_TRACE,
     take_story},
    {"step", 0, NULL, "the story event by event: Enter goes on, q ends", COMMAND_TRACE, take_step},
    {"map", 0, "FILE", "YAML file that says what the log's columns mean", LOGS, take_log_map},
    {"queue-by", 0, "COLUMN", "the column of the log whose values are the queues", LOGS,
     take_log_queue_by},
    {"interval", 0, "TIME", "length of the intervals, like '15 min' (default 30 min)", COMMAND_FIT,
     take_log_interval},
    {"from", 0, "DAY", "use calls from this day on, like 2026-03-01", LOGS, take_log_from},
    {"until", 0, "DAY", "use calls before this day", LOGS, take_log_until},
    {"opens", 0, "TIME", "logs in seconds: the time of day of second 0, like 08:00", COMMAND_FIT,
     take_log_opens},
    {"max-dropped", 0, "SHARE", "fail if more rows cannot be used (default 5%)", LOGS,
     take_log_most_dropped},
    {"window", 0, "TIME", "so long after a hang-up a redial may come (default 60 min)", COMMAND_FIT,
     take_log_window},
    {"staff", 0, "FILE[:COLUMN]", "CSV with the agents on duty, day and start as in schedules",
     COMMAND_FIT, take_log_staff},
    {"name", 0, "NAME", "name of the scenario (default: that of its file)", COMMAND_FIT,
     take_log_name},
    {"resolved", 0, NULL, "print the scenario after extends, --set and defaults", COMMAND_EXPLAIN,
     take_resolved},
    {"format", 0, "FORMAT", "table, csv, json or md",
     COMMAND_RUN | COMMAND_COMPARE | COMMAND_SWEEP | COMMAND_MERGE | COMMAND_BATCH |
         COMMAND_ERLANG | COMMAND_EXPLAIN | LOGS | COMMAND_STAFF,
     take_format},
    {"output", 'o', "FILE", "write to this file; .csv, .json and .md set the format of tables",
     PLAY | COMMAND_MERGE | COMMAND_ERLANG | COMMAND_EXPLAIN | LOGS | COMMAND_STAFF, take_output},
    {"db", 0, "FILE", "add the results to this SQLite database, made if it is not there", DATABASE,
     take_database},
    {"resume", 0, NULL, "leave out what the database has already", COMMAND_BATCH, take_resume},
    {"trace", 0, NULL, "with --db: the calls of every replication, too", DATABASE, take_trace},
    {"save", 0, "FILE", "keep the result for merge, plot and report, like day.onhold",
     COMMAND_RUN | COMMAND_MERGE, take_save},
    {"plots", 0, "DIR", "draw plots into this folder", DRAW | LOGS | COMMAND_STAFF, take_plots},
    {"plot-format", 0, "FORMAT", "svg (default), png, pdf or term", DRAW | LOGS | COMMAND_STAFF,
     take_plot_format},
    {"only", 0, "NAME", "draw this plot alone, like day_profile (repeatable)", COMMAND_PLOT,
     take_only},
    {"report", 0, "FILE", "write an HTML page for a manager",
     COMMAND_RUN | COMMAND_MERGE | COMMAND_COMPARE, take_report},
    {"against-erlang", 0, NULL, "Erlang C and A beside it by interval, and why they differ",
     COMMAND_RUN, take_against_erlang},
    {"count-at", 0, "WHEN", "count a call where it enters or leaves: entry (default), exit",
     RUNS | COMMAND_STAFF, take_count_at},
    {"engine", 0, "ENGINE", "auto, general or pool: same results, for tests", RUNS, take_engine},
    {"quiet", 'q', NULL, "no notes, warnings or progress",
     ALL | COMMAND_MERGE | COMMAND_PLOT | COMMAND_NEW | LOGS | COMMAND_STAFF, take_quiet},
    {"verbose", 'v', NULL, "tell time, threads and speed", RUNS | COMMAND_STAFF, take_verbose},
    {"no-progress", 0, NULL, "no progress bar", RUNS | LOGS | COMMAND_STAFF, take_no_progress},
};

size_t option_count(void)
{
    return sizeof rows / sizeof *rows;
}

const struct option_row *option_at(size_t i)
{
    return &rows[i];
}

const char *const *option_words(const struct option_row *row)
{
    static const struct {
        bool (*take)(struct settings *settings, const char *value, char wrong[256]);
        const char *const *words;
    } known[] = {{take_engine, engine_words},
                 {take_count_at, count_at_words},
                 {take_format, format_words},
                 {take_plot_format, plot_format_words}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].take == row->take)
            return known[i].words;
    return NULL;
}
