nghttpd_start
mkfifo pipe
exec 3<>pipe
ff_start --cacert tls/ca.pem --keepalive-timeout 1 <pipe >out
for i in 1 2; do
    asked_ms=$(now_ms)
    echo "$H2_URL/?$i" >&3
    echo "$H2_URL/?$i.5" >&3
    wait_lines out "$((2 * i))"
    answered_ms=$(now_ms)
    wait_open_at "$H2_PORT" 0
    closed_ms=$(now_ms)
    check "idle for 1 s" test $((closed_ms - asked_ms)) -ge 1000
    check "the connection is closed soon after" test $((closed_ms - answered_ms)) -lt 10000
done
exec 3>&-
ff_wait 0
holds "all results are ok" out 'all(.ok and .http_version == "2")'
