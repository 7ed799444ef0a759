# A later run adds to the file.  A torn last record is cut off, whatever it is
# torn at, and a file of something else is refused before anything is sent.

need python3
server_start

for ending in warc warc.gz; do
    file=a.$ending
    ff --warc "$file" "$URL/bytes/100" >/dev/null
    first=$(stat -c %s "$file")
    cp "$file" begun
    ff --warc "$file" "$URL/bytes/200" >line
    check 'records are added' cmp -n "$first" "$file" begun
    same 'where' "$(jq -c "[.warc.file, .warc.offset > $first]" line)" \
        "[\"$file\",true]"

    # The file is torn in its first record, in the first one of the second run,
    # and at its end.
    size=$(stat -c %s "$file")
    for at in 1 10 $((first + 30)) $((size - 1)); do
        head -c "$at" "$file" >"torn$at.$ending"
        ff --warc "torn$at.$ending" "$URL/bytes/300" >/dev/null
    done

    # Zeros that a power cut left behind the last record, or in its end.
    for n in 1 5000; do
        head -c "$n" /dev/zero | cat "$file" - >"behind$n.$ending"
        ff --warc "behind$n.$ending" "$URL/bytes/300" >/dev/null
    done
    for n in 6 100; do
        head -c "$n" /dev/zero | cat <(head -c -"$n" "$file") - >"within$n.$ending"
        ff --warc "within$n.$ending" "$URL/bytes/300" >/dev/null
    done
    { cat "$file" && printf 'x'; } >other.$ending
    exits 2 ff --warc other.$ending "$URL/" 2>err
    check 'it says so' grep -q "'other.$ending' is damaged" err

    # Something else.
    server_reset
    for other in 'a line' 'WARC' '{"a":1}'; do
        printf '%s\n' "$other" >other.$ending
        cp other.$ending before
        exits 2 ff --warc other.$ending "$URL/" 2>err
        check 'it says so' \
            grep -q "'other.$ending' exists and \(is no\|does not hold\) .*WARC" err
        check 'nothing is changed' cmp other.$ending before
    done
    same 'nothing is sent' "$(server_stats .requests)" 0
done
exits 2 ff --warc . "$URL/" 2>err
check 'a folder' grep -q "'.' is a folder" err

python3 "$TESTS/warc.py" --apart a.warc* torn*.warc* \
    behind*.warc* within*.warc* >records
for file in a.warc a.warc.gz; do
    holds 'both are there' records --arg file "$file" '
        map(select(.file == $file).type)
        == (["warcinfo", "request", "response"] | . + .)'
done
for file in behind* within*; do
    holds "zeros, $file" records --arg file "$file" '
        map(select(.file == $file)) | last.size == 300
        and length == if $file[:1] == "b" then 9 else 8 end'
done
for file in torn*; do
    at=${file#torn}
    holds "torn at $at" records --arg file "$file" --arg whole "a.${file#*.}" \
        --argjson at "${at%%.*}" '
        (map(select(.file == $whole and .offset <= $at)) | last.offset) as $from
        | map(select(.file == $file)) | last.size == 300 and last.type == "response"
          and any(.offset == $from and .type == "warcinfo")'
done
