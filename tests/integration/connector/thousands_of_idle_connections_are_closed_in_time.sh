# alone
# All but a quarter of the connections may be used before the first answer.
# Each connection is closed a second after its answer, and new ones use the same
# descriptors.  The answers come when all connections are there.
# Where one comes before libcurl waits for it, its connection may end at once.
ulimit -n 8192 2>/dev/null || skip "no 8192 descriptors"
server_start
mkfifo pipe
for threads in 1 2; do
    server_reset
    exec 3<>pipe
    ff_start --threads "$threads" --keepalive-timeout 1 --limit 3500 <pipe >out
    urls 2500 "$URL/?gate=2500&delay=100&id=" >&3
    wait_lines out 2500
    server_wait '.open == 0'
    holds "idle for its time, $threads threads" <(server_log) '
        (map(select(.event == "request")) |
            map({key: "\(.conn)", value: .done_ms}) | from_entries) as $idle |
        map(select(.event == "close") | .ms - $idle["\(.conn)"]) |
            length == 2500 and max < 10000 and
            (map(select(. >= 950)) | length > 2000)'
    urls 500 "$URL/?" >&3
    wait_lines out 3000
    exec 3>&-
    ff_wait 0
    holds "no result has an error" out 'all(.ok and .attempts == 1)'
done
