/* require.c - reading a condition, and what its answer is in plain words.
 *
 * The estimate decides. An interval that straddles the bound warns; no value is a no.
 */
#include "require.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "messages.h"
#include "nearest.h"

static const struct {
    const char *sign;
    enum relation relation;
} relations[] = {{">=", AT_LEAST}, {"<=", AT_MOST}, {"==", EQUAL},
                 {">", ABOVE},     {"<", BELOW},    {"=", EQUAL}};

static const struct {
    const char *word;
    oh_level level;
} prefixes[] = {{"queues.", OH_QUEUE}, {"agents.", OH_AGENTS}, {"total.", OH_TOTAL}};

/* Seconds of a duration's unit; 0 if it is none. */
static double unit_seconds(const char *unit)
{
    static const struct {
        const char *name;
        double seconds;
    } units[] = {{"ms", 0.001}, {"s", 1},     {"sec", 1},   {"m", 60},     {"min", 60},
                 {"h", 3600},   {"hr", 3600}, {"d", 86400}, {"day", 86400}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(units[i].name, unit) == 0)
            return units[i].seconds;
    return 0;
}

/* Reads the bound in the metric's unit. */
static bool read_bound(const char *text, const oh_metric *metric, double *bound, char wrong[256])
{
    char *end = NULL, unit[16] = "";
    bool share = strcmp(metric->unit, "share") == 0, seconds = strcmp(metric->unit, "s") == 0;

    *bound = strtod(text, &end);
    if (end == text || !isfinite(*bound)) {
        snprintf(wrong, 256, "'%.60s' is not a number", text);
        return false;
    }
    while (isspace((unsigned char)*end))
        end++;
    size_t n = strlen(end);
    while (n > 0 && isspace((unsigned char)end[n - 1]))
        n--;
    snprintf(unit, sizeof unit, "%.*s", (int)(n < 15 ? n : 15), end);
    if (share && strcmp(unit, "%") == 0) {
        *bound /= 100;
        return true;
    }
    if (share && !*unit && fabs(*bound) <= 1)
        return true;
    if (seconds && unit_seconds(unit) > 0) {
        *bound *= unit_seconds(unit);
        return true;
    }
    if (seconds && !*unit && *bound == 0)
        return true;
    if (!share && !seconds && !*unit)
        return true;
    if (share)
        snprintf(wrong, 256, "%s is a share: write it like 80%% or 0.8, not '%.60s'", metric->id,
                 text);
    else if (seconds)
        snprintf(wrong, 256, "%s is a time: write it like 20 s or 2 min, not '%.60s'", metric->id,
                 text);
    else
        snprintf(wrong, 256, "%s is a number of %s: write it without a unit, not '%.60s'",
                 metric->id, metric->unit, text);
    return false;
}

/* The metric of an id, also of one with a further time limit: "service_level_60s". */
static const oh_metric *metric_of(const char *id)
{
    const oh_metric *metric = oh_metric_find(id);
    const char *last = strrchr(id, '_');
    char stem[48];
    if (metric || !last || !isdigit((unsigned char)last[1]) || id[strlen(id) - 1] != 's' ||
        (size_t)(last - id) >= sizeof stem)
        return metric;
    snprintf(stem, sizeof stem, "%.*s", (int)(last - id), id);
    return oh_metric_find(stem);
}

static bool unknown_metric(const char *id, char wrong[256])
{
    size_t n = oh_metric_count();
    const char **ids = calloc(n + 1, sizeof *ids);
    for (size_t i = 0; ids && i < n; i++)
        ids[i] = oh_metric_at(i)->id;
    const char *near = ids ? nearest_word(id, ids, n) : NULL;
    snprintf(wrong, 256, "there is no metric '%.60s'%s%s%s", id, near ? "; did you mean '" : "",
             near ? near : "", near ? "'?" : "");
    free(ids);
    return false;
}

static bool find_thing(const oh_model *model, oh_level level, const char *name, size_t *thing)
{
    for (size_t i = 0; i < oh_model_things(model, level); i++) {
        if (strcmp(oh_model_thing(model, level, i), name) == 0) {
            *thing = i;
            return true;
        }
    }
    return false;
}

