/* check_command.c - `onhold check`: everything that is wrong with scenario files, nothing run.
 *
 * A file's variants are checked as well: an error in one would otherwise wait until it is used.
 */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "messages.h"
#include "prepare.h"

/* Compiles one variant of a file that is fine by itself. */
static int check_variant(const struct settings *settings, const char *file, const char *name)
{
    struct settings with = *settings;
    struct prepared p;
    with.variant = name;
    /* its warnings are the file's: only an error is news, and prepare has said it */
    int code = prepare(&p, &with, file);
    if (code != EXIT_FINE)
        say_error("that is in variant %s of %s", name, file);
    prepare_free(&p);
    return code;
}

static int check_file(const struct settings *settings, const char *file)
{
    struct prepared p;
    int code = prepare(&p, settings, file);
    if (code == EXIT_FINE) {
        size_t warnings = oh_diags_warnings(p.diags);
        size_t variants = strcmp(file, "-") == 0 ? 0 : oh_scenario_variants(p.scenario);
        if (warnings > 0 && !settings->quiet)
            prepare_show(&p);
        for (size_t i = 0; !settings->variant && i < variants; i++) {
            int other = check_variant(settings, file, oh_scenario_variant_name(p.scenario, i));
            code = code == EXIT_FINE ? other : code;
        }
        if (code == EXIT_FINE && warnings > 0)
            printf("%s: fine, with %zu warning%s\n", file_shown(file), warnings,
                   warnings == 1 ? "" : "s");
        else if (code == EXIT_FINE)
            printf("%s: fine\n", file_shown(file));
    }
    prepare_free(&p);
    return code;
}

static int check(const struct settings *settings)
{
    int code = EXIT_FINE;
    for (size_t i = 0; i < settings->files.n; i++) {
        int one = check_file(settings, settings->files.at[i]);
        /* the world's failure outweighs a file's */
        if (code == EXIT_FINE || one == EXIT_FAILED)
            code = one;
    }
    return code;
}

const struct command check_command = {
    .name = "check",
    .operands = "FILE...",
    .summary = "read scenario files and say everything that is wrong with them",
    .about = "Reads and compiles each FILE and its variants, prints every error and warning, runs "
             "nothing. The exit code is 3 if any is invalid. A FILE of - is standard input.",
    .examples = "  onhold check support.yaml\n"
                "  onhold check scenarios/*.yaml --set experiment.seed=2",
    .flag = COMMAND_CHECK,
    .least_files = 1,
    .most_files = 1000000,
    .run = check,
};
