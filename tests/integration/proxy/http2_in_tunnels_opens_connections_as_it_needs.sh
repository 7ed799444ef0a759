# libcurl < 8.x gives requests to a connection whose tunnel is not there yet,
# once the server is known to speak HTTP/2.  Here a connection answers five.
h2_start goaway 5
squid_start
h2_posts 40 >list
exits 0 ff --cacert tls/ca.pem -x "$PROXY_URL" --limit 4 --concurrency 40 list \
    >out
holds "all are answered" out 'length == 40 and all(.ok)'
same "looked at" "$(grep -c answer h2.log)" 40
