# timeout: 120
# Each connection answers twenty streams and says that it looked at no more.
h2_start goaway 20
h2_posts 200 >list
exits 0 ff --cacert tls/ca.pem --limit 4 --concurrency 40 list >out
holds "all results are there" out 'length == 200 and all(.ok)'
same "looked at twice" "$(awk '$4 == "answer" { print $5 }' h2.log | sort |
    uniq -d)" ""
same "looked at" "$(grep -c answer h2.log)" 200
check "requests counted" test "$(jq .attempts out | awk "{ n += \$1 } END { print n }")" -ge \
    "$(($(wc -l <h2.log) - 1))"

# The connections of a Unix socket are told apart.
h2_posts 60 >list
exits 0 ff --cacert tls/ca.pem --limit 4 --concurrency 40 --unix-socket h2.sock \
    list >out
holds "all results are there" out 'length == 60 and all(.ok)'

# The first GOAWAY names no stream, the second one does, the answers follow.
kill "$H2_PID"
h2_start two-steps
h2_posts 60 >list
exits 0 ff --cacert tls/ca.pem --limit 4 --concurrency 24 -m 20 list >out
holds "all results are there" out 'length == 60 and all(.ok)'
same "looked at twice" "$(awk '$4 == "answer" { print $5 }' h2.log | sort |
    uniq -d)" ""
