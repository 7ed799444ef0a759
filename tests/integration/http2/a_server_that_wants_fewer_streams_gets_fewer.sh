server_start
nginx_tls_start "location / { proxy_pass $URL; }
    http2_max_concurrent_streams 4;" http2
urls 40 "$TLS_URL/delay/20?" >list
exits 0 ff --cacert tls/ca.pem --limit 2 --concurrency 30 list >out
holds "all results are there" out 'length == 40 and all(.ok and .http_version == "2")'
# A stream that was refused has libcurl close its connection when the others
# there are done, so that another one may take its place; newer ones (8.14) do
# so more often.  One that is refused three times gets its own.  Most requests
# still share connections.
most=20
! "$FANFETCH" --version | grep -q '^libcurl/7' || most=8
check "connections" test "$(nginx_connections)" -le $most
check "streams at once" test "$(server_stats .most_in_flight)" -le 8
