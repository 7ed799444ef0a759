# Only files that the result file names as ours are replaced, and once.
server_start
name=(--output-dir out --output-name '{index}')
echo "$URL/flaky?status=500&times=1&key=a" >list
exits 1 ff "${name[@]}" -o lines list
same "the body of the error" "$(cat out/0)" 'not now'
exits 0 ff --resume --retry-failed "${name[@]}" -o lines list
same "replaced" "$(cat out/0)" ok
holds "the path is in the result" lines 'length == 1 and .[0].ok and .[0].body_path == "out/0"'

echo 'another answer' >out/0
exits 1 ff "${name[@]}" -o new list
same "not without --resume" "$(cat out/0)" 'another answer'
exits 1 ff --resume "${name[@]}" -o newer list
exits 1 ff --resume --retry-failed "${name[@]}" -o newer list
same "a file of another record is not replaced" "$(cat out/0)" 'another answer'
holds "which is said" newer 'length == 1 and .[0].error.code == "name_taken"'

# The same holds for a name that the record gives.
jq -nc --arg url "$URL" '("flaky?status=500&times=1&key=b", "bytes/3") |
    {url: "\($url)/\(.)", output_name: "named"}' >named
head -n 1 named >first
exits 1 ff --output-dir out -o own first
same "the body of the error" "$(cat out/named)" 'not now'
exits 1 ff --resume --output-dir out -o own named
same "not another record's, whose result stays" \
    "$(jq -r 'select(.index == 1).error.code' own)" name_taken
# Both records may have the file now, and one gets it.
exits 1 ff --resume --retry-failed --output-dir out -o own named
holds "one record has the file" own 'map(select(.ok)) | length == 1 and
    .[0].body_path == "out/named"'
same "the size is that of the file" "$(stat -c %s out/named)" \
    "$(jq 'select(.ok).size_body' own)"

# A result that names the file keeps it.
jq -nc --arg url "$URL" '{url: "\($url)/status/500?1", output_name: "both"},
    {url: "\($url)/?both", output_name: "both"}' >both
exits 0 ff --output-dir out -o keeps <(tail -n 1 both)
jq -c '.ok = false | .url += "x" |
    .error = {class: "http", code: "http_500"}' keeps >failed
cat failed >>keeps
exits 1 ff --resume --retry-failed --output-dir out -o keeps both
same "kept" "$(cat out/both)" ok

# With --existing replace, too, a result that stays keeps its file: the records
# share a name.
urls 3 "$URL/bytes/1" 0 >shared
replace=(--output-dir shared.d --output-name x --existing replace --sha256)
mkdir shared.d
echo foreign >shared.d/x
head -n 1 shared | exits 0 ff "${replace[@]}" -o ours -
exits 1 ff --resume "${replace[@]}" -o ours shared
holds "one record has the name" ours 'map(select(.ok)) |
    length == 1 and .[0].index == 0 and .[0].body_path == "shared.d/x"'
same "with its content" "$(sha256sum <shared.d/x)" \
    "$(jq -r 'select(.ok) | .sha256' ours)  -"

# With --existing keep, too, the file of a result that is fetched again is not
# taken for the answer.
keep=(--output-dir kept.d --output-name '{path}' --existing keep)
printf '%s\n' "$URL/flaky?status=500&times=1&key=k" "$URL/bytes/3" >list
exits 1 ff "${keep[@]}" -o kept list
same "the body of the error" "$(cat kept.d/flaky)" 'not now'
exits 0 ff --resume --retry-failed "${keep[@]}" -o kept list
holds "it is fetched" kept 'map(select(.index == 0)) |
    length == 1 and .[0].ok and .[0].attempts == 1 and .[0].skipped == null'
same "replaced" "$(cat kept.d/flaky)" ok
# So with a name that looks like a hash, whose file is not removed.
digits=$(printf '%064d' 7)
echo "{\"url\":\"$URL/flaky?status=500&times=1&key=h\",\"output_name\":\"$digits\"}" \
    >list
keep=(--output-dir kept.d --existing keep)
exits 1 ff "${keep[@]}" -o hashed list
exits 0 ff --resume --retry-failed "${keep[@]}" -o hashed list
holds "it is fetched, too" hashed '.[0].attempts == 1 and .[0].skipped == null'
same "replaced, too" "$(cat "kept.d/$digits")" ok

# A file that --existing keep found is not the record's own.
keep=(--output-dir kept.d --output-name '{stem}{ext}' --existing keep)
echo foreign >kept.d/flaky.txt
echo "$URL/flaky?status=500&times=1&key=f" >list
exits 1 ff "${keep[@]}" -o found list
holds "it is found" found 'map([.ok, .skipped, .body_path]) ==
    [[false, true, "kept.d/flaky.txt"]]'
exits 0 ff --resume --retry-failed "${keep[@]}" -o found list
holds "it is found again" found 'map([.ok, .skipped, .body_path]) ==
    [[true, true, "kept.d/flaky.txt"]]'
same "it stays" "$(cat kept.d/flaky.txt)" foreign

# Nor is that of an earlier result (--since), which still names it.
name=(--since earlier --output-dir old.d --output-name '{path}')
mkdir old.d
echo older >old.d/flaky
echo "$URL/flaky?status=500&times=1&key=s" >list
jq -c --rawfile url list '.url = ($url | rtrimstr("\n")) | .url_effective = .url |
    .sha256 = "\("0" * 64)" | .body_path = "old.d/flaky" | del(.skipped)' \
    found >earlier
exits 1 ff "${name[@]}" -o since list
holds "it is carried on" since '.[0].status_code == 500 and
    .[0].body_path == "old.d/flaky"'
exits 1 ff --resume --retry-failed "${name[@]}" -o since list
holds "its name is taken" since 'map(.error.code) == ["name_taken"]'
same "it stays, too" "$(cat old.d/flaky)" older

# A file with the same content is used, and no other record replaces it then.
name=(--limit 1 --ordered --output-dir same.d --output-name same)
printf '%s\n' "$URL/status/500" "$URL/bytes/3" >list
for existing in refuse replace; do
    rm -rf same.d same
    exits 1 ff "${name[@]}" -o same list
    # A file of no result is not removed at the beginning.
    [ "$existing" = refuse ] || rm same
    exits 1 ff --resume --retry-failed "${name[@]}" --existing "$existing" \
        -o same list
    holds "$existing: one record has the name" same 'map(.body_path) ==
        ["same.d/same", null] and .[1].error.code == "name_taken"'
    same "$existing: its body" "$(stat -c %s same.d/same)" \
        "$(jq 'select(.index == 0).size_body' same)"
done

# It does not matter how the folder is spelled.
for dir in ./far.d "$PWD/far.d"; do
    rm -rf far.d far
    echo "$URL/flaky?status=500&times=1&key=$dir" >list
    exits 1 ff --output-dir far.d --output-name far -o far list
    exits 0 ff --resume --retry-failed --output-dir "$dir" --output-name far \
        -o far list
    same "$dir: replaced" "$(cat far.d/far)" ok
    echo "$URL/bytes/3" >>list
    exits 1 ff --resume --existing replace --output-dir far.d --output-name far \
        -o far list
    same "$dir: a result that stays keeps its file" "$(cat far.d/far)" ok
done
