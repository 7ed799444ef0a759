# The connection is always in use, and may be one second old at most.
server_start
mkfifo pipe
exec 3<>pipe
ff_start --max-conn-lifetime 1 <pipe >out
for i in $(seq 16); do
    echo "$URL/?$i" >&3
    wait_lines out "$i"
    sleep 0.2
done
exec 3>&-
ff_wait 0
holds "no result has an error" out 'all(.ok and .attempts == 1)'
check "several were opened" test "$(server_stats .accepted)" -ge 3
check "the connections are used for a while" test "$(server_stats .accepted)" -lt 16
# A request that is sent in time may be read late; without a limit the last is
# 3 s later than the first.
same "requests on a connection older than 1 s" "$(server_log | jq -s '
    (map(select(.event == "open")) | map({key: "\(.conn)", value: .ms}) |
        from_entries) as $opened |
    map(select(.event == "request" and .ms - $opened["\(.conn)"] > 2000)) |
        length')" 0
