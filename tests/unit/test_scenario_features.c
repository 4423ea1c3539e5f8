/* test_scenario_features.c - what callers do, how agents work and who takes what: each key arrives
 * in the spec in its unit, has its default, and is refused where it makes no sense.
 */
#include "../support/bound.h"

#include <math.h>
#include <stdio.h>

#define TWO(x, y)                                                                                  \
    "queues: {a: {handling: {exponential: 4 min}, patience: never, " x "}, b: {handling: "         \
    "{exponential: 4 min}, patience: never, " y "}}\n"

/* ---- demand ---- */

static void arrivals_may_be_less_regular_than_their_rate(void **state)
{
    (void)state;
    struct bound b = good_text(DAY QUEUE(
        "arrivals: {per: 6 h, counts: [1, 2], smooth: true, noise: 10%, batch: {mean: 2.5}, "
        "surge: [{at: 11:00, for: 45 min, factor: 3}, {at: 08:00, for: 1 h, factor: "
        "50%}]}, backlog: 40, busyness: {cv: 5%}") "busyness: {cv: 8%}\nlines: 15\n" AGENTS);
    const struct spec_arrivals *a = b.spec->queue[0].arrivals;
    assert_true(a->smooth);
    assert_same(a->noise, 0.1);
    assert_same(a->batch_mean, 2.5);
    assert_int_equal(a->surges, 2);
    assert_same(a->surge[0].at, 10800.0);
    assert_same(a->surge[0].length, 2700.0);
    assert_same(a->surge[0].factor, 3.0);
    assert_true(a->surge[0].on[0]);
    assert_same(a->surge[1].factor, 0.5);
    assert_same(b.spec->queue[0].backlog, 40.0);
    assert_same(b.spec->queue[0].busyness, 0.05);
    assert_same(b.spec->busyness, 0.08);
    assert_same(b.spec->lines, 15.0);
    bound_free(&b);
    b = good_text(DAY QUEUE("arrivals: 5 per h") AGENTS);
    a = b.spec->queue[0].arrivals;
    assert_false(a->smooth);
    assert_same(a->noise + a->batch_mean + (double)a->surges, 0.0);
    assert_same(b.spec->busyness + b.spec->lines, 0.0);
    bound_free(&b);
    /* At the same time of day, on days that open at different times. */
    b = good_text(WEEK QUEUE("arrivals: {rate: 5 per h, surge: [{at: 11:00, for: 1 h, factor: 2}]}")
                      AGENTS);
    a = b.spec->queue[0].arrivals;
    assert_int_equal(a->surges, 2);
    assert_same(a->surge[0].at, 10800.0);
    assert_true(a->surge[0].on[0] && !a->surge[0].on[5]);
    assert_same(a->surge[1].at, 7200.0);
    assert_true(!a->surge[1].on[0] && a->surge[1].on[5]);
    bound_free(&b);
}

#define RATE(x) QUEUE("arrivals: {rate: 5 per h, " x "}") AGENTS

static void senseless_irregularities_are_found(void **state)
{
    (void)state;
    expect_one(DAY RATE("surge: [{at: 21:00, for: 1 h, factor: 2}]"), "E215", 4, "21:00",
               "outside the opening");
    expect_one(STEADY RATE("surge: [{at: 11:00, for: 1 h, factor: 2}]"), "E216", 4, "surge",
               "steady");
    expect_one(DAY RATE("surge: [{at: 11:00, for: 1 h}]"), "E202", 4, "{at", "'factor'");
    expect_one(DAY RATE("surge: {at: 11:00}"), "E205", 4, "{at", "list");
    expect_one(DAY RATE("batch: {mean: 0.5}"), "E204", 4, "0.5", "at least 1");
    expect_one(DAY RATE("noise: 0.1%"), "E204", 4, "0.1%", "1%");
    expect_one(DAY RATE("smooth: maybe"), "E207", 4, "maybe", "maybe");
    expect_one(DAY QUEUE("busyness: {}") AGENTS, "E202", 4, "busyness", "'cv'");
    expect_one(DAY QUEUE("arrivals: {renewal: 60 s, noise: 5%}") AGENTS, "E219", 4, "noise",
               "does not go with 'renewal'");
}

