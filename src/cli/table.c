#include "cli/table.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/nearest.h"
#include "body/name_template.h"
#include "cli/check.h"
#include "cli/help.h"
#include "cli/opts.h"
#include "url/hostset.h"

#define TO(field) offsetof(struct opts, field)

#define COUNT_MAX 1000000
#define MS        US_PER_MS
#define SECOND    US_PER_S
#define HOUR      (3600 * US_PER_S)

/* Ten days: libcurl counts milliseconds in an int, which ends at 24 days. */
#define DURATION_MAX (240 * HOUR)

/* A pebibyte: sums of sizes cannot overflow. */
#define SIZE_MAX_BYTES (INT64_C(1) << 50)

/* The part that --expect examines is kept in memory. */
#define EXPECT_SIZE_MAX (INT64_C(16) << 20)

static const struct opt_word body_words[] = {
    {"auto", BODY_AUTO},    {"text", BODY_TEXT}, {"base64", BODY_BASE64},
    {"json", BODY_AS_JSON}, {NULL, 0},
};

static const struct opt_word existing_words[] = {
    {"refuse", EXISTING_REFUSE},
    {"keep", EXISTING_KEEP},
    {"replace", EXISTING_REPLACE},
    {"number", EXISTING_NUMBER},
    {NULL, 0},
};

static const struct opt_word input_words[] = {
    {"auto", INPUT_AUTO},
    {"lines", INPUT_LINES},
    {"jsonl", INPUT_JSONL},
    {"csv", INPUT_CSV},
    {"tsv", INPUT_TSV},
    {"sitemap", INPUT_SITEMAP},
    {NULL, 0},
};

/* Words for completion only: the value is any text. */
static const struct opt_word scheme_words[] = {
    {"http", 0},
    {"https", 0},
    {NULL, 0},
};

/* --format also accepts a template. */
static const struct opt_word format_words[] = {
    {"json", FORMAT_JSON},
    {"text", FORMAT_TEXT},
    {NULL, 0},
};

static const struct opt_word progress_words[] = {
    {"auto", PROGRESS_AUTO},
    {"always", PROGRESS_ALWAYS},
    {"never", PROGRESS_NEVER},
    {NULL, 0},
};

static const struct opt_word tls_words[] = {
    {"1.0", TLS_1_0}, {"1.1", TLS_1_1}, {"1.2", TLS_1_2},
    {"1.3", TLS_1_3}, {NULL, 0},
};

/* In the order of the help. */
static const struct opt_word limit_words[] = {
    {"auto", (int)LIMIT_AUTO},
    {NULL, 0},
};

