/* fit_redials.c - customers who call again: after hanging up (redial), after a busy tone, after an
 * answer that did not settle it (unresolved).
 *
 * Within a window after the end of a call the next call of the same customer belongs to it. Delays
 * are taken as exponential and cut at the window, so the share that would come later is added by
 * the law (maximum likelihood for a truncated exponential). Only calls whose whole window lies in
 * the opening are looked at. Delays that spread evenly over the window are chance meetings.
 */
#include <math.h>
#include <stdlib.h>

#include "fit_parts.h"
#include "quantiles.h"

#define FEW        30   /* pairs that make evidence */
#define LEAST_RATE 0.01 /* a share whose interval begins below is not written */
#define MEANS      3    /* the window must hold so many mean delays, or they may be chance */
#define RETURNS    4    /* a return may take so many times the redial's window */

struct contact {
    uint64_t customer;
    long day;
    double start, end; /* seconds of the business day */
    uint8_t outcome, queue;
};

struct follow { /* calls after one kind of ending */
    double calls, followed, delay;
    double window;
};

static int by_customer(const void *pa, const void *pb)
{
    const struct contact *a = pa, *b = pb;
    if (a->customer != b->customer)
        return a->customer < b->customer ? -1 : 1;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return a->start < b->start ? -1 : a->start > b->start;
}

static bool gather(struct contact **out, size_t *n, const oh_fit *fit, const oh_log *log)
{
    const struct fit_calendar *c = &fit->calendar;
    *n = 0;
    *out = malloc((log->calls + 1) * sizeof **out);
    for (size_t i = 0; *out && i < log->calls; i++) {
        const struct log_call *call = &log->call[i];
        struct contact at = {
            .customer = call->customer, .outcome = call->outcome, .queue = call->queue};
        if (!call->customer)
            continue;
        double second = call->arrived / 1000.0;
        size_t slot = calendar_place(c, call->day, second, &at.day);
        at.start = (double)slot * c->step + fmod(second, c->step);
        at.end = at.start + call->wait / 1000.0;
        if (call->outcome == OUTCOME_ANSWERED)
            at.end += call->busy / 1000.0;
        (*out)[(*n)++] = at;
    }
    if (*out && *n > 0)
        qsort(*out, *n, sizeof **out, by_customer);
    return *out != NULL;
}

/* The mean of an exponential whose mean below `window` is that; infinite if it is no shorter than
 * half the window, as for delays without any law. */
static double whole_mean(double mean, double window)
{
    double low = mean, high = 1e3 * window;
    if (!(mean < 0.48 * window))
        return INFINITY;
    for (int i = 0; i < 200; i++) {
        double m = (low + high) / 2;
        if (m - window / expm1(window / m) < mean)
            low = m;
        else
            high = m;
    }
    return (low + high) / 2;
}

static struct measured share_of(const struct follow *f, double *delay)
{
    struct measured out = {0, 0, 1};
    double k = f->followed, n = f->calls;
    *delay = NAN;
    if (n <= 0)
        return (struct measured){NAN, NAN, NAN};
    share_interval(k, n, &out.low, &out.high);
    out.value = k / n;
    if (k < 2)
        return out;
    double mean = whole_mean(f->delay / k, f->window);
    double seen = isfinite(mean) ? -expm1(-f->window / mean) : 1;
    *delay = mean;
    out.value = fmin(out.value / seen, 1);
    out.low = fmin(out.low / seen, 1);
    out.high = fmin(out.high / seen, 1);
    return out;
}

struct follows {
    struct follow abandoned, blocked, again, answered;
    double follow_ups[2], pairs; /* redials and returns among all named calls */
};

static bool has_hung_up(uint8_t outcome)
{
    return outcome == OUTCOME_ABANDONED || outcome == OUTCOME_BALKED;
}

static void follow_add(struct follow *f, double closes, const struct contact *at, double gap)
{
    if (at->end + f->window > closes)
        return;
    f->calls++;
    if (gap <= f->window) {
        f->followed++;
        f->delay += gap;
    }
}

