/* main.c - the program onhold: a table of commands and the option parser built from their tables.
 *
 * Errors of usage end with 2; everything else is the command's own exit code.
 */
#include <argp.h>
#include <gsl/gsl_errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "inputs.h"
#include "messages.h"
#include "nearest.h"
#include "output_file.h"

#define COMMAND(name) &name##_command,
static const struct command *const commands[] = {
#include "commands.def"
};
#undef COMMAND
enum { COMMANDS = sizeof commands / sizeof *commands };

size_t command_count(void)
{
    return COMMANDS;
}

const struct command *command_at(size_t i)
{
    return commands[i];
}

/* Keys of options without a letter: beyond any character. */
enum { FIRST_KEY = 0x100 };

static int key_of(size_t row)
{
    return option_at(row)->letter ? option_at(row)->letter : FIRST_KEY + (int)row;
}

/* ---- the program's own help ---- */

static void print_help(void)
{
    puts("onhold simulates a call center's day: queues, agents, callers who hang up.\n\n"
         "Usage: onhold COMMAND [OPTION...] FILE...\n");
    for (size_t i = 0; i < COMMANDS; i++)
        if (!commands[i]->hidden)
            printf("  %-8s %s\n", commands[i]->name, commands[i]->summary);
    puts("\n  --help     this list\n"
         "  --version  version, compiler, libraries, licence\n\n"
         "'onhold COMMAND --help' shows a command's options and examples.");
}

static void print_version(void)
{
#ifdef __clang__
    const char *compiler = "clang " __clang_version__;
#else
    const char *compiler = "gcc " __VERSION__;
#endif
    printf("onhold %s\ncompiler: %s\nGSL: %s\n", oh_version(), compiler, oh_gsl_version());
    puts("licence: GPL-3.0-or-later; there is no warranty");
}

static int unknown_command(const char *word)
{
    const char *names[COMMANDS];
    for (size_t i = 0; i < COMMANDS; i++)
        names[i] = commands[i]->name;
    const char *near = nearest_word(word, names, COMMANDS);
    if (near)
        return say_usage("onhold", "there is no command '%s'; did you mean '%s'?", word, near);
    return say_usage("onhold", "there is no command '%s'", word);
}

/* ---- one command's options ---- */

struct parsing {
    const struct command *command;
    struct settings *settings;
};

static error_t take_option(int key, char *value, struct argp_state *state)
{
    struct parsing *parsing = state->input;
    struct settings *settings = parsing->settings;
    char wrong[256];

    if (key == ARGP_KEY_ARG) {
        if (settings->files.n >= parsing->command->most_files)
            exit(say_usage(settings->command, "one %s is enough; '%s' is one too many",
                           parsing->command->asked ? "word" : "FILE", value));
        if (!texts_add(&settings->files, value))
            argp_failure(state, EXIT_FAILED, 0, "out of memory");
        return 0;
    }
    if (key == ARGP_KEY_END && settings->files.n < parsing->command->least_files)
        exit(say_usage(settings->command, "%s",
                       parsing->command->asked ? parsing->command->asked : "which FILE?"));
    for (size_t i = 0; i < option_count(); i++) {
        const struct option_row *row = option_at(i);
        if (key != key_of(i) || !(row->commands & parsing->command->flag))
            continue;
        if (!row->take(settings, value, wrong))
            exit(say_usage(settings->command, "--%s: %s", row->name, wrong));
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

/* The row that a long option's name, or the beginning of it, means for the command. */
static const struct option_row *find_row(const struct command *command, const char *name, size_t n)
{
    for (size_t i = 0; i < option_count(); i++) {
        const struct option_row *row = option_at(i);
        if ((row->commands & command->flag) && strncmp(row->name, name, n) == 0)
            return row;
    }
    return NULL;
}

/* An option of other commands: says which, as far as they are few. */
static int option_of_others(const struct settings *settings, const struct command *command,
                            const struct option_row *row)
{
    char words[80] = "";
    size_t n = 0, used = 0;
    for (size_t i = 0; i < COMMANDS; i++)
        n += (commands[i]->flag & row->commands) != 0;
    for (size_t i = 0, k = 0; i < COMMANDS && n <= 4; i++)
        if (commands[i]->flag & row->commands)
            used += (size_t)snprintf(words + used, sizeof words - used, "%s%s",
                                     k++ == 0 ? ""
                                     : k == n ? " and "
                                              : ", ",
                                     commands[i]->name);
    if (n > 4)
        return say_usage(settings->command, "'--%s' is not for %s", row->name, command->name);
    return say_usage(settings->command, "'--%s' is not for %s; %s take%s it", row->name,
                     command->name, words, n == 1 ? "s" : "");
}

/* argp knows no suggestions, so unknown names are looked for before it sees them. */
static int unknown_option(const struct settings *settings, const struct command *command, int argc,
                          char **argv)
{
    const char *names[64] = {"help", "usage"};
    size_t n = 2;
    for (size_t i = 0; i < option_count() && n < 64; i++)
        if (option_at(i)->commands & command->flag)
            names[n++] = option_at(i)->name;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--", 2) != 0) {
            /* a letter's value may begin with dashes: "-o --odd-name" */
            for (size_t k = 0; argv[i][0] == '-' && argv[i][1] && !argv[i][2] && k < option_count();
                 k++)
                if (option_at(k)->letter == argv[i][1] && option_at(k)->value) {
                    i++;
                    break;
                }
            if (i >= argc)
                break;
            continue;
        }
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(argv[i] + 2, "="), argv[i] + 2);
        const struct option_row *row = find_row(command, name, strlen(name));
        if (row) {
            i += row->value && !strchr(argv[i], '=');
            continue;
        }
        if (strncmp("help", name, strlen(name)) == 0 || strncmp("usage", name, strlen(name)) == 0)
            continue;
        for (size_t k = 0; k < option_count(); k++)
            if (strcmp(option_at(k)->name, name) == 0)
                return option_of_others(settings, command, option_at(k));
        const char *near = nearest_word(name, names, n);
        if (near)
            return say_usage(settings->command, "there is no option '--%s'; did you mean '--%s'?",
                             name, near);
        return say_usage(settings->command, "there is no option '--%s'", name);
    }
    return EXIT_FINE;
}