/* The names looked through: those of the level, or of queues and groups alike (OH_TOTAL). */
static bool unknown_name(const oh_model *model, oh_level level, const char *name, char wrong[256])
{
    size_t queues = level == OH_AGENTS ? 0 : oh_model_things(model, OH_QUEUE);
    size_t groups = level == OH_QUEUE ? 0 : oh_model_things(model, OH_AGENTS);
    const char **names = calloc(queues + groups + 1, sizeof *names);
    for (size_t i = 0; names && i < queues + groups; i++)
        names[i] = i < queues ? oh_model_thing(model, OH_QUEUE, i)
                              : oh_model_thing(model, OH_AGENTS, i - queues);
    const char *near = names ? nearest_word(name, names, queues + groups) : NULL;
    snprintf(wrong, 256, "there is no %s '%.60s'%s%.60s%s",
             level == OH_QUEUE    ? "queue"
             : level == OH_AGENTS ? "group"
                                  : "queue or group",
             name, near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    free(names);
    return false;
}

/* Which thing "support" in "support.asa" is. A name of both a queue and a group needs its prefix
 * unless only one of them has the metric. */
static bool resolve(struct requirement *r, const char *name, const oh_metric *metric,
                    const oh_model *model, char wrong[256])
{
    size_t queue = 0, group = 0;
    bool is_queue = find_thing(model, OH_QUEUE, name, &queue);
    bool is_group = find_thing(model, OH_AGENTS, name, &group);
    bool on_queue = oh_metric_measured(metric, OH_QUEUE);
    bool on_group = oh_metric_measured(metric, OH_AGENTS);
    if (!is_queue && !is_group) {
        if (strcmp(name, "total") != 0)
            return unknown_name(model, OH_TOTAL, name, wrong);
        r->level = OH_TOTAL;
        r->thing = 0;
        return true;
    }
    if (is_queue && is_group && on_queue && on_group) {
        snprintf(wrong, 256, "'%.60s' is a queue and a group: write queues.%.60s.%s or agents.…",
                 name, name, metric->id);
        return false;
    }
    bool queue_meant = is_queue && (!is_group || on_queue);
    r->level = queue_meant ? OH_QUEUE : OH_AGENTS;
    r->thing = queue_meant ? queue : group;
    return true;
}

/* "queues.support" + "asa". `path` is written over. */
static bool read_path(struct requirement *r, char *path, const oh_model *model,
                      const oh_metric **metric, char wrong[256])
{
    char *dot = strrchr(path, '.');
    if (!dot || dot == path || !dot[1]) {
        snprintf(wrong, 256, "'%.60s' is not NAME.METRIC, like support.service_level", path);
        return false;
    }
    *dot = '\0';
    snprintf(r->metric, sizeof r->metric, "%s", dot + 1);
    *metric = metric_of(r->metric);
    if (!*metric)
        return unknown_metric(dot + 1, wrong);
    const char *name = path;
    bool prefixed = false;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes && !prefixed; i++) {
        size_t n = strlen(prefixes[i].word);
        if (strncmp(path, prefixes[i].word, n) != 0)
            continue;
        prefixed = true;
        name = path + n;
        r->level = prefixes[i].level;
        if (r->level == OH_TOTAL)
            r->thing = 0;
        else if (!find_thing(model, r->level, name, &r->thing))
            return unknown_name(model, r->level, name, wrong);
    }
    if (!prefixed && !resolve(r, name, *metric, model, wrong))
        return false;
    if (!oh_metric_measured(*metric, r->level)) {
        snprintf(wrong, 256, "%s is not measured for %s", r->metric,
                 r->level == OH_QUEUE    ? "queues"
                 : r->level == OH_AGENTS ? "groups of agents"
                                         : "the total");
        return false;
    }
    return true;
}

bool require_compares(const char *text, char wrong[256])
{
    if (strpbrk(text, "<>="))
        return true;
    snprintf(wrong, 256,
             "'%.60s' has no comparison: the shell took >=0.8 as a file name; quote the whole, "
             "like 'support.service_level>=80%%'",
             text);
    return false;
}

bool require_read(struct requirement *r, const char *text, const oh_model *model, char wrong[256])
{
    const oh_metric *metric = NULL;
    const char *sign = strpbrk(text, "<>=");
    size_t k = 0;
    char path[160];

    *r = (struct requirement){.text = text};
    if (!require_compares(text, wrong))
        return false;
    while (strncmp(sign, relations[k].sign, strlen(relations[k].sign)) != 0)
        k++; /* "=" ends the search at the latest: sign is one of the three characters */
    r->relation = relations[k].relation;
    while (text < sign && isspace((unsigned char)*text))
        text++;
    r->text = text;
    size_t n = (size_t)(sign - text);
    while (n > 0 && isspace((unsigned char)text[n - 1]))
        n--;
    if (n >= sizeof path) {
        snprintf(wrong, 256, "the name in '%.60s...' is too long", text);
        return false;
    }
    memcpy(path, text, n);
    path[n] = '\0';
    return read_path(r, path, model, &metric, wrong) &&
           read_bound(sign + strlen(relations[k].sign), metric, &r->bound, wrong);
}

