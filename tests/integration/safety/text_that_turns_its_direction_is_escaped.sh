# The same escapes are used for results, messages and the comparison of
# --resume.
server_start
rlo=$'\xe2\x80\xae' lines=$'\xe2\x80\xa8' csi=$'\xc2\x9b' mark=$'\xe2\x80\x8f'
all=$rlo$lines$csi$mark
{
    jq -nc --arg url "http://127.0.0.1:1/$all" '{$url, id: 1}'
    printf '{"url":"%s/","id":"a%s","meta":{"%s":"%s"}}\n' \
        "$URL" "$all" "$all" "$all"
    printf 'http://[%s/\n' "$all"
} >list
exits 1 ff -v -o results.jsonl list >out 2>err
check "nothing raw in messages" \
    test "$(grep -cP '\xe2\x80[\x8e\x8f\xa8-\xae]|\xc2[\x80-\x9f]' err)" -eq 0
check "nothing raw in results" test "$(grep -cP \
    '\xe2\x80[\x8e\x8f\xa8-\xae]|\xc2[\x80-\x9f]' results.jsonl)" -eq 0
check "the characters are escaped" grep -qF '\u202e\u2028\u009b\u200f' err
holds "the id is the same" results.jsonl --arg all "$all" \
    'map(select(.id == "a" + $all)) | length == 1'
# The record is done, whether the list has a letter or its escape.
server_reset
for _ in 1 2; do
    exits 1 ff -o results.jsonl --resume --retry-failed list >out 2>err
done
sed "s/$rlo/\\\\u202E/g" list >escaped
exits 1 ff -o results.jsonl --resume --retry-failed escaped >out 2>err
same "requests" "$(server_stats .requests)" 0
