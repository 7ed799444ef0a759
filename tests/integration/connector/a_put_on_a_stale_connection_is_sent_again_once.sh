server_start
for method in PUT DELETE; do
    server_reset
    {
        echo "$URL/drop-second?first"
        echo "{\"url\":\"$URL/drop-second\",\"method\":\"$method\",\"body\":\"x\"}"
    } | exits 0 ff --limit 1 >out
    same "sent" "$(server_log 'select(.event == "request") |
        select(.method == "'$method'").status')" "null
200"
done
