# Malformed answers come while names that take a second are being asked for.
server_start --listen 127.0.0.1 --listen ::1
half_dns_start
for i in $(seq 10); do
    echo "http://slow$i.test:$PORT/"
    echo "http://bad$i.test:$PORT/"
done >list
exits 1 ff --dns-servers "$DNS" --connect-timeout 8 list >out
holds "malformed ones fail" out 'map(select(.url | test("bad"))) |
    length == 10 and all(.error | .class == "dns" or .phase == "dns")'
holds "the others do not" out 'map(select(.url | test("slow"))) |
    length == 10 and all(.ok)'
