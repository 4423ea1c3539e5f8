/* test_base_units.c - quantities as people write them: every form, and every slip with its words.
 */
#include "../support/support.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/base/units.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

struct good {
    const char *text;
    double value;
};

struct slip {
    const char *text, *message, *hint;
};

typedef bool reader(const char *text, double *value, struct problem *problem);

static bool rate_with_open_day(const char *text, double *value, struct problem *problem)
{
    return unit_rate(text, 12 * 3600, value, problem);
}

static bool count_to_a_million(const char *text, double *value, struct problem *problem)
{
    return unit_count(text, 1e6, value, problem);
}

static void check_good(reader *read, const struct good *good, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct problem problem = {{0}, {0}};
        double value = NAN;
        bool ok = read(good[i].text, &value, &problem);
        assert_that(ok, "\"%s\": %s", good[i].text, problem.message);
        assert_that(value == good[i].value, "\"%s\" reads as %.17g, not %.17g", good[i].text, value,
                    good[i].value);
    }
}

static void check_slips(reader *read, const struct slip *slip, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct problem problem = {{0}, {0}};
        double value = -77;
        assert_that(!read(slip[i].text, &value, &problem), "\"%s\" was taken", slip[i].text);
        assert_that(value == -77, "\"%s\": the value was touched", slip[i].text);
        assert_string_equal(problem.message, slip[i].message);
        assert_string_equal(problem.hint, slip[i].hint);
    }
}

static void durations_are_read_in_every_form(void **state)
{
    (void)state;
    static const struct good good[] = {
        {"40 s", 40},
        {"40s", 40},
        {"40 sec", 40},
        {"40 seconds", 40},
        {"1 second", 1},
        {"4 min", 240},
        {"4m", 240},
        {"4 minutes", 240},
        {"1.5 h", 5400},
        {"1.5 hr", 5400},
        {"2 hours", 7200},
        {"2 d", 172800},
        {"1 day", 86400},
        {"4m30s", 270},
        {"4 min 30 s", 270},
        {"1h4m30s", 3870},
        {"1 d 12 h", 129600},
        {"250 ms", 0.25},
        {"1500 milliseconds", 1.5},
        {"2s5ms", 2.005},
        {" 40\tS ", 40},
        {"40\xC2\xA0s", 40},
        {"40\xE2\x80\xAFs", 40},
        {"0 s", 0},
        {"-0 s", 0},
        {".5 min", 30},
        {"1e2 s", 100},
        {"1.1 h", 3960}, /* 1.1 * 3600 is 3960.0000000000005 */
        {"4.1 min", 246},
        {"0.7 d", 60480},
        {"246.125 s", 246.125},
    };
    check_good(unit_duration, good, LENGTH(good));
}

