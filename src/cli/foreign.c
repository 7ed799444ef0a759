#include "cli/foreign.h"

#include <string.h>

const char foreign_default[] = "default";

/* Options without effect first, then those that restore a default, then in the
 * order of our names. */
static const struct alias aliases[] = {
    {"silent", 's', NULL, NULL},
    {"show-error", 'S', NULL, NULL},
    {"fail", 'f', NULL, NULL},
    {"fail-with-body", 0, NULL, NULL},
    {"globoff", 'g', NULL, NULL},
    {"no-buffer", 'N', NULL, NULL},
    {"parallel", 'Z', NULL, NULL},
    {"no-progress-meter", 0, NULL, NULL},
    {"retry-connrefused", 0, NULL, NULL},
    {"tcp-nodelay", 0, NULL, NULL},

    {"location", 'L', "max-redirects", foreign_default},
    {"compressed", 0, "no-decompress", foreign_default},

    {"ca-certificate", 0, "cacert", NULL},
    {"ca-directory", 0, "capath", NULL},
    {"data-ascii", 0, "data", NULL},
    {"proto-default", 0, "default-scheme", NULL},
    {"include", 'i', "include-headers", NULL},
    {"show-headers", 0, "include-headers", NULL},
    {"no-check-certificate", 0, "insecure", NULL},
    {"bind-address", 0, "interface", NULL},
    {"inet4-only", 0, "ipv4", NULL},
    {"inet6-only", 0, "ipv6", NULL},
    {"parallel-max", 0, "limit", NULL},
    {"max-concurrent-downloads", 0, "limit", NULL},
    {"parallel-max-host", 0, "limit-per-host", NULL},
    {"max-connection-per-server", 0, "limit-per-host", NULL},
    {"max-redirs", 0, "max-redirects", NULL},
    {"max-redirect", 0, "max-redirects", NULL},
    {"no-location", 0, "max-redirects", "0"},
    {"max-filesize", 0, "max-size", NULL},
    {"no-compressed", 0, "no-decompress", NULL},
    {"head", 'I', "request", "HEAD"},
    {"method", 0, "request", NULL},
    {"max-time", 0, "timeout", NULL},
    {"tlsv1", '1', "tls-min", "1.0"},
    {"tlsv1.0", 0, "tls-min", "1.0"},
    {"tlsv1.1", 0, "tls-min", "1.1"},
    {"tlsv1.2", 0, "tls-min", "1.2"},
    {"tlsv1.3", 0, "tls-min", "1.3"},
};

/* Names, separated by blanks, that get the same answer. */
struct answer {
    const char *text;
    const char *names;
};

#define NO_FTP  "there is none here: only http and https URLs are fetched"
#define NO_LINK "there is none here: links within pages are not followed"
#define NO_CMD  "there is none here: no command is run for a URL"
#define NO_AUTH                                                                \
    "there is none here: credentials are sent as --basic, --digest or "        \
    "--oauth2-bearer"
#define NO_TLS                                                                 \
    "there is none here: the TLS library's defaults hold; see --tls-min"
#define NO_PROXY_TLS                                                           \
    "there is none here: a proxy's TLS is set up as any other, by --cacert, "  \
    "--insecure and the like"
#define NO_TCP  "there is none here: the system's defaults hold"
#define NO_PEER "there is none here: nothing is taken from peers"

#define NO_BASH                                                                \
    "there is none here: it is for commands, and URLs are fetched by "         \
    "fanfetch itself"
#define NO_PROBE                                                               \
    "there is none here: a response is reported, not analysed; --body brings " \
    "its text"
#define USE_JQ                                                                 \
    "there is none here: filter the result lines with jq, as in "              \
    "jq -c 'select(.status_code == 200)'"
#define NO_GLOB                                                                \
    "there is none here: brackets and braces in a URL are sent, not expanded"
#define IN_LINE "there is no need: it stands in the result line"

