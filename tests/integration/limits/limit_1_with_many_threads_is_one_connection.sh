server_start
urls 30 "$URL/?" | exits 0 ff --limit 1 --threads 3 >out
same "open at once" "$(server_stats .most_open)" 1
