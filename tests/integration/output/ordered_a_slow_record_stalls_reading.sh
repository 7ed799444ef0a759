# No more is read than --look-ahead and --concurrency allow, however fast the
# others are; then the run continues.
server_start
{
    echo "$URL/?delay=5000"
    urls 500 "$URL2/?"
} >list
ff_start --ordered --limit 5 --look-ahead 20 list >out
server_wait '.requests >= 25'
sleep 0.3
check "no line passes the slow one" test ! -s out
check "reading has stopped" test "$(server_stats .requests)" -le 25
ff_wait 0
holds "in order" out 'map(.index) == [range(501)]'
