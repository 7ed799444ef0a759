# No further request is sent, and no connection is closed before its time.  The
# server sees them end while the run goes on.
server_start
mkfifo pipe
exec 3<>pipe
ff_start --keepalive-timeout 1 <pipe >out
urls 10 "$URL/delay/100?" >&3
wait_lines out 10
server_wait '.open == 0'
same "closed by" "$(server_log 'select(.event == "close") | [.by, .idle]' |
    sort -u)" '["peer",true]'
holds "connections are closed after a second, and soon" <(server_log) '
    (map(select(.event == "request")) |
        map({key: "\(.conn)", value: .done_ms}) | from_entries) as $idle |
    map(select(.event == "close") | .ms - $idle["\(.conn)"]) |
        min >= 950 and max < 10000'
exec 3>&-
ff_wait 0
