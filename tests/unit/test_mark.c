#include "base/mark.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

Test(mark, a_file_has_the_mark_that_was_set)
{
    char name[] = "/tmp/test_mark_XXXXXX", mark[MARK_TEXT], found[MARK_TEXT];
    int fd = mkstemp(name);

    cr_assert(fd >= 0);
    cr_expect_not(mark_get(fd, found), "there is none yet");
    mark_make(mark);
    cr_expect_eq(strlen(mark), MARK_TEXT - 1);
    mark_set(fd, mark);
    /* The file system may have no attributes. */
    if (mark_get(fd, found)) {
        cr_expect_str_eq(found, mark);
        cr_expect(mark_is(name, mark));
    }
    mark_make(found);
    cr_expect(strcmp(found, mark) != 0);
    cr_expect_not(mark_is(name, found));
    close(fd);
    unlink(name);
    cr_expect_not(mark_is(name, mark));
}
