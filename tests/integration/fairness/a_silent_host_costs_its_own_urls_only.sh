server_start
urls 15 "$URL/stall?" >list
urls 30 "$URL2/?" >>list
exits 1 ff --limit 10 --limit-per-host 5 -m 3 list >out
holds "the others are fetched at once" out '.[:30] | all(.ok)'
