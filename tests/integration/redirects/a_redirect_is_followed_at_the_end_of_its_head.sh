# The body serves only to keep the connection, and none of these is worth that.
server_start
to="status=302&header=Location:/bytes/5"
cat >list <<URLS
$URL/endless?$to&close=1
$URL/endless?$to
$URL/stall-body?size=100&$to
$URL/drip?n=0&gap=10&$to
$URL/bytes/5000000000?$to
$URL/chunked/5000000000?$to
$URL/no-length?size=5000000000&$to
URLS
exits 0 ff -m 20 --redirects list >out
holds "all redirects are followed" out 'length == 7 and all(.ok and .size_body == 5 and
    .num_redirects == 1 and .attempts == 1 and .redirects[0].status_code == 302)'
same "bodies of redirects that were sent whole" "$(server_log '
    select(.event == "request" and (.target | test("302")) and .done_ms)')" ""

# A short body with a length keeps the connection.
server_reset
exits 0 ff "$URL/bytes/60000?$to" >out
holds "the redirect is followed" out 'all(.ok and .connection_reused)'
same "connections" "$(server_stats .accepted)" 1

# Over HTTP/2 only the stream is ended.
h2_start redirect
exits 0 ff -k -m 20 "$H2_URL/" >out
holds "the redirect is followed" out 'all(.ok and .num_redirects == 1 and
    .http_version == "2" and .connection_reused)'
