/* scenario_all.c - writes random scenarios that use all features of the format at once.
 *
 * The one idea: each feature is there with a probability of its own, so that every pair of them
 * meets in some scenario; values are chosen so that ties, shortages and empty desks are common.
 */
#include "scenario_writer.h"

#include <math.h>

enum { MOST_QUEUES = 4, MOST_GROUPS = 3, MOST_DAYS = 3 };

struct day {
    const char *name;
    int opens, closes; /* half hours since midnight */
};

struct plot {
    struct writer w;
    int days; /* 0: one opening, or steady */
    struct day day[MOST_DAYS];
    int length; /* half hours of the one opening, which begins at 08:00 */
    bool mixed; /* one demand split over all queues */
    bool carry_over;
    bool serves[MOST_GROUPS][MOST_QUEUES];
};

static const char *one_of(struct writer *w, const char *const *words, int n)
{
    return words[writer_pick(w, 0, n - 1)];
}

#define ONE_OF(w, ...)                                                                             \
    one_of((w), (const char *const[]){__VA_ARGS__},                                                \
           (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))

static void half_hour(struct writer *w, int k)
{
    writer_say(w, "\"%02d:%02d\"", k / 2, k % 2 * 30);
}

static void half_hours(struct writer *w, int from, int to)
{
    writer_say(w, "%02d:%02d-%02d:%02d", from / 2, from % 2 * 30, to / 2, to % 2 * 30);
}

/* ---- when ---- */

static void say_week(struct plot *p)
{
    static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    struct writer *w = &p->w;
    bool joined = writer_chance(w, 0.3);
    int weekday = writer_pick(w, 0, 2);
    p->days = joined ? 2 : writer_pick(w, 1, MOST_DAYS);
    writer_say(w, "  days: {");
    for (int d = 0; d < p->days; d++) {
        struct day *day = &p->day[d];
        day->name = names[weekday];
        /* Joined: from 23:00 through midnight, where the centre does not close. */
        day->opens = !joined ? writer_pick(w, 14, 18) : d == 0 ? 46 : 0;
        day->closes = joined && d == 0 ? 48 : day->opens + writer_pick(w, 1, 4);
        writer_say(w, "%s%s: ", d ? ", " : "", day->name);
        half_hours(w, day->opens, day->closes);
        weekday += joined ? 1 : writer_pick(w, 1, 2);
    }
    writer_say(w, "}\n");
}

static void say_when(struct plot *p)
{
    struct writer *w = &p->w;
    double kind = random_uniform(&w->state);
    writer_say(w, "time:\n");
    if (kind < 0.2) {
        w->steady = true;
        if (writer_chance(w, 0.5))
            writer_say(w, "  steady: {warm_up: 10 min, length: 1 h}\n");
        else
            writer_say(w, "  steady: {warm_up: 5 min, batches: 3, batch: 20 min}\n");
        return;
    }
    const char *closing = ONE_OF(w, "finish", "hang_up", "carry_over");
    p->carry_over = closing[0] == 'c';
    if (kind < 0.6) {
        p->length = writer_pick(w, 2, 5);
        writer_say(w, "  open: ");
        half_hours(w, 16, 16 + p->length);
        writer_say(w, "\n");
    } else {
        say_week(p);
    }
    writer_say(w, "  interval: %d min\n  at_close: %s\n", writer_chance(w, 0.5) ? 15 : 30, closing);
}

/* ---- demand ---- */

static void say_counts(struct writer *w, int from, int to, int most)
{
    writer_say(w, "{per: 30 min, counts: [%d", writer_pick(w, 1, most));
    for (int k = from + 1; k < to; k++)
        writer_say(w, ", %d", writer_chance(w, 0.1) ? 0 : writer_pick(w, 0, most));
    writer_say(w, "]");
}

static void say_rate_extras(struct plot *p, bool counts)
{
    struct writer *w = &p->w;
    if (!w->steady && counts && writer_chance(w, 0.3))
        writer_say(w, ", smooth: true");
    if (!w->taste->powers && writer_chance(w, 0.4))
        writer_say(w, ", noise: %d%%", writer_pick(w, 5, 60));
    if (writer_chance(w, 0.2))
        writer_say(w, ", batch: {mean: %d}", writer_pick(w, 1, 4));
    if (p->length > 0 && writer_chance(w, 0.2))
        writer_say(w, ", surge: [{at: \"08:10\", for: 15 min, factor: %d}]", writer_pick(w, 0, 4));
    if (writer_chance(w, 0.2))
        writer_say(w, ", scale: 1.%d", writer_pick(w, 1, 9));
    writer_say(w, "}");
}

