# Six in flight, three at each, before the first of them is answered.
server_start
urls 6 "$URL/delay/1000?" >list
server_start
urls 6 "$URL/delay/1000?" >>list
exits 0 ff --limit-per-host 3 list >out
same "open at the second" "$(server_stats .most_open)" 3
holds "both at once" out '
    def seconds: (.[0:19] + "Z" | fromdate) + (.[19:23] | tonumber);
    sort_by(.started_at) |
    (.[5].started_at | seconds) < (.[0] | (.started_at | seconds) + .time_total)'
