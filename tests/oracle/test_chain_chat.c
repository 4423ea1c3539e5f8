/* test_chain_chat.c - agents who hold several contacts at once, against Markov chains: how they
 * are loaded, how the pace falls, who is kept free, and fractions of an agent added over queues.
 *
 * Handling is exponential, so the work left when the pace changes is like new work, and the state
 * needs only numbers. Pace is steep, so that loading one agent after the other differs from
 * spreading by far more than the errors.
 */
#include "../support/chain.h"
#include "../support/support.h"

#include <string.h>

#define QUEUE(name, metric, exact)  expect_metric(&trial, OH_QUEUE, name, metric, exact)
#define AGENTS(name, metric, exact) expect_metric(&trial, OH_AGENTS, name, metric, exact)

static struct trial played(struct trial trial)
{
    trial_run(&trial, &(oh_run_options){.replications = 40, .jobs = 2});
    return trial;
}

/* ---- one queue: x[c] agents hold c chats, c = 1 .. 3; x[0] chats wait ---- */

enum { CHATTERS = 3, AT_ONCE = 3 };
enum loading { SPREAD, STACK, DICE };
static const double chat_rate = 150 / 3600.0, chat_handling = 180, chat_patience = 100;
static const double pace[] = {0, 1, 0.8, 0.6};

static int agents_with(const int x[], int chats)
{
    return chats > 0 ? x[chats] : CHATTERS - x[1] - x[2] - x[3];
}

static bool has_room(const int x[])
{
    return x[AT_ONCE] < CHATTERS;
}

/* Somebody with `chats` in hand takes one more. */
static void one_more(struct chain *chain, const int x[], int chats, double rate)
{
    if (chats > 0)
        CHAIN_BY(chain, x, rate, chats, -1, chats + 1, +1);
    else
        CHAIN_BY(chain, x, rate, 1, +1);
}

static void chat_arrives(struct chain *chain, const int x[], enum loading loading)
{
    int room = CHATTERS - x[AT_ONCE];
    if (loading == DICE) {
        for (int c = 0; c < AT_ONCE; c++)
            one_more(chain, x, c, chat_rate * agents_with(x, c) / room);
        return;
    }
    int c = loading == SPREAD ? 0 : AT_ONCE - 1;
    while (agents_with(x, c) == 0)
        c += loading == SPREAD ? 1 : -1;
    one_more(chain, x, c, chat_rate);
}

static void chat_moves(struct chain *chain, const int x[], const void *data)
{
    if (has_room(x))
        chat_arrives(chain, x, *(const enum loading *)data);
    else
        CHAIN_BY(chain, x, chat_rate, 0, +1);
    if (x[0] > 0)
        CHAIN_BY(chain, x, x[0] / chat_patience, 0, -1);
    for (int c = 1; c <= AT_ONCE; c++) {
        double ends = x[c] * c * pace[c] / chat_handling;
        if (x[c] > 0 && x[0] > 0)
            CHAIN_BY(chain, x, ends, 0, -1);
        else if (c == 1)
            CHAIN_BY(chain, x, ends, 1, -1);
        else
            CHAIN_BY(chain, x, ends, c, -1, c - 1, +1);
    }
}

