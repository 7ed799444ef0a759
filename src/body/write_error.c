#include "body/write_error.h"

#include <errno.h>
#include <string.h>

#include "body/body.h"
#include "body/store.h"
#include "job/job.h"

const char *
write_error_code(int os_errno)
{
    static const struct {
        int os_errno;
        const char *code;
    } errors[] = {
        {ENOSPC, "disk_full"},          {EDQUOT, "disk_full"},
        {EEXIST, "name_taken"},         {ENOTDIR, "name_taken"},
        {ELOOP, "name_taken"},          {EISDIR, "name_taken"},
        {ENAMETOOLONG, "name_invalid"}, {EACCES, "permission_denied"},
        {EPERM, "permission_denied"},   {EROFS, "permission_denied"},
        {EFBIG, "file_too_large"},
    };

    for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
        if (errors[i].os_errno == os_errno)
            return errors[i].code;
    }
    return "failed";
}

void
write_error_set(const struct body_env *env, struct job *j, const char *name,
                int os_errno)
{
    struct result *r = &j->res;
    const char *dir = store_dir(env->store);

    if (name)
        result_fail(r, ERR_WRITE, write_error_code(os_errno), PHASE_WRITE,
                    false, "cannot write '%.80s/%.100s': %s", dir, name,
                    strerror(os_errno));
    else
        result_fail(r, ERR_WRITE, write_error_code(os_errno), PHASE_WRITE,
                    false, "cannot write to '%.100s': %s", dir,
                    strerror(os_errno));
    r->error.os_errno = os_errno;
}
