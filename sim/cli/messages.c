/* messages.c - the words on standard error. */
#include "messages.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"

bool colour_on(FILE *stream)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    if (no && *no)
        return false;
    return isatty(fileno(stream)) && term && strcmp(term, "dumb") != 0;
}

static void headed(const char *colour, const char *head, const char *format, va_list list)
{
    if (colour_on(stderr))
        fprintf(stderr, "\033[%sm%s\033[0m", colour, head);
    else
        fputs(head, stderr);
    vfprintf(stderr, format, list);
    fputc('\n', stderr);
}

void say_error(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    headed("1;31", "error: ", format, list);
    va_end(list);
}

void say_warning(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    headed("1;33", "warning: ", format, list);
    va_end(list);
}

void say(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
}

int say_usage(const char *command, const char *format, ...)
{
    va_list list;
    fprintf(stderr, "%s: ", command);
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fprintf(stderr, "\nTry '%s --help'.\n", command);
    return EXIT_USAGE;
}

static bool to_stderr(void *user, const char *text, size_t length)
{
    (void)user;
    return fwrite(text, 1, length, stderr) == length;
}

oh_sink stderr_sink(void)
{
    return (oh_sink){.write = to_stderr, .user = NULL};
}

const char *file_shown(const char *file)
{
    return strcmp(file, "-") == 0 ? "<stdin>" : file;
}

void say_quoted(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-./=:,+@";
    if (*word && word[strspn(word, plain)] == '\0') {
        fputs(word, stderr);
        return;
    }
    fputc('\'', stderr);
    for (; *word; word++) {
        if (*word == '\'')
            fputs("'\\''", stderr);
        else
            fputc(*word, stderr);
    }
    fputc('\'', stderr);
}
