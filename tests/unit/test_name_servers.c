#include "dns/name_servers.h"

#include "base/buf.h"

#include <string.h>

#include <criterion/criterion.h>

Test(name_servers, each_server_gets_a_port_and_ipv6_gets_brackets)
{
    static const struct {
        const char *list;
        const char *csv; /* NULL: not allowed */
    } rows[] = {
        {"127.0.0.1", "127.0.0.1:53"},
        {"127.0.0.1:5353", "127.0.0.1:5353"},
        {"127.0.0.1,127.0.0.2:53", "127.0.0.1:53,127.0.0.2:53"},
        {"::1", "[::1]:53"},
        {"[::1]", "[::1]:53"},
        {"[::1]:53", "[::1]:53"},
        {"2001:db8::53", "[2001:db8::53]:53"},
        {"[2001:db8::53],192.0.2.1,[2001:db8::54]:65535",
         "[2001:db8::53]:53,192.0.2.1:53,[2001:db8::54]:65535"},
        {"", NULL},
        {",", NULL},
        {"127.0.0.1,", NULL},
        {",127.0.0.1", NULL},
        {"127.0.0.1,,127.0.0.2", NULL},
        {"127.0.0.1 127.0.0.2", NULL},
        {" 127.0.0.1", NULL},
        {"127.0.0", NULL},
        {"127.0.0.1:", NULL},
        {"127.0.0.1:0", NULL},
        {"127.0.0.1:65536", NULL},
        {"127.0.0.1:53x", NULL},
        {"127.0.0.1:-1", NULL},
        {"[127.0.0.1]:53", NULL},
        {"[::1", NULL},
        {"[::1]53", NULL},
        {"[::1]:", NULL},
        {"::1]:53", NULL},
        {"dns.example", NULL},
        {"[1111:2222:3333:4444:5555:6666:7777:8888]:0000000000000000000053x",
         NULL},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf csv = BUF_INIT;
        const char *why = name_servers_parse(&csv, rows[i].list);

        cr_assert_eq(!why, rows[i].csv != NULL, "'%s': %s", rows[i].list, why);
        if (!why)
            cr_assert_str_eq(csv.data, rows[i].csv);
        buf_fini(&csv);
    }
}
