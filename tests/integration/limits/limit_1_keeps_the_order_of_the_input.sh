server_start
urls 30 "$URL/bytes/5000?" >list
exits 0 ff --limit 1 list >out
same "order of requests" \
    "$(server_log 'select(.event == "request").target | sub(".*[?]"; "")' |
        tr -d '"')" "$(seq 0 29)"
same "order of results" "$(jq .index out)" "$(seq 0 29)"
