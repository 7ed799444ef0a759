# The file is named by the index: it is what an earlier run stored for the
# same record, be it that it failed or that it was killed before it said so.
server_start
echo "$URL/flaky?status=500&times=1&key=a" >list
exits 1 ff --output-dir out --output-name '{index}' -o lines list
same "the body of the error" "$(cat out/0)" 'not now'
exits 0 ff --resume --retry-failed --output-dir out --output-name '{index}' \
    -o lines list
same "replaced" "$(cat out/0)" ok
holds "and said" lines 'length == 1 and .[0].ok and .[0].body_path == "out/0"'

rm lines
echo 'another answer' >out/0
exits 1 ff --output-dir out --output-name '{index}' -o lines list
same "not without --resume" "$(cat out/0)" 'another answer'

rm lines
exits 1 ff --resume --output-dir out --output-name '{host}' -o lines list \
    "$URL/bytes/3"
same "nor where another record may have made it" \
    "$(jq -r '.error.code' lines | sort | xargs)" 'name_taken null'

# So is a name of the record's own, where the result that is taken out says so.
jq -nc --arg url "$URL" '("flaky?status=500&times=1&key=b", "bytes/3") |
    {url: "\($url)/\(.)", output_name: "named"}' >named
head -n 1 named >first
rm lines
exits 1 ff --output-dir out -o lines first
same "the body of the error" "$(cat out/named)" 'not now'
exits 1 ff --resume --output-dir out -o lines named
same "not another record's" \
    "$(jq -r 'select(.index == 1).error.code' lines)" name_taken
exits 0 ff --resume --retry-failed --output-dir out -o lines first
same "replaced" "$(cat out/named)" ok
exits 1 ff --resume --retry-failed --output-dir out -o lines named
same "nor what a record wanted to have" \
    "$(jq -r 'select(.index == 1).error.code' lines)" name_taken
