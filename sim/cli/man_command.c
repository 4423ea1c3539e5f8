/* man_command.c - `onhold man`: the manual page, from the tables of commands and options.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "messages.h"

/* Text for troff: no sign of it may act as a command. */
static void put(const char *text)
{
    bool line_start = true;
    for (; *text; text++) {
        if (line_start && (*text == '.' || *text == '\''))
            fputs("\\&", stdout);
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else if (*text == '\'')
            fputs("\\(aq", stdout);
        else if (*text == '`')
            fputs("\\(ga", stdout);
        else if (*text == '^')
            fputs("\\(ha", stdout);
        else if (*text == '~')
            fputs("\\(ti", stdout);
        else
            putchar(*text);
        line_start = *text == '\n';
    }
}

static void paragraph(const char *text)
{
    puts(".PP");
    put(text);
    putchar('\n');
}

static void option(const struct option_row *row)
{
    puts(".TP");
    fputs("\\fB", stdout);
    if (row->letter) {
        printf("\\-%c", row->letter);
        fputs("\\fR, \\fB", stdout);
    }
    put("--");
    put(row->name);
    fputs("\\fR", stdout);
    if (row->value) {
        fputs("=\\fI", stdout);
        put(row->value);
        fputs("\\fR", stdout);
    }
    putchar('\n');
    put(row->help);
    puts(".");
}

static void command(const struct command *c)
{
    fputs(".SS onhold ", stdout);
    put(c->name);
    printf(" [\\fIOPTION\\fR...] \\fI");
    put(c->operands);
    puts("\\fR");
    put(c->about);
    putchar('\n');
    for (size_t i = 0; i < option_count(); i++)
        if (option_at(i)->commands & c->flag)
            option(option_at(i));
    puts(".PP\nExamples:\n.PP\n.EX");
    put(c->examples);
    puts("\n.EE");
}

static void commands(void)
{
    puts(".SH COMMANDS");
    for (size_t i = 0; i < command_count(); i++)
        if (!command_at(i)->hidden) {
            puts(".TP");
            fputs("\\fBonhold ", stdout);
            put(command_at(i)->name);
            puts("\\fR");
            put(command_at(i)->summary);
            puts(".");
        }
    puts(".SH COMMANDS IN DETAIL");
    for (size_t i = 0; i < command_count(); i++)
        if (!command_at(i)->hidden)
            command(command_at(i));
}

static void definitions(const char *const (*rows)[2], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        puts(".TP");
        fputs("\\fB", stdout);
        put(rows[i][0]);
        puts("\\fR");
        put(rows[i][1]);
        putchar('\n');
    }
}

static int man(const struct settings *settings)
{
    static const char *const codes[][2] = {
        {"0", "Fine."},
        {"1", "The run failed: disk full, out of memory, a limit was hit."},
        {"2", "The command line is wrong."},
        {"3", "The scenario or a data file is invalid."},
        {"4", "A condition (--require), a search for staff or a validation says no."},
        {"130", "Interrupted; what was complete has been written."}};
    static const char *const environment[][2] = {
        {"NO_COLOR", "If set, nothing is coloured."},
        {"ONHOLD_PLOTS", "The folder of gnuplot scripts, in place of the installed one."}};
    (void)settings;
    printf(".TH ONHOLD 1 \"\" \"onhold %s\" \"User Commands\"\n", oh_version());
    puts(".SH NAME\nonhold \\- simulate a call center's day: queues, agents, callers who hang up");
    puts(".SH SYNOPSIS\n.B onhold\n\\fICOMMAND\\fR [\\fIOPTION\\fR...] \\fIFILE\\fR...");
    puts(".SH DESCRIPTION");
    put("How long will callers hold, how many will hang up, and how many agents would it take to "
        "keep a promise like \"80 % answered within 20 seconds\"? onhold plays a working day "
        "hundreds of times over, call by call, from a text file that says when calls come, how "
        "long they take, how patient callers are and who is there to answer.\n");
    paragraph("Results go to standard output, everything else to standard error; a FILE of - is "
              "standard input or output. Begin with:");
    puts(".PP\n.EX");
    put("  onhold new support.yaml\n  onhold explain support.yaml\n  onhold run support.yaml");
    puts("\n.EE");
    commands();
    puts(".SH EXIT STATUS");
    definitions(codes, sizeof codes / sizeof *codes);
    puts(".SH ENVIRONMENT");
    definitions(environment, sizeof environment / sizeof *environment);
    puts(".SH SEE ALSO\n.BR gnuplot (1)\n.PP");
    put("The format of scenarios, with examples: scenarios/README.md where onhold's shared files "
        "are installed.\n");
    return ferror(stdout) && errno != EPIPE ? EXIT_FAILED : EXIT_FINE;
}

const struct command man_command = {
    .name = "man",
    .operands = "",
    .summary = "print this program's manual page",
    .about = "Prints the manual page that make install puts in place.",
    .examples = "  onhold man > onhold.1",
    .hidden = true,
    .flag = 0,
    .least_files = 0,
    .most_files = 0,
    .run = man,
};
