# In kB; 64 MiB of records are held at most, some of them parsed.
server_start
body=$(printf '%01000000d' 0)
for i in $(seq 300); do
    echo "{\"url\":\"$URL/stall?$i\",\"method\":\"POST\",\"body\":\"$body\"}"
done >list
peak_of 1 --limit 1 --deadline 3s --grace 0s list >out
sanitized || check "$PEAK kB" test "$PEAK" -lt 150000
