/* test_memory_saved.c - memory runs out while a scenario is printed, a result saved, read, joined
 * or put into a database: the answer is complete and right, or says so.
 */
#include "../support/scenario_gen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../support/allocations.h"
#include "../support/paper.h"

static const oh_write_context context = {.file = "a.yaml", .variant = "v", .sha256 = "s"};

struct errand {
    struct trial trial;
    struct text part[2]; /* saved results */
    char database[64];
};

typedef oh_status errand_fn(struct errand *errand, oh_sink sink);

static oh_status print(struct errand *e, oh_sink sink)
{
    char hash[65];
    oh_status status = oh_scenario_print(e->trial.scenario, OH_FORM_YAML, sink);
    if (status == OH_OK)
        status = oh_scenario_print(e->trial.scenario, OH_FORM_JSON, sink);
    if (status == OH_OK)
        status = oh_scenario_hash(e->trial.scenario, hash);
    if (status == OH_OK)
        sink.write(sink.user, hash, 64);
    return status;
}

static oh_status save(struct errand *e, oh_sink sink)
{
    return oh_result_save(e->trial.result, e->trial.scenario, &context, sink);
}

static oh_status join(struct errand *e, oh_sink sink)
{
    oh_saved *part[2] = {NULL, NULL}, *joined = NULL;
    char message[256];
    oh_status status = OH_OK;
    for (int i = 0; i < 2 && status == OH_OK; i++)
        status = oh_saved_read(&part[i], e->part[i].at, e->part[i].length, message);
    if (status == OH_OK)
        status = oh_saved_merge(&joined, part, 2, NULL, message);
    if (status == OH_OK)
        status = oh_saved_write(joined, sink);
    oh_saved_free(joined);
    oh_saved_free(part[0]);
    oh_saved_free(part[1]);
    return status;
}

static oh_status page(struct errand *e, oh_sink sink)
{
    oh_batch *batch = oh_batch_new();
    oh_status status = batch ? OH_OK : OH_NO_MEMORY;
    if (status == OH_OK)
        status = oh_batch_add(batch, "a.yaml", "v", "complete", NULL, e->trial.result);
    if (status == OH_OK)
        status = oh_batch_add(batch, "b.yaml", "", "invalid", "why", NULL);
    if (status == OH_OK)
        status = oh_batch_write(batch, "table", false, sink);
    if (status == OH_OK)
        status = oh_batch_write(batch, "json", false, sink);
    oh_batch_free(batch);
    return status;
}

static oh_status database(struct errand *e, oh_sink sink)
{
    oh_database *d = NULL;
    char message[256];
    bool found = false;
    const oh_run_options options = {.replications = 0};
    const oh_database_run run = {.status = "complete",
                                 .context = &context,
                                 .model = e->trial.model,
                                 .scenario = e->trial.scenario,
                                 .result = e->trial.result,
                                 .trace = true};
    unlink(e->database);
    oh_status status = oh_database_open(&d, e->database, message);
    if (status == OH_OK)
        status = oh_database_find(d, e->trial.scenario, e->trial.model, &options, &context, &found,
                                  message);
    if (status == OH_OK)
        status = oh_database_add(d, &run, message);
    oh_database_close(d);
    if (status == OH_OK)
        sink.write(sink.user, "done", 4);
    return status;
}

/* The k-th allocation fails, for many k. SQLite may do without some of what it asks for. */
static void fail_everywhere(errand_fn *run, struct errand *errand, unsigned long most)
{
    static struct paper whole, paper;
    oh_sink sink = paper_sink(&paper);
    paper.length = 0;
    allocations_arm(0);
    assert_int_equal(run(errand, sink), OH_OK);
    unsigned long total = allocations_disarm(), stride = total / most + 1;
    memcpy(&whole, &paper, sizeof whole);
    assert_true(whole.length > 0 && total > 0);
    for (unsigned long k = 1; k <= total; k += k < 60 ? 1 : stride) {
        paper.length = 0;
        allocations_arm(k);
        oh_status status = run(errand, sink);
        allocations_disarm();
        if (status == OH_NO_MEMORY)
            continue;
        assert_that(status == OH_OK, "allocation %lu of %lu failing gave: %s", k, total,
                    oh_status_text(status));
        assert_that(paper.length == whole.length && memcmp(paper.at, whole.at, paper.length) == 0,
                    "allocation %lu of %lu failed silently", k, total);
    }
}

static struct errand errand;

static struct text saved(uint32_t first)
{
    struct text text = {0}, bytes = {0};
    scenario_everything(&text, 11);
    struct trial trial = trial_text(text.at);
    const oh_run_options options = {.replications = 1, .first = first};
    trial_run(&trial, &options);
    assert_int_equal(oh_result_save(trial.result, trial.scenario, &context, text_sink(&bytes)),
                     OH_OK);
    trial_free(&trial);
    text_free(&text);
    return bytes;
}

static int make(void **state)
{
    struct text text = {0};
    const oh_run_options options = {.replications = 2, .jobs = 1};
    (void)state;
    scenario_everything(&text, 11);
    errand.trial = trial_text(text.at);
    trial_run(&errand.trial, &options);
    errand.part[0] = saved(1);
    errand.part[1] = saved(2);
    snprintf(errand.database, sizeof errand.database, "/tmp/onhold-memory-%d.sqlite",
             (int)getpid());
    text_free(&text);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    unlink(errand.database);
    text_free(&errand.part[0]);
    text_free(&errand.part[1]);
    trial_free(&errand.trial);
    return 0;
}

static void printing_a_scenario_never_ends_halfway(void **state)
{
    (void)state;
    fail_everywhere(print, &errand, 200);
}

static void saving_a_result_never_ends_halfway(void **state)
{
    (void)state;
    fail_everywhere(save, &errand, 200);
}

static void reading_and_joining_never_ends_halfway(void **state)
{
    (void)state;
    fail_everywhere(join, &errand, 200);
}

static void the_page_of_a_batch_never_ends_halfway(void **state)
{
    (void)state;
    fail_everywhere(page, &errand, 200);
}

static void a_database_never_ends_halfway(void **state)
{
    (void)state;
    fail_everywhere(database, &errand, 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printing_a_scenario_never_ends_halfway),
        cmocka_unit_test(saving_a_result_never_ends_halfway),
        cmocka_unit_test(reading_and_joining_never_ends_halfway),
        cmocka_unit_test(the_page_of_a_batch_never_ends_halfway),
        cmocka_unit_test(a_database_never_ends_halfway),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
