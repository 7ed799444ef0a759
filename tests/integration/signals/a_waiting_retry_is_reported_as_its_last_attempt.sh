# A job that waits for another attempt when an interrupt comes is aborted; the
# rest of its line is from the last attempt.
server_start
mkfifo in
exec 3<>in
ff_start --retry 3 --retry-delay 240h --retry-max-delay 240h --attempts \
    --redirects --trace trace <in >out 2>err
urls 20 "$URL/redirect-to?url=/status/503&id=" >&3
wait_traced retried 20
kill -INT "$FF_PID"
ff_wait 130
holds "each record has one line" out 'map(.index) | sort == [range(20)]'
holds "aborted before a second attempt" out 'all(.error.class == "aborted" and
    .error.phase == "queue" and .error.retryable and .attempts == 1 and
    (.attempts_log | length) == 1)'
holds "the first one's facts" out 'all(.status_code == 503 and
    .num_redirects == 1 and (.redirects | length) == 1 and
    (.url_effective | endswith("/status/503")) and
    .time_total == .attempts_log[0].time_total)'
