# TLS, but HTTP/1.1: known as such, each request has a connection of its own.
# Six at once open the gate.
server_start
nginx_tls_start "location / { proxy_pass $URL; }"
urls 40 "$TLS_URL/?gate=6&id=" >list
for threads in 1 2; do
    : >nginx/access.log
    server_reset
    exits 0 ff --threads "$threads" --cacert tls/ca.pem --limit 30 \
        --limit-per-host 6 list >out
    wait_lines nginx/access.log 40
    same "connections, $threads threads" "$(nginx_connections)" 6
    same "at once, $threads threads" "$(server_stats .most_in_flight)" 6
    holds "all requests go over HTTP/1.1" out 'length == 40 and
        all(.ok and .http_version == "1.1")'
done
