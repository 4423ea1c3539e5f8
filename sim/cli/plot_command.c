/* plot_command.c - `onhold plot`: the pictures of a saved result, drawn again. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "messages.h"
#include "nearest.h"
#include "output_file.h"
#include "plotting.h"
#include "saved_file.h"

/* Every name after --only must be a plot's. */
static int check_names(const struct settings *settings)
{
    enum { MOST = 32 };
    const char *names[MOST];
    size_t n = 0;
    for (; n < oh_plot_count() && n < MOST; n++)
        names[n] = oh_plot_at(n)->name;
    for (size_t i = 0; i < settings->only.n; i++) {
        size_t k = 0;
        while (k < n && strcmp(names[k], settings->only.at[i]) != 0)
            k++;
        if (k < n)
            continue;
        const char *near = nearest_word(settings->only.at[i], names, n);
        if (near)
            return say_usage(settings->command, "--only: there is no plot '%s'; did you mean '%s'?",
                             settings->only.at[i], near);
        return say_usage(settings->command, "--only: there is no plot '%s'; the first is '%s'",
                         settings->only.at[i], names[0]);
    }
    return EXIT_FINE;
}

/* Where the pictures go: the folder named, else the one that is there. */
static bool draw(const struct settings *settings, const oh_saved *saved)
{
    struct settings with = *settings;
    if (!with.plots)
        with.plots = "pictures";
    return plots_draw(&with, oh_saved_result(saved), oh_saved_context(saved), true);
}

static int plot(const struct settings *settings)
{
    oh_saved *saved = NULL;
    int code = check_names(settings);
    if (code != EXIT_FINE)
        return code;
    if (!oh_saved_looks_like(settings->files.at[0]) && access(settings->files.at[0], R_OK) == 0)
        return say_usage(settings->command,
                         "%s is no saved result; 'onhold run FILE --plots DIR' draws a scenario's",
                         settings->files.at[0]);
    code = saved_load(&saved, settings);
    if (code == EXIT_FINE && !draw(settings, saved))
        code = EXIT_FAILED;
    oh_saved_free(saved);
    return code;
}

const struct command plot_command = {
    .name = "plot",
    .operands = "RESULT",
    .summary = "draw the pictures of a saved result again",
    .about = "Draws what 'onhold run --plots' draws, from a result that 'onhold run --save' kept, "
             "into the folder pictures or the one named. With --plot-format term the pictures are "
             "printed, too.",
    .examples = "  onhold run support.yaml --save day.onhold && onhold plot day.onhold\n"
                "  onhold plot day.onhold --only day_profile --plot-format png --plots slides",
    .flag = COMMAND_PLOT,
    .least_files = 1,
    .most_files = 1,
    .run = plot,
};
