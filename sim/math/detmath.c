/* detmath.c - logarithm, exponential and normal quantile from nothing but exactly rounded
 * operations (+ - * / sqrt), in a fixed order.
 *
 * The idea to know: each function is one inline kernel without branches on the data. The scalar
 * form calls it once, the array form in a loop that the compiler can turn into vector
 * instructions; since the operations are the same, so are the bits. Both series are plain Taylor
 * series, a few terms longer than the best polynomials and readable.
 */
#include "detmath.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "clones.h"

/* ln 2 in two parts; the first has 32 zero bits at its end, so that k * LN2_HIGH is exact for
 * every exponent k. */
#define LN2_HIGH 0x1.62e42fee00000p-1
#define LN2_LOW  0x1.a39ef35793c76p-33

static inline uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* x = 2^k m, sqrt(1/2) <= m < sqrt(2); f = m - 1 (exact), s = f / (2 + f):
 * log m = 2 atanh s = f - f^2/2 + s (f^2/2 + r), r = 2 (s^2/3 + s^4/5 + ...), in the order that
 * adds the small to the large (Tang 1990; the arrangement of FDLIBM). */
static inline double log_kernel(double x)
{
    const uint64_t sqrt_half = 0x3FE6A09E667F3BCDu, one = 0x3FF0000000000000u;
    uint64_t bits = bits_of(x) + (one - sqrt_half);
    /* The exponent as a double without an integer conversion: under the bits of 2^52. */
    double k = from_bits(bits >> 52 | 0x4330000000000000u) - (0x1p52 + 1023);
    double f = from_bits((bits & 0xFFFFFFFFFFFFFu) + sqrt_half) - 1;
    double s = f / (2 + f);
    double z = s * s;
    double r = 2.0 / 19;
    r = r * z + 2.0 / 17;
    r = r * z + 2.0 / 15;
    r = r * z + 2.0 / 13;
    r = r * z + 2.0 / 11;
    r = r * z + 2.0 / 9;
    r = r * z + 2.0 / 7;
    r = r * z + 2.0 / 5;
    r = r * z + 2.0 / 3;
    r = r * z;
    double half = 0.5 * f * f;
    return k * LN2_HIGH - ((half - (s * (half + r) + k * LN2_LOW)) - f);
}

/* x = k ln 2 + r, |r| <= ln(2)/2: exp x = 2^k exp r, exp r by its series to r^13 / 13!. */
static inline double exp_kernel(double x)
{
    const double shifter = 0x1.8p52; /* adding it rounds to a whole number */
    x = x < -708 ? -708 : x;
    x = x > 709 ? 709 : x;
    double shifted = x * 0x1.71547652b82fep0 + shifter;
    double k = shifted - shifter;
    double high = x - k * LN2_HIGH, low = k * LN2_LOW;
    double r = high - low;
    double lost = (high - r) - low;
    double p = 1.0 / 6227020800;
    p = p * r + 1.0 / 479001600;
    p = p * r + 1.0 / 39916800;
    p = p * r + 1.0 / 3628800;
    p = p * r + 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
    p = p * r + 1.0 / 720;
    p = p * r + 1.0 / 120;
    p = p * r + 1.0 / 24;
    p = p * r + 1.0 / 6;
    p = p * r + 1.0 / 2;
    double e = 1 + (r + (lost + r * r * p));
    return e * from_bits((bits_of(shifted) + 1023) << 52);
}

double det_log(double x)
{
    return log_kernel(x);
}

double det_exp(double x)
{
    return exp_kernel(x);
}

CLONED
void det_log_n(const double *x, double *out, size_t n)
{
    INDEPENDENT
    for (size_t i = 0; i < n; i++)
        out[i] = log_kernel(x[i]);
}

CLONED
void det_log_survival_n(const double *u, double scale, double *out, size_t n)
{
    INDEPENDENT
    for (size_t i = 0; i < n; i++)
        out[i] = scale * log_kernel(1 - u[i]);
}

CLONED
void det_exp_n(const double *x, double *out, size_t n)
{
    INDEPENDENT
    for (size_t i = 0; i < n; i++)
        out[i] = exp_kernel(x[i]);
}

CLONED
void det_exp_linear_n(const double *x, double shift, double scale, double *out, size_t n)
{
    INDEPENDENT
    for (size_t i = 0; i < n; i++)
        out[i] = exp_kernel(shift + scale * x[i]);
}

