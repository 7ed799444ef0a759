server_start
{
    urls 20 "$URL/delay/100?"
    urls 2 "$URL/status/404?"
} >list
terminal_start 80
terminal_type "clear; '$FANFETCH' --limit 4 list >out; echo \$?"
wait_screen '^1$'
holds "the results" out 'length == 22'
check "no status line is left" eval '! screen_has %'
check "totals" screen_has '^22 records in .* a second, 20 ok, 2 failed$'
check "statuses" screen_has '^Status  200 +20  ####+$'
check "errors" screen_has '^Errors  http +2  ##+$'
check "times" screen_has '^Time    .*#$'
check "percentiles" screen_has '^        p50 .* p90 .* p99 .* max '
check "hosts" screen_has "^Slowest http://127.0.0.1:$PORT .* mean .* max\$"
check "on one screen" test "$(screen | grep -c .)" -le 23

# What is waited for is not in what is typed, even if that is torn at the end of
# a line.  If no line was shown, no summary for people is shown either.
for option in -q --progress=never; do
    terminal_type "clear; '$FANFETCH' $option --limit 4 list >out; echo '${option:0:1}'${option:1}"
    wait_screen "^$option\$"
    same "$option" "$(screen | head -n 1)" "$option"
done
# A summary in a file is JSON, and the one for people is shown, too.
terminal_type "clear; '$FANFETCH' --summary=sum --limit 4 list >out; echo 'o'ver"
wait_screen '^over$'
check "shown" screen_has '^22 records'
holds "in the file" sum '.[0].records == 22'
