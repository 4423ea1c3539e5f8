/* key_table.c - every key of the scenario file, and how to find one.
 *
 * The one idea: a row says all there is to say about a key. Sections are read by walking the file
 * and looking up rows, so a key that has no row cannot be read, and one that has cannot be
 * forgotten in help, suggestions or tests.
 */
#include "key_table.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include <onhold/registry.h>

#include "binder.h"

#define AT_SPEC(field)     .offset = offsetof(struct spec, field)
#define AT_TIME(field)     .offset = offsetof(struct spec_time, field)
#define AT_QUEUE(field)    .offset = offsetof(struct spec_queue, field)
#define AT_GROUP(field)    .offset = offsetof(struct spec_group, field)
#define AT_SERVES(field)   .offset = offsetof(struct spec_serves, field)
#define AT_SURGE(field)    .offset = offsetof(struct spec_surge, field)
#define AT_TRANSFER(field) .offset = offsetof(struct spec_transfer, field)
#define AT_SHIFT(field)    .offset = offsetof(struct shift_draft, field)
#define RANGE(least, most) .low = (least), .high = (most)
/* A key that the reader of the row above it reads itself. */
#define PART(name, what, how, words)                                                               \
    {                                                                                              \
        .path = (name), .form = (how), .about = (words), .kind = (what)                            \
    }
