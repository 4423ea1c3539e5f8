/* new_command.c - `onhold new`: a commented starter scenario, never in the place of a file. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "datadir.h"
#include "messages.h"
#include "nearest.h"
#include "output_file.h"

enum { MOST_TEMPLATES = 64 };

static const char first_choice[] = "one-line", suffix[] = ".yaml";

struct templates {
    char *folder;
    char *name[MOST_TEMPLATES]; /* sorted, without suffix */
    size_t n;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void templates_free(struct templates *t)
{
    for (size_t i = 0; i < t->n; i++)
        free(t->name[i]);
    free(t->folder);
}

/* False with an error said. */
static bool templates_find(struct templates *t)
{
    *t = (struct templates){.folder = data_folder("scenarios/templates", "one-line.yaml")};
    DIR *folder = t->folder ? opendir(t->folder) : NULL;
    if (!folder) {
        say_error("the templates cannot be read: %s: %s", t->folder ? t->folder : "",
                  strerror(errno));
        return false;
    }
    for (struct dirent *entry; t->n < MOST_TEMPLATES && (entry = readdir(folder));) {
        size_t length = strlen(entry->d_name), end = sizeof suffix - 1;
        if (length > end && strcmp(entry->d_name + length - end, suffix) == 0 &&
            (t->name[t->n] = strndup(entry->d_name, length - end)))
            t->n++;
    }
    closedir(folder);
    qsort(t->name, t->n, sizeof *t->name, by_name);
    return true;
}

static bool is_template(const struct templates *t, const char *name)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->name[i], name) == 0)
            return true;
    return false;
}

/* A template's text, opened; NULL with an error said. */
static FILE *template_open(const struct templates *t, const char *name)
{
    char *path = path_join(t->folder, name, suffix);
    FILE *file = path ? fopen(path, "r") : NULL;
    if (!file)
        say_error("cannot read %s: %s", path ? path : name, strerror(errno));
    free(path);
    return file;
}

/* Name and first line of each. */
static int list(const struct templates *t)
{
    for (size_t i = 0; i < t->n; i++) {
        char line[200] = "";
        FILE *file = template_open(t, t->name[i]);
        if (!file)
            return EXIT_FAILED;
        if (!fgets(line, sizeof line, file))
            line[0] = '\0';
        fclose(file);
        line[strcspn(line, "\n")] = '\0';
        printf("  %-18s %s\n", t->name[i], line + strspn(line, "# "));
    }
    return EXIT_FINE;
}

/* Copies to the end; false if either side fails. */
static bool copy(FILE *from, FILE *to)
{
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, from)) > 0;)
        if (fwrite(block, 1, n, to) != n)
            return false;
    return !ferror(from);
}

/* Makes a file that was not there; what could not be written whole is taken away again. */
static int write_new(FILE *from, const char *name)
{
    int handle = open(name, O_WRONLY | O_CREAT | O_EXCL, 0666);
    FILE *to = handle < 0 ? NULL : fdopen(handle, "w");
    if (!to && errno == EEXIST) {
        say_error("%s is there already; new never overwrites", name);
        return EXIT_FAILED;
    }
    bool fine = to && copy(from, to);
    int error = errno;
    if (to && fclose(to) != 0) {
        error = fine ? errno : error;
        fine = false;
    }
    if (!fine) {
        say_error("cannot write %s: %s", name, strerror(error));
        if (handle >= 0)
            unlink(name);
        return EXIT_FAILED;
    }
    return EXIT_FINE;
}

static int make(const struct settings *settings, const struct templates *t, const char *name,
                const char *file)
{
    if (!is_template(t, name)) {
        const char *near = nearest_word(name, (const char *const *)t->name, t->n);
        return near ? say_usage(settings->command, "there is no template '%s'; did you mean '%s'?",
                                name, near)
                    : say_usage(settings->command, "there is no template '%s'; --list names them",
                                name);
    }
    FILE *from = template_open(t, name);
    if (!from)
        return EXIT_FAILED;
    int code;
    if (output_is_standard(file)) {
        code = copy(from, stdout) ? EXIT_FINE : EXIT_FAILED;
    } else {
        code = write_new(from, file);
        if (code == EXIT_FINE && !settings->quiet) {
            fprintf(stderr, "%s is written; next: onhold explain ", file);
            say_quoted(file);
            fputc('\n', stderr);
        }
    }
    fclose(from);
    return code;
}

static int new_scenario(const struct settings *settings)
{
    struct templates t;
    size_t n = settings->files.n;
    if (settings->list && n > 0)
        return say_usage(settings->command, "--list names the templates and writes nothing");
    if (!settings->list && n == 0)
        return say_usage(settings->command, "which FILE?");
    if (!templates_find(&t)) {
        templates_free(&t);
        return EXIT_FAILED;
    }
    int code;
    if (settings->list)
        code = list(&t);
    else if (n == 1 && is_template(&t, settings->files.at[0]))
        code =
            say_usage(settings->command, "%s is a template; into which FILE? onhold new %s %s.yaml",
                      settings->files.at[0], settings->files.at[0], settings->files.at[0]);
    else
        code = make(settings, &t, n == 2 ? settings->files.at[0] : first_choice,
                    settings->files.at[n - 1]);
    templates_free(&t);
    return code;
}

const struct command new_command = {
    .name = "new",
    .operands = "[TEMPLATE] FILE",
    .summary = "write a commented starter scenario, to be edited",
    .about = "Writes a scenario that runs as it is, with comments that say what to change. Without "
             "TEMPLATE it is one line with one team; --list names the others. A FILE that is there "
             "already is left alone. A FILE of - is standard output.",
    .examples = "  onhold new --list\n"
                "  onhold new day-with-shifts monday.yaml",
    .flag = COMMAND_NEW,
    .least_files = 0,
    .most_files = 2,
    .run = new_scenario,
};