#define AS_LIST  "give the list as an operand: fanfetch urls.txt"
#define BODIES   "use --output-dir DIR and --output-name TEMPLATE"
#define NO_CERTS "there is none here: certificates and keys are PEM files"
#define A_JAR    "use --cookie-jar FILE, which is read with --cookie FILE"
#define PROXY    "use -x/--proxy URL"
#define PASSWORD "use -u/--user NAME:PASSWORD"
#define CLEAN    "there is none here: no state is kept between runs"
#define RANGE    "use --header 'Range: bytes=0-99'"
#define USE_ETAGS                                                              \
    "use --since FILE, or --header "                                           \
    "'If-None-Match: ...'"

static const struct answer answers[] = {
    /* Options that ask for our usual behaviour. */
    {"leave it out: redirects are followed", "follow"},
    {"leave it out: a body that is not asked for is read and not kept",
     "out-null"},
    {"leave it out: compressed bodies are asked for anyway; --no-decompress "
     "leaves them as they come",
     "compression http-accept-gzip tr-encoding auto-decompress"},
    {"leave it out: ~/.netrc is read with --netrc alone", "no-netrc"},
    {"leave it out: cookies are kept with --cookie or --cookie-jar alone",
     "no-cookies"},
    {"leave it out: servers are asked for no digests", "no-want-digest-header"},
    {"leave it out: no file of options is read but those of --config and "
     "FANFETCH_CONFIG",
     "disable no-config no-conf"},
    {"leave it out: https goes through a tunnel of --proxy", "proxytunnel"},
    {"leave it out: results are added to the end of --output FILE", "append"},
    {"leave it out: the body of an error is kept as any other",
     "content-on-error save-content-on save-not-found"},

    {"leave it out: each line is printed as soon as it is ready", "buffer"},

    /* These turn off what we do anyway. */
    {"use --max-redirects 0",
     "no-follow no-follow-redirects no-redirect no-redirects"},
    {"use --progress never", "no-progress"},
    {"use --accept 100-999, which treats every status as ok",
     "no-fail no-fail-with-body"},
    {"use --limit 1", "no-parallel"},
    {"use --no-decompress", "no-compression"},
    {NO_GLOB, "no-globoff"},
    {"there is none here: missing folders of --output-dir are created",
     "no-create-dirs"},
    {"there is none here: --retry also repeats refused connections",
     "no-retry-connrefused"},

    /* Lists, results and files. */
    {AS_LIST, "input-file arg-file list target no-stdin"},
    {"give the URL as an operand: fanfetch https://example.com", "url"},
    {"use a list of JSON lines with a key 'url' and others for each request",
     "next parameterized-uri vhost-input variable"},
    {BODIES,
     "remote-name remote-name-all remote-header-name directory-prefix dir "
     "content-disposition default-page directories no-directories download "
     "force-directories host-directories no-host-directories "
     "protocol-directories cut-dirs cut-url-get-vars cut-file-get-vars "
     "adjust-extension html-extension restrict-file-names index-out "
     "store-response store-response-dir res results output-as-files "
     "outputasfiles files files0 trust-server-names "
     "content-disposition-default-utf8"},
    {"use --output FILE for results, or --output-dir DIR for bodies",
     "output-document out append-output output-all"},
    {"send messages elsewhere with 2>FILE",
     "output-file stderr log rejected-log no-show-error"},
    {"use --existing=keep|replace|number; files "
     "are never overwritten by default",
     "no-clobber clobber keep-extension skip-existing auto-file-renaming "
     "allow-overwrite "
     "backups no-backups file-allocation no-file-allocation-limit unlink "
     "remove-control-file force-save"},
    {"use --continue with --output-dir DIR to go on with files, and --resume "
     "to go on with a list",
     "continue-at start-pos always-resume max-resume-failure-tries "
     "auto-save-interval save-session save-session-interval"},
    {"use --output FILE with --resume", "joblog"},
    {"use --retry-failed with --resume", "resume-failed"},
    {"use --format TEMPLATE, or --fields LIST for fewer keys",
     "write-out tagstring template csv-output-encoding"},
    {"results are JSON lines anyway; jq makes tables of them: jq -r "
     "'[.url, .status_code] | @csv'",
     "csv sql sqlmaster sqlworker sqlandworker sql-master sql-worker "
     "sql-and-worker"},
    {"use --include-headers, or --format TEMPLATE",
     "dump-header save-headers server-response include-response-header "
     "include-response suppress-connect-headers"},
    {"use --body=base64", "include-response-base64"},
    {"use --redirects", "include-chain store-chain"},
    {"use --max-size SIZE or --truncate SIZE",
     "quota response-size-to-save response-size-to-read body-preview"},
    {"leave --body out", "omit-body"},
    {"there is none here: a body's file has the time at which it was written; "
     "include 'last-modified' by --include-headers",
     "remote-time use-server-timestamps no-use-server-timestamps xattr "
     "preserve-permissions"},
    {"use --sha256, or expect_sha256 in a JSON line",
     "checksum check-integrity hash hash-check-only "
     "verify-sig signature-extensions gnupg-homedir "
     "verify-save-failed realtime-chunk-checksum allow-piece-length-change"},
    {"use --ordered", "keep-order no-keep-order"},
    {"use --unique", "skip-dedupe filter-duplicates unique"},
    {"use --input-format csv", "colsep"},
    {"use --format text", "human-readable show-console-readout"},
    {"there is none here: bodies come as they are; see --no-decompress",
     "crlf use-ascii no-decode "
     "local-encoding remote-encoding input-encoding iri no-iri"},
    {"use --no-decompress to leave bodies as they come", "raw"},
    {"there is none here: a failed transfer leaves no file",
     "remove-on-error keep-unfinished-download-result"},
    {"there is none here: all records are fetched, and jq picks results",
     "fail-early filter accept-regex reject reject-regex regex-type "
     "filter-mime-type filter-urls max-file-not-found"},
    {"use --allow-host or --deny-host PATTERN",
     "domains exclude-domains exclude allow deny filter-hosts"},

    /* Connections. */
    {"use --limit N", "jobs max-procs max-threads threads max-jobs split "
                      "optimize-concurrent-downloads bt-max-open-files"},
    {"use --concurrency N, above --limit", "parallel-immediate"},
    {"use --force-close for one request per connection",
     "no-http-keep-alive http-keep-alive enable-http-keep-alive"},
    {"use --keepalive-timeout D for how long idle connections are kept; "
     "there are no TCP probes",
     "keepalive-time keepalive-cnt no-keepalive keepalive"},
    {"use --happy-eyeballs-delay D, as 200ms", "happy-eyeballs-timeout-ms"},
    {"use -4/--ipv4 or -6/--ipv6",
     "prefer-family disable-ipv6 enable-async-dns6 family"},
    {"use --dns-servers LIST",
     "async-dns-server resolvers dns-interface dns-ipv4-addr dns-ipv6-addr "
     "doh-url doh-insecure doh-cert-status async-dns"},
    {"use --resolve HOST:PORT:ADDRESS", "dns-cache-preload"},
    {"use --dns-cache-ttl D, 0 for no cache", "ttl-dns-cache use-dns-cache"},
    {"use --dns-cache-ttl 0",
     "no-dns-cache no-dns-caching dns-cache dns-caching"},
    {"use --interface NAME", "multiple-interface bind-interface local-addr"},
    {"use --unix-socket PATH", "abstract-unix-socket"},
    {"use --http3", "http3-only"},
    {"there is none here: the system chooses ports", "local-port"},
    {"use --http1.1", "no-http2"},
    {"there is none here: TLS servers are offered HTTP/2 anyway, and "
     "http_version in a result tells what was spoken",
     "http2-only"},
    {"use --http1.1, --http2 or --http3", "protocol alpn no-alpn npn no-npn"},
    {"there is none here: an answer without HTTP/1's first line is an error",
     "http0.9"},
    {NO_TCP,
     "tcp-fastopen no-tcp-nodelay mptcp ip-tos vlan-priority dscp "
     "socket-recv-buffer-size "
     "expect100-timeout event-poll rlimit-nofile disk-cache enable-mmap "
     "max-mmap-limit enable-http-pipelining pipeline http2-request-window "
     "fsync-policy gid"},
    {"use --limit-rate SIZE for bytes a second", "max-overall-download-limit"},
    {"use --limit-rate-per-host SIZE for bytes a second", "max-download-limit"},
    {"what is sent is not limited here; use --rate for requests, and "
     "--limit-rate for what is received",
     "max-overall-upload-limit max-upload-limit"},
    {"use --read-timeout D, which ends a transfer that stalls",
     "speed-limit speed-time lowest-speed-limit y Y bt-stop-timeout"},
    {"it is part of --connect-timeout", "dns-timeout"},
    {"use --connect-timeout D", "sock-connect"},
    {"use --read-timeout D", "sock-read"},
    {"use --deadline D for the whole run", "stop"},

    /* Retries and pace. */
    {"use --retry N: N further attempts", "tries max-tries retries"},
    {"use --retry N, and --retry-on LIST for statuses; a POST needs "
     "--retry-all-methods",
     "retry-all-errors retry-on-http-error retry-on-host-error"},
    {"use --retry-delay D with --retry N", "waitretry retry-wait"},
    {"use --rate RATE or --rate-per-host RATE, as 10/s",
     "wait random-wait delay ssh-delay sshdelay rate-limit "
     "rate-limit-minute"},
    {"use --max-host-failures N", "max-host-error"},
    {"there is none here: all records are fetched; --max-host-failures N "
     "gives up a host, --deadline D ends the run",
     "halt halt-on-error"},
    {"use --accept LIST for what is ok, and jq for what is shown",
     "match-code filter-code raise-for-status"},

    /* The request. */
    {"use -I/--head", "spider use-head"},
    {"use -G/--get with --data-urlencode NAME=VALUE", "url-query params"},
    {"there is none here: the segments '.' and '..' of a path are resolved, as "
     "by browsers",
     "path-as-is"},
    {"there is none here: the URL says what is asked for, and --connect-to "
     "which server",
     "request-target"},
    {"there is none here: credentials in a URL go to its host alone, and are "
     "hidden in results",
     "disallow-username-in-url"},
    {"there is none here: a body is as long as its headers say",
     "ignore-length ignore-content-length"},
    {"use -d/--data DATA", "post-data body-data content"},
    {"use -H/--header 'NAME: VALUE'", "headers"},
    {"use --data @FILE", "post-file body-file"},
    {"use -F/--form", "form-string form-escape"},
    {"use -T/--upload-file FILE", "upload-flags"},
    {"use -A/--user-agent NAME", "random-agent"},
    {"use -e/--referer URL", "auto-referer"},
    {PASSWORD,
     "http-user http-password http-passwd password ask-password use-askpass "
     "auth-no-challenge http-auth-challenge"},
    {PASSWORD " and --proxy-user", "auth auth-config"},
    {"there is none here: a proxy gets those of --header with http URLs only, "
     "and its credentials by -U/--proxy-user",
     "proxy-header"},
    {"use --netrc, which reads ~/.netrc",
     "netrc-file netrc-path netrc-optional"},
    {"use --cookie FILE", "load-cookies"},
    {A_JAR, "save-cookies keep-session-cookies junk-session-cookies "
            "cookies cookie-suffixes"},
    {RANGE, "range"},
    {USE_ETAGS, "etag-compare etag-save time-cond timestamping conditional-get "
                "no-if-modified-since if-modified-since"},
    {"use --header 'Cache-Control: no-cache'", "no-cache cache http-no-cache"},
    {NO_AUTH,
     "anyauth negotiate ntlm ntlm-wb aws-sigv4 delegation service-name"},
    {"there is none here: a redirect is followed as browsers do",
     "post301 post302 post303"},
    {"use --location-trusted; credentials never "
     "follow to another origin by default",
     "location-trusted"},
    {"use --max-redirects N; 0 reports the redirect itself",
     "follow-redirects follow-host-redirects allow-redirects"},
    {"there is none here: http and https alone are fetched and followed",
     "proto proto-redir https-only https-enforce"},
    {"use --default-scheme http or https",
     "default-http-port default-https-port no-fallback no-fallback-scheme "
     "leave-default-ports base"},
    {"use --connect-to HOST1:PORT1:HOST2:PORT2", "sni sni-name"},

    /* Proxies. */
    {"use -x/--proxy socks4://HOST:PORT", "socks4"},
    {"use -x/--proxy socks4a://HOST:PORT", "socks4a"},
    {"use -x/--proxy socks5://HOST:PORT, with --proxy-user",
     "socks5 socks5-basic"},
    {"use -x/--proxy socks5h://HOST:PORT", "socks5-hostname"},
    {"there is none here: a proxy's credentials are NAME:PASSWORD, by "
     "--proxy-user",
     "socks5-gssapi socks5-gssapi-nec socks5-gssapi-service proxy-anyauth "
     "proxy-basic proxy-digest proxy-negotiate proxy-ntlm "
     "proxy-service-name"},
    {"there is none here: one proxy is between us and a server", "preproxy"},
    {"there is none here: proxies are spoken to in HTTP/1.1",
     "proxy-http2 proxy-http3"},
    {"there is none here: no connection begins with a PROXY line",
     "haproxy-protocol haproxy-clientip"},
    {PROXY, "all-proxy http-proxy https-proxy proxy1.0 "
            "proxy-method "
            "ftp-proxy"},
    {"use -U/--proxy-user NAME:PASSWORD",
     "proxy-auth proxy-password all-proxy-user all-proxy-passwd "
     "http-proxy-user "
     "http-proxy-passwd http-proxy-password https-proxy-user "
     "https-proxy-passwd ftp-proxy-user ftp-proxy-passwd"},
    {"use --noproxy LIST or --no-env-proxy", "no-proxy"},
    {"leave it out: the environment's proxies are used anyway; --no-env-proxy "
     "ignores them",
     "trust-env"},
    {NO_PROXY_TLS,
     "proxy-ca-native proxy-cacert proxy-capath proxy-cert proxy-cert-type "
     "proxy-ciphers proxy-crlfile proxy-insecure proxy-key proxy-key-type "
     "proxy-pass proxy-pinnedpubkey proxy-ssl-allow-beast "
     "proxy-ssl-auto-client-cert proxy-tls13-ciphers proxy-tlsauthtype "
     "proxy-tlspassword proxy-tlsuser proxy-tlsv1"},

    /* TLS. */
    {"use -k/--insecure",
     "check-certificate check-hostname no-check-hostname verify no-verify "
     "verify-ssl"},
    {"use -E/--cert FILE", "certificate"},
    {"use --key FILE", "private-key"},
    {"use --cert FILE:PASSWORD", "pass"},
    {NO_CERTS, "cert-type key-type certificate-type private-key-type engine"},
    {"use --tls-min V", "secure-protocol min-tls-version"},
    {NO_TLS,
     "sessionid no-sessionid ca-native cert-status ciphers crlfile crl-file "
     "curves "
     "dump-ca-embed ech "
     "egd-file false-start random-file sigalgs ssl ssl-allow-beast "
     "ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort "
     "ssl-sessions sslv2 sslv3 tls-earlydata tls-max tls13-ciphers "
     "tlsauthtype tlspassword tlsuser gnutls-options ocsp ocsp-file "
     "ocsp-date ocsp-nonce ocsp-server dane ocsp-stapling tls-false-start "
     "tls-resume tls-session-file hpkp "
     "hpkp-file ztls tls-impersonate"},
    {"use --tls-info", "tls-grab tls-probe stats-tls stats-ocsp"},

    /* Messages. */
    {"use -q/--quiet", "no-verbose log-level console-log-level"},
    {"leave it out: --format text has colours on a terminal", "styled-output"},
    {"there is none here: URLs are printed as text", "hyperlink"},
    {"use --progress always, or never",
     "progress-bar progress-meter show-progress force-progress report-speed "
     "bar eta "
     "summary-interval stats-interval truncate-console-readout "
     "enable-color no-color color color-failed tag ctag ctagstring"},
    {"use --summary or --summary=FILE",
     "stats stats-all stats-dns stats-server stats-site download-result "
     "total-jobs total max-download-result"},
    {"use -v/--verbose, --trace FILE or --attempts",
     "debug debug-req debug-resp trace-ascii trace-time trace-ids "
     "trace-config"},
    {"use --help all", "manual list-plugins plugin-help"},
    {"use --config FILE or FANFETCH_CONFIG", "conf-path execute profile"},
    {"there is none here: the manual page tells how C programs do it",
     "libcurl"},

    /* For options without a counterpart. */
    {NO_FTP,
     "compressed-ssh hostpubsha256 hostpubmd5 pubkey krb sasl-authzid sasl-ir "
     "login-options create-file-mode disable-eprt disable-epsv eprt epsv "
     "ftp-account "
     "ftp-alternative-to-user ftp-create-dirs ftp-method ftp-pasv ftp-port "
     "ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-ccc-mode "
     "ftp-ssl-control list-only mail-auth mail-from mail-rcpt "
     "mail-rcpt-allowfails quote telnet-option tftp-blksize tftp-no-options "
     "ipfs-gateway knownhosts follow-ftp ftp-password ftp-passwd ftp-user "
     "ftp-type ftp-reuse-connection ftps-clear-data-connection "
     "ftps-fallback-to-ftp ftps-implicit ftps-resume-ssl glob no-glob "
     "no-passive-ftp passive-ftp no-remove-listing remove-listing "
     "retr-symlinks ssh-host-key-md"},
    {NO_LINK, "recursive level mirror page-requisites convert-links "
              "convert-file-only backup-converted delete-after follow-tags "
              "ignore-tags ignore-case include-directories exclude-directories "
              "no-parent parent relative span-hosts download-attr "
              "strict-comments force-html "
              "force-atom force-css force-rss force-metalink robots"},
    {"use --input-format sitemap", "force-sitemap follow-sitemaps"},
    {"there is none here: run it with &, nohup or a service manager",
     "background daemon deferred-input pause stop-with-process"},
    {"use --warc FILE, which is compressed where its name ends in .gz",
     "warc-file warc-compression no-warc-compression"},
    {"use --warc-size", "warc-max-size"},
    {"there is none here: --warc finds identical bodies within a run, and "
     "results say by \"warc\" where records are",
     "warc-cdx warc-dedup"},
    {"there is none here: --warc writes digests always, and temporary files "
     "beside FILE",
     "warc-header warc-tempdir no-warc-digests no-warc-keep-log warc-digests "
     "warc-keep-log"},
    {CLEAN, "alt-svc hsts hsts-file hsts-preload hsts-preload-file no-hsts "
            "local-db local-plugin plugin "
            "plugin-dirs plugin-opt server-stat-if server-stat-of "
            "server-stat-timeout respect-hsts"},
    {"there is none here: a URL is one connection's transfer",
     "chunk-size piece-length min-split-size force-sequential reuse-uri "
     "uri-selector stream-piece-selector"},
    {NO_PEER,
     "select-file peer-agent show-files torrent-file listen-port "
     "follow-torrent seed-time seed-ratio "
     "peer-id-prefix enable-peer-exchange enable-dht dht-listen-port "
     "dht-entry-point dht-file-path enable-dht6 dht-listen-addr6 "
     "dht-entry-point6 dht-file-path6 dht-message-timeout "
     "bt-min-crypto-level bt-require-crypto bt-request-peer-speed-limit "
     "bt-seed-unverified bt-hash-check-seed bt-max-peers bt-external-ip "
     "bt-tracker-interval bt-prioritize-piece bt-save-metadata "
     "bt-metadata-only bt-enable-lpd bt-lpd-interface bt-tracker-timeout "
     "bt-tracker-connect-timeout bt-tracker bt-exclude-tracker "
     "bt-remove-unselected-file bt-detach-seed-only bt-force-encryption "
     "bt-enable-hook-after-hash-check bt-load-saved-metadata pause-metadata "
     "metalink metalink-file metalink-version metalink-language metalink-os "
     "metalink-location follow-metalink metalink-preferred-protocol "
     "metalink-enable-unique-protocol metalink-base-uri"},
    {"there is none here: it is no server",
     "enable-rpc rpc-listen-port rpc-user rpc-passwd rpc-max-request-size "
     "rpc-listen-all rpc-allow-origin-all rpc-certificate rpc-private-key "
     "rpc-secure rpc-secret rpc-save-upload-metadata http-api-endpoint"},
    {NO_CMD,
     "on-download-start on-download-pause on-download-stop "
     "on-download-complete on-download-error on-bt-download-complete "
     "interactive open-tty replace max-args max-lines max-chars "
     "max-replace-args no-run-if-empty process-slot-var show-limits exit "
     "dry-run shell-quote combine-executable combineexec quote-shell tty tmux "
     "tmuxpane"},
    {"use tr '\\0' '\\n' before it: a list has a URL a line",
     "null delimiter eof"},
    {"see scripts/examples for many machines, and --shard K/N",
     "sshlogin sshloginfile slf onall nonall transfer transferfile return "
     "cleanup basefile bf trc wd workdir hostgroups hgrp ssh rsync-opts "
     "rsyncopts controlmaster transferfilename"},
    {NO_BASH,
     "arg-sep arg-file-sep barf bt cf basenamereplace bnr "
     "basenameextensionreplace "
     "bner basenameextensionreplace bg fg bin block block-size block-timeout "
     "cat compress compress-program decompress-program dirnamereplace dnr "
     "embed env er extensionreplace fifo gnu group ungroup group-by groupby "
     "hashbang shebang shebang-wrap id jl latest-line ll lb line-buffer "
     "link xapply load max-line-length-allowed memfree memsuspend minversion "
     "nice noswap number-of-cores number-of-cpus number-of-sockets "
     "number-of-threads parens pipe pipe-part pipepart plain plus recend "
     "recstart record-env regexp remove-rec-sep removerecsep rrs round "
     "round-robin rpl semaphore semaphore-name semaphorename "
     "semaphore-timeout semaphoretimeout fg seqreplace session "
     "shell-completion shellquote shuf skip-first-line slotreplace "
     "spreadstdin st tee term-seq termseq tf timeout-percent tmpdir tmpl "
     "trim use-cores-instead-of-threads use-cpus-instead-of-cores "
     "use-sockets-instead-of-threads xargs cpus rpc citation will-cite"},
    {USE_JQ,
     "match-length match-line-count match-word-count match-favicon "
     "match-string match-regex match-cdn match-response-time "
     "match-condition filter-error-page filter-length filter-line-count "
     "filter-word-count filter-favicon filter-string filter-regex filter-cdn "
     "filter-response-time filter-condition extract-regex extract-preset "
     "list-dsl-variables filter-error-page-path"},
    {IN_LINE,
     "status-code content-length content-type response-time ip json stream"},
    {NO_PROBE,
     "favicon jarm line-count word-count title server web-server tech-detect "
     "websocket cname extract-fqdn asn cdn probe screenshot system-chrome "
     "headless-options exclude-screenshot-bytes no-screenshot-full-page "
     "exclude-headless-body screenshot-timeout screenshot-idle strip "
     "probe-all-ips ports path csp-probe vhost unsafe "
     "store-vision-recon-cluster"},
    {"there is none here: it belongs to another tool's own service",
     "update disable-update-check health-check profile-mem dashboard team-id "
     "asset-id asset-name dashboard-upload"},
};

