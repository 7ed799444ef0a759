# timeout: 240
# A file whose transfer is cut again and again, by the server and by kill -9,
# is whole at the end, and hardly a byte is sent twice.  "make torture" does it
# with a larger SIZE.
ranges_start
size=${SIZE:-20000000}
sha=$(ranges_file 0 "$size" | sha256sum | cut -d' ' -f1)
go_on=(--continue --output-dir files --sha256 --retry-delay 1ms
    --retry-max-delay 10ms)

# The server cuts the transfers of one run: each byte is sent once.
url="$RANGES_URL/once?size=$size&etag=strong&cut=$((size / 20))"
ff "${go_on[@]}" --retry 25 --output-name once "$url" >out 2>err
holds 'it is whole' out --arg sha "$sha" --argjson size "$size" '.[0] |
    .ok and .status_code == 206 and .sha256 == $sha and .size_body == $size and
    .continued_from == $size * 19 / 20 and .size_download == $size / 20 and
    .attempts == 20'
wait_lines ranges.log 20
holds 'each byte is sent once' ranges.log --argjson size "$size" '
    length == 20 and (map(.sent) | add) == $size and
    all(.accept_encoding == "identity")'
same 'the file' "$(sha256sum <files/once)" "$sha  -"
same 'nothing else' "$(ls -A files)" once

# The run is killed, too: bytes that are in the file are not asked for again.
: >ranges.log
part_size() {
    stat -c %s files/.fanfetch-*.part 2>/dev/null || echo 0
}
grew() {
    [ "$(part_size)" -gt $((before + size / 40)) ]
}
url="$RANGES_URL/killed?size=$size&etag=strong&cut=$((size / 3))"
curl -sS -d '' "$RANGES_URL/_set?rate=$((size / 20))"
before=0
for _ in {1..6}; do
    ff_start "${go_on[@]}" --retry 25 --output-name killed "$url" >out 2>err
    wait_for 30 grew
    kill -9 "$FF_PID"
    wait "$FF_PID" 2>/dev/null || :
    before=$(part_size)
    echo "$before" >>sizes
done
check 'a note and a part are left' [ "$(find files -name '.fanfetch-*' | wc -l)" = 2 ]
curl -sS -d '' "$RANGES_URL/_set?"
ff "${go_on[@]}" --retry 25 --output-name killed "$url" >out 2>err
holds 'it is whole' out --arg sha "$sha" '.[0] |
    .ok and .sha256 == $sha and .continued_from > 0'
same 'the file' "$(sha256sum <files/killed)" "$sha  -"
same 'no part is left' "$(find files -name '.fanfetch-*')" ''
# The server writes a line when it has ended an answer.
starts_where_it_ended() {
    jq -se --slurpfile sizes sizes '
        [.[].range // "bytes=0-" | capture("=(?<n>[0-9]+)").n | tonumber] as $from |
        all($sizes[]; . as $s | any($from[]; . == $s))' ranges.log
}
wait_for 10 starts_where_it_ended >/dev/null
