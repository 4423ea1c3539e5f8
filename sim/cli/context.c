/* context.c - file, settings and warnings of a prepared scenario, for writers. */
#include "context.h"

#include <stdio.h>
#include <stdlib.h>

#include "messages.h"
#include "output_file.h"

void context_free(struct context *c)
{
    for (size_t i = 0; c->warnings && i < c->public.warnings_count; i++)
        free(c->warnings[i]);
    free(c->warnings);
    free(c->settings);
}

/* "file:line:column: message", or the message where there is no place. */
static char *warning_line(const oh_diag *diag)
{
    static const char placed[] = "%s:%u:%u: %s", bare[] = "%s";
    int n = diag->line
                ? snprintf(NULL, 0, placed, diag->file, diag->line, diag->column, diag->message)
                : snprintf(NULL, 0, bare, diag->message);
    char *line = n < 0 ? NULL : malloc((size_t)n + 1);
    if (line && diag->line)
        snprintf(line, (size_t)n + 1, placed, diag->file, diag->line, diag->column, diag->message);
    else if (line)
        snprintf(line, (size_t)n + 1, bare, diag->message);
    return line;
}

bool context_make(struct context *c, const struct settings *settings, const struct prepared *p)
{
    size_t n = oh_scenario_settings(p->scenario), findings = oh_diags_count(p->diags);
    *c = (struct context){.warnings = calloc(findings + 1, sizeof *c->warnings),
                          .settings = calloc(n + 1, sizeof *c->settings)};
    if (!c->warnings || !c->settings)
        return false;
    for (size_t i = 0; i < n; i++)
        c->settings[i] = oh_scenario_setting(p->scenario, i);
    for (size_t i = 0; i < findings; i++) {
        if (oh_diags_at(p->diags, i)->severity != OH_WARNING)
            continue;
        char *line = warning_line(oh_diags_at(p->diags, i));
        if (!line)
            return false;
        c->warnings[c->public.warnings_count++] = line;
    }
    c->public.file = oh_scenario_file(p->scenario);
    c->public.variant = settings->variant ? settings->variant : "";
    c->public.sha256 = oh_scenario_sha256(p->scenario);
    c->public.settings = c->settings;
    c->public.settings_count = n;
    c->public.warnings = (const char *const *)c->warnings;
    c->public.colour = output_is_standard(settings->output) && colour_on(stdout);
    return true;
}
