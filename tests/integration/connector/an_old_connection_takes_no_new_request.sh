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
# A connection was open before its first request had its answer.
holds "no request starts on a connection older than 1 s" out '
    def start: (.started_at[:19] + "Z" | fromdate) + (.started_at[19:23] | tonumber);
    reduce .[] as $r ({late: []};
        if $r.connection_reused | not then .opened = ($r | start + .time_total)
        elif ($r | start) - .opened > 1.05 then .late += [$r] else . end) |
    .late == []'
