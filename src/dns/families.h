/*
 * families.h - which address families are looked up, and which is preferred.
 */
#ifndef FAMILIES_H
#define FAMILIES_H

#include "base/base.h"

struct families {
    int list[2]; /* AF_INET, AF_INET6; the preferred one first */
    size_t n;    /* 1 or 2 */
};

/*
 * wanted is 4 or 6, or 0 for both.  With 0, IPv6 is preferred if the machine
 * has a global IPv6 address to send from, and left out if the kernel has no
 * IPv6.
 */
struct families families_choose(int wanted);

bool families_have(const struct families *f, int family);

#endif /* FAMILIES_H */
