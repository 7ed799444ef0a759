dnsmasq_start --host-record=four.test,127.0.0.1 --host-record=six.test,::1
exits 1 ff -6 --dns-servers "$DNS" http://four.test/ >out
holds "no address" out '.[0].error | .class == "dns" and .code == "not_found"'
exits 1 ff -4 --dns-servers "$DNS" http://six.test/ >out
holds "no address" out '.[0].error | .class == "dns" and .code == "not_found"'

# An address is none of the other family either, whatever libcurl does with it.
server_start --listen 127.0.0.1 --listen ::1
excluded() {
    exits 1 ff "${@:3}" >out
    holds "${*:2}" out "last.error | .class == \"$1\" and .code == \"not_found\" and
        (.retryable | not) and (.message | endswith(\"'$2' is no IPv6 address\") or
        endswith(\"'$2' is no IPv4 address\"))"
}
excluded dns 127.0.0.1 -6 "$URL/"
excluded dns ::1 -4 "http://[::1]:$PORT/"
excluded dns 127.0.0.1 -6 --connect-to "::127.0.0.1:$PORT" http://a.test/
for proxy in http socks5 socks5h; do
    excluded proxy 127.0.0.1 -6 -x "$proxy://127.0.0.1:$PORT" http://a.test/
    excluded proxy '[::1]' -4 -x "$proxy://[::1]:$PORT" http://a.test/
done
excluded dns 127.0.0.1 -6 \
    "http://[::1]:$PORT/redirect-to?url=http://127.0.0.1:$PORT/"
# Nor is one that --resolve names.
for args in "-6 127.0.0.1" "-4 [::1]"; do
    read -r family address <<<"$args"
    exits 1 ff "$family" --resolve "a.test:$PORT:$address" "http://a.test:$PORT/" >out
    holds "$args" out '.[0] | .attempts == 0 and (.error | .class == "dns" and
        .code == "not_found" and (.retryable | not) and
        (.message | startswith("--resolve has no IPv")))'
    exits 0 ff "$family" --resolve "a.test:$PORT:127.0.0.1,[::1]" \
        "http://a.test:$PORT/status/204" >out
done
same "nothing else was sent but that redirect" "$(server_stats .requests)" 3
