/*
 * fuzz_name_template.c - no template, host or name leads out of the folder.
 *
 * The input is three lines: a template, a host, an extension's source (a
 * content type and URL at once); the first one is a name, too.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "body/disposition.h"
#include "body/extension.h"
#include "body/name_template.h"
#include "body/safe_name.h"

/* Judged in another way than the code does: component by component. */
static void
check_safe(const char *name)
{
    char *copy = strdup(name), *rest = copy, *part;

    check(copy && name[0] != '\0');
    while ((part = strsep(&rest, "/"))) {
        check(strcmp(part, "") != 0 && strcmp(part, ".") != 0 &&
              strcmp(part, "..") != 0);
        check(strlen(part) <= SAFE_PART_MAX);
        for (const char *s = part; *s; s++)
            check((unsigned char)*s >= 0x20 && *s != 0x7f);
    }
    free(copy);
}

static void
check_name(const char *name)
{
    struct buf cut = BUF_INIT;
    bool was_safe = safe_name_check(name);

    buf_addstr(&cut, name);
    buf_addc(&cut, '\0');
    safe_name_fix(&cut);
    check(cut.len == strlen(cut.data) + 1);
    if (safe_name_check(cut.data))
        check_safe(cut.data);
    /* Making a safe name safe again does not change it. */
    check(!was_safe || safe_name_check(cut.data) ||
          strlen(cut.data) > SAFE_NAME_MAX);
    buf_fini(&cut);
}

static void
check_template(const char *tmpl, const char *host, const char *ext)
{
    struct buf filename = BUF_INIT;
    bool has_filename = disposition_filename(host, &filename);
    struct buf name = BUF_INIT;
    char hash[TEMPLATE_HASH_DIGITS + 1];

    buf_addc(&filename, '\0');
    check(!has_filename || strlen(filename.data) == filename.len - 1);
    check(!strpbrk(filename.data, "/\\"));
    if (!template_is_valid(tmpl)) {
        buf_fini(&filename);
        return;
    }
    memset(hash, 'f', sizeof(hash) - 1);
    hash[sizeof(hash) - 1] = '\0';
    check(template_hash_digits(tmpl) <= TEMPLATE_HASH_DIGITS);
    template_expand(&name, tmpl,
                    &(struct template_values){
                        .index = UINT64_MAX,
                        .host = host,
                        .url = host,
                        .method = "GET",
                        .filename = has_filename ? filename.data : NULL,
                        .date = "2026-11-29",
                        .hash = hash,
                        .ext = ext,
                    });
    check(name.len == strlen(name.data) + 1);
    if (strlen(name.data) <= SAFE_NAME_MAX)
        check_safe(name.data);
    buf_fini(&name);
    buf_fini(&filename);
}

static void
check_ext(const char *type, const char *url, char ext[EXTENSION_TEXT])
{
    extension_choose(type, url, ext);
    check(strlen(ext) < EXTENSION_TEXT && !strchr(ext, '/'));
    check(ext[0] == '\0' || (ext[0] == '.' && ext[1] != '\0'));
    check(!strchr(ext + (ext[0] != '\0'), '.'));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1), *rest = text, ext[EXTENSION_TEXT];
    const char *tmpl, *host, *from;

    check(text != NULL);
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    tmpl = strsep(&rest, "\n");
    host = rest ? strsep(&rest, "\n") : "";
    from = rest ? rest : "";

    check_ext(from, from, ext);
    check_ext(NULL, from, ext);
    check_name(tmpl);
    check_name(from);
    check_template(tmpl, host, ext);
    free(text);
    return 0;
}