static void one_demand_is_split_over_queues(void **state)
{
    (void)state;
    struct bound b = good_text(DAY TWO("", "") "demand: {arrivals: {per: 6 h, counts: [100, 200], "
                                               "scale: 2}, mix: {b: 70%, a: 0.3}}\n" AGENTS);
    assert_int_equal(b.spec->demand->kind, ARRIVALS_COUNTS);
    assert_same(b.spec->demand->counts.value[1], 400.0);
    assert_same(b.spec->queue[0].mix_share, 0.3);
    assert_same(b.spec->queue[1].mix_share, 0.7);
    bound_free(&b);
}

#define DEMAND(x) "demand: {arrivals: 5 per h, mix: " x "}\n" AGENTS

static void a_mix_must_be_whole_and_of_known_queues(void **state)
{
    (void)state;
    expect_one(DAY TWO("", "") DEMAND("{a: 50%, b: 45%}"), "E204", 5, "{a: 50", "95%, not to 100%");
    expect_one(DAY TWO("arrivals: 1 per h", "") DEMAND("{a: 50%, b: 50%}"), "E219", 5, "a: 50%",
               "arrivals of its own");
    expect_one(DAY TWO("", "") DEMAND("{a: 50%, bb: 50%}"), "E207", 5, "bb", "no queue 'bb'");
    expect_one(DAY TWO("", "") "demand: {arrivals: 5 per h}\n" AGENTS, "E202", 5, "demand",
               "'mix'");
    expect_one(DAY TWO("", "") "demand: {mix: {a: 100%}}\n" AGENTS, "E202", 5, "demand",
               "'arrivals'");
    expect_one(
        DAY TWO("", "") "demand: {arrivals: {rate: 5 per h, skale: 2}, mix: {a: 100%}}\n" AGENTS,
        "E201", 5, "skale", "unknown");
}

/* ---- callers ---- */

static void callers_come_back(void **state)
{
    (void)state;
    struct bound b = good_text(DAY TWO(
        "redial: {after_abandon: 40%, after_block: 70%, again: 30%, delay: 5 min, to: b, at_most: "
        "5}, unresolved: {share: 26%, delay: {exponential: 2 h}, to: b}",
        "redial: {after_block: 10%, delay: {exponential: 1 min}}, unresolved: {share: 1%, delay: 1 "
        "h}") AGENTS);
    const struct spec_queue *q = b.spec->queue;
    assert_true(q[0].redial.given && q[0].unresolved.given);
    assert_same(q[0].redial.after_abandon, 0.4);
    assert_same(q[0].redial.after_block, 0.7);
    assert_same(q[0].redial.again, 0.3);
    assert_same(dist_mean(q[0].redial.delay), 300.0);
    assert_same(dist_variance(q[0].redial.delay), 0.0);
    assert_int_equal(q[0].redial.to, 1);
    assert_same(q[0].redial.at_most, 5.0);
    assert_same(q[0].unresolved.share, 0.26);
    assert_same(dist_mean(q[0].unresolved.delay), 7200.0);
    assert_int_equal(q[0].unresolved.to, 1);
    assert_same(q[1].redial.after_abandon, 0.0);
    assert_true(isnan(q[1].redial.again));
    assert_true(isinf(q[1].redial.at_most));
    assert_int_equal(q[1].redial.to, 1);
    assert_int_equal(q[1].unresolved.to, 1);
    bound_free(&b);
    expect_one(DAY QUEUE("redial: {delay: 5 min}") AGENTS, "E208", 4, "redial", "who calls again");
    expect_one(DAY QUEUE("redial: {after_block: 5%}") AGENTS, "E202", 4, "redial", "'delay'");
    expect_one(DAY QUEUE("redial: {after_block: 5%, delay: 1 min, to: c}") AGENTS, "E207", 4, "c}",
               "no queue 'c'");
}

