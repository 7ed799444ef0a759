server_start
dnsmasq_start --host-record=a.test,127.0.0.1
mkfifo pipe
exec 3<>pipe
ff_start -4 --dns-servers "$DNS" --dns-cache-ttl 0 <pipe >out
for i in 1 2 3; do
    echo "http://a.test:$PORT/?$i" >&3
    wait_lines out "$i"
done
exec 3>&-
ff_wait 0
same "queries" "$(queries)" 3
# Look-ups at the same time are still one query.
urls 60 "http://a.test:$PORT/delay/20?" |
    exits 0 ff -4 --dns-servers "$DNS" --dns-cache-ttl 0 --limit 20 >out
check "queries" test "$(queries)" -lt 60
