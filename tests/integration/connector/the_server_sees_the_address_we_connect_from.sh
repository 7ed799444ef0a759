server_start
for address in 127.0.0.5 127.0.0.6; do
    server_reset
    exits 0 ff --interface "$address" "$URL/?1" "$URL/?2" >out
    same "peers" "$(server_log 'select(.event == "open").peer' |
        tr -d '"' | cut -d : -f 1 | sort -u)" "$address"
done
# One that isn't ours.
exits 1 ff --interface 192.0.2.200 "$URL/" >out
holds "an error to connect" out '.[0].error |
    .class == "connect" and .phase == "connect"'