static void a_wrong_duration_is_told_how_it_is_written(void **state)
{
    (void)state;
    static const char how[] = "write it like 40 s, 4 min, 1.5 h or 4m30s";
    const struct slip slip[] = {
        {"40", "a duration needs a unit", "write 40 s or 40 min"},
        {"0", "a duration needs a unit", "write 0 s or 0 min"},
        {"4:30", "a duration is written with units, not with a colon",
         "write 4m30s for minutes and seconds, or 4h30m for hours"},
        {"1:04:30", "a duration is written with units, not with a colon", "write 1h4m30s"},
        {"4,5 min", "a decimal comma is not understood", "write 4.5 min"},
        {"1,000 s", "a decimal comma is not understood",
         "write 1000 s, or 1.000 s with a decimal point"},
        {"1_000 s", "a number has no signs between its digits", "write 1000 s"},
        {"40 sek", "\"sek\" is not a unit of time",
         "the units are ms, s, min, h and d: write 40 s or 40 min"},
        {"2 weeks", "\"weeks\" is not a unit of time", "write 14 d"},
        {"4m30", "the last part of a duration needs a unit too", "write 4m30s"},
        {"1h30", "the last part of a duration needs a unit too", "write 1h30m"},
        {"30s4m", "the parts of a duration go from large to small, each unit once",
         "write it like 1h30m or 4m30s"},
        {"4m5m", "the parts of a duration go from large to small, each unit once",
         "write it like 1h30m or 4m30s"},
        {"1.5h30m", "only the last part of a duration may have decimals",
         "write it like 1.5 h or 1h30m"},
        {"15%", "a share stands where a duration is expected", how},
        {"2/min", "a rate stands where a duration is expected", how},
        {"120 per h", "a rate stands where a duration is expected", how},
        {"-5 s", "a duration cannot be negative", how},
        {"", "a duration is missing here", how},
        {"  ", "a duration is missing here", how},
        {"never", "\"never\" is not a duration", how},
        {"nan", "\"nan\" is not a duration", how},
        {"inf s", "\"inf s\" is not a duration", how},
        {"40 \xC3\xA4", "\"40 \xC3\xA4\" is not a duration", how},
        {"0x10 s", "\"x\" is not a unit of time",
         "the units are ms, s, min, h and d: write 0 s or 0 min"},
        {"1e999 s", "the number 1e999 is too large", ""},
        {"1e308 d", "the duration is too long", ""},
        {"1e-400 s", "the number 1e-400 is too close to 0", ""},
        {"1111111111222222222233333333334444444444555555555566666666667 s",
         "a number has more than 60 digits", ""},
    };
    check_slips(unit_duration, slip, LENGTH(slip));
}

static void rates_are_read_in_every_form(void **state)
{
    (void)state;
    static const struct good good[] = {
        {"120 per h", 120 / 3600.0},
        {"120 per hour", 120 / 3600.0},
        {"2/min", 2 / 60.0},
        {"2 / min", 2 / 60.0},
        {"100 per 30 min", 100 / 1800.0},
        {"100 per 1h30m", 100 / 5400.0},
        {"960 per d", 960 / 43200.0},
        {"960 per 2 days", 960 / 86400.0},
        {"0 per h", 0},
        {"1.5 per s", 1.5},
        {"0.5/250 ms", 2},
    };
    check_good(rate_with_open_day, good, LENGTH(good));
}

static void a_wrong_rate_is_told_how_it_is_written(void **state)
{
    (void)state;
    static const char how[] = "write it like 120 per h, 2/min or 100 per 30 min";
    const struct slip slip[] = {
        {"120", "a rate needs a time", "write 120 per h or 120 per min"},
        {"120 h", "a rate is written with \"per\"", "write 120 per h"},
        {"120 calls per h", "nothing stands between the number and \"per\"", "write 120 per h"},
        {"120 per", "a time is missing behind \"per\"", "write 120 per h or 120 per 30 min"},
        {"120 per 0 s", "\"per\" needs a time longer than 0", "write 120 per h or 120 per 30 min"},
        {"9 per 1d12h", "\"per\" cannot mix days with shorter units", how},
        {"9 per fortnight", "\"fortnight\" is not a unit of time",
         "the units are ms, s, min, h and d: write 1 s or 1 min"},
        {"-1 per h", "a rate cannot be negative", how},
        {"15%", "\"15%\" is not a rate", how},
        {"many", "\"many\" is not a rate", how},
        {"1e308 per 1 ms", "the number is too large", ""},
    };
    check_slips(rate_with_open_day, slip, LENGTH(slip));
}

static void shares_are_read_in_both_forms_to_the_last_bit(void **state)
{
    (void)state;
    static const struct good good[] = {
        {"15%", 0.15}, {"15 %", 0.15},  {"0.15", 0.15}, {"0", 0},         {"0%", 0},
        {"100%", 1},   {"0.7%", 0.007}, {".5", 0.5},    {"12.5%", 0.125}, {"-0", 0},
    };
    check_good(unit_share, good, LENGTH(good));
}

