server_start
exits 0 ff --limit 1 --connect-timeout 2s "$URL/delay/3000" "$URL/" >out
holds "the second waited and was sent" out 'sort_by(.index)[1] |
    .ok and .time_queue > 2.5'
