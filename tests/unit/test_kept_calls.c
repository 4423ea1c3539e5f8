/* test_kept_calls.c - the calls that a log keeps one by one: which ones, in which order, and what
 * follows from them when there is room for a part of the log only. */
#include "../support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/data/contacts.h"
#include "../../sim/data/kept_calls.h"
#include "../../sim/data/radix.h"

static uint64_t state = 88172645463325252u;

static uint32_t below(uint32_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 33) % n);
}

/* ---- logs ---- */

enum { DAYS = 28, CALLS = 100, ROWS = DAYS * CALLS, ROW = 100 };

/* Four weeks from Monday, 2 March 2026; a hundred calls a day, taken in turn by four agents, who
 * have five minutes for each. Every customer calls twice a day. */
static void make_rows(char row[ROWS][ROW])
{
    for (size_t i = 0; i < ROWS; i++) {
        size_t day = i / CALLS, call = i % CALLS, second = 8 * 3600 + 90 * call;
        snprintf(row[i], ROW, "2026-03-%02zuT%02zu:%02zu:%02zu,%zu,answered,300,A%zu,C%zu\n",
                 day + 2, second / 3600, second / 60 % 60, second % 60, call % 7, call % 4,
                 call % 50);
    }
}

static void shuffle(char row[ROWS][ROW])
{
    for (size_t i = ROWS; i-- > 1;) {
        char moved[ROW];
        size_t k = below((uint32_t)i + 1);
        memcpy(moved, row[i], ROW);
        memcpy(row[i], row[k], ROW);
        memcpy(row[k], moved, ROW);
    }
}

struct read {
    oh_log *log;
    oh_diags *diags;
    oh_status status;
};

static struct read read_rows(char row[ROWS][ROW], size_t most_kept)
{
    static const char head[] = "arrived,wait,outcome,handling,agent,customer\n";
    struct read r = {.diags = oh_diags_new()};
    assert_int_equal(oh_log_new(&r.log, NULL, r.diags), OH_OK);
    r.log->most_kept = most_kept;
    assert_int_equal(oh_log_begin(r.log, "log.csv", r.diags), OH_OK);
    assert_int_equal(oh_log_take(r.log, head, strlen(head)), OH_OK);
    for (size_t i = 0; i < ROWS; i++)
        assert_int_equal(oh_log_take(r.log, row[i], strlen(row[i])), OH_OK);
    assert_int_equal(oh_log_end(r.log), OH_OK);
    r.status = oh_log_judge(r.log, r.diags);
    return r;
}

static void done(struct read *r)
{
    oh_log_free(r->log);
    oh_diags_free(r->diags);
}

static oh_fit *fit_of(const struct read *r)
{
    oh_fit *fit = NULL;
    assert_int_equal(oh_fit_make(&fit, r->log, NULL, r->diags), OH_OK);
    return fit;
}

/* ---- tests ---- */

static void a_radix_sort_keeps_equal_keys_in_their_order(void **unused)
{
    (void)unused;
    enum { MOST = 3000 };
    static struct keyed record[MOST], spare[MOST];
    static const unsigned shifts[] = {0, 7, 40, 61};
    for (size_t n = 0; n < MOST; n = 3 * n / 2 + 1) {
        for (size_t k = 0; k < 4; k++) {
            uint64_t sum = 0;
            for (size_t i = 0; i < n; i++) {
                record[i] = (struct keyed){(uint64_t)below(200) << shifts[k], (uint32_t)i};
                sum += record[i].key;
            }
            radix_sort(record, n, spare);
            for (size_t i = 0; i < n; i++) {
                sum -= record[i].key;
                assert_true(
                    i == 0 || record[i - 1].key < record[i].key ||
                    (record[i - 1].key == record[i].key && record[i - 1].at < record[i].at));
            }
            assert_int_equal(sum, 0);
        }
    }
}

static void calls_stand_in_order_of_time_whatever_the_rows_order(void **unused)
{
    (void)unused;
    static char row[ROWS][ROW];
    make_rows(row);
    struct read straight = read_rows(row, OH_LOG_KEPT);
    shuffle(row);
    struct read mixed = read_rows(row, OH_LOG_KEPT);
    assert_int_equal(mixed.status, OH_OK);
    assert_int_equal(mixed.log->calls, ROWS);
    for (size_t i = 0; i < ROWS; i++) {
        const struct log_call *a = &straight.log->call[i], *b = &mixed.log->call[i];
        assert_true(a->day == b->day && a->arrived == b->arrived && a->wait == b->wait);
        assert_true(a->customer == b->customer);
    }
    done(&straight);
    done(&mixed);
}

static void where_there_is_no_room_whole_days_are_kept(void **unused)
{
    (void)unused;
    static char row[ROWS][ROW];
    make_rows(row);
    for (int mixed = 0; mixed < 2; mixed++) {
        struct read r = read_rows(row, ROWS / 3);
        assert_int_equal(r.status, OH_OK);
        long days = r.log->kept_before - r.log->first_day;
        assert_true(days >= 5 && days <= DAYS / 3);
        assert_int_equal(r.log->calls, days * CALLS);
        assert_int_equal(r.log->calls + r.log->calls_left_out, ROWS);
        for (size_t i = 0; i < r.log->calls; i++)
            assert_int_equal(r.log->call[i].day, r.log->first_day + (long)(i / CALLS));
        bool told = false;
        for (size_t i = 0; i < oh_log_notes(r.log); i++)
            told = told || strstr(oh_log_note(r.log, i), "kept one by one");
        assert_true(told);
        done(&r);
        shuffle(row);
    }
}

