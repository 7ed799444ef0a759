/*
 * main.c - a loopback HTTP server that misbehaves on request.
 *
 * The files, from the outside in:
 *   main     options, start, end
 *   listen   sockets that clients connect to
 *   conn     one connection: read, hold, send, end
 *   http     a request's bytes to struct request
 *   routes   which path answers how: content, access, faults, zip
 *   reply    what goes back, and its framing
 *   stats    what was seen: counts and the log
 *   buf, md5 bytes; a hash for digest authentication
 */
#include <getopt.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <ev.h>

#include "listen.h"
#include "stats.h"

enum { MAX_ADDRESSES = 64 };

struct options {
    const char *addresses[MAX_ADDRESSES];
    size_t naddresses;
    int port;                 /* 0: any */
    const char *unix_path;    /* serve here too, or NULL */
    const char *control_path; /* control requests alone, or NULL */
    bool deaf;                /* open a port that never answers */
    bool die_with_parent;     /* end when stdin does */
};

static const char usage[] =
    "Usage: server [OPTION]...\n"
    "Serve misbehaviour on loopback; print the port when ready.\n"
    "\n"
    "  --listen ADDR      listen here (repeatable; default 127.0.0.1)\n"
    "  --any              listen on 0.0.0.0, serve loopback peers alone\n"
    "  --port N           port for all of them (default: any free one)\n"
    "  --unix PATH        listen on a unix socket too\n"
    "  --control PATH     unix socket for /_stats, /_log and /_reset; on a "
    "second\n"
    "                     line, print a port for them\n"
    "  --deaf             print a second port, which never answers\n"
    "  --die-with-parent  end when standard input ends\n";

static void
add_address(struct options *o, const char *address)
{
    if (o->naddresses == MAX_ADDRESSES) {
        fprintf(stderr, "server: error: too many addresses\n");
        exit(2);
    }
    o->addresses[o->naddresses++] = address;
}

static void
parse_options(int argc, char **argv, struct options *o)
{
    static const struct option table[] = {
        {"listen", required_argument, NULL, 'l'},
        {"any", no_argument, NULL, 'a'},
        {"port", required_argument, NULL, 'p'},
        {"unix", required_argument, NULL, 'u'},
        {"control", required_argument, NULL, 'c'},
        {"deaf", no_argument, NULL, 'd'},
        {"die-with-parent", no_argument, NULL, 'w'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    int c;

    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) {
        switch (c) {
        case 'l':
            add_address(o, optarg);
            break;
        case 'a':
            add_address(o, "0.0.0.0");
            break;
        case 'p':
            o->port = atoi(optarg);
            break;
        case 'u':
            o->unix_path = optarg;
            break;
        case 'c':
            o->control_path = optarg;
            break;
        case 'd':
            o->deaf = true;
            break;
        case 'w':
            o->die_with_parent = true;
            break;
        case 'h':
            fputs(usage, stdout);
            exit(0);
        default:
            fputs(usage, stderr);
            exit(2);
        }
    }
    if (o->naddresses == 0)
        add_address(o, "127.0.0.1");
}

static void
on_signal(struct ev_loop *loop, ev_signal *w, int events)
{
    (void)w;
    (void)events;
    ev_break(loop, EVBREAK_ALL);
}

static void
on_stdin(struct ev_loop *loop, ev_io *w, int events)
{
    char bytes[256];

    (void)events;
    if (read(w->fd, bytes, sizeof(bytes)) == 0)
        ev_break(loop, EVBREAK_ALL);
}

static void
raise_descriptors(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* Open all sockets and say where; false after a message. */
static bool
start(struct ev_loop *loop, const struct options *o)
{
    int port = listen_tcp(loop, o->addresses, o->naddresses, o->port, false);
    int control_port = 0;
    if (port < 0)
        return false;
    if (o->unix_path && listen_unix(loop, o->unix_path, false) != 0)
        return false;
    if (o->control_path && listen_unix(loop, o->control_path, true) != 0)
        return false;
    if (o->control_path)
        control_port =
            listen_tcp(loop, &(const char *){"127.0.0.1"}, 1, 0, true);
    if (control_port < 0)
        return false;

    int deaf_port = o->deaf ? listen_deaf() : 0;
    if (deaf_port < 0)
        return false;
    if (o->deaf)
        printf("%d %d\n", port, deaf_port);
    else
        printf("%d\n", port);
    if (o->control_path)
        printf("%d\n", control_port);
    fflush(stdout);
    return true;
}

int
main(int argc, char **argv)
{
    struct options options = {0};
    struct ev_loop *loop = ev_default_loop(0);
    ev_signal on_term, on_int;
    ev_io on_input;

    parse_options(argc, argv, &options);
    stats_now_ms(); /* time starts now */
    raise_descriptors();
    signal(SIGPIPE, SIG_IGN);
    if (!start(loop, &options))
        return 1;

    ev_signal_init(&on_term, on_signal, SIGTERM);
    ev_signal_start(loop, &on_term);
    ev_signal_init(&on_int, on_signal, SIGINT);
    ev_signal_start(loop, &on_int);
    if (options.die_with_parent) {
        ev_io_init(&on_input, on_stdin, STDIN_FILENO, EV_READ);
        ev_io_start(loop, &on_input);
    }
    ev_run(loop, 0);

    if (options.unix_path)
        unlink(options.unix_path);
    if (options.control_path)
        unlink(options.control_path);
    return 0;
}
