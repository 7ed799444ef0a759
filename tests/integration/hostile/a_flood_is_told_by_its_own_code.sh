# timeout: 180
# A connection that we end because of a flood is not reported as a reset or
# truncation by the server, and is not retried.
hostile_start ping priority settings unknown window_update
$FANFETCH --version | grep -q nghttp2 || skip "this libcurl has no HTTP/2"

# flood NAME PATH...: requests at once over one connection.
flood() {
    local name=$1
    shift
    exits 1 ff -m 100 --retry 3 --retry-delay 0.1 --http2-prior-knowledge \
        --limit 1 --concurrency 2 \
        "${@/#/"http://127.0.0.1:${HOSTILE[$name]}"}" >out
    holds "$name $*" out "length == $#"' and all(.error.class == "protocol" and
        .error.code == "flood" and .error.retryable == false and
        .attempts == 1)'
}
for name in priority unknown window_update; do
    flood "$name" /1 /2
done
# nghttp2 ends these connections itself.
for name in ping settings; do
    flood "$name" /
done
