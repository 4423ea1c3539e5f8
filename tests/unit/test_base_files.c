/* test_base_files.c - arenas, reading files, digests, and words for status codes. */
#include "../support/support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../sim/base/arena.h"
#include "../../sim/base/read_file.h"
#include "../../sim/base/sha256.h"

static void arena_blocks_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    unsigned char *block[600];
    size_t size[600];
    for (size_t i = 0; i < 600; i++) {
        size[i] = i % 97 == 0 ? 50000 + i : i * 7 % 301;
        block[i] = arena_alloc(&arena, size[i]);
        assert_non_null(block[i]);
        assert_int_equal((uintptr_t)block[i] % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < size[i]; k++)
            assert_int_equal(block[i][k], 0);
        memset(block[i], (int)(i % 251 + 1), size[i]);
    }
    for (size_t i = 0; i < 600; i++)
        for (size_t k = 0; k < size[i]; k++)
            assert_int_equal(block[i][k], i % 251 + 1);
    assert_false(arena.failed);
    arena_free(&arena);
    assert_non_null(arena_alloc(&arena, 1));
    arena_free(&arena);
}

static void arena_refuses_what_no_memory_holds(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    assert_null(arena_alloc(&arena, SIZE_MAX));
    assert_true(arena.failed);
    arena_free(&arena);
    assert_false(arena.failed);
    assert_null(arena_array(&arena, SIZE_MAX / 2, 3));
    assert_true(arena.failed);
    assert_non_null(arena_array(&arena, 3, 8));
    assert_non_null(arena_array(&arena, 0, 8));
    assert_non_null(arena_array(&arena, 8, 0));
    assert_true(arena.failed); /* sticky */
    arena_free(&arena);
}

static void arena_copies_texts(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    assert_string_equal(arena_strdup(&arena, "desk"), "desk");
    assert_string_equal(arena_strndup(&arena, "desk 2", 4), "desk");
    assert_string_equal(arena_strndup(&arena, "", 0), "");
    assert_string_equal(arena_printf(&arena, "%s %d", "desk", 2), "desk 2");
    assert_memory_equal(arena_copy(&arena, "a\0b", 4), "a\0b", 4);
    assert_non_null(arena_copy(&arena, NULL, 0));
    arena_free(&arena);
}

