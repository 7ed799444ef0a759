/*
 * parse.c - what the binary says of each of many command lines.
 *
 *     parse [WORD...] <LINES
 *
 * parses each line of standard input, its words parted by spaces and followed
 * by WORDs, as the arguments of fanfetch.  Prints "> LINE", the messages, and
 * "taken" for a line that would run.  A process for each would cost forty
 * times as much.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/opts.h"

enum { MAX_WORDS = 64 };

/* In a process of its own: parsing may leave by exit(). */
static void
parse(int argc, char **argv)
{
    struct opts *opts;
    pid_t pid = fork();

    if (pid < 0)
        abort();
    if (pid == 0) {
        dup2(STDOUT_FILENO, STDERR_FILENO);
        if (opts_parse(argc, argv, &opts) == OPTS_RUN)
            puts("taken");
        fflush(stdout);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
}

int
main(int argc, char **argv)
{
    char *line = NULL, *save;
    size_t size = 0;

    while (getline(&line, &size, stdin) > 0) {
        char *words[MAX_WORDS] = {(char *)"fanfetch"};
        int n = 1;

        line[strcspn(line, "\n")] = '\0';
        printf("> %s\n", line);
        fflush(stdout);
        for (char *w = strtok_r(line, " ", &save); w && n < MAX_WORDS / 2;
             w = strtok_r(NULL, " ", &save))
            words[n++] = w;
        for (int i = 1; i < argc && n < MAX_WORDS - 1; i++)
            words[n++] = argv[i];
        parse(n, words);
    }
    free(line);
    return 0;
}
