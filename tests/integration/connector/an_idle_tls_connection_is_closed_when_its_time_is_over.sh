nginx_tls_start 'location / { return 200 ok; }'
mkfifo pipe
exec 3<>pipe
ff_start --http1.1 --cacert tls/ca.pem --keepalive-timeout 1 <pipe >out
for i in 1 2; do
    asked_ms=$(now_ms)
    echo "$TLS_URL/$i" >&3
    wait_lines out "$i"
    answered_ms=$(now_ms)
    wait_open_at "$TLS_PORT" 0
    closed_ms=$(now_ms)
    check "idle for 1 s" test $((closed_ms - asked_ms)) -ge 1000
    check "the connection is closed soon after" test $((closed_ms - answered_ms)) -lt 10000
done
exec 3>&-
ff_wait 0
holds "both are fine" out 'map([.ok, .connection_reused]) ==
    [[true, false], [true, false]]'
