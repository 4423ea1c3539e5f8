/* test_traces_chat.c - calls written out by hand: agents with several contacts at once, whose pace
 * changes with their number, and agents shared in fractions.
 */
#include "../support/by_hand.h"

#define CHAT(handling, times)                                                                      \
    "queues: {chat: {channel: chat, patience: never, handling: " handling                          \
    ", arrivals: {times: " times "}}}\n"
#define AGENT(serves) "agents: {desk: {count: 1, serves: {chat: {" serves "}}}}\n"

static void two_chats_slow_each_other_down_while_both_last(void **state)
{
    (void)state;
    /* 0-20 s the first alone: 40 s of work left. Then both at half pace: the first ends 80 s
     * later at 100 s, when the second has 20 s left, which it does alone. */
    const char *scenario =
        HOUR CHAT("{constant: 60 s}", "[0 s, 20 s]") AGENT("at_once: 2, pace: [1, 0.5]");
    expect_story(scenario, "chat  0 0 answered desk/1 100 talk 100\n"
                           "chat 20 0 answered desk/1 120 talk 100\n");
    expect_figures(scenario,
                   "chat aht 100\n desk concurrency 1.66666666666666667\n"
                   "desk occupancy 0.033333333333333333\n desk busy 0.033333333333333333\n"
                   "chat delayed 0\n chat in_system 0.055555555555555556\n");
}

static void a_third_chat_waits_for_room(void **state)
{
    (void)state;
    /* From 100 s the second (20 s left) and the third share: the second ends at 140 s; then the
     * third has 40 s left. */
    expect_story(HOUR CHAT("{constant: 60 s}", "[0 s, 20 s, 30 s]")
                     AGENT("at_once: 2, pace: [1, 0.5]"),
                 "chat  0  0 answered desk/1 100\n"
                 "chat 20  0 answered desk/1 140\n"
                 "chat 30 70 answered desk/1 180\n");
}

static void pace_applies_to_wrap_up_too(void **state)
{
    (void)state;
    /* First: 20 s of talk alone, 10 at half pace to 40 s, wrap-up at half pace to 100 s.
     * Second: talk at half pace from 20 to 80 s, 10 s of wrap-up to 100 s, 20 s alone. */
    expect_story(HOUR CHAT("{talk: {constant: 30 s}, wrap_up: {constant: 30 s}}", "[0 s, 20 s]")
                     AGENT("at_once: 2, pace: [1, 0.5]"),
                 "chat  0 0 answered desk/1 40 talk 40 wrap_up 60\n"
                 "chat 20 0 answered desk/1 80 talk 60 wrap_up 40\n");
}

static void hold_is_slowed_in_its_proportion(void **state)
{
    (void)state;
    expect_story(HOUR CHAT("{talk: {constant: 30 s}, hold: {constant: 10 s}}", "[0 s, 0 s]")
                     AGENT("at_once: 2, pace: [1, 0.5]"),
                 "chat 0 0 answered desk/1 80 talk 60 hold 20\n"
                 "chat 0 0 answered desk/1 80 talk 60 hold 20\n");
}

static void a_short_list_of_paces_goes_on_with_its_last(void **state)
{
    (void)state;
    expect_story(HOUR CHAT("{constant: 60 s}", "[0 s, 0 s, 0 s]")
                     AGENT("at_once: 3, pace: [1, 0.5]"),
                 "chat 0 0 answered desk/1 120\n"
                 "chat 0 0 answered desk/1 120\n"
                 "chat 0 0 answered desk/1 120\n");
}

static void a_pace_above_one_is_faster_alone(void **state)
{
    (void)state;
    /* [1.3, 1]: handling was measured with two in hand. */
    expect_story(HOUR CHAT("{constant: 65 s}", "[0 s, 100 s, 100 s]")
                     AGENT("at_once: 2, pace: [1.3, 1]"),
                 "chat   0 0 answered desk/1  50\n"
                 "chat 100 0 answered desk/1 165\n"
                 "chat 100 0 answered desk/1 165\n");
}