static void a_wrong_share_is_told_how_it_is_written(void **state)
{
    (void)state;
    static const char how[] = "write it like 15% or 0.15";
    const struct slip slip[] = {
        {"1", "a share is below 1, or has a % sign", "write 1% or 100%"},
        {"1.0", "a share is below 1, or has a % sign", "write 1% or 100%"},
        {"15", "a share is below 1, or has a % sign", "write 15% or 0.15"},
        {"700", "a share is below 1, or has a % sign", how},
        {"150%", "a share cannot be more than 100%", how},
        {"-5%", "a share cannot be negative", how},
        {"0,15", "a decimal comma is not understood", "write 0.15"},
        {"15 percent", "percent is written %", "write 15%"},
        {"15% of all", "\"15% of all\" is not a share", how},
        {"half", "\"half\" is not a share", how},
        {"", "a share is missing here", how},
    };
    check_slips(unit_share, slip, LENGTH(slip));
}

static void factors_counts_numbers_and_money_are_read(void **state)
{
    (void)state;
    static const struct good factor[] = {{"1.2", 1.2}, {"120%", 1.2}, {"0", 0}, {"300 %", 3}};
    static const struct good count[] = {{"24", 24}, {"24.0", 24}, {"1e3", 1000}, {"0", 0}};
    static const struct good number[] = {{"-1.5", -1.5}, {"+2", 2}, {"0.7", 0.7}, {"5.", 5}};
    static const struct good money[] = {{"24", 24}, {"0.10", 0.1}};
    static const struct good money_rate[] = {
        {"24 per h", 24 / 3600.0}, {"0.10 per min", 0.1 / 60}, {"48 per d", 48 / 86400.0}};
    check_good(unit_factor, factor, LENGTH(factor));
    check_good(count_to_a_million, count, LENGTH(count));
    check_good(unit_number, number, LENGTH(number));
    check_good(unit_money, money, LENGTH(money));
    check_good(unit_money_rate, money_rate, LENGTH(money_rate));
}

static void wrong_factors_counts_numbers_and_money_are_told(void **state)
{
    (void)state;
    const struct slip factor[] = {
        {"-1", "a factor cannot be negative", "write it like 1.2 or 120%"},
        {"twice", "\"twice\" is not a factor", "write it like 1.2 or 120%"},
    };
    const struct slip count[] = {
        {"24.5", "a count is a whole number", "write 24 or 25"},
        {"1000000000", "1000000000 is too many", "the limit is 1000000"},
        {"24 agents", "\"24 agents\" is not a count", "write 24"},
        {"-3", "a count cannot be negative", "write it like 24"},
        {"two", "\"two\" is not a count", "write it like 24"},
    };
    const struct slip number[] = {
        {"1.5 s", "\"1.5 s\" is not a number", "write 1.5"},
        {"1.2.3", "\"1.2.3\" is not a number", "write 1.2"},
        {"nan", "\"nan\" is not a number", "write it like 1.5"},
    };
    const struct slip money[] = {
        {"$24", "money is written without the currency's name or sign",
         "write 24; \"currency:\" names it once for the file"},
        {"24.50 EUR", "money is written without the currency's name or sign",
         "write 24.50; \"currency:\" names it once for the file"},
        {"24 per h", "money over time stands where an amount of money is expected", "write 24"},
        {"-1", "an amount of money cannot be negative", "write it like 24 or 0.50"},
    };
    const struct slip money_rate[] = {
        {"24", "money over time needs a time", "write 24 per h or 24 per min"},
    };
    check_slips(unit_factor, factor, LENGTH(factor));
    check_slips(count_to_a_million, count, LENGTH(count));
    check_slips(unit_number, number, LENGTH(number));
    check_slips(unit_money, money, LENGTH(money));
    check_slips(unit_money_rate, money_rate, LENGTH(money_rate));
}

static void times_of_day_are_read(void **state)
{
    (void)state;
    static const struct good good[] = {{"08:30", 30600}, {"8:30", 30600},    {"00:00", 0},
                                       {"24:00", 86400}, {" 23:59 ", 86340}, {"08:30:15", 30615}};
    check_good(unit_time_of_day, good, LENGTH(good));
}

