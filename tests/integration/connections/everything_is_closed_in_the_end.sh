server_start
urls 50 "$URL/?" | exits 0 ff --limit 10 >out
server_wait '.open == 0'
same "the client was first to close" "$(server_log '
    select(.event == "close" and .by != "peer")')" ""
