/* log_lines.c - lines are queues to everything else; here is what a line is of.
 *
 * Joining moves the sums of several lines into the first of them. Lines are numbered as they were
 * met, so a joined line's new number is never greater than its old one and all is done in place.
 */
#include "log_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More classes than this are no classes but scores. */
enum { CLASSES_MOST = 8 };

static uint32_t of_queue(const oh_log *log, uint32_t line)
{
    return log->line[line].queue;
}

const char *log_line_queue(const oh_log *log, uint32_t line)
{
    return log->kind_name.name[of_queue(log, line)];
}

const char *log_line_class(const oh_log *log, uint32_t line)
{
    uint32_t class = log->line[line].class_number;
    return class == UINT32_MAX ? NULL : log->class_name.name[class];
}

static size_t classes_of(const oh_log *log, uint32_t queue)
{
    size_t n = 0;
    for (uint32_t i = 0; i < log->queue_name.count; i++)
        n += of_queue(log, i) == queue && log->line[i].class_number != UINT32_MAX;
    return n;
}

/* The line of that name, with what it is of if it is new. */
static uint32_t named_line(oh_log *log, const char *name, struct log_line_of of, bool *no_memory)
{
    size_t before = log->queue_name.count;
    uint32_t line = name_number(&log->queue_name, name, LOG_QUEUES, no_memory);
    if (log->queue_name.count > before)
        log->line[line] = of;
    return line;
}

/* Everything of these queues in one line each, now and later. */
static bool give_up(oh_log *log, const bool *joined)
{
    for (size_t q = 0; q < log->kind_name.count; q++)
        log->one_line[q] = log->one_line[q] || !joined || joined[q];
    return log_lines_join(log, joined);
}

static uint32_t line_of_class(oh_log *log, const char *queue, uint32_t number,
                              const char *class_name, bool *no_memory)
{
    char name[200];
    size_t before = log->queue_name.count;
    uint32_t class = name_number(&log->class_name, class_name, LOG_QUEUES, no_memory);
    snprintf(name, sizeof name, "%.100s, priority %.80s", queue, class_name);
    uint32_t line = class == UINT32_MAX
                        ? UINT32_MAX
                        : named_line(log, name, (struct log_line_of){number, class}, no_memory);
    if (*no_memory)
        return UINT32_MAX;
    if (line == UINT32_MAX) {
        log_book_note(log, "there are too many queues and priorities to look at the priorities");
        *no_memory = !give_up(log, NULL);
    } else if (log->queue_name.count > before && classes_of(log, number) > CLASSES_MOST) {
        bool joined[LOG_QUEUES] = {false};
        joined[number] = true;
        log_book_note(log, "%.80s: more than %d priorities, which are not looked at", queue,
                      CLASSES_MOST);
        *no_memory = !give_up(log, joined);
    } else {
        return line;
    }
    return *no_memory ? UINT32_MAX : log_line(log, queue, NULL, no_memory);
}

uint32_t log_line(oh_log *log, const char *queue, const char *class_name, bool *no_memory)
{
    uint32_t number = name_number(&log->kind_name, queue, LOG_QUEUES, no_memory);
    if (number == UINT32_MAX)
        return UINT32_MAX;
    if (class_name && !log->one_line[number])
        return line_of_class(log, queue, number, class_name, no_memory);
    return named_line(log, queue, (struct log_line_of){number, UINT32_MAX}, no_memory);
}

/* ---- joining ---- */

static bool add_queue(struct log_queue *to, struct log_queue *from, size_t intervals)
{
    to->answered += from->answered;
    to->abandoned += from->abandoned;
    to->balked += from->balked;
    to->left += from->left;
    to->blocked += from->blocked;
    to->self_served += from->self_served;
    to->at_once += from->at_once;
    to->handling_unknown += from->handling_unknown;
    to->interval_rows += from->interval_rows;
    bool good = tally_join(&to->waits, &from->waits) && tally_join(&to->ring, &from->ring);
    for (int p = 0; p < PARTS; p++) {
        good = tally_join(&to->part[p], &from->part[p]) && good;
        if (!to->by_time[p])
            to->by_time[p] = from->by_time[p];
        else
            for (size_t i = 0; from->by_time[p] && i < intervals; i++) {
                to->by_time[p][i].n += from->by_time[p][i].n;
                to->by_time[p][i].sum += from->by_time[p][i].sum;
                to->by_time[p][i].squares += from->by_time[p][i].squares;
            }
        tally_free(&from->part[p]);
    }
    tally_free(&from->waits);
    tally_free(&from->ring);
    return good;
}

/* The new number of each line, and the names that are left. */
static bool number_lines(oh_log *log, const bool *joined, uint32_t *to)
{
    struct name_set names = {0};
    struct log_line_of line[LOG_QUEUES];
    bool no_memory = false;
    for (uint32_t i = 0; i < log->queue_name.count && !no_memory; i++) {
        uint32_t queue = of_queue(log, i);
        bool join = !joined || joined[queue];
        size_t before = names.count;
        to[i] = name_number(&names, join ? log_line_queue(log, i) : log->queue_name.name[i],
                            LOG_QUEUES, &no_memory);
        if (names.count > before)
            line[to[i]] =
                (struct log_line_of){queue, join ? UINT32_MAX : log->line[i].class_number};
    }
    if (no_memory) {
        name_set_free(&names);
        return false;
    }
    name_set_free(&log->queue_name);
    log->queue_name = names;
    memcpy(log->line, line, names.count * sizeof *line);
    return true;
}

bool log_lines_join(oh_log *log, const bool *joined)
{
    uint32_t to[LOG_QUEUES];
    size_t lines = log->queue_name.count, kept = 0;
    if (!number_lines(log, joined, to))
        return false;
    if (log->queue_name.count == lines)
        return true;
    bool good = true;
    for (size_t q = 0; q < lines; q++) {
        if (to[q] == kept) {
            struct log_queue moved = log->queue[q];
            log->queue[q] = (struct log_queue){0};
            log->queue[kept++] = moved;
        } else {
            good = add_queue(&log->queue[to[q]], &log->queue[q], log->intervals) && good;
            log->queue[q] = (struct log_queue){0};
        }
    }
    for (size_t i = 0; i < log->calls; i++)
        log->call[i].queue = (uint8_t)to[log->call[i].queue];
    log_book_renumber(log, to);
    return good;
}
