server_start
dnsmasq_start --host-record=a.test,127.0.0.1
for threads in 1 2; do
    before=$(queries)
    urls 200 "http://a.test:$PORT/?" |
        exits 0 ff --threads "$threads" --dns-servers "$DNS" --dns-cache-ttl 60 --limit 50 >out
    same "queries, $threads threads" "$(($(queries) - before))" 2
done
same "of one family" "$(queries A 'a\.test')" 2
same "questions for the other family" "$(queries AAAA 'a\.test')" 2
same "requests" "$(server_stats '.host["a.test:'"$PORT"'"].requests')" 400
