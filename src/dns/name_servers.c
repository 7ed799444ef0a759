#include "dns/name_servers.h"

#include <string.h>

#include "base/addr.h"
#include "base/buf.h"
#include "base/units.h"

#define ITEM_MAX 63

/* Split the text in place; *port is NULL if there is none. */
static int
split(char *text, char **addr, char **port)
{
    char *end;

    *addr = text;
    *port = NULL;
    if (text[0] == '[' && (end = strchr(text, ']'))) {
        *addr = text + 1;
        *end = '\0';
        if (end[1] == ':')
            *port = end + 2;
        else if (end[1] != '\0')
            return -1;
    } else if ((end = strchr(text, ':')) && strrchr(text, ':') == end) {
        *end = '\0';
        *port = end + 1;
    }
    return 0;
}

static int
add(struct buf *out, const char *item, size_t len)
{
    char text[ITEM_MAX + 1];
    char *addr, *port;
    struct addr read;
    uint32_t n = 53;

    if (len > ITEM_MAX)
        return -1;
    memcpy(text, item, len);
    text[len] = '\0';
    if (split(text, &addr, &port) < 0)
        return -1;
    if (port && (units_count(port, &n) < 0 || n < 1 || n > 65535))
        return -1;
    if (out->len > 0)
        buf_addc(out, ',');
    if (addr_parse_plain(addr, strlen(addr), &read) != 0)
        return -1;
    if (read.n == 16)
        buf_printf(out, "[%s]:%u", addr, (unsigned)n);
    else if (addr == text)
        buf_printf(out, "%s:%u", addr, (unsigned)n);
    else
        return -1;
    return 0;
}

const char *
name_servers_parse(struct buf *out, const char *list)
{
    const char *item = list;

    while (item) {
        size_t len = strcspn(item, ",");

        if (add(out, item, len) < 0)
            return "a name server must be an address with or without a port, "
                   "as 192.0.2.1, 192.0.2.1:53 or [2001:db8::1]:53";
        item = item[len] == ',' ? item + len + 1 : NULL;
    }
    buf_addc(out, '\0');
    return NULL;
}
