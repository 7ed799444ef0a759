# The IPv6 address takes longer to answer than it is given before the other one
# is tried, which refuses.  There is no room for both at once.
need python3
own_network "$@"
silent_address fd00:18::2
port=$(free_port)
ip addr add fd00:18::2/128 dev lo nodad
python3 -m http.server --bind fd00:18::2 "$port" >http.log 2>&1 &
CLEANUP_PIDS+=("$!")
answers() {
    curl -s -o page "http://[fd00:18::2]:$port/"
}
wait_for 10 answers
# A socket that has sent its SYN, in the kernel's table of this network.
has_asked() {
    grep -qE '^ *[0-9]+: [0-9A-F:]+ [0-9A-F:]+ 02 ' /proc/net/tcp6
}
for limit in 1 20; do
    ip addr del fd00:18::2/128 dev lo
    ff_start --limit "$limit" --happy-eyeballs-delay 200ms \
        --resolve "dual.test:$port:[fd00:18::2],127.0.0.9" \
        "http://dual.test:$port/" >out
    wait_for 10 has_asked
    sleep 0.5 # longer than the delay
    ip addr add fd00:18::2/128 dev lo nodad
    ff_wait 0
    holds "the server was asked, limit $limit" out '.[0] | .attempts == 1 and
        .remote_ip == "fd00:18::2" and .timing.connect > 0.2'
done
