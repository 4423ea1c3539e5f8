/* writers.h - the rows of the writers' and plots' lists, for writers.c. */
#ifndef ONHOLD_SIM_WRITERS_H
#define ONHOLD_SIM_WRITERS_H

#include <onhold/write.h>

oh_write_fn write_table, write_markdown, write_json, write_csv;
oh_write_fn write_plot_wait, write_plot_profile, write_plot_days, write_plot_staffing,
    write_plot_queue, write_plot_mix, write_plot_patience;

#endif
