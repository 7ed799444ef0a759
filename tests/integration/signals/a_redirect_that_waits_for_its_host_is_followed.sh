# A record whose redirect waits for its host when the first interrupt comes is
# in the midst of its attempt: it may finish, as one in flight may.  A waiting
# retry begins no attempt.
server_start
cat >list <<LIST
$URL/delay/3000
$URL2/redirect-to?url=$URL/?hop
$URL2/redirect-to?url=http://127.0.0.3:$PORT/status/503
$URL/never
LIST
ff_start --limit-per-host 1 --retry 1 --retry-delay 240h --retry-max-delay 240h \
    --trace trace list >out 2>err
wait_traced redirected 2
wait_traced retried 1
kill -INT "$FF_PID"
ff_wait 130
holds "a line for each" out 'map(.index) | sort == [range(4)]'
holds "the redirect is followed" out 'map(select(.index == 1)) |
    all(.ok and .num_redirects == 1 and .attempts == 1 and
        (.url_effective | endswith("/?hop")))'
holds "neither a retry nor another record is begun" out '
    map(select(.index > 1)) | length == 2 and
    all(.error.code == "interrupted" and .error.phase == "queue")'
check "the message counts both" grep -q 'stopping; 2 requests in flight' err
same "requests" "$(server_stats .requests)" 5

# At the second one the redirect is not followed, nor is it counted, and the
# error says so.
rm trace
ff_start --limit-per-host 1 --trace trace --redirects list >out 2>err
wait_traced redirected 2
ff_signal INT
kill -INT "$FF_PID"
ff_wait 130
holds "it says what was not done" out 'map(select(.index == 1)) |
    all(.error.code == "interrupted" and .status_code == 302 and
        (.error.message | endswith("before the redirect was followed")) and
        .num_redirects == 0 and .redirects == [])'
