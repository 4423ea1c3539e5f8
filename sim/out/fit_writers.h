/* fit_writers.h - the writers of what a fit found.
 */
#ifndef ONHOLD_SIM_FIT_WRITERS_H
#define ONHOLD_SIM_FIT_WRITERS_H

#include <onhold/fit.h>

oh_status write_fit_json(const oh_fit *fit, const oh_log *log, oh_sink sink);
/* One row a figure, in the columns of all CSV of results, and what the log says of it:
 * file,level,name,day,start,end,metric,value,half_width,unit,low,high,n. */
oh_status write_fit_csv(const oh_fit *fit, const oh_log *log, oh_sink sink);
/* As a table for a terminal, or as Markdown. */
oh_status write_fit_page(const oh_fit *fit, const oh_log *log, bool markdown, bool colour,
                         oh_sink sink);

#endif
