# Earlier hops used most of the time: less is left than connecting may take, and
# the total time-out is reported.
server_start
mute_start
for to in "http://a.test/" "https://127.0.0.1:$MUTE_PORT/" "$URL/stall"; do
    exits 1 ff --dns-servers "127.0.0.1:$MUTE_PORT" -m 1 \
        --connect-timeout 900ms "$URL/redirect-to?delay=600&url=$to" >out
    holds "the total, $to" out '.[0] | .error.code == "total" and
        .num_redirects == 1 and .time_total > 0.95 and
        (.error.message | test("^total timeout after [0-9.]+ s"))'
    exits 1 ff --dns-servers "127.0.0.1:$MUTE_PORT" -m 10 --read-timeout 1 \
        --connect-timeout 900ms "$URL/redirect-to?delay=600&url=$to" >out
    holds "each hop has its own to connect, $to" out '.[0] |
        (.error.code | IN("connect", "read")) and .time_total > 1.45'
done
