# The source address is public, so that the first hop is allowed.
own_network "$@"
public_address 9.9.9.9
server_start
dnsmasq_start --host-record=inside.test,127.0.0.1 \
    --host-record=outside.test,9.9.9.9
public=http://9.9.9.9:$PORT
for to in "http://127.0.0.1:$PORT/secret" "http://2130706433:$PORT/secret" \
    "http://[::1]:$PORT/secret" "http://inside.test:$PORT/secret" \
    "http://localhost:$PORT/secret" "//169.254.169.254/secret"; do
    echo "$public/redirect-to?url=$to"
done >list
# Two hops are allowed and one is not.
echo "http://outside.test:$PORT/redirect/3?to=http://10.1.2.3/secret" \
    >>list
exits 1 ff --deny-private --interface 127.0.0.1 --dns-servers "$DNS" \
    --redirects list "$public/" >out
holds "each hop is refused" out 'length == 8 and all(.index == 7 or
    (.error.class == "blocked" and .error.code == "private_address"))'
holds "facts of the previous hop are not reported for the refused one" out \
    'all(.index != 3 or [.status_code, .remote_ip, .timing] == [302, null, null])'
holds "the first hops were sent once" out 'all(.attempts == 1)'
holds "public addresses are fine" out 'map(select(.ok).index) == [7]'
same "nothing came to loopback" "$(server_log 'select(.event == "request" and
    .target == "/secret")')" ""
