/*
 * check.h - checks whether a text is a valid value of an option.
 *
 * Pure, except that checks of file names ask the file system.
 */
#ifndef CHECK_H
#define CHECK_H

#include "base/base.h"

bool check_is_filled(const char *s); /* not empty */

/* "json", "text", or a text that contains "{".  The keys in braces are not
 * checked. */
bool check_is_format(const char *s);

/* Not empty, and not "-": standard input and output are reserved for URLs and
 * results, and libcurl would use them for "-". */
bool check_is_file_name(const char *s);

/*
 * No control byte except tab (RFC 9110, 5.5), so the text cannot end a header.
 */
bool check_is_line(const char *s);
bool check_is_ascii_line(const char *s);

/* A token (RFC 9110, 5.6.2): a method, a header's name. */
bool check_is_token(const char *s);

/* "Name: value", "Name:" (remove it) or "Name;" (send it empty), of any name.
 * Content-Length may only be 0, and Transfer-Encoding only chunked. */
bool check_is_header(const char *s);
bool check_is_chunked(const char *s); /* "Transfer-Encoding: chunked" */

/* "name=value" on one line; a file name; or "" ("keep what servers set"). */
bool check_is_cookie(const char *s);
bool check_is_referer(const char *s); /* a line, without curl's ";auto" */
bool check_is_user(const char *s);    /* "name:password", a line */
/* "name:password", a line; libcurl decodes its escapes. */
bool check_is_proxy_user(const char *s);
bool check_is_scheme(const char *s); /* http or https */

/* "HOST:PORT:ADDRESS[,ADDRESS]..." as in url/rule.h; HOST may be "*". */
bool check_is_resolve(const char *s);

/* "HOST1:PORT1:HOST2[:PORT2]" as in url/rule.h; parts may be empty. */
bool check_is_connect_to(const char *s);

bool check_is_socket_path(const char *s); /* fits into a sockaddr_un */
bool
check_is_regular(const char *s); /* a file that can be read more than once */
bool check_is_folder(const char *s); /* a folder that can be searched */

/* A file, or "sha256//BASE64" of 32 bytes each, separated by ";". */
bool check_is_pins(const char *s);

#endif /* CHECK_H */
