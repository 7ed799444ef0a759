server_start
urls 3 "$URL/?" >list
urls 4 "$URL2/?" >>list
# The shard has one of the hosts, both or none.
for shard in 1/2 2/2; do
    exits 0 ff --shard "$shard" --summary=sum --progress=always list >out 2>err
    n=$(wc -l <out)
    holds "$shard" sum --argjson n "$n" '.[0] | .records == $n and .skipped == 0'
    [ "$n" -eq 0 ] ||
        check "progress of $shard" grep -q "100% $n/$n records" <(tail -n 1 err)
done
