server_start
urls 60 "$URL/delay/5?" >list
for threads in 1 2; do
    server_reset
    exits 0 ff --threads "$threads" --limit 4 --force-close list >out
    same "accepted, $threads threads" "$(server_stats .accepted)" 60
    check "open, $threads threads" test "$(server_stats .most_open)" -le 4
done
