server_start
urls 400 "$URL/delay/1000?" | exits 0 ff --limit 0 >out
same "open at once" "$(server_stats .most_open)" 400