static void say_demand(struct plot *p)
{
    struct writer *w = &p->w;
    int kind = w->steady ? 0 : writer_pick(w, 0, 3);
    if (kind == 1 && p->length > 0) {
        say_counts(w, 0, p->length, 30);
        say_rate_extras(p, true);
    } else if (kind == 1) {
        writer_say(w, "{");
        for (int d = 0; d < p->days; d++) {
            writer_say(w, "%s%s: ", d ? ", " : "", p->day[d].name);
            say_counts(w, p->day[d].opens, p->day[d].closes, 30);
            writer_say(w, "}");
        }
        writer_say(w, "}");
    } else if (kind == 2) {
        writer_say(w, "{renewal: ");
        writer_times(w, 150);
        writer_say(w, "}");
    } else if (kind == 3) {
        int at = 0;
        writer_say(w, "{times: [0 s");
        for (int i = 0; i < 25 && at < 1700; i++) {
            at += 15 * writer_pick(w, 0, 8);
            writer_say(w, ", %d s", at < 1800 ? at : 1800);
        }
        writer_say(w, "]}");
    } else {
        writer_say(w, "{rate: %d per h", 8 * writer_pick(w, 1, 9));
        say_rate_extras(p, false);
    }
}

/* ---- queues ---- */

static void say_handling(struct plot *p, double mean)
{
    struct writer *w = &p->w;
    if (p->length > 0 && writer_chance(w, 0.15)) {
        writer_say(w, "{exponential: {per: 30 min, counts: [");
        for (int k = 0; k < p->length; k++)
            writer_say(w, "%s%d", k ? ", " : "", writer_pick(w, 30, 200));
        writer_say(w, "], unit: s}}");
    } else if (writer_chance(w, 0.5)) {
        writer_times(w, mean);
    } else {
        writer_say(w, "{talk: ");
        writer_times(w, mean);
        if (writer_chance(w, 0.4)) {
            writer_say(w, ", hold: ");
            writer_times(w, 20);
        }
        if (writer_chance(w, 0.7)) {
            writer_say(w, ", wrap_up: ");
            writer_times(w, 30);
        }
        writer_say(w, "}");
    }
}

static void say_delay(struct writer *w, double mean)
{
    writer_say(w, "delay: ");
    writer_times(w, mean);
}

static void say_coming_back(struct plot *p)
{
    struct writer *w = &p->w;
    if (writer_chance(w, 0.3)) {
        writer_say(w, "    redial: {after_abandon: %d%%, after_block: %d%%, ",
                   writer_pick(w, 10, 90), writer_pick(w, 10, 90));
        say_delay(w, 240);
        if (writer_chance(w, 0.5))
            writer_say(w, ", again: %d%%", writer_pick(w, 0, 60));
        if (writer_chance(w, 0.5))
            writer_say(w, ", at_most: %d", writer_pick(w, 1, 3));
        if (writer_chance(w, 0.4))
            writer_say(w, ", to: q%d", writer_pick(w, 0, w->queues - 1));
        writer_say(w, "}\n");
    }
    if (writer_chance(w, 0.25)) {
        writer_say(w, "    unresolved: {share: %d%%, ", writer_pick(w, 5, 50));
        say_delay(w, 600);
        if (writer_chance(w, 0.4))
            writer_say(w, ", to: q%d", writer_pick(w, 0, w->queues - 1));
        writer_say(w, "}\n");
    }
}

static void say_transfers(struct plot *p)
{
    struct writer *w = &p->w;
    int n = writer_pick(w, 1, 2);
    writer_say(w, "    transfer: [");
    for (int i = 0; i < n; i++) {
        writer_say(w, "%s{to: q%d, share: %d%%", i ? ", " : "", writer_pick(w, 0, w->queues - 1),
                   writer_pick(w, 5, 40));
        if (writer_chance(w, 0.4)) {
            writer_say(w, ", warm: ");
            writer_times(w, 20);
        }
        if (writer_chance(w, 0.3)) {
            writer_say(w, ", handling: ");
            say_handling(p, 60);
        }
        writer_say(w, "}");
    }
    writer_say(w, "]\n");
}

