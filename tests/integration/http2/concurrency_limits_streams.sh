server_start
nginx_tls_start "location / { proxy_pass $URL; }" http2
urls 60 "$TLS_URL/delay/50?" >list
for threads in 1 2; do
    server_reset
    exits 0 ff --threads "$threads" --cacert tls/ca.pem --limit 2 \
        --concurrency 7 list >out
    check "in flight, $threads threads" \
        test "$(server_stats .most_in_flight)" -le 7
    server_reset
    exits 0 ff --threads "$threads" --cacert tls/ca.pem --limit 8 \
        --concurrency 20 --concurrency-per-host 5 list >out
    check "in flight for a host, $threads threads" \
        test "$(server_stats .most_in_flight)" -le 5
done
same "open at once" "$(logged 240 nginx/access.log | awk '{ print $3 }' | sort -u)" HTTP/2.0
