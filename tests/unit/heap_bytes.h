/*
 * heap_bytes.h - how many bytes malloc() has given out, for tests of memory.
 */
#ifndef HEAP_BYTES_H
#define HEAP_BYTES_H

#include <malloc.h>

/* Always 0 under sanitizers, whose malloc() does not count. */
static inline size_t
heap_bytes(void)
{
    struct mallinfo2 info = mallinfo2();

    return info.uordblks + info.hblkhd;
}

#endif /* HEAP_BYTES_H */
