/*
 * rule.h - parses the entries of --resolve and --connect-to.
 */
#ifndef RULE_H
#define RULE_H

#include "base/base.h"

struct addr;

/* "HOST:PORT" in an entry; host points into it and is in ASCII. */
struct rule_peer {
    const char *host; /* without brackets */
    size_t host_len;  /* 0: any, or the same */
    uint16_t port;    /* 0: any, or the same */
};

/* "HOST:PORT:ADDRESS[,ADDRESS]..." */
struct resolve_rule {
    struct rule_peer peer; /* host_len is 0 for "*" */
    const char *addrs;     /* for rule_next_address() */
};

/* "HOST1:PORT1:HOST2[:PORT2]": everything except the colons may be empty. */
struct connect_rule {
    struct rule_peer from, to;
};

/* Return false if the text is not such an entry. */
bool rule_parse_resolve(const char *text, struct resolve_rule *rule);
bool rule_parse_connect_to(const char *text, struct connect_rule *rule);

/*
 * Read the next address of an entry.  Returns false if it is invalid. *list
 * moves behind it, and is NULL after the last one.
 */
bool rule_next_address(const char **list, struct addr *addr);

/* Does the entry apply to this host and port? */
bool rule_matches(const struct rule_peer *peer, const char *host,
                  uint16_t port);

#endif /* RULE_H */