static void look(struct follows *f, const oh_fit *fit, const struct contact *contact, size_t n)
{
    bool was_redial = false;
    for (size_t i = 0; i < n; i++) {
        const struct contact *at = &contact[i], *next = i + 1 < n ? at + 1 : NULL;
        const struct fit_day *day = calendar_day(&fit->calendar, at->day);
        double closes = day && fit->calendar.opening[day->weekday].open
                            ? (double)fit->calendar.opening[day->weekday].end * fit->calendar.step
                            : 0;
        bool same = next && next->customer == at->customer && next->day == at->day;
        double gap = same && next->start >= at->end ? next->start - at->end : INFINITY;
        bool transferred = gap < 2 && next->queue != at->queue;
        bool redial = false;
        if (has_hung_up(at->outcome)) {
            follow_add(was_redial ? &f->again : &f->abandoned, closes, at, gap);
            redial = gap <= f->abandoned.window;
        } else if (at->outcome == OUTCOME_BLOCKED) {
            follow_add(was_redial ? &f->again : &f->blocked, closes, at, gap);
            redial = gap <= f->blocked.window;
        } else if (at->outcome == OUTCOME_ANSWERED && !transferred) {
            follow_add(&f->answered, closes, at, gap);
            f->follow_ups[1] += gap <= f->answered.window;
        }
        f->follow_ups[0] += redial;
        was_redial = redial;
    }
}

static bool is_evidence(const struct measured *m, const struct follow *f, double delay)
{
    return f->followed >= FEW && m->low > LEAST_RATE && delay * MEANS < f->window;
}

static void conclude(struct fit_redials *r, const struct follows *f)
{
    double blocked_delay, again_delay;
    struct follow first = f->abandoned, any = f->abandoned;
    any.calls += f->again.calls;
    any.followed += f->again.followed;
    any.delay += f->again.delay;
    r->after_abandon_n = (uint64_t)first.calls;
    r->after_block_n = (uint64_t)f->blocked.calls;
    r->after_answer_n = (uint64_t)f->answered.calls;
    r->again_n = (uint64_t)f->again.calls;
    r->redial = share_of(&any, &r->redial_delay);
    double delay = r->redial_delay;
    struct measured first_share = share_of(&first, &again_delay);
    r->again = share_of(&f->again, &again_delay);
    r->blocked = share_of(&f->blocked, &blocked_delay);
    r->unresolved = share_of(&f->answered, &r->unresolved_delay);
    r->write_redial = is_evidence(&r->redial, &any, delay);
    /* the first and later redials differ where their intervals do not meet */
    r->write_again = r->write_redial && f->again.calls >= FEW && f->again.followed >= 2 &&
                     (r->again.high < first_share.low || r->again.low > first_share.high);
    if (r->write_again)
        r->redial = first_share;
    r->write_blocked = is_evidence(&r->blocked, &f->blocked, blocked_delay);
    r->write_unresolved = is_evidence(&r->unresolved, &f->answered, r->unresolved_delay);
    double followed = (r->write_redial || r->write_blocked ? f->follow_ups[0] : 0) +
                      (r->write_unresolved ? f->follow_ups[1] : 0);
    r->fresh = r->named > 0 ? 1 - followed / (double)r->named : 1;
}

/* The tables hold the others only: the scenario makes these calls itself. */
static void leave_follow_ups_out(oh_fit *fit)
{
    for (size_t q = 0; q < fit->queues; q++)
        fit->queue[q].arrivals.fresh = fit->redials.fresh;
    fit->total.arrivals.fresh = fit->redials.fresh;
}

bool fit_redials(oh_fit *fit, const oh_log *log, double window)
{
    struct fit_redials *r = &fit->redials;
    struct contact *contact;
    size_t n;
    *r = (struct fit_redials){.window = window, .fresh = 1};
    if (!gather(&contact, &n, fit, log))
        return false;
    r->named = n;
    r->known = (double)n > 0.2 * (double)log->calls && n > 0;
    if (r->known) {
        struct follows f = {.abandoned.window = window,
                            .blocked.window = window,
                            .again.window = window,
                            .answered.window = RETURNS * window};
        look(&f, fit, contact, n);
        conclude(r, &f);
        leave_follow_ups_out(fit);
    }
    free(contact);
    return true;
}
