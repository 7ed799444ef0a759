/*
 * check.h - is a text what an option may be given?
 *
 * Pure but for those that name files, which ask the file system.
 */
#ifndef CHECK_H
#define CHECK_H

#include "base/base.h"

bool check_is_filled(const char *s); /* not empty */

/* "json", "text", or a text with a "{": what is in the braces is not looked
 * at. */
bool check_is_format(const char *s);

/* Not empty, and not "-": standard input and output are for URLs and results
 * alone, and libcurl would take them for it. */
bool check_is_file_name(const char *s);

/* No control byte but tab (RFC 9110, 5.5), so it can't end a header. */
bool check_is_line(const char *s);

/* A token (RFC 9110, 5.6.2): a method, a header's name. */
bool check_is_token(const char *s);

/* "Name: value", "Name:" (remove it) or "Name;" (send it empty), of any name
 * but Content-Length. */
bool check_is_header(const char *s);

/* "name=value", a line; a file, or none at all ("keep what servers set"). */
bool check_is_cookie(const char *s);
bool check_is_referer(const char *s); /* a line, without curl's ";auto" */
bool check_is_user(const char *s);    /* "name:password", a line */
bool check_is_scheme(const char *s);  /* http or https */

/* "HOST:PORT:ADDRESS[,ADDRESS]..."; HOST may be "*", but no IPv6 address,
 * which libcurl doesn't take; addresses numeric. */
bool check_is_resolve(const char *s);

/* "HOST1:PORT1:HOST2[:PORT2]", where each may be left empty. */
bool check_is_connect_to(const char *s);

bool check_is_socket_path(const char *s); /* fits into a sockaddr_un */
bool check_is_readable(const char *s);    /* a file, or a pipe, we may read */
bool check_is_regular(const char *s);     /* one that can be read again */
bool check_is_folder(const char *s);      /* one that we may look into */

/* A file, or "sha256//BASE64" of 32 bytes each, separated by ";". */
bool check_is_pins(const char *s);

#endif /* CHECK_H */
