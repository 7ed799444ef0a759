# timeout: 120
# What a record holds does not grow with its attempts and hops, and what waits
# for a hop is bounded for all records together.
hostile_start long_locations
server_start
long="url=/flaky?&pad=60000"

peak_of 1 --retry 100 --retry-delay 1ms --retry-max-delay 1ms --redirects \
    --attempts --include-headers "$URL/redirect-to?$long" >out
holds "100 retries over a long Location" out '.[0] | .attempts == 101 and
    (.attempts_log | length) == 101 and (.redirects | length) == 1 and
    (.redirects[0].location | startswith("/flaky?aaa")) and
    .error.code == "http_503"'
sanitized || check "memory of 100 attempts: $PEAK kB" test "$PEAK" -lt 20480

peak_of 1 --max-redirects 100 "http://127.0.0.1:${HOSTILE[long_locations]}/" >out
holds "100 hops" out '.[0] | .num_redirects == 100 and .error.code == "too_many"'
sanitized || check "memory of 100 hops: $PEAK kB" test "$PEAK" -lt 20480

peak_of 1 --max-redirects 200 --redirects \
    "http://127.0.0.1:${HOSTILE[long_locations]}/" >out
holds "hops that are shown have 160 KiB" out '.[0] | .error.class == "redirect" and
    .error.code == "denied" and .num_redirects > 1 and .num_redirects < 4 and
    (.redirects | length) == .num_redirects'

urls 50 "http://127.0.0.1:${HOSTILE[long_locations]}/" >list
peak_of 1 --redirects list >out
same "all have the same end" "$(jq -r .error.code out | sort | uniq -c | tr -s ' ')" \
    " 50 denied"
sanitized || check "memory of 50 at once: $PEAK kB" test "$PEAK" -lt 70000

# Each hop takes two seconds and has two connections: nearly all wait.
urls 800 "$URL/redirect-to?url=$URL2/delay/2000?&pad=60000&" >list
ff_start --limit-per-host 2 list >out
wait_for 60 grep -q no_room out
sanitized || check "memory of redirects that wait" test "$(sed -n \
    's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$FF_PID/status")" -lt 65536
kill -INT "$FF_PID"
kill -TERM "$FF_PID"
ff_wait 130
holds "records that do not fit say so" out 'map(select(.error.code == "no_room")) |
    length > 0 and all(.error.retryable and .error.class == "redirect")'
