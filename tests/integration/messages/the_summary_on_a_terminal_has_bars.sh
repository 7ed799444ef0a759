server_start
need script
{
    urls 8 "$URL/bytes/100?"
    urls 2 "$URL2/status/503?"
} >list
export TERM=xterm NO_COLOR=1
exits 1 script -qec "stty cols 70; '$FANFETCH' --summary list >out" typescript \
    </dev/null | tr -d '\r' >screen
check "totals" grep -q '^10 records in .* a second, 8 ok, 2 failed$' screen
check "a bar" grep -q '^Status  200 *8  ####*$' screen
check "a class" grep -q '^Errors  http *2  ###*$' screen
check "times" grep -q '^  *p50 .*  p90 .*  p99 .*  max ' screen
check "hosts" grep -q "^Failing http://127.0.0.2:$PORT  *2 of 2 failed" screen
check "the width" test "$(awk 'length > 70' screen | wc -l)" -eq 0

# In a file the summary is JSON even so.
script -qec "'$FANFETCH' --summary=sum list >out" typescript </dev/null >screen || :
holds "JSON" sum '.[0].records == 10'
