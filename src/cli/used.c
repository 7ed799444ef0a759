#include "cli/used.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/redact.h"
#include "cli/argv.h"
#include "cli/table.h"

/* Operands that a command line has. */
#define OPERANDS_TOLD 20

/* Is it one word of the shell without quotes? */
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

/* A word in which a URL has no user. */
static void
add_redacted(struct buf *out, const char *s, bool shows_secrets)
{
    struct buf text = BUF_INIT;

    if (strstr(s, "://") && !shows_secrets)
        redact_url(&text, s, strlen(s));
    else
        buf_addstr(&text, s);
    buf_addc(&text, '\0');
    add_word(out, text.data);
    buf_fini(&text);
}

static void
add_operand(struct buf *out, const char *s, bool shows_secrets)
{
    struct buf text = BUF_INIT;

    if (shows_secrets)
        buf_addstr(&text, s);
    else
        redact_operand(&text, s);
    buf_addc(&text, '\0');
    add_word(out, text.data);
    buf_fini(&text);
}

static void
add_options(struct buf *out, const struct uses *uses, bool shows_secrets)
{
    for (size_t i = 0; i < uses->n; i++) {
        const struct use *use = &uses->v[i];

        if (!use->row)
            continue;
        if (out->len > 0)
            buf_addc(out, ' ');
        buf_addstr(out, "--");
        buf_addstr(out, use->row->name);
        if (!use->value)
            continue;
        /* Behind a blank, an optional value would be an operand. */
        buf_addc(out, use->row->is_optional ? '=' : ' ');
        if (use->row->is_secret && !shows_secrets)
            add_word(out, "***");
        else
            add_redacted(out, use->value, shows_secrets);
    }
}

static const char *
keep(struct buf *text, struct arena *mem)
{
    const char *kept =
        arena_strndup(mem, text->data ? text->data : "", text->len);

    buf_fini(text);
    return kept;
}

const char *
used_text(const struct uses *uses, bool shows_secrets, struct arena *mem)
{
    struct buf out = BUF_INIT;

    add_options(&out, uses, shows_secrets);
    return keep(&out, mem);
}

const char *
used_command(const struct uses *uses, bool shows_secrets, struct arena *mem)
{
    struct buf out = BUF_INIT;
    size_t n = uses->noperands;

    buf_addstr(&out, "fanfetch");
    add_options(&out, uses, shows_secrets);
    for (size_t i = 0; i < n && i < OPERANDS_TOLD; i++) {
        buf_addc(&out, ' ');
        add_operand(&out, uses->operands[i], shows_secrets);
    }
    if (n > OPERANDS_TOLD)
        buf_printf(&out, " # and %zu more", n - OPERANDS_TOLD);
    return keep(&out, mem);
}
