server_start
urls 100000 "$URL/?" >list
start=$(now_ms)
{
    status=0
    ff list 2>err || status=$?
    echo "$status" >status
} | head -n 2 >out
same "status" "$(cat status)" 141
check "nothing is said" test ! -s err
check "quickly" test $(($(now_ms) - start)) -lt 5000
holds "two results" out 'length == 2'
check "without fetching the rest" test "$(server_stats .requests)" -lt 20000