/* Wichura 1988, algorithm AS 241 (PPND16). The three regions of the algorithm are three pairs of
 * polynomials, rows of this table: the middle, the tail, the far tail (u below 1.4e-11). */
enum { DEGREE = 7, MIDDLE = 0, TAIL = 1, FAR = 2 };
static const double numerator[3][DEGREE + 1] = {
    {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
     1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
     3.3430575583588128105e4, 2.5090809287301226727e3},
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
     3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
     2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7}};
static const double denominator[3][DEGREE + 1] = {
    {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
     2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
     5.2264952788528545610e3},
    {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15}};

#define MIDDLE_HALF 0.425
#define TAIL_END    5.0
#define TAIL_OFFSET 1.6

/* Both polynomials of a region. */
#define STEP(region, k)                                                                            \
    a = a * r + numerator[region][k];                                                              \
    b = b * r + denominator[region][k]
#define ALL_STEPS(region)                                                                          \
    STEP(region, 6);                                                                               \
    STEP(region, 5);                                                                               \
    STEP(region, 4);                                                                               \
    STEP(region, 3);                                                                               \
    STEP(region, 2);                                                                               \
    STEP(region, 1);                                                                               \
    STEP(region, 0)

static inline int in_middle(double u)
{
    return fabs(u - 0.5) <= MIDDLE_HALF;
}

static inline double middle_kernel(double u)
{
    double q = u - 0.5, r = MIDDLE_HALF * MIDDLE_HALF - q * q;
    double a = numerator[MIDDLE][DEGREE], b = denominator[MIDDLE][DEGREE];
    ALL_STEPS(MIDDLE);
    return q * (a / b);
}

/* *far is raised where the far tail is needed instead. */
static inline double tail_kernel(double u, int64_t *far)
{
    double q = u - 0.5;
    double distance = q < 0 ? u : 1 - u;
    double root = sqrt(-log_kernel(distance)), r = root - TAIL_OFFSET;
    double a = numerator[TAIL][DEGREE], b = denominator[TAIL][DEGREE];
    ALL_STEPS(TAIL);
    *far |= root > TAIL_END ? 1 : 0;
    return (q < 0 ? -1.0 : 1.0) * (a / b);
}
#undef ALL_STEPS
#undef STEP

static double quantile_far(double u)
{
    double distance = u < 0.5 ? u : 1 - u;
    double r = sqrt(-log_kernel(distance)) - TAIL_END;
    double a = numerator[FAR][DEGREE], b = denominator[FAR][DEGREE];
    for (int k = DEGREE - 1; k >= 0; k--) {
        a = a * r + numerator[FAR][k];
        b = b * r + denominator[FAR][k];
    }
    return (u < 0.5 ? -1.0 : 1.0) * (a / b);
}

double det_normal_quantile(double u)
{
    int64_t far = 0;
    if (in_middle(u))
        return middle_kernel(u);
    double z = tail_kernel(u, &far);
    return far ? quantile_far(u) : z;
}

enum { AT_ONCE = 128 };

/* What can be a vector: all as if they were in the middle, then those of the tails, 15 %, gathered.
 * *far as above, for all of them. */
CLONED
static void quantiles(const double u[AT_ONCE], double out[AT_ONCE], size_t n, int64_t *far)
{
    double tail[AT_ONCE];
    uint8_t place[AT_ONCE];
    size_t tails = 0;
    int64_t any = 0;
    for (size_t i = 0; i < n; i++) {
        place[tails] = (uint8_t)i;
        tails += !in_middle(u[i]);
    }
    for (size_t i = 0; i < tails; i++)
        tail[i] = u[place[i]];
    INDEPENDENT
    for (size_t i = 0; i < n; i++)
        out[i] = middle_kernel(u[i]);
    INDEPENDENT
    for (size_t i = 0; i < tails; i++)
        tail[i] = tail_kernel(tail[i], &any);
    for (size_t i = 0; i < tails; i++)
        out[place[i]] = tail[i];
    *far = any;
}

void det_normal_quantile_n(const double *u, double *out, size_t n)
{
    double in[AT_ONCE];
    for (size_t done = 0; done < n; done += AT_ONCE) {
        size_t now = n - done < AT_ONCE ? n - done : AT_ONCE;
        int64_t far = 0;
        memcpy(in, u + done, now * sizeof *in); /* out may be u */
        quantiles(in, out + done, now, &far);
        for (size_t i = 0; far && i < now; i++)
            out[done + i] = det_normal_quantile(in[i]);
    }
}
