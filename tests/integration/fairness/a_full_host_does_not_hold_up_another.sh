# alone
# 60 slow URLs stand in front of the first one of another host.
server_start
urls 60 "$URL/delay/100?" >list
echo "$URL2/?other" >>list
for threads in 1 3; do
    server_reset
    exits 0 ff --threads "$threads" --limit-per-host 2 list >out
    late=$(server_log 'select(.event == "request")' | jq -s '
        (map(select(.target == "/?other"))[0].ms - .[0].ms) | round')
    check "ms until the other host's turn, $threads threads" \
        test "$late" -lt 100
done
