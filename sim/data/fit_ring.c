/* fit_ring.c - how long it rings at the agent's before he answers, where the log tells.
 *
 * Patience ends when an agent is chosen, so what is left of a wait then is a time of its own, in
 * which he is busy.
 */
#include <math.h>

#include "fit_parts.h"

#define STEADY   0.1 /* cv below which it is always the same */
#define ROUNDING 0.6 /* s: so much a constant may vary where times are whole seconds */
#define NOTHING  0.05

enum { FEW = 20 };

bool fit_ring(oh_fit *fit, const oh_log *log)
{
    for (size_t q = 0; q < fit->queues && log->has_ring; q++) {
        struct fit_ring *r = &fit->queue[q].ring;
        if (!time_study(&r->time, &fit->arena, &log->queue[fit->number[q]].ring))
            return false;
        r->write = r->time.n >= FEW && r->time.mean > NOTHING;
        double whole = points_grain(r->time.point, r->time.points) > 0 ? ROUNDING : 0;
        r->time.constant = r->time.sd <= fmax(STEADY * r->time.mean, whole);
    }
    return true;
}
