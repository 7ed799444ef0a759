# Each request takes longer than a connection may last.
server_start
# shellcheck disable=SC2046 # eight words
exits 0 ff --limit 1 --max-conn-lifetime 2ms $(urls 8 "$URL/delay/20?") >out
holds "all" out 'length == 8 and all(.ok and (.connection_reused | not))'
same "accepted" "$(server_stats .accepted)" 8
