server_start
exits 0 ff --limit 1 "$URL/?0" "$URL/?1" >out
same "accepted" "$(server_stats .accepted)" 1
holds "the result says so" out \
    'sort_by(.index) | map(.connection_reused) == [false, true]'