static const struct key_row table[] = {
    {"onhold", "1", "version of the format; this is 1", KEY_REQUIRED, .read = read_version,
     .kind = VALUE_COUNT},
    {"name", "Support line", "what the scenario is called in every report", KEY_REQUIRED,
     .read = read_text, AT_SPEC(name)},
    {"about", "Monday in May", "free text, printed in every report", .read = read_text,
     AT_SPEC(about)},
    {"currency", "EUR", "label for all money in the file", .read = read_text, AT_SPEC(currency)},
    {"extends", "base.yaml", "another file to start from, relative to this one", KEY_FIXED,
     .read = read_ignored},

    /* Time comes before what is measured by it, queues before who serves them. */
    {"time", "{open: 08:00-20:00}", "when the centre is open, or how long to watch it",
     KEY_REQUIRED, .shape = KEY_SECTION, .read = read_time, AT_SPEC(time)},
    {"time.open", "08:00-20:00", "one business day; each replication is one such day",
     .kind = VALUE_WINDOW, .read = read_open},
    {"time.interval", "30 min", "step of reports and of schedules (default 30 min)",
     .read = read_quantity, AT_TIME(interval), .kind = VALUE_DURATION, RANGE(1, 86400)},
    {"time.at_close", "finish", "live queues at closing: finish (default), hang_up or carry_over",
     .read = read_at_close, AT_TIME(at_close)},
    {"time.days", "{mon-fri: 08:00-20:00}", "a week; each replication is that week",
     .kind = VALUE_WINDOW, .read = read_days},
    {"time.steady", "{warm_up: 2 h, length: 20 h}", "nothing changes with the time of day",
     .shape = KEY_SECTION, .read = read_steady},
    {"time.steady.warm_up", "2 h", "time before anything is counted", KEY_REQUIRED,
     .read = read_quantity, AT_TIME(warm_up), .kind = VALUE_DURATION, RANGE(0, SPEC_MAX_DURATION)},
    {"time.steady.length", "20 h", "time that is counted", KEY_ABOVE, .read = read_quantity,
     AT_TIME(length), .kind = VALUE_DURATION, RANGE(0, SPEC_MAX_DURATION)},
    {"time.steady.batches", "40", "batches of one long run in place of replications",
     .read = read_size, AT_TIME(batches), .kind = VALUE_COUNT, RANGE(2, 100000)},
    {"time.steady.batch", "20 h", "length of a batch", KEY_ABOVE, .read = read_quantity,
     AT_TIME(length), .kind = VALUE_DURATION, RANGE(0, SPEC_MAX_DURATION)},

    {"routing", "{pick: rank}", "defaults of pick and choose", .shape = KEY_SECTION,
     .read = read_section},
    {"routing.pick", "first_come", "which contact a free agent takes, as in a group",
     .read = read_routing_pick},
    {"routing.choose", "longest_idle", "which free agent takes a contact, as in a queue",
     .read = read_routing_choose},
    {"lines", "15", "most live calls at once over all queues", .read = read_quantity,
     AT_SPEC(lines), .kind = VALUE_COUNT, RANGE(1, 1e9)},
    {"busyness", "{cv: 8%}", "a factor drawn for each day: a forecast error", .shape = KEY_SECTION,
     .read = read_section},
    {"busyness.cv", "8%", "coefficient of variation of that factor", KEY_REQUIRED,
     .read = read_spread, AT_SPEC(busyness), .kind = VALUE_FACTOR, RANGE(0, 10)},

    {"queues", "{support: {arrivals: 120 per h, handling: {exponential: 4 min}, patience: never}}",
     "kinds of contact", KEY_REQUIRED, .shape = KEY_THINGS, .read = read_queues},
    {"queues.*", "{arrivals: 120 per h, handling: {exponential: 4 min}, patience: never}",
     "one kind of contact: demand, work, behaviour of the callers", .shape = KEY_SECTION},
    {"queues.*.channel", "phone",
     "phone, chat, in_person (live), email, sms, messaging, social (deferrable)",
     .fallback = "phone", .read = read_channel, .offset = offsetof(struct queue_draft, channel)},
    {"queues.*.deferrable", "true", "contacts wait over night and never hang up",
     .kind = VALUE_FLAG, .read = read_flag, AT_QUEUE(deferrable)},
    {"queues.*.arrivals", "120 per h", "how contacts arrive", KEY_BY_DAY, .read = read_arrivals,
     AT_QUEUE(arrivals)},
    PART("queues.*.arrivals.rate", VALUE_RATE, "120 per h", "a constant rate, Poisson"),
    PART("queues.*.arrivals.per", VALUE_DURATION, "30 min",
         "step of the counts (default time.interval)"),
    PART("queues.*.arrivals.from", VALUE_TIME_OF_DAY, "08:00",
         "start of the first step (default the opening)"),
    PART("queues.*.arrivals.counts", VALUE_NUMBER, "[40, 62]",
         "expected calls in each step, Poisson within"),
    PART("queues.*.arrivals.csv", VALUE_FILE, "forecast.csv",
         "a file with the counts, relative to this one"),
    PART("queues.*.arrivals.column", VALUE_TEXT, "support", "the column with the counts"),
    PART("queues.*.arrivals.scale", VALUE_FACTOR, "1.1", "all volumes times that"),
    {.path = "queues.*.arrivals.renewal",
     .form = "{erlang: {k: 2, mean: 6 s}}",
     .about = "times between calls",
     .flags = KEY_DISTRIBUTION | KEY_BARE},
    PART("queues.*.arrivals.times", VALUE_DURATION, "[0 s, 30 s, 60 s]",
         "exact times from the opening"),
    PART("queues.*.arrivals.trace", VALUE_FILE, "calls.csv", "a file with one line for each call"),
    PART("queues.*.arrivals.arrived", VALUE_TEXT, "start_s",
         "trace: the column with the time of arrival"),
    PART("queues.*.arrivals.format", VALUE_TEXT, "s", "trace: times of arrival in s, min or iso"),
    PART("queues.*.arrivals.talk", VALUE_TEXT, "talk_s", "trace: the column with talk times, in s"),
    PART("queues.*.arrivals.hold", VALUE_TEXT, "hold_s", "trace: the column with hold times, in s"),
    PART("queues.*.arrivals.wrap_up", VALUE_TEXT, "wrap_s",
         "trace: the column with wrap-up times, in s"),
    PART("queues.*.arrivals.patience", VALUE_TEXT, "pat_s",
         "trace: the column with patience, in s; empty: never"),
    PART("queues.*.arrivals.smooth", VALUE_FLAG, "true", "the rate changes linearly within a step"),
    {"queues.*.arrivals.noise", "10%", "cv of a random factor for each step", .kind = VALUE_FACTOR,
     RANGE(0, 10)},
    PART("queues.*.arrivals.surge", VALUE_TEXT, "[{at: 11:00, for: 45 min, factor: 3}]",
         "sudden rushes"),
    {"queues.*.arrivals.surge.*.at", "11:00", "when a rush begins", KEY_REQUIRED,
     .read = read_quantity, AT_SURGE(at), .kind = VALUE_TIME_OF_DAY, RANGE(0, 86400)},
    {"queues.*.arrivals.surge.*.for", "45 min", "how long it lasts", KEY_REQUIRED | KEY_ABOVE,
     .read = read_quantity, AT_SURGE(length), .kind = VALUE_DURATION, RANGE(0, SPEC_MAX_DURATION)},
    {"queues.*.arrivals.surge.*.factor", "3", "what it multiplies the rate by", KEY_REQUIRED,
     .read = read_quantity, AT_SURGE(factor), .kind = VALUE_FACTOR, RANGE(0, 1000)},
    {"queues.*.arrivals.batch", "{mean: 2}", "callers who arrive in groups", .shape = KEY_SECTION},
    {"queues.*.arrivals.batch.mean", "2", "mean size of a group", KEY_REQUIRED,
     .read = read_quantity, .offset = offsetof(struct spec_arrivals, batch_mean),
     .kind = VALUE_NUMBER, RANGE(1, 10000)},
    {"queues.*.backlog", "40", "contacts that wait at the first opening", .read = read_quantity,
     AT_QUEUE(backlog), .kind = VALUE_COUNT, RANGE(0, 1e6)},
    {"queues.*.busyness", "{cv: 8%}", "a factor drawn for each day, for this queue",
     .shape = KEY_SECTION, .read = read_section},
    {"queues.*.busyness.cv", "8%", "coefficient of variation of that factor", KEY_REQUIRED,
     .read = read_spread, AT_QUEUE(busyness), .kind = VALUE_FACTOR, RANGE(0, 10)},
    {"queues.*.handling", "{lognormal: {mean: 4 min, cv: 1.2}}",
     "time an agent needs: one distribution, or talk, hold and wrap_up",
     KEY_REQUIRED | KEY_DISTRIBUTION, .shape = KEY_SECTION, .read = read_handling},
    {"queues.*.handling.talk", "{exponential: 3 min}", "talking", KEY_REQUIRED | KEY_DISTRIBUTION,
     .read = read_distribution, AT_QUEUE(talk)},
    {"queues.*.handling.hold", "{exponential: 20 s}", "the caller on hold during the call",
     KEY_DISTRIBUTION, .read = read_distribution, AT_QUEUE(hold)},
    {"queues.*.handling.wrap_up", "{constant: 30 s}", "work after the caller has left",
     KEY_DISTRIBUTION, .read = read_distribution, AT_QUEUE(wrap_up)},
    {"queues.*.slower_when_late", "5%", "share of the wait that is added to talk",
     .read = read_quantity, AT_QUEUE(slower_when_late), .kind = VALUE_SHARE, RANGE(0, 1)},
    {"queues.*.ring", "3 s", "time between assignment and answer", KEY_DISTRIBUTION | KEY_BARE,
     .read = read_distribution, AT_QUEUE(ring)},
    {"queues.*.patience", "{hung_up_by: {40 s: 15%}}", "how long callers wait before they hang up",
     KEY_DISTRIBUTION | KEY_PATIENCE, .read = read_distribution, AT_QUEUE(patience)},
    {"queues.*.balk", "5%", "share of those who must wait that hangs up at once",
     .read = read_quantity, AT_QUEUE(balk), .kind = VALUE_SHARE, RANGE(0, 1)},
    {"queues.*.capacity", "40", "most that may wait; beyond it callers hear a busy tone",
     .read = read_quantity, AT_QUEUE(capacity), .kind = VALUE_COUNT, RANGE(0, 1e9)},
    {"queues.*.priority", "1", "1 is highest (default 5)", .fallback = "5", .read = read_priority,
     AT_QUEUE(priority), .kind = VALUE_COUNT, RANGE(1, 1000)},
    {"queues.*.target", "80% in 20 s", "one target or a list", .kind = VALUE_TARGET,
     .read = read_targets},
    {"queues.*.short_abandon", "5 s", "who hangs up within that time is a short abandon",
     .read = read_quantity, AT_QUEUE(short_abandon), .kind = VALUE_DURATION,
     RANGE(0, SPEC_MAX_DURATION)},
    {"queues.*.value", "{answered: 20, within: 6 min}", "what an answered call is worth",
     .shape = KEY_SECTION, .read = read_section},
    {"queues.*.value.answered", "20", "money for an answered call", KEY_REQUIRED,
     .read = read_quantity, AT_QUEUE(value_answered), .kind = VALUE_MONEY, RANGE(-1e12, 1e12)},
    {"queues.*.value.within", "6 min", "only if answered within that wait (default: always)",
     .read = read_quantity, AT_QUEUE(value_within), .kind = VALUE_DURATION,
     RANGE(0, SPEC_MAX_DURATION)},
    {"queues.*.cost", "{abandoned: 12, blocked: 5, waiting: 0.10 per min}",
     "what unhappy callers cost", .shape = KEY_SECTION, .read = read_section},
    {"queues.*.cost.abandoned", "12", "money for a caller who hangs up", .read = read_quantity,
     AT_QUEUE(cost_abandoned), .kind = VALUE_MONEY, RANGE(0, 1e12)},
    {"queues.*.cost.blocked", "5", "money for a caller who hears a busy tone",
     .read = read_quantity, AT_QUEUE(cost_blocked), .kind = VALUE_MONEY, RANGE(0, 1e12)},
    {"queues.*.cost.waiting", "0.10 per min", "money for the time that callers wait",
     .read = read_quantity, AT_QUEUE(cost_waiting), .kind = VALUE_MONEY_RATE, RANGE(0, 1e12)},
    {"queues.*.choose", "longest_idle",
     "which free agent takes a contact: longest_idle, least_busy, least_loaded, most_loaded, "
     "random, fixed",
     .read = read_choose, AT_QUEUE(choose)},
    {"queues.*.prefers", "[desk, {group: backup, after: 60 s}]",
     "the groups that may take a contact, in order", .read = read_prefers},
    {"queues.*.prefers.*.group", "backup", "a group that may take the contact later",
     .flags = KEY_REQUIRED},
    {"queues.*.prefers.*.after", "60 s", "the wait after which it may", .read = read_quantity,
     .offset = offsetof(struct spec_prefer, after), .kind = VALUE_DURATION,
     RANGE(0, SPEC_MAX_DURATION)},
    {"queues.*.preempt", "true", "interrupts contacts of lower priority", .kind = VALUE_FLAG,
     .read = read_flag, AT_QUEUE(preempt)},
    {"queues.*.weight", "2", "for pick: weighted_wait (default 1)", KEY_ABOVE,
     .read = read_quantity, AT_QUEUE(weight), .kind = VALUE_NUMBER, RANGE(0, 1e6)},
    {"queues.*.ratio", "2", "for pick: queue_ratio (default 1)", KEY_ABOVE, .read = read_quantity,
     AT_QUEUE(ratio), .kind = VALUE_NUMBER, RANGE(0, 1e6)},
    {"queues.*.redial", "{after_abandon: 40%, delay: {exponential: 5 min}}",
     "callers who try again", .shape = KEY_SECTION, .read = read_redial},
    {"queues.*.redial.after_abandon", "40%", "share of those who hung up", .read = read_quantity,
     AT_QUEUE(redial.after_abandon), .kind = VALUE_SHARE, RANGE(0, 1)},
    {"queues.*.redial.after_block", "70%", "share of those who heard a busy tone",
     .read = read_quantity, AT_QUEUE(redial.after_block), .kind = VALUE_SHARE, RANGE(0, 1)},
    {"queues.*.redial.again", "30%", "share from the second redial on, in place of both",
     .read = read_quantity, AT_QUEUE(redial.again), .kind = VALUE_SHARE, RANGE(0, 1)},
    {"queues.*.redial.delay", "{exponential: 5 min}", "time until they try again",
     KEY_REQUIRED | KEY_DISTRIBUTION | KEY_BARE, .read = read_distribution, AT_QUEUE(redial.delay)},
    {"queues.*.redial.to", "support", "the queue that they call (default the same)",
     .read = read_to, AT_QUEUE(redial.to)},
    {"queues.*.redial.at_most", "5", "redials of one caller (default: no limit)",
     .read = read_quantity, AT_QUEUE(redial.at_most), .kind = VALUE_COUNT, RANGE(1, 1e9)},
    {"queues.*.unresolved", "{share: 26%, delay: {exponential: 2 h}}",
     "callers who come back, since their problem is not solved", .shape = KEY_SECTION,
     .read = read_unresolved},
    {"queues.*.unresolved.share", "26%", "share of answered calls", KEY_REQUIRED,
     .read = read_quantity, AT_QUEUE(unresolved.share), .kind = VALUE_SHARE, RANGE(0, 1)},
    {"queues.*.unresolved.delay", "{exponential: 2 h}", "time until they come back",
     KEY_REQUIRED | KEY_DISTRIBUTION | KEY_BARE, .read = read_distribution,
     AT_QUEUE(unresolved.delay)},
    {"queues.*.unresolved.to", "support", "the queue that they call (default the same)",
     .read = read_to, AT_QUEUE(unresolved.to)},
    {"queues.*.transfer", "[{to: billing, share: 10%}]", "calls passed on at the end of talk",
     .read = read_transfer},
    {"queues.*.transfer.*.to", "billing", "the queue that gets them", KEY_REQUIRED, .read = read_to,
     AT_TRANSFER(to)},
    {"queues.*.transfer.*.share", "10%", "share of answered calls", KEY_REQUIRED,
     .read = read_quantity, AT_TRANSFER(share), .kind = VALUE_SHARE, RANGE(0, 1)},
    {"queues.*.transfer.*.handling", "{exponential: 6 min}",
     "handling there: one distribution, or talk, hold and wrap_up (default as the queue says)",
     KEY_DISTRIBUTION, .shape = KEY_SECTION, .read = read_transfer_handling},
    {"queues.*.transfer.*.handling.talk", "{exponential: 5 min}", "talking",
     KEY_REQUIRED | KEY_DISTRIBUTION, .read = read_distribution, AT_TRANSFER(handling.talk)},
    {"queues.*.transfer.*.handling.hold", "{exponential: 20 s}", "on hold", KEY_DISTRIBUTION,
     .read = read_distribution, AT_TRANSFER(handling.hold)},
    {"queues.*.transfer.*.handling.wrap_up", "{constant: 30 s}", "work after the caller has left",
     KEY_DISTRIBUTION, .read = read_distribution, AT_TRANSFER(handling.wrap_up)},
    {"queues.*.transfer.*.warm", "30 s", "added to the first agent's talk",
     KEY_DISTRIBUTION | KEY_BARE, .read = read_distribution, AT_TRANSFER(warm)},
    {"queues.*.self_service", "{time: {constant: 90 s}, resolves: 63%}",
     "IVR, bot or help pages first", .shape = KEY_SECTION, .read = read_section},
    {"queues.*.self_service.time", "{constant: 90 s}", "time there",
     KEY_REQUIRED | KEY_DISTRIBUTION | KEY_BARE, .read = read_distribution, AT_QUEUE(self_service)},
    {"queues.*.self_service.resolves", "63%", "share that then needs no agent (default 0%)",
     .fallback = "0%", .read = read_quantity, AT_QUEUE(self_service_resolves), .kind = VALUE_SHARE,
     RANGE(0, 1)},
    {"queues.*.announce", "{at: 0 s, every: 60 s, patience: 1.2}",
     "announcements that change patience", .shape = KEY_SECTION, .read = read_announce},
    {"queues.*.announce.at", "0 s", "wait at the first one (default every)", .read = read_quantity,
     AT_QUEUE(announce_at), .kind = VALUE_DURATION, RANGE(0, SPEC_MAX_DURATION)},
    {"queues.*.announce.every", "60 s", "time between them (default: there is one)", KEY_ABOVE,
     .read = read_quantity, AT_QUEUE(announce_every), .kind = VALUE_DURATION,
     RANGE(0, SPEC_MAX_DURATION)},
    {"queues.*.announce.patience", "1.2", "what remaining patience is multiplied by", KEY_REQUIRED,
     .read = read_quantity, AT_QUEUE(announce_factor), .kind = VALUE_FACTOR, RANGE(0, 1000)},
    {"queues.*.silent", "{share: 60%, wastes: 45 s}", "callers who leave unseen",
     .shape = KEY_SECTION, .read = read_section},
    {"queues.*.silent.share", "60%", "share of those whose patience ends", KEY_REQUIRED,
     .read = read_quantity, AT_QUEUE(silent_share), .kind = VALUE_SHARE, RANGE(0, 1)},
    {"queues.*.silent.wastes", "45 s", "time the agent loses (default none)",
     KEY_DISTRIBUTION | KEY_BARE, .read = read_distribution, AT_QUEUE(silent_wastes)},
    {"queues.*.callback", "{offer: {wait_over: 2 min}, accept: 40%}", "calling back",
     .read = read_callback},
    {"queues.*.callback.offer", "{wait_over: 2 min}", "to whom it is offered", KEY_REQUIRED,
     .read = read_offer},
    {"queues.*.callback.offer.wait_over", "2 min", "expected wait above that",
     .read = read_quantity, AT_QUEUE(callback.over), .kind = VALUE_DURATION,
     RANGE(0, SPEC_MAX_DURATION)},
    {"queues.*.callback.offer.waiting_over", "10", "more calls waiting than that",
     .read = read_quantity, AT_QUEUE(callback.over), .kind = VALUE_COUNT, RANGE(0, 1e9)},
    {"queues.*.callback.accept", "40%", "share that accepts (default all)", .fallback = "100%",
     .read = read_quantity, AT_QUEUE(callback.accept), .kind = VALUE_SHARE, RANGE(0, 1)},
    {"queues.*.callback.place", "keep", "keep the place in line (default), or last",
     .fallback = "keep", .read = read_place, AT_QUEUE(callback.keep)},
    {"queues.*.callback.answers", "90%", "share of dials that are answered (default all)",
     .fallback = "100%", .read = read_quantity, AT_QUEUE(callback.answers), .kind = VALUE_SHARE,
     RANGE(0, 1)},
    {"queues.*.callback.retry", "15 min", "time until the next dial", KEY_DISTRIBUTION | KEY_BARE,
     .read = read_distribution, AT_QUEUE(callback.retry)},
    {"queues.*.callback.attempts", "3", "most dials (default 1)", .fallback = "1",
     .read = read_quantity, AT_QUEUE(callback.attempts), .kind = VALUE_COUNT, RANGE(1, 1000)},
    {"queues.*.callback.dial_when_free", "1", "idle agents needed for a dial (default 1)",
     .fallback = "1", .read = read_quantity, AT_QUEUE(callback.dial_when_free), .kind = VALUE_COUNT,
     RANGE(1, SPEC_MAX_AGENTS)},

    {"demand", "{arrivals: 400 per h, mix: {phone: 60%, chat: 40%}}",
     "one demand split over queues, which then have no arrivals", .shape = KEY_SECTION,
     .read = read_demand},
    {"demand.arrivals", "400 per h", "all contacts together, as a queue's arrivals",
     KEY_REQUIRED | KEY_BY_DAY, .read = read_arrivals, AT_SPEC(demand)},
    {"demand.mix", "{phone: 60%, chat: 40%}", "share of each queue", KEY_REQUIRED,
     .kind = VALUE_SHARE, .read = read_mix},

    {"agents", "{desk: {count: 24, serves: [support]}}", "groups of agents", .shape = KEY_THINGS,
     .read = read_groups},
    {"agents.*", "{count: 24, serves: [support]}", "agents who are alike", .shape = KEY_SECTION},
    {"agents.*.count", "24", "scheduled heads: a number, or a schedule", KEY_BY_DAY,
     .kind = VALUE_COUNT, .read = read_count, AT_GROUP(count)},
    PART("agents.*.count.per", VALUE_DURATION, "30 min",
         "step of the plan (default time.interval)"),
    PART("agents.*.count.from", VALUE_TIME_OF_DAY, "07:30",
         "start of the first step (default the opening)"),
    PART("agents.*.count.counts", VALUE_COUNT, "[12, 14]", "heads in each step"),
    PART("agents.*.count.csv", VALUE_FILE, "plan.csv",
         "a file with the plan, relative to this one"),
    PART("agents.*.count.column", VALUE_TEXT, "desk", "the column with the heads"),
    {"agents.*.serves", "[support, billing]", "queues that they serve: a list, or a map",
     KEY_REQUIRED, .read = read_serves},
    PART("agents.*.serves.*", VALUE_TEXT, "{rank: 1, speed: 1.1}", "how they serve a queue"),
    {"agents.*.serves.*.rank", "1", "lowest first; means pick: rank", .read = read_quantity,
     AT_SERVES(rank), .kind = VALUE_NUMBER, RANGE(0, 1e6)},
    {"agents.*.serves.*.speed", "1.1", "divides the handling time", .fallback = "1",
     .read = read_quantity, AT_SERVES(speed), .kind = VALUE_FACTOR, RANGE(0.01, 100)},
    {"agents.*.serves.*.at_once", "3", "contacts of this queue at once (default 1)",
     .fallback = "1", .read = read_unsigned, AT_SERVES(at_once), .kind = VALUE_COUNT,
     RANGE(1, 1000)},
    {"agents.*.serves.*.pace", "[1, 0.85, 0.8]",
     "speed of each contact with 1, 2, 3 of them in hand", .kind = VALUE_FACTOR, .read = read_pace},
    {"agents.*.serves.*.keep_free", "1", "agents of the group who must stay free (default 0)",
     .fallback = "0", .read = read_quantity, AT_SERVES(keep_free), .kind = VALUE_COUNT,
     RANGE(0, SPEC_MAX_AGENTS)},
    {"agents.*.pick", "rank",
     "which contact a free agent takes: first_come (default), rank, longest_wait, longest_queue, "
     "weighted_wait, queue_ratio",
     .read = read_pick},
    {"agents.*.leave", "finish", "whose time ends while busy: finish (default) or drop the contact",
     .fallback = "finish", .read = read_leave, AT_GROUP(leave)},
    {"agents.*.cost", "24 per h", "money for the time of one scheduled head", .read = read_quantity,
     AT_GROUP(cost), .kind = VALUE_MONEY_RATE, RANGE(0, 1e12)},
    {"agents.*.target", "{occupancy: 85%}", "occupancy at most", .shape = KEY_SECTION,
     .read = read_group_target},
    {"agents.*.target.occupancy", "85%", "at most", KEY_REQUIRED, .read = read_quantity,
     AT_GROUP(occupancy_target), .kind = VALUE_SHARE, RANGE(0, 1)},
    {"agents.*.shifts", "[{count: 10, hours: 08:00-16:30}]", "staff by shifts, in place of count",
     .read = read_shifts},
    {"agents.*.shifts.*.count", "10", "heads of the shift", KEY_REQUIRED, .read = read_quantity,
     AT_SHIFT(count), .kind = VALUE_COUNT, RANGE(0, SPEC_MAX_AGENTS)},
    {"agents.*.shifts.*.hours", "08:00-16:30", "when it works", KEY_REQUIRED, .kind = VALUE_WINDOW,
     .read = read_hours},
    {"agents.*.shifts.*.days", "mon-fri", "on which days (default all)", .read = read_shift_days},
    PART("agents.*.shifts.*.breaks", VALUE_TEXT, "[{at: 12:00, for: 30 min}]", "its breaks"),
    {"agents.*.shifts.*.breaks.*.at", "12:00", "when a break begins", KEY_REQUIRED,
     .read = read_quantity, .offset = offsetof(struct spec_break, at), .kind = VALUE_TIME_OF_DAY,
     RANGE(0, 86400)},
    {"agents.*.shifts.*.breaks.*.for", "30 min", "how long it is", KEY_REQUIRED | KEY_ABOVE,
     .read = read_quantity, .offset = offsetof(struct spec_break, length), .kind = VALUE_DURATION,
     RANGE(0, 86400)},
    {"agents.*.shrinkage", "12%", "share of scheduled heads that are not there",
     .read = read_quantity, AT_GROUP(shrinkage), .kind = VALUE_SHARE, RANGE(0, 1)},
    {"agents.*.absence", "5%", "chance of each agent to be absent for the day",
     .read = read_quantity, AT_GROUP(absence), .kind = VALUE_SHARE, RANGE(0, 1)},
    {"agents.*.late", "{exponential: 3 min}", "how late agents come", KEY_DISTRIBUTION | KEY_BARE,
     .read = read_distribution, AT_GROUP(late)},
    {"agents.*.not_ready", "{share: 10%, for: {exponential: 2 min}}", "pauses after a contact",
     .shape = KEY_SECTION, .read = read_section},
    {"agents.*.not_ready.share", "10%", "share of contacts after which there is one", KEY_REQUIRED,
     .read = read_quantity, AT_GROUP(not_ready_share), .kind = VALUE_SHARE, RANGE(0, 1)},
    {"agents.*.not_ready.for", "{exponential: 2 min}", "how long it is",
     KEY_REQUIRED | KEY_DISTRIBUTION | KEY_BARE, .read = read_distribution, AT_GROUP(not_ready)},

    {"experiment", "{replications: 200}", "how to simulate; the command line wins",
     .shape = KEY_SECTION, .read = read_section},
    {"experiment.replications", "200", "how many times (default 200)", .read = read_u32,
     AT_SPEC(replications), .kind = VALUE_COUNT, RANGE(1, 100e6)},
    {"experiment.seed", "1", "start of the random numbers (default 1)", .fallback = "1",
     .read = read_u32, AT_SPEC(seed), .kind = VALUE_COUNT, RANGE(0, 4294967295.0)},
    {"experiment.confidence", "95%", "of all intervals (default 95%)", .fallback = "95%",
     .read = read_quantity, AT_SPEC(confidence), .kind = VALUE_SHARE, RANGE(0.5, 0.9999)},
    {"experiment.precision", "{queue: support, metric: service_level, half_width: 0.5%}",
     "go on until a figure is that sure; replications is then the first batch",
     .shape = KEY_SECTION, .read = read_precision},
    {.path = "experiment.precision.queue",
     .form = "support",
     .about = "of which queue",
     .flags = KEY_REQUIRED},
    {.path = "experiment.precision.metric",
     .form = "service_level",
     .about = "which figure",
     .flags = KEY_REQUIRED},
    {.path = "experiment.precision.half_width",
     .form = "0.5%",
     .about = "half the width of its interval",
     .flags = KEY_REQUIRED},
    {"experiment.at_most", "{replications: 100000, time: 60 s}", "when to stop anyway",
     .shape = KEY_SECTION, .read = read_section},
    {"experiment.at_most.replications", "100000", "most replications (default 100000)",
     .read = read_u32, AT_SPEC(most_replications), .kind = VALUE_COUNT, RANGE(1, 100e6)},
    {"experiment.at_most.time", "60 s", "most time of the computer (default: no limit)", KEY_ABOVE,
     .read = read_quantity, AT_SPEC(most_seconds), .kind = VALUE_DURATION,
     RANGE(0, SPEC_MAX_DURATION)},
    {"variants", "{two_more: {agents.desk.count: 26}}", "named changes of this scenario", KEY_FIXED,
     .shape = KEY_THINGS, .read = read_variants},
    PART("variants.*", VALUE_TEXT, "{agents.desk.count: 26}", "paths and their new values"),
    {"sweep", "{agents.desk.count: 20..32}", "values to go through", KEY_FIXED, .read = read_sweep},
};

