/*
 * peak.c - the most memory that a command had.
 *
 *     peak FILE COMMAND...
 *
 * runs the command and writes that to FILE, in kB.  The kernel's account of the
 * ended process says how much it was (wait4(2)).  SIGINT and SIGTERM are passed
 * on to the command, and its exit status is ours: 128 + N after signal N.
 */
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* A failure of this program, as timeout(1) and env(1) tell theirs. */
enum { FAILED = 125 };

static void
die(const char *what, int error)
{
    fprintf(stderr, "peak: %s: %s\n", what, strerror(error));
    exit(FAILED);
}

/* Start the command with MASK as its blocked signals. */
static pid_t
start(char **command, const sigset_t *mask)
{
    posix_spawnattr_t attr;
    pid_t pid;
    int error;

    posix_spawnattr_init(&attr);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setsigmask(&attr, mask);
    error = posix_spawnp(&pid, command[0], NULL, &attr, command, environ);
    posix_spawnattr_destroy(&attr);
    if (error)
        die(command[0], error);
    return pid;
}

static void
write_kb(const char *path, long kb)
{
    FILE *f = fopen(path, "w");

    if (!f || fprintf(f, "%ld\n", kb) < 0 || fclose(f) != 0) {
        perror(path);
        exit(FAILED);
    }
}

int
main(int argc, char **argv)
{
    sigset_t ours, before;
    struct rusage usage;
    int number, status;
    pid_t pid;

    if (argc < 3) {
        fputs("Usage: peak FILE COMMAND...\n", stderr);
        return FAILED;
    }
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ours, &before);

    pid = start(argv + 2, &before);
    while (wait4(pid, &status, WNOHANG, &usage) == 0)
        if (sigwait(&ours, &number) == 0 && number != SIGCHLD)
            kill(pid, number);

    write_kb(argv[1], usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