static void a_wrong_time_of_day_is_told_how_it_is_written(void **state)
{
    (void)state;
    static const char colon[] = "a time of day is written with a colon, like 08:30";
    static const char how[] = "write it like 08:30 or 24:00";
    const struct slip slip[] = {
        {"720", colon,
         "some tools turn 12:00 into 720: write it in quotes, \"12:00\" (or "
         "\"07:20\")"},
        {"60", colon, "some tools turn 01:00 into 60: write it in quotes, \"01:00\""},
        {"1440", colon,
         "some tools turn 24:00 into 1440: write it in quotes, \"24:00\" (or "
         "\"14:40\")"},
        {"0830", colon, "write 08:30"},
        {"8", colon, "write 08:00"},
        {"25", colon, how},
        {"99999", colon, how},
        {"8.30", colon, "write 08:30"},
        {"8h", colon, "write 08:00"},
        {"8 pm", "a time of day is written with 24 hours, without am and pm", "write 20:00"},
        {"12:15 am", "a time of day is written with 24 hours, without am and pm", "write 00:15"},
        {"24:30", "there is no time of day 24:30",
         "the last one is 24:00; a window past midnight is written like 22:00-06:00"},
        {"08:60", "there is no time of day 08:60", "minutes and seconds go from 00 to 59"},
        {"08:3", "\"08:3\" is not a time of day", how},
        {"123:00", "\"123:00\" is not a time of day", how},
        {"noon", "\"noon\" is not a time of day", how},
        {"", "a time of day is missing here", how},
        {"08:30-09:00", "\"08:30-09:00\" is not a time of day", how},
    };
    check_slips(unit_time_of_day, slip, LENGTH(slip));
}

static void windows_may_cross_midnight_but_not_be_empty(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double from, to;
    } good[] = {
        {"08:00-20:00", 28800, 72000},
        {"8:00 - 20:00", 28800, 72000},
        {"22:00-06:00", 79200, 108000},
        {"22:00-24:00", 79200, 86400},
        {"22:00-00:00", 79200, 86400},
        {"00:00-24:00", 0, 86400},
        {"08:00\xE2\x80\x93"
         "20:00",
         28800, 72000},
    };
    struct problem problem;
    double from, to;
    for (size_t i = 0; i < LENGTH(good); i++) {
        assert_that(unit_window(good[i].text, &from, &to, &problem), "%s", good[i].text);
        assert_same(from, good[i].from);
        assert_same(to, good[i].to);
    }
    static const struct slip slip[] = {
        {"08:00-08:00", "the window has no length: it ends when it begins",
         "write 00:00-24:00 for the whole day"},
        {"24:00-06:00", "a window cannot begin at 24:00",
         "write 00:00 for the beginning of the day"},
        {"08:00", "\"08:00\" is not a window of time", "write it like 08:00-20:00"},
        {"8-20", "a time of day is written with a colon, like 08:30", "write 08:00"},
        {"08:00-", "a time of day is missing here", "write it like 08:30 or 24:00"},
        {"-", "a time of day is missing here", "write it like 08:30 or 24:00"},
    };
    for (size_t i = 0; i < LENGTH(slip); i++) {
        assert_false(unit_window(slip[i].text, &from, &to, &problem));
        assert_string_equal(problem.message, slip[i].message);
        assert_string_equal(problem.hint, slip[i].hint);
    }
}

