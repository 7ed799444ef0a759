# No server listens at the first addresses.
server_start --listen 127.0.0.9
slow=(--connect-timeout 60 --happy-eyeballs-delay 20s)
refusing=127.0.0.2,127.0.0.3,127.0.0.4,127.0.0.5
exits 0 ff "${slow[@]}" --resolve "a.test:$PORT:$refusing,127.0.0.9" "http://a.test:$PORT/" >out
holds "no time is lost" out '.[0] | .attempts == 1 and .time_total < 10 and
    .remote_ip == "127.0.0.9"'
exits 1 ff "${slow[@]}" --resolve "a.test:$PORT:$refusing" "http://a.test:$PORT/" >out
holds "all addresses failed" out '.[0] | .attempts == 1 and .time_total < 10 and
    .error.code == "refused"'
