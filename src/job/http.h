/*
 * http.h - rules of HTTP for headers, methods and statuses; a request's
 * headers as a list.
 */
#ifndef HTTP_H
#define HTTP_H

#include "base/base.h"

struct arena;

/* One header of a request.  Order and repetition are kept. */
struct header {
    const char *name;  /* as the user wrote it */
    const char *value; /* without CR, LF and NUL; "" sends an empty header */
    struct header *next;
};

/* A header in front of a list.  The link is in mem; the texts are borrowed. */
NODISCARD struct header *header_new(struct arena *mem, const char *name,
                                    const char *value, struct header *next);

/* The first header of that name (any case), or NULL. */
const struct header *header_find(const struct header *list, const char *name,
                                 size_t len);

/* A copy of the list without the headers for which test is true.  New links
 * are in mem, texts are shared. */
NODISCARD struct header *
header_without(const struct header *list,
               bool (*test)(const char *name, size_t len), struct arena *mem);

/*
 * Must the header be removed on a redirect to another origin?  Any header may
 * carry a key, so all are removed except Accept, Accept-*, User-Agent,
 * Cache-Control, Pragma, Range, If-*, and Content-Type, -Encoding and
 * -Language, which describe the body.
 */
bool header_stays_behind(const char *name, size_t len);

/* Is it Host, which is valid for one origin only? */
bool header_is_host(const char *name, size_t len);

/* Does it make the request conditional (RFC 9110, 13.1): "If-..."? */
bool header_is_condition(const char *name, size_t len);

/* Does it describe or announce a body?  Such headers are removed if a redirect
 * drops the body: with "Transfer-Encoding" a server would wait for a body. */
bool header_is_content(const char *name, size_t len);

/* Is it a status whose Location is followed?  (RFC 9110, 15.4) */
bool http_is_redirect(int status);

/* May this request be sent twice?  (RFC 9110, 9.2.2) */
bool http_is_idempotent(const char *method);

/* Is it a token (RFC 9110, 5.6.2), as methods and names of headers are? */
bool http_is_token(const char *s, size_t len);

/* Is it a value of a header: no CR, LF, NUL or other control byte but tab
 * (RFC 9110, 5.5)? */
bool http_is_value(const char *s, size_t len);

/* The words that go with a status (RFC 9110, 15), such as "Not Found"; "" if
 * none are known.  HTTP/2 does not send them. */
const char *http_reason(int status);

/* Does an equal tag prove that no byte differs (RFC 9110, 8.8.3)?  False for
 * NULL. */
bool http_is_strong_etag(const char *etag);

/*
 * The next element of a header's value, a list, and its length; NULL if there
 * is none.  Commas and white space end one.  *list is set to its end.
 */
const char *http_list_next(const char **list, const char *end, size_t *len);

/* Does such a list contain that element (any case)? */
bool http_list_has(const char *list, size_t len, const char *element);

/* Read the three numbers of "bytes 5-9/10", a Content-Range.  Returns false if
 * the text is NULL or has another form, or if the total is unknown. */
NODISCARD bool http_read_range(const char *text, int64_t *first, int64_t *last,
                               int64_t *total);

#endif /* HTTP_H */
