/*
 * fanfetch - fetch a list of URLs concurrently, one JSON line each.
 *
 * The folders, in the order in which data passes them:
 *
 *   cli/      the command line, as data
 *   app/      the run: creates the parts below and connects them to its loop
 *   input/    the inputs, one record at a time, each turned into a job
 *   url/      targets, routes and access rules
 *   sched/    which job may start next
 *   dns/      names to addresses
 *   engine/   the requests on the wire, in threads of their own
 *   body/     the body of a response: decoded, checked, stored
 *   output/   the result lines, and the archive
 *   report/   the status line, the summary and the page of a run
 *   job/      what a record asks, and what it came to
 *   base/     memory, text, JSON, time, files, messages
 *
 * ARCHITECTURE.md names every file and tells why things are as they are.
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
