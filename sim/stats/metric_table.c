/* metric_table.c - every metric: its name, its unit, and which counters it divides by which.
 *
 * Formulas are fixed here and nowhere else. c is a cell, f the facts of the model, t the index of
 * the time limit.
 */
#include "metric_table.h"

#include <math.h>
#include <string.h>

#define QUEUE_FRACTION(name, numerator, denominator)                                               \
    static struct fraction name(const struct queue_cell *c, const struct metric_facts *f, int t)   \
    {                                                                                              \
        (void)c, (void)f, (void)t;                                                                 \
        return (struct fraction){numerator, denominator};                                          \
    }
#define QUEUE_COUNT(field)   QUEUE_FRACTION(q_##field, c->field, 1)
#define QUEUE_AVERAGE(field) QUEUE_FRACTION(q_##field, c->field / f->seconds, 1)
#define GROUP_FRACTION(name, numerator, denominator)                                               \
    static struct fraction name(const struct group_cell *c, const struct metric_facts *f)          \
    {                                                                                              \
        (void)c, (void)f;                                                                          \
        return (struct fraction){numerator, denominator};                                          \
    }
#define GROUP_AVERAGE(field) GROUP_FRACTION(g_##field, c->field / f->seconds, 1)

QUEUE_COUNT(arrivals)
QUEUE_COUNT(blocked)
QUEUE_COUNT(offered)
QUEUE_COUNT(answered)
QUEUE_COUNT(abandoned)
QUEUE_COUNT(balked)
QUEUE_COUNT(short_abandoned)
QUEUE_COUNT(cut_off)
QUEUE_COUNT(left_over)
QUEUE_COUNT(dropped)
QUEUE_COUNT(self_served)
QUEUE_COUNT(redials)
QUEUE_COUNT(returns)
QUEUE_COUNT(transfers_out)
QUEUE_COUNT(transfers_in)
QUEUE_COUNT(callbacks_offered)
QUEUE_COUNT(callbacks_accepted)
QUEUE_COUNT(callbacks_done)
QUEUE_COUNT(callers)
QUEUE_COUNT(callers_served)

#define A_t (c->answered_within[t])
#define B_t (c->abandoned_within[t])
#define B_s (c->short_abandoned)
QUEUE_FRACTION(level_offered, A_t, c->offered)
QUEUE_FRACTION(level_answered, A_t, c->answered)
QUEUE_FRACTION(level_net, A_t, c->offered - B_t)
QUEUE_FRACTION(level_credit, A_t + B_t, c->offered)
QUEUE_FRACTION(level_short_credit, A_t + B_s, c->offered)
QUEUE_FRACTION(level_no_short, A_t, c->offered - B_s)
QUEUE_FRACTION(abandon_rate, c->abandoned, c->offered)
QUEUE_FRACTION(abandon_rate_long, c->abandoned - B_s, c->offered - B_s)
QUEUE_FRACTION(answer_rate, c->answered, c->offered + c->blocked)
QUEUE_FRACTION(caller_answer_rate, c->callers_served, c->callers)
QUEUE_FRACTION(block_rate, c->blocked, c->offered + c->blocked)
QUEUE_FRACTION(delayed, c->delayed, c->offered)

QUEUE_FRACTION(asa, c->wait_answered, c->answered)
QUEUE_FRACTION(wait_of_all, c->wait_all, c->offered)
QUEUE_FRACTION(wait_of_abandoned, c->wait_abandoned, c->abandoned)
QUEUE_FRACTION(wait_of_delayed, c->wait_delayed, c->delayed)
QUEUE_FRACTION(excess_wait, c->excess_wait, c->offered)
QUEUE_FRACTION(longest_answered, c->answered > 0 ? c->wait_max : NAN, 1)
QUEUE_FRACTION(longest_of_all, c->offered > 0 ? c->wait_max_all : NAN, 1)
QUEUE_FRACTION(longest_queue, c->queue_max, 1)
QUEUE_AVERAGE(queue_area)
QUEUE_AVERAGE(system_area)
QUEUE_FRACTION(time_in_system, c->time_in_system, c->offered)
QUEUE_FRACTION(aht, c->handling, c->answered)
QUEUE_FRACTION(callback_wait, c->callback_wait, c->callbacks_done)
QUEUE_FRACTION(load, f->load, 1)

