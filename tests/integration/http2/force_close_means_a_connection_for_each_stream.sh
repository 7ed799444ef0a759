# A server that speaks nothing but HTTP/2 is served as well.
nghttpd_start
urls 10 "$H2_URL/?" | exits 0 ff --cacert tls/ca.pem --force-close --limit 3 >out
same "connections" "$(nghttpd_connections)" 10
holds "all requests go over HTTP/2" out 'length == 10 and
    all(.ok and .http_version == "2" and (.connection_reused | not))'
