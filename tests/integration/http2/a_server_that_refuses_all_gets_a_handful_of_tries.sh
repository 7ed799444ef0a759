# timeout: 120
# A server that refuses each stream, for ever.
h2_start refuse
urls 6 "$H2_URL/?" >list
exits 1 ff --cacert tls/ca.pem list >out
holds "each error says what happened" out 'length == 6 and
    all(.error.code == "refused_stream" and .error.retryable and .attempts == 6)'
same "requests" "$(grep -c refuse h2.log)" 36

# POSTs too, and within the rate.
before=$(wc -l <h2.log)
h2_posts 4 >list
exits 1 ff --cacert tls/ca.pem --rate-per-host 5/s -m 10 list >out
holds "each request was tried again" out 'all(.attempts >= 2 and .attempts <= 6)'
same "requests are those counted" "$(($(wc -l <h2.log) - before))" \
    "$(jq .attempts out | awk "{ n += \$1 } END { print n }")"
holds "no result is late" out 'all(.time_total < 11)'
# Of any seven requests in a row the last one comes a second after the first.
tail -n +$((before + 1)) h2.log | awk '{ at[NR] = $1 }
    NR > 6 && at[NR] - at[NR - 6] < 950 { print "too fast at", NR; exit 1 }'

# The time of an attempt includes all its requests.
exits 1 ff --cacert tls/ca.pem -m 0.5 "$H2_URL/" >out
holds "there was no time for all six" out 'all(.attempts < 6 and
    .time_total < 0.6)'
