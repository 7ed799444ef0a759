#include "base/buf.h"
#include "job/result.h"
#include "report/histogram.h"
#include "report/top_hosts.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

static void
add(struct top_hosts *t, const char *name, enum error_class class,
    int64_t time_us)
{
    struct result r;

    result_init(&r);
    if (class != ERR_NONE)
        result_fail(&r, class, "x", PHASE_CONNECT, true, "x");
    r.size_download = 10;
    top_hosts_add(t, name, strlen(name), &r, time_us);
    result_fini(&r);
}

/* The names in this order, joined; the caller's until the next call. */
static const char *
names(const struct top_hosts *t, enum top_hosts_order order, size_t n)
{
    static char text[256];
    const struct top_hosts_entry *list[16];
    size_t len = top_hosts_list(t, order, list, n);

    text[0] = '\0';
    for (size_t i = 0; i < len; i++) {
        strcat(text, i ? " " : "");
        strcat(text, list[i]->name);
    }
    return text;
}

Test(top_hosts, an_empty_list_of_hosts_lists_nothing)
{
    struct top_hosts *t = top_hosts_new(4);

    cr_expect_str_eq(names(t, TOP_HOSTS_USED, 10), "");
    cr_expect(top_hosts_is_exact(t));
    top_hosts_free(t);
    top_hosts_free(NULL);
}

Test(top_hosts, each_order_has_its_own_first_host)
{
    struct top_hosts *t = top_hosts_new(8);

    add(t, "used", ERR_NONE, 10);
    add(t, "used", ERR_NONE, 30);
    add(t, "used", ERR_NONE, -1);
    add(t, "slow", ERR_NONE, 500);
    add(t, "bad", ERR_CONNECT, 5);
    add(t, "bad", ERR_TIMEOUT, 7);
    add(t, "unsent", ERR_ABORTED, -1);
    cr_expect_str_eq(names(t, TOP_HOSTS_USED, 10), "used bad slow unsent");
    cr_expect_str_eq(names(t, TOP_HOSTS_FAILING, 10), "bad unsent");
    cr_expect_str_eq(names(t, TOP_HOSTS_SLOWEST, 10), "slow used bad");
    cr_expect_str_eq(names(t, TOP_HOSTS_USED, 2), "used bad");
    top_hosts_free(t);
}

Test(top_hosts, sums_are_those_of_the_host)
{
    struct top_hosts *t = top_hosts_new(8);
    const struct top_hosts_entry *e;

    add(t, "a", ERR_NONE, 10);
    add(t, "b", ERR_NONE, 99);
    add(t, "a", ERR_HTTP, 31);
    add(t, "a", ERR_ABORTED, -1);
    cr_assert_eq(top_hosts_list(t, TOP_HOSTS_USED, &e, 1), 1);
    cr_expect_str_eq(e->name, "a");
    cr_expect_eq(e->count, 3);
    cr_expect_eq(e->missed, 0);
    cr_expect_eq(e->nfailed, 2);
    cr_expect_eq(e->ntimed, 2);
    cr_expect_eq(top_hosts_mean_us(e), 20);
    cr_expect_eq(e->max_us, 31);
    cr_expect_eq(e->size_download, 30);
    top_hosts_free(t);
}

Test(top_hosts,
     a_new_host_replaces_the_least_used_and_says_what_it_may_have_missed)
{
    struct top_hosts *t = top_hosts_new(2);
    const struct top_hosts_entry *list[2];

    add(t, "a", ERR_NONE, 1);
    add(t, "a", ERR_NONE, 1);
    add(t, "a", ERR_NONE, 1);
    add(t, "b", ERR_NONE, 1);
    add(t, "b", ERR_NONE, 1);
    cr_expect(top_hosts_is_exact(t));
    add(t, "c", ERR_NONE, 1);
    cr_expect_not(top_hosts_is_exact(t));
    cr_assert_eq(top_hosts_list(t, TOP_HOSTS_USED, list, 2), 2);
    cr_expect_str_eq(list[0]->name, "a");
    cr_expect_str_eq(list[1]->name, "c");
    cr_expect_eq(list[1]->count, 1);
    cr_expect_eq(list[1]->missed, 2);
    top_hosts_free(t);
}

/* Two of 50 slots' worth of results each, among ten thousand others. */
Test(top_hosts, a_host_of_many_results_is_never_lost)
{
    struct top_hosts *t = top_hosts_new(50);
    char name[32];

    for (int i = 0; i < 10000; i++) {
        snprintf(name, sizeof(name), "once%d", i);
        add(t, name, ERR_NONE, 1);
        if (i % 10 == 0)
            add(t, "often", ERR_NONE, 1);
        if (i % 20 == 0)
            add(t, "sometimes", ERR_NONE, 1);
    }
    cr_expect_str_eq(names(t, TOP_HOSTS_USED, 2), "often sometimes");
    top_hosts_free(t);
}

Test(top_hosts, times_are_kept_for_each_host_on_request)
{
    struct top_hosts *t = top_hosts_new(2);
    const struct top_hosts_entry *list[2];

    top_hosts_keep_times(t);
    add(t, "a", ERR_NONE, 10);
    add(t, "a", ERR_NONE, 20);
    add(t, "a", ERR_NONE, 9000);
    add(t, "b", ERR_NONE, -1);
    add(t, "c", ERR_NONE, 7); /* in the place of b */
    cr_assert_eq(top_hosts_list(t, TOP_HOSTS_USED, list, 2), 2);
    cr_expect_eq(histogram_small_percentile(list[0]->times, 50), 20);
    cr_expect_eq(histogram_small_percentile(list[0]->times, 100), 9000);
    cr_expect_eq(list[1]->times->n, 1);
    cr_expect_eq(histogram_small_percentile(list[1]->times, 50), 7);
    top_hosts_free(t);
}
