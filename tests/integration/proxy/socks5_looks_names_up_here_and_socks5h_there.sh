# microsocks takes the first address that the system has for localhost.
case $(getent ahosts localhost | head -n 1) in
::1*) server_start --any --listen ::1 ;;
*) server_start ;;
esac
dnsmasq_start --address=/test/127.0.0.1
socks_start
urls 20 "http://a.test:$PORT/?" | exits 0 ff --dns-servers "$DNS" --limit 5 \
    --force-close -x "socks5://$SOCKS_ADDR" >out
same "queries" "$(queries A 'a\.test')" 1
same "the proxy is told an address" "$(sed -n 's/.* connected to //p' socks.log |
    sort -u)" "127.0.0.1:$PORT"
exits 0 ff --dns-servers "$DNS" -x "socks5h://$SOCKS_ADDR" \
    "http://localhost:$PORT/" >out
check "the proxy is told a name" grep -q "connected to localhost:$PORT" \
    socks.log
before=$(queries)
exits 1 ff --dns-servers "$DNS" -x "socks5h://$SOCKS_ADDR" \
    "http://b.invalid:$PORT/" >out
same "queries" "$(queries)" "$before"
holds "an error of the proxy" out '.[0].error.class == "proxy"'
