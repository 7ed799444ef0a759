# No option asks for the body, so the status alone counts.  If a body is asked
# for, it is missing, and an accepted status with half a body is an error.
server_start
url="$URL/drip?n=0&gap=50&status"
# start NAME OPTION... URL: a run beside the others, since each takes its time.
pids=()
start() {
    ff -m 2.5 --retry-delay 1ms "${@:2}" >"$1.out" &
    pids+=("$!")
}
start 404 --retry 1 --attempts "$url=404"
start 410 --retry 0 --read-timeout 2 "${url/gap=50/gap=5000}=410"
start 503 --retry 1 "$url=503"
for options in --body --sha256 '--output-dir dir' '--expect a' '--accept 404' \
    '--warc a.warc'; do
    # shellcheck disable=SC2086
    start "$options" --retry 0 $options "$url=404"
done
for pid in "${pids[@]}"; do
    exits 1 wait "$pid"
done
holds "a 404" 404.out '.[0] | .error.code == "http_404" and .attempts == 1 and
    (.error.retryable | not)'
holds "a 410" 410.out '.[0].error.code == "http_410"'
holds "a 503 is tried again" 503.out '.[0] | .error.code == "http_503" and
    .attempts == 2'
cat -- --*.out >out
holds "where the body is asked for" out 'length == 6 and
    all(.error.code == "total" and .status_code == 404)'

# The body is cut short, not decodable, larger than allowed, or reset.
paths=(truncated bad-gzip bytes/9000 reset-body)
exits 1 ff --max-size 8000 --retry 1 --retry-delay 1ms --ordered \
    "${paths[@]/#/$URL/}" >out
same "errors of the body" "$(jq -r .error.code out | xargs)" \
    "truncated decode body_over_limit reset"
exits 1 ff --max-size 8000 --retry 1 --retry-delay 1ms \
    "$URL"/{truncated,bad-gzip,bytes/9000,reset-body}?status=404 >out
holds "404" out 'all(.error.code == "http_404" and .attempts == 1 and
    (.error.retryable | not))'
# A status that is retried is retried, also where the body is asked for.
exits 1 ff --max-size 8000 --retry 1 --retry-delay 1ms --body --ordered \
    "$URL"/{bad-gzip,bytes/9000}?status=503 >out
holds "503" out 'map([.error.code, .error.retryable, .attempts]) ==
    [["decode", true, 2], ["body_over_limit", true, 2]]'
