/*
 * map.h - a hash map from byte strings to pointers.
 *
 * The keys are hostile (host names from a stranger's list), so the hash is
 * seeded per map.  Keys belong to the caller and must outlive their entry.
 */
#ifndef MAP_H
#define MAP_H

#include "base/base.h"

struct map;

NODISCARD struct map *map_new(void);
void map_free(struct map *m); /* not the keys and values; NULL is fine */
size_t map_len(const struct map *m);

/* The value, or NULL. */
void *map_get(const struct map *m, const char *key, size_t len);

/* Add an entry; the key must not be there yet, value must not be NULL. */
void map_put(struct map *m, const char *key, size_t len, void *value);

/* Take an entry out and return its value, or NULL. */
void *map_remove(struct map *m, const char *key, size_t len);

/* 64-bit FNV-1a, the same on every run and machine (shards, engine homes). */
uint64_t map_stable_hash(const char *key, size_t len);

#endif /* MAP_H */
