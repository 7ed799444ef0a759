server_start
nginx_tls_start "location / { proxy_pass $URL; }" http2
urls 12 "$TLS_URL/?gate=4&id=" >list
exits 0 ff --http1.1 --cacert tls/ca.pem --limit 4 list >out
wait_lines nginx/access.log 12
same "versions" "$(awk '{ print $3 }' nginx/access.log | sort -u)" HTTP/1.1
same "connections" "$(nginx_connections)" 4
holds "the version is in the result" out 'all(.http_version == "1.1")'
exits 0 ff --http1.0 --cacert tls/ca.pem "$TLS_URL/" >out
same "version" "$(logged 13 nginx/access.log | tail -n 1 | awk '{ print $3 }')" HTTP/1.0
