/* precision.h - "--precision support.service_level=0.5%": until a figure is that sure.
 */
#ifndef ONHOLD_SIM_PRECISION_H
#define ONHOLD_SIM_PRECISION_H

#include "settings.h"

/* Has the option the form NAME.METRIC=HALF? All that can be said without a model; false with the
 * reason in `wrong`. True without the option. */
bool precision_has_form(const struct settings *settings, char wrong[256]);
/* Sets the goal of a run from the option, if it was given; false with the reason in `wrong`. */
bool precision_read(oh_run_options *options, const struct settings *settings, const oh_model *model,
                    char wrong[256]);

/* Says so if a run ended before the goal of the option or the file was reached. */
void precision_say(const struct settings *settings, const oh_result *result);

#endif
