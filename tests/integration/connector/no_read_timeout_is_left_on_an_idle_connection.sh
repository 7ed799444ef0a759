server_start
mkfifo pipe
exec 3<>pipe
ff_start --read-timeout 1500ms <pipe >out
echo "$URL/?1" >&3
wait_lines out 1
nap 2
echo "$URL/delay/100" >&3
wait_lines out 2
exec 3>&-
ff_wait 0
same "accepted" "$(server_stats .accepted)" 1