static void expect_loading(const char *choose, enum loading loading)
{
    struct chain *chain = chain_solve(&(struct chain_rules){
        .dim = 4, .moves = chat_moves, .most = (int[]){40, 0, 0, 0}, .data = &loading});
    double delayed = 0, chats = 0, busy = 0, waiting = chain_mean(chain, 0);
    for (size_t i = 0; i < chain_states(chain); i++)
        delayed += has_room(chain_state(chain, i)) ? 0 : chain_share(chain, i);
    for (int c = 1; c <= AT_ONCE; c++) {
        chats += c * chain_mean(chain, (size_t)c);
        busy += chain_mean(chain, (size_t)c);
    }
    double answered = chat_rate - waiting / chat_patience;
    struct trial trial = played(trial_format(
        "onhold: 1\nname: chats\ntime:\n  steady: {warm_up: 5 h, length: 300 h}\nqueues:\n"
        "  chat:\n    channel: chat\n    arrivals: 150 per h\n    handling: {exponential: 3 min}\n"
        "    patience: {exponential: 100 s}\n    choose: %s\n"
        "agents:\n  desk:\n    count: 3\n"
        "    serves: {chat: {at_once: 3, pace: [1, 0.8, 0.6]}}\n",
        choose));
    QUEUE("chat", "delayed", delayed);
    QUEUE("chat", "abandon_rate", waiting / chat_patience / chat_rate);
    QUEUE("chat", "wait", waiting / chat_rate);
    QUEUE("chat", "in_system", waiting + chats);
    QUEUE("chat", "aht", chats / answered);
    AGENTS("desk", "occupancy", busy / CHATTERS);
    AGENTS("desk", "concurrency", chats / busy);
    trial_free(&trial);
    chain_free(chain);
}

static void chats_are_spread_over_the_agents(void **state)
{
    (void)state;
    expect_loading("least_loaded", SPREAD);
    expect_loading("longest_idle", SPREAD); /* nothing in hand first, then the fewest contacts */
}

static void chats_are_stacked_on_one_agent_after_the_other(void **state)
{
    (void)state;
    expect_loading("most_loaded", STACK);
}

static void chats_go_to_any_agent_with_room(void **state)
{
    (void)state;
    expect_loading("random", DICE);
}

/* ---- phone and chat in one group; a phone call fills an agent, a chat half of one ---- */

enum { ONE_CHAT, TWO_CHATS, PHONE, PHONES_WAIT, CHATS_WAIT, BLEND_DIM };
enum { BLENDERS = 4 };
static const struct {
    double calls, talk, call_patience, chats, chat, patience, pace_two;
} blend = {25 / 3600.0, 240, 120, 60 / 3600.0, 200, 150, 0.8};

static int empty_handed(const int x[])
{
    return BLENDERS - x[ONE_CHAT] - x[TWO_CHATS] - x[PHONE];
}

struct blend_rule {
    int keep_free; /* agents with nothing in hand while a chat is taken */
    bool stack;
};

static bool take_chat(int x[], const struct blend_rule *rule)
{
    bool by_empty = empty_handed(x) > rule->keep_free;
    bool by_one = x[ONE_CHAT] > 0 && empty_handed(x) >= rule->keep_free;
    if (by_empty && !(by_one && rule->stack))
        x[ONE_CHAT]++;
    else if (by_one)
        x[ONE_CHAT]--, x[TWO_CHATS]++;
    return by_empty || by_one;
}

/* Calls before chats, whoever has room; a new contact has joined the waiting. */
static void blend_settle(int x[], const void *data)
{
    while (x[PHONES_WAIT] > 0 && empty_handed(x) > 0)
        x[PHONES_WAIT]--, x[PHONE]++;
    while (x[CHATS_WAIT] > 0 && take_chat(x, data))
        x[CHATS_WAIT]--;
}

static void blend_moves(struct chain *chain, const int x[], const void *data)
{
    (void)data;
    CHAIN_BY(chain, x, blend.calls, PHONES_WAIT, +1);
    CHAIN_BY(chain, x, blend.chats, CHATS_WAIT, +1);
    if (x[PHONE] > 0)
        CHAIN_BY(chain, x, x[PHONE] / blend.talk, PHONE, -1);
    if (x[ONE_CHAT] > 0)
        CHAIN_BY(chain, x, x[ONE_CHAT] / blend.chat, ONE_CHAT, -1);
    if (x[TWO_CHATS] > 0)
        CHAIN_BY(chain, x, x[TWO_CHATS] * 2 * blend.pace_two / blend.chat, TWO_CHATS, -1, ONE_CHAT,
                 +1);
    if (x[PHONES_WAIT] > 0)
        CHAIN_BY(chain, x, x[PHONES_WAIT] / blend.call_patience, PHONES_WAIT, -1);
    if (x[CHATS_WAIT] > 0)
        CHAIN_BY(chain, x, x[CHATS_WAIT] / blend.patience, CHATS_WAIT, -1);
}

