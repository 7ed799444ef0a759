# 60 slow URLs stand in front of the first one of another host.
server_start
urls 60 "$URL/delay/100?" >list
echo "$URL2/?other" >>list
for threads in 1 3; do
    server_reset
    exits 0 ff --threads "$threads" --limit-per-host 2 list >out
    holds "the other host's turn, $threads threads" <(server_log) '
        map(select(.event == "request").target) | index("/?other") < 10'
done