static void calls_are_passed_on(void **state)
{
    (void)state;
    struct bound b = good_text(
        DAY TWO("transfer: [{to: b, share: 10%, warm: 30 s}, {to: a, share: 20%, handling: {talk: "
                "{constant: 1 min}, wrap_up: {constant: 10 s}}}]",
                "transfer: {to: a, share: 5%, handling: {constant: 2 min}}") AGENTS);
    const struct spec_queue *q = b.spec->queue;
    assert_int_equal(q[0].transfers, 2);
    assert_int_equal(q[0].transfer[0].to, 1);
    assert_same(q[0].transfer[0].share, 0.1);
    assert_same(dist_mean(q[0].transfer[0].warm), 30.0);
    assert_false(q[0].transfer[0].has_handling);
    assert_int_equal(q[0].transfer[1].to, 0);
    assert_true(q[0].transfer[1].has_handling);
    assert_same(dist_mean(q[0].transfer[1].handling.talk), 60.0);
    assert_null(q[0].transfer[1].handling.hold);
    assert_same(dist_mean(q[0].transfer[1].handling.wrap_up), 10.0);
    assert_null(q[0].transfer[1].warm);
    assert_int_equal(q[1].transfers, 1);
    assert_same(dist_mean(q[1].transfer[0].handling.talk), 120.0);
    bound_free(&b);
    expect_one(DAY TWO("transfer: {to: c, share: 10%}", "") AGENTS, "E207", 4, "c,",
               "no queue 'c'");
    expect_one(DAY TWO("transfer: [{to: b, share: 60%}, {to: a, share: 41%}]", "") AGENTS, "E204",
               4, "[{to", "101%");
    expect_one(DAY TWO("transfer: {to: b, share: 100%}", "transfer: {to: a, share: 100%}") AGENTS,
               "E219", 4, "{to: b", "for ever");
    expect_one(DAY TWO("transfer: {to: b}", "") AGENTS, "E202", 4, "transfer", "'share'");
    expect_one(DAY TWO("transfer: []", "") AGENTS, "E218", 4, "[]", "1 to");
    expect_one(DAY TWO("transfer: {to: b, share: 5%, handling: 3 min}", "") AGENTS, "E211", 4,
               "3 min", "the same for everyone");
}

static void callers_meet_a_machine_first_and_announcements_later(void **state)
{
    (void)state;
    struct bound b = good_text(DAY TWO(
        "self_service: {time: {exponential: 90 s}, resolves: 63%}, announce: {at: 0 s, every: "
        "60 s, patience: 1.2}, silent: {share: 60%, wastes: 45 s}, slower_when_late: 5%",
        "self_service: {time: 30 s}, announce: {every: 2 min, patience: 50%}, silent: "
        "{share: 5%}") AGENTS);
    const struct spec_queue *q = b.spec->queue;
    assert_same(dist_mean(q[0].self_service), 90.0);
    assert_same(q[0].self_service_resolves, 0.63);
    assert_true(q[0].has_announce);
    assert_same(q[0].announce_at, 0.0);
    assert_same(q[0].announce_every, 60.0);
    assert_same(q[0].announce_factor, 1.2);
    assert_same(q[0].silent_share, 0.6);
    assert_same(dist_mean(q[0].silent_wastes), 45.0);
    assert_same(q[0].slower_when_late, 0.05);
    assert_same(q[1].self_service_resolves, 0.0);
    assert_same(q[1].announce_at, 120.0);
    assert_same(q[1].announce_every, 120.0);
    assert_same(q[1].announce_factor, 0.5);
    assert_null(q[1].silent_wastes);
    bound_free(&b);
    b = good_text(DAY QUEUE("announce: {at: 30 s, patience: 2}") AGENTS);
    assert_same(b.spec->queue[0].announce_at, 30.0);
    assert_true(isinf(b.spec->queue[0].announce_every));
    bound_free(&b);
    expect_one(DAY QUEUE("announce: {patience: 2}") AGENTS, "E208", 4, "announce", "when");
    expect_one(DAY QUEUE("announce: {at: 5 s}") AGENTS, "E202", 4, "announce", "'patience'");
    expect_one(DAY QUEUE("announce: {every: 0 s, patience: 2}") AGENTS, "E204", 4, "0 s", "above");
    expect_one(DAY QUEUE("self_service: {resolves: 5%}") AGENTS, "E202", 4, "self_service",
               "'time'");
    expect_one(DAY QUEUE("silent: {wastes: 5 s}") AGENTS, "E202", 4, "silent", "'share'");
}

