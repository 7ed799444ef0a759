server_start
for host in $(seq 1 20); do
    urls 3 "http://127.0.0.$host:$PORT/?"
done >list
echo "http://[" >>list
for k in 1 2 3; do
    ff --shard "$k/3" list >"out$k" || :
    ff --shard "$k/3" list >"again$k" || :
    same "part $k is the same again" "$(norm "out$k" | jq -c .index)" \
        "$(norm "again$k" | jq -c .index)"
    jq -r '.url | capture("//(?<host>[^:/]*)").host' "out$k" |
        sort -u >"hosts$k"
    check "part $k has hosts" test -s "hosts$k"
done
cat out1 out2 out3 >out
holds "together they are the whole" out 'map(.index) | sort == [range(61)]'
same "no host is in two" "$(sort hosts1 hosts2 hosts3 | uniq -d)" ""
