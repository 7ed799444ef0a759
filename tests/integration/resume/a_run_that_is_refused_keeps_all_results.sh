server_start
printf '%s\n' "$URL/status/404" "$URL/bytes/3" >list
exits 1 ff -o results list
cp results before
while read -r status option value; do
    exits "$status" ff --resume --retry-failed "$option" "$value" -o results \
        list 2>err
    check "$option: they are as they were" cmp results before
done <<'END'
4 --trace /nowhere/trace
4 --summary /nowhere/summary
4 --report /nowhere/page
4 --warc /nowhere/warc
4 --output-dir /proc/nowhere
4 --cookie-jar /nowhere/jar
2 --dns-servers 300.1.1.1
END
server_reset
exits 1 ff --resume --retry-failed -o results list
same "the failed one is fetched again" "$(server_stats .requests)" 1
holds "each has one result" results 'map(.index) | sort == [0, 1]'

# A run that has no list fetches nothing again.
cp results before
for list in missing . results; do
    exits 3 ff --resume --retry-failed -o results $list 2>err
    check "$list: they are as they were" cmp results before
done
server_reset
exits 3 ff --resume --retry-failed -o results missing list 2>err
same "with another list the failed one is fetched" "$(server_stats .requests)" 1
