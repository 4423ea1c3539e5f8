/* writers.c - the lists of writers and plots. A new one is one file and one row here. */
#include "writers.h"

#include <string.h>

static const oh_writer writers[] = {
    {"table", ".txt", "a page for people: verdicts first", write_table},
    {"csv", ".csv", "one long table, a row for each metric and period", write_csv},
    {"json", ".json", "everything, for other programs", write_json},
    {"md", ".md", "the page as Markdown", write_markdown},
};

static const oh_writer plots[] = {
    {"wait_distribution", ".dat", "how long callers wait", write_plot_wait},
    {"day_profile", ".dat", "calls and service level over the day or week", write_plot_profile},
    {"abandonment_curve", ".dat", "how long callers are patient, simulated and given",
     write_plot_patience},
    {"queue_over_day", ".dat", "how many are waiting over the day or week", write_plot_queue},
    {"service_level_days", ".dat", "how the service level differs from day to day",
     write_plot_days},
    {"staffing", ".dat", "planned, present and busy agents over the day or week",
     write_plot_staffing},
    {"channel_mix", ".dat", "contacts and workload of the queues, stacked", write_plot_mix},
};

enum { WRITERS = sizeof writers / sizeof *writers, PLOTS = sizeof plots / sizeof *plots };

size_t oh_writer_count(void)
{
    return WRITERS;
}

const oh_writer *oh_writer_at(size_t i)
{
    return i < WRITERS ? &writers[i] : NULL;
}

const oh_writer *oh_writer_find(const char *name)
{
    for (size_t i = 0; i < WRITERS; i++)
        if (strcmp(writers[i].name, name) == 0)
            return &writers[i];
    return NULL;
}

size_t oh_plot_count(void)
{
    return PLOTS;
}

const oh_writer *oh_plot_at(size_t i)
{
    return i < PLOTS ? &plots[i] : NULL;
}
