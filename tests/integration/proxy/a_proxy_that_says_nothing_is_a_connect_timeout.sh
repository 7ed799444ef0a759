mute_start
for scheme in http socks5h; do
    exits 1 ff -x "$scheme://127.0.0.1:$MUTE_PORT" --connect-timeout 500ms \
        https://127.0.0.1:1/ >out
    holds "while connecting, $scheme" out '.[0] | .error.class == "timeout" and
        .error.code == "connect" and .error.phase == "connect" and
        .timing.tls == null and .time_total < 10'
done
