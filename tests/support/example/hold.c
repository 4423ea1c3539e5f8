/* hold.c - a whole program against the installed library: how long do callers hold with 10 to 14
 * agents? `cc hold.c $(pkg-config --cflags --libs onhold)`
 */
#include <stdio.h>
#include <stdlib.h>

#include <onhold/onhold.h>

static bool to_stderr(void *user, const char *text, size_t length)
{
    return fwrite(text, 1, length, user) == length;
}

/* Runs the scenario with that many agents and prints one line; false if anything went wrong. */
static bool print_line(oh_scenario *scenario, const char *agents, oh_diags *diags)
{
    oh_model *model = NULL;
    oh_result *result = NULL;
    oh_run_options options = {.replications = 50};
    oh_estimate level = {0};
    bool fine = oh_scenario_set(scenario, "agents.desk.count", agents, diags) == OH_OK &&
                oh_model_compile(&model, scenario, diags) == OH_OK &&
                oh_run(&result, model, &options, NULL) == OH_OK;
    if (fine) {
        long column = oh_result_column_find(result, OH_QUEUE, "service_level");
        fine = column >= 0 &&
               oh_result_estimate(result, OH_QUEUE, 0, OH_WHOLE, (size_t)column, &level);
        printf("%s agents: %.1f %% within 20 s\n", agents, 100 * level.value);
    }
    oh_result_free(result);
    oh_model_free(model);
    return fine;
}

int main(int argc, char **argv)
{
    oh_diags *diags = oh_diags_new();
    oh_scenario *scenario = NULL;
    bool fine = argc == 2 && diags && oh_scenario_load(&scenario, argv[1], diags) == OH_OK &&
                print_line(scenario, "10", diags) && print_line(scenario, "14", diags);
    if (diags)
        oh_diags_print(diags, false, (oh_sink){to_stderr, stderr});
    oh_scenario_free(scenario);
    oh_diags_free(diags);
    return fine ? EXIT_SUCCESS : EXIT_FAILURE;
}
