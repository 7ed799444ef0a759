#include "output/resume_rewrite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/mark.h"
#include "output/resume.h"
#include "output/resume_files.h"
#include "output/resume_pass.h"

/* Kept lines are written in pieces of this size. */
#define COPY_BYTES ((size_t)256 * 1024)

struct rewrite {
    const char *path; /* of the results */
    struct resume_files *files;
    const struct resume_bodies *bodies;
    int copy_fd;    /* the new file */
    struct buf out; /* kept lines that are still to be written there */
};

/* Report why the results cannot be rewritten, by errno. */
static int
fail(const struct rewrite *w)
{
    diag_error("cannot rewrite '%s': %s", w->path, strerror(errno));
    return -1;
}

/* Is there a file of that name that is not the remains of a killed run?  Those
 * hold results, or zeros after a power cut. */
static bool
is_of_others(const char *name)
{
    char head[256];
    int fd = open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, head, sizeof(head)) : 0;

    if (fd >= 0)
        close(fd);
    return n > 0 && head[0] != '\0' && !resume_line_begins(head, (size_t)n);
}

/* Create a new, locked file of that name: first readable by the owner only,
 * then with owner, mode and mark of the results.  Removes the remains of a
 * killed run. */
static int
make_beside(int from, const char *name)
{
    int fd;
    struct stat st;
    char mark[MARK_TEXT];

    if (is_of_others(name)) {
        errno = EEXIST;
        return -1;
    }
    (void)unlink(name);
    fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return -1;
    if (mark_get(from, mark))
        mark_set(fd, mark);
    if (fstat(from, &st) == 0) {
        /* Without permission to change the owner, keep our own. */
        (void)!fchown(fd, st.st_uid, st.st_gid);
        if (fchmod(fd, st.st_mode & 07777) == 0 &&
            flock(fd, LOCK_EX | LOCK_NB) == 0)
            return fd;
    }
    (void)unlink(name);
    close(fd);
    return -1;
}

static int
flush_copy(struct rewrite *w)
{
    int ret = fs_write_all(w->copy_fd, w->out.data, w->out.len);

    if (ret != 0)
        ret = fail(w);
    buf_clear(&w->out);
    return ret;
}

static int
copy_line(void *ctx, const struct resume_entry *e)
{
    struct rewrite *w = ctx;

    if (!e->is_kept)
        return 0;
    resume_files_note_named(w->files, e->seen.body_path);
    buf_add(&w->out, e->text.p, e->text.len + 1);
    return w->out.len < COPY_BYTES ? 0 : flush_copy(w);
}

/* Copy the kept lines to a new file of that name. */
static int
copy_kept(struct rewrite *w, struct resume_pass *pass, const char *name)
{
    w->copy_fd = make_beside(pass->fd, name);
    if (w->copy_fd < 0) {
        diag_error("cannot make '%s': %s", name, strerror(errno));
        return -1;
    }
    pass->on_line = copy_line;
    if (resume_pass_run(pass) == 0 && flush_copy(w) == 0) {
        /* Some file systems report a full disk only here. */
        if (fsync(w->copy_fd) == 0)
            return 0;
        fail(w);
    }
    (void)unlink(name);
    close(w->copy_fd);
    return -1;
}

static int
drop_file(void *ctx, const struct resume_entry *e)
{
    const struct rewrite *w = ctx;

    if (e->is_result && !e->is_kept)
        resume_files_drop(w->files, w->bodies, &e->seen);
    return 0;
}

/* Drop the files of the removed results.  The results are replaced only
 * afterwards, so a run that is killed meanwhile can be resumed. */
static int
drop_files(struct rewrite *w, struct resume_pass *pass)
{
    multiset_sort(&w->files->named);
    if (!w->bodies || w->files->left.len == 0)
        return 0;
    pass->on_line = drop_file;
    return resume_pass_run(pass);
}

/* Replace target, the results without links, by a copy without the lines that
 * are fetched again.  Returns the copy's descriptor, or -1. */
static int
replace(struct rewrite *w, struct resume_pass *pass, const char *target)
{
    struct buf name = BUF_INIT;
    int ret = -1;

    buf_printf(&name, "%s" RESUME_BESIDE, target);
    buf_addc(&name, '\0');
    if (copy_kept(w, pass, name.data) == 0) {
        if (drop_files(w, pass) != 0)
            (void)unlink(name.data);
        else if (fs_put_in_place(name.data, target) != 0)
            fail(w);
        else
            ret = w->copy_fd;
        if (ret < 0)
            close(w->copy_fd);
    }
    buf_fini(&name);
    return ret;
}

int
resume_rewrite(const char *path, bool retry_failed, struct resume_files *files,
               const struct resume_bodies *bodies)
{
    struct rewrite w = {.path = path, .files = files, .bodies = bodies};
    struct resume_pass pass = {
        .path = path, .retry_failed = retry_failed, .ctx = &w};
    char *target;
    int ret = -1;

    pass.fd = resume_pass_open(path);
    if (pass.fd < 0)
        return -1;
    target = realpath(path, NULL); /* if it is a symbolic link, its target */
    if (target)
        ret = replace(&w, &pass, target);
    else
        fail(&w);
    free(target);
    close(pass.fd);
    buf_fini(&w.out);
    return ret;
}
