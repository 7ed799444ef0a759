# In kB; 64 MiB of records are held at most, some of them parsed.
server_start
awk -v url="$URL/stall?" 'BEGIN {
    for (body = "0"; length(body) < 1000000;)
        body = body body
    body = substr(body, 1, 1000000)
    for (i = 0; i < 200; i++)
        printf "{\"url\":\"%s%d\",\"method\":\"POST\",\"body\":\"%s\"}\n", url, i, body
}' >list
peak_of 1 --limit 1 --deadline 3s --grace 0s list >out
sanitized || check "$PEAK kB" test "$PEAK" -lt 150000
same "results" "$(grep -c '"run_deadline"' out)" 200