static void no_slowing_triples_the_output(void **state)
{
    (void)state;
    expect_story(HOUR CHAT("{constant: 60 s}", "[0 s, 10 s, 20 s, 30 s]")
                     AGENT("at_once: 3, pace: [1, 1, 1]"),
                 "chat  0  0 answered desk/1  60\n"
                 "chat 10  0 answered desk/1  70\n"
                 "chat 20  0 answered desk/1  80\n"
                 "chat 30 30 answered desk/1 120\n");
}

static void ringing_is_not_slowed_but_slows_the_others(void **state)
{
    (void)state;
    /* The first talks from 10 s, alone to 30 s, then at half pace: 40 s left take 80, to 110 s. The
     * second talks from 40 s, does 35 of its 60 s by then and 25 alone. */
    expect_story(HOUR "queues: {chat: {channel: chat, patience: never, ring: 10 s, handling: "
                      "{constant: 60 s}, arrivals: {times: [0 s, 30 s]}}}\n" AGENT(
                          "at_once: 2, pace: [1, 0.5]"),
                 "chat  0 10 answered desk/1 110 ring 10 talk 100\n"
                 "chat 30 10 answered desk/1 135 ring 10 talk 95\n");
}

#define BLENDED(times_a, times_b, times_c)                                                         \
    "queues:\n"                                                                                    \
    "  a: {patience: never, handling: {constant: 60 s}, arrivals: {times: " times_a "}}\n"         \
    "  b: {patience: never, handling: {constant: 60 s}, arrivals: {times: " times_b "}}\n"         \
    "  c: {patience: never, handling: {constant: 60 s}, arrivals: {times: " times_c "}}\n"

static void a_half_and_a_third_leave_no_room_for_another_of_either(void **state)
{
    (void)state;
    expect_story(
        HOUR BLENDED("[0 s]", "[0 s, 10 s]",
                     "[3000 s]") "agents: {desk: {count: 1, serves: {a: {at_once: 2, pace: [1]},\n"
                                 "  b: {at_once: 3, pace: [1]}, c: {}}}}\n",
        "a    0  0 answered desk/1 60\n"
        "b    0  0 answered desk/1 60\n"
        "b   10 50 answered desk/1 120\n"
        "c 3000  0 answered desk/1 3060\n");
}

static void a_half_a_third_and_a_sixth_fill_an_agent_exactly(void **state)
{
    (void)state;
    expect_story(
        HOUR BLENDED(
            "[0 s]", "[1 s]",
            "[2 s, 3 s]") "agents: {desk: {count: 1, serves: {a: {at_once: 2, pace: [1]},\n"
                          "  b: {at_once: 3, pace: [1]}, c: {at_once: 6, pace: [1]}}}}\n",
        "a 0  0 answered desk/1  60\n"
        "b 1  0 answered desk/1  61\n"
        "c 2  0 answered desk/1  62\n"
        "c 3 57 answered desk/1 120\n");
}

static void a_phone_call_needs_the_whole_agent(void **state)
{
    (void)state;
    /* a: a phone call, b: chats. The later chat finds room, the call must wait for both. */
    const char *scenario = HOUR BLENDED("[10 s]", "[0 s, 30 s]",
                                        "[3000 s]") "agents: {desk: {count: 1, serves: {a: {}, b: "
                                                    "{at_once: 2, pace: [1]}, c: {}}}}\n";
    expect_story(scenario, "b    0  0 answered desk/1 60\n"
                           "a   10 80 answered desk/1 150\n"
                           "b   30  0 answered desk/1 90\n"
                           "c 3000  0 answered desk/1 3060\n");
}

static void each_contact_has_its_own_pace_by_all_that_the_agent_holds(void **state)
{
    (void)state;
    /* a slows to half with two in hand, b to a quarter. Both from 0: a ends at 120 s, when b has 30
     * of its 60 s left, which it does alone. */
    expect_story(
        HOUR BLENDED(
            "[0 s]", "[0 s]",
            "[3000 s]") "agents: {desk: {count: 1, serves: {a: {at_once: 2, pace: [1, 0.5]},\n"
                        "  b: {at_once: 2, pace: [1, 0.25]}, c: {}}}}\n",
        "a    0 0 answered desk/1  120\n"
        "b    0 0 answered desk/1  150\n"
        "c 3000 0 answered desk/1 3060\n");
}

