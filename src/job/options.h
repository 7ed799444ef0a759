/*
 * options.h - the options of a run, as a constant struct.
 *
 * cli/ fills it from the command line.  It never changes afterwards, so every
 * thread may read it.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "base/base.h"

struct arena;
struct beneath;
struct expect;
struct form_part;
struct hostset;
struct line_file;
struct netrc;
struct opts;

struct strings {
    const char **v;
    size_t n;
};

/* Append a string, which is borrowed; the array lives in mem. */
void strings_add(struct arena *mem, struct strings *list, const char *s);

/* Must headers or a token be read again when their file changes? */
bool opts_renew(const struct opts *opts);

enum opt_body { BODY_OFF, BODY_AUTO, BODY_TEXT, BODY_BASE64, BODY_AS_JSON };
enum opt_http {
    HTTP_DEFAULT,
    HTTP_1_0,
    HTTP_1_1,
    HTTP_2,
    HTTP_2_PRIOR,
    HTTP_3
};
enum opt_auth { AUTH_BASIC, AUTH_DIGEST };
enum opt_tls { TLS_DEFAULT, TLS_1_0, TLS_1_1, TLS_1_2, TLS_1_3 };
enum opt_input {
    INPUT_AUTO,
    INPUT_LINES,
    INPUT_JSONL,
    INPUT_CSV,
    INPUT_TSV,
    INPUT_SITEMAP,
};
enum opt_format { FORMAT_JSON, FORMAT_TEXT, FORMAT_TEMPLATE };
enum opt_existing {
    EXISTING_REFUSE,
    EXISTING_KEEP,
    EXISTING_REPLACE,
    EXISTING_NUMBER
};
enum opt_progress { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER };

#define LIMIT_AUTO UINT32_MAX

/* Durations are in microseconds, 0: off.  Strings are NULL if not given. */
struct opts {
    /* Connector. */
    uint32_t limit; /* 0: as many as descriptors allow; LIMIT_AUTO: found during
                       the run */
    uint32_t limit_per_host;       /* 0: no limit */
    uint32_t concurrency;          /* 0: as limit */
    uint32_t concurrency_per_host; /* 0: as limit_per_host */
    uint32_t threads;              /* 1 to 64, not above limit */
    bool force_close;
    int64_t keepalive_us; /* 0 if and only if force_close */
    int64_t max_conn_lifetime_us;
    int64_t dns_cache_ttl_us; /* 0: no cache */
    const char *dns_servers;
    struct strings resolve, connect_to;
    int ip_version;        /* 0: both, 4, 6 */
    const char *interface; /* "if!NAME" or "host!ADDRESS" */
    int64_t happy_eyeballs_us;
    const char *unix_socket;
    enum opt_http http;

    /* Timeouts. */
    int64_t queue_timeout_us;
    int64_t connect_timeout_us;
    int64_t read_timeout_us;
    int64_t timeout_us;
    int64_t deadline_us;
    int64_t grace_us;

    /* Request. */
    const char *method;
    struct strings headers; /* "Name: value", "Name:" (remove it) or "Name;"
                               (send it empty), checked, with @FILE expanded */
    struct line_file *header_files; /* files that are read again */
    const char *data;               /* data_len bytes, NULL: none */
    size_t data_len;
    const char *upload_file; /* -T, NULL: none */
    struct form_part *form;  /* -F, NULL: none */
    bool get;                /* -G: the data becomes the query, not the body */
    const char *query;       /* the data of -G; NULL: none */
    bool data_is_json;       /* adds the JSON headers, like curl --json */
    const char *user_agent;  /* never NULL; "": none is sent */
    const char *referer;
    const char *user; /* name:password */
    enum opt_auth auth;
    const char *oauth2_bearer;
    const struct line_file *oauth2_file; /* the file it came from; NULL: none */
    struct strings cookies;              /* "name=value; name=value" */
    const char *cookie_jar;
    bool netrc;
    struct netrc *netrc_machines; /* machines with an entry; NULL: no --netrc */
    bool decompress;
    uint32_t max_redirects;
    bool location_trusted;
    const char *proxy; /* NULL: use the environment, if env_proxy; "": none */
    const char *proxy_user;
    const char *noproxy; /* the environment's, too */
    bool env_proxy;
    const char *proxy_http,
        *proxy_https; /* the proxies for http and https URLs after the
                         environment was applied; NULL or "": none */
    bool insecure;
    const char *cacert, *capath, *cert, *key, *pinnedpubkey;
    const char *cert_password; /* of the key; never NULL with cert */
    enum opt_tls tls_min;

    /* Retry and pace. */
    uint32_t retry;
    int64_t retry_delay_us, retry_max_delay_us, retry_max_time_us;
    struct ranges *retry_on; /* status codes */
    bool retry_all_methods;
    double rate, rate_per_host;              /* per second, 0: no limit */
    int64_t limit_rate, limit_rate_per_host; /* bytes received a second, 0: no
                                                limit */
    uint32_t max_host_failures;

    /* Result. */
    const char *output;
    bool create_dirs;   /* create the folders of all files that are written */
    const char *format; /* as given; "json" */
    enum opt_format format_kind;
    bool text_is_cut; /* text goes to a terminal, and is cut to its width */
    bool text_colors;
    bool resume, retry_failed, ordered;
    bool include_headers, redirects, attempts, tls_info;
    enum opt_body body;
    const char *output_dir, *output_name;
    bool continues; /* files that an earlier run or attempt began */
    enum opt_existing existing;
    bool sha256;
    const char *since; /* an earlier run's results */
    int64_t max_size;  /* bytes; -1: none was given */
    int64_t truncate;  /* bytes; -1: off */
    struct ranges *accept;
    const char *expect;         /* as given */
    struct expect *expect_code; /* expect, compiled; NULL: none */
    int64_t expect_size;        /* how much of a body is examined */
    int64_t slow_us;
    struct strings fields; /* empty: all */
    const char *warc;      /* FILE */
    int64_t warc_size;   /* bytes of each numbered file; -1: there is but one */
    const char *used;    /* the options that were given, without secrets; NULL:
                            not needed */
    const char *command; /* the same as a command line, with operands */
    bool show_secrets;
    bool keep_request;

    /* Input. */
    enum opt_input input_format;
    const char *default_scheme; /* "https" */
    bool unique;
    uint32_t shard_k, shard_n; /* 0: not sharded */
    uint32_t look_ahead;

    /* Safety. */
    bool deny_private;
    struct strings allow_hosts, deny_hosts; /* patterns, as given */
    const char *allow_files;      /* folder whose files records may send */
    struct beneath *files;        /* compiled; NULL: none */
    struct hostset *allow, *deny; /* the same; NULL: none */

    /* Messages. */
    struct strings config; /* files that options were read from */
    enum opt_progress progress;
    bool summary;
    const char *summary_file; /* NULL: stderr */
    const char *report;       /* NULL: none */
    const char *trace;        /* NULL: none */
    bool quiet;
    bool verbose;

    const char *const *operands;
    size_t noperands;
};

/* "200-399,404": a set of numbers from 0 to 999. */
struct ranges {
    bool has[1000];
};
bool ranges_has(const struct ranges *r, int n);

/* Do results contain the SHA-256 and the validators? */
static inline bool
opts_want_digest(const struct opts *o)
{
    return o->sha256 || o->since;
}

/* Parse statuses from 100 to 999.  Returns false if the text is not such a
 * list. */
NODISCARD bool ranges_parse(struct ranges *r, const char *text);

#endif /* OPTIONS_H */