static void targets_are_a_level_a_time_or_both(void **state)
{
    (void)state;
    struct unit_target target;
    struct problem problem;
    static const char *const both[] = {"80% in 20 s", "0.8 in 20s", "80%in20 sec", "80 % in 20 s"};
    for (size_t i = 0; i < LENGTH(both); i++) {
        assert_that(unit_target(both[i], &target, &problem), "%s", both[i]);
        assert_true(target.has_level && target.has_within);
        assert_same(target.level, 0.8);
        assert_same(target.within, 20);
    }
    assert_true(unit_target("5%", &target, &problem));
    assert_true(target.has_level && !target.has_within);
    assert_same(target.level, 0.05);
    assert_true(unit_target("1.5 min", &target, &problem));
    assert_true(!target.has_level && target.has_within);
    assert_same(target.within, 90);

    static const char written[] = "a service target is written with % and a unit of time";
    const struct slip slip[] = {
        {"80/20", written, "write 80% in 20 s"},
        {"80 in 20", written, "write 80% in 20 s"},
        {"80% in 20", written, "write 80% in 20 s"},
        {"80% within 20 s", written, "write 80% in 20 s"},
        {"90 within 2 min", written, "write 90% in 2 min"},
        {"good", "\"good\" is not a target", "write it like 80% in 20 s"},
        {"80% soon", "\"80% soon\" is not a target", "write it like 80% in 20 s"},
        {"150% in 20 s", "a share cannot be more than 100%", "write it like 15% or 0.15"},
        {"80", "a share is below 1, or has a % sign", "write 80% or 0.8"},
    };
    for (size_t i = 0; i < LENGTH(slip); i++) {
        assert_that(!unit_target(slip[i].text, &target, &problem), "%s", slip[i].text);
        assert_string_equal(problem.message, slip[i].message);
        assert_string_equal(problem.hint, slip[i].hint);
    }
}

static void very_long_texts_fit_into_a_problem(void **state)
{
    (void)state;
    char text[5000];
    static const char *const starts[] = {"",        "4:",     "4m30", "1,", "9 ", "9 per ",
                                         "80% in ", "08:00-", "8:30", "$",  "0.", "9 calls per "};
    static const char fill[] = "x9-,:% \xC3\xA4";
    for (size_t i = 0; i < LENGTH(starts); i++) {
        for (size_t f = 0; fill[f]; f++) {
            memset(text, fill[f], sizeof text);
            text[sizeof text - 1] = '\0';
            memcpy(text, starts[i], strlen(starts[i]));
            double a, b;
            struct problem problem;
            struct unit_target target;
            (void)unit_duration(text, &a, &problem);
            (void)unit_rate(text, 86400, &a, &problem);
            (void)unit_share(text, &a, &problem);
            (void)unit_count(text, 10, &a, &problem);
            (void)unit_number(text, &a, &problem);
            (void)unit_money(text, &a, &problem);
            (void)unit_time_of_day(text, &a, &problem);
            (void)unit_window(text, &a, &b, &problem);
            (void)unit_target(text, &target, &problem);
            assert_true(strlen(problem.message) < sizeof problem.message - 1);
            assert_true(strlen(problem.hint) < sizeof problem.hint - 1);
        }
    }
}

static void reals_are_shortest_and_read_back_equal(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } known[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-24, "-24"},
        {0.1, "0.1"},
        {0.8123, "0.8123"},
        {1 / 3.0, "0.3333333333333333"},
        {2 / 3.0, "0.6666666666666666"},
        {100, "100"},
        {1e9, "1000000000"},
        {123456789012345680.0, "123456789012345680"},
        {1e21, "1e21"},
        {1e22, "1e22"},
        {1.5e300, "1.5e300"},
        {0.000001, "0.000001"},
        {0.0000001, "1e-7"},
        {9007199254740993.0, "9007199254740992"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e308"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {0x1p-44, "5.684341886080802e-14"}, /* rounding to 16 digits gives ...801, not equal */
        {0.1 + 0.2, "0.30000000000000004"},
    };
    char text[32];
    for (size_t i = 0; i < LENGTH(known); i++)
        assert_string_equal(format_real(text, known[i].value), known[i].text);

    uint64_t bits = 88172645463325252u; /* xorshift64 (Marsaglia 2003) */
    for (int i = 0; i < 20000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        double value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        format_real(text, value);
        assert_same(strtod(text, NULL), value);
        assert_true(strlen(text) < sizeof text);
        double money =
            (double)(bits % 100000000) / 1000; /* few digits: they come back as they are */
        char expected[32];
        format_real(text, money);
        snprintf(expected, sizeof expected, "%.3f", money);
        assert_int_equal(strncmp(text, expected, strlen(text)), 0);
    }
}

