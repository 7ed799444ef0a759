/*
 * extension.h - which extension a body's file gets.
 */
#ifndef EXTENSION_H
#define EXTENSION_H

#include "base/base.h"

/* The longest extension with its dot and NUL. */
#define EXTENSION_TEXT 12

/*
 * ".html" by the content type; where that says nothing, by the URL's path;
 * "" where neither does.  Both may be NULL and are hostile.
 */
void extension_choose(const char *content_type, const char *url,
                      char ext[EXTENSION_TEXT]);

#endif /* EXTENSION_H */
