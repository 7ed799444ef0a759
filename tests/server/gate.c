#include "gate.h"

#include <stdlib.h>
#include <string.h>

struct gate {
    struct gate *next;
    struct gate_place *first;
    size_t nplaces;
    bool open;
    char *key;
};

static struct gate *gates;

static struct gate *
gate_get(const char *key)
{
    struct gate *g = gates;

    while (g && strcmp(g->key, key) != 0)
        g = g->next;
    if (g)
        return g;
    g = calloc(1, sizeof(*g));
    if (!g || !(g->key = strdup(key)))
        abort();
    g->next = gates;
    gates = g;
    return g;
}

bool
gate_enter(struct gate_place *p, const char *key, size_t n,
           void (*opened)(struct gate_place *p))
{
    struct gate *g = gate_get(key);

    if (g->open || g->nplaces + 1 >= n) {
        g->open = true;
        for (struct gate_place *waits; (waits = g->first);) {
            gate_leave(waits);
            opened(waits);
        }
        return true;
    }
    g->nplaces++;
    p->gate = g;
    p->next = g->first;
    p->link = &g->first;
    if (p->next)
        p->next->link = &p->next;
    g->first = p;
    return false;
}

void
gate_leave(struct gate_place *p)
{
    if (!p->gate)
        return;
    p->gate->nplaces--;
    *p->link = p->next;
    if (p->next)
        p->next->link = p->link;
    p->gate = NULL;
}

void
gate_reset(void)
{
    for (struct gate *g = gates; g; g = g->next)
        g->open = false;
}
