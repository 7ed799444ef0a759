server_start
urls 15 "$URL/stall?" >list
urls 30 "$URL2/?" >>list
exits 1 ff --limit 10 --limit-per-host 5 -m 2 list >out
holds "the others are fetched at once" out '
    map(select(.ok).elapsed) | length == 30 and max < 1.9'