/* FIPS 180-4 examples and the NIST long message of a million "a". */
static void sha256_gives_the_known_answers(void **state)
{
    (void)state;
    static const struct {
        const char *text, *hex;
    } known[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
         "lmnopqrsmnopqrstnopqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    };
    char hex[65];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        sha256_of(known[i].text, strlen(known[i].text), hex);
        assert_string_equal(hex, known[i].hex);
    }
    struct sha256 hash;
    sha256_begin(&hash);
    char piece[1000];
    memset(piece, 'a', sizeof piece);
    for (size_t left = 1000000, size = 1; left > 0; size = size % 997 + 1) {
        size_t take = size < left ? size : left;
        sha256_add(&hash, piece, take);
        left -= take;
    }
    sha256_hex(&hash, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

struct folder {
    char name[64], file[96];
};

static struct folder folder_new(const char *text, size_t length)
{
    struct folder folder = {.name = "/tmp/onhold-test-XXXXXX"};
    assert_non_null(mkdtemp(folder.name));
    snprintf(folder.file, sizeof folder.file, "%s/file.yaml", folder.name);
    FILE *file = fopen(folder.file, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    return folder;
}

static void folder_remove(struct folder *folder)
{
    unlink(folder->file);
    rmdir(folder->name);
}

static void a_file_is_read_whole_up_to_the_limit(void **state)
{
    (void)state;
    enum { SIZE = 100000 };
    char *text = malloc(SIZE);
    assert_non_null(text);
    for (size_t i = 0; i < SIZE; i++)
        text[i] = (char)(i % 251);
    struct folder folder = folder_new(text, SIZE);
    struct arena arena;
    struct source *source;
    arena_init(&arena);

    assert_int_equal(read_file(&arena, folder.file, SIZE, &source), READ_OK);
    assert_string_equal(source->name, folder.file);
    assert_int_equal(source->length, SIZE);
    assert_memory_equal(source->text, text, SIZE);
    assert_int_equal(source->text[SIZE], '\0');
    assert_int_equal(read_file(&arena, folder.file, SIZE - 1, &source), READ_TOO_LARGE);
    assert_null(source);

    assert_int_equal(truncate(folder.file, 0), 0);
    assert_int_equal(read_file(&arena, folder.file, SIZE, &source), READ_OK);
    assert_int_equal(source->length, 0);
    assert_string_equal(source->text, "");

    folder_remove(&folder);
    arena_free(&arena);
    free(text);
}

static void each_way_a_file_can_fail_has_its_words(void **state)
{
    (void)state;
    struct folder folder = folder_new("x", 1);
    struct arena arena;
    struct source *source;
    struct problem problem;
    arena_init(&arena);

    assert_int_equal(read_file(&arena, "/no/such/file", 10, &source), READ_MISSING);
    assert_int_equal(read_problem(READ_MISSING, 10, errno, &problem), CODE_E101);
    assert_string_equal(problem.message, "there is no such file");
    char below[128];
    snprintf(below, sizeof below, "%s/below", folder.file);
    assert_int_equal(read_file(&arena, below, 10, &source), READ_MISSING);

    assert_int_equal(read_file(&arena, folder.name, 10, &source), READ_DIRECTORY);
    assert_int_equal(read_problem(READ_DIRECTORY, 10, errno, &problem), CODE_E101);
    assert_string_equal(problem.message, "this is a folder, not a file");

    /* Nobody writes to this pipe: it must not be waited for. */
    char fifo[128];
    snprintf(fifo, sizeof fifo, "%s/pipe", folder.name);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_int_equal(read_file(&arena, fifo, 10, &source), READ_PIPE);
    assert_int_equal(read_problem(READ_PIPE, 10, errno, &problem), CODE_E101);
    assert_string_equal(problem.message, "this is a pipe, not a file");
    unlink(fifo);

    assert_int_equal(chmod(folder.file, 0), 0);
    if (geteuid() != 0) {
        assert_int_equal(read_file(&arena, folder.file, 10, &source), READ_UNREADABLE);
        assert_int_equal(errno, EACCES);
    }
    assert_int_equal(read_problem(READ_UNREADABLE, 10, EACCES, &problem), CODE_E101);
    assert_string_equal(problem.message, "the file cannot be read: Permission denied");

    assert_int_equal(read_file(&arena, "/dev/zero", READ_LIMIT_SCENARIO, &source), READ_TOO_LARGE);
    assert_int_equal(read_problem(READ_TOO_LARGE, READ_LIMIT_SCENARIO, 0, &problem), CODE_E102);
    assert_string_equal(problem.message, "the file is larger than 16 MiB");
    read_problem(READ_TOO_LARGE, 10, 0, &problem);
    assert_string_equal(problem.message, "the file is larger than 10 bytes");

    assert_false(arena.failed);
    folder_remove(&folder);
    arena_free(&arena);
}

static void standard_input_is_read_to_its_end(void **state)
{
    (void)state;
    struct arena arena;
    struct source *source;
    int ends[2], kept = dup(STDIN_FILENO);
    arena_init(&arena);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "onhold: 1\n", 10), 10);
    close(ends[1]);
    assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
    close(ends[0]);
    assert_int_equal(read_file(&arena, "-", READ_LIMIT_SCENARIO, &source), READ_OK);
    assert_string_equal(source->name, "<stdin>");
    assert_string_equal(source->text, "onhold: 1\n");
    if (kept >= 0) {
        dup2(kept, STDIN_FILENO);
        close(kept);
    }
    arena_free(&arena);
}

static void every_status_has_words_and_versions_are_told(void **state)
{
    (void)state;
    for (int status = OH_OK; status <= OH_BROKEN; status++) {
        const char *text = oh_status_text((oh_status)status);
        assert_true(strlen(text) > 5);
        assert_string_not_equal(text, oh_status_text((oh_status)99));
    }
    assert_string_equal(oh_version(), OH_VERSION);
    assert_true(oh_gsl_version()[0] >= '1' && strchr(oh_gsl_version(), '.'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_blocks_are_zeroed_aligned_and_apart),
        cmocka_unit_test(arena_refuses_what_no_memory_holds),
        cmocka_unit_test(arena_copies_texts),
        cmocka_unit_test(sha256_gives_the_known_answers),
        cmocka_unit_test(a_file_is_read_whole_up_to_the_limit),
        cmocka_unit_test(each_way_a_file_can_fail_has_its_words),
        cmocka_unit_test(standard_input_is_read_to_its_end),
        cmocka_unit_test(every_status_has_words_and_versions_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
