#include "engine/upload.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/beneath.h"
#include "base/fs.h"
#include "engine/easy.h"
#include "engine/transfer.h"
#include "job/form.h"
#include "job/job.h"
#include "job/options.h"

#define CODE_CHANGED    "file_changed"
#define CODE_DENIED     "file_denied"
#define CODE_UNREADABLE "file_unreadable"

/* The pieces in which files are read, and libcurl's usual ones.  For each piece
 * a file is opened, checked and closed. */
#define PIECE_BYTES       (256L * 1024)
#define USUAL_PIECE_BYTES (64L * 1024)

/* A file on its way. */
struct upload_file {
    struct transfer *x;
    const char *path;
    struct stat first; /* as it was at the start; st_size -1: it was missing */
    int64_t at;        /* next byte to be read */
    struct upload_file *next;
};

struct upload {
    struct transfer *x;
    curl_mime *mime; /* NULL: one file is the whole body */
    struct upload_file *files;
    const struct upload_file *bad; /* the one that changed */
    int bad_errno;                 /* why it can't be read, 0: it changed */
};

/* The options' own files may be anywhere, a record's only beneath
 * --allow-files. */
static int
open_file(const struct opts *opts, const struct request *req, const char *path)
{
    if (!request_has_own_body(req))
        return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (!opts->files) {
        errno = EXDEV;
        return -1;
    }
    return beneath_open(opts->files, path);
}

/* Open a regular file and set *st.  Returns -1 and sets errno if it cannot. */
static int
open_regular(const struct opts *opts, const struct request *req,
             const char *path, struct stat *st)
{
    int fd = open_file(opts, req, path), err;

    if (fd < 0)
        return -1;
    if (fstat(fd, st) == 0 && S_ISREG(st->st_mode))
        return fd;
    err = S_ISDIR(st->st_mode) ? EISDIR : EINVAL;
    close(fd);
    errno = err;
    return -1;
}

static void
fail_file(struct job *j, const char *path, int err, enum phase phase)
{
    struct result *r = &j->res;
    const char *place = j->place ? j->place : "";

    if (err == EXDEV || err == ELOOP)
        result_fail(r, ERR_INPUT, CODE_DENIED, phase, false,
                    "%sfile '%.150s' is not beneath --allow-files", place,
                    path);
    else if (err == EINVAL)
        result_fail(r, ERR_INPUT, CODE_UNREADABLE, phase, false,
                    "%s'%.150s' is not a regular file", place, path);
    else if (err)
        result_fail(r, ERR_INPUT, CODE_UNREADABLE, phase, false,
                    "%scannot read file '%.150s': %s", place, path,
                    strerror(err));
    else
        result_fail(r, ERR_INPUT, CODE_CHANGED, phase, false,
                    "%sfile '%.150s' changed while it was sent", place, path);
    r->error.os_errno = err;
}

static int
check_file(const struct opts *opts, struct job *j, const char *path)
{
    struct stat st;
    int fd = open_regular(opts, &j->req, path, &st);

    if (fd < 0) {
        int err = errno;

        result_reset_hop(&j->res);
        fail_file(j, path, err, PHASE_INPUT);
        return -1;
    }
    close(fd);
    return 0;
}

int
upload_check(const struct opts *opts, struct job *j)
{
    if (j->req.body_file)
        return check_file(opts, j, j->req.body_file);
    for (const struct form_part *p = j->req.form; p; p = p->next) {
        if (p->path && check_file(opts, j, p->path) < 0)
            return -1;
    }
    return 0;
}

static struct upload_file *
add_file(struct upload *u, const char *path)
{
    struct upload_file *f = xcalloc(1, sizeof(*f));
    const struct transfer *x = u->x;
    int fd = open_regular(x->env->opts, &x->job->req, path, &f->first);

    if (fd < 0)
        f->first.st_size = 1; /* on_read() finds that it is gone */
    else
        close(fd);
    f->x = u->x;
    f->path = path;
    f->next = u->files;
    u->files = f;
    return f;
}

static size_t
refuse_file(struct upload_file *f, int err)
{
    struct upload *u = f->x->upload;

    u->bad = f;
    u->bad_errno = err;
    f->x->stop = STOP_FILE;
    return CURL_READFUNC_ABORT;
}

/* The next bytes of a file that is still the same. */
static size_t
on_read(char *out, size_t size, size_t n, void *arg)
{
    struct upload_file *f = arg;
    const struct transfer *x = f->x;
    int64_t left = f->first.st_size - f->at;
    size_t want = size * n;
    struct stat now;
    ssize_t got;
    int fd;

    fd = open_regular(x->env->opts, &x->job->req, f->path, &now);
    if (fd < 0)
        return refuse_file(f, errno);
    if ((int64_t)want > left)
        want = (size_t)left;
    got = fs_pread(fd, out, want, f->at);
    if (got < 0) {
        int err = errno;

        close(fd);
        return refuse_file(f, err);
    }
    /* After the read, so that a change under it is seen, too. */
    if (fstat(fd, &now) != 0 || !fs_is_unchanged(&now, &f->first) ||
        (size_t)got < want) {
        close(fd);
        return refuse_file(f, 0);
    }
    close(fd);
    f->at += got;
    return (size_t)got;
}

static int
on_seek(void *arg, curl_off_t offset, int origin)
{
    struct upload_file *f = arg;

    if (origin != SEEK_SET)
        return CURL_SEEKFUNC_CANTSEEK;
    f->at = offset;
    return CURL_SEEKFUNC_OK;
}