const struct opt_row table_rows[] = {
    /* Connector. */
    {
        .name = "limit",
        .section = SECTION_CONNECTOR,
        .is_common = true,
        .kind = OPT_COUNT,
        .offset = TO(limit),
        .max = COUNT_MAX,
        .words = limit_words,
        .initial = "100",
        .arg = "N|auto",
        .help = "connections open at once, idle ones, too",
        .more = "0: no limit but the process's file descriptors.",
    },
    {
        .name = "limit-per-host",
        .section = SECTION_CONNECTOR,
        .is_common = true,
        .kind = OPT_COUNT,
        .offset = TO(limit_per_host),
        .max = COUNT_MAX,
        .initial = "0",
        .arg = "N",
        .help = "the same for each host; 0: no limit",
        .more = "A host is scheme, name, port and proxy.",
    },
    {
        .name = "concurrency",
        .section = SECTION_CONNECTOR,
        .kind = OPT_COUNT,
        .offset = TO(concurrency),
        .max = COUNT_MAX,
        .arg = "N",
        .help = "requests in flight (as --limit)",
        .more = "Above --limit it lets HTTP/2 streams share connections.  0: "
                "as --limit.",
    },
    {
        .name = "concurrency-per-host",
        .section = SECTION_CONNECTOR,
        .kind = OPT_COUNT,
        .offset = TO(concurrency_per_host),
        .max = COUNT_MAX,
        .arg = "N",
        .help = "the same for each host (as --limit-per-host)",
        .more = "0: as --limit-per-host.",
    },
    {
        .name = "threads",
        .section = SECTION_CONNECTOR,
        .kind = OPT_COUNT,
        .offset = TO(threads),
        .min = 1,
        .max = 64,
        .arg = "N",
        .help = "threads that fetch (the CPUs, up to 4)",
        .more = "At most --limit.  Each gets its share of the limits; the "
                "sums stay the same.  Unset, each has at least 2 connections, "
                "or 16 with a --limit-per-host below the number of threads.",
    },
    {
        .name = "force-close",
        .section = SECTION_CONNECTOR,
        .kind = OPT_ON,
        .offset = TO(force_close),
        .help = "one request per connection",
        .more = "Sends \"Connection: close\".  Contradicts "
                "--keepalive-timeout.",
    },
    {
        .name = "keepalive-timeout",
        .section = SECTION_CONNECTOR,
        .kind = OPT_DURATION,
        .offset = TO(keepalive_us),
        .max = DURATION_MAX,
        .initial = "15s",
        .arg = "D",
        .help = "how long idle connections are kept",
        .more = "0: as --force-close.",
    },
    {
        .name = "max-conn-lifetime",
        .section = SECTION_CONNECTOR,
        .kind = OPT_DURATION,
        .offset = TO(max_conn_lifetime_us),
        .max = DURATION_MAX,
        .initial = "0",
        .arg = "D",
        .help = "older connections take no new request",
        .more = "Idle ones are closed.  0: no such limit.",
    },
    {
        .name = "enable-cleanup-closed",
        .section = SECTION_CONNECTOR,
        .kind = OPT_NOTHING,
        .help = "accepted, no effect: it is always so",
        .more = "No closed TLS connection waits for its peer's last word.",
    },
    {
        .name = "dns-cache-ttl",
        .section = SECTION_CONNECTOR,
        .kind = OPT_DURATION,
        .offset = TO(dns_cache_ttl_us),
        .max = DURATION_MAX,
        .initial = "10s",
        .arg = "D",
        .help = "how long a name's addresses are kept",
        .more = "0: no cache.  Look-ups of one name at the same time are one "
                "query; its addresses take turns.",
    },
    {
        .name = "dns-servers",
        .section = SECTION_CONNECTOR,
        .kind = OPT_TEXT,
        .offset = TO(dns_servers),
        .is_valid = check_is_filled,
        .must = "addresses, separated by commas",
        .arg = "LIST",
        .help = "name servers to ask: ADDRESS[:PORT],...",
    },
    {
        .name = "resolve",
        .section = SECTION_CONNECTOR,
        .kind = OPT_TEXTS,
        .offset = TO(resolve),
        .is_valid = check_is_resolve,
        .must = "HOST:PORT:ADDRESS[,ADDRESS]..., names in ASCII (xn--...)",
        .arg = "HOST:PORT:ADDR",
        .help = "use these addresses for a host and port",
        .more = "Several addresses are separated by commas.  May be repeated.",
    },
    {
        .name = "connect-to",
        .section = SECTION_CONNECTOR,
        .kind = OPT_TEXTS,
        .offset = TO(connect_to),
        .is_valid = check_is_connect_to,
        .must = "HOST1:PORT1:HOST2[:PORT2], names in ASCII (xn--...)",
        .arg = "H1:P1:H2:P2",
        .help = "connect to H2:P2 for requests to H1:P1",
        .more = "An empty H1 or P1 stands for any, an empty H2 or P2 for the "
                "request's own.  May be repeated.",
    },
    {
        .name = "ipv4",
        .letter = '4',
        .section = SECTION_CONNECTOR,
        .kind = OPT_PICK,
        .offset = TO(ip_version),
        .pick = 4,
        .help = "use IPv4 addresses only",
    },
    {
        .name = "ipv6",
        .letter = '6',
        .section = SECTION_CONNECTOR,
        .kind = OPT_PICK,
        .offset = TO(ip_version),
        .pick = 6,
        .help = "use IPv6 addresses only",
    },
    {
        .name = "interface",
        .section = SECTION_CONNECTOR,
        .kind = OPT_TEXT,
        .offset = TO(interface),
        .is_valid = check_is_filled,
        .must = "an address or the name of an interface",
        .arg = "NAME",
        .help = "interface or address to connect from",
    },
    {
        .name = "happy-eyeballs-delay",
        .section = SECTION_CONNECTOR,
        .kind = OPT_DURATION,
        .offset = TO(happy_eyeballs_us),
        .max = 60 * SECOND,
        .initial = "250ms",
        .arg = "D",
        .help = "IPv6's head start over IPv4",
        .more = "Where a name has addresses of both kinds.",
    },
    {
        .name = "unix-socket",
        .section = SECTION_CONNECTOR,
        .kind = OPT_TEXT,
        .offset = TO(unix_socket),
        .is_valid = check_is_socket_path,
        .must = "a path of 1 to 107 bytes",
        .arg = "PATH",
        .help = "connect to this socket, whatever the host",
    },
    {
        .name = "http1.0",
        .letter = '0',
        .section = SECTION_CONNECTOR,
        .kind = OPT_PICK,
        .offset = TO(http),
        .pick = HTTP_1_0,
        .help = "speak HTTP/1.0",
    },
    {
        .name = "http1.1",
        .section = SECTION_CONNECTOR,
        .kind = OPT_PICK,
        .offset = TO(http),
        .pick = HTTP_1_1,
        .help = "speak HTTP/1.1",
    },
    {
        .name = "http2",
        .section = SECTION_CONNECTOR,
        .kind = OPT_PICK,
        .offset = TO(http),
        .pick = HTTP_2,
        .help = "offer HTTP/2 without TLS, too",
        .more = "Over TLS it is offered by default.",
    },
    {
        .name = "http2-prior-knowledge",
        .section = SECTION_CONNECTOR,
        .kind = OPT_PICK,
        .offset = TO(http),
        .pick = HTTP_2_PRIOR,
        .help = "speak HTTP/2 at once, without TLS, too",
    },
    {
        .name = "http3",
        .section = SECTION_CONNECTOR,
        .kind = OPT_PICK,
        .offset = TO(http),
        .pick = HTTP_3,
        .help = "try HTTP/3 first",
        .more = "A usage error where the libcurl in use cannot.",
    },

    /* Timeouts. */
    {
        .name = "timeout",
        .letter = 'm',
        .section = SECTION_TIMEOUTS,
        .is_common = true,
        .kind = OPT_DURATION,
        .offset = TO(timeout_us),
        .max = DURATION_MAX,
        .initial = "300s",
        .arg = "D",
        .help = "time for an attempt, redirects included",
        .more = "Counted from the moment it is sent; waiting in our own queue "
                "is not part of it.  0: off.",
    },
    {
        .name = "connect-timeout",
        .section = SECTION_TIMEOUTS,
        .kind = OPT_DURATION,
        .offset = TO(connect_timeout_us),
        .max = DURATION_MAX,
        .initial = "30s",
        .arg = "D",
        .help = "time to get connected, for each hop",
        .more = "It covers name look-up, TCP, TLS and the proxy's CONNECT.  "
                "0: off.",
    },
    {
        .name = "read-timeout",
        .section = SECTION_TIMEOUTS,
        .kind = OPT_DURATION,
        .offset = TO(read_timeout_us),
        .max = DURATION_MAX,
        .initial = "0",
        .arg = "D",
        .help = "time without a byte from the server",
        .more = "Any silent gap once the request is sent counts, uploads "
                "don't.  0: off.",
    },
    {
        .name = "queue-timeout",
        .section = SECTION_TIMEOUTS,
        .kind = OPT_DURATION,
        .offset = TO(queue_timeout_us),
        .max = DURATION_MAX,
        .initial = "0",
        .arg = "D",
        .help = "time in our own queue",
        .more = "0: off.",
    },
    {
        .name = "deadline",
        .section = SECTION_TIMEOUTS,
        .kind = OPT_DURATION,
        .offset = TO(deadline_us),
        .max = DURATION_MAX,
        .initial = "0",
        .arg = "D",
        .help = "time for the whole run",
        .more = "What is left is reported as aborted.  0: off.",
    },
    {
        .name = "grace",
        .section = SECTION_TIMEOUTS,
        .kind = OPT_DURATION,
        .offset = TO(grace_us),
        .max = DURATION_MAX,
        .initial = "10s",
        .arg = "D",
        .help = "time to finish in after a signal",
        .more = "What is under way when the first SIGINT or SIGTERM comes may "
                "take this long.  0: it is aborted at once.",
    },

    /* Request. */
    {
        .name = "request",
        .letter = 'X',
        .section = SECTION_REQUEST,
        .kind = OPT_TEXT,
        .offset = TO(method),
        .is_valid = check_is_token,
        .must = "a method such as GET",
        .arg = "METHOD",
        .help = "method (GET, or POST where there is data)",
    },
    {
        .name = "header",
        .letter = 'H',
        .section = SECTION_REQUEST,
        .is_common = true,
        .is_secret = true,
        .kind = OPT_HEADER,
        .offset = TO(headers),
        .is_valid = check_is_header,
        .must = "'Name: value', 'Name:' or 'Name;', and no Content-Length but "
                "0 and no Transfer-Encoding but chunked, since they follow "
                "the body",
        .arg = "LINE",
        .help = "\"Name: value\" to send, or @FILE of them",
        .more = "\"Name:\" takes out one that is sent by default, \"Name;\" "
                "sends it empty.  A file is read again when it changes.  "
                "May be repeated.",
    },
    {
        .name = "data",
        .letter = 'd',
        .section = SECTION_REQUEST,
        .is_common = true,
        .is_secret = true,
        .kind = OPT_DATA,
        .offset = TO(data),
        .arg = "DATA",
        .help = "body to send, or @FILE",
        .more = "Sent as a form.  Several are joined with \"&\".  @FILE: its "
                "line ends are dropped.",
    },
    {
        .name = "data-binary",
        .section = SECTION_REQUEST,
        .is_secret = true,
        .kind = OPT_DATA_BINARY,
        .offset = TO(data),
        .arg = "DATA",
        .help = "the same; @FILE: as it is",
    },
    {
        .name = "data-raw",
        .section = SECTION_REQUEST,
        .is_secret = true,
        .kind = OPT_DATA_RAW,
        .offset = TO(data),
        .arg = "DATA",
        .help = "the same; \"@\" has no meaning",
    },
    {
        .name = "data-urlencode",
        .section = SECTION_REQUEST,
        .is_secret = true,
        .kind = OPT_DATA_URLENCODE,
        .offset = TO(data),
        .arg = "DATA",
        .help = "the same, percent-encoded",
        .more = "CONTENT, =CONTENT, NAME=CONTENT, @FILE or NAME@FILE.  The "
                "content is encoded, the name is sent as it is.",
    },
    {
        .name = "get",
        .letter = 'G',
        .section = SECTION_REQUEST,
        .kind = OPT_ON,
        .offset = TO(get),
        .help = "send the data as each URL's query",
        .more = "Behind the query that the URL has.  The method is GET unless "
                "--request says otherwise.",
    },
    {
        .name = "json",
        .section = SECTION_REQUEST,
        .is_secret = true,
        .kind = OPT_JSON,
        .offset = TO(data),
        .arg = "DATA",
        .help = "JSON body to send, or @FILE",
        .more = "Sent as application/json.  Several are put together as they "
                "are.",
    },
    {
        .name = "form",
        .letter = 'F',
        .section = SECTION_REQUEST,
        .is_secret = true,
        .kind = OPT_FORM,
        .offset = TO(form),
        .arg = "PART",
        .help = "part of a multipart/form-data body",
        .more = "NAME=TEXT, NAME=@FILE (a file's upload) or NAME=<FILE (a "
                "file's text), with \";type=TYPE\", \";filename=NAME\" or "
                "\";encoder=NAME\" behind it.  Files are read as they are "
                "sent.",
    },
    {
        .name = "form-string",
        .section = SECTION_REQUEST,
        .is_secret = true,
        .kind = OPT_FORM_STRING,
        .offset = TO(form),
        .arg = "NAME=TEXT",
        .help = "the same; \"@\", \"<\" and \";\" mean nothing",
    },
    {
        .name = "upload-file",
        .letter = 'T',
        .section = SECTION_REQUEST,
        .kind = OPT_TEXT,
        .offset = TO(upload_file),
        .is_valid = check_is_regular,
        .must = "a regular file that can be read",
        .arg = "FILE",
        .help = "file to send as the body (PUT)",
        .more = "It is read as it is sent.  A URL that ends in a slash gets "
                "the file's name.",
    },
    {
        .name = "user-agent",
        .letter = 'A',
        .section = SECTION_REQUEST,
        .kind = OPT_TEXT,
        .offset = TO(user_agent),
        .is_valid = check_is_line,
        .must = "free of control bytes",
        .initial = "fanfetch/" FANFETCH_VERSION,
        .arg = "NAME",
        .help = "User-Agent header; empty: none",
    },
    {
        .name = "referer",
        .letter = 'e',
        .section = SECTION_REQUEST,
        .kind = OPT_TEXT,
        .offset = TO(referer),
        .is_valid = check_is_referer,
        .must = "free of control bytes, and without \";auto\"",
        .arg = "URL",
        .help = "Referer header; empty: none",
    },
    {
        .name = "user",
        .letter = 'u',
        .section = SECTION_REQUEST,
        .is_secret = true,
        .kind = OPT_TEXT,
        .offset = TO(user),
        .is_valid = check_is_user,
        .must = "NAME:PASSWORD",
        .arg = "NAME:PASSWORD",
        .help = "credentials",
        .more = "They don't follow a redirect to another origin.",
    },
    {
        .name = "basic",
        .section = SECTION_REQUEST,
        .kind = OPT_PICK,
        .offset = TO(auth),
        .pick = AUTH_BASIC,
        .help = "send credentials as Basic (default)",
    },
    {
        .name = "digest",
        .section = SECTION_REQUEST,
        .kind = OPT_PICK,
        .offset = TO(auth),
        .pick = AUTH_DIGEST,
        .help = "send credentials as Digest",
    },
    {
        .name = "oauth2-bearer",
        .section = SECTION_REQUEST,
        .is_secret = true,
        .kind = OPT_TOKEN,
        .offset = TO(oauth2_bearer),
        .is_valid = check_is_line,
        .must = "free of control bytes",
        .arg = "TOKEN",
        .help = "send a bearer token, or @FILE's",
        .more = "The file is read again when it changes.",
    },
    {
        .name = "cookie",
        .letter = 'b',
        .section = SECTION_REQUEST,
        .is_secret = true,
        .kind = OPT_TEXTS,
        .offset = TO(cookies),
        .is_valid = check_is_cookie,
        .completes = "file",
        .must = "NAME=VALUE, a file of cookies or empty",
        .arg = "NAME=VALUE",
        .help = "cookies to send: \"a=1; b=2\", or a file of them",
        .more = "May be repeated.  A file has Netscape's format, as curl and "
                "browsers' extensions write it, or that of Set-Cookie "
                "headers, and its cookies go to the hosts they belong to.  A "
                "file, and an empty value, too, turn keeping cookies on for "
                "the run, as --cookie-jar does.",
    },
    {
        .name = "cookie-jar",
        .letter = 'c',
        .section = SECTION_REQUEST,
        .kind = OPT_TEXT,
        .offset = TO(cookie_jar),
        .is_valid = check_is_file_name,
        .must = "a file",
        .arg = "FILE",
        .help = "keep cookies over the run and write them here",
    },
    {
        .name = "netrc",
        .letter = 'n',
        .section = SECTION_REQUEST,
        .kind = OPT_ON,
        .offset = TO(netrc),
        .help = "take credentials from ~/.netrc",
    },
    {
        .name = "no-decompress",
        .section = SECTION_REQUEST,
        .kind = OPT_OFF,
        .offset = TO(decompress),
        .help = "leave bodies as they come",
        .more = "No compression is asked for, either.",
    },
    {
        .name = "max-redirects",
        .section = SECTION_REQUEST,
        .kind = OPT_COUNT,
        .offset = TO(max_redirects),
        .max = 1000,
        .initial = "10",
        .arg = "N",
        .help = "redirects to follow; 0: report them",
    },
    {
        .name = "location-trusted",
        .section = SECTION_REQUEST,
        .kind = OPT_ON,
        .offset = TO(location_trusted),
        .help = "send credentials and all headers to other origins, too",
        .more = "Without it a redirect to another scheme, host or port gets "
                "none of the credentials, cookies and certificates that are "
                "given, and few headers.",
    },
    {
        .name = "proxy",
        .letter = 'x',
        .section = SECTION_REQUEST,
        .is_secret = true,
        .kind = OPT_TEXT,
        .offset = TO(proxy),
        .is_valid = check_is_line,
        .must = "free of control bytes",
        .arg = "URL",
        .help = "proxy to use (the environment's)",
        .more = "http, https, socks4, socks4a, socks5 or socks5h.  Empty: "
                "none.",
    },
    {
        .name = "proxy-user",
        .letter = 'U',
        .section = SECTION_REQUEST,
        .is_secret = true,
        .kind = OPT_TEXT,
        .offset = TO(proxy_user),
        .is_valid = check_is_proxy_user,
        .must = "NAME:PASSWORD without %00",
        .arg = "NAME:PASSWORD",
        .help = "credentials for the proxy",
    },
    {
        .name = "noproxy",
        .section = SECTION_REQUEST,
        .kind = OPT_TEXT,
        .offset = TO(noproxy),
        .is_valid = check_is_ascii_line,
        .must = "a list of names in ASCII (xn--...) and addresses",
        .arg = "LIST",
        .help = "hosts to reach without a proxy",
        .more = "Names or addresses, separated by commas; \"*\": all.",
    },
    {
        .name = "no-env-proxy",
        .section = SECTION_REQUEST,
        .kind = OPT_OFF,
        .offset = TO(env_proxy),
        .help = "ignore the environment's proxy variables",
    },
    {
        .name = "insecure",
        .letter = 'k',
        .section = SECTION_REQUEST,
        .kind = OPT_ON,
        .offset = TO(insecure),
        .help = "don't verify TLS certificates",
    },
    {
        .name = "cacert",
        .section = SECTION_REQUEST,
        .kind = OPT_TEXT,
        .offset = TO(cacert),
        .is_valid = check_is_regular,
        .must = "a regular file that can be read",
        .arg = "FILE",
        .help = "CA certificates to trust (PEM)",
    },
    {
        .name = "capath",
        .section = SECTION_REQUEST,
        .kind = OPT_TEXT,
        .offset = TO(capath),
        .is_valid = check_is_folder,
        .must = "a folder that can be read",
        .arg = "DIR",
        .help = "folder of CA certificates to trust",
    },
    {
        .name = "cert",
        .letter = 'E',
        .section = SECTION_REQUEST,
        .is_secret = true,
        .kind = OPT_CERT,
        .offset = TO(cert),
        .is_valid = check_is_regular,
        .must = "a regular file that can be read, or FILE:PASSWORD",
        .arg = "FILE[:PASSWORD]",
        .help = "client certificate (PEM)",
        .more = "The password is that of the private key.  A colon in the "
                "file's name is written \\:, unless such a file exists.",
    },
    {
        .name = "key",
        .section = SECTION_REQUEST,
        .kind = OPT_TEXT,
        .offset = TO(key),
        .is_valid = check_is_regular,
        .must = "a regular file that can be read",
        .arg = "FILE",
        .help = "private key of --cert (PEM)",
    },
    {
        .name = "pinnedpubkey",
        .section = SECTION_REQUEST,
        .kind = OPT_TEXT,
        .offset = TO(pinnedpubkey),
        .is_valid = check_is_pins,
        .completes = "file",
        .must =
            "a regular file that can be read, or sha256//HASH with 44 digits, "
            "several separated by \";\"",
        .arg = "HASHES",
        .help = "keys to accept: a file or sha256//HASH;...",
    },
    {
        .name = "tls-min",
        .section = SECTION_REQUEST,
        .kind = OPT_WORD,
        .offset = TO(tls_min),
        .words = tls_words,
        .arg = "V",
        .help = "oldest TLS version to speak",
    },

    /* Retry and pace. */
    {
        .name = "retry",
        .section = SECTION_RETRY,
        .is_common = true,
        .kind = OPT_COUNT,
        .offset = TO(retry),
        .max = 1000,
        .initial = "0",
        .arg = "N",
        .help = "further attempts after a passing failure",
    },
    {
        .name = "retry-delay",
        .section = SECTION_RETRY,
        .kind = OPT_DURATION,
        .offset = TO(retry_delay_us),
        .max = DURATION_MAX,
        .initial = "1s",
        .arg = "D",
        .help = "wait before the first retry; doubles",
        .more = "The wait is drawn between 0 and this.",
    },
    {
        .name = "retry-max-delay",
        .section = SECTION_RETRY,
        .kind = OPT_DURATION,
        .offset = TO(retry_max_delay_us),
        .max = DURATION_MAX,
        .initial = "60s",
        .arg = "D",
        .help = "where the doubling ends",
        .more = "No host is paused for longer, and after a longer Retry-After "
                "there is no retry.",
    },
    {
        .name = "retry-max-time",
        .section = SECTION_RETRY,
        .kind = OPT_DURATION,
        .offset = TO(retry_max_time_us),
        .max = DURATION_MAX,
        .initial = "0",
        .arg = "D",
        .help = "no retry starts later than this",
        .more = "0: off.",
    },
    {
        .name = "retry-on",
        .section = SECTION_RETRY,
        .kind = OPT_STATUSES,
        .offset = TO(retry_on),
        .initial = "408,425,429,500,502,503,504,522,524",
        .arg = "LIST",
        .help = "statuses to retry",
    },
    {
        .name = "retry-all-methods",
        .section = SECTION_RETRY,
        .kind = OPT_ON,
        .offset = TO(retry_all_methods),
        .help = "retry POST and PATCH, too",
    },
    {
        .name = "rate",
        .section = SECTION_RETRY,
        .kind = OPT_RATE,
        .offset = TO(rate),
        .arg = "RATE",
        .help = "requests started a second, in all",
        .more = "A bare number is per second (curl's is per hour).  Evenly "
                "spaced; redirects and retries count.",
    },
    {
        .name = "rate-per-host",
        .section = SECTION_RETRY,
        .is_common = true,
        .kind = OPT_RATE,
        .offset = TO(rate_per_host),
        .arg = "RATE",
        .help = "requests started a second, at each host",
        .more = "A bare number is per second (curl's is per hour).  Evenly "
                "spaced; redirects and retries count.",
    },
    {
        .name = "limit-rate",
        .section = SECTION_RETRY,
        .kind = OPT_SIZE,
        .offset = TO(limit_rate),
        .max = SIZE_MAX_BYTES,
        .initial = "0",
        .arg = "SIZE",
        .help = "bytes received a second, in all",
        .more = "All that comes over connections counts.  0: no limit.",
    },
    {
        .name = "limit-rate-per-host",
        .section = SECTION_RETRY,
        .kind = OPT_SIZE,
        .offset = TO(limit_rate_per_host),
        .max = SIZE_MAX_BYTES,
        .initial = "0",
        .arg = "SIZE",
        .help = "bytes received a second, from each host",
        .more = "All that comes over connections counts.  0: no limit.",
    },
    {
        .name = "max-host-failures",
        .section = SECTION_RETRY,
        .kind = OPT_COUNT,
        .offset = TO(max_host_failures),
        .max = COUNT_MAX,
        .initial = "0",
        .arg = "N",
        .help = "give up a host that cannot be reached",
        .more = "N failures to connect in a row; its other URLs are then "
                "reported as host_down.  0: off.",
    },

    /* Result. */
    {
        .name = "output",
        .letter = 'o',
        .section = SECTION_RESULT,
        .is_common = true,
        .kind = OPT_TEXT,
        .offset = TO(output),
        .is_valid = check_is_filled,
        .must = "a file",
        .arg = "FILE",
        .help = "append results to FILE (standard output)",
    },
    {
        .name = "create-dirs",
        .section = SECTION_RESULT,
        .kind = OPT_ON,
        .offset = TO(create_dirs),
        .help = "create missing folders of the files that options write",
    },
    {
        .name = "format",
        .section = SECTION_RESULT,
        .kind = OPT_TEXT,
        .offset = TO(format),
        .is_valid = check_is_format,
        .words = format_words,
        .completes = "template",
        .must = "json, text or a template with a {key} in it",
        .initial = "json",
        .arg = "FORMAT",
        .help = "json, text for people, or \"{status_code} {url}\"",
        .more = "text: status, time, size and URL or error, a line each.  A "
                "template's {key} is one of the result line, {error.code} of "
                "an object in it; {{ is a brace, \\t a tab, \\n a newline.",
    },
    {
        .name = "resume",
        .section = SECTION_RESULT,
        .is_common = true,
        .kind = OPT_ON,
        .offset = TO(resume),
        .help = "skip what --output has a result for",
    },
    {
        .name = "retry-failed",
        .section = SECTION_RESULT,
        .kind = OPT_ON,
        .offset = TO(retry_failed),
        .help = "with --resume: redo what is not ok",
    },
    {
        .name = "ordered",
        .section = SECTION_RESULT,
        .kind = OPT_ON,
        .offset = TO(ordered),
        .help = "results in the order of the input",
        .more = "A slow record holds up the lines behind it and then the "
                "reading, at --look-ahead.",
    },
    {
        .name = "include-headers",
        .section = SECTION_RESULT,
        .kind = OPT_ON,
        .offset = TO(include_headers),
        .help = "add the response's headers",
    },
    {
        .name = "redirects",
        .section = SECTION_RESULT,
        .kind = OPT_ON,
        .offset = TO(redirects),
        .help = "add each redirect that was followed",
    },
    {
        .name = "attempts",
        .section = SECTION_RESULT,
        .kind = OPT_ON,
        .offset = TO(attempts),
        .help = "add each attempt",
    },
    {
        .name = "tls-info",
        .section = SECTION_RESULT,
        .kind = OPT_ON,
        .offset = TO(tls_info),
        .help = "add the TLS version, cipher and certificate",
    },
    {
        .name = "body",
        .section = SECTION_RESULT,
        .is_common = true,
        .is_optional = true,
        .kind = OPT_WORD,
        .offset = TO(body),
        .words = body_words,
        .implied = "auto",
        .arg = "FORM",
        .help = "add the body: auto, text, base64 or json",
        .more = "auto: as text where it is valid UTF-8, else as base64.  json: "
                "parsed.  At most 16 MiB, unless --max-size says otherwise.",
    },
    {
        .name = "output-dir",
        .section = SECTION_RESULT,
        .is_common = true,
        .kind = OPT_TEXT,
        .offset = TO(output_dir),
        .is_valid = check_is_filled,
        .must = "a folder",
        .arg = "DIR",
        .help = "write each body to a file in DIR",
        .more = "It is made where it is missing.",
    },
    {
        .name = "output-name",
        .section = SECTION_RESULT,
        .kind = OPT_TEXT,
        .offset = TO(output_name),
        .is_valid = template_is_valid,
        .completes = "template",
        .must = "a relative path of text, {index}, {id}, {host}, {port}, "
                "{path}, {dir}, {basename}, {stem}, {query}, {method}, "
                "{status}, {filename}, {date}, {hash}, {hash:N} with N from 1 "
                "to 64, and {ext}",
        .initial = "{hash}{ext}",
        .arg = "TEMPLATE",
        .help = "its name, of {host} {path} {hash} {ext} ...",
        .more = "{index} {id} {host} {port} {path} {dir} {basename} {stem} "
                "{query} {method} {date} are the record's, {status} {filename} "
                "{hash} {hash:N} {ext} the response's.  May hold slashes: "
                "folders are made.",
    },
    {
        .name = "existing",
        .section = SECTION_RESULT,
        .kind = OPT_WORD,
        .offset = TO(existing),
        .words = existing_words,
        .initial = "refuse",
        .arg = "WHAT",
        .help = "a name that is taken: refuse, keep, replace or number",
        .more = "keep: where the name is known before the request, nothing is "
                "sent.  replace: what was there before the run.  number: "
                "name-1.ext.",
    },
    {
        .name = "continue",
        .section = SECTION_RESULT,
        .kind = OPT_ON,
        .offset = TO(continues),
        .help = "go on with files that were begun",
        .more = "For GETs whose server gives a strong ETag or Last-Modified; a "
                "retry goes on, and so does a later run.  Bodies are asked for "
                "without compression.",
    },
    {
        .name = "sha256",
        .section = SECTION_RESULT,
        .kind = OPT_ON,
        .offset = TO(sha256),
        .help = "add the body's SHA-256",
    },
    {
        .name = "since",
        .section = SECTION_RESULT,
        .kind = OPT_TEXT,
        .offset = TO(since),
        .is_valid = check_is_file_name,
        .must = "a file",
        .arg = "FILE",
        .help = "ask for what changed since FILE's results",
        .more = "FILE holds the results of an earlier run.  Each result says "
                "whether it is new, changed or unchanged.",
    },
    {
        .name = "max-size",
        .section = SECTION_RESULT,
        .kind = OPT_SIZE,
        .offset = TO(max_size),
        .min = 1,
        .max = SIZE_MAX_BYTES,
        .arg = "SIZE",
        .help = "a longer body is an error",
        .more = "Counted after decompression.  Default: none, 16M where "
                "--body puts it into the line.",
    },
    {
        .name = "truncate",
        .section = SECTION_RESULT,
        .kind = OPT_SIZE,
        .offset = TO(truncate),
        .max = SIZE_MAX_BYTES,
        .arg = "SIZE",
        .help = "keep this much of each body",
        .more = "The rest is not fetched; this is no error.",
    },
    {
        .name = "accept",
        .section = SECTION_RESULT,
        .is_common = true,
        .kind = OPT_STATUSES,
        .offset = TO(accept),
        .initial = "200-399",
        .arg = "LIST",
        .help = "statuses that are ok",
        .more = "Numbers and ranges, separated by commas.",
    },
    {
        .name = "expect",
        .section = SECTION_RESULT,
        .kind = OPT_TEXT,
        .offset = TO(expect),
        .is_valid = check_is_filled,
        .must = "a regular expression",
        .arg = "REGEX",
        .help = "a body without a match is not ok",
        .more = "A Perl-compatible regular expression (PCRE2, UTF-8).",
    },
    {
        .name = "expect-size",
        .section = SECTION_RESULT,
        .kind = OPT_SIZE,
        .offset = TO(expect_size),
        .min = 1,
        .max = EXPECT_SIZE_MAX,
        .initial = "1M",
        .arg = "SIZE",
        .help = "how much of a body --expect looks at",
    },
    {
        .name = "slow",
        .section = SECTION_RESULT,
        .kind = OPT_DURATION,
        .offset = TO(slow_us),
        .max = DURATION_MAX,
        .initial = "0",
        .arg = "D",
        .help = "a result that took longer is not ok",
        .more = "Its time_total counts: the last attempt without its time in "
                "the queue.",
    },
    {
        .name = "fields",
        .section = SECTION_RESULT,
        .kind = OPT_LIST,
        .offset = TO(fields),
        .is_valid = check_is_filled,
        .must = "keys, separated by commas",
        .arg = "LIST",
        .help = "keys of the result line to keep",
    },
    {
        .name = "warc",
        .section = SECTION_RESULT,
        .kind = OPT_TEXT,
        .offset = TO(warc),
        .is_valid = check_is_file_name,
        .must = "a file",
        .arg = "FILE",
        .help = "keep requests and responses in a WARC file",
        .more = "WARC 1.1; each record is compressed where FILE ends in .gz.  "
                "New records go to the end of a FILE that exists.",
    },
    {
        .name = "warc-size",
        .section = SECTION_RESULT,
        .kind = OPT_SIZE,
        .offset = TO(warc_size),
        .min = 1,
        .max = SIZE_MAX_BYTES,
        .arg = "SIZE",
        .help = "begin another WARC file after so much",
        .more = "They are numbered: NAME-00001.warc.gz for --warc "
                "NAME.warc.gz.",
    },
    {
        .name = "show-secrets",
        .section = SECTION_RESULT,
        .kind = OPT_ON,
        .offset = TO(show_secrets),
        .help = "show credentials in results",
    },
    {
        .name = "keep-request",
        .section = SECTION_RESULT,
        .kind = OPT_ON,
        .offset = TO(keep_request),
        .help = "add the request, so that it can be fed back",
        .more = "With its secrets.  What options add is no part of it.",
    },

    /* Input. */
    {
        .name = "input-format",
        .section = SECTION_INPUT,
        .kind = OPT_WORD,
        .offset = TO(input_format),
        .words = input_words,
        .initial = "auto",
        .arg = "FORMAT",
        .help = "auto, lines, jsonl, csv, tsv or sitemap",
        .more = "lines: a URL each.  jsonl: a JSON object each.  auto: each "
                "line tells.  csv, tsv: tables whose header row names url, "
                "id, method, body; other columns become meta.  sitemap: XML "
                "or gzip of it.",
    },
    {
        .name = "default-scheme",
        .section = SECTION_INPUT,
        .kind = OPT_TEXT,
        .offset = TO(default_scheme),
        .is_valid = check_is_scheme,
        .words = scheme_words,
        .must = "http or https",
        .initial = "https",
        .arg = "SCHEME",
        .help = "for URLs without one",
    },
    {
        .name = "unique",
        .section = SECTION_INPUT,
        .kind = OPT_ON,
        .offset = TO(unique),
        .help = "fetch a repeated request once",
        .more = "A repeat gets a line that points to the first one by "
                "duplicate_of.",
    },
    {
        .name = "shard",
        .section = SECTION_INPUT,
        .kind = OPT_SHARD,
        .offset = TO(shard_k),
        .max = COUNT_MAX,
        .arg = "K/N",
        .help = "only the hosts that fall to part K of N",
        .more = "The same hosts in every run, on every machine.  Other "
                "records get no line.",
    },
    {
        .name = "look-ahead",
        .section = SECTION_INPUT,
        .kind = OPT_COUNT,
        .offset = TO(look_ahead),
        .min = 1,
        .max = COUNT_MAX,
        .initial = "10000",
        .arg = "N",
        .help = "records held for fairness between hosts",
        .more = "Input is read no further ahead than this.",
    },

    /* Safety. */
    {
        .name = "deny-private",
        .section = SECTION_SAFETY,
        .is_common = true,
        .kind = OPT_ON,
        .offset = TO(deny_private),
        .help = "connect to public addresses only",
        .more = "Judged on the address really connected to, at every hop.  "
                "Addresses that --allow-host names are let through.",
    },
    {
        .name = "allow-files",
        .section = SECTION_SAFETY,
        .kind = OPT_TEXT,
        .offset = TO(allow_files),
        .is_valid = check_is_folder,
        .must = "a folder that can be read",
        .arg = "DIR",
        .help = "let records send the files beneath DIR",
        .more = "By body_file and form.  Without it none can be sent.",
    },
    {
        .name = "allow-host",
        .section = SECTION_SAFETY,
        .kind = OPT_TEXTS,
        .offset = TO(allow_hosts),
        .is_valid = hostset_is_pattern,
        .must = "a name in ASCII (xn--...), *.name, an address or a "
                "network",
        .arg = "PATTERN",
        .help = "connect to such hosts only",
        .more = "A name, *.name (all below it), an address or a network "
                "(192.0.2.0/24).  May be repeated.",
    },
    {
        .name = "deny-host",
        .section = SECTION_SAFETY,
        .kind = OPT_TEXTS,
        .offset = TO(deny_hosts),
        .is_valid = hostset_is_pattern,
        .must = "a name in ASCII (xn--...), *.name, an address or a "
                "network",
        .arg = "PATTERN",
        .help = "never connect to such hosts",
        .more = "Patterns as for --allow-host, which it goes before.  May be "
                "repeated.",
    },

    /* Messages. */
    {
        .name = "config",
        .letter = 'K',
        .section = SECTION_MESSAGES,
        .kind = OPT_TEXTS,
        .offset = TO(config),
        .is_valid = check_is_filled,
        .must = "a file that can be read",
        .arg = "FILE",
        .help = "read options from FILE, one a line",
        .more = "\"name value\", \"name = value\" or \"-x value\", quotes "
                "around blanks, # before a comment, as curl has it.  "
                "FANFETCH_CONFIG names such a file, too.  The command line "
                "goes before it.",
    },
    {
        .name = "progress",
        .section = SECTION_MESSAGES,
        .kind = OPT_WORD,
        .offset = TO(progress),
        .words = progress_words,
        .initial = "auto",
        .arg = "WHEN",
        .help = "status line: auto, always or never",
    },
    {
        .name = "summary",
        .section = SECTION_MESSAGES,
        .is_common = true,
        .is_optional = true,
        .kind = OPT_TEXT,
        .offset = TO(summary_file),
        .also = TO(summary),
        .is_valid = check_is_file_name,
        .must = "a file",
        .arg = "FILE",
        .help = "a JSON object about the run",
    },
    {
        .name = "report",
        .section = SECTION_MESSAGES,
        .kind = OPT_TEXT,
        .offset = TO(report),
        .is_valid = check_is_file_name,
        .must = "a file",
        .arg = "FILE",
        .help = "an HTML page about the run, with charts and examples",
        .more = "The page needs no network and no script.  It has the "
                "command line without secrets, and URLs as examples.",
    },
    {
        .name = "trace",
        .section = SECTION_MESSAGES,
        .kind = OPT_TEXT,
        .offset = TO(trace),
        .is_valid = check_is_file_name,
        .must = "a file",
        .arg = "FILE",
        .help = "write a JSON line for each event of a record's life",
        .more = "Queued, resolved, started, connected, sent, first_byte, "
                "redirected, repeated, retried, paused, throttled, done.",
    },
    {
        .name = "quiet",
        .letter = 'q',
        .section = SECTION_MESSAGES,
        .kind = OPT_ON,
        .offset = TO(quiet),
        .help = "errors only",
    },
    {
        .name = "verbose",
        .letter = 'v',
        .section = SECTION_MESSAGES,
        .kind = OPT_ON,
        .offset = TO(verbose),
        .help = "also tell each failure",
    },
    {
        .name = "help",
        .letter = 'h',
        .section = SECTION_MESSAGES,
        .is_common = true,
        .is_optional = true,
        .kind = OPT_HELP,
        .arg = "TOPIC",
        .help = "help: all, a section, an option, schema or keys",
        .more =
            "The topic may be a word of its own: --help limit.  schema: the "
            "JSON Schema of the result line, and in its $defs that of the "
            "summary.  keys: those of the result line, as --fields and "
            "--format take them.",
    },
    {
        .name = "version",
        .letter = 'V',
        .section = SECTION_MESSAGES,
        .is_common = true,
        .kind = OPT_VERSION,
        .help = "versions of fanfetch and its libraries",
    },
};

