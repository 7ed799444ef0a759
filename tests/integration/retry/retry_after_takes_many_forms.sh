# Forms of Retry-After: seconds, dates and nonsense.  More than
# --retry-max-delay, however much more, means no retry.
server_start
try() {
    exits "$1" ff --retry 1 --retry-delay 10ms --retry-max-delay 2s --attempts \
        "$URL/flaky?status=503&times=1&key=$RANDOM$RANDOM&$2" >out
    same "$2" "$(jq -c '[.attempts, .attempts_log[0].retry_after,
        (.attempts_log[-1].waited | floor)]' out)" "$3"
}
try 0 'retry_after=1' '[2,1,1]'
try 0 'retry_after=0' '[2,0,0]'
try 1 'header=Retry-After:5' '[1,5,0]'
try 1 'header=Retry-After:9223372036854775' '[1,3155760000,0]'
try 1 'header=Retry-After:99999999999999999999' '[1,3155760000,0]'
try 0 'header=Retry-After:-1' '[2,null,0]'
try 0 'header=Retry-After:soon' '[2,null,0]'
try 0 'header=Retry-After:' '[2,null,0]'
try 0 'header=Retry-After:Thu,%2001%20Jan%201970%2000:00:00%20GMT' '[2,0,0]'
try 1 'header=Retry-After:Fri,%2031%20Dec%209999%2023:59:59%20GMT' \
    '[1,3155760000,0]'
exits 0 ff --retry 1 --retry-delay 10ms --attempts \
    "$URL/flaky?times=1&key=date&retry_date=4" >out
holds "a date is a moment" out '.[0] | .attempts == 2 and
    (.attempts_log[0].retry_after | . >= 1 and . <= 4) and
    .attempts_log[1].waited >= 1'
