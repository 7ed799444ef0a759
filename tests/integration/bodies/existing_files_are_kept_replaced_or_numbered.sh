server_start
dir=(--output-dir out --output-name '{dir}/{stem}.txt')
urls=("$URL/bytes/3" "$URL/bytes/4" "$URL/chunked/5")
exits 1 ff "${dir[@]}" "${urls[@]}" "$URL2/bytes/3?chunked=1" >first 2>err
same "names" "$(cd out && find . -type f | sort | xargs)" \
    "./bytes/3.txt ./bytes/4.txt ./chunked/5.txt"

# keep: nothing is sent for an existing file.
echo mine >out/bytes/3.txt
rm out/bytes/4.txt
server_reset
exits 0 ff "${dir[@]}" --existing keep "${urls[@]}" >kept
same "one request" "$(server_stats .requests)" 1
holds "the others are skipped" kept 'sort_by(.index) |
    map(.ok and .error == null) == [true, true, true] and
    map(.skipped) == [true, null, true] and
    map(.attempts) == [0, 1, 0] and
    map(.body_path) == ["out/bytes/3.txt", "out/bytes/4.txt", "out/chunked/5.txt"]'
same "mine" "$(cat out/bytes/3.txt)" mine
server_reset
exits 0 ff --limit 1 --output-dir out --output-name once --existing keep \
    "$URL/bytes/3?a" "$URL/bytes/3?b" "$URL2/bytes/3?c" >again
same "a file of this run" "$(server_stats .requests)" 1
holds "the later ones are skipped" again 'all(.[]; .ok) and
    (map(select(.skipped and .attempts == 0 and .status_code == null and
        .time_total == null and .body_path == "out/once")) | length == 2)'
exits 0 ff --output-dir out --output-name 'bytes/3{ext}' --existing keep \
    "$URL/bytes/3?header=Content-Type:text/plain" >late
holds "a name that is known late" late '.[0].ok and .[0].skipped and
    .[0].attempts == 1 and .[0].body_path == "out/bytes/3.txt"'
same "still mine" "$(cat out/bytes/3.txt)" mine

# replace: no file of this run is replaced, so each result is true.
exits 1 ff "${dir[@]}" --existing replace "${urls[@]}" "$URL2/bytes/3?n=9" >new
holds "one of two records gets the name" new '
    map(select(.error.code == "name_taken")) | length == 1'
same "replaced" "$(cat out/bytes/3.txt)" abc
touch -d 2037-01-01 out/bytes/4.txt
exits 0 ff "${dir[@]}" --existing replace "${urls[1]}" >new
holds "the time that an older file was given does not matter" new '.[0].ok'

# number
ff "${dir[@]}" --existing number "${urls[0]}" "${urls[0]}" >numbers
exits 0 ff "${dir[@]}" --existing number "${urls[@]}" >numbers2
same "numbered" "$(jq -r .body_path numbers numbers2 | sort | xargs)" \
    "out/bytes/3-1.txt out/bytes/3-2.txt out/bytes/3-3.txt out/bytes/4-1.txt out/chunked/5-1.txt"

# Content-Disposition gives a name, and leads nowhere.
value='Content-Disposition:attachment%3B%20filename=%22../../%2Eb%20c.pdf%22'
exits 0 ff --output-dir out --output-name '{filename}' "$URL/?header=$value" >d
same "its name" "$(jq -r .body_path d)" "out/_b c.pdf"

# A template that could give two records one name by their index is reported.
exits 0 ff --output-dir o2 --output-name '{host}{index}' "$URL/" >d 2>err
check "a warning" grep -q 'can give two records one name' err
exits 2 ff --existing keep "$URL/" 2>err
