/* completion_command.c - `onhold completion bash|zsh`: what a shell needs to complete the command
 * line, from the tables of commands and options.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "messages.h"

/* Words that an operand or option takes: of a list, files, folders, or nothing that can be known.
 */
enum takes { TAKES_ANYTHING, TAKES_WORDS, TAKES_FILES, TAKES_FOLDERS, TAKES_TEMPLATES };

static enum takes option_takes(const struct option_row *row)
{
    if (option_words(row))
        return TAKES_WORDS;
    if (strncmp(row->value, "FILE", 4) == 0 || strcmp(row->value, "MAP.yaml") == 0)
        return TAKES_FILES;
    return strcmp(row->value, "DIR") == 0 ? TAKES_FOLDERS : TAKES_ANYTHING;
}

static enum takes command_takes(const struct command *c)
{
    return strstr(c->operands, "TEMPLATE") ? TAKES_TEMPLATES
           : strchr(c->operands, '|')      ? TAKES_WORDS
           : *c->operands                  ? TAKES_FILES
                                           : TAKES_ANYTHING;
}

/* The words of "b|c|a", separated by blanks. */
static void put_operand_words(const char *operands)
{
    for (; *operands; operands++)
        putchar(*operands == '|' ? ' ' : *operands);
}

static void put_words(const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        printf("%s%s", i ? " " : "", words[i]);
}

static void put_commands(void)
{
    for (size_t i = 0; i < command_count(); i++)
        if (!command_at(i)->hidden)
            printf("%s%s", i ? " " : "", command_at(i)->name);
}

/* ---- bash ---- */

static void bash_values(const struct command *c)
{
    for (size_t i = 0; i < option_count(); i++) {
        const struct option_row *row = option_at(i);
        if (!(row->commands & c->flag) || !row->value)
            continue;
        printf("        --%s", row->name);
        if (row->letter)
            printf("|-%c", row->letter);
        fputs(") ", stdout);
        switch (option_takes(row)) {
        case TAKES_WORDS:
            fputs("words='", stdout);
            put_words(option_words(row));
            puts("' ;;");
            break;
        case TAKES_FILES:
            puts("files=-f ;;");
            break;
        case TAKES_FOLDERS:
            puts("files=-d ;;");
            break;
        case TAKES_TEMPLATES:
        case TAKES_ANYTHING:
            puts("return ;;");
            break;
        }
    }
}

static void bash_command(const struct command *c)
{
    printf("    %s)\n        case $before in\n", c->name);
    bash_values(c);
    puts("        *)");
    fputs("            options='--help", stdout);
    for (size_t i = 0; i < option_count(); i++)
        if (option_at(i)->commands & c->flag)
            printf(" --%s", option_at(i)->name);
    puts("'");
    switch (command_takes(c)) {
    case TAKES_WORDS:
        fputs("            words='", stdout);
        put_operand_words(c->operands);
        puts("'");
        break;
    case TAKES_TEMPLATES:
        puts("            words=$(onhold new --list 2>/dev/null | awk '{ print $1 }')\n"
             "            files=-f");
        break;
    case TAKES_FILES:
    case TAKES_FOLDERS:
        puts("            files=-f");
        break;
    case TAKES_ANYTHING:
        break;
    }
    puts("            ;;\n        esac ;;");
}

static void bash(void)
{
    puts("# bash completion for onhold, made by `onhold completion bash`\n"
         "_onhold()\n{\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
         "    local words= files= options=\n"
         "    COMPREPLY=()\n"
         "    # bash splits --option=value at the sign\n"
         "    if [ \"$word\" = = ]; then\n        word=\n"
         "    elif [ \"$before\" = = ] && [ \"$COMP_CWORD\" -gt 2 ]; then\n"
         "        before=${COMP_WORDS[COMP_CWORD-2]}\n    fi\n"
         "    if [ \"$COMP_CWORD\" = 1 ]; then");
    fputs("        COMPREPLY=($(compgen -W '", stdout);
    put_commands();
    puts(" --help --version' -- \"$word\"))\n        return\n    fi\n"
         "    case ${COMP_WORDS[1]} in");
    for (size_t i = 0; i < command_count(); i++)
        if (!command_at(i)->hidden)
            bash_command(command_at(i));
    puts("    *) return ;;\n    esac\n"
         "    case $word in\n"
         "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
         "    *)\n"
         "        COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "        if [ -n \"$files\" ]; then\n"
         "            compopt -o filenames 2>/dev/null\n"
         "            local line\n"
         "            while IFS= read -r line; do COMPREPLY+=(\"$line\"); done < <(\n"
         "                compgen $files -- \"$word\")\n"
         "        fi ;;\n"
         "    esac\n}\n"
         "complete -F _onhold onhold");
}

/* ---- zsh ---- */

/* In single quotes, where brackets and colons have a meaning to _arguments. */
static void zsh_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else if (*text == '[' || *text == ']' || *text == ':' || *text == '\\')
            printf("\\%c", *text);
        else
            putchar(*text);
    }
}

