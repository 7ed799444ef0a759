server_start
# All of them have to be there before one is answered.
urls 400 "$URL/?gate=400&id=" >list
exits 0 ff --limit 0 list >out
same "open at once" "$(server_stats .most_open)" 400
