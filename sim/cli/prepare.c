/* prepare.c - reading a scenario for a command. */
#include "prepare.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "messages.h"
#include "nearest.h"

void prepare_show(const struct prepared *p)
{
    oh_diags_print(p->diags, colour_on(stderr), stderr_sink());
}

/* The exit code of a failure, with a message unless the findings tell enough. */
static int failed(const struct prepared *p, const char *file, oh_status status)
{
    int reason = errno;
    if (p->diags && oh_diags_count(p->diags) > 0)
        prepare_show(p);
    switch (status) {
    case OH_OK:
        return EXIT_FINE;
    case OH_INVALID:
        return EXIT_SCENARIO;
    case OH_IO:
        say_error("cannot read %s: %s", file, strerror(reason));
        return EXIT_SCENARIO;
    case OH_ARGUMENT:
        say_error("%s", oh_status_text(status));
        return EXIT_USAGE;
    case OH_NO_MEMORY:
    case OH_LIMIT:
    case OH_CANCELLED:
    case OH_BROKEN:
        break;
    }
    say_error("%s", oh_status_text(status));
    return EXIT_FAILED;
}

/* Says which variants there are; EXIT_USAGE. */
static int no_such_variant(const struct prepared *p, const struct settings *settings,
                           const char *file)
{
    size_t n = oh_scenario_variants(p->scenario);
    const char **names = calloc(n + 1, sizeof *names);
    if (!names)
        return failed(p, file, OH_NO_MEMORY);
    for (size_t i = 0; i < n; i++)
        names[i] = oh_scenario_variant_name(p->scenario, i);
    const char *near = nearest_word(settings->variant, names, n);
    int code = n == 0 ? say_usage(settings->command, "%s has no variants", file)
               : near ? say_usage(settings->command, "%s has no variant '%s'; did you mean '%s'?",
                                  file, settings->variant, near)
                      : say_usage(settings->command, "%s has no variant '%s'; the first is '%s'",
                                  file, settings->variant, names[0]);
    free(names);
    return code;
}

static bool has_variant(const oh_scenario *scenario, const char *name)
{
    for (size_t i = 0; i < oh_scenario_variants(scenario); i++)
        if (strcmp(oh_scenario_variant_name(scenario, i), name) == 0)
            return true;
    return false;
}

/* One "PATH=VALUE". */
static oh_status set_one(struct prepared *p, const char *text)
{
    const char *equals = strchr(text, '=');
    char *path = strndup(text, (size_t)(equals - text));
    if (!path)
        return OH_NO_MEMORY;
    oh_status status = oh_scenario_set(p->scenario, path, equals + 1, p->diags);
    free(path);
    return status;
}

/* Variant, settings, model. */
static int compile(struct prepared *p, const struct settings *settings, const char *file)
{
    oh_status status = OH_OK;
    if (settings->variant) {
        if (!has_variant(p->scenario, settings->variant))
            return no_such_variant(p, settings, file);
        status = oh_scenario_apply_variant(p->scenario, settings->variant, p->diags);
    }
    /* a wrong setting does not hide those after it */
    bool invalid = false;
    for (size_t i = 0; i < settings->set.n && (status == OH_OK || status == OH_INVALID); i++) {
        invalid = invalid || status == OH_INVALID;
        status = set_one(p, settings->set.at[i]);
    }
    if (status == OH_OK && invalid)
        status = OH_INVALID;
    if (status == OH_OK)
        status = oh_model_compile(&p->model, p->scenario, p->diags);
    return status == OH_OK ? EXIT_FINE : failed(p, file, status);
}

int prepare_load(struct prepared *p, const char *file)
{
    *p = (struct prepared){.diags = oh_diags_new()};
    if (!p->diags)
        return failed(p, file, OH_NO_MEMORY);
    errno = 0;
    oh_status status = oh_scenario_load(&p->scenario, file, p->diags);
    return status == OH_OK ? EXIT_FINE : failed(p, file_shown(file), status);
}

int prepare(struct prepared *p, const struct settings *settings, const char *file)
{
    int code = prepare_load(p, file);
    return code == EXIT_FINE ? compile(p, settings, file_shown(file)) : code;
}

int prepare_again(struct prepared *p, const struct settings *settings, const oh_scenario *scenario)
{
    const char *file = oh_scenario_file(scenario);
    *p = (struct prepared){.diags = oh_diags_new()};
    oh_status status = p->diags ? oh_scenario_clone(&p->scenario, scenario) : OH_NO_MEMORY;
    return status == OH_OK ? compile(p, settings, file) : failed(p, file, status);
}

const char *prepare_error(const struct prepared *p, char text[PREPARE_ERROR])
{
    for (size_t i = 0; p->diags && i < oh_diags_count(p->diags); i++) {
        const oh_diag *d = oh_diags_at(p->diags, i);
        if (d->severity != OH_ERROR)
            continue;
        if (d->line > 0)
            snprintf(text, PREPARE_ERROR, "%s:%u:%u: %s [%s]", d->file, d->line, d->column,
                     d->message, d->code);
        else
            snprintf(text, PREPARE_ERROR, "%s%s%s [%s]", d->file, *d->file ? ": " : "", d->message,
                     d->code);
        return text;
    }
    snprintf(text, PREPARE_ERROR, "%s", oh_status_text(OH_NO_MEMORY));
    return text;
}

void prepare_free(struct prepared *p)
{
    oh_model_free(p->model);
    oh_scenario_free(p->scenario);
    oh_diags_free(p->diags);
    *p = (struct prepared){0};
}
