server_start
urls 150 "$URL/?gate=100&delay=5&id=" | exits 0 ff >out
same "open at once" "$(server_stats .most_open)" 100
same "in flight at once" "$(server_stats .most_in_flight)" 100
holds "all records are fetched" out 'length == 150 and all(.ok)'
