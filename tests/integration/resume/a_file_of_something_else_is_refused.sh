server_start
echo "$URL/" >list
echo 'dear diary' >out.jsonl
exits 4 ff --resume -o out.jsonl list
same "as it was" "$(cat out.jsonl)" 'dear diary'
same "nothing was sent" "$(server_stats .requests)" 0
