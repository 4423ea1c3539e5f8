/* return_law.c - a share that calls again after an exponential delay, beside calls by chance.
 *
 * With share p, mean m and chance c a next call after t has the density
 * p exp(-t/m)/m exp(-ct)  [it is the one]  +  (p exp(-t/m) + 1 - p) c exp(-ct)  [it is another],
 * and none until t the probability (p exp(-t/m) + 1 - p) exp(-ct).
 */
#include "return_law.h"

#include <math.h>

#define RATIO  1.02
#define FIRST  0.5 /* s: what is shorter stands in the first bin */
#define ROUNDS 2000
#define NEVER  1e-300

bool return_times_new(struct return_times *times, struct arena *arena)
{
    *times = (struct return_times){0};
    times->bin = arena_array(arena, RETURN_BINS, sizeof *times->bin);
    return times->bin != NULL;
}

void return_times_add(struct return_times *times, double seconds, bool followed)
{
    double at = seconds > FIRST ? floor(log(seconds / FIRST) / log(RATIO)) + 1 : 0;
    struct return_bin *bin = &times->bin[(size_t)fmin(at, RETURN_BINS - 1)];
    times->n++;
    times->followed += followed;
    if (followed) {
        bin->followed++;
        bin->followed_time += seconds;
    } else {
        bin->alone++;
        bin->alone_time += seconds;
    }
}

void return_times_join(struct return_times *to, const struct return_times *from)
{
    to->n += from->n;
    to->followed += from->followed;
    for (size_t i = 0; i < RETURN_BINS; i++) {
        to->bin[i].followed += from->bin[i].followed;
        to->bin[i].followed_time += from->bin[i].followed_time;
        to->bin[i].alone += from->bin[i].alone;
        to->bin[i].alone_time += from->bin[i].alone_time;
    }
}

/* ---- the law ---- */

/* Of those with no call until t, how many are still to come. */
static double still_to_come(const struct return_law *law, double t)
{
    double later = law->share * exp(-t / law->mean);
    return later / fmax(later + 1 - law->share, NEVER);
}

/* How surely a call is the one, where so many of those without one are still to come. */
static double weight(const struct return_law *law, double left)
{
    double rate = left / law->mean;
    return rate / fmax(rate + law->chance, NEVER);
}

double return_law_weight(const struct return_law *law, double t)
{
    return weight(law, still_to_come(law, t));
}

double return_law_log_likelihood(const struct return_law *law, const struct return_times *times)
{
    double sum = 0;
    for (size_t i = 0; i < RETURN_BINS; i++) {
        const struct return_bin *b = &times->bin[i];
        if (b->followed > 0) {
            double t = b->followed_time / b->followed, later = law->share * exp(-t / law->mean);
            double density = later / law->mean + (later + 1 - law->share) * law->chance;
            sum += b->followed * (log(fmax(density, NEVER)) - law->chance * t);
        }
        if (b->alone > 0) {
            double t = b->alone_time / b->alone, later = law->share * exp(-t / law->mean);
            sum += b->alone * (log(fmax(later + 1 - law->share, NEVER)) - law->chance * t);
        }
    }
    return sum;
}

/* What a round of guessing who came for which reason gives. */
struct guesses {
    double returned;  /* calls that are the one */
    double returners; /* customers who call again, those not yet seen included */
    double their_time, time;
    double others; /* calls by chance */
};

static struct guesses guess(const struct return_law *law, const struct return_times *times)
{
    struct guesses g = {0};
    for (size_t i = 0; i < RETURN_BINS; i++) {
        const struct return_bin *b = &times->bin[i];
        if (b->followed > 0) {
            double left = still_to_come(law, b->followed_time / b->followed);
            double one = weight(law, left), either = one + (1 - one) * left;
            g.returned += b->followed * one;
            g.others += b->followed * (1 - one);
            g.returners += b->followed * either;
            g.their_time += b->followed_time * either;
        }
        if (b->alone > 0) {
            double left = still_to_come(law, b->alone_time / b->alone);
            g.returners += b->alone * left;
            g.their_time += b->alone_time * left;
        }
        g.time += b->followed_time + b->alone_time;
    }
    return g;
}

/* Half of the calls seen came for the first one's sake, as soon as they came on average. */
static struct return_law start(const struct return_times *times)
{
    struct guesses g = guess(&(struct return_law){0.5, 1e9, 0}, times);
    double followed = (double)times->followed, time = 0;
    for (size_t i = 0; i < RETURN_BINS; i++)
        time += times->bin[i].followed_time;
    return (struct return_law){0.5 * followed / (double)times->n, fmax(0.5 * time / followed, 1),
                               0.5 * followed / fmax(g.time, 1)};
}

static struct return_law round_from(const struct return_law *law, const struct return_times *times,
                                    bool share_only)
{
    struct return_law next = *law;
    struct guesses g = guess(law, times);
    next.share = g.returners / (double)times->n;
    if (!share_only && g.returned > 0) {
        next.mean = fmax(g.their_time / g.returned, 0.1);
        next.chance = g.others / fmax(g.time, NEVER);
    }
    return next;
}

