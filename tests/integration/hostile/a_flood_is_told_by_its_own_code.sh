# timeout: 180
# A connection that we end because of a flood is not reported as a reset or
# truncation by the server, and is not retried.
hostile_start ping priority settings unknown window_update
$FANFETCH --version | grep -q nghttp2 || skip "this libcurl has no HTTP/2"

for name in ping priority settings unknown window_update; do
    url=http://127.0.0.1:${HOSTILE[$name]}
    exits 1 ff -m 100 --retry 3 --retry-delay 0.1 --http2-prior-knowledge \
        --limit 1 --concurrency 2 "$url/1" "$url/2" >out
    holds "$name" out 'length == 2 and all(.error.class == "protocol" and
        .error.code == "flood" and .error.retryable == false and
        .attempts == 1)'
done
