# 50 requests at once, and connections for 50: one is enough.
nghttpd_start
urls 50 "$H2_URL/?" >list
for threads in 1 2; do
    before=$(nghttpd_connections)
    exits 0 ff --threads "$threads" --cacert tls/ca.pem --limit 50 list >out
    same "connections, $threads threads" "$(($(nghttpd_connections) - before))" 1
    holds "all requests go over HTTP/2" out 'length == 50 and
        all(.ok and .http_version == "2")'
done
