server_start
exits 1 ff --limit 1 -m 2.5 "$URL/?0" "$URL/stall-body" "$URL/?1" >out
same "connection and number of each request" "$(
    server_log 'select(.event == "request") | [.conn, .nth, .target]'
)" '[1,1,"/?0"]
[1,2,"/stall-body"]
[2,1,"/?1"]'
same "the connection was cut during the answer" "$(
    server_log 'select(.event == "close" and (.idle | not)) | [.conn, .by]'
)" '[1,"peer"]'
