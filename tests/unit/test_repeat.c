#include "engine/repeat.h"

#include <criterion/criterion.h>

#include "engine/transfer.h"

/* A stream of two bytes that has ended, as had its connection. */
static struct transfer
ended_stream(void)
{
    return (struct transfer){
        .wire = {.state = TRANSFER_BODY},
        .status = 200,
        .body_bytes = 2,
        .end = {.body_bytes = 2, .is_complete = true},
    };
}

Test(repeat, an_answer_that_has_come_whole_counts)
{
    struct transfer x = ended_stream();

    cr_expect_eq(repeat_corrected_code(&x, CURLE_RECV_ERROR), CURLE_OK);
    cr_expect_eq(repeat_corrected_code(&x, CURLE_SEND_ERROR), CURLE_OK);
    cr_expect_eq(repeat_corrected_code(&x, CURLE_HTTP2), CURLE_OK);
    cr_expect_eq(repeat_corrected_code(&x, CURLE_OK), CURLE_OK);
    x.wire.state = TRANSFER_HEADED; /* without a body */
    x.body_bytes = x.end.body_bytes = 0;
    cr_expect_eq(repeat_corrected_code(&x, CURLE_RECV_ERROR), CURLE_OK);
}

Test(repeat, a_part_of_an_answer_does_not_count)
{
    struct transfer x = ended_stream();

    cr_expect_eq(repeat_corrected_code(&x, CURLE_OPERATION_TIMEDOUT),
                 CURLE_OPERATION_TIMEDOUT);
    x.stop = STOP_BODY;
    cr_expect_eq(repeat_corrected_code(&x, CURLE_RECV_ERROR), CURLE_RECV_ERROR);
    x = ended_stream();
    x.body_bytes = 1; /* libcurl has kept a byte to itself */
    cr_expect_eq(repeat_corrected_code(&x, CURLE_RECV_ERROR), CURLE_RECV_ERROR);
    x = ended_stream();
    x.end.is_complete = false;
    cr_expect_eq(repeat_corrected_code(&x, CURLE_RECV_ERROR), CURLE_RECV_ERROR);
    x = ended_stream();
    x.wire.state = TRANSFER_HEAD;
    cr_expect_eq(repeat_corrected_code(&x, CURLE_RECV_ERROR), CURLE_RECV_ERROR);
    x = ended_stream();
    x.status = 103;
    cr_expect_eq(repeat_corrected_code(&x, CURLE_RECV_ERROR), CURLE_RECV_ERROR);
}