const size_t table_nrows = ARRAY_LEN(table_rows);

const char *
table_section_name(enum opt_section section)
{
    static const char *const names[NSECTIONS] = {
        [SECTION_CONNECTOR] = "Connector", [SECTION_TIMEOUTS] = "Timeouts",
        [SECTION_REQUEST] = "Request",     [SECTION_RETRY] = "Retry and pace",
        [SECTION_RESULT] = "Result",       [SECTION_INPUT] = "Input",
        [SECTION_SAFETY] = "Safety",       [SECTION_MESSAGES] = "Messages",
    };

    return names[section];
}

const struct opt_row *
table_find(const char *name)
{
    for (size_t i = 0; i < table_nrows; i++) {
        if (strcmp(table_rows[i].name, name) == 0)
            return &table_rows[i];
    }
    return NULL;
}

const struct opt_row *
table_find_letter(int letter)
{
    for (size_t i = 0; i < table_nrows; i++) {
        if (letter != 0 && table_rows[i].letter == letter)
            return &table_rows[i];
    }
    return NULL;
}

const char *
table_suggest(const char *name)
{
    struct nearest near;

    nearest_init(&near, name, strlen(name));
    for (size_t i = 0; i < table_nrows; i++)
        nearest_try(&near, table_rows[i].name, strlen(table_rows[i].name));
    return near.found;
}

