#include "base/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "base/buf.h"

Test(path, spellings_of_a_path_become_one)
{
    static const char *const paths[][2] = {
        {"a/b", "/a/b"}, {"./a//b/", "/a/b"},       {"a/../b", "/b"},
        {"/../a", "/a"}, {"a/.b/..c", "/a/.b/..c"},
    };

    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        struct buf out = BUF_INIT;

        path_add_plain(&out, paths[i][0], strlen(paths[i][0]));
        buf_addc(&out, '\0');
        cr_expect_str_eq(out.data, paths[i][1], "%s", paths[i][0]);
        buf_fini(&out);
    }
}

Test(path, a_link_to_no_file_leads_to_its_target)
{
    char dir[] = "/tmp/test_path.XXXXXX", link[64], *end;

    cr_assert(mkdtemp(dir));
    snprintf(link, sizeof(link), "%s/link", dir);
    cr_assert_eq(symlink("target", link), 0);
    end = path_follow(link);
    cr_expect_str_eq(end + strlen(dir), "/target");
    cr_expect(path_is_same_new(link, end));
    cr_expect_not(path_is_same_new(link, "/tmp/target"));
    free(end);
    unlink(link);
    rmdir(dir);
}
