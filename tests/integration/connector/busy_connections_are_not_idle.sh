# An answer that takes longer than an idle connection may live.
server_start
exits 0 ff --limit 1 --keepalive-timeout 1s "$URL/delay/2500" "$URL/" \
    "$URL/drip?n=25&gap=100" "$URL/" >out
same "accepted" "$(server_stats .accepted)" 1
