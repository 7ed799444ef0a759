# Records that an interrupt leaves were not tried: they are no failures of a
# host.
server_start
urls 20 "$URL/stall?n=" >list
ff_start --limit 2 --summary=sum --grace 20 list >out 2>err
server_wait '.requests >= 2'
kill -INT "$FF_PID"
wait_for 15 grep -q 'interrupt again to abort' err
kill -INT "$FF_PID"
ff_wait 130
same "a line each" "$(wc -l <out)" 20
holds "the summary tells them apart" sum '.[0] | .failed == 20 and
    .not_sent == 18 and .error_classes == {aborted: 20} and
    .hosts[0].failed == 2 and .time_total.p95 >= .time_total.p90'
same "told once" "$(grep -c 'again to abort' err)" 1
