# The error's own verdict decides, whatever its class.
server_start --deaf
cat >list <<LIST
http://127.0.0.1:1/
http://127.0.0.1:$DEAF_PORT/
https://127.0.0.1:$PORT/
$URL/stall
$URL/stall-body
$URL/reset
$URL/reset-body
$URL/empty
$URL/truncated
$URL/garbage
$URL/bad-chunk
$URL/bad-gzip
$URL/redirect-loop
$URL/redirect-to?url=ftp://x/
$URL/redirect-to?url=http://127.0.0.1:1/
$URL/status/500
$URL/status/404
$URL/status/501
http://
LIST
exits 1 ff --retry 2 --retry-delay 10ms --retry-max-delay 20ms -m 2500ms \
    --connect-timeout 2 list >out
holds "all records have failed" out 'length == 19 and all(.ok | not)'
# A kept connection that ends without an answer is repeated beside --retry.
holds "three times where it may pass, else once" out 'all(.attempts -
    if .error.retryable then 3 elif .error.class == "input" then 0 else 1 end |
    . == 0 or (. > 0 and . <= 5))
    and all(.attempts <= 3 or (.error.code | . == "empty_reply" or . == "reset"))'
same "which are retryable" "$(jq -r 'select(.error.retryable) |
    .error | .class + "/" + .code' out | sort | uniq -c | sed 's/^ *//')" \
    '2 connect/refused
2 connect/reset
1 http/http_500
2 protocol/bad_response
1 protocol/empty_reply
1 protocol/truncated
1 timeout/connect
2 timeout/total'
# The statuses can be chosen.
exits 1 ff --retry 1 --retry-delay 10ms --retry-on 404,500-502 \
    "$URL/status/404" "$URL/status/501" "$URL/status/503" >out
holds "the chosen ones" out 'all((.attempts == 2) == .error.retryable and
    .error.retryable == (.status_code != 503))'
