#include "body/room.h"

#include <criterion/criterion.h>

#include "base/budgets.h"
#include "base/base.h"
#include "job/job.h"

static struct room *room;
static struct job_pool *pool;
static struct job *jobs[3];

static void
set_up(void)
{
    room = room_new();
    pool = job_pool_new();
    for (size_t i = 0; i < ARRAY_LEN(jobs); i++)
        jobs[i] = job_new(pool);
}

static void
tear_down(void)
{
    for (size_t i = 0; i < ARRAY_LEN(jobs); i++)
        job_free(pool, jobs[i]);
    job_pool_free(pool);
    room_free(room);
}

TestSuite(room, .init = set_up, .fini = tear_down);

/* No two bodies of this size fit. */
#define LARGE (ROOM_MAX / 10)

Test(room, small_bodies_hold_nothing)
{
    for (size_t i = 0; i < ARRAY_LEN(jobs); i++) {
        cr_assert_eq(room_ask(room, jobs[i], 16384, true), ROOM_OK);
        cr_assert_eq(jobs[i]->room_held, 0);
    }
}

Test(room, the_first_body_without_room_goes_on_and_others_wait)
{
    cr_assert_eq(room_ask(room, jobs[0], LARGE, true), ROOM_OK);
    cr_assert_eq(room_ask(room, jobs[1], LARGE, true), ROOM_OK);
    cr_assert_eq(room_ask(room, jobs[2], LARGE, true), ROOM_WAIT);
    cr_assert_eq(room_ask(room, jobs[0], 2 * LARGE, true), ROOM_WAIT);
    cr_assert_eq(room_ask(room, jobs[1], 2 * LARGE, true), ROOM_OK);
    room_give_back(room, jobs[1]);
    cr_assert_eq(room_ask(room, jobs[2], LARGE, true), ROOM_OK);
}

Test(room, a_line_holds_room_until_it_is_written)
{
    cr_assert_eq(room_ask(room, jobs[0], LARGE, true), ROOM_OK);
    cr_assert_eq(room_ask(room, jobs[1], LARGE, true), ROOM_OK);
    room_pass_on(room, jobs[0]);
    room_pass_on(room, jobs[1]);
    cr_assert_eq(room_ask(room, jobs[2], LARGE, true), ROOM_WAIT);
    room_written(room);
    cr_assert_eq(room_ask(room, jobs[2], LARGE, true), ROOM_OK);
}

Test(room, a_stream_that_cannot_wait_gets_more_room_and_then_none)
{
    cr_assert_eq(room_ask(room, jobs[0], 6 * LARGE, false), ROOM_NONE);
    cr_assert_eq(room_ask(room, jobs[0], 3 * LARGE, false), ROOM_OK);
    cr_assert_eq(room_ask(room, jobs[1], 3 * LARGE, false), ROOM_NONE);
}
