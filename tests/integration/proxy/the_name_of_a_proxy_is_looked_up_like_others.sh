# The name is looked up once, at the servers of --dns-servers; the target's name
# is left to the proxy.
server_start
squid_start
dnsmasq_start --host-record=proxy.test,127.0.0.1
urls 50 "$URL/?" | exits 0 ff --dns-servers "$DNS" --limit 10 --force-close \
    -x "http://proxy.test:$PROXY_PORT" >out
same "queries" "$(queries A 'proxy\.test') $(queries)" "1 2"
same "requests" "$(logged 50 "$SQUID_LOG" | wc -l)" 50
exits 1 ff --dns-servers "$DNS" -x "http://nobody.test:3128" "$URL/" >out
holds "the error names the proxy" out '.[0].error | .class == "proxy" and
    .code == "not_found" and (.message | test("proxy .nobody[.]test"))'
exits 0 ff --resolve "nobody.test:$PROXY_PORT:127.0.0.1" \
    -x "http://nobody.test:$PROXY_PORT" "$URL/" >out
