# Python's ipaddress has IANA's special-purpose registries.  Every address that
# it calls not global is refused, at both ends of each network.
need python3
server_start
python3 - >addrs <<'END'
import ipaddress as ip

networks = [ip.ip_network(n) for n in """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12
192.0.0.0/24 192.0.0.0/29 192.0.0.8/32 192.0.0.170/31 192.0.2.0/24
192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24
198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
255.255.255.255/32
::/128 ::1/128 ::ffff:0:0/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23
2001::/32 2001:2::/48 2001:10::/28 2001:db8::/32 2002::/16 3fff::/20 5f00::/16
fc00::/7 fe80::/10 fec0::/10 ff00::/8
""".split()]
seen = set()
for net in networks:
    first, last = int(net[0]), int(net[-1])
    for n in (first - 1, first, first + 1, (first + last) // 2, last - 1, last,
              last + 1):
        if not 0 <= n < 1 << net.max_prefixlen:
            continue
        addr = net[0].__class__(n)
        for a in (addr, addr.version == 4 and ip.ip_address("::ffff:%s" % addr)):
            if a:
                seen.add(a)
for a in seen:
    plain = getattr(a, "ipv4_mapped", None) or a
    print(a if a.version == 4 else "[%s]" % a,
          "global" if plain.is_global else "not")
END
check "there are enough cases" test "$(wc -l <addrs)" -ge 200
sed -n 's|^\(.*\) not$|http://\1/|p' addrs >list
exits 1 ff --deny-private -x "$URL" list >out 2>err
holds "each record is refused" out 'all(.error.code == "private_address")'
same "requests" "$(server_stats .requests)" 0
