# nginx ends a connection after ten requests, and refuses later streams.
nginx_tls_start 'location / { return 200 ok; } keepalive_requests 10;' http2
for limit in 1 4; do
    : >nginx/access.log
    urls 200 "$TLS_URL/?" >list
    exits 0 ff --cacert tls/ca.pem --limit "$limit" --concurrency 20 list >out
    holds "no error, limit $limit" out 'length == 200 and all(.ok)'
    wait_lines nginx/access.log 200
    same "each was answered once" "$(awk '{ print $5 }' nginx/access.log |
        sort | uniq -d | wc -l)" 0
    check "connections" test "$(nginx_connections)" -ge 20
done
