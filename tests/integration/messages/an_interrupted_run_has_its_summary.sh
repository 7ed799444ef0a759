server_start
urls 10 "$URL/delay/4000?" >list
ff_start --limit 2 --summary=sum list >out 2>err
server_wait '.in_flight == 2'
kill -INT "$FF_PID"
ff_wait 130
holds "the summary counts the aborted records" sum '.[0] |
    .records == 10 and .ok == 2 and .error_classes == {aborted: 8}'
