# A record is identified by what it asks, wherever it stands.
server_start
urls 20 "$URL/?" >list
exits 0 ff -o out.jsonl list

# The list has a new line at the top, the rest in another order, one line
# removed and one doubled.
{
    echo "$URL/?first"
    grep -v '?7$' list | sort -r
    echo "$URL/?3"
} >edited
exits 0 ff --resume -o out.jsonl edited 2>err
same "two more were asked for" "$(server_stats .requests)" 22
holds "with their numbers in this list" out.jsonl \
    '.[20:] | map([.index, (.url | sub(".*[?]"; ""))]) | sort ==
    [[0, "first"], [20, "3"]]'
check "the one that is gone is counted" grep -q ' has 1 results of records' err
exits 0 ff -q --resume -o out.jsonl edited 2>err
same "nothing more" "$(server_stats .requests)" 22
check "nothing is said with -q" test ! -s err

# Method, id, headers and body make another request; a secret does not.
{
    printf '%s\n' "$URL/?a" '{"url":"'"$URL"'/?a","id":"\u202e\u0041"}' \
        '{"url":"'"$URL"'/?a","headers":{"X":"1","Cookie":"s=1"}}' \
        '{"url":"'"$URL"'/?a","headers":{"X":"2"}}' \
        '{"url":"'"$URL"'/?a","method":"HEAD"}' \
        '{"url":"'"$URL"'/?a","body":"1"}' '{"url":"'"$URL"'/?a","body":"2"}'
} >list
exits 0 ff -o out2.jsonl list
holds "hashes" out2.jsonl 'map(select(has("request_hash"))) |
    length == 4 and (map(.request_hash) | unique | length == 4)'
sort -r list | sed 's/s=1/s=2/; s/\\u0041/A/' >edited
echo '{"url":"'"$URL"'/?a","body":"3"}' >>edited
server_reset
exits 0 ff --resume -o out2.jsonl edited 2>err
same "the new body alone" "$(server_stats .requests)" 1
check "nothing is said" test ! -s err

# Results of versions that wrote no hash are matched by the rest.
jq -c 'del(.request_hash)' out2.jsonl >old.jsonl
exits 0 ff --resume -o old.jsonl edited
same "nothing" "$(server_stats .requests)" 1
# They are, too, once results with a hash follow them.
echo '{"url":"'"$URL"'/?a","body":"4"}' >>edited
server_reset
exits 0 ff --resume -o old.jsonl edited
exits 0 ff --resume -o old.jsonl edited
same "the new body alone, once" "$(server_stats .requests)" 1
# One without headers in spite of the key has no hash, either.
echo '{"url":"'"$URL"'/?empty","headers":{}}' >>edited
exits 0 ff --resume -o old.jsonl edited
exits 0 ff --resume -o old.jsonl edited
same "and that one, once" "$(server_stats .requests)" 2

# The line of a repeat is no result of the first record.
printf '%s\n' "$URL/?b" "$URL/?b" >list
exits 0 ff --unique -o unique.jsonl list
grep duplicate_of unique.jsonl >half.jsonl
server_reset
exits 0 ff --unique --resume -o half.jsonl list
same "the record is fetched" "$(server_stats .requests)" 1
holds "a result and a repeat" half.jsonl \
    'length == 2 and (map(has("duplicate_of")) | sort == [false, true])'
