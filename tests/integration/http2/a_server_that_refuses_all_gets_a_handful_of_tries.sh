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
exits 1 ff --cacert tls/ca.pem --rate-per-host 5/s -m 10 --trace trace list >out
holds "each request was tried again" out 'all(.attempts >= 2 and .attempts <= 6)'
same "requests are those counted" "$(($(wc -l <h2.log) - before))" \
    "$(jq .attempts out | awk "{ n += \$1 } END { print n }")"
holds "no result is late" out 'all(.time_total < 20)'
holds "five a second start" trace '
    map(select(.event == "started").t) | length > 6 and last - first > 0.2 * (length - 1) - 0.05 and
    ([.[1:], .[:-1]] | transpose | all(.[0] - .[1] > 0.1))'

# The time of an attempt includes all its requests.
exits 1 ff --cacert tls/ca.pem -m 0.5 "$H2_URL/" >out
holds "there was no time for all six" out 'all(.attempts < 6 and
    .time_total < 10)'
