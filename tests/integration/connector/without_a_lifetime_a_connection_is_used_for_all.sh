server_start
mkfifo pipe
exec 3<>pipe
ff_start <pipe >out
for i in $(seq 6); do
    echo "$URL/?$i" >&3
    wait_lines out "$i"
    sleep 0.4
done
exec 3>&-
ff_wait 0
same "accepted" "$(server_stats .accepted)" 1
