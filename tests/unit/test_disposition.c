#include "base/buf.h"
#include "body/disposition.h"

#include <criterion/criterion.h>

Test(disposition, gives_the_name_that_is_proposed)
{
    static const struct {
        const char *value, *name; /* NULL: none */
    } cases[] = {
        {"attachment; filename=a.txt", "a.txt"},
        {"ATTACHMENT;FileName = \"a b.txt\" ; x=y", "a b.txt"},
        {"attachment; filename=\"a\\\"b;c.txt\"", "a\"b;c.txt"},
        {"attachment; filename*=UTF-8''%e2%82%ac%20r.txt; filename=e",
         "\xe2\x82\xac r.txt"},
        {"attachment; filename=e; filename*=utf-8'en'x%C3%A9", "x\xc3\xa9"},
        {"attachment; filename*=iso-8859-1'en'%A3", "\xc2\xa3"},
        {"attachment; filename=e; filename*=UTF-8''%ff", "e"},
        {"attachment; filename=e; filename*=UTF-16''x", "e"},
        {"attachment; filename=e; filename*=UTF-8''%4", "e"},
        {"attachment; filename=e; filename*=x", "e"},
        {"attachment; filename=e; filename*=UTF-8''%00", "e"},
        {"attachment; filename=\"\xe9.txt\"", "\xc3\xa9.txt"},
        {"attachment; filename=\"/etc/../passwd\"", "passwd"},
        {"attachment; filename*=UTF-8''..%2f..%5cx", "x"},
        {"attachment; filename=\"a/\"", NULL},
        {"attachment; filename=\"open", "open"},
        {"attachment; filename=", NULL},
        {"attachment; filename", NULL},
        {"attachment", NULL},
        {"", NULL},
        {";", NULL},
        {"filename=a", NULL},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf name = BUF_INIT;
        bool found = disposition_filename(cases[i].value, &name);

        buf_addc(&name, '\0');
        cr_expect_eq(found, cases[i].name != NULL, "%s", cases[i].value);
        cr_expect_str_eq(name.data, cases[i].name ? cases[i].name : "", "%s",
                         cases[i].value);
        buf_fini(&name);
    }
}
