/*
 * reserve.h - keeps the names of the files that a run reads or writes from its
 * bodies.
 */
#ifndef APP_RESERVE_H
#define APP_RESERVE_H

struct opts;
struct store;

/* Reserve the names of the run's own files, its lists among them, in the folder
 * of the bodies: a stranger's list may give a body any name. */
void reserve_files(const struct opts *opts, struct store *store);

#endif /* APP_RESERVE_H */