static void durations_are_written_for_people(void **state)
{
    (void)state;
    static const struct {
        double seconds;
        const char *text;
    } known[] = {
        {0, "0 s"},
        {40, "40 s"},
        {270, "4 min 30 s"},
        {4800, "1 h 20 min"},
        {0.25, "250 ms"},
        {0.0031, "3.1 ms"},
        {12.34, "12.3 s"},
        {1.234, "1.23 s"},
        {246.125, "4 min 6 s"},
        {86400, "1 d"},
        {90000, "1 d 1 h"},
        {59.97, "1 min"},
        {0.9999, "1 s"},
        {3600, "1 h"},
        {-40, "-40 s"},
        {INFINITY, "without end"},
        {NAN, "unknown"},
    };
    char text[48];
    for (size_t i = 0; i < LENGTH(known); i++)
        assert_string_equal(format_duration(text, sizeof text, known[i].seconds), known[i].text);
    assert_string_equal(format_duration(text, 6, 90061), "1 d 1");
    text[0] = 'x';
    format_duration(text, 0, 40);
    assert_int_equal(text[0], 'x');

    assert_string_equal(format_time_of_day(text, sizeof text, 30600), "08:30");
    assert_string_equal(format_time_of_day(text, sizeof text, 86400), "24:00");
    assert_string_equal(format_time_of_day(text, sizeof text, 108000), "06:00");
    assert_string_equal(format_time_of_day(text, sizeof text, 0), "00:00");
    assert_string_equal(format_time_of_day(text, sizeof text, -3600), "23:00");
}

/* Uses whatever locale with a decimal comma the machine has; without one there is nothing to see.
 */
static void numbers_do_not_depend_on_the_locale(void **state)
{
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8",  "fr_FR.UTF-8",
                                        "de_DE",       "nl_NL.UTF-8", "it_IT.UTF-8"};
    bool set = false;
    for (size_t i = 0; i < LENGTH(names) && !set; i++)
        set = setlocale(LC_ALL, names[i]) != NULL;
    char text[32];
    double value = 0;
    struct problem problem;
    assert_string_equal(format_real(text, 1234.5), "1234.5");
    assert_true(unit_number("1234.56789012345678901", &value, &problem));
    assert_same(value, 1234.56789012345678901);
    assert_false(unit_number("1,5", &value, &problem));
    setlocale(LC_ALL, "C");
    if (!set)
        leave_out("there is no German locale to try (on Debian: apt install locales)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_are_read_in_every_form),
        cmocka_unit_test(a_wrong_duration_is_told_how_it_is_written),
        cmocka_unit_test(rates_are_read_in_every_form),
        cmocka_unit_test(a_wrong_rate_is_told_how_it_is_written),
        cmocka_unit_test(shares_are_read_in_both_forms_to_the_last_bit),
        cmocka_unit_test(a_wrong_share_is_told_how_it_is_written),
        cmocka_unit_test(factors_counts_numbers_and_money_are_read),
        cmocka_unit_test(wrong_factors_counts_numbers_and_money_are_told),
        cmocka_unit_test(times_of_day_are_read),
        cmocka_unit_test(a_wrong_time_of_day_is_told_how_it_is_written),
        cmocka_unit_test(windows_may_cross_midnight_but_not_be_empty),
        cmocka_unit_test(targets_are_a_level_a_time_or_both),
        cmocka_unit_test(very_long_texts_fit_into_a_problem),
        cmocka_unit_test(reals_are_shortest_and_read_back_equal),
        cmocka_unit_test(durations_are_written_for_people),
        cmocka_unit_test(numbers_do_not_depend_on_the_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
