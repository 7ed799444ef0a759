server_start
dnsmasq_start --address=/many.test/127.0.0.1
for i in $(seq 20); do
    echo "http://a.many.test:$PORT/redirect-to?url=http://b.many.test:$PORT/?$i"
done | exits 0 ff --dns-servers "$DNS" --limit 4 >out
holds "followed" out 'all(.num_redirects == 1 and .ok)'
same "queries of the first" "$(queries A 'a\.many\.test')" 1
same "queries of the second" "$(queries A 'b\.many\.test')" 1
