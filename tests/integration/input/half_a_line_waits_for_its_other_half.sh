server_start
mkfifo pipe
exec 3<>pipe
ff_start <pipe >out
printf '%s' "$URL/" >&3
sleep 0.3
same "nothing is sent for half a line" "$(server_stats .requests)" 0
printf 'echo\n' >&3
wait_lines out 1
exec 3>&-
ff_wait 0
same "target" "$(server_log 'select(.event == "request").target')" '"/echo"'
