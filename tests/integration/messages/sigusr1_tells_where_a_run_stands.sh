server_start
urls 5 "$URL/delay/6000?" >list
echo "$URL/status/404" >>list
ff_start --limit 8 list >out 2>err
wait_lines out 1
server_wait '.in_flight == 5'
kill -USR1 "$FF_PID"
wait_lines err 1
same "one line" "$(wc -l <err)" 1
check "the line is as always" grep -q \
    '^fanfetch:  16% 1/6 records .*  0 ok  1 failed (http 1)  5 in flight ' err
kill -USR1 "$FF_PID"
wait_lines err 2
kill -TERM "$FF_PID"
ff_wait 143
holds "the signal did no harm" out 'length == 6 and (map(select(.ok)) | length) == 5'
same "nothing else was said" "$(grep -vc 'interrupt again to abort' err)" 2

# This holds if no progress is shown, too.
server_reset
ff_start -q --progress=never "$URL/delay/4000" >out 2>err
server_wait '.in_flight == 1'
kill -USR1 "$FF_PID"
wait_lines err 1
ff_wait 0
