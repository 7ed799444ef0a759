# Text that a URL parser does not take for an address is a name and is looked
# up.  Such forms lead to loopback or nowhere, so they are refused or have no
# address.
server_start
cat >hosts <<LIST
127.0.0.1
127.1
127.0.1
127.255.255.254
127.000.000.001
0177.0.0.1
0x7f.0.0.1
0x7f.1
0x7f000001
0X7F000001
2130706433
017700000001
0
0.0.0.0
0x0
00000000
localhost
LOCALHOST
localhost.
a.localhost
①②⑦.⓪.⓪.①
１２７.0.0.1
127。0。0。1
%31%32%37.0.0.1
%6c%6f%63%61%6c%68%6f%73%74
user:pass@127.0.0.1
8.8.8.8@127.0.0.1
[::]
[::1]
[0:0:0:0:0:0:0:1]
[0000:0000::0001]
[::127.0.0.1]
[::7f00:1]
[::ffff:127.0.0.1]
[::FFFF:7F00:1]
[::ffff:0:127.0.0.1]
[64:ff9b::127.0.0.1]
[64:ff9b:1::7f00:1]
[2002:7f00:1::]
[2002:7f00:0001::1]
[fe80::1]
[fe80::1%25lo]
[fec0::1]
[fc00::1]
[fd12:3456:789a::1]
[fd00:ec2::254]
[ff02::1]
[100::1]
[2001::1]
[2001:db8::1]
[3fff::1]
[5f00::1]
10.0.0.1
10.255.255.255
012.1.2.3
0xa000001
100.64.0.1
100.100.100.200
168.63.129.16
169.254.169.254
0xa9fea9fe
2852039166
0251.0376.0251.0376
169.254.43518
[::ffff:a9fe:a9fe]
172.16.0.1
172.31.255.255
192.0.0.1
192.0.0.192
192.0.2.1
192.88.99.1
192.168.0.1
3232235521
198.18.0.1
198.51.100.1
203.0.113.1
224.0.0.1
239.255.255.250
240.0.0.1
255.255.255.255
0xffffffff
LIST
sed "s|.*|http://&:$PORT/|" hosts >list
n=$(wc -l <list)
check "there are enough cases" test "$n" -ge 60
exits 1 ff --deny-private --connect-timeout 5 list >out
holds "each record has its line" out --argjson n "$n" 'length == $n'
holds "no result is ok" out 'all(.ok | not)'
holds "most are refused" out --argjson n "$n" \
    'map(select(.error.code == "private_address")) | length >= $n - 8'
holds "others are no usable host" out 'map(select(.error.code !=
    "private_address").error.class) - ["input", "dns"] == []'
holds "no request was sent" out 'all(.error.class != "blocked" or (.attempts == 0 and
    .started_at == null and .url_effective == null and
    .error.retryable == false))'
same "connections" "$(server_stats .accepted)" 0
