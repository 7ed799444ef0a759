#include "base/term.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_WIDTH 80

bool
term_is_capable(int fd)
{
    const char *term = getenv("TERM");

    return isatty(fd) && term && *term && strcmp(term, "dumb") != 0;
}

bool
term_has_colors(int fd)
{
    const char *no_color = getenv("NO_COLOR");

    return term_is_capable(fd) && !(no_color && *no_color);
}

size_t
term_width(int fd)
{
    struct winsize size;

    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return DEFAULT_WIDTH;
    return size.ws_col;
}

/*
 * Read a process's parent and group.  False: it is gone, or there is no /proc.
 */
static bool
read_process(pid_t pid, pid_t *parent, pid_t *group)
{
    char path[64], line[512];
    const char *end;
    FILE *file;
    bool is_read;

    snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    file = fopen(path, "re");
    if (!file)
        return false;
    is_read = fgets(line, sizeof(line), file) != NULL;
    fclose(file);
    if (!is_read)
        return false;
    /* "1234 (any name) S parent group": the name may have parentheses. */
    end = strrchr(line, ')');
    return end && sscanf(end, ") %*c %d %d", parent, group) == 2;
}

static bool
is_ancestor(pid_t pid)
{
    pid_t p = getppid(), group;

    while (p > 1 && p != pid) {
        if (!read_process(p, &p, &group))
            return false;
    }
    return p == pid;
}

static bool
prints_to(pid_t pid, const struct stat *terminal)
{
    char path[64];
    struct stat st;

    snprintf(path, sizeof(path), "/proc/%d/fd/1", (int)pid);
    return stat(path, &st) == 0 && S_ISCHR(st.st_mode) &&
           st.st_rdev == terminal->st_rdev;
}

bool
term_is_shared(int fd)
{
    DIR *dir = opendir("/proc");
    struct dirent *entry;
    struct stat terminal;
    bool is_shared = false;

    if (!dir)
        return false;
    if (fstat(fd, &terminal) != 0) {
        closedir(dir);
        return false;
    }
    while (!is_shared && (entry = readdir(dir))) {
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10), parent, group;

        is_shared = pid > 0 && pid != getpid() &&
                    read_process(pid, &parent, &group) && group == getpgrp() &&
                    prints_to(pid, &terminal) && !is_ancestor(pid);
    }
    closedir(dir);
    return is_shared;
}
