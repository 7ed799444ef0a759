# timeout: 120
# The tables of tests/ssrf are tried directly, after a redirect, and through an
# HTTP and a SOCKS proxy, for which the test server stands.
need python3
own_network "$@"
public_address 9.9.9.9
server_start
socks_start
# The owners of these names lead them to private addresses.
dnsmasq_start --host-record=outside.test,9.9.9.9 --address=/me/127.0.0.1 \
    --address=/io/169.254.169.254 --address=/com/127.0.0.6 \
    --address=/net/10.0.0.1 --address=/network/::1
python3 - "$TESTS/ssrf" >list <<'END'
import ipaddress, sys


def rows(name):
    with open("%s/%s.txt" % (sys.argv[1], name), encoding="utf-8") as f:
        return [l.rstrip("\n") for l in f if l.strip() and l[0] != "#"]


def url(addr):
    return "http://[%s]/" % addr if ":" in str(addr) else "http://%s/" % addr


for name in "request_filtering_agent", "ssrf_req_filter", "payloads":
    print("\n".join(rows(name)))
for addr in rows("advocate"):
    print(url(addr))
for row in rows("ssrf_filter"):
    net = ipaddress.ip_network(row)
    for addr in {net[0], net[-1]}:
        print(url(addr))
        if net.version == 4:
            print(url("::ffff:%s" % addr))
            print(url("::%s" % addr))
END
grep -v '^#' "$TESTS/ssrf/names.txt" >names
n=$(wc -l <list)
check "there are enough cases: $n" test "$n" -ge 200
jq -rR --arg first "http://9.9.9.9:$PORT/redirect-to?url=" \
    '$first + @uri' list >hops
jq -rR '"http://good.test/redirect-to?url=" + @uri' list >proxied_hops

# refused NAME N: none of the N results of out is ok, and none was sent.
refused() {
    holds "each has its line: $1" out --argjson n "$2" 'length == $n'
    holds "each is refused: $1" out 'all(.error.class == "blocked" or
        .error.class == "input" or .error.class == "redirect" or
        (.error.class == "dns" and .remote_ip == null))'
    holds "most are, as private: $1" out \
        'map(select(.error.code == "private_address")) | length >= 0.75 *
        ([.[].error] | length)'
}

ours="--interface 127.0.0.1 --dns-servers $DNS"
# shellcheck disable=SC2086 # words
exits 1 ff --deny-private $ours list names >out 2>err
refused direct $((n + $(wc -l <names)))
same "requests, direct" "$(server_stats .requests)" 0

# shellcheck disable=SC2086
exits 1 ff --deny-private $ours hops >out 2>err
refused redirect "$n"
same "only the first hops were asked for" "$(server_stats .requests)" "$n"
same "the allowed requests are answered" "$(server_log 'select(.event == "request" and
    (.target | startswith("/redirect-to") | not))')" ""

server_reset
for proxy in "$URL" "socks5h://$SOCKS_ADDR" "socks4a://$SOCKS_ADDR"; do
    exits 1 ff --deny-private -x "$proxy" list >out 2>err
    refused "$proxy" "$n"
done
same "requests, through proxies" "$(server_stats .requests)" 0
same "through SOCKS" "$(grep -c 'connected to' socks.log)" 0
exits 1 ff --deny-private -x "socks5://$SOCKS_ADDR" --dns-servers "$DNS" \
    names >out 2>err
refused "names that we look up" "$(wc -l <names)"
exits 1 ff --deny-private -x "$URL" proxied_hops >out 2>err
refused "redirect behind a proxy" "$n"
same "only the redirects were asked for" "$(server_stats .requests)" "$n"
