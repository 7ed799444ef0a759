server_start
urls 10 "$URL/delay/400?" >list
exits 0 ff --limit 1 --connect-timeout 2 -m 3 list >out
holds "all results are ok" out 'length == 10 and all(.ok)'
