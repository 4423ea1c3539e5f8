/* numbers.c - comparisons of doubles that say what differs, and by how much.
 */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

enum { STANDARD_ERRORS = 4 };

void fail_with(const char *file, int line, const char *format, ...)
{
    char words[1024];
    va_list list;
    va_start(list, format);
    vsnprintf(words, sizeof words, format, list);
    va_end(list);
    print_error("%s\n", words);
    _fail(file, line);
    __builtin_unreachable();
}

void check_close(double actual, double expected, double relative, const char *text,
                 const char *file, int line)
{
    if (actual == expected || fabs(actual - expected) <= relative * fabs(expected))
        return;
    fail_with(file, line, "%s is %.17g, not %.17g: off by %.3g relative, allowed %.3g", text,
              actual, expected, fabs(actual - expected) / fabs(expected), relative);
}

void check_near(double actual, double expected, double absolute, const char *text, const char *file,
                int line)
{
    if (actual == expected || fabs(actual - expected) <= absolute)
        return;
    fail_with(file, line, "%s is %.17g, not %.17g: off by %.3g, allowed %.3g", text, actual,
              expected, fabs(actual - expected), absolute);
}

void check_same(double actual, double expected, const char *text, const char *file, int line)
{
    if ((isnan(actual) && isnan(expected)) || memcmp(&actual, &expected, sizeof actual) == 0)
        return;
    fail_with(file, line, "%s is %.17g (%a), not exactly %.17g (%a)", text, actual, actual,
              expected, expected);
}

void check_undefined(double actual, const char *text, const char *file, int line)
{
    if (!isnan(actual))
        fail_with(file, line, "%s is %.17g, but should be undefined (NaN)", text, actual);
}

void check_z(double value, double half_width, double exact, double confidence, double replications,
             const char *text, const char *file, int line)
{
    if (half_width == 0) {
        check_near(value, exact, 1e-9 * (1 + fabs(exact)), text, file, line);
        return;
    }
    double error = half_width / gsl_cdf_tdist_Pinv((1 + confidence) / 2, replications - 1);
    double z = (value - exact) / error;
    if (!(fabs(z) < STANDARD_ERRORS))
        fail_with(file, line,
                  "%s is %.9g, theory says %.9g: z = %.2f (standard error %.3g, %g replications)",
                  text, value, exact, z, error, replications);
}