static int run_command_line(const struct command *command, int argc, char **argv)
{
    struct settings settings = {0};
    char name[64], doc[2000];
    struct argp_option *options = calloc(option_count() + 1, sizeof *options);
    size_t n = 0;

    if (!options) {
        say_error("%s", oh_status_text(OH_NO_MEMORY));
        return EXIT_FAILED;
    }
    for (size_t i = 0; i < option_count(); i++) {
        const struct option_row *row = option_at(i);
        if (row->commands & command->flag)
            options[n++] = (struct argp_option){.name = row->name,
                                                .key = key_of(i),
                                                .arg = row->value,
                                                .doc = row->help,
                                                .group = (int)i + 1};
    }
    snprintf(name, sizeof name, "onhold %s", command->name);
    snprintf(doc, sizeof doc, "%s\vExamples:\n%s", command->about, command->examples);
    settings.command = name;
    struct argp argp = {options, take_option, command->operands, doc, NULL, NULL, NULL};
    struct parsing parsing = {command, &settings};
    argv[0] = name; /* what argp's messages begin with */
    int code = unknown_option(&settings, command, argc, argv);
    if (code == EXIT_FINE) {
        argp_parse(&argp, argc, argv, 0, NULL, &parsing);
        code = inputs_check(&settings);
        if (code == EXIT_FINE)
            code = command->run(&settings);
    }
    texts_free(&settings.files);
    texts_free(&settings.set);
    texts_free(&settings.require);
    texts_free(&settings.only);
    texts_free(&settings.least);
    texts_free(&settings.most);
    texts_free(&settings.vary);
    free(options);
    return code;
}

int main(int argc, char **argv)
{
    gsl_set_error_handler_off(); /* the library checks its arguments; GSL must not abort */
    signal(SIGPIPE, SIG_IGN);    /* a closed pipe is seen when writing, and ends quietly */
    signal(SIGXFSZ, SIG_IGN);    /* so is a file that has grown to its limit */
    atexit(output_close_standard);
    argp_err_exit_status = EXIT_USAGE;
    setenv("ARGP_HELP_FMT", "no-dup-args-note", 0); /* a remark that helps nobody */

    if (argc < 2) {
        print_help();
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help();
        return EXIT_FINE;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        print_version();
        return EXIT_FINE;
    }
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i]->name, argv[1]) == 0)
            return run_command_line(commands[i], argc - 1, argv + 1);
    if (argv[1][0] == '-')
        return say_usage("onhold", "'%s' needs a command before it", argv[1]);
    return unknown_command(argv[1]);
}
