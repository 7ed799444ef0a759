# The only connection is in use for 5 s.  Requests that may wait for 0.5 s time
# out then, and the next one may wait for longer.
server_start
mkfifo pipe
exec 3<>pipe
ff_start --limit 1 --queue-timeout 500ms <pipe >out
echo "$URL/delay/5000?0" >&3
server_wait '.in_flight == 1'
urls 5 "$URL/?" 1 >&3
wait_lines out 5
check "before the connection was free" test "$(server_stats .in_flight)" -eq 1
server_wait '.in_flight == 0'
wait_lines out 6
echo "$URL/?6" >&3
exec 3>&-
ff_wait 1
same "sent" "$(server_log 'select(.event == "request").target' | tr '\n' ' ')" \
    '"/delay/5000?0" "/?6" '
same "accepted" "$(server_stats .accepted)" 1
holds "the error says which, where and how long" out '
    map(select(.ok | not)) | length == 5 and all(
        .error.class == "timeout" and .error.code == "queue" and
        .error.phase == "queue" and .error.retryable and .attempts == 0 and
        .time_queue > 0.45 and .time_queue < 4.9 and .time_total == null and
        (.error.message | test("queue timeout after 0.500 s")))'
