# alone
# 100 ms are promised; the time that a busy machine and the shell need is added.
server_start
urls 1 "$URL/delay/100?" >list
urls 1 "$URL/delay/500?" >>list
urls 1 "$URL/delay/900?" >>list
ff list | while read -r line; do
    now=${EPOCHREALTIME/./}
    printf '%s %s\n' "$now" "$line"
done >stamped
while read -r now line; do
    lag=$(jq -rn --argjson now "$now" --argjson r "$line" '
        ($r.started_at | (.[0:19] + "Z" | fromdate) + (.[19:23] | tonumber))
        as $start | ($now / 1e6 - $start - $r.time_total) * 1000 | round')
    check "lag in ms" test "$lag" -lt 250
    check "the clocks agree" test "$lag" -gt -50
done <stamped
check "three results" test "$(wc -l <stamped)" -eq 3
