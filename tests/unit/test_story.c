/* test_story.c - the story of a day against the same day's trace, told again call by call. */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <onhold/story.h>

#include "../support/scenario_gen.h"

struct told {
    unsigned long call;
    char queue[24], outcome[24];
    double arrived, wait;
};

/* The trace's calls; *n of them. free() it. */
static struct told *trace(const struct trial *t, uint32_t number, size_t *n)
{
    struct text text = {0};
    assert_int_equal(oh_trace_csv(t->model, &(oh_trace_options){1, number, 1, NULL},
                                  text_sink(&text), NULL, NULL),
                     OH_OK);
    struct told *calls = NULL;
    *n = 0;
    for (char *line = strchr(text.at, '\n') + 1; line && *line; line = strchr(line, '\n') + 1) {
        struct told c = {0};
        const char *field = line;
        for (int column = 0; column < 11; column++, field += strcspn(field, ",") + 1) {
            if (column == 1)
                c.call = strtoul(field, NULL, 10);
            if (column == 4)
                snprintf(c.queue, sizeof c.queue, "%.*s", (int)strcspn(field, ","), field);
            if (column == 5)
                c.arrived = strtod(field, NULL);
            if (column == 7)
                c.wait = strtod(field, NULL);
            if (column == 9)
                snprintf(c.outcome, sizeof c.outcome, "%.*s", (int)strcspn(field, ","), field);
        }
        calls = realloc(calls, (*n + 1) * sizeof *calls);
        assert_non_null(calls);
        calls[(*n)++] = c;
    }
    text_free(&text);
    return calls;
}

static char *story(const struct trial *t, uint32_t number)
{
    struct text text = {0};
    oh_story *s;
    assert_int_equal(oh_story_play(&s, t->model, 1, number, NULL), OH_OK);
    oh_story_head(s, text_sink(&text));
    for (size_t i = 0; i < oh_story_events(s); i++)
        assert_int_equal(oh_story_event(s, i, text_sink(&text)), OH_OK);
    oh_story_free(s);
    return text.at;
}

static void each_call_joins_waits_and_leaves_as_in_the_trace(void **state)
{
    (void)state;
    struct trial t = trial_file("tests/golden/scenarios/day.yaml", NULL);
    size_t n, waited = 0;
    struct told *c = trace(&t, 3, &n);
    char *text = story(&t, 3);
    assert_true(n > 200);
    for (size_t i = 0; i < n; i++) {
        char words[200];
        if (c[i].wait <= 0 && strcmp(c[i].outcome, "answered") == 0) {
            snprintf(words, sizeof words, "Call %lu joins %s and is answered at once by agent ",
                     c[i].call, c[i].queue);
            assert_that(strstr(text, words), "not told: %s", words);
            continue;
        }
        /* who is in the line at that instant, himself included */
        int line = 0;
        for (size_t k = 0; k < n; k++)
            line += strcmp(c[k].queue, c[i].queue) == 0 && c[k].arrived <= c[i].arrived &&
                    c[k].arrived + c[k].wait > c[i].arrived;
        snprintf(words, sizeof words, "Call %lu joins %s: %d in line, all ", c[i].call, c[i].queue,
                 line);
        assert_that(strstr(text, words), "not told: %s", words);
        snprintf(words, sizeof words, "Call %lu %s after ", c[i].call,
                 strcmp(c[i].outcome, "answered") == 0 ? "is answered by agent" : "hangs up");
        words[strlen(words) - strlen(strcmp(c[i].outcome, "answered") == 0 ? " after " : "")] = 0;
        assert_that(strstr(text, words), "not told: %s", words);
        waited++;
    }
    assert_true(waited > 20);
    free(text);
    free(c);
    trial_free(&t);
}

static void the_clock_never_goes_back_and_the_picture_adds_up(void **state)
{
    (void)state;
    struct trial t = trial_file("tests/golden/scenarios/day.yaml", NULL);
    char *text = story(&t, 1), last[9] = "";
    size_t lines = 0;
    char *line = strstr(text, "\n\n08:") + 2;
    for (; *line; line = strchr(line, '\n') + 1, lines++) {
        char now[9];
        snprintf(now, sizeof now, "%.8s", line);
        assert_that(strcmp(last, now) <= 0, "%s after %s", now, last);
        memcpy(last, now, sizeof last);
        /* nobody waits in the picture while it shows a free agent: all serve everything here */
        const char *bar = line + 10, *wall = strchr(bar, '|');
        size_t picture = (size_t)(wall - bar);
        bool is_free = memchr(bar, '.', picture) != NULL;
        assert_that(!(is_free && wall[1] == 'o'), "somebody waits beside a free agent: %.60s",
                    line);
    }
    assert_true(lines > 600);
    free(text);
    trial_free(&t);
}

