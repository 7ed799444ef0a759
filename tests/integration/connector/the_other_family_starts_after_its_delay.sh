# The IPv6 address never answers.
own_network "$@"
silent_address fd00:18::2
server_start
for delay in 300 900; do
    exits 0 ff --happy-eyeballs-delay "${delay}ms" \
        --resolve "a.test:$PORT:[fd00:18::2],127.0.0.1" \
        "http://a.test:$PORT/" >out
    holds "after $delay ms" out --argjson delay "$delay" '.[0] |
        .remote_ip == "127.0.0.1" and .attempts == 1 and
        .timing.connect > $delay / 1000 - 0.01 and
        .timing.connect < $delay / 1000 + 9'
done
