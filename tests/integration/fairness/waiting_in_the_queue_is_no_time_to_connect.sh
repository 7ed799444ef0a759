server_start
urls 8 "$URL/delay/400?" >list
exits 0 ff --limit 1 --connect-timeout 1 -m 2 list >out
holds "all results are ok" out 'length == 8 and all(.ok)'
