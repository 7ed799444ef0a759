# 5,000 URLs are of a host where connecting hangs, and as many of one that
# answers, without a limit per host.  In either order, all live ones are done
# before one of the dead host's has timed out.
server_start --deaf
urls 5000 "http://127.0.0.1:$DEAF_PORT/?" >dead
urls 5000 "$URL/?" >live
paste -d '\n' dead live >mixed
cat dead live >behind
for list in mixed behind; do
    ff_start --connect-timeout 60s --look-ahead 100000 "$list" >out
    wait_lines out 5000
    holds "the finished requests are those of live hosts" out 'length == 5000 and all(.ok)'
    kill -INT "$FF_PID"
    kill -TERM "$FF_PID"
    ff_wait 130
    same "one line each" "$(jq .index out | sort -n | uniq | wc -l)" 10000
done
# A host without competitors may have all connections.
ff_start --connect-timeout 60s --limit 40 dead >out
deaf_connects() {
    grep -ci "^ *[0-9]*: [0-9A-F:]* 0100007F:$(printf '%04X' "$DEAF_PORT") 02" \
        /proc/net/tcp
}
has_40() {
    [ "$(deaf_connects)" -ge 40 ]
}
wait_for 10 has_40
kill -INT "$FF_PID"
kill -TERM "$FF_PID"
ff_wait 130
