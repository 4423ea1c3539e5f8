/* shell_line.c - a command that plays results again, word by word. */
#include "shell_line.h"

#include <string.h>

#include "wording.h"

const char *shell_word(struct arena *a, const char *line, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "/._-=:,%+@";
    if (!line)
        return NULL;
    if (*word && strspn(word, plain) == strlen(word))
        return arena_printf(a, "%s %s", line, word);
    line = arena_printf(a, "%s '", line);
    for (const char *end; line && (end = strchr(word, '\'')); word = end + 1)
        line = arena_printf(a, "%s%.*s'\\''", line, (int)(end - word), word);
    return line ? arena_printf(a, "%s%s'", line, word) : NULL;
}

const char *shell_option(struct arena *a, const char *line, const char *name, const char *value)
{
    return shell_word(a, line ? arena_printf(a, "%s %s", line, name) : NULL, value);
}

const char *shell_experiment(struct arena *a, const char *line, const oh_write_context *context,
                             const oh_run_info *info)
{
    char confidence[WORDS];
    for (size_t i = 0; i < context->settings_count; i++)
        line = shell_option(a, line, "--set", context->settings[i]);
    line = line ? arena_printf(a, "%s -n %u --seed %u", line, (unsigned)info->replications,
                               (unsigned)info->seed)
                : NULL;
    if (line && info->first != 1)
        line = arena_printf(a, "%s --first %u", line, (unsigned)info->first);
    if (line && info->confidence != 0.95) {
        word_round_share(confidence, info->confidence);
        confidence[strcspn(confidence, " ")] = '\0';
        line = arena_printf(a, "%s --confidence %s%%", line, confidence);
    }
    if (line && info->count_at == OH_AT_EXIT)
        line = arena_printf(a, "%s --count-at exit", line);
    return line;
}
