/* test_gallery.c - the gallery of errors: each file of scenarios/bad gives exactly the text beside
 * it, and each code has a file.
 *
 * GALLERY_UPDATE=1 in the environment writes the texts anew (make golden-update): read the diff as
 * a manager would who made that mistake.
 */
#include "../support/support.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MAX = 400 };

/* What `onhold check FILE` finds. */
static oh_diags *check_file(const char *file)
{
    oh_diags *diags = oh_diags_new();
    oh_scenario *scenario = NULL;
    oh_model *model = NULL;
    assert_non_null(diags);
    oh_status status = oh_scenario_load(&scenario, file, diags);
    if (status == OH_OK)
        status = oh_model_compile(&model, scenario, diags);
    assert_that(status == OH_OK || status == OH_INVALID, "%s: %s", file, oh_status_text(status));
    assert_that((status == OH_OK) == (oh_diags_errors(diags) == 0),
                "%s: the status does not match the number of errors", file);
    oh_model_free(model);
    oh_scenario_free(scenario);
    return diags;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The scenario files of the gallery in order of name; free() each. */
static size_t gallery(char *files[FILES_MAX])
{
    size_t n = 0;
    DIR *folder = opendir(".");
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".yaml") != 0)
            continue;
        assert_true(n < FILES_MAX);
        files[n] = strdup(entry->d_name);
        assert_non_null(files[n++]);
    }
    closedir(folder);
    qsort(files, n, sizeof *files, by_name);
    return n;
}

static void compare(const char *file, const struct text *found)
{
    char name[300];
    size_t length;
    snprintf(name, sizeof name, "%.*s.expected", (int)(strlen(file) - strlen(".yaml")), file);
    if (getenv("GALLERY_UPDATE")) {
        FILE *out = fopen(name, "wb");
        assert_that(out && fwrite(found->at, 1, found->length, out) == found->length,
                    "%s cannot be written", name);
        fclose(out);
        return;
    }
    char *expected = read_whole(name, &length);
    if (length != found->length || memcmp(expected, found->at, length) != 0)
        fail_with(__FILE__, __LINE__, "%s: expected\n%s\nbut found\n%s", file, expected, found->at);
    free(expected);
}

static void each_file_gives_exactly_the_text_beside_it(void **state)
{
    char *files[FILES_MAX];
    (void)state;
    size_t n = gallery(files);
    assert_true(n > 40);
    for (size_t i = 0; i < n; i++) {
        struct text found = {0};
        oh_diags *diags = check_file(files[i]);
        assert_int_equal(oh_diags_print(diags, false, text_sink(&found)), OH_OK);
        assert_true(found.length > 0);
        compare(files[i], &found);
        text_free(&found);
        oh_diags_free(diags);
        free(files[i]);
    }
}

static void each_file_has_the_finding_that_its_name_says(void **state)
{
    char *files[FILES_MAX];
    (void)state;
    size_t n = gallery(files);
    for (size_t i = 0; i < n; i++) {
        bool found = false;
        oh_diags *diags = check_file(files[i]);
        for (size_t k = 0; k < oh_diags_count(diags); k++)
            found = found || strncmp(oh_diags_at(diags, k)->code, files[i], 4) == 0;
        assert_that(found, "%s does not give its code", files[i]);
        oh_diags_free(diags);
        free(files[i]);
    }
}

/* Files that a source tree should not hold are made here. */
static bool made_by_a_test(const char *code)
{
    return strcmp(code, "E102") == 0;
}

static void each_code_has_a_file(void **state)
{
    char *files[FILES_MAX];
    (void)state;
    size_t n = gallery(files);
    for (size_t i = 0; i < oh_code_count(); i++) {
        const char *code = oh_code_at(i).name;
        bool found = made_by_a_test(code);
        for (size_t k = 0; k < n; k++)
            found = found || strncmp(files[k], code, strlen(code)) == 0;
        assert_that(found, "no file in scenarios/bad shows %s (%s)", code, oh_code_at(i).about);
    }
    for (size_t k = 0; k < n; k++)
        free(files[k]);
}

/* Loads a file that is no scenario and gives the only finding. */
static void expect_only(const char *file, const char *code, const char *message)
{
    oh_diags *diags = check_file(file);
    assert_int_equal(oh_diags_count(diags), 1);
    assert_string_equal(oh_diags_at(diags, 0)->code, code);
    assert_string_equal(oh_diags_at(diags, 0)->message, message);
    assert_string_equal(oh_diags_at(diags, 0)->file, file);
    assert_int_equal(oh_diags_at(diags, 0)->line, 0);
    oh_diags_free(diags);
}

static void a_missing_file_a_folder_and_a_huge_file_are_refused(void **state)
{
    char name[] = "/tmp/onhold-gallery-XXXXXX";
    (void)state;
    expect_only("there-is-none.yaml", "E101", "there is no such file");
    expect_only("/", "E101", "this is a folder, not a file");
    expect_only("/dev/zero", "E102", "the file is larger than 16 MiB");
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, 100 << 20), 0);
    expect_only(name, "E102", "the file is larger than 16 MiB");
    close(fd);
    unlink(name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_file_gives_exactly_the_text_beside_it),
        cmocka_unit_test(each_file_has_the_finding_that_its_name_says),
        cmocka_unit_test(each_code_has_a_file),
        cmocka_unit_test(a_missing_file_a_folder_and_a_huge_file_are_refused),
    };
    if (chdir("scenarios/bad") != 0) {
        fprintf(stderr, "run this from the root of the source tree\n");
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