static void say_callback(struct plot *p)
{
    struct writer *w = &p->w;
    writer_say(w, "    callback: {offer: ");
    if (writer_chance(w, 0.5))
        writer_say(w, "{wait_over: %d s}", 30 * writer_pick(w, 0, 3));
    else
        writer_say(w, "{waiting_over: %d}", writer_pick(w, 0, 3));
    writer_say(w, ", accept: %d%%, place: %s, answers: %d%%", writer_pick(w, 20, 100),
               ONE_OF(w, "keep", "last"), writer_pick(w, 0, 100));
    if (writer_chance(w, 0.6)) {
        writer_say(w, ", attempts: %d, retry: ", writer_pick(w, 2, 3));
        writer_times(w, 120);
    }
    if (writer_chance(w, 0.4))
        writer_say(w, ", dial_when_free: %d", writer_pick(w, 1, 3));
    writer_say(w, "}\n");
}

static void say_waiting(struct plot *p)
{
    struct writer *w = &p->w;
    if (writer_chance(w, 0.25))
        writer_say(w, "    balk: %d%%\n", writer_pick(w, 1, 50));
    if (writer_chance(w, 0.25))
        writer_say(w, "    capacity: %d\n", writer_pick(w, 0, 6));
    if (writer_chance(w, 0.3)) {
        writer_say(w, "    self_service: {time: ");
        writer_times(w, 60);
        writer_say(w, ", resolves: %d%%}\n", writer_pick(w, 0, 60));
    }
    if (writer_chance(w, 0.3)) {
        writer_say(w, "    announce: {at: %d s", 30 * writer_pick(w, 0, 2));
        if (writer_chance(w, 0.6))
            writer_say(w, ", every: %d s", 15 * writer_pick(w, 1, 4));
        writer_say(w, ", patience: 0.%d}\n", writer_pick(w, 3, 9));
    }
    if (writer_chance(w, 0.3)) {
        writer_say(w, "    silent: {share: %d%%, wastes: ", writer_pick(w, 10, 100));
        writer_times(w, 30);
        writer_say(w, "}\n");
    }
    if (writer_chance(w, 0.3))
        say_callback(p);
}

static void say_prefers(struct plot *p, int q)
{
    struct writer *w = &p->w;
    bool first = true;
    writer_say(w, "    prefers: [");
    for (int i = 0, g = writer_pick(w, 0, w->groups - 1); i < w->groups;
         i++, g = (g + 1) % w->groups) {
        if (!p->serves[g][q] || (!first && writer_chance(w, 0.2)))
            continue;
        if (!first && writer_chance(w, 0.7))
            writer_say(w, ", {group: g%d, after: %d s}", g, 15 * writer_pick(w, 1, 6));
        else
            writer_say(w, "%sg%d", first ? "" : ", ", g);
        first = false;
    }
    writer_say(w, "]\n");
}

static bool served(const struct plot *p, int q)
{
    bool any = false;
    for (int g = 0; g < p->w.groups; g++)
        any = any || p->serves[g][q];
    return any;
}

static void say_routing(struct plot *p, int q)
{
    struct writer *w = &p->w;
    if (writer_chance(w, 0.6))
        writer_say(w, "    priority: %d\n", writer_pick(w, 1, 5));
    /* A steady run follows everybody to the end: nobody may be passed over for ever. */
    if (!w->steady && writer_chance(w, 0.25))
        writer_say(w, "    preempt: true\n");
    if (writer_chance(w, 0.5))
        writer_say(w, "    choose: %s\n",
                   ONE_OF(w, "longest_idle", "least_busy", "least_loaded", "most_loaded", "random",
                          "fixed"));
    if (writer_chance(w, 0.3))
        writer_say(w, "    weight: %d\n    ratio: 0.%d\n", writer_pick(w, 1, 5),
                   writer_pick(w, 1, 9));
    if (served(p, q) && writer_chance(w, 0.4))
        say_prefers(p, q);
}

