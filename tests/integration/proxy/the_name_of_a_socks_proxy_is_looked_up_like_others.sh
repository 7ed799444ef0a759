# A proxy that is told addresses has a name, too: both are looked up at the
# servers of --dns-servers, each once, and --resolve counts for both.
server_start
dnsmasq_start --host-record=proxy.test,127.0.0.1 --address=/a.test/127.0.0.1
socks_start
for url in "http://a.test:$PORT" "$URL"; do
    urls 20 "$url/?" | exits 0 ff --dns-servers "$DNS" --limit 5 --force-close \
        -x "socks5://proxy.test:$SOCKS_PORT" >out
done
same "queries" "$(queries A 'proxy\.test') $(queries A 'a\.test')" "2 1"
same "the proxy is told an address" "$(sed -n 's/.* connected to //p' socks.log |
    sort -u)" "127.0.0.1:$PORT"
{
    # The proxy's own name as a target, between others.
    for i in $(seq 5); do
        echo "http://proxy.test:$PORT/?$i"
        echo "http://b.test:$PORT/?$i"
    done
} | exits 0 ff --dns-servers 127.0.0.1:1 --limit 1 --force-close \
    --resolve "proxy.test:$PORT:127.0.0.1" --resolve "b.test:$PORT:127.0.0.1" \
    --resolve "proxy.test:$SOCKS_PORT:127.0.0.1" \
    -x "socks5://proxy.test:$SOCKS_PORT" >out

exits 1 ff --dns-servers "$DNS" -x "socks5://nobody.test:1080" \
    "http://a.test:$PORT/" "$URL/" >out
holds "the error names the proxy" out 'length == 2 and all(.[].error;
    .class == "proxy" and .code == "not_found" and .phase == "dns" and
    (.message | test("proxy .nobody[.]test")))'
exits 1 ff --dns-servers "$DNS" -x "socks5://proxy.test:$SOCKS_PORT" \
    "http://nobody.test:$PORT/" >out
holds "or the host" out '.[0].error | .class == "dns" and
    .code == "not_found" and (.message | test("of .nobody[.]test"))'

# A look-up of the proxy that never ends is limited like others.
half_dns_start
exits 1 ff --dns-servers "$DNS" -4 --connect-timeout 1 \
    -x "socks5://noa.test:$SOCKS_PORT" "$URL/" >out
holds "the time-out" out '.[0] | .error.class == "timeout" and
    .error.code == "connect" and .error.phase == "dns"'
