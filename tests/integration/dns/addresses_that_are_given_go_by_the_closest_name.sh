# An entry for the name wins over one for any name, and the last entry over
# earlier ones; addresses count as names.
server_start
dnsmasq_start
# peer URL OPTION...: whom we got to.
peer() {
    local url=$1
    shift
    ff --dns-servers "$DNS" "$@" "$url" >out || :
    jq -r .remote_ip out
}
url=http://a.test:$PORT/
same "the name, then any" "$(peer "$url" --resolve "a.test:$PORT:127.0.0.2" \
    --resolve "*:$PORT:127.0.0.3")" 127.0.0.2
same "any, then the name" "$(peer "$url" --resolve "*:$PORT:127.0.0.3" \
    --resolve "A.TEST:$PORT:127.0.0.2")" 127.0.0.2
same "twice" "$(peer "$url" --resolve "a.test:$PORT:127.0.0.2" \
    --resolve "a.test:$PORT:127.0.0.3")" 127.0.0.3
same "any" "$(peer "$url" --resolve "*:$PORT:127.0.0.4")" 127.0.0.4
same "another port" "$(peer "$url" --resolve "*:1:127.0.0.4")" null
same "an address" "$(peer "http://192.0.2.1:$PORT/" \
    --resolve "192.0.2.1:$PORT:127.0.0.5")" 127.0.0.5
same "any address" "$(peer "http://192.0.2.1:$PORT/" \
    --resolve "*:$PORT:127.0.0.5")" 127.0.0.5
same "one of the wrong family" "$(peer "$url" -6 \
    --resolve "a.test:$PORT:127.0.0.2")" null
holds "is no address" out '.[0].error | .class == "dns" and
    .code == "not_found" and .phase == "dns"'
same "where to connect to" "$(peer http://192.0.2.1/ --connect-to \
    "192.0.2.1:80:a.test:$PORT" --resolve "a.test:$PORT:127.0.0.6")" 127.0.0.6
same "the same port" "$(peer "http://192.0.2.1:$PORT/" --connect-to \
    "192.0.2.1:$PORT:127.0.0.7")" 127.0.0.7
same "queries" "$(queries)" 2