static void say_queue(struct plot *p, int q)
{
    struct writer *w = &p->w;
    bool deferrable = !w->steady && writer_chance(w, 0.15);
    writer_say(w, "  q%d:\n", q);
    if (deferrable)
        writer_say(w, "    channel: %s\n", ONE_OF(w, "email", "sms", "messaging", "social"));
    else
        writer_say(w, "    channel: %s\n", ONE_OF(w, "phone", "chat", "in_person"));
    if (!p->mixed) {
        writer_say(w, "    arrivals: ");
        say_demand(p);
        writer_say(w, "\n");
        if (!w->taste->powers && writer_chance(w, 0.4))
            writer_say(w, "    busyness: {cv: %d%%}\n", writer_pick(w, 5, 50));
    }
    if (writer_chance(w, 0.2))
        writer_say(w, "    backlog: %d\n", writer_pick(w, 1, 8));
    writer_say(w, "    handling: ");
    say_handling(p, 90);
    writer_say(w, "\n");
    if (writer_chance(w, 0.4)) {
        writer_say(w, "    ring: ");
        writer_times(w, 5);
        writer_say(w, "\n");
    }
    if (!deferrable && !w->steady && writer_chance(w, 0.2)) {
        writer_say(w, "    patience: never\n");
    } else if (!deferrable || writer_chance(w, 0.3)) {
        writer_say(w, "    patience: ");
        writer_times(w, 90);
        writer_say(w, "\n");
    }
    if (writer_chance(w, 0.2))
        writer_say(w, "    slower_when_late: %d%%\n", writer_pick(w, 1, 5));
    say_waiting(p);
    say_coming_back(p);
    if (writer_chance(w, 0.3))
        say_transfers(p);
    say_routing(p, q);
    if (writer_chance(w, 0.5))
        writer_say(w, "    target: 80%% in %d s\n", 10 * writer_pick(w, 0, 6));
}

/* ---- agents ---- */

static void say_shift(struct plot *p, const char *day, int opens, int closes)
{
    struct writer *w = &p->w;
    int before = opens > 0 ? writer_pick(w, 0, 1) : 0;
    int from = opens - before, to = writer_pick(w, opens + 1, closes + (closes < 48));
    writer_say(w, "{count: %d, hours: ", writer_pick(w, 0, 3));
    half_hours(w, from, to);
    if (day)
        writer_say(w, ", days: %s", day);
    if (writer_chance(w, 0.7)) {
        int at = writer_pick(w, from, to - 1);
        writer_say(w, ", breaks: [{at: ");
        half_hour(w, at);
        writer_say(w, ", for: %d min}]", writer_pick(w, 1, 30));
    }
    writer_say(w, "}");
}

static void say_shifts(struct plot *p)
{
    struct writer *w = &p->w;
    int lines = writer_pick(w, 1, 3);
    writer_say(w, "    shifts: [");
    for (int i = 0; i < lines; i++) {
        const struct day *day = &p->day[p->days ? writer_pick(w, 0, p->days - 1) : 0];
        writer_say(w, "%s", i ? ", " : "");
        if (p->days)
            say_shift(p, day->name, day->opens, day->closes);
        else
            say_shift(p, NULL, 16, 16 + p->length);
    }
    writer_say(w, "]\n");
}

static void say_count(struct plot *p)
{
    struct writer *w = &p->w;
    writer_say(w, "    count: ");
    if (w->steady || writer_chance(w, 0.3)) {
        writer_say(w, "%d", writer_pick(w, w->steady ? 1 : 0, 4));
    } else if (p->length > 0) {
        int before = writer_pick(w, 0, 1), after = writer_pick(w, 0, 1);
        writer_say(w, "{per: 30 min, from: ");
        half_hour(w, 16 - before);
        writer_say(w, ", counts: [");
        for (int k = -before; k < p->length + after; k++)
            writer_say(w, "%s%d", k > -before ? ", " : "", writer_pick(w, 0, 4));
        writer_say(w, "]}");
    } else {
        writer_say(w, "{");
        for (int d = 0; d < p->days; d++) {
            writer_say(w, "%s%s: ", d ? ", " : "", p->day[d].name);
            say_counts(w, p->day[d].opens, p->day[d].closes, 4);
            writer_say(w, "}");
        }
        writer_say(w, "}");
    }
    writer_say(w, "\n");
}

static void say_skill(struct plot *p, bool ranks)
{
    struct writer *w = &p->w;
    int at_once = writer_chance(w, 0.5) ? 1 : writer_pick(w, 2, 4);
    writer_say(w, "{speed: %s", ONE_OF(w, "1", "1", "2", "0.5"));
    if (at_once > 1) {
        writer_say(w, ", at_once: %d, pace: [1", at_once);
        for (int i = 1, n = writer_pick(w, 1, at_once); i < n; i++)
            writer_say(w, ", 0.%d", writer_pick(w, 3, 9));
        writer_say(w, "]");
    }
    if (ranks)
        writer_say(w, ", rank: %d", writer_pick(w, 1, 2));
    if (!w->steady && writer_chance(w, 0.2))
        writer_say(w, ", keep_free: %d", writer_pick(w, 1, 2));
    writer_say(w, "}");
}

