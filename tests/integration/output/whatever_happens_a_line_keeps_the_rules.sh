# Results of all kinds are checked: the core keys and their order, what null
# means, durations that add up.
server_start
cat >paths <<'LIST'
/
/delay/50
/status/404
/status/503
/status/204
/status/304
/bytes/0
/chunked/5000
/no-length?size=10
/http10
/drip?n=3
/headers-bytes
/gzip?size=1000
/redirect/3
/redirect-loop
/redirect-no-location
/redirect-to?url=ftp://x/
/redirect-to?url=http://127.0.0.1:1/
/429?retry_after=0
/stall
/stall-headers
/stall-body
/reset
/reset-body
/empty
/truncated
/garbage
/http09
/bad-chunk
/bad-gzip
/header-line?size=1000000
/header-lines?n=6000
/headers-flood
/continue-flood
/endless
/raw?text=HTTP/1.1%20200%20OK%0d%0a%0d%0a
/raw?text=HTTP/1.1%20999%20x%0d%0a%0d%0a
/raw?text=HTTP/1.1%20000%20x%0d%0a%0d%0a
/raw?text=HTTP/1.1%20200%20OK%0d%0aContent-Length:%20-5%0d%0a%0d%0a
/raw?text=HTTP/1.1%20200%20OK%0d%0aContent-Type:%0d%0a%0d%0a
LIST
sed "s|^|$URL|" paths >list
cat >>list <<LIST
http://127.0.0.1:1/
https://127.0.0.1:$PORT/
ftp://x/
http://
{bad
{"url":"$URL/","colour":1}
{"url":"$URL/stall","timeout":"100ms"}
LIST
cat >rules.jq <<'JQ'
def core: "index id url url_effective method ok status_code error attempts
    num_redirects http_version remote_ip remote_port connection_reused
    content_type content_length size_download size_body started_at time_queue
    time_total elapsed timing" | [splits("\\s+")];
def expect(name; condition): if condition then empty else
    [name, .index, .url] end;
def sum: [.[] | values] | add // 0;
.[] | . as $l |
expect("core keys"; [keys_unsorted[] | select(IN(core[]))] == core),
expect("ok"; .ok == (.error == null)),
expect("the error's keys"; .ok or (.error | keys_unsorted) ==
    ["class", "code", "phase", "message", "retryable", "curl_code",
     "os_errno"]),
expect("classes and phases"; .ok or (.error |
    (.class | IN("input", "blocked", "dns", "connect", "tls", "proxy",
        "timeout", "protocol", "redirect", "too_large", "http", "host_down",
        "write", "aborted")) and
    (.phase | IN("input", "queue", "dns", "connect", "tls", "send", "wait",
        "receive", "write")) and .os_errno != 0)),
expect("null, not 0, -1 or empty";
    [del(.body, .url)[] | select(. == -1 or . == "")] == [] and
    .status_code != 0 and .remote_port != 0),
expect("what was never sent"; (.attempts == 0) == (.started_at == null) and
    (.attempts == 0) == (.time_total == null) and
    (.attempts == 0) == (.url_effective == null)),
expect("moments"; .started_at == null or
    (.started_at | test("^2\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$"))),
expect("the last attempt is the log's last"; .attempts == (.attempts_log |
    length) and (.attempts == 0 or (.attempts_log[-1] |
    .status_code == $l.status_code and .error_class == $l.error.class and
    .time_total <= $l.time_total))),
expect("the hops are listed"; .num_redirects == (.redirects | length)),
# For a repeated request, earlier requests count in the whole time only.
expect("the parts of a hop add up"; .attempts > 1 or .timing == null or .time_total == null or
    ((.timing | sum) + ([.redirects[].time_total] | sum) -
        .time_total | fabs) < 5e-6),
expect("waits and attempts are within the whole"; .elapsed + 1e-5 >=
    .time_queue + ([.attempts_log[] | .waited, .time_total] | sum)),
expect("a body only where there is one response"; .body == null or
    .status_code != null)
JQ
for form in '' --body --body=json --body=text; do
    exits 1 ff -m 1 --max-size 2M --include-headers --redirects --attempts \
        --tls-info --sha256 --retry 1 --retry-delay 10ms ${form:+"$form"} \
        list >out
    same "lines" "$(jq .index out | sort -n | uniq | wc -l)" "$(wc -l <list)"
    same "broken rules" "$(jq -sc -f rules.jq out | head -n 20)" ''
    same "more than six decimals" \
        "$(grep -oE '"[a-z_]+":[0-9]+\.[0-9]{7,}|:[0-9]*\.?[0-9]*e-' out)" ''
    same "control bytes" "$(LC_ALL=C tr -d '\n -~\200-\377' <out | wc -c)" 0
done
