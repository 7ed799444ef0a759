/*
 * hosts_file.h - the machine's hosts file: addresses by name.
 *
 * Read once and kept as a map. c-ares 1.18 would read the whole file again for
 * each name, which takes 60 ms with a block list of 5 MB.
 */
#ifndef HOSTS_FILE_H
#define HOSTS_FILE_H

#include "base/addr.h"
#include "base/base.h"

struct hosts_file;

/* One address of a name, and a link to the next in the file's order. */
struct hosts_file_addr {
    struct addr addr;
    struct hosts_file_addr *next; /* NULL: the last */
};

/* Read the file.  An unreadable file counts as empty. */
NODISCARD struct hosts_file *hosts_file_read(const char *path);

void hosts_file_free(struct hosts_file *e); /* NULL is fine */

/* The addresses of a lower-case name, or NULL. */
const struct hosts_file_addr *hosts_file_find(const struct hosts_file *e,
                                              const char *name, size_t len);

#endif /* HOSTS_FILE_H */
