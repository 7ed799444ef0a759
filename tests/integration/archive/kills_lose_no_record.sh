# Killed and resumed, each result leads to the record of its own response.

need python3
server_start
urls 1500 "$URL/bytes/700?" >list
for after in 0.1 0.2 0.3; do
    timeout -s KILL "$after" "$FANFETCH" --warc k.warc.gz -o out --resume \
        --limit 20 list || :
done
ff --warc k.warc.gz -o out --resume list
python3 "$TESTS/warc.py" k.warc.gz >records
holds 'a record for each' out --slurpfile records records '
    ([$records[] | select(.type == "response" or .type == "revisit")
      | {key: (.offset | tostring), value: .fields["warc-target-uri"]}]
     | from_entries) as $at
    | length == 1500 and all($at[.warc.offset | tostring] == .url_effective)'
