server_start
dead=127.0.0.1:$(free_port)
for scheme in http socks4a socks5 socks5h; do
    exits 1 ff -x "$scheme://$dead" "$URL/" "https://127.0.0.1:$PORT/" >out
    holds "refused, $scheme" out 'length == 2 and all(.error |
        .class == "proxy" and .code == "refused" and .phase == "connect" and
        .retryable)'
done
same "accepted" "$(server_stats .accepted)" 0
