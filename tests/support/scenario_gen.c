/* scenario_gen.c - writes random scenarios, small enough to be played in a millisecond.
 *
 * The one idea: each queue and each group draws from a stream of its own, so a taste that adds or
 * moves one leaves the others as they are. Durations are eighths of a second, so that they are
 * printed and doubled exactly.
 */
#include "scenario_writer.h"

#include <math.h>

enum { MOST_QUEUES = 4, MOST_GROUPS = 3 };

static void say_patience(struct writer *w)
{
    /* In steady mode every caller is followed to the end: it must come. */
    switch (writer_pick(w, w->steady ? 1 : 0, w->taste->powers ? 3 : w->steady ? 5 : 6)) {
    case 0:
        writer_say(w, "never");
        break;
    case 1:
        writer_say(w, "{hung_up_by: {%.10g s: %d%%}}", 40 * w->stretch, writer_pick(w, 5, 40));
        break;
    case 2:
        writer_say(w, "{hung_up_by: {%.10g s: 10%%, %.10g s: 40%%}}", 20 * w->stretch,
                   90 * w->stretch);
        break;
    case 4:
        writer_say(w, "{first_of: [");
        writer_smooth(w, 90);
        writer_say(w, ", ");
        writer_smooth(w, 200);
        writer_say(w, "]}");
        break;
    case 6:
        writer_say(w, "{mixture: [{share: 10%%, constant: 0 s}, {share: 70%%, exponential: 2 min}, "
                      "{share: 20%%, never: true}]}");
        break;
    default:
        writer_times(w, 120);
    }
}

static void say_counts(struct writer *w)
{
    int from = writer_pick(w, 0, 1);
    writer_say(w, "{per: %.10g min, ", w->interval / 60 * w->stretch);
    if (from > 0) {
        writer_say(w, "from: ");
        writer_clock(w, from * w->interval);
        writer_say(w, ", ");
    }
    writer_say(w, "counts: [");
    for (int k = from; k < w->intervals; k++)
        writer_say(w, "%s%d", k > from ? ", " : "",
                   k > from && writer_chance(w, 0.25) ? 0 : writer_pick(w, 1, 40));
    writer_say(w, "]}");
}

static void say_exact_times(struct writer *w)
{
    int at = 0, most = (int)(w->interval * w->intervals);
    writer_say(w, "{times: [0 s");
    for (int i = 0; i < 30; i++) {
        at += 15 * writer_pick(w, 0, 12);
        if (at < most)
            writer_say(w, ", %.10g s", at * w->stretch);
    }
    writer_say(w, "]}");
}

static void say_arrivals(struct writer *w)
{
    double per_hour = 8 * writer_pick(w, 1, 15);
    int kind = writer_pick(w, 0, 4);
    writer_say(w, "    arrivals: ");
    if (kind == 1 && !w->steady) {
        say_counts(w);
    } else if (kind == 2) {
        writer_say(w, "{renewal: ");
        writer_times(w, 3600 / per_hour);
        writer_say(w, "}");
    } else if (kind == 3 && !w->taste->no_ties && !w->steady) {
        say_exact_times(w);
    } else if (kind == 4) {
        writer_say(w, "{rate: %.10g per h, scale: 1.25}", per_hour / w->stretch);
    } else {
        writer_say(w, "%.10g per h", per_hour / w->stretch);
    }
    writer_say(w, "\n");
}

static void say_handling(struct writer *w)
{
    writer_say(w, "    handling: ");
    if (writer_chance(w, 0.6)) {
        writer_times(w, 120);
    } else {
        writer_say(w, "{talk: ");
        writer_times(w, 90);
        if (writer_chance(w, 0.5)) {
            writer_say(w, ", hold: ");
            writer_times(w, 20);
        }
        if (writer_chance(w, 0.5)) {
            writer_say(w, ", wrap_up: ");
            writer_times(w, 30);
        }
        writer_say(w, "}");
    }
    writer_say(w, "\n");
    if (writer_chance(w, 0.3)) {
        writer_say(w, "    ring: ");
        writer_times(w, 4);
        writer_say(w, "\n");
    }
}

static void say_targets(struct writer *w)
{
    double s = w->stretch;
    switch (writer_pick(w, 0, 3)) {
    case 0:
        writer_say(w, "    target: 80%% in %.10g s\n", 20 * s);
        break;
    case 1:
        writer_say(w,
                   "    target: [80%% in %.10g s, {service_level_net: 90%% in %.10g s}, "
                   "{abandon_rate: 5%%}]\n",
                   20 * s, 60 * s);
        break;
    case 2:
        writer_say(w, "    target: {asa: %.10g s}\n", 30 * s);
        break;
    default:
        break;
    }
    if (writer_chance(w, 0.3))
        writer_say(w, "    short_abandon: %.10g s\n", 5 * s);
}

static void say_money(struct writer *w)
{
    if (writer_chance(w, 0.3))
        writer_say(w, "    value: {answered: 20, within: %.10g s}\n", 60 * w->stretch);
    if (writer_chance(w, 0.3))
        writer_say(w, "    cost: {abandoned: 12, blocked: 5, waiting: 0.10 per min}\n");
}

