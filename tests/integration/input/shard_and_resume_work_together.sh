server_start
for host in $(seq 1 9); do
    urls 2 "http://127.0.0.$host:$PORT/?"
done >list
exits 0 ff --shard 1/2 -o results list
exits 0 ff --shard 1/2 --resume -o results list
done=$(server_stats .requests)
check "nothing is fetched twice" test "$done" -eq "$(wc -l <results)"
exits 0 ff --shard 2/2 --resume --ordered --unique -o results list 2>err
check "the other part's results are called that" \
    grep -q "has $done results of records that are not in this part of the list" err
holds "both make the whole" results 'map(.index) | sort == [range(18)]'
same "requests at the server" "$(server_stats .requests)" 18
