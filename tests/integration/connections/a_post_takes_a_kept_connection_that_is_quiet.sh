# The connection was in use a moment ago.  After a second without use, as when
# the machine is busy, POSTs get new ones.
certificates
late_start tls/good.pem tls/good.key
urls 300 "$LATE_URL/p" >list
exits 0 ff --limit 10 --body -d x --cacert tls/ca.pem list >out
holds "each result has its own body" out 'length == 300 and all(.ok and .attempts == 1 and
    .body == (.url | sub("^https?://[^/]*"; "")))'
same "requests" "$(grep -c ' POST ' late.log)" 300
check "few connections" test "$(late_connections)" -le 150
