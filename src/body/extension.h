/*
 * extension.h - chooses the extension of a body's file.
 */
#ifndef EXTENSION_H
#define EXTENSION_H

#include "base/base.h"

/* The longest extension with its dot and NUL. */
#define EXTENSION_TEXT 12

/*
 * Choose ".html" and the like by the content type, else by the URL's path,
 * else "".  Both may be NULL and are hostile.
 */
void extension_choose(const char *content_type, const char *url,
                      char ext[EXTENSION_TEXT]);

#endif /* EXTENSION_H */
