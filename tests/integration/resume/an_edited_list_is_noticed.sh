server_start
printf '%s\n' "$URL/?1" "$URL/?2" >list
exits 0 ff -o out.jsonl list
printf '%s\n' "$URL/?1" "$URL/?3" >list
exits 0 ff --resume -o out.jsonl list 2>err
check "it says where" grep -q 'list:2: ' err
same "requests" "$(server_stats .requests)" 3
exits 0 ff --resume -o out.jsonl list 2>err
same "the new result counts as well" "$(server_stats .requests)" 3
check "nothing is said" test ! -s err

# A line more at the top: all are others.
urls 20 "$URL/?" >list
exits 0 ff -o more.jsonl list
sed -i "1i $URL/?first" list
exits 0 ff --resume -o more.jsonl list 2>err
same "five are named, and all are counted" "$(wc -l <err)" 6
check "the count" grep -q ' for 20 records in all' err
exits 0 ff -q --resume -o out.jsonl list 2>err
check "not with -q" test ! -s err
