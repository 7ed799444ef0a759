server_start
mkfifo pipe
exec 3<>pipe
ff_start <pipe >out 2>err
echo "$URL/" >&3
wait_lines out 1
start=$(now_ms)
kill -INT "$FF_PID"
ff_wait 130
check "at once" test $(($(now_ms) - start)) -lt 8000
holds "finished results are there" out 'length == 1 and all(.ok)'
