#include "messages.h"

#include <fcntl.h>
#include <unistd.h>

#include <criterion/criterion.h>

static int reader;

void
messages_catch(void)
{
    int fds[2];

    cr_assert_eq(pipe2(fds, O_CLOEXEC | O_NONBLOCK), 0);
    reader = fds[0];
    dup2(fds[1], STDERR_FILENO);
    close(fds[1]);
}

const char *
messages(void)
{
    static char text[4096];
    ssize_t n = read(reader, text, sizeof(text) - 1);

    text[n > 0 ? n : 0] = '\0';
    return text;
}
