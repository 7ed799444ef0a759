# A proxy may read names in its own way, so a name that could mean a private
# address or this machine is not requested.  The test server stands for the
# proxy.
server_start
cat >hosts <<LIST
127.0.0.1.
127.0.0.1..
127.1.
127.0.1.
127.1
0177.0.0.1.
0x7f.1.
0x7f000001.
2130706433.
017700000001.
127.000.000.001.
169.254.169.254.
169.254.43518.
0xa9fea9fe.
0251.0376.0251.0376.
2852039166.
10.1.
192.168.257.
0.
0x.
256.256.256.256.
1.2.3.4.5
127.0.0.1.0
x.127.0.0.1
4294967296.
%31%32%37.1%2e
１２７.1.
①②⑦.⓪.⓪.①。
127。1。
localhost
localhost.
localhost..
LOCALHOST.
a.localhost.
ｌｏｃａｌｈｏｓｔ.
l%6fcalhost%2e%2e
localhost.localdomain
ip6-localhost
xn--localhost-
metadata.google.internal.
intranet
metadata.azure.internal
printer.local.
x.home.arpa
[::1]
[::ffff:127.0.0.1]
[::ffff:a9fe:a9fe]
[::127.0.0.1]
[64:ff9b::7f00:1]
[64:ff9b:1::7f00:1]
[2002:7f00:1::]
[2001:0:4136:e378:8000:63bf:3fff:fdd2]
[fe80::1%25lo]
[fd00:ec2::254]
LIST
sed "s|.*|http://&:9/|" hosts >list
n=$(wc -l <list)
sed "s|.*|http://good.test/redirect-to?url=http://&:9/|;s/%/%25/g" hosts >hops
# none OPTION...: no URL of the list is sent.
none() {
    exits 1 ff --deny-private "$@" list >out 2>err
    holds "each has its line: $*" out --argjson n "$n" 'length == $n'
    holds "each is refused: $*" out 'all(.error | .code == "private_address" or
        .code == "host_denied" or .class == "input")'
    holds "hardly one is malformed: $*" out \
        'map(select(.error.class == "input")) | length <= 5'
    same "requests, $*" "$(server_stats .requests)" 0
}
none -x "$URL"
socks_start
none -x "socks5h://$SOCKS_ADDR"
none -x "socks4a://$SOCKS_ADDR"
same "through SOCKS" "$(grep -c 'connected to' socks.log)" 0
exits 1 ff --deny-private -x "$URL" http://localhost../ >out 2>err
holds "two dots are a spelling, too" out '.[0].error.code == "private_address"'
exits 1 ff --deny-private -x "$URL" hops >out 2>err
holds "redirects" out 'all(.num_redirects == 0 and (.error |
    .code == "private_address" or .code == "host_denied" or
    .class == "redirect"))'
same "only the redirects were asked for" "$(server_stats .requests)" "$n"
# Patterns of networks match these spellings, too, and names with dots.
exits 1 ff -x "$URL" --deny-host 127.0.0.0/8 --deny-host evil.test \
    "http://127.1.:9/" "http://0x7f.1.:9/" "http://evil.test..:9/" >out
holds "denied" out 'length == 3 and all(.error.code == "host_denied")'
# Other names reach the proxy.
server_reset
exits 0 ff --deny-private -x "$URL" http://good.test/ http://8.8.8.8/ \
    http://8.8.8.8./ http://localhosts.test/ 'http://[2a00:1450::1]/' >out 2>err
same "requests" "$(server_stats .requests)" 5
