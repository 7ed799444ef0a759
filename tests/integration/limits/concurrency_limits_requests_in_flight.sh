server_start
urls 40 "$URL/?gate=5&delay=5&id=" >list
for threads in 1 3; do
    server_reset
    exits 0 ff --threads "$threads" --limit 20 --concurrency 5 list >out
    same "in flight, $threads threads" "$(server_stats .most_in_flight)" 5
done
