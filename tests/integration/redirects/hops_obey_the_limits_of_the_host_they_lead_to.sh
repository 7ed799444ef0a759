# 20 redirects lead from one host to another that takes two requests at a time.
server_start
urls 20 "$URL/redirect-to?url=$URL2/%%3Fgate=2%%26delay=5&id=" >list
for threads in 1 3; do
    server_reset
    exits 0 ff --threads "$threads" --limit-per-host 2 list >out
    same "most in flight at the target" \
        "$(server_stats '.local["127.0.0.2"].most_in_flight')" 2
    check "open at the target" test \
        "$(server_stats '.local["127.0.0.2"].most_open')" -le 2
    holds "all hops arrived" out 'length == 20 and all(.ok and .num_redirects == 1)'
done
