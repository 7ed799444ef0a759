server_start
mkfifo pipe
exec 3<>pipe
ff_start <pipe >out
echo "$URL/?0" >&3
wait_lines out 1
echo "$URL/?1" >&3
wait_lines out 2
holds "both are ok" out 'all(.ok)'
exec 3>&-
ff_wait 0
