# timeout: 240
feeds_start
for i in {0..9}; do
    echo "content $i" >"feeds/both/$i"
    echo "$FEEDS/both/$i" >>list
done
exits 0 ff --sha256 -o state list
holds "--sha256 makes a first state" state \
    'all(.etag != null and .last_modified != null and .sha256 != null and
        (has("change") | not))'
echo more >>feeds/both/3
touch -d 2026-01-01T00:00:03Z feeds/both/3

# changes FILE: prints how many results have each change.
changes() {
    jq -r '.change | tostring' "$1" | sort | uniq -c | tr -s ' \n' ' '
}
ff --since state --ordered <list >ordered
same "standard input, in order" "$(changes ordered)" " 1 changed 9 unchanged "
same "in order" "$(jq -c .index ordered | tr '\n' ' ')" "0 1 2 3 4 5 6 7 8 9 "
cat list list | ff --since state --unique >out
same "repeats have none" "$(changes out)" " 1 changed 10 null 9 unchanged "
ff --since out --unique -o out2 <list
same "all are unchanged" "$(changes out2)" " 10 unchanged "
for k in 1 2; do
    exits 0 ff --since state --shard "$k/2" list >"shard$k"
done
cat shard1 shard2 >shards
same "shards" "$(changes shards)" " 1 changed 9 unchanged "
# The run is interrupted and resumed.
head -n 4 ordered >part
exits 0 ff --since state -o part --resume list
same "resumed" "$(changes part)" " 1 changed 9 unchanged "
# Failed records are fetched once more.
jq -c 'if .index == 5 then .ok = false | .error = {"class": "dns"} else . end' part >failed
exits 0 ff --since state -o failed --resume --retry-failed list
same "retried" "$(changes failed)" " 1 changed 9 unchanged "
# Results are used as a list: only their requests count.
exits 0 ff --since state state >out3
same "results as input" "$(changes out3)" " 1 changed 9 unchanged "
exits 0 ff --since state --format '{change}' list | sort | uniq -c | tr -s ' ' >text
same "as text, one is changed" "$(cat text)" " 1 changed
 9 unchanged"
# These records are never requested.
printf '%s\n' 'ftp://h/' '{"url":1}' | ff --since state >out4 || :
holds "unusable records" out4 'all(.change == null and .etag == null) and length == 2'
exits 1 ff --since state --deny-private list >out5
holds "blocked ones keep what is known" out5 'all(.change == null and .etag != null)'