static void say_queue(struct writer *w, int q, uint64_t seed)
{
    w->state = seed ^ ((uint64_t)(q + 1) << 40);
    writer_say(w, "  q%d:\n", q);
    if (writer_chance(w, 0.1) && !w->steady)
        writer_say(w, "    channel: email\n");
    say_arrivals(w);
    say_handling(w);
    writer_say(w, "    patience: ");
    say_patience(w);
    writer_say(w, "\n");
    if (writer_chance(w, 0.3))
        writer_say(w, "    balk: %d%%\n", writer_pick(w, 1, 40));
    if (writer_chance(w, 0.3))
        writer_say(w, "    capacity: %d\n", writer_pick(w, 0, 8));
    if (writer_chance(w, 0.5))
        writer_say(w, "    priority: %d\n", writer_pick(w, 1, 9));
    say_targets(w);
    say_money(w);
}

static void say_plan(struct writer *w)
{
    if (w->steady || writer_chance(w, 0.4)) {
        writer_say(w, "    count: %d\n", writer_pick(w, 0, 5));
        return;
    }
    int before = writer_pick(w, 0, 1), after = writer_pick(w, 0, 1), first = -before;
    writer_say(w, "    count: {per: %.10g min, from: ", w->interval / 60 * w->stretch);
    writer_clock(w, first * w->interval);
    writer_say(w, ", counts: [");
    for (int k = first; k < w->intervals + after; k++)
        writer_say(w, "%s%d", k > first ? ", " : "", writer_pick(w, 0, 5));
    writer_say(w, "]}\n");
}

static void say_serves(struct writer *w, int g)
{
    bool map = writer_chance(w, 0.5), ranks = writer_chance(w, 0.5), any = false;
    writer_say(w, "    serves: %s", map ? "{" : "[");
    for (int q = 0; q < w->queues; q++) {
        bool own = q % w->groups == g && writer_chance(w, 0.95), also = writer_chance(w, 0.4);
        int rank = writer_pick(w, 1, 3), speed = writer_pick(w, 0, 2);
        if (!own && !also && (any || q + 1 < w->queues))
            continue;
        writer_say(w, "%sq%d", any ? ", " : "", q);
        any = true;
        if (map && ranks)
            writer_say(w, ": {rank: %d, speed: %s}", rank,
                       speed == 0   ? "1"
                       : speed == 1 ? "2"
                                    : "0.5");
        else if (map)
            writer_say(w, ": {speed: %s}", speed == 0 ? "1" : speed == 1 ? "2" : "0.5");
    }
    if (w->taste->spare_queue && g == 0)
        writer_say(w, !map    ? ", spare"
                      : ranks ? ", spare: {rank: 2, speed: 1}"
                              : ", spare: {speed: 1}");
    writer_say(w, "%s\n", map ? "}" : "]");
}

static void say_group(struct writer *w, int g, uint64_t seed)
{
    w->state = seed ^ ((uint64_t)(g + 101) << 40);
    writer_say(w, "  g%d:\n", g);
    say_plan(w);
    say_serves(w, g);
    if (writer_chance(w, 0.3))
        writer_say(w, "    leave: drop\n");
    if (writer_chance(w, 0.5))
        writer_say(w, "    cost: 24 per h\n");
    if (writer_chance(w, 0.3))
        writer_say(w, "    target: {occupancy: 85%%}\n");
}

static void say_period(struct writer *w)
{
    bool hang_up = writer_chance(w, 0.4);
    w->steady = !w->taste->day && writer_chance(w, 0.2);
    w->interval = 60 * (writer_chance(w, 0.5) ? 15 : 30);
    w->intervals = writer_pick(w, 2, 6);
    if (w->steady) {
        writer_say(w, "time:\n  steady: {warm_up: %.10g s, length: %.10g s}\n", 600 * w->stretch,
                   7200 * w->stretch);
        return;
    }
    int minutes = (int)lround(w->interval * w->intervals * w->stretch / 60) + 8 * 60;
    writer_say(w, "time:\n  open: 08:00-%02d:%02d\n  interval: %.10g min\n", minutes / 60,
               minutes % 60, w->interval / 60 * w->stretch);
    if (hang_up)
        writer_say(w, "  at_close: hang_up\n");
}

void scenario_random(struct text *text, uint64_t seed, const struct taste *taste)
{
    struct writer w = {.text = text, .taste = taste, .state = seed};
    w.stretch = taste->stretch > 0 ? taste->stretch : 1;
    w.queues = writer_pick(&w, 1, MOST_QUEUES);
    w.groups = writer_pick(&w, 1, MOST_GROUPS);
    writer_say(&w, "onhold: 1\nname: random %llu\n", (unsigned long long)seed);
    say_period(&w);
    writer_say(&w, "queues:\n");
    for (int i = 0; i < w.queues; i++)
        say_queue(&w, (i + (int)taste->rotate) % w.queues, seed);
    if (taste->spare_queue)
        writer_say(&w, "  spare:\n    handling: {exponential: 3 min}\n    patience: never\n");
    writer_say(&w, "agents:\n");
    for (int g = 0; g < w.groups; g++)
        say_group(&w, g, seed);
}
