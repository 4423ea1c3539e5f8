/* saved_file.c - loading a saved result, with words for what it is not. */
#include "saved_file.h"

#include "command.h"
#include "messages.h"

/* The name of an option that a result cannot take any more, or NULL. */
static const char *too_late(const struct settings *settings)
{
    const oh_run_options *run = &settings->run;
    return settings->set.n       ? "--set"
           : settings->variant   ? "--variant"
           : run->replications   ? "--replications"
           : run->first          ? "--first"
           : run->has_seed       ? "--seed"
           : run->confidence > 0 ? "--confidence"
           : run->count_at       ? "--count-at"
                                 : NULL;
}

int saved_load(oh_saved **out, const struct settings *settings)
{
    const char *file = settings->files.at[0], *option = too_late(settings);
    char message[256];
    if (option)
        return say_usage(settings->command, "%s: %s was played already; name the scenario instead",
                         option, file_shown(file));
    oh_status status = oh_saved_load(out, file, message);
    if (status == OH_OK)
        return EXIT_FINE;
    say_error("%s: %s", file_shown(file), message);
    return status == OH_NO_MEMORY ? EXIT_FAILED : EXIT_SCENARIO;
}
