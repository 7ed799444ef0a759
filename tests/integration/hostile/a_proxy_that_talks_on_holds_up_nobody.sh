# libcurl reads a proxy's answer to CONNECT byte by byte, a system call for each.
hostile_start denied_tunnel authenticate
server_start
for name in denied_tunnel authenticate; do
    exits 1 ff -m 3 --threads 1 --noproxy 127.0.0.2 \
        -x "http://127.0.0.1:${HOSTILE[$name]}" https://a.test/ \
        "$URL2/delay/20?"{1..3} >out
    holds "others beside $name" out 'map(select(.index > 0)) |
        length == 3 and all(.ok)'
    holds "$name is over in time" out 'map(select(.index == 0))[0] |
        .error.class == "timeout" or .error.class == "proxy"'
    jq -c '[.index, .error.class, .error.code, .time_total]' out >&2
done
