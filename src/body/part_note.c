#include "body/part_note.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "body/store.h"

#define NOTE_MAX_BYTES (16 * 1024)
#define NOTE_TEXT_MAX  (4 * 1024)

bool
part_note_fits(const char *text)
{
    if (!text || !*text || strlen(text) > NOTE_TEXT_MAX)
        return false;
    for (; *text; text++)
        if ((unsigned char)*text < ' ' && *text != '\t')
            return false;
    return true;
}

static void
put_line(struct buf *b, const char *key, const char *text)
{
    if (text)
        buf_printf(b, "%s %s\n", key, text);
}

int
part_note_write(const struct part_note *n, struct store *s, const char *name)
{
    char temp[STORE_TEMP] = "";
    struct buf text = BUF_INIT;
    int folder = store_folder(s), err;

    buf_printf(&text, "fanfetch-part 1\ntotal %" PRId64 "\n", n->total);
    put_line(&text, "validator", n->validator);
    put_line(&text, "type", n->type);
    put_line(&text, "disposition", n->disposition);
    buf_addstr(&text, "end\n");
    err = store_append(s, temp, text.data, text.len);
    if (!err && renameat(folder, temp, folder, name) != 0)
        err = errno;
    if (err)
        store_drop(s, temp);
    buf_fini(&text);
    return err;
}

/* Returns true for the note's last line. */
static bool
take_line(struct part_note *note, const char *line)
{
    static const char validator[] = "validator ", type[] = "type ",
                      disposition[] = "disposition ", total[] = "total ";

    if (strncmp(line, validator, strlen(validator)) == 0 && !note->validator)
        note->validator = xstrdup(line + strlen(validator));
    else if (strncmp(line, type, strlen(type)) == 0 && !note->type)
        note->type = xstrdup(line + strlen(type));
    else if (strncmp(line, disposition, strlen(disposition)) == 0 &&
             !note->disposition)
        note->disposition = xstrdup(line + strlen(disposition));
    else if (strncmp(line, total, strlen(total)) == 0)
        note->total = strtoll(line + strlen(total), NULL, 10);
    return strcmp(line, "end") == 0;
}

bool
part_note_read(struct part_note *note, struct store *s, const char *name)
{
    char *text, *rest, *line;
    bool is_whole = false;
    ssize_t n;
    int fd = store_find(s, name);

    *note = (struct part_note){.total = -1};
    if (fd < 0)
        return false;
    text = xmalloc(NOTE_MAX_BYTES + 1);
    n = read(fd, text, NOTE_MAX_BYTES);
    close(fd);
    text[n > 0 ? n : 0] = '\0';
    for (rest = text; (line = strsep(&rest, "\n"));)
        is_whole |= take_line(note, line);
    free(text);
    return is_whole;
}

void
part_note_clear(struct part_note *n)
{
    free(n->validator);
    free(n->type);
    free(n->disposition);
    *n = (struct part_note){.total = -1};
}