/* Letters without a meaning here. */
static const struct answer letter_answers[] = {
    {"use --output FILE for results; a list is an operand", "a"},
    {"leave it out: bodies come as they are", "B"},
    {"use --continue with --output-dir DIR", "C"},
    {"use --include-headers; for wget's -D --allow-host PATTERN", "D"},
    {"use --limit N for so many at once", "j"},
    {BODIES, "O J"},
    {AS_LIST, "l"},
    {"use --help all", "M"},
    {"use --limit N for so many at once, or --output-dir DIR for a folder",
     "P"},
    {"use --proxy URL, which tunnels https; ports and pages are not probed",
     "p"},
    {"use --max-size SIZE", "Q"},
    {RANGE "; lists are not recursive", "r"},
    {"leave it out: a body's file has the time at which it was written", "R"},
    {"use --timeout D, or --retry N", "t"},
    {"use --format TEMPLATE; to wait use --rate-per-host RATE", "w"},
    {"use --read-timeout D, which ends a transfer that stalls", "y Y"},
    {USE_ETAGS, "z"},
    {"use a list of JSON lines with a key 'url' and others for each request",
     ":"},
    {"use --progress always", "#"},
    {NO_TLS, "2 3"},
};

/* Words behind one dash that would otherwise be read as letters. */
static const struct answer word_answers[] = {
    {"nothing is overwritten by default; for -n and -c FILE write them apart",
     "nc"},
    {"use -q/--quiet; for -n and -v write them apart", "nv"},
    {"a record is a line; curl's letters are written apart", "n1 L1 N1"},
    {"use --limit-per-host N; curl's letters are written apart", "s16"},
    {BODIES, "nd nH ob"},
    {NO_LINK, "np"},
    {IN_LINE "; for -s and -c FILE write them apart", "sc"},
    {IN_LINE, "cl ct rt ip"},
    {NO_PROBE,
     "lc wc bp td er ep esb ehb ho st sid pa efqdn mfc ffc cdn asn ldv"},
    {USE_JQ, "ml mlc mwc ms mr mcdn mrt mdc fep flc fwc fcdn frt fdc fepp"},
    {"use --accept LIST for what is ok, and jq for what is shown", "mc fc"},
    {"use a list of JSON lines with a key 'url' and others", "rr"},
    {"use --rate RATE, as 100/s", "rl rlm"},
    {BODIES, "sr srd"},
    {"use --output FILE", "oa"},
    {"results are JSON lines anyway", "csvo"},
    {"use --include-headers", "irh irr irrb"},
    {"leave it out: redirects are followed; see --max-redirects", "fr fhr"},
    {"use --max-redirects N", "maxr"},
    {"use --max-host-failures N", "maxhr"},
    {"use --default-scheme", "nf nfs"},
    {"use --max-size SIZE or --truncate SIZE", "rsts rstr"},
    {"there is none here: it belongs to another tool's own service",
     "up duc hc pd tid aid aname pdu ac hae svrc"},
    {NO_TLS, "tlsi"},
};

