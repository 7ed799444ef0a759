# timeout: 120
# GET, HEAD and POST go over HTTP/3, then the same to a server without it.
need_http3
caddy_start h1 h2 h3
for i in $(seq 150); do
    echo "{\"url\":\"$CADDY_URL/g$i\"}"
    echo "{\"url\":\"$CADDY_URL/h$i\",\"method\":\"HEAD\"}"
    echo "{\"url\":\"$CADDY_URL/p$i\",\"body\":\"$i\"}"
done >list
# On a busy machine HTTP/2 would be tried, too, before HTTP/3 has connected.
exits 0 ff --cacert tls/ca.pem --http3 --happy-eyeballs-delay 1m --limit 4 \
    --concurrency 40 --body list >out
holds "all are answered over HTTP/3" out 'length == 450 and
    all(.ok and .http_version == "3" and .attempts == 1)'
holds "each by its own answer" out 'all(.method == "HEAD" or
    .body == (.url | sub(".*/"; "/")))'
logged 450 caddy/access.log >log
same "requests that it saw twice" "$(jq -r .request.uri log | sort | uniq -d)" ""
check "connections" test "$(jq -r .request.remote_port log | sort -u | wc -l)" \
    -le 4

kill "$CADDY_PID"
caddy_start h1 h2
sed "s|https://127.0.0.1:[0-9]*|$CADDY_URL|" list | head -n 60 >list2
exits 0 ff --cacert tls/ca.pem --http3 --limit 4 --body list2 >out
holds "HTTP/2 does instead" out 'length == 60 and
    all(.ok and .http_version == "2" and .attempts == 1)'
logged 60 caddy/access.log >log
same "requests that it saw twice" "$(jq -r .request.uri log | sort | uniq -d)" ""
