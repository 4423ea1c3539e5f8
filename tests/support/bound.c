/* bound.c - a scenario's text read into a spec, and what is found in it.
 */
#include "bound.h"

#include <string.h>

struct bound bind_text(const char *text)
{
    struct bound b = {.diags = oh_diags_new()};
    assert_non_null(b.diags);
    arena_init(&b.arena);
    b.status = oh_scenario_load_text(&b.scenario, "test.yaml", text, strlen(text), b.diags);
    if (b.status == OH_OK)
        b.status = spec_bind(&b.spec, b.scenario, &b.arena, b.diags);
    return b;
}

void bound_free(struct bound *b)
{
    arena_free(&b->arena);
    oh_scenario_free(b->scenario);
    oh_diags_free(b->diags);
}

struct bound good_text(const char *text)
{
    struct bound b = bind_text(text);
    if (b.status != OH_OK)
        show_findings(b.diags);
    assert_int_equal(b.status, OH_OK);
    return b;
}

static void expect(const char *text, size_t errors, const char *code, unsigned line,
                   const char *there, const char *words)
{
    struct bound b = bind_text(text);
    const oh_diag *d = oh_diags_at(b.diags, 0);
    const char *start = text;
    for (unsigned i = 1; i < line; i++)
        start = strchr(start, '\n') + 1;
    const char *place = strstr(start, there);
    assert_non_null(place);
    bool same = b.status == (errors ? OH_INVALID : OH_OK) && oh_diags_errors(b.diags) == errors &&
                oh_diags_count(b.diags) == 1 && d && strcmp(d->code, code) == 0 &&
                d->line == line && d->column == (unsigned)(place - start) + 1 &&
                strstr(d->message, words);
    if (!same) {
        show_findings(b.diags);
        fail_with(__FILE__, __LINE__, "expected one %s in line %u at \"%s\" with \"%s\" for\n%s",
                  code, line, there, words, text);
    }
    bound_free(&b);
}

void expect_one(const char *text, const char *code, unsigned line, const char *there,
                const char *words)
{
    expect(text, 1, code, line, there, words);
}

void expect_warning(const char *text, const char *code, unsigned line, const char *there,
                    const char *words)
{
    expect(text, 0, code, line, there, words);
}