static void say_serves(struct plot *p, int g)
{
    struct writer *w = &p->w;
    bool map = writer_chance(w, 0.7), ranks = map && writer_chance(w, 0.3), any = false;
    writer_say(w, "    serves: %s", map ? "{" : "[");
    for (int q = 0; q < w->queues; q++) {
        if (!p->serves[g][q])
            continue;
        writer_say(w, "%sq%d", any ? ", " : "", q);
        if (map) {
            writer_say(w, ": ");
            say_skill(p, ranks);
        }
        any = true;
    }
    writer_say(w, "%s\n", map ? "}" : "]");
    if (!ranks && writer_chance(w, 0.7))
        writer_say(w, "    pick: %s\n",
                   ONE_OF(w, "first_come", "rank", "longest_wait", "longest_queue", "weighted_wait",
                          "queue_ratio"));
}

static void say_group(struct plot *p, int g)
{
    struct writer *w = &p->w;
    writer_say(w, "  g%d:\n", g);
    if (!w->steady && writer_chance(w, 0.5))
        say_shifts(p);
    else
        say_count(p);
    say_serves(p, g);
    if (writer_chance(w, 0.3))
        writer_say(w, "    leave: drop\n");
    if (writer_chance(w, 0.2))
        writer_say(w, "    shrinkage: %d%%\n", writer_pick(w, 5, 40));
    if (!w->steady && writer_chance(w, 0.2))
        writer_say(w, "    absence: %d%%\n", writer_pick(w, 5, 60));
    if (!w->steady && writer_chance(w, 0.3)) {
        writer_say(w, "    late: ");
        writer_times(w, 120);
        writer_say(w, "\n");
    }
    if (writer_chance(w, 0.3)) {
        writer_say(w, "    not_ready: {share: %d%%, for: ", writer_pick(w, 10, 100));
        writer_times(w, 30);
        writer_say(w, "}\n");
    }
    if (writer_chance(w, 0.3))
        writer_say(w, "    cost: 24 per h\n");
}

/* Each group serves something, and in a steady run each queue is served. */
static void who_serves_what(struct plot *p)
{
    struct writer *w = &p->w;
    for (int g = 0; g < w->groups; g++) {
        for (int q = 0; q < w->queues; q++)
            p->serves[g][q] = writer_chance(w, 0.6);
        p->serves[g][writer_pick(w, 0, w->queues - 1)] = true;
    }
    for (int q = 0; w->steady && q < w->queues; q++)
        p->serves[q % w->groups][q] = true;
}

static void say_mix(struct plot *p)
{
    struct writer *w = &p->w;
    int left = 100;
    writer_say(w, "demand:\n  arrivals: ");
    say_demand(p);
    writer_say(w, "\n  mix: {");
    for (int q = 0; q < w->queues; q++) {
        int share = q + 1 < w->queues ? writer_pick(w, 1, left - (w->queues - q)) : left;
        writer_say(w, "%sq%d: %d%%", q ? ", " : "", q, share);
        left -= share;
    }
    writer_say(w, "}\n");
}

void scenario_everything(struct text *text, uint64_t seed)
{
    /* Tables of gamma distributions take long to make: most scenarios do without. */
    static const struct taste quick = {.powers = true}, all = {0};
    struct plot p = {.w = {.text = text,
                           .taste = seed % 16 ? &quick : &all,
                           .state = seed * 0x9E3779B9U,
                           .stretch = 1}};
    struct writer *w = &p.w;
    w->queues = writer_pick(w, 1, MOST_QUEUES);
    w->groups = writer_pick(w, 1, MOST_GROUPS);
    p.mixed = writer_chance(w, 0.2);
    writer_say(w, "onhold: 1\nname: everything %llu\n", (unsigned long long)seed);
    say_when(&p);
    who_serves_what(&p);
    if (writer_chance(w, 0.3))
        writer_say(w, "lines: %d\n", writer_pick(w, 1, 12));
    if (!w->taste->powers && writer_chance(w, 0.4))
        writer_say(w, "busyness: {cv: %d%%}\n", writer_pick(w, 5, 40));
    if (writer_chance(w, 0.2))
        writer_say(w, "routing: {pick: %s, choose: %s}\n",
                   ONE_OF(w, "longest_wait", "longest_queue"), ONE_OF(w, "random", "least_busy"));
    if (p.mixed)
        say_mix(&p);
    writer_say(w, "queues:\n");
    for (int q = 0; q < w->queues; q++)
        say_queue(&p, q);
    writer_say(w, "agents:\n");
    for (int g = 0; g < w->groups; g++)
        say_group(&p, g);
}
