/* text_check.h - is this plain text at all?
 */
#ifndef ONHOLD_SIM_TEXT_CHECK_H
#define ONHOLD_SIM_TEXT_CHECK_H

#include "../base/findings.h"

/* True if the source is UTF-8 text without control characters other than tab and line breaks
 * (with or without a byte order mark). Otherwise a finding (E103) at the first fault. */
bool text_check(const struct source *source, oh_diags *diags);

/* The same for one scalar, whose escapes ("\0", "\e") may have made what the text did not hold. */
bool text_check_scalar(struct span span, const char *text, size_t length, oh_diags *diags);

#endif
