/* The event list against a list that is searched from end to end. */
#include "../../sim/engine/evq.h"

#include <string.h>

#include "../../sim/engine/pool_times.h"
#include "../support/support.h"

enum { EVENTS = 400 };

/* What is pending, in no order. */
struct pending {
    bool in[EVENTS];
    double time[EVENTS];
    uint64_t key[EVENTS];
};

static uint32_t earliest(const struct pending *p)
{
    uint32_t best = EVQ_NONE;
    for (uint32_t i = 0; i < EVENTS; i++)
        if (p->in[i] && (best == EVQ_NONE || p->time[i] < p->time[best] ||
                         (p->time[i] == p->time[best] && p->key[i] < p->key[best])))
            best = i;
    return best;
}

static uint64_t state;

static uint32_t below(uint32_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % n);
}

/* How far ahead an event is: near, far, on a coarse grid (ties), or now. */
static double ahead(uint32_t kind, double scale)
{
    double u = (below(1u << 30) + 0.5) / (1u << 30);
    switch (kind) {
    case 0:
        return -log(u) * scale;
    case 1:
        return floor(-log(u) * 4) * scale / 4;
    case 2:
        return -log(u) * scale * 1000;
    default:
        return 0;
    }
}

/* `steps` pushes, pops and cancellations, and after each the same next event. */
static void play(struct evq *q, double origin, double scale, uint32_t most, uint32_t steps,
                 const uint32_t kinds[8])
{
    static struct pending p;
    double now = origin;
    uint64_t sequence = 0;
    memset(&p, 0, sizeof p);
    evq_reset(q, origin);
    for (uint32_t i = 0; i < EVENTS; i++)
        evq_blank(q, i);
    for (uint32_t k = 0; k < steps; k++) {
        uint32_t id = below(most), next = earliest(&p);
        if (!p.in[id]) {
            p.in[id] = true;
            p.time[id] = now + ahead(kinds[below(8)], scale);
            p.key[id] = evq_key(below(3), sequence++);
            evq_push(q, id, p.time[id], p.key[id]);
        } else if (below(3) == 0) {
            p.in[id] = false;
            evq_cancel(q, id);
        } else {
            now = p.time[next];
            p.in[next] = false;
            if (below(2) == 0) {
                evq_pop(q);
            } else {
                evq_now(q, now);
                evq_cancel(q, next);
            }
        }
        next = earliest(&p);
        assert_int_equal(q->next, next);
        assert_true(next == EVQ_NONE ? isinf(q->min) : q->min == p.time[next]);
        assert_int_equal(evq_has(q, id), p.in[id]);
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < EVENTS; i++)
        count += p.in[i];
    assert_int_equal(evq_count(q), count);
}

static void the_next_event_is_the_earliest_by_time_and_key(void **unused)
{
    (void)unused;
    static const uint32_t mixed[8] = {0, 0, 0, 0, 1, 1, 2, 3}, ties[8] = {1, 1, 1, 1, 1, 3, 3, 3},
                          wide[8] = {0, 0, 0, 0, 2, 2, 2, 2}, even[8] = {0};
    const uint32_t *const kinds[] = {mixed, ties, wide, even};
    static const double scales[] = {1e-7, 1, 300, 1e6};
    struct evq q;
    assert_true(evq_init(&q, EVENTS, 1));
    state = 1;
    for (int k = 0; k < 4; k++)
        for (int s = 0; s < 4; s++) {
            play(&q, s % 2 ? -3600 : 0, scales[s], EVENTS, 6000, kinds[k]);
            play(&q, 0, scales[s], 5, 1500, kinds[k]);
        }
    evq_free(&q);
}

static void a_pace_that_changes_is_followed(void **unused)
{
    (void)unused;
    struct evq q;
    assert_true(evq_init(&q, EVENTS, 1e-3));
    evq_reset(&q, 0);
    for (uint32_t i = 0; i < EVENTS; i++) {
        evq_blank(&q, i);
        evq_push(&q, i, i * 100.0, evq_key(0, i));
    }
    for (uint32_t k = 0; k < 20000; k++) {
        uint32_t next = q.next;
        double now = q.min;
        assert_int_equal(next, k % EVENTS);
        evq_pop(&q);
        evq_push(&q, next, now + EVENTS * 100.0, evq_key(0, k));
    }
    /* four slots an event, as evq.c says */
    assert_in_range((uint64_t)(q.per_slot * 1e6), 20000, 80000);
    evq_free(&q);
}

/* ---- the times of the pool's agents ---- */

static void the_earliest_free_time_comes_first(void **unused)
{
    (void)unused;
    enum { AGENTS = 60 };
    static const uint32_t kinds[8] = {0, 0, 0, 1, 1, 1, 2, 3};
    struct pool_times t;
    int soon = 0;
    assert_true(pool_times_init(&t, AGENTS, AGENTS / 2, 1));
    state = 2;
    for (int round = 0; round < 40; round++) {
        double time[AGENTS], now = 0;
        uint32_t n = 0;
        pool_times_reset(&t, 0);
        for (int k = 0; k < 2000; k++) {
            uint32_t first = 0;
            if (n < AGENTS && below(AGENTS) >= n) {
                time[n] = now + ahead(kinds[below(8)], round % 2 ? 1 : 0.1);
                pool_times_push(&t, time[n++]);
                continue;
            }
            for (uint32_t i = 1; i < n; i++)
                first = time[i] < time[first] ? i : first;
            now = time[first];
            assert_true(t.min == now);
            double other = now + ahead(kinds[below(8)], round % 2 ? 1 : 0.1);
            pool_times_look_ahead(&t);
            if (round % 4 < 2 && other < t.near && t.min < t.far_min) {
                if (pool_times_replace_soon(&t, other))
                    soon++;
                else
                    pool_times_replace(&t, other);
                time[first] = other;
            } else {
                assert_true(pool_times_pop(&t) == now);
                time[first] = time[--n];
            }
        }
    }
    assert_true(soon > 1000);
    pool_times_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_event_is_the_earliest_by_time_and_key),
        cmocka_unit_test(a_pace_that_changes_is_followed),
        cmocka_unit_test(the_earliest_free_time_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