static void callers_are_called_back(void **state)
{
    (void)state;
    struct bound b = good_text(DAY TWO(
        "callback: {offer: {wait_over: 2 min}, accept: 40%, place: last, answers: 90%, retry: 15 "
        "min, attempts: 3, dial_when_free: 2}",
        "callback: {offer: {waiting_over: 10}}") AGENTS);
    const struct spec_callback *c = &b.spec->queue[0].callback, *d = &b.spec->queue[1].callback;
    assert_true(c->given && c->by_wait && !c->keep);
    assert_same(c->over, 120.0);
    assert_same(c->accept, 0.4);
    assert_same(c->answers, 0.9);
    assert_same(dist_mean(c->retry), 900.0);
    assert_same(c->attempts, 3.0);
    assert_same(c->dial_when_free, 2.0);
    assert_true(d->given && !d->by_wait && d->keep);
    assert_same(d->over, 10.0);
    assert_same(d->accept, 1.0);
    assert_same(d->answers, 1.0);
    assert_null(d->retry);
    assert_same(d->attempts, 1.0);
    assert_same(d->dial_when_free, 1.0);
    bound_free(&b);
    expect_one(DAY QUEUE("callback: {accept: 40%}") AGENTS, "E202", 4, "callback", "'offer'");
    expect_one(DAY QUEUE("callback: {offer: {}}") AGENTS, "E208", 4, "offer", "to whom");
    expect_one(DAY QUEUE("callback: {offer: {wait_over: 1 min, waiting_over: 3}}") AGENTS, "E208",
               4, "waiting_over", "exclude");
    expect_one(DAY QUEUE("callback: {offer: {wait_over: 0 s}, attempts: 3}") AGENTS, "E202", 4,
               "attempts", "'retry' is missing");
    expect_one(DAY QUEUE("callback: {offer: {wait_over: 0 s}, place: first}") AGENTS, "E207", 4,
               "first", "no 'first'");
    expect_warning(DAY QUEUE("callback: {offer: {wait_over: 0 s}, retry: 3 min}") AGENTS, "W202", 4,
                   "retry", "no effect");
}

/* ---- who takes what ---- */

static void queues_say_who_may_take_their_contacts(void **state)
{
    (void)state;
    struct bound b = good_text(DAY TWO(
        "prefers: [y, {group: x, after: 60 s}], preempt: true, weight: 2.5, ratio: 3, choose: "
        "fixed, priority: 1",
        "") "agents: {x: {count: 1, serves: [a, b]}, y: {count: 1, serves: [a]}}\n");
    const struct spec_queue *q = b.spec->queue;
    assert_int_equal(q[0].prefers, 2);
    assert_int_equal(q[0].prefer[0].group, 1);
    assert_same(q[0].prefer[0].after, 0.0);
    assert_int_equal(q[0].prefer[1].group, 0);
    assert_same(q[0].prefer[1].after, 60.0);
    assert_true(q[0].preempt);
    assert_same(q[0].weight, 2.5);
    assert_same(q[0].ratio, 3.0);
    assert_int_equal(q[0].choose, CHOOSE_FIXED);
    assert_int_equal(q[1].prefers, 0);
    assert_false(q[1].preempt);
    assert_same(q[1].weight, 1.0);
    assert_same(q[1].ratio, 1.0);
    assert_int_equal(q[1].choose, CHOOSE_LONGEST_IDLE);
    bound_free(&b);
}

#define STAFF "agents: {x: {count: 1, serves: [b]}, y: {count: 1, serves: [a]}}\n"

