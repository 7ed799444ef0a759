# 200 of them are 3,200 bytes: the answer comes over TCP.
server_start
for i in $(seq 200); do
    echo "127.0.0.$i big.test"
done >hosts
dnsmasq_start --addn-hosts="$PWD/hosts" --edns-packet-max=1232
urls 20 "http://big.test:$PORT/?" |
    exits 0 ff -4 --dns-servers "$DNS" --limit 5 --force-close >out
check "many of them are used" test "$(jq -r .remote_ip out | sort -u | wc -l)" \
    -ge 15
check "asked for again, over TCP" test "$(queries A)" -ge 2
