/* fit_plots.c - data files of the pictures of a fit. */
#include <math.h>
#include <stdio.h>

#include "fit_words.h"
#include "plot_data.h"

size_t oh_fit_plots(void)
{
    return 0;
}
const char *oh_fit_plot_name(size_t i)
{
    (void)i;
    return "";
}
oh_status oh_fit_plot(const oh_fit *fit, size_t i, oh_sink sink)
{
    (void)fit;
    (void)i;
    (void)sink;
    return OH_ARGUMENT;
}
