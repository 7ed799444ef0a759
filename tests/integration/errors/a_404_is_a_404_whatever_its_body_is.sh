# No option asks for the body, so the status alone counts.  If a body is asked
# for, it is missing, and an accepted status with half a body is an error.
server_start
url="$URL/drip?n=0&gap=50&status"
exits 1 ff -m 0.5 --retry 1 --retry-delay 1ms --attempts "$url=404" >out
holds "a 404" out '.[0] | .error.code == "http_404" and .attempts == 1 and
    (.error.retryable | not)'
exits 1 ff -m 0.5 --read-timeout 0.2 "${url/gap=50/gap=5000}=410" >out
holds "a 410" out '.[0].error.code == "http_410"'
exits 1 ff -m 0.5 --retry 1 --retry-delay 1ms "$url=503" >out
holds "a 503 is tried again" out '.[0] | .error.code == "http_503" and
    .attempts == 2'
for options in --body --sha256 '--output-dir dir' '--expect a' '--accept 404' \
    '--warc a.warc'; do
    # shellcheck disable=SC2086
    exits 1 ff -m 0.5 $options "$url=404" >out
    holds "with $options" out '.[0] | .error.code == "total" and
        .status_code == 404'
done

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
