# Each host has one connection.  One host's is in use for 2 s, ten more requests
# wait for it, and one for another host follows.
server_start
{
    echo "$URL/delay/2000"
    urls 10 "$URL/?"
    echo "$URL2/?other"
} >list
for threads in 1 2; do
    server_reset
    exits 0 ff --threads "$threads" --limit-per-host 1 list >out
    same "the first two, $threads threads" "$(
        server_log 'select(.event == "request").target' | head -n 2 | sort
    )" '"/?other"
"/delay/2000"'
    same "the first result" "$(jq -rs '.[0].url' out)" "$URL2/?other"
done
