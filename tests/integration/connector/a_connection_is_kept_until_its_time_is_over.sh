# The connection is idle for 1.2 s and then 2.8 s; 2 s are allowed.
server_start
mkfifo pipe
exec 3<>pipe
ff_start --keepalive-timeout 2 <pipe >out
i=0
for pause in 1.2 2.8 0; do
    i=$((i + 1))
    echo "$URL/?$i" >&3
    wait_lines out "$i"
    sleep "$pause"
done
exec 3>&-
ff_wait 0
holds "the second is on the same, the third on a new one" out \
    'map(.connection_reused) == [false, true, false]'
holds "no error, no second attempt" out 'all(.ok and .attempts == 1)'
same "accepted" "$(server_stats .accepted)" 2
