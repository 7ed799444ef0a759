# The reader ends after one line, while other requests would take for ever.
server_start
{
    echo "$URL/?0"
    urls 20 "$URL/stall?"
    urls 20 "$URL/delay/300?"
} >list
start=$(now_ms)
{
    status=0
    ff list 2>err || status=$?
    echo "$status" >status
} | head -n 1 >out
same "status" "$(cat status)" 141
check "nothing is said" test ! -s err
check "quickly" test $(($(now_ms) - start)) -lt 30000
