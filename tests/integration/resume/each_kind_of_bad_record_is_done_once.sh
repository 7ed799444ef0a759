# A record that can't be fetched has a result like any other, and the next run
# finds it.
server_start
{
    printf '%s\n' "$URL/?1" "http://u:p@127.0.0.1:$PORT/?2" 'http://[' \
        'ftp://h/' '{bad' '{"id":5}' '{"url":5}' "127.0.0.1:$PORT/x" \
        '{"url":"'"$URL"'/?3","id":{"a":1, "b" : [1,2]}}' \
        '{"url":"'"$URL"'/?4","key":1,"id":"\u0041x"}' \
        '{"url":"'"$URL"'/?\u00e9","id":1.50}' "  $URL/?5  "
    printf '%s/\xff\xfe\n%s/a\0b\n' "$URL" "$URL"
    printf '%s/%s\n' "$URL" "$(head -c 1200000 /dev/zero | tr '\0' a)"
} >list
for secrets in '' --show-secrets; do
    exits 1 ff $secrets --resume -o out.jsonl list
    same "results" "$(wc -l <out.jsonl)" 15
    cp out.jsonl before
    server_reset
    exits 0 ff --resume -o out.jsonl list 2>err
    check "nothing is said" test ! -s err
    check "nothing is added" cmp out.jsonl before
    same "requests" "$(server_stats .requests)" 0
    rm out.jsonl
done

# The result of a record that was refused is not that of one that asks the same,
# and was not done yet.
echo "$URL/?6" >list
echo "{\"url\":\"$URL/?6\",\"key\":1}" >>list
exits 1 ff -o out.jsonl list
grep key_unknown out.jsonl >refused.jsonl
server_reset
exits 0 ff --resume -o refused.jsonl list
same "requests" "$(server_stats .requests)" 1
holds "one result each" refused.jsonl 'map(.ok) == [false, true]'
# An error about a file is, since other options may make the record usable.
mkdir files
echo abc >files/a
echo "{\"url\":\"$URL/?7\",\"body_file\":\"a\"}" >list
exits 1 ff -o file.jsonl list
exits 0 ff --resume --allow-files files -o file.jsonl list
same "results" "$(wc -l <file.jsonl)" 1
exits 0 ff --resume --retry-failed --allow-files files -o file.jsonl list
holds "done now" file.jsonl 'map(.ok) == [true]'
