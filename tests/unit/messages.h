/*
 * messages.h - the messages that a test causes on stderr.
 */
#ifndef MESSAGES_H
#define MESSAGES_H

/* Catch what goes to stderr from now on.  The test runs in a process of its
 * own, so nothing is restored. */
void messages_catch(void);

/* The text written to stderr since the last call; at most 4,095 bytes, valid
 * until the next call. */
const char *messages(void);

#endif /* MESSAGES_H */
