# fanfetch.jq - filters for the result lines of fanfetch, for jq 1.6 and later.
#
#     jq -r 'include "fanfetch"; retryable | .url' results.jsonl
#     jq -n 'include "fanfetch"; by_host(inputs)' results.jsonl
#
# "jq -L DIR" names the folder that this file is in; ~/.jq/ needs no -L.  What
# takes a stream reads it once and keeps no more than it prints, or says so:
# call it with -n and "inputs".

# ---- results to keep ----

def succeeded: select(.ok);

def failed: select(.ok | not);

# Those that another attempt may mend, and those that the end of the run cut
# off.  A whole line of them is input for fanfetch.
def retryable: select(.error.retryable or .error.class == "aborted");

# Those with an error of a class, or with its code: failed_with("dns"),
# failed_with("http_404").
def failed_with($what): select(.error.class == $what or .error.code == $what);

# Nothing was sent for these: malformed, blocked, aborted, a repeat.
def never_sent: select(.attempts == 0);

# The last attempt took longer than so many seconds.
def slow($seconds): select(.time_total != null and .time_total > $seconds);

def redirected: select(.num_redirects > 0);

# With --since: what is not as it was.
def changed: select(.change == "new" or .change == "changed");

# ---- what a result says ----

# "example.com:8080": host, and port where the URL has one, of where it went.
def host:
    ((.url_effective // .url // "")
     | capture("^[^:/?#]+://(?:[^/?#]*@)?(?<host>[^/?#]*)").host)
    // null;

# "200", "timeout/connect", "http/http_404".
def outcome:
    if .error then .error.class + "/" + .error.code
    else .status_code | tostring
    end;

# The body as a string, whichever key holds it.  Bytes that are no UTF-8 are
# replaced; null: the line has no body.
def body_text:
    if .body != null then .body
    elif .body_base64 != null then .body_base64 | @base64d
    elif has("body_json") then .body_json | tojson
    else null
    end;

# The first value of a header (--include-headers), whatever its case.
def header($name): (.headers // {})[$name | ascii_downcase][0]?;

# Status, seconds, bytes, URL and error, between tabs.
def columns:
    [.status_code, .time_total, .size_body, .url, .error.code] | @tsv;

# ---- what a stream of results says ----

# {"200": 7, "404": 1}: how many there are of each value.
def count_by(stream; key):
    reduce stream as $r ({}; .[$r | key | tostring] += 1);

# The same by outcome.
def outcomes(stream): count_by(stream; outcome);

# Host to how many records it had, how many failed, their bytes, and their
# mean and longest time.
def by_host(stream):
    reduce (stream | . + {host: (host | tostring)}) as $r ({};
        .[$r.host] |= {
            records: (.records + 1),
            failed: (.failed + if $r.ok then 0 else 1 end),
            bytes: (.bytes + ($r.size_download // 0)),
            timed: (.timed + if $r.time_total then 1 else 0 end),
            time_sum: (.time_sum + ($r.time_total // 0)),
            time_max: ([.time_max, $r.time_total] | max)
        })
    | map_values({records, failed, bytes,
        time_mean: (if .timed > 0 then .time_sum / .timed else null end),
        time_max});

# Host to how many of its records have a time, and percentiles of these times.
# Keeps a number for each record.
def times_by_host(stream):
    def at($p): .[([(length * $p | ceil) - 1, 0] | max)];
    reduce (stream | select(.time_total != null)) as $r ({};
        .[$r | host | tostring] += [$r.time_total])
    | map_values(sort | {records: length, p50: at(0.5), p90: at(0.9),
        p95: at(0.95), p99: at(0.99), max: .[-1]});

# The n results that took longest, the longest first.
def slowest($n; stream):
    reduce (stream | select(.time_total != null)) as $r ([];
        if length < $n or $r.time_total > .[-1].time_total
        then . + [$r] | sort_by(-.time_total) | .[:$n]
        else . end)
    | .[];
