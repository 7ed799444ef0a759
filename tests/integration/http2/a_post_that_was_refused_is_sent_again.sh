# nginx ends a connection after a hundred requests, and says which of those that
# are under way it has not looked at; the others it answers first.  Whether it
# has closed the connection before we come to ask is chance, and seldom so.
server_start
nginx_tls_start "location / { proxy_pass $URL/delay/50?; }
    keepalive_requests 100;" http2
for i in $(seq 1000); do
    echo "{\"url\":\"$TLS_URL/$i\",\"method\":\"POST\",\"body\":\"x\"}"
done >list
ff --cacert tls/ca.pem --limit 5 --concurrency 50 list >out || :
holds "hardly one is lost" out 'length == 1000 and (map(select(.ok)) | length) > 950'
holds "a failed result says why" out 'all(.ok or (.error.code == "empty_reply" and
    (.error.message | test("not sent twice"))))'
same "sent twice" "$(awk '{ print $5 }' nginx/access.log | sort | uniq -d)" ""
check "reached the server" test "$(server_stats .requests)" -le 1000
check "connections" test "$(nginx_connections)" -ge 10
