/* staff_writers.h - the forms in which the answer of a staffing search is written.
 */
#ifndef ONHOLD_SIM_STAFF_WRITERS_H
#define ONHOLD_SIM_STAFF_WRITERS_H

#include <onhold/staff.h>

#include "sheet.h"

oh_status staff_write_page(const oh_staffing *staffing, const oh_write_context *context,
                           bool markdown, oh_sink sink);
/* Of a week: a section with the heads of a group, hours down and days across; nothing for shifts.
 */
void staff_put_week(struct sheet *sheet, struct arena *arena, const oh_staffing *staffing,
                    size_t group);
oh_status staff_write_json(const oh_staffing *staffing, const oh_write_context *context,
                           oh_sink sink);
oh_status staff_write_csv(const oh_staffing *staffing, const oh_write_context *context,
                          oh_sink sink);

#endif
