server_start
urls 30 "$URL2/?" >list
exits 0 ff --summary=sum list "$URL/status/201" >out
exits 0 ff --summary=sum "$URL/" >out
holds "no text of the older one is left" sum 'length == 1 and .[0].records == 1 and
    (.[0].status_codes | keys) == ["200"]'

# It is replaced as a whole, at the end: by the last of two runs that share the
# file, and not by one that is killed.
ff_start --summary=sum "$URL/?gate=2&id=1" >out
server_wait '.requests >= 32'
exits 0 ff --summary=sum list >out2
holds "the first of two" sum 'length == 1 and .[0].records == 30'
exits 0 ff "$URL/?gate=2&id=2" >out2
ff_wait 0
holds "the last of two" sum 'length == 1 and .[0].records == 1'
ff_start --summary=sum "$URL/stall" >out
server_wait '.requests >= 64'
kill -KILL "$FF_PID"
ff_wait 137
holds "a killed run replaces nothing" sum 'length == 1 and .[0].records == 1'

# Standard error in a file has the messages, and then the summary.
exits 1 ff -v --summary=/dev/stderr "$URL/status/404" >out 2>err
same "a message" "$(grep -c '^fanfetch: .*http_404' err)" 1
tail -n 1 err >sum2
holds "the summary behind it" sum2 'length == 1 and .[0].records == 1'
