server_start
printf '%s\n' "$URL/?1" "$URL/?2" >list
exits 0 ff -o out.jsonl list
printf '%s\n' "$URL/?1" "$URL/?3" >list
exits 0 ff --resume -o out.jsonl list 2>err
check "it says where" grep -q 'list:2: ' err
same "requests" "$(server_stats .requests)" 3
