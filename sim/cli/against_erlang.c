/* against_erlang.c - `onhold run --against-erlang`: the runs that it takes, behind a bar. */
#include "against_erlang.h"

#include "command.h"
#include "interrupt.h"
#include "messages.h"

int look_at_erlang(oh_gap **gap, const struct settings *settings, const struct prepared *p,
                   const struct played *played)
{
    struct progress_bar bar;
    char message[256] = "";
    if (!settings->against_erlang || played->status != OH_OK)
        return EXIT_FINE;
    oh_run_options options = settings->run;
    options.cancel = interrupt_catch();
    options.progress = progress_show;
    options.progress_user = &bar;
    progress_begin(&bar, !settings->no_progress && !settings->quiet);
    oh_status status = oh_gap_find(gap, p->scenario, played->result, &options, message);
    progress_end(&bar);
    if (status == OH_OK)
        return EXIT_FINE;
    if (status == OH_CANCELLED)
        say("interrupted: the comparison with Erlang's formulas is not written");
    else
        say_error("%s", *message ? message : oh_status_text(status));
    return status == OH_CANCELLED ? EXIT_INTERRUPTED : EXIT_FAILED;
}