static bool holds(const struct requirement *r, double value)
{
    switch (r->relation) {
    case AT_LEAST:
        return value >= r->bound;
    case AT_MOST:
        return value <= r->bound;
    case ABOVE:
        return value > r->bound;
    case BELOW:
        return value < r->bound;
    case EQUAL:
        break;
    }
    return value == r->bound;
}

/* "74.1 % ± 0.6", "21.3 s ± 0.4"; with as many digits as tell the value from the bound, if it is on
 * the wrong side of it. */
static void value_words(char *out, size_t size, const oh_metric *metric, const oh_estimate *e,
                        double bound, bool yes)
{
    bool share = strcmp(metric->unit, "share") == 0;
    double scale = share ? 100 : 1;
    const char *unit = share ? " %" : strcmp(metric->unit, "s") == 0 ? " s" : "";
    int digits = e->half_width > 0 && scale * e->half_width < 0.05 ? 2 : 1;
    while (!yes && digits < 6 && e->value != bound &&
           fabs(e->value - bound) * scale < 0.5 * pow(10, -digits))
        digits++;
    int n = snprintf(out, size, "%.*f%s", digits, scale * e->value, unit);
    if (!isnan(e->half_width) && n > 0 && (size_t)n < size)
        snprintf(out + n, size - (size_t)n, " \xC2\xB1 %.*f", digits, scale * e->half_width);
}

enum require_answer require_judge(const struct requirement *r, const oh_result *result,
                                  const char *where, bool quiet)
{
    const char *colon = where ? ": " : "";
    long column = oh_result_column_find(result, r->level, r->metric);
    oh_estimate e;
    char value[80];
    where = where ? where : "";
    if (column < 0 ||
        !oh_result_estimate(result, r->level, r->thing, OH_WHOLE, (size_t)column, &e)) {
        say_error("%s%srequired %s: this scenario does not measure %s", where, colon, r->text,
                  r->metric);
        return REQUIRE_ABSENT;
    }
    if (isnan(e.value)) {
        say("%s%srequired %s: no, it has no value", where, colon, r->text);
        return REQUIRE_UNDEFINED;
    }
    bool yes = holds(r, e.value);
    value_words(value, sizeof value, oh_result_column(result, r->level, (size_t)column)->metric, &e,
                r->bound, yes);
    if (!yes || !quiet)
        say("%s%srequired %s: %s, %s", where, colon, r->text, yes ? "yes" : "no", value);
    if (!quiet && fabs(e.value - r->bound) < e.half_width)
        say_warning("the interval of %s reaches across the bound: more replications (-n) would "
                    "make it sure",
                    r->metric);
    return yes ? REQUIRE_YES : REQUIRE_NO;
}

/* ---- all of them ---- */

struct requirement *require_read_all(const struct settings *settings, const oh_model *model,
                                     int *code)
{
    char wrong[256];
    struct requirement *list = calloc(settings->require.n + 1, sizeof *list);
    if (!list) {
        say_error("%s", oh_status_text(OH_NO_MEMORY));
        *code = EXIT_FAILED;
        return NULL;
    }
    for (size_t i = 0; i < settings->require.n; i++) {
        if (!require_read(&list[i], settings->require.at[i], model, wrong)) {
            *code = say_usage(settings->command, "--require: %s", wrong);
            free(list);
            return NULL;
        }
    }
    return list;
}

int require_judge_all(const struct settings *settings, const struct requirement *list,
                      const oh_result *result)
{
    int code = EXIT_FINE;
    for (size_t i = 0; i < settings->require.n; i++) {
        switch (require_judge(&list[i], result, NULL, settings->quiet)) {
        case REQUIRE_YES:
            break;
        case REQUIRE_NO:
        case REQUIRE_UNDEFINED:
            code = code == EXIT_FINE ? EXIT_VERDICT : code;
            break;
        case REQUIRE_ABSENT:
            code = EXIT_USAGE;
            break;
        }
    }
    return code;
}
