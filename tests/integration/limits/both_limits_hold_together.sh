# Three connections in all, two for each host: with A A A A B B there are never
# more.
server_start
urls 8 "$URL/?gate=3&id=" >list
urls 8 "$URL2/?gate=3&id=" >>list
exits 0 ff --limit 3 --limit-per-host 2 list >out
same "open" "$(server_stats .most_open)" 3
same "open at one of them" "$(server_stats '[.local[].most_open] | max')" 2
