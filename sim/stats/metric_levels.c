/* metric_levels.c - which things a metric is measured on. */
#include "metric_table.h"

bool oh_metric_measured(const oh_metric *metric, oh_level level)
{
    const struct metric_row *row = metric_row_find(metric->id);
    unsigned flag = level == OH_QUEUE ? ON_QUEUE : level == OH_AGENTS ? ON_AGENTS : ON_TOTAL;
    return row && (row->applies & flag);
}