static bool has_settled(const struct return_law *before, const struct return_law *now)
{
    return fabs(now->share - before->share) / fmax(now->share, 1e-6) +
               fabs(now->mean - before->mean) / now->mean <
           1e-7;
}

static void free_numbers(const struct return_law *law, double x[3])
{
    x[0] = log(fmax(law->share, NEVER) / fmax(1 - law->share, 1e-12));
    x[1] = log(law->mean);
    x[2] = log(fmax(law->chance, NEVER));
}

/* Two rounds show where it is going: the step that would end there at once (Varadhan and Roland
 * 2008, scheme S3). */
static struct return_law leap(const struct return_law *from, const struct return_law *one,
                              const struct return_law *two)
{
    double x[3], y[3], z[3], step = 0, bend = 0;
    free_numbers(from, x);
    free_numbers(one, y);
    free_numbers(two, z);
    for (int i = 0; i < 3; i++) {
        step += (y[i] - x[i]) * (y[i] - x[i]);
        bend += (z[i] - 2 * y[i] + x[i]) * (z[i] - 2 * y[i] + x[i]);
    }
    double far = fmax(sqrt(step / fmax(bend, NEVER)), 1);
    for (int i = 0; i < 3; i++)
        x[i] += 2 * far * (y[i] - x[i]) + far * far * (z[i] - 2 * y[i] + x[i]);
    return (struct return_law){1 / (1 + exp(-x[0])), fmax(exp(x[1]), 0.1), exp(x[2])};
}

/* The likeliest law from where it stands; a leap that does not lead upwards is not made. */
static void climb(struct return_law *law, const struct return_times *times, bool share_only)
{
    double height = return_law_log_likelihood(law, times);
    for (int round = 0; round < ROUNDS; round++) {
        struct return_law one = round_from(law, times, share_only);
        struct return_law two = round_from(&one, times, share_only), far = leap(law, &one, &two);
        bool settled = has_settled(law, &one);
        *law = two;
        if (settled)
            break;
        double there = return_law_log_likelihood(&far, times);
        if (isfinite(far.mean) && there > height) {
            height = there;
            *law = far;
        }
    }
}

bool return_law_fit(struct return_law *law, const struct return_times *times, bool share_only)
{
    if (times->followed == 0)
        return false;
    if (!share_only)
        *law = start(times);
    climb(law, times, share_only);
    return law->share > 0;
}

/* ---- how sure ---- */

/* The law a little away: logit of the share, logarithms of mean and chance. */
static struct return_law beside(const struct return_law *law, const double step[3])
{
    double odds = law->share / fmax(1 - law->share, 1e-12) * exp(step[0]);
    return (struct return_law){odds / (1 + odds), law->mean * exp(step[1]),
                               law->chance * exp(step[2])};
}

/* Minus the second derivatives, from differences. */
static void curvature(double c[3][3], const struct return_law *law,
                      const struct return_times *times)
{
    static const double h = 1e-3;
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k <= i; k++) {
            double sum = 0;
            for (int corner = 0; corner < 4; corner++) {
                double step[3] = {0}, sign = corner == 0 || corner == 3 ? 1 : -1;
                step[i] += corner < 2 ? h : -h;
                step[k] += corner % 2 == 0 ? h : -h;
                struct return_law other = beside(law, step);
                sum += sign * return_law_log_likelihood(&other, times);
            }
            c[i][k] = c[k][i] = -sum / (4 * h * h);
        }
    }
}

/* The first two places on the diagonal of the inverse of the leading n by n. */
static bool inverse(double c[3][3], int n, double out[2])
{
    double a[3][3];
    out[0] = out[1] = NAN;
    /* Cholesky: fails where the likelihood is not curved downwards all around */
    for (int i = 0; i < n; i++) {
        for (int k = 0; k <= i; k++) {
            double sum = c[i][k];
            for (int j = 0; j < k; j++)
                sum -= a[i][j] * a[k][j];
            if (i == k && !(sum > 1e-9 * fabs(c[i][i])))
                return false;
            a[i][k] = i == k ? sqrt(sum) : sum / a[k][k];
        }
    }
    for (int place = 0; place < n && place < 2; place++) {
        double sum = 0, x[3] = {0};
        for (int i = place; i < n; i++) {
            double value = i == place;
            for (int j = place; j < i; j++)
                value -= a[i][j] * x[j];
            x[i] = value / a[i][i];
            sum += x[i] * x[i];
        }
        out[place] = sum;
    }
    return true;
}

struct return_errors return_law_errors(const struct return_law *law,
                                       const struct return_times *times, bool share_only)
{
    double c[3][3], variance[2], time = 0;
    for (size_t i = 0; i < RETURN_BINS; i++)
        time += times->bin[i].followed_time + times->bin[i].alone_time;
    curvature(c, law, times);
    /* where next to nothing is chance, it is no number to be unsure of */
    int numbers = share_only ? 1 : law->chance * time < 1 ? 2 : 3;
    if (!inverse(c, numbers, variance))
        return (struct return_errors){NAN, NAN};
    return (struct return_errors){sqrt(variance[0]), sqrt(variance[1])};
}
