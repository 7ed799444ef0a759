/*
 * ext.h - which extension a body's file gets.
 */
#ifndef EXT_H
#define EXT_H

#include "base/base.h"

/* The longest extension with its dot and NUL. */
#define EXT_TEXT 12

/*
 * ".html" by the content type; where that says nothing, by the URL's path;
 * "" where neither does.  Both may be NULL and are hostile.
 */
void ext_choose(const char *content_type, const char *url, char ext[EXT_TEXT]);

#endif /* EXT_H */
