# A connection with anything to read while idle takes no new request.
certificates
for tls in '' tls; do
    # shellcheck disable=SC2086 # two names
    late_start ${tls:+tls/good.pem tls/good.key}
    mkfifo "in$tls"
    exec 3<>"in$tls"
    ff_start --limit 1 --body --cacert tls/ca.pem - <"in$tls" >"out$tls"
    late_rounds "out$tls"
    echo "$LATE_URL/idle/0" >&3
    exec 3>&-
    ff_wait 0
    # Bytes that came before the request are not taken as its head, and are not
    # in any later result.
    holds "each has its own body${tls:+, TLS}" "out$tls" \
        'all(.ok and .status_code == 200 and .body == (.url | sub("^https?://[^/]*"; "")))'
    holds "no request was repeated" "out$tls" 'all(.attempts == 1)'
    same "requests" "$(grep -c ' GET ' late.log)" 11
    same "connections" "$(late_connections)" 6
done
