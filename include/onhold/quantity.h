/* quantity.h - single quantities as people write them, for hosts that take them as options.
 *
 * On failure false, with a sentence in `wrong` that tells how it is written.
 */
#ifndef ONHOLD_QUANTITY_H
#define ONHOLD_QUANTITY_H

#include <onhold/base.h>

bool oh_read_duration(const char *text, double *seconds, char wrong[256]);    /* "30 min" */
bool oh_read_share(const char *text, double *share, char wrong[256]);         /* "5%", 0 to 1 */
bool oh_read_time_of_day(const char *text, double *seconds, char wrong[256]); /* "08:30" */

#endif
