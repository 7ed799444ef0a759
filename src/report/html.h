/*
 * html.h - text from anywhere as a piece of an HTML page.
 */
#ifndef HTML_H
#define HTML_H

#include "base/base.h"

struct buf;

/*
 * Append text for an element or for an attribute in double quotes.  It can
 * begin no element, end no attribute and name no character: & < > " and ' are
 * written as references.  A byte that is no UTF-8 becomes U+FFFD, and what
 * jsonw_is_hazard() tells is written as JSON's escape, so that it is seen.
 */
void html_text(struct buf *out, const char *s);

/*
 * Append a JSON text for an element <script type="application/json">.  It
 * stays the same JSON: < > and & are only found in strings, and become
 * escapes there, so that no string can end the element.
 */
void html_json(struct buf *out, const char *s, size_t len);

#endif /* HTML_H */
