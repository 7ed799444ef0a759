# --resume keeps 20 bytes of each earlier result, and no more if it has an id
# and a hash.
# timeout: 200
! sanitized || skip "a sanitizer has memory of its own"
n=1000000
server_start
# results N: as many result lines.
results() {
    awk -v n="$1" -v url="$URL" 'BEGIN { for (i = 0; i < n; i++)
        printf "{\"index\":%d,\"id\":%d,\"url\":\"%s/%d\",\"method\":\"GET\"," \
            "\"ok\":true,\"error\":null}\n", i, i, url, i }'
}
memory_of() {
    results "$1" >out.jsonl
    FF_LIMIT=100 peak_of 0 -q --resume -o out.jsonl "$URL/status/200"
    same 'the new one is done' "$(wc -l <out.jsonl)" $(($1 + 1))
}
memory_of 1
least=$PEAK
memory_of $n
each=$(((PEAK - least) * 1024 / n))
echo "$each bytes a result" >&2
check "20 bytes are enough, not $each" [ "$each" -le 20 ]
