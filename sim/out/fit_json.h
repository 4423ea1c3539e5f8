/* fit_json.h - the writers of what a fit found. */
#ifndef ONHOLD_SIM_FIT_JSON_H
#define ONHOLD_SIM_FIT_JSON_H

#include <onhold/fit.h>

oh_status write_fit_json(const oh_fit *fit, const oh_log *log, oh_sink sink);
/* As a table for a terminal, or as Markdown. */
oh_status write_fit_page(const oh_fit *fit, const oh_log *log, bool markdown, bool colour,
                         oh_sink sink);

#endif
