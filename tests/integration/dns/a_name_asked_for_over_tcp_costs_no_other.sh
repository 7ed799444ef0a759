# Truncated answers: the server takes one question per connection, closes some
# without an answer, and leaves more of them open than we ask over at a time.
server_start --listen 127.0.0.1 --listen ::1
half_dns_start
for i in $(seq 20); do
    echo "http://tc$i.test:$PORT/"
    echo "http://big$i.test:$PORT/"
done >list
exits 1 ff --dns-servers "$DNS" list >out
holds "names whose connection ends fail" out 'map(select(.url | test("tc"))) |
    length == 20 and all(.error.class == "dns")'
holds "the others do not" out 'map(select(.url | test("big"))) |
    length == 20 and all(.ok)'

{
    urls 60 "http://silent" | sed "s,$,.test:$PORT/,"
    urls 5 "http://big" | sed "s,$,.test:$PORT/,"
} >list
exits 1 ff --dns-servers "$DNS" --connect-timeout 25 list >out
holds "silent names fail" out 'map(select(.url | test("silent"))) |
    length == 60 and all(.error.class == "dns")'
holds "they hold up no others" out 'map(select(.url | test("big"))) |
    length == 5 and all(.ok)'
