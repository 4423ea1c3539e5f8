/* test_fit_pauses_alone.c - agents who take their time where nobody waits: a simulator of one line,
 * which the program itself has not, makes the log.
 */
#include "../support/support.h"
#include "../support/trip.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/math/draw.h"

enum { AGENTS = 6, CALLS = 700, DAYS = 12, LINE = 64 };

struct desk {
    double ready[AGENTS], busy[AGENTS]; /* until when away or busy; busy: with a call */
    double wait[LINE];                  /* when those who wait came */
    size_t line;
    struct draw_key key;
    uint32_t draws;
};

static double draw(struct desk *d, double mean)
{
    return -mean * log(draw_one(&d->key, DRAW_TALK, 0, d->draws++));
}

static void put(char **at, double arrived, double taken, double handling, size_t agent)
{
    *at += sprintf(*at, "%.3f,%.3f,answered,%.3f,agent%zu\n", arrived, taken - arrived, handling,
                   agent);
}

/* He takes a call; the pause after it is longer where nobody waits at its end. */
static void take(struct desk *d, size_t agent, double now, double came, double offset, char **at)
{
    double handling = draw(d, 180);
    put(at, offset + came, offset + now, handling, agent);
    d->busy[agent] = now + handling;
    d->ready[agent] = INFINITY;
}

static void day(struct desk *d, double alone, double beside, double offset, char **at)
{
    double next = 0;
    int calls = 0;
    *d = (struct desk){.key = d->key, .draws = d->draws};
    while (calls < CALLS || d->line > 0) {
        size_t who = AGENTS, kind = 0; /* 1: a call ends, 2: somebody is ready */
        double now = calls < CALLS ? next : INFINITY;
        for (size_t a = 0; a < AGENTS; a++) {
            if (d->busy[a] > 0 && d->busy[a] < now) {
                now = d->busy[a];
                who = a;
                kind = 1;
            }
            if (d->line > 0 && d->busy[a] == 0 && d->ready[a] < now) {
                now = d->ready[a];
                who = a;
                kind = 2;
            }
        }
        if (kind == 1) {
            d->busy[who] = 0;
            d->ready[who] = now + draw(d, d->line > 0 ? beside : alone);
        } else if (kind == 2) {
            take(d, who, now, d->wait[0], offset, at);
            memmove(d->wait, d->wait + 1, --d->line * sizeof *d->wait);
        } else {
            for (size_t a = 0; a < AGENTS; a++)
                if (d->busy[a] == 0 && d->ready[a] <= now &&
                    (who == AGENTS || d->ready[a] < d->ready[who]))
                    who = a;
            if (who < AGENTS)
                take(d, who, now, now, offset, at);
            else if (d->line < LINE)
                d->wait[d->line++] = now;
            calls++;
            next += draw(d, 48);
        }
    }
}

static struct trip log_of(double alone, double beside)
{
    char *text = malloc((size_t)CALLS * DAYS * 80 + 100), *at = text;
    struct desk desk = {.key = {.seed = 7}};
    assert_non_null(text);
    at += sprintf(at, "arrived,wait,outcome,handling,agent\n");
    for (int i = 0; i < DAYS; i++)
        day(&desk, alone, beside, 86400.0 * i, &at);
    struct trip trip = trip_of_text(text);
    free(text);
    return trip;
}

static void longer_pauses_where_nobody_waits_are_seen(void **state)
{
    (void)state;
    struct trip trip = log_of(90, 20);
    const struct fit_ready *r = &trip.fit->agents.group[0].ready;
    struct text yaml = {0};
    assert_true(r->write && r->longer_alone);
    assert_close(r->beside, 20, 0.1);
    /* rather too short, since not every call shows who is away */
    assert_true(r->alone > 50 && r->alone < 95);
    assert_int_equal(oh_fit_scenario(trip.fit, "x", text_sink(&yaml)), OH_OK);
    assert_non_null(strstr(yaml.at, "nobody waited agents took longer"));
    text_free(&yaml);
    trip_free(&trip);
}

static void pauses_that_are_the_same_are_not_called_longer(void **state)
{
    (void)state;
    static const double means[] = {20, 60};
    for (size_t i = 0; i < 2; i++) {
        struct trip trip = log_of(means[i], means[i]);
        const struct fit_ready *r = &trip.fit->agents.group[0].ready;
        assert_true(r->write && !r->longer_alone);
        assert_close(r->beside, means[i], 0.1);
        assert_true(r->alone < 1.1 * means[i]);
        trip_free(&trip);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(longer_pauses_where_nobody_waits_are_seen),
        cmocka_unit_test(pauses_that_are_the_same_are_not_called_longer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