static void expect_blend(struct blend_rule rule)
{
    struct chain *chain = chain_solve(&(struct chain_rules){.dim = BLEND_DIM,
                                                            .moves = blend_moves,
                                                            .settle = blend_settle,
                                                            .most = (int[]){0, 0, 0, 25, 30},
                                                            .data = &rule});
    double calls_delayed = 0, chats_delayed = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        int x[BLEND_DIM];
        memcpy(x, chain_state(chain, i), sizeof x);
        calls_delayed += empty_handed(x) == 0 ? chain_share(chain, i) : 0;
        chats_delayed += take_chat(x, &rule) ? 0 : chain_share(chain, i);
    }
    double chats = chain_mean(chain, ONE_CHAT) + 2 * chain_mean(chain, TWO_CHATS);
    double calls = chain_mean(chain, PHONE);
    double busy = calls + chain_mean(chain, ONE_CHAT) + chain_mean(chain, TWO_CHATS);
    struct trial trial = played(trial_format(
        "onhold: 1\nname: blend\ntime:\n  steady: {warm_up: 5 h, length: 400 h}\nqueues:\n"
        "  chat:\n    channel: chat\n    arrivals: 60 per h\n    handling: {exponential: 200 s}\n"
        "    patience: {exponential: 150 s}\n    choose: %s\n"
        "  phone:\n    arrivals: 25 per h\n    handling: {exponential: 4 min}\n"
        "    patience: {exponential: 2 min}\n"
        "agents:\n  desk:\n    count: 4\n    serves:\n      phone: {rank: 1}\n"
        "      chat: {rank: 2, at_once: 2, pace: [1, 0.8], keep_free: %d}\n",
        rule.stack ? "most_loaded" : "longest_idle", rule.keep_free));
    QUEUE("phone", "delayed", calls_delayed);
    QUEUE("phone", "abandon_rate",
          chain_mean(chain, PHONES_WAIT) / blend.call_patience / blend.calls);
    QUEUE("phone", "wait", chain_mean(chain, PHONES_WAIT) / blend.calls);
    QUEUE("chat", "delayed", chats_delayed);
    QUEUE("chat", "abandon_rate", chain_mean(chain, CHATS_WAIT) / blend.patience / blend.chats);
    QUEUE("chat", "wait", chain_mean(chain, CHATS_WAIT) / blend.chats);
    QUEUE("chat", "in_system", chain_mean(chain, CHATS_WAIT) + chats);
    AGENTS("desk", "occupancy", busy / BLENDERS);
    AGENTS("desk", "concurrency", (calls + chats) / busy);
    trial_free(&trial);
    chain_free(chain);
}

static void calls_and_chats_share_the_agents(void **state)
{
    (void)state;
    expect_blend((struct blend_rule){0, false});
    expect_blend((struct blend_rule){0, true});
}

/* An agent with one chat may take another only while somebody is empty-handed; counting agents
 * with room instead of empty hands, or forgetting the waiting when a call ends, shows. */
static void chats_leave_an_agent_free_for_calls(void **state)
{
    (void)state;
    expect_blend((struct blend_rule){1, false});
    expect_blend((struct blend_rule){1, true});
    expect_blend((struct blend_rule){2, true});
}

/* ---- halves, thirds and wholes in one hand; who finds no room is lost ---- */

/* Two agents: halves, thirds and wholes of the first, then of the second. 1/2 + 1/3 fits, three
 * thirds fit, 1/2 + 2/3 does not. */
enum { HALVES, THIRDS, WHOLES, KINDS };
static const double kind_rate[KINDS] = {40 / 3600.0, 50 / 3600.0, 10 / 3600.0};
static const double kind_time[KINDS] = {150, 180 / 1.2, 200};
static const double kind_pace[KINDS][4] = {{0, 1, 0.75, 0.75}, {0, 1, 0.9, 0.6}, {0, 1, 1, 1}};
static const int kind_sixths[KINDS] = {3, 2, 6};

