# Streams would share a connection.
nginx_tls_start 'location / { return 200 ok; }' http2
urls 10 "$TLS_URL/?" | exits 0 ff --cacert tls/ca.pem --force-close --limit 3 >out
wait_lines nginx/access.log 10
same "connections" "$(nginx_connections)" 10
same "versions" "$(awk '{ print $3 }' nginx/access.log | sort -u)" HTTP/1.1
