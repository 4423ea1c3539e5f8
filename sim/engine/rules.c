/* rules.c - the two lists of routing rules.
 */
#include "rules.h"

choose_fn *rule_choose(enum choose_rule rule)
{
    static choose_fn *const rules[] = {
        [CHOOSE_LONGEST_IDLE] = choose_longest_idle,
        [CHOOSE_LEAST_BUSY] = choose_least_busy,
        [CHOOSE_LEAST_LOADED] = choose_least_loaded,
        [CHOOSE_MOST_LOADED] = choose_most_loaded,
        [CHOOSE_RANDOM] = NULL,
        [CHOOSE_FIXED] = choose_fixed,
    };
    return rules[rule];
}

pick_fn *rule_pick(enum pick_rule rule)
{
    static pick_fn *const rules[] = {
        [PICK_FIRST_COME] = pick_class,
        [PICK_RANK] = pick_class,
        [PICK_LONGEST_WAIT] = pick_longest_wait,
        [PICK_LONGEST_QUEUE] = pick_longest_queue,
        [PICK_WEIGHTED_WAIT] = pick_weighted_wait,
        [PICK_QUEUE_RATIO] = pick_queue_ratio,
    };
    return rules[rule];
}
