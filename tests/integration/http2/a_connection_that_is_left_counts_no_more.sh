# A connection that is left is ended at once, even if the peer does not answer
# the TLS close: no server sees more connections than the limits allow.
for limits in "--limit 1" "--limit-per-host 1" \
    "--limit-per-host 1 --connect-to localhost:1:localhost:2"; do
    h2_start linger
    urls 8 "$H2_URL/?" >list
    # shellcheck disable=SC2086 # words
    ff --cacert tls/ca.pem --force-close $limits list >out
    kill "$H2_PID"
    holds "$limits" out 'length == 8 and all(.[]; .ok)'
    sed 1d h2.log | awk '{ print $5 }' | sort -u >most
    same "$limits: connections open at once" "$(cat most)" 1
done