static void agents_are_those_of_the_days_that_were_kept(void **unused)
{
    (void)unused;
    static char row[ROWS][ROW];
    make_rows(row);
    struct read whole = read_rows(row, OH_LOG_KEPT), part = read_rows(row, ROWS / 2);
    oh_fit *all = fit_of(&whole), *some = fit_of(&part);
    assert_true(part.log->calls < ROWS * 2 / 3);
    size_t somebody = 0;
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        for (size_t s = 0; s < all->calendar.slots; s++) {
            double expected = all->agents.group[0].count[w][s];
            assert_near(some->agents.group[0].count[w][s], expected, 0);
            assert_near(some->agents.group[0].seen[w][s], all->agents.group[0].seen[w][s], 1e-9);
            somebody += expected > 0;
        }
    }
    assert_true(somebody > 0);
    oh_fit_free(all);
    oh_fit_free(some);
    done(&whole);
    done(&part);
}

/* Two days are kept of a log of four weeks. */
static void a_weekday_of_which_nothing_is_kept_is_like_another(void **unused)
{
    (void)unused;
    static char row[ROWS][ROW];
    make_rows(row);
    struct read r = read_rows(row, 3 * CALLS);
    oh_fit *fit = fit_of(&r);
    assert_true(r.log->calls > 0 && r.log->calls <= 3 * CALLS);
    for (unsigned w = 0; w < WEEKDAYS; w++)
        assert_near(fit->agents.group[0].count[w][17], fit->agents.group[0].count[0][17], 0);
    assert_true(fit->agents.group[0].count[6][17] > 0);
    oh_fit_free(fit);
    done(&r);
}

static void a_day_with_more_calls_than_there_is_room_for_is_refused(void **unused)
{
    (void)unused;
    static char row[ROWS][ROW];
    make_rows(row);
    struct read r = read_rows(row, CALLS / 2);
    assert_int_equal(r.status, OH_INVALID);
    assert_non_null(strstr(oh_diags_at(r.diags, 0)->message, "2026-03-02 has more than 50 calls"));
    done(&r);
}

static void a_contact_leads_to_the_next_one_of_the_same_customer_and_day(void **unused)
{
    (void)unused;
    static char row[ROWS][ROW];
    make_rows(row);
    shuffle(row);
    struct read r = read_rows(row, OH_LOG_KEPT);
    oh_fit *fit = fit_of(&r);
    struct contacts c;
    assert_true(contacts_gather(&c, fit, r.log));
    assert_int_equal(c.n, ROWS);
    for (size_t i = 0; i < ROWS; i++) {
        uint32_t next = NO_CALL;
        for (size_t k = i + 1; k < ROWS && k < i + CALLS && next == NO_CALL; k++)
            if (r.log->call[k].customer == r.log->call[i].customer &&
                r.log->call[k].day == r.log->call[i].day)
                next = (uint32_t)k;
        assert_int_equal(c.next[i], next);
    }
    contacts_free(&c);
    oh_fit_free(fit);
    done(&r);
}

/* The hash of a row, as if it were text. */
static uint64_t hash_of(uint64_t i)
{
    return text_hash((const char *)&i, sizeof i, 0);
}

static void rows_are_known_again_and_a_sample_of_them_for_ever(void **unused)
{
    (void)unused;
    enum { LONG = 2 * ROW_SET_MOST + 1000, AGAIN = 200000 };
    struct row_set set = {0};
    bool known;
    for (uint64_t i = 0; i < LONG; i++) {
        assert_true(row_set_add(&set, hash_of(i), &known));
        assert_false(known);
        if (i % 64 == 0 && i >= ROW_SET_MOST) {
            assert_true(row_set_add(&set, hash_of(i - ROW_SET_MOST + 1), &known));
            assert_true(known);
        }
    }
    assert_int_equal(set.far, 0);
    for (uint64_t i = 0; i < AGAIN; i++) /* forgotten long ago */
        assert_true(row_set_add(&set, hash_of(i), &known));
    assert_near((double)set.far * ROW_SET_SAMPLE / AGAIN, 1, 0.1); /* 5.6 standard errors */
    row_set_free(&set);
}

static void a_log_that_holds_everything_twice_is_refused_however_long(void **unused)
{
    (void)unused;
    static char row[ROWS][ROW];
    make_rows(row);
    struct read r = read_rows(row, OH_LOG_KEPT);
    r.log->seen.far = 8;
    assert_int_equal(oh_log_judge(r.log, r.diags), OH_INVALID);
    assert_non_null(strstr(oh_diags_at(r.diags, 0)->message, "about 512 of 2800 rows"));
    done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_radix_sort_keeps_equal_keys_in_their_order),
        cmocka_unit_test(calls_stand_in_order_of_time_whatever_the_rows_order),
        cmocka_unit_test(where_there_is_no_room_whole_days_are_kept),
        cmocka_unit_test(agents_are_those_of_the_days_that_were_kept),
        cmocka_unit_test(a_weekday_of_which_nothing_is_kept_is_like_another),
        cmocka_unit_test(a_day_with_more_calls_than_there_is_room_for_is_refused),
        cmocka_unit_test(a_contact_leads_to_the_next_one_of_the_same_customer_and_day),
        cmocka_unit_test(rows_are_known_again_and_a_sample_of_them_for_ever),
        cmocka_unit_test(a_log_that_holds_everything_twice_is_refused_however_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