GROUP_AVERAGE(scheduled_area)
GROUP_AVERAGE(planned_area)
GROUP_AVERAGE(staffed_area)
GROUP_AVERAGE(busy_area)
GROUP_FRACTION(occupancy, c->busy_all, c->staffed_all)
GROUP_FRACTION(occupancy_planned, c->busy_all, c->planned_all)
GROUP_FRACTION(concurrency, c->contact_all, c->busy_all)
GROUP_FRACTION(overtime, c->overtime_area, 1)

static double queue_cost(const struct queue_cell *c, const struct metric_facts *f)
{
    return f->cost_abandoned * c->abandoned + f->cost_blocked * c->blocked +
           f->cost_waiting * c->wait_all;
}

/* Paid on scheduled heads, breaks included, plus overtime. */
static double group_cost(const struct group_cell *c, const struct metric_facts *f)
{
    return f->cost_per_second * (c->scheduled_all + c->overtime_area);
}

QUEUE_FRACTION(q_cost, queue_cost(c, f), 1)
QUEUE_FRACTION(q_cost_per_answered, queue_cost(c, f), c->answered)
QUEUE_FRACTION(q_value, f->value_answered * c->answered_in_time, 1)
QUEUE_FRACTION(q_profit, f->value_answered * c->answered_in_time - queue_cost(c, f), 1)
GROUP_FRACTION(g_cost, group_cost(c, f), 1)
GROUP_FRACTION(g_cost_per_answered, group_cost(c, f), 0)
GROUP_FRACTION(g_profit, -group_cost(c, f), 1)

enum {
    QUEUES = ON_QUEUE | ON_TOTAL | BY_INTERVAL,
    QUEUES_DAY = ON_QUEUE | ON_TOTAL,
    GROUPS = ON_AGENTS | ON_TOTAL | BY_INTERVAL,
    LIMIT = QUEUES | NEEDS_LIMIT,
    MONEY = BY_INTERVAL | NEEDS_MONEY
};

#define SHARE(name, title, text, bound, where, function)                                           \
    {                                                                                              \
        .public = {name, OH_RATIO, "share", title, text}, .applies = where, .at_most = bound,      \
        .queue = function                                                                          \
    }