static int sixths(const int hand[])
{
    return 3 * hand[HALVES] + 2 * hand[THIRDS] + 6 * hand[WHOLES];
}

/* The agent (0 or 1) who takes such a contact; -1: nobody has room. */
static int hand_for(const int x[], int kind, bool stack)
{
    int full[2] = {sixths(x), sixths(x + KINDS)}, need = kind_sixths[kind];
    bool fits[2] = {full[0] + need <= 6, full[1] + need <= 6};
    if (fits[0] && fits[1])
        return full[0] == full[1] ? 0 : (full[1] < full[0]) != stack;
    return fits[0] ? 0 : fits[1] ? 1 : -1;
}

static void hands_moves(struct chain *chain, const int x[], const void *data)
{
    bool stack = *(const bool *)data;
    for (int kind = 0; kind < KINDS; kind++) {
        int taker = hand_for(x, kind, stack);
        if (taker >= 0)
            CHAIN_BY(chain, x, kind_rate[kind], taker * KINDS + kind, +1);
        for (int a = 0; a < 2; a++) {
            const int *hand = x + a * KINDS;
            int all = hand[HALVES] + hand[THIRDS] + hand[WHOLES];
            if (hand[kind] > 0)
                CHAIN_BY(chain, x, hand[kind] * kind_pace[kind][all] / kind_time[kind],
                         a * KINDS + kind, -1);
        }
    }
}

static void expect_hands(bool stack)
{
    struct chain *chain =
        chain_solve(&(struct chain_rules){.dim = 2 * KINDS, .moves = hands_moves, .data = &stack});
    double blocked[KINDS] = {0}, busy = 0, held = 0;
    for (size_t i = 0; i < chain_states(chain); i++) {
        const int *x = chain_state(chain, i);
        double p = chain_share(chain, i);
        for (int kind = 0; kind < KINDS; kind++)
            blocked[kind] += hand_for(x, kind, stack) < 0 ? p : 0;
        busy += p * ((sixths(x) > 0) + (sixths(x + KINDS) > 0));
        for (int k = 0; k < 2 * KINDS; k++)
            held += p * x[k];
    }
    struct trial trial = played(trial_format(
        "onhold: 1\nname: hands\ntime:\n  steady: {warm_up: 5 h, length: 400 h}\nqueues:\n"
        "  half:\n    channel: chat\n    arrivals: 40 per h\n    handling: {exponential: 150 s}\n"
        "    patience: never\n    capacity: 0\n"
        "  third:\n    channel: chat\n    arrivals: 50 per h\n    handling: {exponential: 3 min}\n"
        "    patience: never\n    capacity: 0\n"
        "  whole:\n    arrivals: 10 per h\n    handling: {exponential: 200 s}\n"
        "    patience: never\n    capacity: 0\n"
        "routing: {choose: %s}\n"
        "agents:\n  desk:\n    count: 2\n    serves:\n      half: {at_once: 2, pace: [1, 0.75]}\n"
        "      third: {at_once: 3, pace: [1, 0.9, 0.6], speed: 1.2}\n      whole: {}\n",
        stack ? "most_loaded" : "least_loaded"));
    QUEUE("half", "block_rate", blocked[HALVES]);
    QUEUE("third", "block_rate", blocked[THIRDS]);
    QUEUE("whole", "block_rate", blocked[WHOLES]);
    AGENTS("desk", "occupancy", busy / 2);
    AGENTS("desk", "concurrency", held / busy);
    trial_free(&trial);
    chain_free(chain);
}

static void fractions_of_an_agent_add_up_exactly(void **state)
{
    (void)state;
    expect_hands(false);
    expect_hands(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chats_are_spread_over_the_agents),
        cmocka_unit_test(chats_are_stacked_on_one_agent_after_the_other),
        cmocka_unit_test(chats_go_to_any_agent_with_room),
        cmocka_unit_test(calls_and_chats_share_the_agents),
        cmocka_unit_test(chats_leave_an_agent_free_for_calls),
        cmocka_unit_test(fractions_of_an_agent_add_up_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
