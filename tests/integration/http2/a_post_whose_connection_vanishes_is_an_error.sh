# timeout: 120
# A connection answers five streams; with the next one it is gone.
h2_start vanish 5
urls 40 "$H2_URL/?" >list
exits 0 ff --cacert tls/ca.pem --limit 1 --concurrency 1 list >out
holds "GETs are repeated" out 'length == 40 and all(.ok)'
same "requests counted" "$(($(wc -l <h2.log) - 1))" \
    "$(jq .attempts out | awk "{ n += \$1 } END { print n }")"
h2_posts 40 >list
exits 1 ff --cacert tls/ca.pem --limit 1 --concurrency 1 list >out
same "a POST that was sent twice" "$(awk 'NF > 4 { print $5 }' h2.log | sort |
    uniq -d)" ""
holds "the error says why" out 'all(.ok or (.error.code == "empty_reply" and
    .attempts == 1 and (.error.message | test("not sent twice"))))'
