/* scenario_gen.c - writes random scenarios, small enough to be played in a millisecond.
 *
 * The one idea: each queue and each group draws from a stream of its own, so a taste that adds or
 * moves one leaves the others as they are. Durations are eighths of a second, so that they are
 * printed and doubled exactly.
 */
#include "scenario_gen.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_QUEUES = 4, MOST_GROUPS = 3 };

struct writer {
    struct text *text;
    const struct taste *taste;
    uint64_t state; /* of the part that is being written */
    double stretch;
    bool steady;
    int intervals;
    double interval; /* seconds, not stretched */
    int queues, groups;
};

double random_uniform(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return ldexp((double)((z ^ (z >> 31)) >> 11) + 0.5, -53);
}

int random_int(uint64_t *state, int low, int high)
{
    return low + (int)(random_uniform(state) * (high - low + 1));
}

static bool chance(struct writer *w, double p)
{
    return random_uniform(&w->state) < p;
}

static int pick(struct writer *w, int low, int high)
{
    return random_int(&w->state, low, high);
}

static void say(struct writer *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(struct writer *w, const char *format, ...)
{
    char part[512];
    va_list list;
    va_start(list, format);
    int n = vsnprintf(part, sizeof part, format, list);
    va_end(list);
    assert_true(n >= 0 && (size_t)n < sizeof part);
    oh_sink sink = text_sink(w->text);
    assert_true(sink.write(sink.user, part, (size_t)n));
}

/* A duration of about `about` seconds, "33.125 s". */
static void say_time(struct writer *w, double about)
{
    double seconds = fmax(1, round(8 * about * (0.5 + random_uniform(&w->state)))) / 8;
    say(w, "%.10g s", seconds * w->stretch);
}

static void say_clock(struct writer *w, double seconds)
{
    int minutes = (int)lround(seconds * w->stretch / 60) + 8 * 60;
    say(w, "\"%02d:%02d\"", minutes / 60, minutes % 60);
}

/* Families of which the n-th draw scales exactly with the mean, then the others. */
static void say_smooth(struct writer *w, double mean)
{
    switch (pick(w, 0, w->taste->powers ? 2 : 7)) {
    case 0:
        say(w, "{exponential: ");
        say_time(w, mean);
        break;
    case 1:
        say(w, "{exponential: ");
        say_time(w, mean);
        say(w, ", plus: ");
        say_time(w, mean / 4);
        break;
    case 2:
        say(w, "{hyperexponential: {mean: ");
        say_time(w, mean);
        say(w, ", cv: 1.5}");
        break;
    case 3:
        say(w, "{lognormal: {mean: ");
        say_time(w, mean);
        say(w, ", cv: 0.%d}", pick(w, 1, 9));
        break;
    case 4:
        say(w, "{gamma: {mean: ");
        say_time(w, mean);
        say(w, ", cv: 0.8}");
        break;
    case 5:
        say(w, "{erlang: {k: %d, mean: ", pick(w, 1, 4));
        say_time(w, mean);
        say(w, "}");
        break;
    case 6:
        say(w, "{weibull: {shape: 0.%d, mean: ", pick(w, 6, 9));
        say_time(w, mean);
        say(w, "}");
        break;
    default:
        say(w, "{triangular: {low: %.10g s, mode: %.10g s, high: %.10g s}", 0.25 * mean, mean,
            2 * mean);
    }
    say(w, "}");
}

static void say_times(struct writer *w, double mean)
{
    if (!w->taste->no_ties && chance(w, 0.3)) {
        say(w, "{constant: %.10g s}", 30 * ceil(mean / 30) * w->stretch);
    } else if (!w->taste->powers && chance(w, 0.2)) {
        say(w, "{mixture: [{share: 25%%, exponential: ");
        say_time(w, mean);
        say(w, "}, {share: 75%%, uniform: {from: %.10g s, to: %.10g s}}]}", mean / 2, 2 * mean);
    } else if (!w->taste->powers && chance(w, 0.1)) {
        say(w, "{empirical: {values: [%.10g s, %.10g s, %.10g s]}}", mean / 2, mean, 3 * mean);
    } else {
        say_smooth(w, mean);
    }
}

static void say_patience(struct writer *w)
{
    /* In steady mode every caller is followed to the end: it must come. */
    switch (pick(w, w->steady ? 1 : 0, w->taste->powers ? 3 : w->steady ? 5 : 6)) {
    case 0:
        say(w, "never");
        break;
    case 1:
        say(w, "{hung_up_by: {%.10g s: %d%%}}", 40 * w->stretch, pick(w, 5, 40));
        break;
    case 2:
        say(w, "{hung_up_by: {%.10g s: 10%%, %.10g s: 40%%}}", 20 * w->stretch, 90 * w->stretch);
        break;
    case 4:
        say(w, "{first_of: [");
        say_smooth(w, 90);
        say(w, ", ");
        say_smooth(w, 200);
        say(w, "]}");
        break;
    case 6:
        say(w, "{mixture: [{share: 10%%, constant: 0 s}, {share: 70%%, exponential: 2 min}, "
               "{share: 20%%, never: true}]}");
        break;
    default:
        say_times(w, 120);
    }
}

static void say_counts(struct writer *w)
{
    int from = pick(w, 0, 1);
    say(w, "{per: %.10g min, ", w->interval / 60 * w->stretch);
    if (from > 0) {
        say(w, "from: ");
        say_clock(w, from * w->interval);
        say(w, ", ");
    }
    say(w, "counts: [");
    for (int k = from; k < w->intervals; k++)
        say(w, "%s%d", k > from ? ", " : "", k > from && chance(w, 0.25) ? 0 : pick(w, 1, 40));
    say(w, "]}");
}

static void say_exact_times(struct writer *w)
{
    int at = 0, most = (int)(w->interval * w->intervals);
    say(w, "{times: [0 s");
    for (int i = 0; i < 30; i++) {
        at += 15 * pick(w, 0, 12);
        if (at < most)
            say(w, ", %.10g s", at * w->stretch);
    }
    say(w, "]}");
}

static void say_arrivals(struct writer *w)
{
    double per_hour = 8 * pick(w, 1, 15);
    int kind = pick(w, 0, 4);
    say(w, "    arrivals: ");
    if (kind == 1 && !w->steady) {
        say_counts(w);
    } else if (kind == 2) {
        say(w, "{renewal: ");
        say_times(w, 3600 / per_hour);
        say(w, "}");
    } else if (kind == 3 && !w->taste->no_ties && !w->steady) {
        say_exact_times(w);
    } else if (kind == 4) {
        say(w, "{rate: %.10g per h, scale: 1.25}", per_hour / w->stretch);
    } else {
        say(w, "%.10g per h", per_hour / w->stretch);
    }
    say(w, "\n");
}

static void say_handling(struct writer *w)
{
    say(w, "    handling: ");
    if (chance(w, 0.6)) {
        say_times(w, 120);
    } else {
        say(w, "{talk: ");
        say_times(w, 90);
        if (chance(w, 0.5)) {
            say(w, ", hold: ");
            say_times(w, 20);
        }
        if (chance(w, 0.5)) {
            say(w, ", wrap_up: ");
            say_times(w, 30);
        }
        say(w, "}");
    }
    say(w, "\n");
    if (chance(w, 0.3)) {
        say(w, "    ring: ");
        say_times(w, 4);
        say(w, "\n");
    }
}

static void say_targets(struct writer *w)
{
    double s = w->stretch;
    switch (pick(w, 0, 3)) {
    case 0:
        say(w, "    target: 80%% in %.10g s\n", 20 * s);
        break;
    case 1:
        say(w,
            "    target: [80%% in %.10g s, {service_level_net: 90%% in %.10g s}, "
            "{abandon_rate: 5%%}]\n",
            20 * s, 60 * s);
        break;
    case 2:
        say(w, "    target: {asa: %.10g s}\n", 30 * s);
        break;
    default:
        break;
    }
    if (chance(w, 0.3))
        say(w, "    short_abandon: %.10g s\n", 5 * s);
}

static void say_money(struct writer *w)
{
    if (chance(w, 0.3))
        say(w, "    value: {answered: 20, within: %.10g s}\n", 60 * w->stretch);
    if (chance(w, 0.3))
        say(w, "    cost: {abandoned: 12, blocked: 5, waiting: 0.10 per min}\n");
}

static void say_queue(struct writer *w, int q, uint64_t seed)
{
    w->state = seed ^ ((uint64_t)(q + 1) << 40);
    say(w, "  q%d:\n", q);
    if (chance(w, 0.1) && !w->steady)
        say(w, "    channel: email\n");
    say_arrivals(w);
    say_handling(w);
    say(w, "    patience: ");
    say_patience(w);
    say(w, "\n");
    if (chance(w, 0.3))
        say(w, "    balk: %d%%\n", pick(w, 1, 40));
    if (chance(w, 0.3))
        say(w, "    capacity: %d\n", pick(w, 0, 8));
    if (chance(w, 0.5))
        say(w, "    priority: %d\n", pick(w, 1, 9));
    say_targets(w);
    say_money(w);
}

static void say_plan(struct writer *w)
{
    if (w->steady || chance(w, 0.4)) {
        say(w, "    count: %d\n", pick(w, 0, 5));
        return;
    }
    int before = pick(w, 0, 1), after = pick(w, 0, 1), first = -before;
    say(w, "    count: {per: %.10g min, from: ", w->interval / 60 * w->stretch);
    say_clock(w, first * w->interval);
    say(w, ", counts: [");
    for (int k = first; k < w->intervals + after; k++)
        say(w, "%s%d", k > first ? ", " : "", pick(w, 0, 5));
    say(w, "]}\n");
}

static void say_serves(struct writer *w, int g)
{
    bool map = chance(w, 0.5), ranks = chance(w, 0.5), any = false;
    say(w, "    serves: %s", map ? "{" : "[");
    for (int q = 0; q < w->queues; q++) {
        bool own = q % w->groups == g && chance(w, 0.95), also = chance(w, 0.4);
        int rank = pick(w, 1, 3), speed = pick(w, 0, 2);
        if (!own && !also && (any || q + 1 < w->queues))
            continue;
        say(w, "%sq%d", any ? ", " : "", q);
        any = true;
        if (map && ranks)
            say(w, ": {rank: %d, speed: %s}", rank, speed == 0 ? "1" : speed == 1 ? "2" : "0.5");
        else if (map)
            say(w, ": {speed: %s}", speed == 0 ? "1" : speed == 1 ? "2" : "0.5");
    }
    if (w->taste->spare_queue && g == 0)
        say(w, !map ? ", spare" : ranks ? ", spare: {rank: 2, speed: 1}" : ", spare: {speed: 1}");
    say(w, "%s\n", map ? "}" : "]");
}

static void say_group(struct writer *w, int g, uint64_t seed)
{
    w->state = seed ^ ((uint64_t)(g + 101) << 40);
    say(w, "  g%d:\n", g);
    say_plan(w);
    say_serves(w, g);
    if (chance(w, 0.3))
        say(w, "    leave: drop\n");
    if (chance(w, 0.5))
        say(w, "    cost: 24 per h\n");
    if (chance(w, 0.3))
        say(w, "    target: {occupancy: 85%%}\n");
}

static void say_period(struct writer *w)
{
    bool hang_up = chance(w, 0.4);
    w->steady = !w->taste->day && chance(w, 0.2);
    w->interval = 60 * (chance(w, 0.5) ? 15 : 30);
    w->intervals = pick(w, 2, 6);
    if (w->steady) {
        say(w, "time:\n  steady: {warm_up: %.10g s, length: %.10g s}\n", 600 * w->stretch,
            7200 * w->stretch);
        return;
    }
    int minutes = (int)lround(w->interval * w->intervals * w->stretch / 60) + 8 * 60;
    say(w, "time:\n  open: 08:00-%02d:%02d\n  interval: %.10g min\n", minutes / 60, minutes % 60,
        w->interval / 60 * w->stretch);
    if (hang_up)
        say(w, "  at_close: hang_up\n");
}

void scenario_random(struct text *text, uint64_t seed, const struct taste *taste)
{
    struct writer w = {.text = text, .taste = taste, .state = seed};
    w.stretch = taste->stretch > 0 ? taste->stretch : 1;
    w.queues = pick(&w, 1, MOST_QUEUES);
    w.groups = pick(&w, 1, MOST_GROUPS);
    say(&w, "onhold: 1\nname: random %llu\n", (unsigned long long)seed);
    say_period(&w);
    say(&w, "queues:\n");
    for (int i = 0; i < w.queues; i++)
        say_queue(&w, (i + (int)taste->rotate) % w.queues, seed);
    if (taste->spare_queue)
        say(&w, "  spare:\n    handling: {exponential: 3 min}\n    patience: never\n");
    say(&w, "agents:\n");
    for (int g = 0; g < w.groups; g++)
        say_group(&w, g, seed);
}
