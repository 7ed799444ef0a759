# 100 addresses of IPv6: the answer comes over TCP.
server_start --listen ::1
for i in $(seq 100); do
    printf '%s\n' "fd00::$i big.test"
done >hosts
echo "::1 big.test" >>hosts
dnsmasq_start --addn-hosts="$PWD/hosts"
ff -6 --dns-servers "$DNS" --connect-timeout 1 "http://big.test:$PORT/" >out || :
holds "there were addresses" out '.[0].error.class != "dns"'
