/*
 * body.h - the body of a response: counted, kept in memory, hashed, stored.
 *
 * Bytes arrive while the transfer runs.  A file gets its name only when the
 * response is known to be the job's last one (body_commit()).  Bytes are
 * gathered first, so a small body is written in one piece.
 */
#ifndef BODY_H
#define BODY_H

#include "base/base.h"

struct buf;
struct job;
struct opts;
struct part_answer;
struct parts;
struct room;
struct store;

/* "2026-11-29" and its NUL. */
#define BODY_DATE 11

/* What the bodies of a run share.  Outlives them. */
struct body_env {
    const struct opts *opts;
    struct store *store; /* NULL: no files */
    struct parts *parts; /* NULL: none are continued */
    struct room *room;   /* for bodies kept in memory, and for decoders */
    /* With --resume: may the file with this path (body_path) be replaced?
     * Called from any thread.  NULL: --existing decides. */
    bool (*may_replace)(const void *ctx, const char *path);
    const void *ctx;
    char date[BODY_DATE]; /* of the run, for {date} */
};

/*
 * --continue: a hop is about to start.  If an earlier one has left the
 * beginning of the file, set j->range, which the request sends.  Returns false
 * if those bytes must be read first: call body_catch_up() until it returns
 * true.  Each call takes some milliseconds.
 */
NODISCARD bool body_begin(const struct body_env *env, struct job *j);
NODISCARD bool body_catch_up(const struct body_env *env, struct job *j);

/*
 * The head of the final answer has come, which is not a redirect to follow.
 * Returns false if it does not answer j->range: send the request without it.
 */
NODISCARD bool body_on_head(const struct body_env *env, struct job *j,
                            const struct part_answer *answer);

/* Take the type and the name of a continued body from its first answer if this
 * answer gives none. */
void body_recall_head(struct job *j);

/* Compare the length of a whole response with the one that its 206 promised:
 * returns 0 if it is equal, -1 if it is shorter, 1 if it is longer.  In the
 * last case nothing of it is kept. */
NODISCARD int body_compare_length(struct job *j);

enum body_verdict {
    BODY_MORE,      /* go on */
    BODY_ENOUGH,    /* all bytes to keep are there: end the transfer */
    BODY_TOO_LARGE, /* end the transfer; the error is set */
    BODY_UNWRITTEN, /* the same: a file could not be written */
};

/*
 * Decoded bytes arrived: count them in j->res.size_body, and keep them in
 * j->res.body and j->body as the options say.
 *
 * is_kept  false for the body of a redirect that is followed: it is counted,
 *          and no option limits it
 */
NODISCARD enum body_verdict body_add(const struct body_env *env, struct job *j,
                                     const char *data, size_t len,
                                     bool is_kept);

/* Does the result line, a file or a hash need the job's body? */
bool body_is_wanted(const struct body_env *env, const struct job *j);

/* Forget the bytes and remove the temporary file, but not a part that may be
 * continued. */
void body_drop(struct job *j);

/*
 * The hop is over and judged (next_after()).  If it was the job's last and its
 * response is whole, give the body's file its name and set body_path and
 * sha256. A failure, or an expectation that the body does not meet, becomes the
 * result's error.  A part that can be continued is kept.  j->body and j->part
 * are NULL afterwards.
 */
void body_commit(const struct body_env *env, struct job *j);

#endif /* BODY_H */
