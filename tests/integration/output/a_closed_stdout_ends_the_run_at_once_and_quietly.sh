server_start
urls 100000 "$URL/?" >list
{
    status=0
    ff list 2>err || status=$?
    echo "$status" >status
} | head -n 2 >out
same "status" "$(cat status)" 141
check "nothing is said" test ! -s err
holds "two results" out 'length == 2'
check "without fetching the rest" test "$(server_stats .requests)" -lt 20000
