# The line has half a megabit and a short queue, so packets wait or are lost.
own_network "$@"
tc qdisc add dev lo root tbf rate 512kbit burst 3kb latency 100ms ||
    skip "no tbf in this kernel"
ip link set lo mtu 1500
server_start
urls 40 "$URL/bytes/2000?" >list
exits 0 ff --limit 20 --connect-timeout 20 list >out
holds "all results are there" out 'length == 40 and all(.ok and .size_body == 2000)'
# The server sends the first 14 KB of this at once.
exits 0 ff --connect-timeout 20 "$URL/bytes/40000" >out
holds "a larger one" out '.[0].size_body == 40000'
check "packets were lost" test "$(tc -s -j qdisc show dev lo |
    jq '.[0].drops')" -gt 0
# A shorter limit is reported as such.
ff --limit 20 --force-close --connect-timeout 100ms list >out || :
holds "those that could not connect in time" out '
    map(select(.ok | not).error) | all(.class == "timeout" and .code == "connect" and .phase == "connect")'
