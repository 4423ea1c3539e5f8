/* life_table.c - the product of the shares that survive each bin. */
#include "life_table.h"

#include <math.h>

void life_table(const uint64_t *answered, const uint64_t *abandoned, size_t bins, double z,
                struct life *life)
{
    double at_risk = 0, patient = 1, sum = 0; /* of Greenwood's formula */
    for (size_t i = 0; i < bins; i++)
        at_risk += (double)answered[i] + (double)abandoned[i];
    for (size_t i = 0; i < bins; i++) {
        double left = (double)abandoned[i], served = (double)answered[i];
        double exposed = at_risk - (i == 0 ? served : served / 2);
        life[i].at_risk = at_risk;
        if (left > 0 && exposed > 0) {
            double share = fmin(left / exposed, 1);
            patient *= 1 - share;
            sum += share < 1 ? share / (exposed * (1 - share)) : INFINITY;
        }
        life[i].patient = patient;
        life[i].low = life[i].high = NAN;
        if (patient > 0 && patient < 1) {
            double spread = z * sqrt(sum) / -log(patient);
            life[i].low = pow(patient, exp(spread));
            life[i].high = pow(patient, exp(-spread));
        }
        at_risk -= left + served;
    }
}
