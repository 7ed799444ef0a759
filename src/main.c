/*
 * fanfetch - fetch a list of URLs concurrently, one JSON line each.
 *
 * Where things are, in the order in which data passes them:
 *
 *   cli/      opts, table, help: the command line
 *   app/      the run: the stations below wired to the control loop; app: a
 *             turn of it; intake, dispatch, results, stop: its parts
 *   input/    source: the inputs in a row; lines: bytes to lines;
 *             spec: a line to a job
 *   job       what the user asked, over all its attempts and hops
 *   sched/    sched, host, slots, gate: which job may start now;
 *             resolver: names to addresses
 *   engine/   engine: a curl multi on a thread's loop; transfer: one request on
 *             the wire; setup, prepare: what is asked for; receive, unpack,
 *             body: what comes; outcome, errors: what it came to; sockets:
 *             known from opening to closing; guard: where it may go; route,
 *             url: where it goes; mailbox: jobs from thread to thread
 *   step      what follows a hop: the result, a redirect, a retry
 *   result    what a job came to
 *   output/   record: a result as a JSON line; sink: lines on their way out;
 *             report: the status line (progress) and the summary
 *   base/     memory, bytes, text, time, messages
 *
 * README.md in this folder says how they play together.
 */
#include "app/app.h"
#include "base/fs.h"
#include "cli/opts.h"

int
main(int argc, char **argv)
{
    struct opts *opts;
    int status;

    if (fs_open_std())
        return EXIT_OUTPUT;
    switch (opts_parse(argc, argv, &opts)) {
    case OPTS_DONE:
        return EXIT_ALL_OK;
    case OPTS_VERSION:
        return app_version();
    case OPTS_SCHEMA:
        return app_schema();
    case OPTS_KEYS:
        return app_keys();
    case OPTS_USAGE:
        return EXIT_USAGE;
    case OPTS_FAILED:
        return EXIT_OUTPUT;
    case OPTS_RUN:
        break;
    }
    status = app_run(opts);
    opts_free(opts);
    return status;
}
