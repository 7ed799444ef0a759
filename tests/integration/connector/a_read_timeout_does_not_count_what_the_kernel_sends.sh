# The line carries 32 KB/s, so bytes that the kernel has taken need seconds.
own_network "$@"
tc qdisc add dev lo root tbf rate 256kbit burst 5kb latency 200ms ||
    skip "no tbf in this kernel"
ip link set lo mtu 1500
server_start
head -c 200000 /dev/zero | tr "\\0" x >body
exits 0 ff --read-timeout 3 -d @body -m 60 "$URL/" >out
holds "the upload was slow, but had no gap" out '.[0] | .time_total > 4'
# Silence counts from when the whole body was sent.
exits 1 ff --read-timeout 1 -d @body -m 60 "$URL/stall" >out
holds "a read timeout" out '.[0] | .error.code == "read" and
    .error.phase == "wait" and .time_total > 5'
