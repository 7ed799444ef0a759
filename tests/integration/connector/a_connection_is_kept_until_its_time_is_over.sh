# The connection is idle for 1.2 s, and then until it is closed.
server_start
mkfifo pipe
exec 3<>pipe
ff_start --keepalive-timeout 5 <pipe >out
for i in 1 2 3; do
    echo "$URL/?$i" >&3
    wait_lines out "$i"
    [ "$i" -ne 1 ] || nap 1.2
    [ "$i" -ne 2 ] || server_wait '.open == 0'
done
exec 3>&-
ff_wait 0
holds "the second is on the same, the third on a new one" out \
    'map(.connection_reused) == [false, true, false]'
holds "no error, no second attempt" out 'all(.ok and .attempts == 1)'
same "accepted" "$(server_stats .accepted)" 2
