#include "cli/used.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/redact.h"
#include "cli/argv.h"
#include "cli/table.h"

/* Is it a word of the shell's as it stands? */
static bool
is_word(const char *s)
{
    return *s != '\0' &&
           s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                       "0123456789_@%+=:,./-")] == '\0';
}

static void
add_word(struct buf *out, const char *s)
{
    if (is_word(s)) {
        buf_addstr(out, s);
        return;
    }
    buf_addc(out, '\'');
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;

        if (c == '\'')
            buf_addstr(out, "'\\''");
        else
            buf_addc(out, c < 0x20 || c == 0x7f ? ' ' : (char)c);
    }
    buf_addc(out, '\'');
}

static void
add_value(struct buf *out, const struct use *use, bool shows_secrets)
{
    struct buf value = BUF_INIT;

    if (use->row->is_secret && !shows_secrets)
        buf_addstr(&value, "***");
    else if (strstr(use->value, "://") && !shows_secrets)
        redact_url(&value, use->value, strlen(use->value));
    else
        buf_addstr(&value, use->value);
    buf_addc(&value, '\0');
    buf_addc(out, ' ');
    add_word(out, value.data);
    buf_fini(&value);
}

const char *
used_text(const struct uses *uses, bool shows_secrets, struct arena *mem)
{
    struct buf out = BUF_INIT;
    const char *text;

    for (size_t i = 0; i < uses->n; i++) {
        const struct use *use = &uses->v[i];

        if (!use->row)
            continue;
        if (out.len > 0)
            buf_addc(&out, ' ');
        buf_addstr(&out, "--");
        buf_addstr(&out, use->row->name);
        if (use->value)
            add_value(&out, use, shows_secrets);
    }
    text = arena_strndup(mem, out.data ? out.data : "", out.len);
    buf_fini(&out);
    return text;
}
