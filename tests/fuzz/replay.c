/*
 * replay.c - run a fuzz target over its corpus, without libFuzzer.
 *
 * Each file is a case in a process of its own, so that one that crashes,
 * hangs or leaks is counted and the others still run.
 */
#include "fuzz.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE_S 60

static void
die(const char *what)
{
    perror(what);
    exit(2);
}

/* The whole file; *size is set. */
static uint8_t *
read_file(const char *path, size_t *size)
{
    int fd = open(path, O_RDONLY);
    struct stat st;
    uint8_t *data;
    size_t len = 0;
    ssize_t n;

    if (fd < 0 || fstat(fd, &st) != 0)
        die(path);
    /* Exactly as large as the input, so that ASan sees a read past it. */
    data = malloc(st.st_size > 0 ? (size_t)st.st_size : 1);
    if (!data)
        die("malloc");
    while (len < (size_t)st.st_size &&
           (n = read(fd, data + len, (size_t)st.st_size - len)) > 0)
        len += (size_t)n;
    if (len != (size_t)st.st_size)
        die(path);
    close(fd);
    *size = len;
    return data;
}

static bool
replay(const char *path)
{
    size_t size;
    pid_t pid;
    int status;

    fflush(stdout);
    pid = fork();
    if (pid < 0)
        die("fork");
    if (pid == 0) {
        uint8_t *data = read_file(path, &size);

        alarm(PATIENCE_S);
        LLVMFuzzerTestOneInput(data, size);
        free(data);
        exit(0);
    }
    if (waitpid(pid, &status, 0) != pid)
        die("waitpid");
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    printf("FAIL %s: %s %d\n", path, WIFSIGNALED(status) ? "signal" : "status",
           WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    return false;
}

static int
is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int
main(int argc, char **argv)
{
    unsigned passed = 0, failed = 0;
    struct dirent **names;
    int n;

    if (argc != 2) {
        fprintf(stderr, "Usage: %s DIRECTORY\n", argv[0]);
        return 2;
    }
    n = scandir(argv[1], &names, is_visible, alphasort);
    if (n < 0)
        die(argv[1]);

    for (int i = 0; i < n; i++) {
        char path[4096];

        snprintf(path, sizeof(path), "%s/%s", argv[1], names[i]->d_name);
        if (replay(path))
            passed++;
        else
            failed++;
        free(names[i]);
    }
    free(names);
    printf("%u passed, %u failed: %s\n", passed, failed, argv[1]);
    return failed == 0 && passed > 0 ? 0 : 1;
}
