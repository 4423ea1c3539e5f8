/* test_plain_name.c - a log's words as names of a scenario. */
#include "../support/support.h"

#include <string.h>

#include "../../sim/data/plain_name.h"

static const char *named(const char *word, bool marked)
{
    static char name[PLAIN_NAME];
    plain_name(name, word, "queue", marked);
    return name;
}

static void letters_stay_and_the_rest_is_one_line(void **state)
{
    (void)state;
    assert_string_equal(named("support", false), "support");
    assert_string_equal(named("a: b-c_1", false), "a_b-c_1");
    assert_string_equal(named("Z\xC3\xBCrich", false), "Z_rich");
}

static void a_word_without_letters_is_named_by_its_checksum(void **state)
{
    (void)state;
    /* FNV-1a of "#" is 0x260C9112 (worked out apart), folded: 0x0C9112 ^ 0x26 */
    assert_string_equal(named("#", false), "queue_0c9134");
    assert_string_equal(named("#", true), "queue_0c9134");
}

static void a_long_word_is_cut(void **state)
{
    (void)state;
    char word[300];
    memset(word, 'x', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_int_equal(strlen(named(word, false)), 40);
    assert_int_equal(strlen(named(word, true)), 47);
}

static void a_word_is_known_again_by_each_of_its_names(void **state)
{
    (void)state;
    static const char *const words[] = {
        "a.b", "a b", "#", "*", "\xD0\x9F\xD0\xBE", "\xD0\x9F\xD1\x80"};
    enum { WORDS = sizeof words / sizeof *words };
    for (int i = 0; i < WORDS; i++)
        for (int j = 0; j < WORDS; j++) {
            int likeness = plain_name_likeness(named(words[i], true), words[j]);
            assert_int_equal(likeness, i == j ? 3 : 0);
        }
    assert_int_equal(plain_name_likeness("a_b", "a_b"), 4);
    assert_int_equal(plain_name_likeness("a_b", "a.b"), 2);
    assert_int_equal(plain_name_likeness("ab", "a.b"), 1);
    assert_int_equal(plain_name_likeness("ab", "a.c"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_stay_and_the_rest_is_one_line),
        cmocka_unit_test(a_word_without_letters_is_named_by_its_checksum),
        cmocka_unit_test(a_long_word_is_cut),
        cmocka_unit_test(a_word_is_known_again_by_each_of_its_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
