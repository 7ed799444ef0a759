# timeout: 240
# A 304 to --since is a revisit of the record that has the body: one of an
# earlier run, over rounds that were not archived, or failed.

need python3
feeds_start
for kind in etag modified broken both; do
    echo "content of $kind" >"feeds/$kind/1"
    echo "$FEEDS/$kind/1" >>list
done
echo "$FEEDS/etag/1" >feeds/redirect/a
echo "$FEEDS/redirect/a" >>list
cp feeds/etag/1 feeds/etag/same
echo "$FEEDS/etag/same" >>list

# round STATUS ARCHIVE [ARG]...: a run; its result is the next one's state.
round() {
    local status=$1 file=$2
    shift 2
    exits "$status" ff --since state -o new ${file:+--warc "$file"} "$@" list 2>err
    mv new state
}

# leads ROUND FILE...: each unchanged one is a revisit of the first run's record.
leads() {
    local name=$1
    shift
    python3 "$TESTS/warc.py" a.warc "$@" >records || fail "$name: warc.py"
    holds "$name" state --slurpfile records records --arg file "${!#}" '
        [.[] | select(.change == "unchanged")] | length > 0 and all(. as $r
        | [$records[] | select(.file == $file and .offset == $r.warc.offset)]
          as [$revisit]
        | [$records[] | select(.file == "a.warc"
                               and .offset == $r.warc_payload.offset)]
          as [$origin]
        | $revisit.type == "revisit" and $origin.type == "response"
          and ($revisit.fields["warc-profile"] | endswith("/server-not-modified"))
          and $revisit.first == "HTTP/1.1 304 Not Modified"
          and $revisit.fields["warc-refers-to"]
              == $origin.fields["warc-record-id"]
          and $r.warc_payload == {
              id: $origin.fields["warc-record-id"][1:-1],
              url: $origin.fields["warc-target-uri"],
              date: $origin.fields["warc-date"], file: "a.warc",
              offset: $origin.offset, length: $origin.length})'
}

round 0 a.warc --limit 1
holds "a result names the record of its body" state 'all(
    .warc.file == "a.warc" and .warc_payload.file == "a.warc"
    and (.warc_payload | keys == ["date", "file", "id", "length", "offset", "url"]))'
holds "be it another one's" state '
    (map(select(.url | test("etag|redirect"))) | length == 3
     and (map(.warc_payload.id) | unique | length) == 1
     and (map(.warc.offset) | unique | length) == 3)'
round 0 b.warc.gz
leads "a round" b.warc.gz
# One round without an archive, and one in which a feed fails.
round 0 ''
holds "without --warc" state 'all(has("warc") | not) and all(.warc_payload.file == "a.warc")'
touch feeds/broken/down
round 1 c.warc
holds "a failed request has its own record" state '
    [.[] | select(.ok | not)] | length == 1 and .[0].warc.file == "c.warc"
    and .[0].warc_payload.file == "a.warc" and .[0].change == null'
leads "beside a failure" c.warc
exits 1 ff --since state -o new --warc d.warc --deny-private list
mv new state
holds "all failed" state 'all(.warc.file == "d.warc" and .warc_payload.file == "a.warc")'
rm feeds/broken/down
round 0 a2.warc
leads "after failures" a2.warc
holds "all are unchanged" state 'length == 6 and all(.change == "unchanged")'

# A changed page has a record of its own, which later revisits refer to.
echo more >>feeds/etag/1
round 0 e.warc
python3 "$TESTS/warc.py" a.warc e.warc >records
holds "changed" state '
    map(select(.change == "changed")) | length == 2
    and all(.warc_payload.file == "e.warc")'

# Without conditions of ours a 304 refers to no record, nor does one whose
# earlier record is not known.
tag=$(jq -r 'select(.url | test("etag/1")).etag' state)
exits 0 ff --warc f.warc -H "If-None-Match: $tag" "$FEEDS/etag/1" >out
holds "no --since, no key" out '.[0] | .status_code == 304 and has("warc")
    and (has("warc_payload") | not)'
exits 0 ff --since state --warc f.warc -H "If-None-Match: $tag" "$FEEDS/etag/1" >out
holds "the user's own condition" out '.[0] | .change == "unchanged" and .warc != null'
for payload in null '{}' '"x"' '{"id":"urn:uuid:<x>","url":"http://h/","date":"d","file":"f","offset":0,"length":1}'; do
    jq -c --argjson p "$payload" '.warc_payload = $p' state >other
    exits 0 ff --since other --warc f.warc "$FEEDS/etag/1" >out
    holds "not known: $payload" out '.[0] | .change == "unchanged" and .warc_payload == null'
done
python3 "$TESTS/warc.py" f.warc >records
holds "the record refers to no other" records '
    map(select(.type == "revisit") | .fields) | length == 6
    and all(has("warc-refers-to") or has("warc-refers-to-date") | not)'
