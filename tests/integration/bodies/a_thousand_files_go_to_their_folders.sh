server_start
for i in $(seq 1000); do
    echo "$URL/bytes/$i"
done >list
ff --limit 50 --threads 3 --output-dir out \
    --output-name '{hash:1}/{hash:2}/{index}' list >lines
holds "all are stored" lines 'length == 1000 and all(.ok)'
same "each in a file" "$(find out -type f | wc -l)" 1000
jq -r '"\(.size_body) \(.body_path)"' lines |
    while read -r size path; do
        echo "$size $size $path"
    done | sort >want
jq -r .body_path lines | xargs stat -c '%s %n' |
    while read -r size path; do
        echo "$size $size $path"
    done | sort >got
check "of its size" cmp want got
jq -r '"\(.index + 1) \(.size_body)"' lines | awk '$1 != $2' >wrong
check "under its own name" test ! -s wrong
