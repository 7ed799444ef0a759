/*
 * hosts_file.h - the names that the machine's own hosts file gives addresses.
 *
 * Read once and kept as a map.  c-ares would look into the file by itself,
 * but 1.18 reads all of it again for every name: with a block list of 5 MB
 * that is 60 ms each time.
 */
#ifndef HOSTS_FILE_H
#define HOSTS_FILE_H

#include "base/base.h"

struct etchosts;

/* One address of a name, and the next one, in the file's order. */
struct hosts_file_addr {
    const char *text;             /* numeric, as in the file */
    int family;                   /* AF_INET or AF_INET6 */
    struct hosts_file_addr *next; /* NULL: the last */
};

/* Read the file.  One that can't be read is as good as an empty one. */
NODISCARD struct etchosts *hosts_file_read(const char *path);

/* The same from text; it is copied. */
NODISCARD struct etchosts *hosts_file_parse(const char *text, size_t len);

void hosts_file_free(struct etchosts *e); /* NULL is fine */

/* The addresses of a lower-case name, NULL where it has none. */
const struct hosts_file_addr *hosts_file_find(const struct etchosts *e,
                                              const char *name, size_t len);

#endif /* HOSTS_FILE_H */
