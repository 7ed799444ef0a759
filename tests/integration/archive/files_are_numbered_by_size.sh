# --warc-size begins another file, each with its warcinfo; a later run goes on
# in the last one, and identical payloads are known over files.

need python3
server_start
urls 9 "$URL/bytes/2000" >list
ff --warc c.warc --warc-size 30k list "$URL/bytes/20000?again" >out
ff --warc c.warc --warc-size 30k "$URL/bytes/50" >>out
check 'the name alone is not used' test ! -e c.warc
python3 "$TESTS/warc.py" c-0000?.warc >records
holds 'ten responses and no file above the size' records '
    (map(select(.type == "response" or .type == "revisit")) | length) == 11
    and (group_by(.file) | length > 3
         and all(map(.length) | add <= 30720))'
holds 'results name their files' out --slurpfile records records '
    all(. as $r | any($records[]; .file == $r.warc.file
        and .offset == $r.warc.offset
        and .fields["warc-target-uri"] == $r.url_effective))'

# Files that were moved away don't make the numbers begin anew.
last=$(printf '%s\n' c-0000?.warc | tail -n 1)
rm c-00001.warc c-00002.warc
ff --warc c.warc --warc-size 30k "$URL/bytes/51" >out
holds 'the last file goes on' out --arg last "$last" '.[0].warc.file == $last'
check 'no number is used again' test ! -e c-00001.warc