static void other_ends_than_an_answer_have_words_of_their_own(void **state)
{
    (void)state;
    static const struct {
        const char *path, *value, *words;
    } cases[] = {
        {"queues.a.balk", "100%",
         "Call 2 tries a: 0 in line, the only agent busy. The caller hangs "
         "up at once."},
        {"queues.a.capacity", "0", "Call 2 gets a busy tone: a is full."},
        {"queues.a.patience", "{constant: 10 s}", "Call 2 hangs up after 10 s: 0 in line"},
        {"queues.a.patience", "{constant: 10 s}", "Will wait 10 s at most."},
        {"queues.a.patience", "never", "Will wait however long it takes."},
        {"queues.a.self_service", "{time: 7 s, resolves: 100%}",
         "Call 2 comes to a and tries self-service first."},
        {"queues.a.self_service", "{time: 7 s, resolves: 100%}",
         "08:00:07  . ||  Call 2 has helped itself"},
        {"queues.a.self_service", "{time: 7 s, resolves: 0%}",
         "08:00:07  # |o|  Call 2 joins a: 1 in line"},
        {"queues.a.ring", "5 s", "Call 1 joins a: the phone of agent 1 rings."},
        {"queues.a.ring", "5 s", "08:00:05  # |o|  Call 1 is answered by agent 1 after 5 s"},
        {"time.at_close", "hang_up", "The doors close; nobody waits."},
        {"queues.a.callback", "{offer: {wait_over: 0 s}, accept: 100%, answers: 100%}",
         "The caller accepts a call-back and leaves the line."},
        {"agents.d.count", "{per: 30 min, counts: [1, 0]}", "d: 1 agent goes, 0 on duty now."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial t = trial_text(
            "onhold: 1\nname: Three\ntime: {open: 08:00-09:00}\nqueues:\n"
            "  a: {arrivals: {times: [0 s, 0 s]}, handling: {constant: 20 min}, patience: "
            "{constant: 30 min}}\nagents:\n  d: {count: 1, serves: [a]}\n");
        oh_scenario_set(t.scenario, cases[i].path, cases[i].value, t.diags);
        oh_model *model, *before = t.model;
        assert_int_equal(oh_model_compile(&model, t.scenario, t.diags), OH_OK);
        t.model = model;
        char *text = story(&t, 1), *to = text;
        for (const char *from = text; *from; from++) /* the widths of pictures do not matter */
            if (*from != ' ' || from[1] != ' ' || from[2] != ' ')
                *to++ = *from;
        *to = '\0';
        for (char *wall = text; (wall = strstr(wall, "| |"));) /* an empty line */
            memmove(wall, wall + 2, strlen(wall + 2) + 1);
        assert_that(strstr(text, cases[i].words), "%s: %s: not told: %s\n%s", cases[i].path,
                    cases[i].value, cases[i].words, text);
        free(text);
        t.model = before;
        oh_model_free(model);
        trial_free(&t);
    }
}

/* Calls of the warm-up that outlast the run were missing once. */
static void a_steady_trace_tells_every_call_that_came_before_its_end(void **state)
{
    (void)state;
    struct trial t =
        trial_text("onhold: 1\nname: Long calls\ntime: {steady: {warm_up: 10 min, length: 1 min}}\n"
                   "queues:\n  a: {arrivals: 300 per h, handling: {constant: 30 min}, patience: "
                   "{constant: 1 s}}\nagents: {desk: {count: 20, serves: [a]}}\n");
    size_t n, answered = 0;
    struct told *c = trace(&t, 1, &n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(c[i].call, i + 1);
        assert_true(c[i].arrived <= 660);
        answered += strcmp(c[i].outcome, "answered") == 0;
    }
    assert_int_equal(answered, 20); /* all agents are taken by the first calls and keep them */
    assert_true(n > 35);
    free(c);
    trial_free(&t);
}

/* Whatever happens to a call, the story has it. */
static void every_call_of_any_scenario_is_told(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 15; seed++) {
        struct text text = {0};
        scenario_everything(&text, seed);
        struct trial t = trial_text(text.at);
        size_t n, told = 0;
        struct told *c = trace(&t, 1, &n);
        char *whole = story(&t, 1);
        for (size_t i = 0; i < n; i++) {
            char words[32];
            snprintf(words, sizeof words, "  Call %lu ", c[i].call);
            /* 1,234 is written with its comma */
            told += c[i].call >= 1000 || strstr(whole, words) != NULL;
        }
        assert_int_equal(told, n);
        free(whole);
        free(c);
        trial_free(&t);
        text_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_call_joins_waits_and_leaves_as_in_the_trace),
        cmocka_unit_test(the_clock_never_goes_back_and_the_picture_adds_up),
        cmocka_unit_test(other_ends_than_an_answer_have_words_of_their_own),
        cmocka_unit_test(every_call_of_any_scenario_is_told),
        cmocka_unit_test(a_steady_trace_tells_every_call_that_came_before_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