/* Append "1ms", "15s", "240h": in the largest unit without a remainder. */
static void
describe_duration(struct buf *out, int64_t us)
{
    if (us == 0)
        buf_addstr(out, "0");
    else if (us % HOUR == 0)
        buf_printf(out, "%" PRId64 "h", us / HOUR);
    else if (us % (60 * SECOND) == 0)
        buf_printf(out, "%" PRId64 "m", us / (60 * SECOND));
    else if (us % SECOND == 0)
        buf_printf(out, "%" PRId64 "s", us / SECOND);
    else
        buf_printf(out, "%" PRId64 "ms", us / MS);
}

static void
describe_size(struct buf *out, int64_t bytes)
{
    if (bytes > 0 && bytes % (1 << 30) == 0)
        buf_printf(out, "%" PRId64 "G", bytes >> 30);
    else
        buf_printf(out, "%" PRId64, bytes);
}

/* "auto, lines or jsonl". */
static void
describe_words(struct buf *out, const struct opt_word *words)
{
    const char *last = NULL;
    size_t n = 0;

    for (; words->name; words++) {
        if (last)
            buf_printf(out, n++ ? ", %s" : "%s", last);
        last = words->name;
    }
    buf_printf(out, n ? " or %s" : "%s", last);
}

void
table_describe_value(struct buf *out, const struct opt_row *row)
{
    switch (row->kind) {
    case OPT_COUNT:
        buf_printf(out, "%" PRId64 " to %" PRId64, row->min, row->max);
        for (const struct opt_word *w = row->words; w && w->name; w++)
            buf_printf(out, ", or %s", w->name);
        break;
    case OPT_DURATION:
        buf_addstr(out, "0, or ");
        describe_duration(out, row->min > MS ? row->min : MS);
        buf_addstr(out, " to ");
        describe_duration(out, row->max);
        break;
    case OPT_SIZE:
        describe_size(out, row->min);
        buf_addstr(out, " to ");
        describe_size(out, row->max);
        break;
    case OPT_RATE:
        buf_addstr(out, "a number above 0, with /s, /m or /h");
        break;
    case OPT_WORD:
        describe_words(out, row->words);
        break;
    case OPT_STATUSES:
        buf_addstr(out, "statuses from 100 to 999 such as 200-299,404");
        break;
    case OPT_SHARD:
        buf_printf(out, "K/N with K from 1 to N, at most %" PRId64, row->max);
        break;
    default:
        buf_addstr(out, row->must);
        break;
    }
}
