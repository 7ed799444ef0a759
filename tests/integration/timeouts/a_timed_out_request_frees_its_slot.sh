server_start
exits 1 ff --limit 1 -m 2 "$URL/stall" "$URL/" >out
holds "the next one is fetched" out 'sort_by(.index) | map(.ok) == [false, true]'
