# timeout: 180
# A connection that we end because of a flood is not reported as a reset or
# truncation by the server, and is not retried.
hostile_start priority unknown window_update
$FANFETCH --version | grep -q nghttp2 || skip "this libcurl has no HTTP/2"

for name in priority unknown window_update; do
    exits 1 ff -m 100 --retry 3 --retry-delay 0.1 --http2-prior-knowledge \
        "http://127.0.0.1:${HOSTILE[$name]}/" >out
    holds "$name" out '.[0] | .error.class == "protocol" and
        .error.code == "flood" and .error.retryable == false and
        .attempts == 1'
done
