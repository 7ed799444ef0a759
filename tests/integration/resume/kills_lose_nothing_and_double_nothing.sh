# timeout: 180
# Killed at random moments, with torn tails: in the end each index has exactly
# one result.
server_start
urls 20000 "$URL/?" >list
RANDOM=7
for i in $(seq 40); do
    timeout -s KILL "0.0$((RANDOM % 9 + 1))" "$FANFETCH" --resume -o out.jsonl \
        list || :
    [ $((i % 3)) -ne 0 ] || printf '{"index":%d,"id":nu' "$i" >>out.jsonl
done 2>/dev/null
exits 0 ff --resume -o out.jsonl list
same "results" "$(wc -l <out.jsonl)" 20000
same "indices" "$(jq .index out.jsonl | sort -n | uniq | wc -l)" 20000
server_reset
exits 0 ff --resume -o out.jsonl list
same "nothing is left to do" "$(server_stats .requests)" 0
