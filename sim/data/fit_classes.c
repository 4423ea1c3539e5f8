/* fit_classes.c - which classes of a queue's callers go before others.
 *
 * A scenario gives a queue one priority: classes that go first become queues of their own, all
 * others are put together again.
 */
#include <math.h>

#include "log_lines.h"
#include "precedence.h"

#define TELLS   50 /* calls at once, and calls that waited, that show who has a class */
#define UNLIKE  4  /* times as often among those who waited as among the others */
#define NOTABLE 0.05

enum { NOTES_MOST = 8 };

/* The two lines of the queue between which there were most choices, a the one that went first more
 * often. False: there was no choice. */
static bool most_choices(const oh_log *log, const struct precedence *p, uint32_t queue, uint32_t *a,
                         uint32_t *b)
{
    double most = 0;
    for (uint32_t i = 0; i < p->lines; i++) {
        for (uint32_t k = 0; k < i; k++) {
            const struct choices *x = precedence_later(p, i, k), *y = precedence_later(p, k, i);
            if (log->line[i].queue != queue || log->line[k].queue != queue || x->n + y->n <= most)
                continue;
            most = x->n + y->n;
            bool first = !(x->n > 0) || (y->n > 0 && y->share.value > x->share.value);
            *a = first ? k : i;
            *b = first ? i : k;
        }
    }
    return most > 0;
}

static bool any_before(const oh_log *log, const struct precedence *p, uint32_t queue)
{
    for (uint32_t i = 0; i < p->lines; i++)
        for (uint32_t k = 0; k < p->lines; k++)
            if (i != k && log->line[i].queue == queue && log->line[k].queue == queue &&
                precedence_before(p, i, k))
                return true;
    return false;
}

struct shares {
    double waited, at_once;
};

static struct shares of_line(const struct log_queue *q)
{
    return (struct shares){(double)(q->waits.ended + q->waits.censored + q->balked),
                           (double)q->at_once};
}

/* Some systems give a caller a class only when he has to wait. Then those answered at once cannot
 * be put into queues. */
static bool told_by_waiting(const oh_log *log, uint32_t queue)
{
    struct shares all = {0};
    for (uint32_t i = 0; i < log->queue_name.count; i++) {
        struct shares s = of_line(&log->queue[i]);
        all.waited += log->line[i].queue == queue ? s.waited : 0;
        all.at_once += log->line[i].queue == queue ? s.at_once : 0;
    }
    if (all.waited < TELLS || all.at_once < TELLS)
        return false;
    for (uint32_t i = 0; i < log->queue_name.count; i++) {
        struct shares s = of_line(&log->queue[i]);
        double waited = s.waited / all.waited, at_once = s.at_once / all.at_once;
        bool unlike = waited > UNLIKE * at_once || at_once > UNLIKE * waited;
        if (log->line[i].queue == queue && fmax(waited, at_once) > NOTABLE && unlike)
            return true;
    }
    return false;
}

static const char *class_of(const oh_log *log, uint32_t line)
{
    const char *name = log_line_class(log, line);
    return name ? name : "none";
}

static void tell_classes(oh_fit *fit, const oh_log *log, const struct precedence *p, uint32_t queue,
                         bool by_waiting)
{
    uint32_t a = 0, b = 0;
    const char *name = log->kind_name.name[queue];
    bool any = most_choices(log, p, queue, &a, &b);
    const struct choices *c = any ? precedence_later(p, a, b) : NULL;
    if (by_waiting)
        fit_note(fit,
                 "%.60s: callers who were answered at once have other priorities than those who "
                 "waited, so the log tells them of the waiting only: all are one queue",
                 name);
    else if (!any || c->n < CHOICES_FEW)
        fit_note(fit,
                 "%.60s: too few calls of different priorities waited together to tell which go "
                 "first: they are one queue",
                 name);
    else if (c->share.low > SOMETIMES)
        fit_note(fit,
                 "%.60s: calls of priority %.40s go before those of %.40s sometimes: of %.0f that "
                 "came later than one that waited, %.0f %% to %.0f %% went first. A scenario knows "
                 "always or never, so they are one queue, answered in turn",
                 name, class_of(log, a), class_of(log, b), c->n, 100 * c->share.low,
                 100 * c->share.high);
    else
        fit_note(fit,
                 "%.60s: calls of all priorities are answered in turn (of %.0f of priority %.40s "
                 "that came later than a waiting one of %.40s, %.0f %% to %.0f %% went first): "
                 "they are one queue",
                 name, c->n, class_of(log, a), class_of(log, b), 100 * c->share.low,
                 100 * c->share.high);
}

bool fit_classes(oh_fit *fit, oh_log *log)
{
    bool joined[LOG_QUEUES] = {false};
    struct precedence p;
    uint32_t lines = (uint32_t)log->queue_name.count, told = 0;
    if (lines == log->kind_name.count && log->class_name.count == 0)
        return true;
    if (!precedence_study(&p, log)) {
        precedence_free(&p);
        return false;
    }
    for (uint32_t q = 0; q < log->kind_name.count; q++) {
        size_t classes = 0;
        for (uint32_t i = 0; i < lines; i++)
            classes += log->line[i].queue == q;
        bool by_waiting = told_by_waiting(log, q);
        joined[q] = by_waiting || !any_before(log, &p, q);
        if (joined[q] && classes > 1 && log->has_calls && told++ < NOTES_MOST)
            tell_classes(fit, log, &p, q, by_waiting);
    }
    precedence_free(&p);
    return log_lines_join(log, joined);
}
