# Earlier hops used most of the time: less is left than connecting may take, and
# the total time-out is reported.
server_start
mute_start
for to in "http://a.test/" "https://127.0.0.1:$MUTE_PORT/" "$URL/stall"; do
    echo "$URL/redirect-to?delay=1600&url=$to"
done >list
limits=(--dns-servers "127.0.0.1:$MUTE_PORT" --connect-timeout 2800ms)
ff "${limits[@]}" -m 3 list >total &
pid=$!
exits 1 ff "${limits[@]}" -m 20 --read-timeout 3 list >each
exits 1 wait "$pid"
holds "the total" total 'length == 3 and all(.error.code == "total" and
    .num_redirects == 1 and .time_total > 2.95 and
    (.error.message | test("^total timeout after [0-9.]+ s")))'
holds "each hop has its own to connect" each 'length == 3 and
    all((.error.code | IN("connect", "read")) and .time_total > 4.3)'
