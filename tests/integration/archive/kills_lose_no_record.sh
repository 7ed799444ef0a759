# timeout: 240
# Killed and resumed, each result leads to the one record of its own response,
# or of its failure.

need python3
server_start
urls 1500 "$URL/bytes/700?" | sed '0~50s|.*|&\n'"$URL/empty?n=&|" >list
for size in 3000 60000 160000 300000 460000 620000; do
    "$FANFETCH" --warc k.warc.gz -o out --resume --limit 20 list 2>>err &
    # Killed in the middle of its work, whatever the machine's load.
    until [ "$(stat -c %s out 2>/dev/null || echo 0)" -gt "$size" ]; do
        sleep 0.01
    done
    # The next one begins while this one is still being taken down.
    kill -KILL $! 2>/dev/null || :
done
ff --warc k.warc.gz -o out --resume list || :
python3 "$TESTS/warc.py" k.warc.gz >records
holds 'a record for each' out --slurpfile records records '
    ([$records[] | select(.type != "request" and .type != "warcinfo")
      | {key: (.offset | tostring), value: .}] | from_entries) as $at
    | length == 1530 and (map(.url) | unique | length) == 1530
      and all($at[.warc.offset | tostring] as $r
              | $r.fields["warc-target-uri"] == .url_effective
                and $r.length == .warc.length
                and ($r.type == "metadata") == (.error != null))'
same 'no file is refused' "$(cat err)" ''
