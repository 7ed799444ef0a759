#include "dns/hosts_file.h"

#include "addr_text.h"
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

/* Read a hosts file that has this text. */
static struct hosts_file *
read_text(const char *text, size_t len)
{
    char path[] = "/tmp/test_hosts_file.XXXXXX";
    int fd = mkstemp(path);
    struct hosts_file *e;

    cr_assert_eq(write(fd, text, len), (ssize_t)len);
    close(fd);
    e = hosts_file_read(path);
    unlink(path);
    return e;
}

/* The addresses of a name, with commas. */
static const char *
addrs_of(const struct hosts_file *e, const char *name)
{
    const struct hosts_file_addr *a = hosts_file_find(e, name, strlen(name));
    struct addr v[8];
    size_t n = 0;

    for (; a; a = a->next)
        v[n++] = a->addr;
    return addr_list_text((struct addr_list){v, n});
}

Test(hosts_file, each_way_to_write_a_line_is_understood)
{
    static const struct {
        const char *text, *name, *addrs;
    } cases[] = {
        {"127.0.0.1 localhost\n", "localhost", "127.0.0.1"},
        {"127.0.0.1 localhost", "localhost", "127.0.0.1"},
        {"127.0.0.1\tone  two\t three \n", "three", "127.0.0.1"},
        {"  192.0.2.7 one\r\n", "one", "192.0.2.7"},
        {"192.0.2.7 One.Example\n", "one.example", "192.0.2.7"},
        {"192.0.2.7 one#two\n", "one", "192.0.2.7"},
        {"192.0.2.7 one # two\n", "two", ""},
        {"192.0.2.7 one # two\n192.0.2.8 two\n", "two", "192.0.2.8"},
        {"# 192.0.2.7 one\n", "one", ""},
        {"2001:DB8::7 one\n", "one", "2001:db8::7"},
        {"192.0.2.7 a\n192.0.2.8 b\n192.0.2.9 a\n", "a", "192.0.2.7,192.0.2.9"},
        {"::1 a\n192.0.2.1 a\n::2 a\n", "a", "::1,192.0.2.1,::2"},
        {"192.0.2.7\n", "192.0.2.7", ""},
        {"192.0.2 one\n", "one", ""},
        {"192.0.2.1.1 one\n", "one", ""},
        {"one 192.0.2.7\n", "one", ""},
        {"fe80::1%lo0 one\n", "one", ""},
        {"\n\n \n192.0.2.7 one\n\n", "one", "192.0.2.7"},
        {"192.0.2.7 one\n", "on", ""},
        {"192.0.2.7 one\n", "ones", ""},
        {"#", "#", ""},
        {"", "", ""},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct hosts_file *e = read_text(cases[i].text, strlen(cases[i].text));

        cr_assert_str_eq(addrs_of(e, cases[i].name), cases[i].addrs, "case %zu",
                         i);
        hosts_file_free(e);
    }
}

Test(hosts_file, bytes_that_belong_in_no_such_file_do_no_harm)
{
    static const char text[] = "192.0.2.1 a\0b c\n\0 \0\n192.0.2.2 \xff\xfe\n";
    struct hosts_file *e = read_text(text, sizeof(text) - 1);

    cr_assert_str_eq(addrs_of(e, "c"), "192.0.2.1");
    cr_assert_str_eq(addrs_of(e, "\xff\xfe"), "192.0.2.2");
    hosts_file_free(e);
}

Test(hosts_file, a_file_that_cannot_be_read_is_an_empty_one)
{
    static const char *const paths[] = {"/dev/null", "/", "/nowhere/hosts"};

    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        struct hosts_file *e = hosts_file_read(paths[i]);

        cr_assert_null(hosts_file_find(e, "localhost", 9), "%s", paths[i]);
        hosts_file_free(e);
    }
    hosts_file_free(NULL);
}

Test(hosts_file, a_file_longer_than_one_read_is_read_to_its_end)
{
    struct buf text = BUF_INIT;
    struct hosts_file *e;
    char name[32], addr[32];

    for (int i = 0; i < 20000; i++)
        buf_printf(&text, "10.0.%d.%d host%d.example\n", i / 250, i % 250, i);
    e = read_text(text.data, text.len);
    buf_fini(&text);
    for (int i = 0; i < 20000; i++) {
        snprintf(name, sizeof(name), "host%d.example", i);
        snprintf(addr, sizeof(addr), "10.0.%d.%d", i / 250, i % 250);
        cr_assert_str_eq(addrs_of(e, name), addr);
    }
    hosts_file_free(e);
}
