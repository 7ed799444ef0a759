# An answer that takes longer than an idle connection may live.
server_start
exits 0 ff --limit 1 --keepalive-timeout 300ms "$URL/delay/1000" "$URL/" \
    "$URL/drip?n=10&gap=100" "$URL/" >out
same "accepted" "$(server_stats .accepted)" 1
