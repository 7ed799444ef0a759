# nginx ends a connection after twenty requests and leaves out all that have come
# with them: after two such connections there are no more in flight.
nginx_tls_start 'location / { return 200 ok; } keepalive_requests 20;' http2
urls 3000 "$TLS_URL/?" >list
exits 0 ff --cacert tls/ca.pem list >out
holds "few were left out" out 'length == 3000 and all(.ok) and
    (map(.attempts) | add) < 5500'
wait_lines nginx/access.log 3000
check "few connections" test "$(nginx_connections)" -le 300