static void preferences_must_lead_to_somebody(void **state)
{
    (void)state;
    expect_one(DAY TWO("prefers: [x]", "") STAFF, "E219", 4, "x]", "nobody of those");
    expect_one(DAY TWO("prefers: [z]", "") STAFF, "E207", 4, "z]", "no group of agents 'z'");
    expect_one(DAY TWO("prefers: [y, {group: y, after: 1 s}]", "") STAFF, "E214", 4, "y, after",
               "named twice");
    expect_one(DAY TWO("prefers: [{after: 1 s}]", "") STAFF, "E202", 4, "{after", "'group'");
    expect_warning(DAY TWO("prefers: [y, x]", "") STAFF, "W202", 4, "x]", "does not serve 'a'");
    expect_warning(DAY TWO("prefers: [y]", "") "agents: {x: {count: 1, serves: [b, a]}, y: {count: "
                                               "1, serves: [a]}}\n",
                   "W202", 5, "a]", "not among the groups");
}

static void every_rule_of_pick_and_choose_is_known(void **state)
{
    static const char *const picks[] = {"first_come",    "rank",          "longest_wait",
                                        "longest_queue", "weighted_wait", "queue_ratio"};
    static const char *const chooses[] = {"longest_idle", "least_busy", "least_loaded",
                                          "most_loaded",  "random",     "fixed"};
    (void)state;
    for (int i = 0; i < 6; i++) {
        char text[800];
        snprintf(text, sizeof text,
                 DAY "routing: {pick: %s, choose: %s}\n" TWO(
                     "", "choose: %s") "agents: {x: {count: 1, serves: [a]}, y: {count: 1, serves: "
                                       "[a], pick: %s}}\n",
                 picks[i], chooses[i], chooses[5 - i], picks[5 - i]);
        struct bound b = good_text(text);
        assert_int_equal(b.spec->group[0].pick, i);
        assert_int_equal(b.spec->group[1].pick, 5 - i);
        assert_int_equal(b.spec->queue[0].choose, i);
        assert_int_equal(b.spec->queue[1].choose, 5 - i);
        assert_int_equal(b.spec->group[0].pick_by_rank, i == PICK_RANK);
        bound_free(&b);
    }
    struct bound b = good_text(DAY "routing: {pick: queue_ratio}\n" TWO(
        "", "") "agents: {x: {count: 1, serves: {a: {rank: 1}, b: {rank: 2}}}}\n");
    assert_int_equal(b.spec->group[0].pick, PICK_RANK);
    bound_free(&b);
    expect_one(
        DAY TWO("", "") "agents: {x: {count: 1, pick: longest_wait, serves: {a: {rank: 1}}}}\n",
        "E219", 5, "longest_wait", "ranks are given");
}

/* ---- agents ---- */

static void agents_may_hold_several_contacts(void **state)
{
    (void)state;
    struct bound b = good_text(
        DAY TWO("", "") "agents: {x: {count: 1, serves: {a: {at_once: 3, pace: [1, 85%, 0.8], "
                        "keep_free: 1, speed: 1.1}, b: }}}\n");
    const struct spec_serves *s = b.spec->group[0].serves;
    assert_int_equal(s[0].at_once, 3);
    assert_int_equal(s[0].paces, 3);
    assert_same(s[0].pace[1], 0.85);
    assert_same(s[0].pace[2], 0.8);
    assert_same(s[0].keep_free, 1.0);
    assert_same(s[0].speed, 1.1);
    assert_int_equal(s[1].at_once, 1);
    assert_int_equal(s[1].paces, 0);
    assert_same(s[1].keep_free, 0.0);
    bound_free(&b);
}

#define SERVES(x) "agents: {x: {count: 1, serves: {a: {" x "}}}}\n"