static void
start_file(struct upload *u)
{
    CURL *easy = u->x->easy;
    struct upload_file *f = add_file(u, u->x->job->req.body_file);

    if (f->first.st_size == 0)
        return; /* the empty body of setup_request() */
    EASY_SET(easy, CURLOPT_POSTFIELDS, NULL);
    EASY_SET(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)f->first.st_size);
    EASY_SET(easy, CURLOPT_READFUNCTION, on_read);
    EASY_SET(easy, CURLOPT_READDATA, f);
    EASY_SET(easy, CURLOPT_SEEKFUNCTION, on_seek);
    EASY_SET(easy, CURLOPT_SEEKDATA, f);
}

/* Check a call that can fail only for lack of memory. */
static void
check_memory(CURLcode code)
{
    if (code == CURLE_OUT_OF_MEMORY)
        alloc_failed();
}

/* The content type that libcurl guesses from the end of a file's name, or NULL.
 * */
static const char *
type_of_name(const char *name)
{
    static const struct {
        const char *end, *type;
    } types[] = {
        {".gif", "image/gif"},       {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},     {".png", "image/png"},
        {".svg", "image/svg+xml"},   {".txt", "text/plain"},
        {".htm", "text/html"},       {".html", "text/html"},
        {".pdf", "application/pdf"}, {".xml", "application/xml"},
    };
    size_t len = name ? strlen(name) : 0;

    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        size_t n = strlen(types[i].end);

        if (len >= n && strcasecmp(name + len - n, types[i].end) == 0)
            return types[i].type;
    }
    return NULL;
}

/*
 * The type that libcurl would give the part if it opened the file.  We open the
 * file, so libcurl sees only the name that we give, and guesses from that
 * alone.
 */
static const char *
type_of_file(const struct form_part *p, const char *filename)
{
    const char *type = p->type ? p->type : type_of_name(filename);

    if (type)
        return type;
    type = type_of_name(p->path);
    if (!filename)
        return type && strcmp(type, "text/plain") == 0 ? NULL : type;
    return type ? type : "application/octet-stream";
}

static const char *
base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static void
add_part(struct upload *u, curl_mime *mime, const struct form_part *p)
{
    curl_mimepart *part = curl_mime_addpart(mime);
    const char *filename = p->filename, *type = p->type;

    if (!part)
        alloc_failed();
    if (p->name)
        check_memory(curl_mime_name(part, p->name));
    if (p->path) {
        struct upload_file *f = add_file(u, p->path);

        if (!filename && !p->is_inline)
            filename = base_name(p->path);
        type = type_of_file(p, filename);
        check_memory(curl_mime_data_cb(part, f->first.st_size, on_read, on_seek,
                                       NULL, f));
    } else {
        check_memory(curl_mime_data(part, p->value, p->value_len));
    }
    if (filename)
        check_memory(curl_mime_filename(part, filename));
    if (type)
        check_memory(curl_mime_type(part, type));
    if (p->encoder)
        check_memory(curl_mime_encoder(part, p->encoder));
}

/* Add the parts of one field.  Several files become one part that consists of
 * parts, as with curl. */
static const struct form_part *
add_field(struct upload *u, const struct form_part *p)
{
    curl_mimepart *field;
    curl_mime *inner;

    if (!p->next || !p->next->is_of_same) {
        add_part(u, u->mime, p);
        return p->next;
    }
    field = curl_mime_addpart(u->mime);
    inner = curl_mime_init(u->x->easy);
    if (!field || !inner)
        alloc_failed();
    if (p->name)
        check_memory(curl_mime_name(field, p->name));
    do {
        struct form_part one = *p;

        one.name = NULL;
        add_part(u, inner, &one);
        p = p->next;
    } while (p && p->is_of_same);
    check_memory(curl_mime_subparts(field, inner));
    return p;
}

static void
start_form(struct upload *u)
{
    const struct form_part *p = u->x->job->req.form;

    u->mime = curl_mime_init(u->x->easy);
    if (!u->mime)
        alloc_failed();
    while (p)
        p = add_field(u, p);
    EASY_SET(u->x->easy, CURLOPT_MIMEPOST, u->mime);
}

struct upload *
upload_start(struct transfer *x)
{
    const struct request *req = &x->job->req;
    struct upload *u;

    if (!req->body_file && !req->form)
        return NULL;
    u = xcalloc(1, sizeof(*u));
    u->x = x;
    EASY_SET(x->easy, CURLOPT_UPLOAD_BUFFERSIZE, PIECE_BYTES);
    if (req->form)
        start_form(u);
    else
        start_file(u);
    return u;
}

void
upload_free(struct upload *u)
{
    struct upload_file *f;

    if (!u)
        return;
    EASY_SET(u->x->easy, CURLOPT_UPLOAD_BUFFERSIZE, USUAL_PIECE_BYTES);
    curl_mime_free(u->mime);
    while ((f = u->files)) {
        u->files = f->next;
        free(f);
    }
    free(u);
}

void
upload_rewind(struct upload *u)
{
    for (struct upload_file *f = u ? u->files : NULL; f; f = f->next)
        f->at = 0;
}

int64_t
upload_size(const struct upload *u)
{
    return u->mime ? -1 : u->files->first.st_size;
}

void
upload_fail(const struct upload *u, struct job *j)
{
    fail_file(j, u->bad->path, u->bad_errno, PHASE_SEND);
}
