# The server reads the second request of a connection, and closes.
server_start
exits 0 ff --limit 1 "$URL/drop-second?0" "$URL/drop-second?1" >out
same "requests" "$(server_log 'select(.event == "request") |
    [.conn, .nth, .target, .status]')" '[1,1,"/drop-second?0",200]
[1,2,"/drop-second?1",null]
[2,1,"/drop-second?1",200]'
