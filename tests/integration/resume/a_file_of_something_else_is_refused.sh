server_start
echo "$URL/" >list
# Files with and without a newline, and a list that looks nearly like results.
for text in $'dear diary\n' 'dear diary' '{"index":0,"url":"http://h/"}'$'\n'; do
    printf %s "$text" >out.jsonl
    cp out.jsonl before
    exits 4 ff --resume -o out.jsonl list 2>err
    check "the message says where" grep -q 'out.jsonl:1: not a result' err
    check "the file is as it was" cmp out.jsonl before
done
same "nothing was sent" "$(server_stats .requests)" 0
