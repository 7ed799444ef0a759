server_start
dnsmasq_start --host-record=inside.test,127.0.0.1 \
    --host-record=both.test,127.0.0.1,::1 --host-record=mixed.test,10.0.0.1 \
    --host-record=six.test,::ffff:127.0.0.1 --address=/cloud.test/169.254.169.254
for name in inside both mixed six cloud a.cloud; do
    echo "http://$name.test:$PORT/"
done >list
exits 1 ff --deny-private --dns-servers "$DNS" list >out
holds "all records are refused" out 'length == 6 and all(.error |
    .class == "blocked" and .code == "private_address" and .phase == "connect")'
holds "the error names the address" out 'any(.error.message |
    test("inside.test.*127\\.0\\.0\\.1"))'
holds "nothing was sent" out 'all(.attempts == 0 and .remote_ip == null)'
# A name whose addresses are given by hand is treated alike.
exits 1 ff --deny-private --resolve "given.test:$PORT:127.0.0.1" \
    --connect-to "other.test:$PORT:127.0.0.1:$PORT" \
    "http://given.test:$PORT/" "http://other.test:$PORT/" >out
holds "by hand" out 'length == 2 and all(.error.code == "private_address")'
same "connections" "$(server_stats .accepted)" 0
