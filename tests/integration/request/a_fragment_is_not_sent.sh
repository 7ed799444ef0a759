server_start
exits 0 ff "$URL/echo?a=1#fragment" >out
same "target" "$(server_log 'select(.event == "request").target')" \
    '"/echo?a=1"'
