#include "body/write_error.h"

#include <string.h>

#include "body/body.h"
#include "body/store.h"
#include "job/job.h"

void
write_error_set(const struct body_env *env, struct job *j, const char *name,
                int os_errno)
{
    struct result *r = &j->res;
    const char *dir = store_dir(env->store);

    if (name)
        result_fail(r, ERR_WRITE, store_error_code(os_errno), PHASE_WRITE,
                    false, "cannot write '%.80s/%.100s': %s", dir, name,
                    strerror(os_errno));
    else
        result_fail(r, ERR_WRITE, store_error_code(os_errno), PHASE_WRITE,
                    false, "cannot write to '%.100s': %s", dir,
                    strerror(os_errno));
    r->error.os_errno = os_errno;
}
