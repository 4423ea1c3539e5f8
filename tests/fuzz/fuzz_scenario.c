/* fuzz_scenario.c - damaged scenario files: whatever the bytes, a verdict and no crash.
 *
 * The bytes are a scenario file; lines "#--set PATH=VALUE" in it are settings made afterwards, so
 * that paths are searched, too. The file is loaded, changed, copied and bound, its variants are
 * applied, and all findings are printed. The file named "-" of an `extends` or `csv` is never
 * standard input, but other files can be named: a fuzzer reads what it finds.
 */
#include <stdlib.h>
#include <string.h>

#include <onhold/onhold.h>

#include "../../sim/scenario/bind.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An assertion that stays in release builds. */
static void must(bool condition)
{
    if (!condition)
        abort();
}

static bool swallow(void *user, const char *text, size_t length)
{
    size_t *sum = user;
    (void)text;
    *sum += length;
    return true;
}

static void bind(oh_scenario *scenario, oh_diags *diags)
{
    struct arena arena;
    struct spec *spec = NULL;
    size_t before = oh_diags_errors(diags);
    arena_init(&arena);
    oh_status status = spec_bind(&spec, scenario, &arena, diags);
    must(status == OH_OK || status == OH_INVALID || status == OH_NO_MEMORY);
    must(status != OH_OK || (spec && oh_diags_errors(diags) == before));
    /* Refused: then it says why, unless it said so much before that there is no room. */
    must(status != OH_INVALID || oh_diags_errors(diags) > before || before > OH_DIAGS_MAX);
    arena_free(&arena);
}

/* What was understood can be said again, unless its tables have gone. */
static void print(oh_scenario *scenario)
{
    size_t length = 0;
    oh_sink sink = {swallow, &length};
    char hash[65];
    oh_status status = oh_scenario_print(scenario, OH_FORM_YAML, sink);
    must(status == OH_OK || status == OH_INVALID || status == OH_NO_MEMORY || status == OH_IO);
    must(status != OH_OK || length > 0);
    must(oh_scenario_print(scenario, OH_FORM_JSON, sink) == status);
    must(oh_scenario_hash(scenario, hash) == status);
}

static void settings(oh_scenario *scenario, const char *text, oh_diags *diags)
{
    static const char mark[] = "#--set ";
    int limit = 8;
    for (const char *at = strstr(text, mark); at && limit > 0; at = strstr(at, mark), limit--) {
        at += sizeof mark - 1;
        char *line = strndup(at, strcspn(at, "\n"));
        char *equals = line ? strchr(line, '=') : NULL;
        if (equals) {
            *equals = '\0';
            oh_scenario_set(scenario, line, equals + 1, diags);
        }
        free(line);
    }
}

static void variants(const oh_scenario *scenario, oh_diags *diags)
{
    for (size_t i = 0; i < oh_scenario_variants(scenario) && i < 4; i++) {
        oh_scenario *copy = NULL;
        if (oh_scenario_clone(&copy, scenario) != OH_OK)
            continue;
        const char *name = oh_scenario_variant_name(copy, i);
        if (oh_scenario_apply_variant(copy, name, diags) == OH_OK)
            bind(copy, diags);
        oh_scenario_free(copy);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    oh_diags *diags = oh_diags_new();
    oh_scenario *scenario = NULL;
    char *text = malloc(size + 1);
    size_t shown = 0;
    if (diags && text) {
        memcpy(text, data, size);
        text[size] = '\0';
        if (oh_scenario_load_text(&scenario, "fuzz.yaml", text, size, diags) == OH_OK) {
            bind(scenario, diags);
            print(scenario);
            settings(scenario, text, diags);
            bind(scenario, diags);
            print(scenario);
            variants(scenario, diags);
        }
        oh_diags_print(diags, true, (oh_sink){swallow, &shown});
    }
    free(text);
    oh_scenario_free(scenario);
    oh_diags_free(diags);
    return 0;
}