#define COUNT(name, calls, title, bound)                                                           \
    {                                                                                              \
        .public = {#name, OH_COUNT, calls, title, "mean per replication"}, .applies = QUEUES,      \
        .at_most = bound, .queue = q_##name                                                        \
    }
#define TIME(name, title, text, where, function)                                                   \
    {                                                                                              \
        .public = {name, OH_MEAN, "s", title, text}, .applies = where, .at_most = true,            \
        .queue = function                                                                          \
    }
#define LONGEST(name, unit, title, text, function)                                                 \
    {                                                                                              \
        .public = {name, OH_MAXIMUM, unit, title, text}, .applies = QUEUES, .at_most = true,       \
        .queue = function                                                                          \
    }
#define AVERAGE(name, unit, title, text, bound, where, ...)                                        \
    {                                                                                              \
        .public = {name, OH_TIME_AVERAGE, unit, title, text}, .applies = where, .at_most = bound,  \
        __VA_ARGS__                                                                                \
    }
#define AGENTS(name, shape, unit, title, text, bound, function)                                    \
    {                                                                                              \
        .public = {name, shape, unit, title, text}, .applies = GROUPS, .at_most = bound,           \
        .group = function                                                                          \
    }
#define PERCENTILE(share, index)                                                                   \
    {                                                                                              \
        .public = {"wait_p" #share, OH_QUANTILE, "s",                                              \
                   #share " % of answered calls waited at most",                                   \
                   "smallest wait with at least " #share " % of the answered at or below it"},     \
        .applies = QUEUES_DAY, .at_most = true, .quantile = index                                  \
    }
#define PERCENTILE_ALL(share, index)                                                               \
    {                                                                                              \
        .public = {"wait_p" #share "_all", OH_QUANTILE, "s",                                       \
                   #share " % of all offered calls waited at most",                                \
                   "smallest wait with at least " #share " % of the offered at or below it"},      \
        .applies = QUEUES_DAY, .at_most = true, .quantile = index, .of_all = true                  \
    }

static const struct metric_row table[] = {
    COUNT(arrivals, "calls", "calls that entered", false),
    COUNT(self_served, "calls", "calls that self-service resolved", false),
    COUNT(blocked, "calls", "calls that got a busy tone", true),
    COUNT(offered, "calls", "calls offered to agents", false),
    COUNT(answered, "calls", "calls answered", false),
    COUNT(abandoned, "calls", "callers who hung up while waiting", true),
    COUNT(balked, "calls", "callers who hung up at once because they had to wait", true),
    COUNT(short_abandoned, "calls", "callers who hung up within the short-abandon time", true),
    COUNT(cut_off, "calls", "calls cut off at closing", true),
    COUNT(left_over, "calls", "calls still waiting at the end", true),
    COUNT(dropped, "calls", "answered calls cut short when the agent's time ended", true),
    COUNT(redials, "calls", "calls of callers who tried again after hanging up or a busy tone",
          true),
    COUNT(returns, "calls", "calls of callers whose matter was not resolved", true),
    COUNT(transfers_out, "calls", "answered calls passed on to another queue", true),
    COUNT(transfers_in, "calls", "calls that came from another queue", true),
    COUNT(callbacks_offered, "calls", "callers who were offered a call-back", false),
    COUNT(callbacks_accepted, "calls", "callers who hung up to be called back", false),
    COUNT(callbacks_done, "calls", "call-backs that reached the caller", false),
    COUNT(callers, "callers", "callers (by their first call)", false),
    COUNT(callers_served, "callers", "callers of whom some call was answered", false),
    SHARE("service_level", "service level (answered within t / offered)", "A_t / O", false, LIMIT,
          level_offered),
    SHARE("service_level_answered", "service level (answered within t / answered)", "A_t / A",
          false, LIMIT, level_answered),
    SHARE("service_level_net",
          "service level (answered within t / offered less those who hung up within t)",
          "A_t / (O - B_t)", false, LIMIT, level_net),
    SHARE("service_level_credit", "service level (answered or hung up within t / offered)",
          "(A_t + B_t) / O", false, LIMIT, level_credit),
    SHARE("service_level_short_credit",
          "service level (answered within t or hung up shortly / offered)", "(A_t + B_s) / O",
          false, LIMIT, level_short_credit),
    SHARE("service_level_no_short",
          "service level (answered within t / offered less those who hung up shortly)",
          "A_t / (O - B_s)", false, LIMIT, level_no_short),
    SHARE("abandon_rate", "abandoned / offered", "B / O", true, QUEUES, abandon_rate),
    SHARE("abandon_rate_long", "abandoned / offered, short abandons left out",
          "(B - B_s) / (O - B_s)", true, QUEUES, abandon_rate_long),
    SHARE("answer_rate", "calls answered / calls that came", "A / (O + K)", false, QUEUES,
          answer_rate),
    SHARE("caller_answer_rate", "callers served / callers", "callers_served / callers", false,
          QUEUES, caller_answer_rate),
    SHARE("block_rate", "busy tones / calls that came", "K / (O + K)", true, QUEUES, block_rate),
    SHARE("delayed", "share of calls that had to wait for an agent", "delayed calls / O", true,
          QUEUES, delayed),
    TIME("asa", "average speed of answer", "sum of waits of the answered / A", QUEUES, asa),
    TIME("wait", "average wait of all offered calls", "sum of waits of all offered / O", QUEUES,
         wait_of_all),
    TIME("wait_abandoned", "average wait of those who hung up", "sum of waits of the abandoned / B",
         QUEUES, wait_of_abandoned),
    TIME("wait_delayed", "average wait of those who had to wait",
         "sum of waits of the delayed / their number", QUEUES, wait_of_delayed),
    PERCENTILE(50, 0),
    PERCENTILE(80, 1),
    PERCENTILE(90, 2),
    PERCENTILE(95, 3),
    PERCENTILE(99, 4),
    LONGEST("wait_max", "s", "longest wait of an answered call",
            "maximum wait of the answered, mean over replications", longest_answered),
    PERCENTILE_ALL(50, 0),
    PERCENTILE_ALL(80, 1),
    PERCENTILE_ALL(90, 2),
    PERCENTILE_ALL(95, 3),
    PERCENTILE_ALL(99, 4),
    LONGEST("wait_max_all", "s", "longest wait of any offered call",
            "maximum wait of all offered, mean over replications", longest_of_all),
    TIME("excess_wait", "average wait beyond the time limit", "sum of (wait - t)+ / O", LIMIT,
         excess_wait),
    AVERAGE("queue_length", "calls", "average number of calls waiting", "time average", true,
            QUEUES, .queue = q_queue_area),
    LONGEST("queue_max", "calls", "most calls waiting at once",
            "maximum of calls waiting, mean over replications", longest_queue),
    AVERAGE("in_system", "calls", "average number of calls waiting or with an agent",
            "time average (L)", true, QUEUES, .queue = q_system_area),
    TIME("time_in_system", "average time from entry to leaving",
         "sum of times from entry to leaving / O (W)", QUEUES, time_in_system),
    TIME("aht", "average handling time", "sum of talk, hold and wrap-up / A", QUEUES, aht),
    TIME("callback_wait", "average time from asking for a call-back to the talk",
         "sum of times from request to talk / call-backs done", QUEUES, callback_wait),
    AGENTS("occupancy", OH_RATIO, "share", "share of time on duty with a contact in hand",
           "time with a contact / time on duty", true, occupancy),
    AGENTS("occupancy_planned", OH_RATIO, "share", "share of planned time with a contact in hand",
           "time with a contact / planned time", true, occupancy_planned),
    AGENTS("scheduled", OH_TIME_AVERAGE, "agents", "agents scheduled", "time average", false,
           g_scheduled_area),
    AGENTS("planned", OH_TIME_AVERAGE, "agents", "agents planned after shrinkage", "time average",
           false, g_planned_area),
    AGENTS("staffed", OH_TIME_AVERAGE, "agents", "agents on duty", "time average", false,
           g_staffed_area),
    AGENTS("busy", OH_TIME_AVERAGE, "agents", "agents with a contact in hand", "time average",
           false, g_busy_area),
    AGENTS("concurrency", OH_RATIO, "contacts", "contacts in hand while busy",
           "contact seconds / seconds with a contact", false, concurrency),
    AGENTS("overtime", OH_COUNT, "s", "agent time on duty after the planned end",
           "sum of time on duty after the planned end", true, overtime),
    {.public = {"load", OH_CONSTANT, "erlang", "work offered by fresh calls",
                "fresh arrivals x mean handling"},
     .applies = QUEUES,
     .at_most = true,
     .queue = load},
    {.public =
         {"cost", OH_COUNT, "money", "cost",
          "queue: abandoned, blocked and waiting at their prices; agents: heads and overtime"},
     .applies = ON_QUEUE | ON_AGENTS | ON_TOTAL | MONEY,
     .at_most = true,
     .queue = q_cost,
     .group = g_cost},
    {.public = {"cost_per_answered", OH_RATIO, "money", "cost per answered call", "cost / A"},
     .applies = ON_QUEUE | ON_TOTAL | MONEY,
     .at_most = true,
     .queue = q_cost_per_answered,
     .group = g_cost_per_answered},
    {.public = {"value", OH_COUNT, "money", "value of answered calls",
                "calls answered in time x their value"},
     .applies = ON_QUEUE | ON_TOTAL | MONEY,
     .queue = q_value},
    {.public = {"profit", OH_COUNT, "money", "value less all costs", "value - cost"},
     .applies = ON_TOTAL | MONEY,
     .queue = q_profit,
     .group = g_profit},
    {.public = {"target_met", OH_COUNT, "share", "share of replications in which all targets hold",
                "replications with all targets met / replications"},
     .applies = ON_QUEUE | ON_AGENTS | ON_TOTAL | BY_INTERVAL,
     .is_verdict = true},
};

size_t metric_rows(void)
{
    return sizeof table / sizeof *table;
}

const struct metric_row *metric_row_at(size_t i)
{
    return &table[i];
}

const struct metric_row *metric_row_find(const char *id)
{
    for (size_t i = 0; i < metric_rows(); i++)
        if (strcmp(table[i].public.id, id) == 0)
            return &table[i];
    return NULL;
}

size_t oh_metric_count(void)
{
    return metric_rows();
}

const oh_metric *oh_metric_at(size_t i)
{
    return &table[i].public;
}

const oh_metric *oh_metric_find(const char *id)
{
    const struct metric_row *row = metric_row_find(id);
    return row ? &row->public : NULL;
}