const struct alias *
foreign_alias(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
        if (strcmp(aliases[i].name, name) == 0)
            return &aliases[i];
    }
    return NULL;
}

const struct alias *
foreign_alias_letter(int letter)
{
    for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
        if (letter != 0 && aliases[i].letter == letter)
            return &aliases[i];
    }
    return NULL;
}

static bool
has_name(const char *names, const char *name, size_t len)
{
    for (const char *s = names; *s;) {
        size_t n = strcspn(s, " ");

        if (n == len && memcmp(s, name, len) == 0)
            return true;
        s += n + strspn(s + n, " ");
    }
    return false;
}

/* The first of the names that begins with prefix and is not our option. */
static const char *
find_longer(const char *names, const char *prefix, size_t prefix_len,
            const char *ours, size_t *len)
{
    for (const char *s = names; *s;) {
        *len = strcspn(s, " ");
        if (*len > prefix_len && memcmp(s, prefix, prefix_len) == 0 &&
            (*len != strlen(ours) || memcmp(s, ours, *len) != 0))
            return s;
        s += *len + strspn(s + *len, " ");
    }
    return NULL;
}

const char *
foreign_longer(const char *prefix, const char *ours, size_t *len)
{
    size_t prefix_len = strlen(prefix);

    for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
        const struct alias *alias = &aliases[i];

        if (strncmp(alias->name, prefix, prefix_len) == 0 &&
            (!alias->to || strcmp(alias->to, ours) != 0)) {
            *len = strlen(alias->name);
            return alias->name;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
        const char *found =
            find_longer(answers[i].names, prefix, prefix_len, ours, len);

        if (found)
            return found;
    }
    return NULL;
}

static const char *
find_answer(const struct answer *list, size_t n, const char *name, size_t len)
{
    for (size_t i = 0; i < n; i++) {
        if (has_name(list[i].names, name, len))
            return list[i].text;
    }
    return NULL;
}

const char *
foreign_answer(const char *name)
{
    /* curl has an --expand-NAME for each NAME. */
    if (strncmp(name, "expand-", strlen("expand-")) == 0)
        return "leave 'expand-' out: values are taken as they are, and the "
               "shell fills in variables";
    return find_answer(answers, ARRAY_LEN(answers), name, strlen(name));
}

const char *
foreign_answer_letter(int letter)
{
    char name = (char)letter;

    return find_answer(letter_answers, ARRAY_LEN(letter_answers), &name, 1);
}

const char *
foreign_answer_word(const char *word)
{
    return find_answer(word_answers, ARRAY_LEN(word_answers), word,
                       strlen(word));
}