static void several_contacts_need_their_pace(void **state)
{
    (void)state;
    expect_one(DAY QUEUE("") SERVES("at_once: 2"), "E202", 5, "at_once", "'pace' is missing");
    expect_one(DAY QUEUE("") SERVES("at_once: 2, pace: [1, 0.9, 0.8]"), "E219", 5, "[1",
               "3 paces, but at most 2 contacts");
    expect_one(DAY QUEUE("") SERVES("at_once: 2, pace: [1, 0]"), "E204", 5, "0]", "a pace");
    expect_one(DAY QUEUE("") SERVES("at_once: 0"), "E204", 5, "0}", "at least 1");
    expect_one(DAY QUEUE("") SERVES("at_once: 2, pace: []"), "E218", 5, "[]", "0 paces");
    expect_one(DAY QUEUE("") SERVES("at_once: 2, pace: 1"), "E205", 5, "1}", "list");
    struct bound b = good_text(DAY QUEUE("") SERVES("at_once: 3, pace: [1]"));
    bound_free(&b);
    expect_one(DAY "queues: {a: {handling: {exponential: 1 s}, patience: never}, b: {handling: "
                   "{exponential: 1 s}, patience: never}, c: {handling: {exponential: 1 s}, "
                   "patience: never}, d: {handling: {exponential: 1 s}, patience: never}}\nagents: "
                   "{x: {count: 1, serves: {a: {at_once: 997, pace: [1]}, b: {at_once: 991, pace: "
                   "[1]}, c: {at_once: 983, pace: [1]}, d: {at_once: 977, pace: [1]}}}}\n",
               "E218", 5, "d: {at", "common multiple");
}

static void agents_are_away_late_and_not_ready(void **state)
{
    (void)state;
    struct bound b = good_text(
        DAY QUEUE("") "agents: {x: {count: 1, serves: [a], shrinkage: 12%, absence: 5%, late: "
                      "{exponential: 3 min}, not_ready: {share: 10%, for: 2 min}, leave: drop}, y: "
                      "{count: 1, serves: [a]}}\n");
    const struct spec_group *g = b.spec->group;
    assert_same(g[0].shrinkage, 0.12);
    assert_same(g[0].absence, 0.05);
    assert_same(dist_mean(g[0].late), 180.0);
    assert_same(g[0].not_ready_share, 0.1);
    assert_same(dist_mean(g[0].not_ready), 120.0);
    assert_int_equal(g[0].leave, LEAVE_DROP);
    assert_same(g[1].shrinkage + g[1].absence + g[1].not_ready_share, 0.0);
    assert_null(g[1].late);
    assert_null(g[1].not_ready);
    bound_free(&b);
    expect_one(DAY QUEUE("") "agents: {x: {count: 1, serves: [a], not_ready: {share: 5%}}}\n",
               "E202", 5, "not_ready", "'for'");
    expect_one(DAY QUEUE("") "agents: {x: {count: 1, serves: [a], late: never}}\n", "E205", 5,
               "never", "patience");
}

static void all_errors_are_told_beside_a_key_given_twice(void **state)
{
    (void)state;
    struct bound b = bind_text(DAY "queues: {a: {handling: &h {exponential: 4 min}, patience: *p, "
                                   "balk: 3, balk: 5%}, b: }\nagents: {x: {count: 1, serves: [c], "
                                   "serves: [a]}}\n");
    static const char *const codes[] = {"E106", "E106", "E108", "E108", "E205", "E203", "E207"};
    if (oh_diags_errors(b.diags) != 7)
        show_findings(b.diags);
    assert_int_equal(b.status, OH_INVALID);
    assert_null(b.scenario);
    assert_int_equal(oh_diags_errors(b.diags), 7);
    for (size_t i = 0; i < 7; i++)
        assert_string_equal(oh_diags_at(b.diags, i)->code, codes[i]);
    bound_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrivals_may_be_less_regular_than_their_rate),
        cmocka_unit_test(senseless_irregularities_are_found),
        cmocka_unit_test(one_demand_is_split_over_queues),
        cmocka_unit_test(a_mix_must_be_whole_and_of_known_queues),
        cmocka_unit_test(callers_come_back),
        cmocka_unit_test(calls_are_passed_on),
        cmocka_unit_test(callers_meet_a_machine_first_and_announcements_later),
        cmocka_unit_test(callers_are_called_back),
        cmocka_unit_test(queues_say_who_may_take_their_contacts),
        cmocka_unit_test(preferences_must_lead_to_somebody),
        cmocka_unit_test(every_rule_of_pick_and_choose_is_known),
        cmocka_unit_test(agents_may_hold_several_contacts),
        cmocka_unit_test(several_contacts_need_their_pace),
        cmocka_unit_test(agents_are_away_late_and_not_ready),
        cmocka_unit_test(all_errors_are_told_beside_a_key_given_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
