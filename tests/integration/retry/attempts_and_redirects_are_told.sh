server_start
exits 0 ff --retry 2 --retry-delay 10ms --attempts --redirects \
    "$URL/flaky?status=503&times=1&key=a" "$URL/redirect/2" >out
holds "the attempts" out '.[] | select(.attempts == 2) |
    [.attempts_log[].status_code] == [503, 200] and
    .attempts_log[0].error_class == "http"'
holds "the redirects" out '.[] | select(.num_redirects == 2) |
    [.redirects[].status_code] == [302, 302] and
    .redirects[0].location == "/redirect/1"'
