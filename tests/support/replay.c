/* replay.c - runs a fuzz target over files, without a fuzzer: the corpus is part of the tests.
 *
 * Each argument is a file or a folder; every file is handed to the target once. A crash or a
 * sanitizer's complaint ends the program, having named the file.
 */
#include <dirent.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LONGEST = 1 << 20 };

static unsigned replayed, unread;

static void replay_file(const char *name, uint8_t *buffer)
{
    FILE *in = fopen(name, "rb");
    if (!in) {
        printf("%s: cannot be read\n", name);
        unread++;
        return;
    }
    size_t size = fread(buffer, 1, LONGEST, in);
    fclose(in);
    printf("%s\n", name);
    fflush(stdout);
    LLVMFuzzerTestOneInput(buffer, size);
    replayed++;
}

static void replay_folder(DIR *folder, const char *name, uint8_t *buffer)
{
    struct dirent *entry;
    while ((entry = readdir(folder))) {
        char path[PATH_MAX];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", name, entry->d_name);
        DIR *inner = opendir(path);
        if (inner) {
            replay_folder(inner, path, buffer);
            closedir(inner);
        } else {
            replay_file(path, buffer);
        }
    }
}

int main(int argc, char **argv)
{
    uint8_t *buffer = malloc(LONGEST);
    if (!buffer)
        return 1;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        if (folder) {
            replay_folder(folder, argv[i], buffer);
            closedir(folder);
        } else {
            replay_file(argv[i], buffer);
        }
    }
    free(buffer);
    printf("%u passed, %u failed\n", replayed, unread);
    return unread > 0 || replayed == 0;
}
