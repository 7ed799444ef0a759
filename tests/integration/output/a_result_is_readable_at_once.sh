# 100 ms are promised.  A busy machine and the shell take time, too, but not of
# each result.
server_start
for i in 1 2 3 4 5 6 7 8; do
    echo "$URL/delay/$((i * 200))"
done >list
ff list | while read -r line; do
    now=${EPOCHREALTIME/./}
    printf '%s %s\n' "$now" "$line"
done >stamped
holds "lags in ms" stamped '
    [. as $all | range(0; length; 2) | $all[.] as $now | $all[. + 1] |
        (.started_at | (.[0:19] + "Z" | fromdate) + (.[19:23] | tonumber)) as $start |
        ($now / 1e6 - $start - .time_total) * 1000 | round] |
    length == 8 and min < 100 and min > -50'