static void speed_divides_all_of_the_handling(void **state)
{
    (void)state;
    expect_story(HOUR CHAT("{talk: {constant: 30 s}, hold: {constant: 10 s}, wrap_up: {constant: 4 "
                           "s}}",
                           "[0 s]") AGENT("speed: 2"),
                 "chat 0 0 answered desk/1 20 talk 15 hold 5 wrap_up 2\n");
    expect_story(HOUR CHAT("{constant: 60 s}", "[0 s, 0 s]")
                     AGENT("at_once: 2, pace: [1, 0.5], speed: 2"),
                 "chat 0 0 answered desk/1 60\n"
                 "chat 0 0 answered desk/1 60\n");
}

static void an_agent_with_two_chats_goes_when_the_last_one_ends(void **state)
{
    (void)state;
    const char *scenario =
        HOUR CHAT("{constant: 60 s}", "[3570 s, 3580 s]") AGENT("at_once: 2, pace: [1, 1]");
    expect_story(scenario, "chat 3570 0 answered desk/1 3630\n"
                           "chat 3580 0 answered desk/1 3640\n");
    expect_figures(scenario, "desk overtime 40");
    /* The same with a shift that ends: a chat that comes meanwhile is not his. */
    expect_story(
        HOUR CHAT(
            "{constant: 60 s}",
            "[1770 s, 1780 s, 1831 s]") "agents: {desk: {shifts: [{count: 1, hours: 08:00-08:30}], "
                                        "serves: {chat: {at_once: 2, pace: [1, 1]}}}}\n",
        "chat 1770    0 answered desk/1 1830\n"
        "chat 1780    0 answered desk/1 1840\n"
        "chat 1831 1769 cut_off  -      3600\n");
}

static void a_break_begins_after_the_last_chat_in_hand(void **state)
{
    (void)state;
    const char *scenario = HOUR CHAT(
        "{constant: 60 s}",
        "[570 s, 580 s, 635 s]") "agents: {desk: {shifts: [{count: 1, hours: 08:00-09:00, breaks: "
                                 "[{at: 08:10, for: 5 "
                                 "min}]}], serves: {chat: {at_once: 2, pace: [1, 1]}}}}\n";
    expect_story(scenario, "chat 570   0 answered desk/1 630\n"
                           "chat 580   0 answered desk/1 640\n"
                           "chat 635 265 answered desk/1 960\n");
    expect_figures(scenario, "desk staffed 0.92777777777777778"); /* off duty 640-900 s */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_chats_slow_each_other_down_while_both_last),
        cmocka_unit_test(a_third_chat_waits_for_room),
        cmocka_unit_test(pace_applies_to_wrap_up_too),
        cmocka_unit_test(hold_is_slowed_in_its_proportion),
        cmocka_unit_test(a_short_list_of_paces_goes_on_with_its_last),
        cmocka_unit_test(a_pace_above_one_is_faster_alone),
        cmocka_unit_test(no_slowing_triples_the_output),
        cmocka_unit_test(ringing_is_not_slowed_but_slows_the_others),
        cmocka_unit_test(a_half_and_a_third_leave_no_room_for_another_of_either),
        cmocka_unit_test(a_half_a_third_and_a_sixth_fill_an_agent_exactly),
        cmocka_unit_test(a_phone_call_needs_the_whole_agent),
        cmocka_unit_test(each_contact_has_its_own_pace_by_all_that_the_agent_holds),
        cmocka_unit_test(speed_divides_all_of_the_handling),
        cmocka_unit_test(an_agent_with_two_chats_goes_when_the_last_one_ends),
        cmocka_unit_test(a_break_begins_after_the_last_chat_in_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
