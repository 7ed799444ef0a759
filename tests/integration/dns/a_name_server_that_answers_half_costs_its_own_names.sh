# A name server drops questions by name: noaaaa.test's for AAAA, noa.test's for
# A; what it says of tc.test does not fit, and it ends TCP connections.
server_start --listen 127.0.0.1 --listen ::1
half_dns_start
urls 5 "http://noaaaa.test:$PORT/?" >list
urls 5 "http://noa.test:$PORT/?" >>list
exits 0 ff --dns-servers "$DNS" --dns-cache-ttl 0 --limit 1 list >out
holds "an address that is there is used at once" out 'length == 10 and
    all(.ok and .timing.dns < 5)'
holds "whatever it is" out '([.[].remote_ip] | unique) == ["127.0.0.1", "::1"]'

# Ten of them are given up while names that take a second are being asked for.
{
    urls 10 "http://part.test:$PORT/?"
    for i in $(seq 10); do
        echo "http://tc$i.test:$PORT/"
        echo "http://slow$i.test:$PORT/"
    done
} >list
exits 1 ff --dns-servers "$DNS" list >out
holds "truncated names fail" out 'map(select(.url | test("tc"))) |
    length == 10 and all(.error.class == "dns")'
holds "the others do not" out 'map(select(.url | test("slow|part"))) |
    length == 20 and all(.ok)'

# Old name servers don't know EDNS, and don't all say so.
{
    urls 5 "http://old.test:$PORT/?"
    urls 5 "http://older.test:$PORT/?"
} | exits 0 ff --dns-servers "$DNS" >out
holds "old servers are understood" out 'length == 10 and all(.ok)'
