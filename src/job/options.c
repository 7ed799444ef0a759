#include "job/options.h"

bool
ranges_has(const struct ranges *r, int n)
{
    return n >= 0 && n < (int)ARRAY_LEN(r->has) && r->has[n];
}
