#include "engine/folded.h"

#include "base/ascii.h"
#include "engine/easy.h"
#include "engine/transfer.h"

/* Listen no more, unless the archive does. */
static void
stop_listening(struct transfer *x)
{
    x->folded.is_expected = false;
    if (!x->sent.is_listening)
        EASY_SET(x->easy, CURLOPT_VERBOSE, 0L);
}

void
folded_expect(struct transfer *x)
{
    if (!x->env->keeps_header)
        return;
    x->folded.is_expected = true;
    EASY_SET(x->easy, CURLOPT_VERBOSE, 1L);
}

void
folded_look(struct transfer *x, char *line, size_t len)
{
    if (!x->folded.is_expected)
        return;
    if (len > 0 && ascii_is_blank(*line)) {
        x->folded.first = *line;
        *line = '\r';
    }
    stop_listening(x);
}

void
folded_restore(struct transfer *x, char *line)
{
    if (x->folded.first == '\0')
        return;
    *line = x->folded.first;
    x->folded.first = '\0';
}

void
folded_forget(struct transfer *x)
{
    x->folded.first = '\0';
    if (x->folded.is_expected)
        stop_listening(x);
}