static void zsh_action(const struct option_row *row)
{
    if (!row->value)
        return;
    putchar(':');
    zsh_text(row->value);
    putchar(':');
    switch (option_takes(row)) {
    case TAKES_WORDS:
        putchar('(');
        put_words(option_words(row));
        putchar(')');
        break;
    case TAKES_FILES:
        fputs("_files", stdout);
        break;
    case TAKES_FOLDERS:
        fputs("_files -/", stdout);
        break;
    case TAKES_TEMPLATES:
    case TAKES_ANYTHING:
        putchar(' ');
        break;
    }
}

/* One line of _arguments; `name` as it is written, "--seed=" or "-n". */
static void zsh_option(const char *name, const struct option_row *row)
{
    printf("            '*%s[", name);
    zsh_text(row->help);
    putchar(']');
    zsh_action(row);
    puts("' \\");
}

static void zsh_command(const struct command *c)
{
    printf("    %s)\n        _arguments \\\n            '--help[show help]' \\\n", c->name);
    for (size_t i = 0; i < option_count(); i++) {
        const struct option_row *row = option_at(i);
        if (!(row->commands & c->flag))
            continue;
        char name[40];
        snprintf(name, sizeof name, "--%s%s", row->name, row->value ? "=" : "");
        zsh_option(name, row);
        snprintf(name, sizeof name, "-%c", row->letter);
        if (row->letter)
            zsh_option(name, row);
    }
    switch (command_takes(c)) {
    case TAKES_WORDS:
        fputs("            '1:model:(", stdout);
        put_operand_words(c->operands);
        puts(")' ;;");
        break;
    case TAKES_TEMPLATES:
        puts("            '1:template or file:_onhold_templates' '2:file:_files' ;;");
        break;
    case TAKES_FILES:
    case TAKES_FOLDERS:
        puts("            '*:file:_files' ;;");
        break;
    case TAKES_ANYTHING:
        puts("            ;;");
        break;
    }
}

static void zsh(void)
{
    puts("#compdef onhold\n"
         "# zsh completion for onhold, made by `onhold completion zsh`\n"
         "_onhold_templates() {\n"
         "    _alternative \"templates:template:($(onhold new --list 2>/dev/null | awk '{ print $1 "
         "}'))\" 'files:file:_files'\n}\n"
         "_onhold() {\n    if (( CURRENT == 2 )); then\n        local -a commands=(");
    for (size_t i = 0; i < command_count(); i++)
        if (!command_at(i)->hidden) {
            printf("            '%s:", command_at(i)->name);
            zsh_text(command_at(i)->summary);
            puts("'");
        }
    puts("        )\n        _describe command commands\n        return\n    fi\n"
         "    local command=${words[2]}\n    shift words\n    (( CURRENT-- ))\n"
         "    case $command in");
    for (size_t i = 0; i < command_count(); i++)
        if (!command_at(i)->hidden)
            zsh_command(command_at(i));
    puts("    esac\n}\n_onhold \"$@\"");
}

static int completion(const struct settings *settings)
{
    const char *shell = settings->files.at[0];
    if (strcmp(shell, "bash") == 0)
        bash();
    else if (strcmp(shell, "zsh") == 0)
        zsh();
    else
        return say_usage(settings->command, "there is completion for bash and zsh, not for '%s'",
                         shell);
    return ferror(stdout) && errno != EPIPE ? EXIT_FAILED : EXIT_FINE;
}

const struct command completion_command = {
    .name = "completion",
    .operands = "bash|zsh",
    .asked = "for which shell, bash or zsh?",
    .summary = "print what a shell needs to complete the command line",
    .about = "Prints the completion that make install puts in place.",
    .examples = "  onhold completion bash > ~/.local/share/bash-completion/completions/onhold",
    .hidden = true,
    .flag = 0,
    .least_files = 1,
    .most_files = 1,
    .run = completion,
};
