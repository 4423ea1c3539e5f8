/* log_lines.h - where a log tells a call's priority or customer class, each class of a queue is a
 * line of its own, counted apart from the first row on.
 *
 * Only when all is read does it show whether classes are answered one before the other, so a study
 * may put them together again. A line's name is "QUEUE/CLASS"; a queue of which no row has a class
 * is one line with its own name.
 */
#ifndef ONHOLD_SIM_LOG_LINES_H
#define ONHOLD_SIM_LOG_LINES_H

#include "log_book.h"

/* The number of the line of a call, new or known. class_name NULL: none is given. UINT32_MAX: there
 * are more than LOG_QUEUES queues; *no_memory is set if memory ran out. */
uint32_t log_line(oh_log *log, const char *queue, const char *class_name, bool *no_memory);

/* The name of a line's queue. */
const char *log_line_queue(const oh_log *log, uint32_t line);
/* The class of a line, or NULL. */
const char *log_line_class(const oh_log *log, uint32_t line);

/* Puts the classes of queues together for which joined[queue number] is set; NULL: all of them.
 * Lines get new numbers. False if out of memory: the log is useless then. */
bool log_lines_join(oh_log *log, const bool *joined);

#endif