size_t key_rows(void)
{
    return sizeof table / sizeof table[0];
}

const struct key_row *key_at(size_t i)
{
    return &table[i];
}

const struct key_row *key_of(const char *path)
{
    for (size_t i = 0; i < key_rows(); i++)
        if (strcmp(table[i].path, path) == 0)
            return &table[i];
    return NULL;
}

const char *key_name(const struct key_row *row)
{
    const char *dot = strrchr(row->path, '.');
    return dot ? dot + 1 : row->path;
}

/* The path in the table: what is inside the arrivals of the demand is as in a queue's. */
static const char *table_path(const char *path)
{
    static const char demand[] = "demand.arrivals";
    return strcmp(path, demand) == 0 ? ARRIVALS : path;
}

/* The last part of the row's path if the row is directly below `path`, else NULL. */
static const char *part_below(const struct key_row *row, const char *path, size_t length)
{
    const char *rest = row->path;
    if (length > 0) {
        if (strncmp(rest, path, length) != 0 || rest[length] != '.')
            return NULL;
        rest += length + 1;
    }
    return strchr(rest, '.') ? NULL : rest;
}

const struct key_row *key_in(const char *path, const char *key)
{
    path = table_path(path);
    size_t length = strlen(path);
    for (size_t i = 0; i < key_rows(); i++) {
        const char *part = part_below(&table[i], path, length);
        if (part && (strcmp(part, key) == 0 || strcmp(part, "*") == 0))
            return &table[i];
    }
    return NULL;
}

size_t key_inside(const char *path, const struct key_row *rows[KEY_INSIDE_MAX])
{
    size_t n = 0;
    path = table_path(path);
    size_t length = strlen(path);
    for (size_t i = 0; i < key_rows() && n < KEY_INSIDE_MAX; i++)
        if (part_below(&table[i], path, length))
            rows[n++] = &table[i];
    return n;
}

bool key_has_inside(const char *path)
{
    const struct key_row *rows[KEY_INSIDE_MAX];
    return key_inside(path, rows) > 0;
}

size_t oh_key_count(void)
{
    return key_rows();
}

oh_entry oh_key_at(size_t i)
{
    return (oh_entry){table[i].path, table[i].form, table[i].about};
}
