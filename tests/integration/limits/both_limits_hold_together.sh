# Three connections in all, two for each host: with A A A A B B there are never
# more.
server_start
urls 8 "$URL/delay/100?" >list
urls 8 "$URL2/delay/100?" >>list
exits 0 ff --limit 3 --limit-per-host 2 list >out
same "open" "$(server_stats .most_open)" 3
same "open at A" "$(server_stats '.local["127.0.0.1"].most_open')" 2
same "open at B" "$(server_stats '.local["127.0.0.2"].most_open')" 2
