/*
 * no_timeouts.c - to be preloaded: a libcurl that ends nothing by itself.
 *
 * It takes CURLOPT_TIMEOUT_MS and CURLOPT_CONNECTTIMEOUT_MS and forgets them.
 */
#include <dlfcn.h>
#include <stdarg.h>

#define TIMEOUT_MS        155
#define CONNECTTIMEOUT_MS 156

typedef int setopt_function(void *, int, ...);

setopt_function curl_easy_setopt;

int
curl_easy_setopt(void *easy, int option, ...)
{
    static setopt_function *found;
    va_list list;
    void *value;

    if (option == TIMEOUT_MS || option == CONNECTTIMEOUT_MS)
        return 0;
    if (!found)
        found = (setopt_function *)dlsym(RTLD_NEXT, "curl_easy_setopt");
    /* Any argument is passed as a pointer would be. */
    va_start(list, option);
    value = va_arg(list, void *);
    va_end(list);
    return found(easy, option, value);
}
