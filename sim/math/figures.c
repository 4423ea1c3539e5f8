/* figures.c - the definitions of METRICS, applied to exact shares. */
#include "figures.h"

#include <math.h>

bool figures_arguments(double rate, double handling, double agents, double threshold)
{
    return rate >= 0 && isfinite(rate) && handling > 0 && isfinite(handling) && agents >= 1 &&
           agents <= 1e9 && agents == floor(agents) && threshold >= 0;
}

void figures_nan(oh_queue_figures *out)
{
    *out = (oh_queue_figures){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
}

void figures_idle(oh_queue_figures *out)
{
    *out = (oh_queue_figures){.service_level = 1,
                              .service_level_answered = 1,
                              .service_level_net = 1,
                              .service_level_credit = 1,
                              .wait_abandoned = NAN};
}

void figures_overloaded(oh_queue_figures *out)
{
    *out = (oh_queue_figures){.delayed = 1,
                              .asa = INFINITY,
                              .wait = INFINITY,
                              .wait_abandoned = NAN,
                              .queue_length = INFINITY,
                              .occupancy = 1};
}

void figures_fill(const struct figures *f, double rate, double handling, double agents,
                  oh_queue_figures *out)
{
    out->delayed = f->delayed;
    out->abandon_rate = f->abandoned;
    /* a quotient of rounded sums may pass 1 in its last digit; a share may not */
    out->service_level = fmin(1, f->served_in_time);
    out->service_level_answered = fmin(1, f->served_in_time / f->served);
    out->service_level_net = fmin(1, f->served_in_time / (1 - f->abandoned_in_time));
    out->service_level_credit = fmin(1, f->served_in_time + f->abandoned_in_time);
    out->asa = f->wait_served / f->served;
    out->wait = f->wait;
    out->wait_abandoned = f->abandoned > 0 ? f->wait_abandoned / f->abandoned : NAN;
    out->queue_length = rate * f->wait;
    out->occupancy = fmin(1, rate * f->served * handling / agents);
}
