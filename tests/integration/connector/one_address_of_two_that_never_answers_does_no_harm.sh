# Connecting tries the next address within the same attempt, when half of its
# time is over.
own_network "$@"
silent_address 198.18.0.2
server_start
exits 0 ff --connect-timeout 6 \
    --resolve "a.test:$PORT:198.18.0.2,127.0.0.1" "http://a.test:$PORT/" >out
holds "there is one attempt" out '.[0] | .attempts == 1 and .remote_ip == "127.0.0.1" and
    .timing.connect > 2.9 and .timing.connect < 5.8'
